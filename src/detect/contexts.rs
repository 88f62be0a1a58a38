//! Contexts: fitted weights of features in and around a phrase. This module defines all features (questions
//! and their answers); the catalogue holds the weights of the answers.

use std::collections::HashMap;

use super::context_places::{ContextPlaces, FIRST_NAME, MOST_NAMES};
use super::mention::Vote;
use super::noun_phrase::NounPhrase;
use super::unit::{Marks, Unit};
use super::vocabulary::Vocabulary;
use crate::catalogue::{ClassSet, Contexts, EntityType, Kind, KindWeights, Rule, Template};
use crate::document::{ByteSpan, SectionKind};

/// Classes of units that stand for their words, and the ends of a sentence.
const NAMES: [&str; 10] = [
    "<name>",
    "<size>",
    "<quantity>",
    "<number>",
    "<mixed>",
    "<acronym>",
    "<start>",
    "<end>",
    "<none>",
    "<capitalised>",
];
const _: () = assert!(NAMES.len() <= MOST_NAMES as usize);
const NAME: u32 = 0;
const SIZE: u32 = 1;
const QUANTITY: u32 = 2;
const NUMBER: u32 = 3;
const MIXED: u32 = 4;
const ACRONYM: u32 = 5;
const START: u32 = 6;
const END: u32 = 7;
const NONE: u32 = 8;
const CAPITALISED: u32 = 9;
/// Largest count that is an answer of its own; higher counts share it.
const MOST: usize = 4;
/// The lengths in bytes at which texts pass for longer: a passage that somebody chose has more descriptions
/// than an abstract, and this more than a paper.
const TEXT_LENGTHS: [usize; 5] = [300, 600, 1200, 2400, 10_000];
/// Templates for the words before and after the phrase, the nearest first.
const BEFORE: [Template; 4] = [Template::Before1, Template::Before2, Template::Before3, Template::Before4];
const AFTER: [Template; 4] = [Template::After1, Template::After2, Template::After3, Template::After4];

/// The answer to a question about a phrase.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Word(Word),
    Words(Word, Word),
    /// A word, and whether the phrase is plural.
    WordAndNumber(Word, bool),
    Count(usize),
    Type(EntityType, bool),
    Section(SectionKind),
    /// The index of a rule in the catalogue.
    Rule(u32),
}

/// A word of the sentence.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its index in the vocabulary, or that of an entry of [`NAMES`]; 0 for a word in neither.
    id: u32,
    span: ByteSpan,
}

impl Word {
    fn named(name: u32) -> Self {
        Self { id: FIRST_NAME + name, span: ByteSpan::new(0, 0) }
    }

    /// Returns the word as lines of the catalogue write it.
    fn text(self, prose: &str) -> String {
        match self.id.checked_sub(FIRST_NAME) {
            Some(name) => NAMES.get(name as usize).copied().unwrap_or_default().to_string(),
            None => canonical(self.span.of(prose)),
        }
    }
}

/// Returns a word or listed phrase in lower case, its parts separated by one blank.
fn canonical(text: &str) -> String {
    let is_hyphen = text.chars().all(|letter| letter == '-');
    let gap = |letter: char| letter.is_whitespace() || letter == '-' && !is_hyphen;
    text.split(gap).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A phrase in its sentence and paper, as input to the questions.
#[derive(Debug, Clone, Copy)]
pub(super) struct PhraseContext<'a> {
    /// The text of the paper.
    pub prose: &'a str,
    /// The units of the sentence.
    pub units: &'a [Unit],
    /// The union of their classes.
    pub classes: ClassSet,
    /// The start of the sentence in the prose.
    pub sentence_start: usize,
    /// The phrase.
    pub phrase: NounPhrase,
    /// The unit after the phrase and its bracketed abbreviations.
    pub after: usize,
    /// The index of the phrase among the noun phrases of the sentence.
    pub order: usize,
    /// The part of the paper.
    pub section: SectionKind,
    /// Set when an entity of its type was introduced before.
    pub introduced: bool,
    /// Set when its noun occurred before.
    pub seen_noun: bool,
    /// Number of names right beside it.
    pub names_beside: usize,
    /// Number of known names in the paper.
    pub names_in_paper: usize,
    /// The votes of the rules on it.
    pub votes: &'a [Vote],
}

/// The contexts of a catalogue, indexed for look-up.
#[derive(Debug)]
pub(super) struct ContextWeights {
    /// The factor by which the votes of rules are multiplied.
    pub rules: f64,
    bias: KindWeights,
    /// For each type of entity, set when phrases of it are weighed at all.
    types: [bool; EntityType::ALL.len()],
    /// The index in `weights` for each template and answer.
    places: ContextPlaces,
    weights: Vec<KindWeights>,
    /// For each word, a bit for each template with a weight for it: most words have few.
    known_to: Vec<u32>,
    marks: Marks,
}

impl ContextWeights {
    /// Indexes the contexts; their new words are added to the vocabulary.
    pub fn new(contexts: &Contexts, rules: &[Rule], vocabulary: &mut Vocabulary, marks: Marks) -> Self {
        let rule_places: HashMap<&str, u32> =
            rules.iter().enumerate().map(|(place, rule)| (rule.name.as_str(), place as u32)).collect();
        let mut weights = Self {
            rules: contexts.rules,
            bias: contexts.bias,
            types: std::array::from_fn(|place| {
                EntityType::ALL.get(place).is_some_and(|of_place| contexts.types.contains(of_place))
            }),
            places: ContextPlaces::default(),
            weights: Vec::with_capacity(contexts.all.len()),
            known_to: Vec::new(),
            marks,
        };
        for context in &contexts.all {
            let mut word = |text: &str| match NAMES.iter().position(|name| *name == text) {
                Some(name) => Some(FIRST_NAME + name as u32),
                None => vocabulary.intern_entry(text).map(|id| id.0),
            };
            let answer = match context.template {
                Template::Rule => rule_places.get(&*context.value).map(|place| (*place, 0)),
                Template::DeterminerNumber => context
                    .value
                    .rsplit_once(' ')
                    .and_then(|(text, number)| Some((word(text)?, u32::from(number == PLURAL)))),
                Template::BeforeDeterminer => context
                    .value
                    .rsplit_once(" + ")
                    .and_then(|(before, determiner)| Some((word(before)?, word(determiner)?))),
                Template::Type => context.value.rsplit_once(' ').and_then(|(name, number)| {
                    let entity_type: EntityType = name.parse().ok()?;
                    Some((entity_type as u32, u32::from(number == PLURAL)))
                }),
                Template::Section => context.value.parse::<SectionKind>().ok().map(|kind| (kind as u32, 0)),
                template if asks_for_count(template) => context.value.parse().ok().map(|count| (count, 0)),
                _ => word(&context.value).map(|id| (id, 0)),
            };
            let Some((first, second)) = answer else { continue };
            if asks_for_word(context.template) && first < FIRST_NAME {
                let place = first as usize;
                if weights.known_to.len() <= place {
                    weights.known_to.resize(place + 1, 0);
                }
                weights.known_to[place] |= 1 << context.template as u32;
            }
            let place = weights.weights.len() as u32;
            weights.weights.push(context.weights);
            weights.places.insert(context.template, (first, second), place);
        }
        weights
    }

    /// Returns whether there are weights for phrases of a type; otherwise, the rules decide alone.
    pub fn know(&self, entity_type: EntityType) -> bool {
        !self.weights.is_empty() && self.types[entity_type as usize]
    }

    /// Returns the sum of the weights of a phrase's contexts for each kind, in log-odds.
    pub fn score(&self, phrase: &PhraseContext<'_>) -> [f64; Kind::ALL.len()] {
        let mut sums = self.bias;
        self.ask(phrase, |template, answer| {
            if let Some(weights) = self.weights_of(template, answer) {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        });
        sums.map(f64::from)
    }

    /// Returns every answer for a phrase as lines of the catalogue write it, with its weights.
    pub fn answers(&self, phrase: &PhraseContext<'_>, rules: &[Box<str>]) -> Vec<ContextVote> {
        let mut answers = Vec::new();
        self.ask(phrase, |template, answer| {
            let value = match answer {
                Answer::Word(word) => word.text(phrase.prose),
                Answer::Words(first, second) => {
                    format!("{} + {}", first.text(phrase.prose), second.text(phrase.prose))
                }
                Answer::WordAndNumber(word, plural) => {
                    format!("{} {}", word.text(phrase.prose), number_name(plural))
                }
                Answer::Count(count) => count.to_string(),
                Answer::Type(entity_type, plural) => format!("{entity_type} {}", number_name(plural)),
                Answer::Section(section) => section.name().to_string(),
                Answer::Rule(place) => {
                    rules.get(place as usize).map(|name| name.to_string()).unwrap_or_default()
                }
            };
            let weights = self.weights_of(template, answer).copied().unwrap_or_default();
            answers.push(ContextVote { template, value: value.into(), weights });
        });
        answers
    }

    fn weights_of(&self, template: Template, answer: Answer) -> Option<&KindWeights> {
        let (first, second) = match answer {
            Answer::Word(word) => (word.id, 0),
            Answer::Words(first, second) => (first.id, second.id),
            Answer::WordAndNumber(word, plural) => (word.id, u32::from(plural)),
            Answer::Count(count) => (count as u32, 0),
            Answer::Type(entity_type, plural) => (entity_type as u32, u32::from(plural)),
            Answer::Section(section) => (section as u32, 0),
            Answer::Rule(place) => (place, 0),
        };
        let is_word = matches!(answer, Answer::Word(_) | Answer::Words(..) | Answer::WordAndNumber(..));
        if is_word && first < FIRST_NAME {
            let known = self.known_to.get(first as usize).copied().unwrap_or_default();
            if first == 0 || known >> template as u32 & 1 == 0 {
                return None;
            }
        }
        self.weights.get(self.places.get(template, (first, second))? as usize)
    }

    /// Calls `tell` with the answer to every question about a phrase.
    fn ask(&self, asked: &PhraseContext<'_>, mut tell: impl FnMut(Template, Answer)) {
        let PhraseContext { units, phrase, after, .. } = *asked;
        let plural = phrase.plural;
        let determiner = phrase.determiner.map_or(Word::named(NONE), |at| self.word(&units[at]));
        let before = |distance: usize| match phrase.start.checked_sub(distance) {
            Some(at) => self.word(&units[at]),
            None => Word::named(START),
        };
        tell(Template::Head, Answer::Word(self.word(&units[phrase.head])));
        tell(Template::Determiner, Answer::Word(determiner));
        tell(Template::DeterminerNumber, Answer::WordAndNumber(determiner, plural));
        tell(Template::Type, Answer::Type(phrase.entity_type, plural));
        for unit in &units[phrase.start..phrase.head] {
            tell(Template::Inside, Answer::Word(self.word(unit)));
            // Besides its own weight, such a word may be a name that nobody listed: "the Orvex system".
            if unit.has(self.marks.capitalised)
                && unit.has(self.marks.unlisted)
                && !unit.has(self.marks.maker)
                && unit.span.start > asked.sentence_start
            {
                tell(Template::Inside, Answer::Word(Word::named(CAPITALISED)));
            }
        }
        for (distance, template) in (1..).zip(BEFORE) {
            tell(template, Answer::Word(before(distance)));
        }
        for (distance, template) in AFTER.into_iter().enumerate() {
            let word = units.get(after + distance).map_or(Word::named(END), |unit| self.word(unit));
            tell(template, Answer::Word(word));
        }
        tell(Template::BeforeDeterminer, Answer::Words(before(1), determiner));
        let name = ClassSet::one(self.marks.name);
        let mut figure = ClassSet::one(self.marks.number);
        figure.insert(self.marks.quantity);
        let count = |units: &[Unit], wanted: ClassSet| match asked.classes.has_any(wanted) {
            true => units.iter().filter(|unit| unit.classes.has_any(wanted)).take(2).count(),
            false => 0,
        };
        let sized = units[phrase.start..=phrase.head].iter().any(|unit| unit.has(self.marks.size));
        let has_percent = units.iter().any(|unit| unit.sign && unit.span.of(asked.prose) == PERCENT);
        let place = (asked.sentence_start * 4).checked_div(asked.prose.len()).unwrap_or_default();
        for (template, answer) in [
            (Template::Length, (phrase.head - phrase.start).min(MOST)),
            (Template::Order, asked.order.min(2)),
            (Template::Sized, usize::from(sized)),
            (Template::Figures, count(units, figure)),
            (Template::Percent, usize::from(has_percent)),
            (Template::NamesBefore, count(&units[..phrase.start], name)),
            (Template::NamesAfter, count(units.get(after..).unwrap_or_default(), name)),
            (Template::NamesBeside, asked.names_beside.min(2)),
            (Template::NamesInPaper, asked.names_in_paper.min(MOST)),
            (Template::Place, place.min(3)),
            (Template::TextLength, TEXT_LENGTHS.partition_point(|length| *length <= asked.prose.len())),
            (Template::Introduced, usize::from(asked.introduced)),
            (Template::SeenNoun, usize::from(asked.seen_noun)),
        ] {
            tell(template, Answer::Count(answer));
        }
        tell(Template::Section, Answer::Section(asked.section));
        for vote in asked.votes {
            tell(Template::Rule, Answer::Rule(vote.rule.0));
        }
    }

    fn word(&self, unit: &Unit) -> Word {
        let unlisted = unit.has(self.marks.unlisted);
        let marks = self.marks;
        let name = if unit.has(marks.name) {
            NAME
        } else if unit.has(marks.size) {
            SIZE
        } else if unit.has(marks.quantity) {
            QUANTITY
        } else if unit.has(marks.number) {
            NUMBER
        } else if unlisted && !unit.sign && unit.has(marks.mixed) {
            MIXED
        } else if unlisted && unit.has(marks.acronym) {
            ACRONYM
        } else {
            return Word { id: unit.word.0, span: unit.span };
        };
        Word::named(name)
    }
}

const PERCENT: &str = "%";
const PLURAL: &str = "plural";

fn number_name(plural: bool) -> &'static str {
    if plural { PLURAL } else { "singular" }
}

fn asks_for_word(template: Template) -> bool {
    !asks_for_count(template) && !matches!(template, Template::Type | Template::Section | Template::Rule)
}

fn asks_for_count(template: Template) -> bool {
    matches!(
        template,
        Template::Length
            | Template::Order
            | Template::Sized
            | Template::Figures
            | Template::Percent
            | Template::NamesBefore
            | Template::NamesAfter
            | Template::NamesBeside
            | Template::NamesInPaper
            | Template::Place
            | Template::TextLength
            | Template::Introduced
            | Template::SeenNoun
    )
}

/// One answer for a phrase, and its weight for each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextVote {
    /// The question.
    pub template: Template,
    /// The answer, as a line of `contexts.toml` has it.
    pub value: Box<str>,
    /// Its weight for each kind, in log-odds.
    pub weights: KindWeights,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_phrases_are_spelled_one_way() {
        assert_eq!(canonical("State-of-the\nArt"), "state of the art");
        assert_eq!((canonical("-"), canonical("'s")), ("-".to_string(), "'s".to_string()));
    }
}
