//! The keys of an entry of the system files: the one table from which the reader, the schema, the import of
//! tables and the page of a system know what an entry can say.

use super::{Measure, SizeUnit};

/// A key of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemKey {
    /// The key as written.
    pub name: &'static str,
    /// The values that it takes.
    pub holds: SystemValue,
    /// Whether every entry must have it.
    pub required: bool,
    /// The meaning of its value, for people.
    pub about: &'static str,
}

/// The values that a key of an entry takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SystemValue {
    /// A text.
    Text,
    /// A text or a list of texts.
    Texts,
    /// `true`, or texts.
    FlagOrTexts,
    /// A date, to the day, the month or the year.
    Date,
    /// A whole number.
    Count,
    /// The name of an [`EntityType`](super::EntityType).
    Type,
    /// The name of an [`Access`](super::Access).
    Access,
    /// An amount or a list of amounts.
    Amounts(Measure, SizeUnit),
}

use Measure::{
    ActiveParameters, Bytes, Chips, Compute, ContextLength, Days, Examples, Layers, Parameters, Tokens,
    Vocabulary, Width,
};
use SystemValue::{Access, Amounts, Count, Date, FlagOrTexts, Text, Texts, Type};

/// All keys of an entry, in the order in which an entry is shown.
pub const SYSTEM_KEYS: &[SystemKey] = &[
    key("id", Text, "Its id, in lower case").required(),
    key("name", Text, "Its name").required(),
    key("type", Type, "What it is").required(),
    key("aliases", Texts, "Other names"),
    key("common-words", FlagOrTexts, "Those of its names that are ordinary words too, or true for all"),
    key("organisations", Texts, "Ids of its makers, beside that of the file"),
    key("family", Text, "The id of the head of its family"),
    key("base", Texts, "Ids of the systems that it was made from"),
    key("announced", Date, "When the world heard of it: 2021, 2021-05 or 2021-05-18"),
    key("internal-since", Date, "From when its makers used it themselves"),
    key("released", Date, "From when people outside could use it, where that was later than announced"),
    key("retired", Date, "From when nobody could use it any more"),
    key("access", Access, "How people outside get at it"),
    key("access-before", Access, "How they got at it before `released`"),
    key("parameters", Amounts(Parameters, SizeUnit::Count), "Its sizes in parameters: \"137B\""),
    key("active-parameters", Amounts(ActiveParameters, SizeUnit::Count), "Parameters at work on one token"),
    key("tokens", Amounts(Tokens, SizeUnit::Count), "Tokens that it was trained on, or that it holds"),
    key(
        "examples",
        Amounts(Examples, SizeUnit::Count),
        "Images, pairs or documents that it was trained on, or that it holds",
    ),
    key("bytes", Amounts(Bytes, SizeUnit::Bytes), "Bytes of its data: \"825GB\""),
    key("compute", Amounts(Compute, SizeUnit::Plain), "Training compute in FLOP: \"3.55e23\""),
    key("hardware", Texts, "Accelerators by name"),
    key("chips", Amounts(Chips, SizeUnit::Plain), "How many accelerators"),
    key("days", Amounts(Days, SizeUnit::Plain), "Days of training"),
    key("context", Amounts(ContextLength, SizeUnit::Count), "Tokens that it can attend to"),
    key("vocabulary", Amounts(Vocabulary, SizeUnit::Count), "Entries of its vocabulary"),
    key("layers", Amounts(Layers, SizeUnit::Plain), "Layers"),
    key("width", Amounts(Width, SizeUnit::Plain), "Numbers in its hidden state"),
    key("modalities", Texts, "What goes in and comes out"),
    key("domains", Texts, "What it is for"),
    key("architecture", Texts, "How it is built"),
    key("datasets", Texts, "Names of the data that it was trained on"),
    key("described-as", Texts, "Phrases that papers use in place of the name"),
    key("keywords", Texts, "Words that texts on it use"),
    key("title", Texts, "Titles of the papers that present it"),
    key("uses", Count, "How many papers of a sample name it"),
    key("arxiv", Texts, "Its papers on arXiv: \"2101.00001\""),
    key("sources", Texts, "Where the facts are from").required(),
    key("doubtful", Texts, "Keys of this entry whose facts are not sure"),
];

impl SystemKey {
    /// Returns the key of a name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        SYSTEM_KEYS.iter().find(|key| key.name == name)
    }

    /// Returns the unit in which entries, and rules of thumb, write amounts of a measure: that of its key, or
    /// a count.
    pub fn unit_of(measure: Measure) -> SizeUnit {
        let mut units = SYSTEM_KEYS.iter().filter_map(Self::amounts);
        units.find(|(of, _)| *of == measure).map_or(SizeUnit::Count, |(_, unit)| unit)
    }

    /// Iterates over the names of all keys.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SYSTEM_KEYS.iter().map(|key| key.name)
    }

    /// Returns the measure and the unit of its amounts; `None` if it holds no amounts.
    pub fn amounts(&self) -> Option<(Measure, SizeUnit)> {
        match self.holds {
            Amounts(measure, unit) => Some((measure, unit)),
            _ => None,
        }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

const fn key(name: &'static str, holds: SystemValue, about: &'static str) -> SystemKey {
    SystemKey { name, holds, required: false, about }
}
