//! Detection of noun phrases that end in a head word.
//!
//! There is no tagger: words that cannot stand inside a noun phrase are listed in the lexicon (class
//! `boundary`), and everything between one of them and a head may be a modifier.

mod sized;
mod start;

use super::unit::{Marks, Unit};
use crate::catalogue::{ClassSet, EntityType, GrammarClasses, Lexicon};

/// A noun phrase, as indices into the units of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NounPhrase {
    /// Its first unit.
    pub start: usize,
    /// Its head: its last unit.
    pub head: usize,
    /// Its determiner, count or possessive, if it has one.
    pub determiner: Option<usize>,
    /// The type of entity that the head stands for.
    pub entity_type: EntityType,
    /// Set when the head is plural.
    pub plural: bool,
}

/// The classes of the lexicon that noun phrases are found by.
#[derive(Debug)]
pub struct Grammar {
    models: ClassSet,
    datasets: ClassSet,
    heads: ClassSet,
    /// The classes of units at which a phrase may be found: heads and sizes.
    found_by: ClassSet,
    plural: ClassSet,
    determiner: ClassSet,
    definite: ClassSet,
    singular_determiner: ClassSet,
    before_determiner: ClassSet,
    count: ClassSet,
    before_count: ClassSet,
    label_noun: ClassSet,
    vague_count: ClassSet,
    boundary: ClassSet,
    conjunction: ClassSet,
    modifier: ClassSet,
    possessive: ClassSet,
    verb: ClassSet,
    causative: ClassSet,
    subject: ClassSet,
    compound: ClassSet,
    comma: ClassSet,
    open_bracket: ClassSet,
    close_bracket: ClassSet,
    perfect: ClassSet,
    partition: ClassSet,
    slash: ClassSet,
    of: ClassSet,
    after_head: ClassSet,
    part_noun: ClassSet,
    size_noun: ClassSet,
    indefinite: ClassSet,
    determiners: Vec<String>,
    participle_endings: Vec<String>,
    adjective_endings: Vec<String>,
    marks: Marks,
}

impl Grammar {
    /// Looks up the classes in a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        let heads = |wanted: &dyn Fn(&crate::catalogue::Class) -> bool| {
            let mut set = ClassSet::default();
            for class in lexicon.classes.iter().filter(|class| wanted(class)) {
                set.extend(lexicon.set_of(&class.name));
            }
            set
        };
        let (marks, any_head) = (Marks::new(lexicon), heads(&|class| class.head.is_some()));
        let mut found_by = any_head;
        found_by.insert(marks.size);
        Self {
            found_by,
            models: heads(&|class| class.head == Some(EntityType::Model)),
            datasets: heads(&|class| class.head == Some(EntityType::Dataset)),
            heads: any_head,
            plural: heads(&|class| class.head.is_some() && class.plural),
            determiner: classes.determiner,
            definite: classes.the,
            singular_determiner: classes.singular_determiner,
            before_determiner: classes.before_determiner,
            count: classes.count,
            before_count: classes.before_count,
            label_noun: classes.label_noun,
            vague_count: classes.several,
            boundary: classes.boundary,
            conjunction: classes.conjunction,
            modifier: classes.modifier,
            possessive: classes.possessive,
            verb: classes.verb_form,
            causative: classes.causative,
            subject: classes.subject,
            compound: classes.compound_noun,
            comma: classes.comma,
            open_bracket: classes.open_bracket,
            close_bracket: classes.close_bracket,
            perfect: classes.perfect,
            partition: classes.partition,
            slash: classes.slash,
            of: classes.of,
            after_head: classes.after_head,
            part_noun: classes.part_noun,
            size_noun: classes.size_noun,
            indefinite: classes.one,
            determiners: words_under(lexicon, classes.determiner),
            participle_endings: lexicon.words_of(classes.participle_ending),
            adjective_endings: lexicon.words_of(classes.adjective_ending),
            marks,
        }
    }

    /// Returns the type of entity that a head word stands for, and whether it is plural; `None` for other
    /// words.
    pub fn head(&self, unit: &Unit) -> Option<(EntityType, bool)> {
        if !unit.classes.has_any(self.heads) {
            return None; // as most units
        }
        let entity_type = if unit.classes.has_any(self.models) {
            EntityType::Model
        } else if unit.classes.has_any(self.datasets) {
            EntityType::Dataset
        } else {
            EntityType::Software
        };
        Some((entity_type, unit.classes.has_any(self.plural)))
    }

    /// Returns the noun phrase that a unit leads to: one that ends in it or, if it is a size, one around it.
    #[inline]
    pub fn found_at(&self, units: &[Unit], at: usize, text: &str) -> Option<NounPhrase> {
        if !units[at].classes.has_any(self.found_by) {
            return None; // as most units
        }
        self.phrase_at(units, at, text).or_else(|| self.sized_phrase_at(units, at, text))
    }

    /// Returns the noun phrase whose head is the unit at `head`, if one ends there.
    pub fn phrase_at(&self, units: &[Unit], head: usize, text: &str) -> Option<NounPhrase> {
        let (entity_type, plural) = self.head(&units[head])?;
        let (start, determiner) = self.start_of(units, head, plural, text);
        let (start, determiner) = self.over_part(units, start, determiner, text);
        // "we let our model play both": a bare verb follows
        let is_made_to = determiner.is_some()
            && start.checked_sub(1).is_some_and(|before| units[before].classes.has_any(self.causative))
            && units.get(head + 1).is_some_and(|next| self.may_be_bare_verb(next));
        if !is_made_to && !self.ends_at(units, head, plural, determiner.is_some(), text) {
            return None;
        }
        Some(NounPhrase { start, head, determiner, entity_type, plural })
    }

    /// Returns whether a unit can be the bare verb that a causative one asks for.
    fn may_be_bare_verb(&self, unit: &Unit) -> bool {
        !unit.sign
            && !unit.classes.has_any(ClassSet::one(self.marks.joined))
            && !unit.classes.has_any(self.compound)
            && self.head(unit).is_none()
    }

    /// Extends a phrase over a noun before it that denotes a part or a set: "a large collection of tweets",
    /// "pairs of sentences".
    fn over_part(
        &self,
        units: &[Unit],
        start: usize,
        determiner: Option<usize>,
        text: &str,
    ) -> (usize, Option<usize>) {
        let Some(part) = start.checked_sub(2) else { return (start, determiner) };
        if !units[start - 1].classes.has_any(self.of) || !units[part].classes.has_any(self.part_noun) {
            return (start, determiner);
        }
        let (outer, outer_determiner) = self.start_of(units, part, false, text);
        (outer, outer_determiner.or(determiner))
    }

    /// Returns whether a phrase ends at `head`, instead of modifying the word after it ("LLM outputs",
    /// "LLM-based", "model weights").
    fn ends_at(&self, units: &[Unit], head: usize, plural: bool, determined: bool, text: &str) -> bool {
        let Some(next) = units.get(head + 1) else { return true };
        let joined = ClassSet::one(self.marks.joined);
        if next.classes.has_any(joined) {
            return false;
        }
        if next.sign || next.classes.has_any(ClassSet::one(self.marks.name)) {
            return true;
        }
        if self.head(next).is_some() {
            return plural || self.is_verb_of(units, head + 1, determined, text);
        }
        if plural {
            // a plural is no modifier: "models cost money", and no verb either but in "our system records each turn"
            return !self.is_verb_of(units, head, determined, text);
        }
        let word = next.span.of(text);
        let is_participle = word.ends_with("ing");
        if next.classes.has_any(self.compound) {
            // "the model outputs a string", not "the model outputs are strings"
            return (is_participle || word.ends_with('s')) && self.begins_object(units, head + 2, text);
        }
        if next.classes.has_any(self.boundary)
            || next.classes.has_any(self.after_head)
            || next.classes.has_any(self.determiner)
            || self.begins_with_determiner(next, text)
            || next.classes.has_any(self.conjunction)
            || next.classes.has_any(self.verb)
            || self.is_count(next)
            || next.classes.has_any(ClassSet::one(self.marks.quantity))
        {
            return true;
        }
        if is_participle {
            return self.begins_object(units, head + 2, text); // "a system serving 5M users"
        }
        if word.chars().count() == 1 {
            return true; // a symbol for it: "the model f", "a model A"
        }
        word.ends_with("ed") || word.ends_with("ly") || (determined && word.ends_with('s'))
    }

    /// Returns whether what is written like a plural says what the noun before it does: an object follows.
    fn is_verb_of(&self, units: &[Unit], head: usize, determined: bool, text: &str) -> bool {
        let Some(subject) = head.checked_sub(1).map(|before| &units[before]).filter(|_| determined) else {
            return false;
        };
        let does = subject.classes.has_any(self.models) || subject.classes.has_any(self.compound);
        does && self.head(&units[head]).is_none_or(|(of, _)| of != EntityType::Model)
            && self.begins_object(units, head + 1, text)
    }

    /// Returns whether a listed phrase begins with a determiner: "our company" in "the model our company
    /// trained".
    fn begins_with_determiner(&self, unit: &Unit, text: &str) -> bool {
        let first = unit.span.of(text).split_once(' ').map(|(first, _)| first);
        first.is_some_and(|first| self.determiners.iter().any(|word| word.eq_ignore_ascii_case(first)))
    }

    /// Returns whether a listed phrase is a possessive by itself: "our company's". The bare ending is none.
    fn is_possessive_phrase(&self, unit: &Unit, text: &str) -> bool {
        let possessor =
            unit.span.of(text).strip_suffix("'s").or_else(|| unit.span.of(text).strip_suffix("’s"));
        possessor.is_some_and(|possessor| !possessor.is_empty()) && !unit.has(self.marks.name)
    }

    /// Returns whether a unit begins the object of a verb before it.
    fn begins_object(&self, units: &[Unit], at: usize, text: &str) -> bool {
        units.get(at).is_some_and(|unit| {
            unit.classes.has_any(self.determiner)
                || unit.classes.has_any(ClassSet::one(self.marks.quantity))
                || self.is_count(unit)
                || unit.span.of(text).starts_with(|letter: char| letter.is_ascii_digit())
        })
    }

    /// Makes a phrase of units that a regular expression found where there is no noun phrase.
    pub fn phrase_over(
        &self,
        units: &[Unit],
        start: usize,
        head: usize,
        stands_for: EntityType,
    ) -> NounPhrase {
        let (entity_type, plural) = self.head(&units[head]).unwrap_or((stands_for, false));
        let determiner = units[start].classes.has_any(self.determiner).then_some(start);
        NounPhrase { start, head, determiner, entity_type, plural }
    }

    /// Returns whether a phrase is a definite article and a head, nothing more.
    pub fn takes_up(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        phrase.head == phrase.start + 1 && self.is_definite(units, phrase)
    }

    /// Returns whether a unit is the definite article.
    fn is_definite_determiner(&self, unit: &Unit) -> bool {
        unit.classes.has_any(self.definite)
    }

    /// Returns whether a phrase begins with a definite article.
    pub fn is_definite(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        self.is_definite_determiner(&units[phrase.start])
    }

    fn possessor(&self, units: &[Unit], start: usize, head: usize) -> Option<usize> {
        units[start..head].iter().position(|unit| unit.classes.has_any(self.possessive)).map(|at| start + at)
    }

    /// Returns whether a unit is a count: "six", "several", "12".
    pub fn is_count(&self, unit: &Unit) -> bool {
        unit.classes.has_any(self.count)
    }

    /// Returns whether a word can certainly modify a head.
    fn modifies(&self, unit: &Unit, text: &str) -> bool {
        let any = |class| unit.classes.has_any(ClassSet::one(class));
        unit.classes.has_any(self.modifier)
            || unit.classes.has_any(self.partition)
            || any(self.marks.quantity)
            || !unit.sign && (any(self.marks.acronym) || any(self.marks.joined))
            || any(self.marks.unlisted) && has_ending(unit.span.of(text), &self.adjective_endings)
    }

    /// Returns whether a word that can be a verb is one here, because no word before it makes it part of the
    /// phrase ("the method outperforms models", not "a recently tuned model").
    fn is_verb(&self, units: &[Unit], at: usize, start: usize, text: &str) -> bool {
        let unit = &units[at];
        if !unit.classes.has_any(self.verb) {
            return false;
        }
        if at > 0
            && units[at - 1].classes.has_any(self.subject)
            && units[at - 1].classes.has_any(self.boundary)
        {
            return true; // "we tested models"
        }
        if unit.classes.has_any(self.modifier) {
            return false;
        }
        let led = at > 0
            && (units[at - 1].classes.has_any(self.determiner)
                || self.modifies(&units[at - 1], text)
                || units[at - 1].classes.has_any(self.possessive));
        // "the five studied models"
        let is_participle = self.is_participle(units, at, text)
            || has_ending(unit.span.of(text), &self.participle_endings) && self.ends_count(units, at);
        if is_participle {
            return false;
        }
        let joined = units[start].classes.has_any(ClassSet::one(self.marks.joined))
            || unit.classes.has_any(ClassSet::one(self.marks.joined));
        !led && !joined
    }

    /// Returns whether a form that can be a past tense is a participle, because no noun before it could be
    /// its subject ("on labeled data", "using generated questions").
    fn is_participle(&self, units: &[Unit], at: usize, text: &str) -> bool {
        if !has_ending(units[at].span.of(text), &self.participle_endings) {
            return false;
        }
        let Some(before) = at.checked_sub(1).map(|before| &units[before]) else { return true };
        if before.classes.has_any(self.perfect) || before.classes.has_any(self.conjunction) {
            return false;
        }
        before.classes.has_any(self.boundary) && !before.classes.has_any(self.subject)
            || before.classes.has_any(self.verb)
            || before.classes.has_any(self.open_bracket)
    }

    /// Returns whether a count with a determiner before it ends before a unit: "the five", "all six".
    fn ends_count(&self, units: &[Unit], at: usize) -> bool {
        let Some([determiner, count]) = at.checked_sub(2).and_then(|start| units.get(start..at)) else {
            return false;
        };
        let leads = [self.determiner, self.before_determiner, self.possessive];
        let is_determiner = leads.iter().any(|class| determiner.classes.has_any(*class));
        self.is_count(count) && is_determiner && !self.is_count(determiner)
    }

    /// Returns whether an unlisted word may be a verb with the phrase as its object.
    fn is_doubtful(&self, units: &[Unit], at: usize, text: &str) -> bool {
        let unit = &units[at];
        if unit.classes.has_any(self.modifier) {
            return false;
        }
        let word = unit.span.of(text);
        let after_subject = at > 0 && units[at - 1].classes.has_any(self.subject);
        unit.classes.has_any(ClassSet::one(self.marks.unlisted))
            && (word.ends_with("ing") || word.ends_with("ly") || after_subject)
    }
}

/// Returns the words of a class and of all classes in it.
fn words_under(lexicon: &Lexicon, wanted: ClassSet) -> Vec<String> {
    let found = lexicon.classes.iter().filter(|class| class.lineage.has_any(wanted));
    found.flat_map(|class| class.words.clone()).collect()
}

fn has_ending(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending.as_str()))
}
