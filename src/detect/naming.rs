//! Names beside a noun phrase that name it: in apposition, in brackets, after "such as" or a copula.

mod behind;
mod bracketed;
mod citation;
mod coined;
mod members;
mod placed_label;

use super::noun_phrase::NounPhrase;
use super::unit::{Marks, Unit};
use crate::catalogue::{ClassSet, GrammarClasses, Lexicon};
use crate::document::ByteSpan;

/// Most units read in search of the end of an abbreviation or a remark in brackets.
const LONGEST_REMARK: usize = 12;
/// Most units read of a bracket or a list after a phrase.
const LONGEST_LIST: usize = 60;
/// Most units between a phrase and the word that introduces its names.
const LONGEST_GAP: usize = 14;
/// Most units between the word that introduces a name and the name.
const LONGEST_LEAD: usize = 4;

/// The word classes that tie names to phrases.
#[derive(Debug)]
pub struct NamingGrammar {
    open_bracket: ClassSet,
    close_bracket: ClassSet,
    size_noun: ClassSet,
    comma: ClassSet,
    count: ClassSet,
    conjunction: ClassSet,
    introducer: ClassSet,
    subordinator: ClassSet,
    copula: ClassSet,
    as_role: ClassSet,
    filler: ClassSet,
    modifier: ClassSet,
    list_sign: ClassSet,
    head: ClassSet,
    coining: ClassSet,
    labelling: ClassSet,
    we: ClassSet,
    propose: ClassSet,
    determiner: ClassSet,
    possessive: ClassSet,
    preposition: ClassSet,
    verb: ClassSet,
    for_whom: ClassSet,
    family_noun: ClassSet,
    marks: Marks,
    /// The marks of which a unit that begins a name has one.
    name_marks: ClassSet,
    listed: ClassSet,
}

impl NamingGrammar {
    /// Looks up the classes in a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        let marks = Marks::new(lexicon);
        Self {
            open_bracket: classes.open_bracket,
            close_bracket: classes.close_bracket,
            size_noun: classes.size_noun,
            comma: classes.comma,
            count: classes.count,
            conjunction: classes.conjunction,
            introducer: classes.introducer,
            subordinator: classes.subordinator,
            copula: classes.copula,
            as_role: classes.as_role,
            filler: classes.introducer_filler,
            modifier: classes.modifier,
            list_sign: classes.list_sign,
            head: classes.head,
            coining: classes.coining,
            labelling: classes.labelling,
            we: classes.we,
            propose: classes.propose_verb,
            determiner: classes.determiner,
            possessive: classes.possessive,
            preposition: classes.preposition,
            verb: classes.verb_form,
            for_whom: classes.for_whom,
            family_noun: classes.family_noun,
            marks,
            name_marks: marks.written_like_names(),
            listed: lexicon.listed(),
        }
    }

    /// Tests whether a name begins at a unit: a known name, a unit written like a name, or a capitalised word
    /// with a version joined to it ("Foo-7B"), or with a word written like a name ("Flash-FooNet").
    fn begins_name(&self, units: &[Unit], at: usize) -> bool {
        let Some(unit) = units.get(at).filter(|unit| unit.classes.has_any(self.name_marks)) else {
            return false; // as most units
        };
        self.is_name(unit)
            || unit.has(self.marks.capitalised)
                && units.get(at + 1).filter(|next| next.has(self.marks.joined)).is_some_and(|next| {
                    let is_version = next.has(self.marks.size) || next.has(self.marks.number);
                    next.has(self.marks.mixed) && !self.is_listed(next) || is_version && !self.is_listed(unit)
                })
    }

    /// Tests whether a unit is a known name, or is written like a name and is no listed word.
    fn is_name(&self, unit: &Unit) -> bool {
        unit.has(self.marks.name)
            || (unit.has(self.marks.mixed) || unit.has(self.marks.acronym))
                && !unit.sign
                && !unit.classes.has_any(self.listed)
    }

    /// Tests whether a unit can continue a name: "Foo-3", "Foo 7B", "Foo-Large".
    fn continues_name(&self, unit: &Unit) -> bool {
        let any = |class| unit.classes.has_any(ClassSet::one(class));
        any(self.marks.joined) || any(self.marks.size)
    }

    /// Returns the unit after a phrase, skipping abbreviations and citations in brackets.
    pub fn after(&self, units: &[Unit], phrase: NounPhrase, text: &str) -> usize {
        let mut at = phrase.head + 1;
        while units.get(at).is_some_and(|unit| unit.classes.has_any(self.open_bracket)) {
            let is_abbreviation = |word: &Unit| self.abbreviates(units, phrase, word, text);
            let closed = units.get(at + 2).is_some_and(|unit| unit.classes.has_any(self.close_bracket));
            at = match self.after_citation(units, at, text) {
                Some(after) => after,
                None if closed && units.get(at + 1).is_some_and(is_abbreviation) => at + 3,
                None => break,
            };
        }
        at
    }

    fn is_listed(&self, unit: &Unit) -> bool {
        unit.classes.has_any(self.listed)
    }

    /// Tests whether a bracketed word abbreviates the phrase before it: a listed acronym ("LLM"), or initials
    /// of the phrase's words.
    fn abbreviates(&self, units: &[Unit], phrase: NounPhrase, word: &Unit, text: &str) -> bool {
        if word.classes.has_any(ClassSet::one(self.marks.name)) {
            return false;
        }
        // A word with a digit in it is a name: "Letters Two Model (L2M)".
        let short = word.span.of(text).trim_end_matches('s');
        let is_capitals = short.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_capitals || !word.classes.has_any(ClassSet::one(self.marks.acronym)) {
            return false;
        }
        if self.is_listed(word) {
            return true;
        }
        let written = ByteSpan::new(units[phrase.start].span.start, units[phrase.head].span.end).of(text);
        let initials = written.split([' ', '-']).filter_map(|word| word.bytes().next());
        let initials: Vec<u8> = initials.map(|letter| letter.to_ascii_lowercase()).collect();
        let letters = short.bytes().map(|letter| letter.to_ascii_lowercase());
        let begins = letters.clone().next().is_some_and(|first| initials.contains(&first));
        begins && (letters.clone().next_back() == initials.last().copied() || is_within(letters, written))
    }

    /// Returns the name in a phrase of what somebody has, else the names after it or, if there are none, before
    /// it, in the order of the text.
    pub fn names_beside(
        &self,
        units: &[Unit],
        phrase: NounPhrase,
        after: usize,
        text: &str,
    ) -> Vec<ByteSpan> {
        if let Some(label) = self.possessed_label(units, phrase) {
            return vec![label];
        }
        if let Some(name) = self.address_behind(units, after, text) {
            return vec![name];
        }
        let mut names = Vec::new();
        if !self.is_of_other(units, phrase) {
            self.names_after(units, after, text, &mut names);
        }
        // "a model of GPT-4 class" is not GPT-4
        names.retain(|name| {
            let next = units.iter().find(|unit| unit.span.start >= name.end);
            next.is_none_or(|next| !next.classes.has_any(self.size_noun))
        });
        // "a benchmark from MSR" is no MSR
        names.retain(|name| !units.iter().any(|unit| unit.span == *name && unit.has(self.marks.maker)));
        if names.is_empty() {
            self.names_before(units, phrase, text, &mut names);
        }
        names
    }

    /// Tests whether a phrase only says what others are for: the list behind "systems for LLM agents" is of systems.
    fn is_of_other(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        let Some(tie) = phrase.start.checked_sub(1).filter(|tie| *tie > 0) else { return false };
        phrase.plural
            && phrase.determiner.is_none()
            && units[tie].classes.has_any(self.for_whom)
            && units[tie - 1].classes.has_any(self.head)
    }

    fn names_before(&self, units: &[Unit], phrase: NounPhrase, text: &str, names: &mut Vec<ByteSpan>) {
        let Some(tie) = phrase.start.checked_sub(1) else { return };
        // "GPT-4, a closed model" and "(GPT-4), a closed model"; "GPT-4 is a closed model";
        // "we use GPT-4 as the judge"; "GPT-4 (a closed model)"
        let is = |at: usize, class: ClassSet| units[at].classes.has_any(class);
        let is_tie = is(tie, self.comma)
            || is(tie, self.copula)
            || is(tie, self.as_role)
            || is(tie, self.open_bracket);
        if phrase.determiner.is_none() || !is_tie {
            return;
        }
        let cited = self.citation_before(units, tie, text);
        let Some(mut at) = cited.unwrap_or(tie).checked_sub(1) else { return };
        if cited.is_none() && is(at, self.close_bracket) && at > 0 {
            at -= 1;
        }
        // "the Foo-2 data set [5], an open benchmark"
        if cited.is_some() && at > 0 && is(at, self.head) && self.is_name(&units[at - 1]) {
            at -= 1;
        }
        at = self.before_origin(units, at);
        let mut first = at;
        while first > 0 && self.continues_name(&units[first]) && !self.begins_name(units, first) {
            first -= 1;
        }
        if self.begins_name(units, first) {
            names.push(ByteSpan::new(units[first].span.start, units[at].span.end));
        }
    }

    /// Returns the name that begins at a unit, with the words in capitals that a hyphen joins to it from before
    /// ("KV-Orvex-8B"), and the unit after it.
    fn name_from(&self, units: &[Unit], at: usize) -> (ByteSpan, usize) {
        let written_so = |unit: &Unit| unit.has(self.marks.acronym) || unit.has(self.marks.mixed);
        let mut start = at;
        while start > 0 && units[start].has(self.marks.joined) && written_so(&units[start - 1]) {
            start -= 1;
        }
        let end = self.name_end(units, at);
        (ByteSpan::new(units[start].span.start, units[end - 1].span.end), end)
    }

    fn name_end(&self, units: &[Unit], start: usize) -> usize {
        let mut end = start + 1;
        while units.get(end).is_some_and(|unit| self.continues_name(unit))
            || self.is_maker_and_version(units, start, end)
        {
            end += 1;
        }
        end
    }

    /// Tests whether a word that is not in the catalogue and the one after it are written like names and are
    /// adjacent: "MiniMax M2P1".
    fn is_maker_and_version(&self, units: &[Unit], start: usize, end: usize) -> bool {
        let Some(next) = units.get(end).filter(|_| end == start + 1) else { return false };
        let has = |unit: &Unit, class| unit.classes.has_any(ClassSet::one(class));
        let coined = |unit: &Unit| {
            has(unit, self.marks.mixed) && has(unit, self.marks.unlisted) && !has(unit, self.marks.name)
        };
        let glued = next.span.start == units[start].span.end + 1;
        glued && coined(&units[start]) && coined(next) && !next.sign
    }
}

/// Tests whether letters stand in a text in this order: "gat" in "graph attention networks".
fn is_within(mut letters: impl Iterator<Item = u8>, text: &str) -> bool {
    let mut rest = text.bytes().map(|byte| byte.to_ascii_lowercase());
    letters.all(|letter| rest.any(|byte| byte == letter))
}

pub(super) fn is_year(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20"))
        && digits.bytes().all(|b| b.is_ascii_digit())
}
