//! Noun phrases that end in a head word: where they begin, and whether they end there at all.
//!
//! There is no tagger: words that can't stand inside a noun phrase are listed in the lexicon
//! (class `boundary`), and everything between one of them and a head may be a modifier.

use super::naming::is_year;
use super::unit::{Marks, Unit};
use crate::catalogue::{ClassSet, EntityType, Lexicon};

/// The most units that a phrase can have before its head.
const LONGEST_PHRASE: usize = 16;
/// The most units inside of the brackets of a tuple.
const LONGEST_TUPLE: usize = 7;

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
        if next.classes.has_any(self.compound) {
            return false;
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
        let word = next.span.of(text);
        if word.ends_with("ing") {
            // "a system serving 5M users", not "a model training run"
            return units.get(head + 2).is_some_and(|object| {
                object.classes.has_any(self.determiner)
                    || object.classes.has_any(ClassSet::one(self.marks.quantity))
                    || self.is_count(object)
                    || object.span.of(text).starts_with(|letter: char| letter.is_ascii_digit())
            });
        }
        word.ends_with("ed") || word.ends_with("ly") || (determined && word.ends_with('s'))
    }

    /// Where the phrase with this head begins, and its determiner.
    fn start_of(&self, units: &[Unit], head: usize, plural: bool, text: &str) -> (usize, Option<usize>) {
        let joined = ClassSet::one(self.marks.joined);
        let mut start = head;
        // Where the phrase begins unless a determiner further left shows that a doubtful word
        // ("training models", "the training models") belongs to it.
        let mut doubtful: Option<usize> = None;
        let floor = head.saturating_sub(LONGEST_PHRASE);
        while start > floor {
            let at = start - 1;
            let (unit, current) = (&units[at], &units[start]);
            let classes = unit.classes;
            if current.classes.has_any(joined) && !unit.sign {
                start = at;
            } else if classes.has_any(self.possessive) && at > floor && !units[at - 1].sign {
                start = at - 1;
            } else if unit.sign {
                match self.over_sign(units, at, start, floor, text) {
                    Some(further) => start = further,
                    None => break,
                }
            } else if plural && classes.has_any(self.singular_determiner) && !self.is_count(unit) {
                break; // "that" before a plural begins a clause
            } else if classes.has_any(self.determiner) && !self.is_count(unit) {
                let start =
                    if at > 0 && units[at - 1].classes.has_any(self.before_determiner) { at - 1 } else { at };
                return (start, Some(at));
            } else if self.is_count(unit) {
                return self.over_count(units, at, plural, text);
            } else if classes.has_any(self.conjunction) {
                let before = at.checked_sub(1).map(|index| &units[index]);
                // "validation and test sets": the head of several words begins with a modifier
                let begins_modified = if start < head {
                    self.modifies(current, text) || self.is_count(current)
                } else {
                    current.span.of(text).contains([' ', '-'])
                };
                let pair = before.is_some_and(|unit| self.pairs(unit, text)) && begins_modified;
                if !pair {
                    break;
                }
                start = at - 1;
            } else if classes.has_any(self.boundary) && !classes.has_any(joined)
                || self.is_verb(units, at, start, text)
                || self.head(unit).is_some_and(|(_, plural)| plural)
            {
                break;
            } else {
                if doubtful.is_none() && self.is_doubtful(units, at, text) {
                    doubtful = Some(start);
                }
                start = at;
            }
        }
        (doubtful.unwrap_or(start), self.possessor(units, doubtful.unwrap_or(start), head))
    }

    /// Steps over a comma or a bracket inside a phrase: "a large, closed model", "state-of-the-art
    /// (SOTA) models". Gives the unit where the phrase then begins.
    fn over_sign(&self, units: &[Unit], at: usize, start: usize, floor: usize, text: &str) -> Option<usize> {
        let unit = &units[at];
        if unit.classes.has_any(self.slash) {
            // "real/fake classifiers"
            let glued = at > floor
                && unit.span.start == units[at - 1].span.end
                && unit.span.end == units[start].span.start
                && !units[at - 1].classes.has_any(self.boundary);
            return glued.then(|| at - 1);
        }
        if unit.classes.has_any(self.comma) {
            let between = at > floor
                && self.modifies(&units[at - 1], text)
                && self.modifies(&units[start], text)
                && !units[at - 1].classes.has_any(ClassSet::one(self.marks.name));
            return between.then(|| at - 1);
        }
        if unit.classes.has_any(self.close_bracket) && at >= floor + 3 {
            let abbreviation = &units[at - 1];
            let bracketed = abbreviation.classes.has_any(ClassSet::one(self.marks.acronym))
                && units[at - 2].classes.has_any(self.open_bracket)
                && !units[at - 3].sign
                && !units[at - 3].classes.has_any(self.boundary);
            return bracketed
                .then(|| at - 3)
                .or_else(|| self.tuple(units, at, floor))
                .or_else(|| self.citation(units, at, floor, text));
        }
        None
    }

    /// The word before a citation that ends at `close` and parts a phrase: "a BERT (Devlin et al.,
    /// 2019) answer extraction model".
    fn citation(&self, units: &[Unit], close: usize, floor: usize, text: &str) -> Option<usize> {
        let open = (floor..close).rev().find(|at| units[*at].classes.has_any(self.open_bracket))?;
        let before = open.checked_sub(1)?;
        let cites = units[open + 1..close].iter().any(|unit| is_year(unit.span.of(text)));
        (cites && !units[before].sign && !units[before].classes.has_any(self.boundary)).then_some(before)
    }

    /// Where a tuple that ends at `close` begins: "(image, text) pairs".
    fn tuple(&self, units: &[Unit], close: usize, floor: usize) -> Option<usize> {
        let open = (floor..close).rev().find(|at| units[*at].classes.has_any(self.open_bracket))?;
        let inside = &units[open + 1..close];
        let listed = inside.iter().any(|unit| unit.classes.has_any(self.comma));
        let plain = inside.iter().all(|unit| !unit.sign || unit.classes.has_any(self.comma));
        (listed && plain && inside.len() <= LONGEST_TUPLE).then_some(open)
    }

    /// Takes in what stands before a count: "the six", "another two", "both 7B".
    fn over_count(&self, units: &[Unit], count: usize, plural: bool, text: &str) -> (usize, Option<usize>) {
        let mut start = count;
        while start > 0 {
            let before = units[start - 1].classes;
            if plural && before.has_any(self.singular_determiner) {
                break;
            } else if units[start].classes.has_any(self.vague_count) && self.is_count(&units[start - 1]) {
                start -= 1; // "two other models"
            } else if before.has_any(self.before_count) && !units[count].classes.has_any(self.vague_count) {
                start -= 1;
            } else if before.has_any(self.determiner) || before.has_any(self.before_determiner) {
                return (start - 1, Some(start - 1));
            } else if start >= 3 && before.has_any(self.conjunction) && self.pairs(&units[start - 2], text) {
                // "12 proprietary and 10 open models" is one set
                let mut first = start - 2;
                while first > 0 && self.modifies(&units[first], text) && !self.is_count(&units[first]) {
                    first -= 1;
                }
                if !self.is_count(&units[first]) {
                    break;
                }
                start = first;
            } else {
                break;
            }
        }
        (start, Some(count))
    }

    /// Whether a unit before a conjunction modifies the head behind it; "four models and three tests"
    /// are two phrases.
    fn pairs(&self, unit: &Unit, text: &str) -> bool {
        self.modifies(unit, text) && !self.head(unit).is_some_and(|(_, plural)| plural)
    }

    /// Whether a phrase is a head with a definite article and no more.
    pub fn takes_up(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        phrase.head == phrase.start + 1 && units[phrase.start].classes.has_any(self.definite)
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
