//! Discovery of names that are not in the catalogue: words written like names, classified by the sentences of
//! the paper.
//!
//! Rules on names vote on every occurrence of such a word. Votes are summed over the whole paper, each rule
//! once, since the habit of an author is no stronger evidence the second time. A word with enough of them is a
//! name everywhere in it.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::address::{beginning, is_part};
use super::code::has_underscore;
use super::mention::Vote;
use super::name_size::size_in_name;
use super::noun_phrase::NounPhrase;
use super::regex_matches::SentenceMatches;
use super::unit::{Marks, Unit};
use super::vocabulary::Vocabulary;
use super::vote::{PhraseFacts, RuleSet, VotedPhrase};
use super::vote_trace::NameVotes;
use crate::catalogue::{ClassSet, EntityType, GrammarClasses, Kind, Lexicon, Rule, RuleId};
use crate::document::{ByteSpan, SectionKind};

/// Most units of one name.
const LONGEST_NAME: usize = 6;
/// Fewest and most words of the title of a data set.
const SHORTEST_TITLE: usize = 3;
const LONGEST_TITLE: usize = 8;
/// Fewest words in small letters, among so many units on each side, that show that a sentence is no heading.
const FEWEST_SMALL: usize = 3;
const AROUND_TITLE: usize = 30;
/// Fewest bytes of a name; shorter ones are too often something else.
const SHORTEST_NAME: usize = 2;
/// Fewest bytes of the first word of a name with a number of parameters that is in small letters; "sub-7B" is none.
const SHORTEST_STEM: usize = 4;
/// Fewest digits of the number of a commit.
const SHORTEST_HASH: usize = 7;
/// Longest name as in an address, in bytes.
const LONGEST_ADDRESS: usize = 60;
/// Least sum of votes, a log-odds, for a word that is written like a name to be taken for one.
const ENOUGH: f64 = 2.5;
/// Least sum of votes for a word that is only capitalised, as every word can be.
const ENOUGH_FOR_CAPITALISED: f64 = 4.0;

/// The rules on names, ready to vote.
#[derive(Debug)]
pub struct NameDiscovery {
    rules: RuleSet,
    /// For each rule of the catalogue, the type of entity that it says a name is of.
    types: Vec<Option<EntityType>>,
    listed: ClassSet,
    /// Listed words that cannot be part of a name, however they are written.
    no_part: ClassSet,
    /// Words that end the title of a data set.
    no_title: ClassSet,
    data_head: ClassSet,
    slash: ClassSet,
    marks: Marks,
    /// The marks of which a unit that begins a possible name has one.
    name_marks: ClassSet,
}

/// The words of one paper that may be names, with the votes on them.
#[derive(Debug, Default)]
pub struct NameCandidates(HashMap<Box<str>, Candidate, FixedState>);

#[derive(Debug)]
struct Candidate {
    /// The votes, each rule once.
    votes: Vec<Vote>,
    only_capitalised: bool,
    /// Set when the catalogue holds the name, so that it is one without any votes.
    known: bool,
    first: ByteSpan,
}

/// A word, or words, that the paper may use as a name.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscoveredName {
    /// The word or words as written.
    pub name: Box<str>,
    /// The type of entity that it names.
    pub entity_type: EntityType,
    /// The votes for that type, each rule once; for a word that is no name, all votes.
    pub votes: Vec<Vote>,
    /// Set when the votes are enough to take it for a name everywhere in the paper.
    pub is_name: bool,
    /// By how much the votes for that type outweigh all others.
    pub lead: f64,
    /// Its first occurrence with a vote.
    pub first: ByteSpan,
}

impl NameDiscovery {
    /// Compiles the rules on names of a catalogue.
    pub fn new(rules: &[Rule], lexicon: &Lexicon, vocabulary: &mut Vocabulary) -> Self {
        let (classes, marks) = (GrammarClasses::of(lexicon), Marks::new(lexicon));
        let mut no_title = classes.boundary;
        no_title.extend(classes.determiner);
        no_title.extend(classes.conjunction);
        let mut no_part = classes.boundary;
        for class in [
            classes.determiner,
            classes.conjunction,
            classes.count,
            classes.verb_form,
            classes.not_a_name,
            classes.label_noun,
        ] {
            no_part.extend(class);
        }
        Self {
            rules: RuleSet::new(rules, |rule| rule.names.is_some(), vocabulary),
            types: rules.iter().map(|rule| rule.names.and_then(|names| names.entity_type())).collect(),
            listed: lexicon.listed(),
            no_part,
            no_title,
            data_head: classes.data_head,
            slash: classes.slash,
            marks,
            name_marks: marks.written_like_names(),
        }
    }

    /// Replaces the weights of rules.
    pub fn reweigh(&mut self, weight_of: &dyn Fn(RuleId) -> f64) {
        self.rules.reweigh(weight_of);
    }

    /// Lets the rules vote on every word of a sentence that is written like a name.
    pub fn read(
        &self,
        prose: &str,
        units: &[Unit],
        (classes, section): (ClassSet, SectionKind),
        matches: SentenceMatches<'_>,
        candidates: &mut NameCandidates,
    ) {
        let (mut at, mut context) = (0, None);
        while at < units.len() {
            let goes_on = units.get(at + 1).is_some_and(|next| next.has(self.marks.joined));
            let may_begin = goes_on || units[at].classes.has_any(self.name_marks); // which most do not
            let candidate = may_begin.then(|| self.candidate_at(units, at, prose)).flatten();
            let Some((end, only_capitalised)) = candidate else {
                at += 1;
                continue;
            };
            let phrase = NounPhrase {
                start: at,
                head: end - 1,
                determiner: None,
                entity_type: EntityType::Model,
                plural: false,
            };
            let facts = PhraseFacts::default();
            let context =
                context.get_or_insert_with(|| self.rules.context(units, (classes, section), matches));
            let votes = self.rules.votes(&VotedPhrase { context, phrase, after: end, facts });
            let first = ByteSpan::new(units[at].span.start, units[end - 1].span.end);
            if !votes.is_empty() || states_size(first.of(prose)) {
                let known = units[at].has(self.marks.name);
                candidates.add(prose, Candidate { votes: Vec::new(), only_capitalised, known, first }, votes);
            }
            at = end;
        }
    }

    /// Returns the end of a possible name that begins at a unit, and whether nothing but capitals speaks for
    /// it.
    fn candidate_at(&self, units: &[Unit], at: usize, prose: &str) -> Option<(usize, bool)> {
        let first = &units[at];
        if let Some(end) = self.address_with_size(units, at, prose) {
            return Some((end, false));
        }
        if !first.classes.has_any(self.name_marks) {
            return None;
        }
        if first.has(self.marks.name) {
            // Behind a slash it may be the end of a name alone: "GPT-4o/4.1"
            let is_whole = !prose[..first.span.start].ends_with('/');
            return is_whole.then_some((at + 1, false));
        }
        if first.sign || first.has(self.marks.joined) {
            return None;
        }
        if let Some(end) = self.title_of_data(units, at, prose) {
            return Some((end, true));
        }
        let begins_sentence = at == 0 || units[at - 1].sign && units[at - 1].span.of(prose) != ",";
        let mut shaped = self.is_shaped(first);
        let listed = first.classes.has_any(self.listed);
        if listed && (begins_sentence || !self.is_capitalised_word(first))
            || !shaped && (begins_sentence || !first.has(self.marks.capitalised))
        {
            return None;
        }
        let mut unlisted = !listed;
        let mut end = at + 1;
        while let Some(length) = self.goes_on(units, end).filter(|length| end + length - at <= LONGEST_NAME) {
            for unit in &units[end..end + length] {
                shaped |= self.is_shaped(unit) || unit.has(self.marks.number) || unit.has(self.marks.size);
                unlisted |= !unit.sign && !unit.classes.has_any(self.listed);
            }
            end += length;
        }
        // "Training Data" in a heading is no name; "Natural Questions" and "Foo Corpus" may be.
        if listed && (end - at < 2 || !shaped && !unlisted && !units[end - 1].classes.has_any(self.data_head))
        {
            return None;
        }
        // In "THUDM/chatglm" it is the owner of what is named.
        let is_owner = units.get(end).zip(units.get(end + 1)).is_some_and(|(slash, next)| {
            let is_glued = slash.span.start == units[end - 1].span.end && slash.span.end == next.span.start;
            is_glued && slash.classes.has_any(self.slash) && next.has(self.marks.name)
        });
        if is_owner {
            return None;
        }
        let spelled = &prose[first.span.start..units[end - 1].span.end];
        (!has_underscore(spelled)
            && !is_hash(spelled)
            && spelled.len() >= SHORTEST_NAME
            && spelled.chars().any(char::is_alphabetic))
        .then_some((end, !shaped))
    }

    /// Returns the end of a row of capitalised words that is the title of a data set, as its head says, whatever each of
    /// the words means elsewhere: "the Stanford Question Answering Dataset", "the German Traffic Signs (GTS) corpus".
    fn title_of_data(&self, units: &[Unit], at: usize, prose: &str) -> Option<usize> {
        let is_data = |unit: &Unit| unit.classes.has_any(self.data_head);
        let is_part = |unit: &&Unit| {
            let mut words = unit.span.of(prose).split(' ');
            let is_written_so = words.all(|word| word.starts_with(char::is_uppercase));
            is_written_so && !unit.sign && !unit.has(self.marks.name) && !unit.classes.has_any(self.no_title)
        };
        let end = at + units[at..].iter().take(LONGEST_TITLE).take_while(is_part).count();
        if end < at + SHORTEST_TITLE {
            return None;
        }
        let bracket = units.get(end..end + 3).is_some_and(|units| units[0].sign && units[2].sign);
        let head = if bracket { end + 3 } else { end };
        let has_head = is_data(&units[end - 1]) || units.get(head).is_some_and(is_data);
        // In a heading every word is written so.
        let is_small = |unit: &&Unit| unit.span.of(prose).starts_with(char::is_lowercase);
        let near = &units[at.saturating_sub(AROUND_TITLE)..units.len().min(end + AROUND_TITLE)];
        (has_head && near.iter().filter(is_small).count() >= FEWEST_SMALL).then_some(end)
    }

    /// Returns the end of a name that begins at a unit and is written as in the address of weights, with a number of
    /// parameters: "orvex-3.1-8b-base".
    fn address_with_size(&self, units: &[Unit], at: usize, prose: &str) -> Option<usize> {
        units.get(at + 1).filter(|next| next.has(self.marks.joined))?; // behind most units stands a blank
        let first = &units[at];
        if first.sign || first.has(self.marks.joined) || !first.has(self.marks.unlisted) {
            return None;
        }
        let word =
            beginning(&prose[first.span.start..], LONGEST_ADDRESS, is_part).trim_end_matches(['.', '-']);
        if first.span.len() < SHORTEST_STEM || has_underscore(word) || !states_size(word) {
            return None;
        }
        let end = first.span.start + word.len();
        Some(at + units[at..].iter().take_while(|unit| unit.span.start < end).count())
    }

    /// Returns the number of units that continue a name at `at`: a word written like those before it, a
    /// number or a size joined to them, or a slash and a word ("CNN/Daily Mail").
    fn goes_on(&self, units: &[Unit], at: usize) -> Option<usize> {
        let unit = units.get(at)?;
        let gap = unit.span.start - units[at - 1].span.end;
        if unit.sign {
            let next = units.get(at + 1).filter(|next| gap == 0 && next.span.start == unit.span.end)?;
            let written_so = self.is_shaped(next) || next.has(self.marks.capitalised);
            return (unit.classes.has_any(self.slash) && written_so && !next.has(self.marks.name))
                .then_some(2);
        }
        let joined = unit.has(self.marks.joined);
        // "Word-in-Context"
        let joins_next = |next: &Unit| next.has(self.marks.joined) && next.has(self.marks.capitalised);
        if joined && gap <= 1 && units.get(at + 1).is_some_and(joins_next) {
            return Some(2);
        }
        let listed = unit.classes.has_any(self.listed);
        let written_so = if listed {
            self.is_capitalised_word(unit)
        } else {
            let is_version = joined && (unit.has(self.marks.number) || unit.has(self.marks.size));
            self.is_shaped(unit) || unit.has(self.marks.capitalised) || is_version
        };
        (gap <= 1 && written_so && !unit.has(self.marks.name)).then_some(1)
    }

    fn is_shaped(&self, unit: &Unit) -> bool {
        (unit.has(self.marks.mixed) || unit.has(self.marks.acronym)) && !unit.classes.has_any(self.listed)
    }

    /// Returns whether a listed word is capitalised and can be part of a name: "Natural", "Corpus".
    fn is_capitalised_word(&self, unit: &Unit) -> bool {
        unit.has(self.marks.capitalised)
            && !unit.has(self.marks.acronym)
            && !unit.classes.has_any(self.no_part)
    }

    /// Decides on every word that had a vote, in the order of the spelling.
    pub fn names(&self, candidates: NameCandidates) -> Vec<DiscoveredName> {
        let mut names: Vec<DiscoveredName> =
            candidates.0.into_iter().filter_map(|(name, candidate)| self.decide(name, candidate)).collect();
        names.sort_by(|a, b| a.name.cmp(&b.name));
        names
    }

    fn decide(&self, name: Box<str>, candidate: Candidate) -> Option<DiscoveredName> {
        let Candidate { votes, only_capitalised, first, .. } = candidate;
        let mut sums = [0.0; EntityType::ALL.len()];
        let mut against = 0.0;
        for vote in &votes {
            match self.type_of(vote.rule).filter(|_| vote.kind == Kind::Named) {
                Some(entity_type) => sums[entity_type as usize] += vote.weight,
                None => against += vote.weight,
            }
        }
        let entity_type = EntityType::ALL.iter().copied().reduce(|best, entity_type| {
            if sums[entity_type as usize] > sums[best as usize] { entity_type } else { best }
        })?;
        // "Orvex-7B": nothing else that is named has a number of parameters.
        let is_sized = against == 0.0 && states_size(&name);
        let entity_type = if is_sized { EntityType::Model } else { entity_type };
        let is_name = is_sized || sums[entity_type as usize] - against >= enough(only_capitalised);
        let is_for = |vote: &Vote| !is_name || self.type_of(vote.rule) == Some(entity_type);
        let votes = votes.into_iter().filter(is_for).collect();
        let others: f64 = sums.iter().sum::<f64>() - sums[entity_type as usize];
        let lead = sums[entity_type as usize] - others - against;
        Some(DiscoveredName { name, entity_type, votes, is_name, lead, first })
    }

    fn type_of(&self, rule: RuleId) -> Option<EntityType> {
        self.types.get(rule.0 as usize).copied().flatten()
    }
}

/// Tests for the number of a commit or of an image: "db17ae5".
fn is_hash(word: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let has = |range: std::ops::RangeInclusive<u8>| word.bytes().any(|byte| range.contains(&byte));
    word.len() >= SHORTEST_HASH && word.bytes().all(is_digit) && has(b'0'..=b'9') && has(b'a'..=b'f')
}

/// Tests whether a word has a number of parameters joined to it: "Orvex-7B".
fn states_size(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && !name.contains(char::is_whitespace)
        && size_in_name(name).is_some()
}

/// Returns the least sum of votes for a word to be taken for a name.
fn enough(only_capitalised: bool) -> f64 {
    if only_capitalised { ENOUGH_FOR_CAPITALISED } else { ENOUGH }
}

impl NameCandidates {
    /// Returns the votes on every word, in the order of the spelling.
    pub fn votes(&self) -> Vec<NameVotes> {
        let votes_of = |(name, candidate): (&_, &Candidate)| NameVotes {
            name: Box::clone(name),
            votes: candidate.votes.clone(),
            enough: enough(candidate.only_capitalised),
            known: candidate.known,
        };
        let mut votes: Vec<NameVotes> = self.0.iter().map(votes_of).collect();
        votes.sort_by(|a, b| a.name.cmp(&b.name));
        votes
    }

    fn add(&mut self, prose: &str, candidate: Candidate, votes: Vec<Vote>) {
        let name = candidate.first.of(prose);
        if !self.0.contains_key(name) {
            self.0.insert(name.into(), candidate);
        }
        let Some(candidate) = self.0.get_mut(name) else { return };
        for vote in votes {
            if candidate.votes.iter().all(|known| known.rule != vote.rule) {
                candidate.votes.push(vote);
            }
        }
    }
}

#[cfg(test)]
#[path = "name_discovery_tests.rs"]
mod tests;
