//! What detection finds: mentions and what they say.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Quantity, QuantityMention};
use crate::catalogue::{EntityType, Kind, Measure, RuleId, SystemId, Trait, named_enum};
use crate::document::{ByteSpan, SectionKind};

/// What a mention, or its clause, says of the system.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    /// Stated amounts.
    pub quantities: Vec<(Measure, Quantity)>,
    /// Words that tell something, as the lexicon's values, each once, in the order of the text.
    pub traits: Vec<(Trait, String)>,
    /// How many systems a set holds; 1 for a singular.
    pub count: Option<u32>,
}

impl Attributes {
    /// The first quantity of a measure.
    pub fn quantity(&self, measure: Measure) -> Option<&Quantity> {
        self.quantities.iter().find(|(of, _)| *of == measure).map(|(_, quantity)| quantity)
    }

    /// The values told of one trait.
    pub fn values_of(&self, wanted: Trait) -> impl Iterator<Item = &str> {
        self.traits.iter().filter(move |(of, _)| *of == wanted).map(|(_, value)| value.as_str())
    }

    /// Adds what `other` says and `self` does not.
    pub fn merge(&mut self, other: &Self) {
        for (measure, quantity) in &other.quantities {
            if self.quantity(*measure).is_none() {
                self.quantities.push((*measure, quantity.clone()));
            }
        }
        for told in &other.traits {
            if !self.traits.contains(told) {
                self.traits.push(told.clone());
            }
        }
        self.count = self.count.or(other.count);
    }
}

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (measure, quantity) in &self.quantities {
            map.serialize_entry(measure.name(), quantity)?;
        }
        for wanted in Trait::ALL {
            let values: Vec<&str> = self.values_of(*wanted).collect();
            if !values.is_empty() {
                map.serialize_entry(wanted.name(), &values)?;
            }
        }
        if let Some(count) = self.count {
            map.serialize_entry("count", &count)?;
        }
        map.end()
    }
}

/// One rule's vote on a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vote {
    /// The rule that matched.
    pub rule: RuleId,
    /// The kind that it speaks for.
    pub kind: Kind,
    /// Its weight, in the units of the rule files: a sum of votes is a log-odds.
    pub weight: f64,
}

named_enum! {
    /// By which way a description came to its names.
    pub enum Way {
        /// They stand beside it: in brackets, in apposition, as a list.
        Beside => "beside",
        /// A sentence says that it is called so, or is so.
        Predicate => "predicate",
        /// It plays a role in the study that the paper fills by name.
        Role => "role",
        /// Its size is that of one name in the paper.
        Size => "size",
        /// It is a set that a list of the paper fills.
        Set => "set",
        /// The paper names it where it describes it in the same words.
        SameWords => "same-words",
        /// The heading above it names it.
        Heading => "heading",
        /// A cited work presents it.
        Citation => "citation",
    }
}

/// How a description came to its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The way.
    pub way: Way,
    /// What tied them, for a person: the role, the heading, the words.
    pub told: String,
    /// Where the paper says so, in bytes of the prose.
    pub at: ByteSpan,
    /// Whether the names are only some of those that the description stands for.
    pub partial: bool,
    /// The system that the title of a cited work names, where the prose itself does not name it.
    pub cited: Option<SystemId>,
}

/// A noun phrase, or a name, that stands for a model, a data set or software.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// What it does in the text.
    pub kind: Kind,
    /// What it stands for.
    pub entity_type: EntityType,
    /// The mention, in bytes of the prose.
    pub span: ByteSpan,
    /// Of a name that the text shortens the whole: "GPT-4.1" of "GPT-4o/4.1".
    pub full_name: Option<Box<str>>,
    /// Its sentence, in bytes of the prose.
    pub sentence: ByteSpan,
    /// The part of the paper that it stands in.
    pub section: SectionKind,
    /// Whether it stands for more than one system.
    pub plural: bool,
    /// Whether it is a head with a definite article and no more ("the model"), which takes up what the
    /// text has introduced even where new facts are told of it.
    pub takes_up: bool,
    /// Whether it begins with a definite article.
    pub definite: bool,
    /// The probability, 0 to 1, that the kind is right.
    pub confidence: f64,
    /// The probability of each kind, in the order of [`Kind::ALL`]; they sum to 1.
    pub chances: KindChances,
    /// Every vote, the winning kind's first, heaviest first.
    pub votes: Vec<Vote>,
    /// What the phrase and its clause say.
    pub attributes: Attributes,
    /// For a name of the catalogue: the systems that carry it, best guess first.
    pub systems: Vec<SystemId>,
    /// For a name: whether the authors give it to a thing of their own in this paper.
    pub coined: bool,
    /// Whether its sentence tells of what others did, and not of this paper.
    pub reported: bool,
    /// Mentions (by index, later or earlier) that give this one's name in apposition, in brackets,
    /// after "such as", as a list or by a copula.
    pub named_by: Vec<usize>,
    /// How it came to those names, or to a cited work in place of them.
    pub naming: Option<Box<Naming>>,
}

impl Mention {
    /// The name that a mention by name gives: as the text writes it, or in full where the text leaves out a
    /// part of it.
    pub fn written_name<'a>(&'a self, prose: &'a str) -> &'a str {
        self.full_name.as_deref().unwrap_or_else(|| self.span.of(prose))
    }
}

/// A probability for each kind, in the order of [`Kind::ALL`].
pub type KindChances = [f32; Kind::ALL.len()];

/// A mention that is surely of one kind.
pub(crate) fn surely(kind: Kind) -> KindChances {
    let mut chances = KindChances::default();
    chances[kind as usize] = 1.0;
    chances
}

/// All that detection finds in one paper, for resolution to work on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Detected {
    /// Every mention, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Phrases, and words written as names, that the rules voted to be no mention.
    pub dismissed: Vec<Mention>,
    /// Every sentence with a mention, and the sentences right before and after one, in bytes of
    /// the prose, in order.
    pub sentences: Vec<ByteSpan>,
    /// Every quantity of those sentences, attached to a mention or not, in order.
    pub quantities: Vec<QuantityMention>,
}
