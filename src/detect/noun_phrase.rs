//! Noun phrases that end in a head word, and whether they end there at all.
//!
//! There is no tagger: words that can't stand inside a noun phrase are listed in the lexicon
//! (class `boundary`), and everything between one of them and a head may be a modifier.

mod sized;
mod start;

use super::unit::{Marks, Unit};
use crate::catalogue::{ClassSet, EntityType, Lexicon};

/// A noun phrase, in units of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NounPhrase {
    /// Its first unit.
    pub start: usize,
    /// Its head: its last unit.
    pub head: usize,
    /// Its determiner, count or possessive, where it has one.
    pub determiner: Option<usize>,
    /// What the head stands for.
    pub entity_type: EntityType,
    /// Whether the head is plural.
    pub plural: bool,
}

/// The classes of the lexicon that noun phrases are found by.
#[derive(Debug)]
pub struct Grammar {
    models: ClassSet,
    datasets: ClassSet,
    software: ClassSet,
    plural: ClassSet,
    determiner: ClassSet,
    definite: ClassSet,
    singular_determiner: ClassSet,
    before_determiner: ClassSet,
    count: ClassSet,
    before_count: ClassSet,
    vague_count: ClassSet,
    boundary: ClassSet,
    conjunction: ClassSet,
    modifier: ClassSet,
    possessive: ClassSet,
    verb: ClassSet,
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
    participle_endings: Vec<String>,
    adjective_endings: Vec<String>,
    marks: Marks,
}

impl Grammar {
    /// The grammar of a lexicon, which has been checked to hold [`NEEDED_CLASSES`](crate::catalogue::NEEDED_CLASSES).
    pub fn new(lexicon: &Lexicon) -> Self {
        let class = |name: &str| lexicon.class(name).map(ClassSet::one).unwrap_or_default();
        let heads = |wanted: &dyn Fn(&crate::catalogue::Class) -> bool| {
            let mut set = ClassSet::default();
            for class in lexicon.classes.iter().filter(|class| wanted(class)) {
                set.extend(lexicon.class(&class.name).map(ClassSet::one).unwrap_or_default());
            }
            set
        };
        Self {
            models: heads(&|class| class.head == Some(EntityType::Model)),
            datasets: heads(&|class| class.head == Some(EntityType::Dataset)),
            software: heads(&|class| class.head == Some(EntityType::Software)),
            plural: heads(&|class| class.head.is_some() && class.plural),
            determiner: class("determiner"),
            definite: class("the"),
            singular_determiner: class("singular-determiner"),
            before_determiner: class("before-determiner"),
            count: class("count"),
            before_count: class("before-count"),
            vague_count: class("several"),
            boundary: class("boundary"),
            conjunction: class("conjunction"),
            modifier: class("modifier"),
            possessive: class("possessive"),
            verb: class("verb-form"),
            subject: class("subject"),
            compound: class("compound-noun"),
            comma: class("comma"),
            open_bracket: class("open-bracket"),
            close_bracket: class("close-bracket"),
            perfect: class("perfect"),
            partition: class("partition"),
            slash: class("slash"),
            of: class("of"),
            after_head: class("after-head"),
            part_noun: class("part-noun"),
            size_noun: class("size-noun"),
            indefinite: class("one"),
            participle_endings: words_of(lexicon, "participle-ending"),
            adjective_endings: words_of(lexicon, "adjective-ending"),
            marks: Marks::new(lexicon),
        }
    }

    /// What a head word stands for, and whether it is plural; none for other words.
    pub fn head(&self, unit: &Unit) -> Option<(EntityType, bool)> {
        let entity_type = if unit.classes.has_any(self.models) {
            EntityType::Model
        } else if unit.classes.has_any(self.datasets) {
            EntityType::Dataset
        } else if unit.classes.has_any(self.software) {
            EntityType::Software
        } else {
            return None;
        };
        Some((entity_type, unit.classes.has_any(self.plural)))
    }

    /// The noun phrase whose head is the unit at `head`, if one ends there.
    pub fn phrase_at(&self, units: &[Unit], head: usize, text: &str) -> Option<NounPhrase> {
        let (entity_type, plural) = self.head(&units[head])?;
        let (start, determiner) = self.start_of(units, head, plural, text);
        let (start, determiner) = self.over_part(units, start, determiner, text);
        if !self.ends_at(units, head, plural, determiner.is_some(), text) {
            return None;
        }
        Some(NounPhrase { start, head, determiner, entity_type, plural })
    }

    /// Takes in the noun that makes a part or a set of what the phrase stands for: "a large
    /// collection of tweets", "pairs of sentences".
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

    /// Whether a phrase can end at `head`, or the word after it takes it as a modifier ("LLM
    /// outputs", "LLM-based", "model weights").
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
            return plural;
        }
        if plural {
            return true; // a plural is no modifier: "models cost money"
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

    /// Whether a unit begins what a verb before it acts on.
    fn begins_object(&self, units: &[Unit], at: usize, text: &str) -> bool {
        units.get(at).is_some_and(|unit| {
            unit.classes.has_any(self.determiner)
                || unit.classes.has_any(ClassSet::one(self.marks.quantity))
                || self.is_count(unit)
                || unit.span.of(text).starts_with(|letter: char| letter.is_ascii_digit())
        })
    }

    /// A phrase over units that a regular expression found, where no noun phrase stands.
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

    /// Whether a phrase is a head with a definite article and no more.
    pub fn takes_up(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        phrase.head == phrase.start + 1 && self.is_definite(units, phrase)
    }

    /// Whether a phrase begins with a definite article.
    pub fn is_definite(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        units[phrase.start].classes.has_any(self.definite)
    }

    fn possessor(&self, units: &[Unit], start: usize, head: usize) -> Option<usize> {
        units[start..head].iter().position(|unit| unit.classes.has_any(self.possessive)).map(|at| start + at)
    }

    /// Whether a unit is a count of things: "six", "several", "12".
    pub fn is_count(&self, unit: &Unit) -> bool {
        unit.classes.has_any(self.count)
    }

    /// Whether a word can modify a head for certain.
    fn modifies(&self, unit: &Unit, text: &str) -> bool {
        let any = |class| unit.classes.has_any(ClassSet::one(class));
        unit.classes.has_any(self.modifier)
            || unit.classes.has_any(self.partition)
            || any(self.marks.quantity)
            || !unit.sign && (any(self.marks.acronym) || any(self.marks.joined))
            || any(self.marks.unlisted) && has_ending(unit.span.of(text), &self.adjective_endings)
    }

    /// Whether a word that can be a verb is one here: nothing that belongs to the phrase stands
    /// before it ("the method outperforms models", not "a recently tuned model").
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
        if self.is_participle(units, at, text) {
            return false;
        }
        let joined = units[start].classes.has_any(ClassSet::one(self.marks.joined))
            || unit.classes.has_any(ClassSet::one(self.marks.joined));
        !led && !joined
    }

    /// Whether a form that can be a past tense is a participle: no noun stands before it that could
    /// be its subject ("on labeled data", "using generated questions").
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

    /// Whether an unlisted word may be a verb that takes the phrase as its object.
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

/// The words of a class, which are endings of words here.
fn words_of(lexicon: &Lexicon, class: &str) -> Vec<String> {
    let found = lexicon.classes.iter().find(|known| known.name == class);
    found.map(|class| class.words.clone()).unwrap_or_default()
}

fn has_ending(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending.as_str()))
}
