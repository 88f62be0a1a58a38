//! Results of detection: mentions and their attributes.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Quantity, QuantityMention};
use crate::catalogue::{EntityType, Kind, Measure, RuleId, SystemId, Trait};
use crate::document::{ByteSpan, SectionKind};
use crate::named_enum;

/// The facts that a mention, or its clause, states on the system.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    /// Stated amounts.
    pub quantities: Vec<(Measure, Quantity)>,
    /// Traits that words state, as values of the lexicon, each once and in the order of the text.
    pub traits: Vec<(Trait, String)>,
    /// Number of systems in a set; 1 for a singular.
    pub count: Option<u32>,
}

impl Attributes {
    /// Returns the first quantity of a measure.
    pub fn quantity(&self, measure: Measure) -> Option<&Quantity> {
        self.quantities.iter().find(|(of, _)| *of == measure).map(|(_, quantity)| quantity)
    }

    /// Iterates over the stated values of a trait.
    pub fn values_of(&self, wanted: Trait) -> impl Iterator<Item = &str> {
        self.traits.iter().filter(move |(of, _)| *of == wanted).map(|(_, value)| value.as_str())
    }

    /// Adds the facts that `other` states and `self` does not.
    pub fn merge(&mut self, other: &Self) {
        for (measure, quantity) in &other.quantities {
            if self.quantity(*measure).is_none() {
                self.quantities.push((*measure, quantity.clone()));
            }
        }
        for stated in &other.traits {
            if !self.traits.contains(stated) {
                self.traits.push(stated.clone());
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
    /// The kind that it votes for.
    pub kind: Kind,
    /// Its weight, in the units of the rule files: a sum of votes is a log-odds.
    pub weight: f64,
    /// Addition to the log-odds that the paper never names what was found.
    pub nameless: f64,
}

named_enum! {
    /// The way in which a description got its names.
    pub enum Way {
        /// The names stand beside it: in brackets, in apposition, as a list.
        Beside => "beside",
        /// A sentence predicates the name of it, or says that it is called so.
        Predicate => "predicate",
        /// It plays a role in the study that the paper fills by name.
        Role => "role",
        /// Its size matches that of one name in the paper.
        Size => "size",
        /// It is a set that a list of the paper fills.
        Set => "set",
        /// The paper names it elsewhere beside the same words.
        SameWords => "same-words",
        /// Of the systems that the paper names, only as many are of its kind: speech recognisers, embedding models.
        Kind => "kind",
        /// The heading above it names it.
        Heading => "heading",
        /// A cited work presents it.
        Citation => "citation",
    }
}

/// The evidence for the names of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The way that found the names.
    pub way: Way,
    /// The reason, for a reader: the role, the heading, the words.
    pub reason: String,
    /// The place of the evidence, in bytes of the prose.
    pub at: ByteSpan,
    /// Set when the names are only some of those that the description stands for.
    pub partial: bool,
    /// The system that a cited work presents, if the prose itself does not name it.
    pub cited: Option<SystemId>,
}

/// A noun phrase, or a name, that stands for a model, a data set or software.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Mention {
    /// Its function in the text.
    pub kind: Kind,
    /// The type of entity that it stands for.
    pub entity_type: EntityType,
    /// The mention, in bytes of the prose.
    pub span: ByteSpan,
    /// The full name, if the text shortens it: "GPT-4.1" for the second part of "GPT-4o/4.1".
    pub full_name: Option<Box<str>>,
    /// Its sentence, in bytes of the prose.
    pub sentence: ByteSpan,
    /// The part of the paper that it stands in.
    pub section: SectionKind,
    /// Set when it stands for more than one system.
    pub plural: bool,
    /// Set when it is a head with a definite article and nothing more ("the model"), which refers to a system
    /// introduced before even where the text adds new facts about it.
    pub takes_up: bool,
    /// Set when it begins with a definite article.
    pub definite: bool,
    /// For an anaphoric mention: set when its noun says more than "the model", so that it refers back to that noun:
    /// "the judge".
    pub tells_noun: bool,
    /// For a description: set when its words say that it is not what was described before: "another model", "every
    /// model".
    pub says_other: bool,
    /// For a description: set when its words say that it is none of the systems that the paper uses elsewhere: "a
    /// separate judge".
    pub set_apart: bool,
    /// The probability, 0 to 1, that the kind is right.
    pub confidence: f64,
    /// The probability of each kind, in the order of [`Kind::ALL`]; they sum to 1.
    pub chances: KindChances,
    /// All votes: those for the winning kind first, then by descending weight.
    pub votes: Vec<Vote>,
    /// The facts that the phrase and its clause state.
    pub attributes: Attributes,
    /// For a name of the catalogue: the systems that carry it, best guess first.
    pub systems: Vec<SystemId>,
    /// For a name: set when the authors give it to a system of their own in this paper.
    pub coined: bool,
    /// Set when its sentence reports the work of others and not that of this paper.
    pub reported: bool,
    /// Set when its sentence reports that others ran this one system, and names none before it.
    pub reported_one: bool,
    /// Set when it plays a role in the study for which the paper names no system: "an LLM judge" in a paper
    /// that names no judge.
    pub plays_unnamed_role: bool,
    /// Indices of the mentions, before or after this one, that give its name: in apposition, in brackets,
    /// after "such as", as a list, by a copula or by coreference.
    pub named_by: Vec<usize>,
    /// The evidence for those names, or for a cited work in place of them.
    pub naming: Option<Box<Naming>>,
}

impl Mention {
    /// Makes a mention of a certain kind, without attributes.
    pub fn new(kind: Kind, entity_type: EntityType, span: ByteSpan, sentence: ByteSpan) -> Self {
        Self {
            kind,
            entity_type,
            span,
            full_name: None,
            sentence,
            section: SectionKind::Body,
            plural: false,
            takes_up: false,
            definite: false,
            tells_noun: false,
            says_other: false,
            set_apart: false,
            confidence: 1.0,
            chances: surely(kind),
            votes: Vec::new(),
            attributes: Attributes::default(),
            systems: Vec::new(),
            coined: false,
            reported: false,
            reported_one: false,
            plays_unnamed_role: false,
            named_by: Vec::new(),
            naming: None,
        }
    }

    /// Makes a mention by name.
    pub(crate) fn by_name(entity_type: EntityType, span: ByteSpan, sentence: ByteSpan) -> Self {
        Self::new(Kind::Named, entity_type, span, sentence)
    }

    /// Returns the number of systems that it stands for, if it stands for several and tells how many.
    pub fn counted(&self) -> Option<u32> {
        self.attributes.count.filter(|_| self.plural)
    }

    /// Returns how much more likely a rule makes it that the paper never names it, in log-odds: the most that
    /// one of its votes says.
    pub fn nameless(&self) -> f64 {
        self.votes.iter().map(|vote| vote.nameless).fold(0.0, f64::max)
    }

    /// Returns whether a rule says that the paper keeps its name back, so that it is none of the systems that
    /// the paper names.
    pub fn is_kept_back(&self) -> bool {
        self.nameless() > 0.0
    }

    /// Returns the name as the text writes it, or in full if the text leaves out a part of it.
    pub fn written_name<'a>(&'a self, prose: &'a str) -> &'a str {
        self.full_name.as_deref().unwrap_or_else(|| self.span.of(prose))
    }
}

/// A probability for each kind, in the order of [`Kind::ALL`].
pub type KindChances = [f32; Kind::ALL.len()];

/// Returns the chances of a mention that is certainly of one kind.
pub(crate) fn surely(kind: Kind) -> KindChances {
    let mut chances = KindChances::default();
    chances[kind as usize] = 1.0;
    chances
}

/// All results of detection in one paper, as input to resolution.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Detected {
    /// Every mention, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Phrases, and words written like names, that the rules voted to be no mention.
    pub dismissed: Vec<Mention>,
    /// Every sentence with a mention, and the sentences right before and after it, in bytes of the prose and
    /// in order.
    pub sentences: Vec<ByteSpan>,
    /// Every quantity in those sentences, in order, whether it belongs to a mention or not.
    pub quantities: Vec<QuantityMention>,
}
