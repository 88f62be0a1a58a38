//! The catalogue: the knowledge of the program, read from the files under `patterns/`.

mod alternatives;
mod attribute;
mod class_set;
mod clue_weights;
mod contexts;
mod coreference_words;
mod date_order;
mod entry;
mod evidence;
mod expression;
mod fault;
mod grammar_classes;
mod half_year;
mod impossible;
mod kind;
mod later;
mod layer;
mod lexicon;
mod load;
mod marked_example;
mod measurement;
mod names;
mod no_papers;
mod notation;
mod organisation;
mod package;
mod package_archive;
mod package_folder;
mod paper_condition;
mod parsed;
mod pattern;
mod profile;
mod quantity_file;
mod quantity_words;
mod rule;
mod rule_file;
mod rule_of_thumb;
mod rule_of_thumb_file;
mod rule_of_thumb_when;
mod rule_pattern;
mod section_headings;
mod short_words;
mod single_file;
mod size;
mod spellings;
mod switched_off;
mod system;
mod system_fact;
mod system_file;
mod system_key;
mod system_outline;
mod system_store;
mod system_table;
mod system_words;
mod trait_value;
mod uses;
mod weights;
mod word_map;
mod word_share;
mod written_text;

pub use attribute::{Measure, Precision, Trait};
pub use class_set::{ClassId, ClassSet, MAX_CLASSES};
pub use clue_weights::{
    CitationWeights, CompanyWeights, DateWeights, GateWeights, KindOfSystem, MeasureWeights,
    OrganisationWeights, RuleOfThumbWeights, SizeWeights, StandingWeights, TraitWeights, TypeWeights,
    WordWeights,
};
pub use contexts::{Context, Contexts, KindWeights, Template, VERSION as CONTEXTS_VERSION};
pub use coreference_words::{CoreferenceWords, Cue, Role};
pub use evidence::{AnswerWeights, EvidenceWeights, NamelessWeights, PriorWeights, Tunable};
pub(crate) use expression::ODD_CASES;
pub use expression::{Expression, ExpressionMatch, Group, Literals, Scope, TextSet};
pub use fault::{Check, Fault, LoadError, MarkedLine};
pub use grammar_classes::GrammarClasses;
pub use half_year::{HalfYear, HalfYearError};
pub use kind::{EntityType, Kind};
pub use later::Later;
pub use layer::{CatalogueFile, Layer, TESTS, fingerprint};
pub use lexicon::{BUILT_IN_CLASSES, Class, Lexicon};
pub use load::{Catalogue, Origin};
pub use marked_example::marked;
pub use measurement::{MEASUREMENTS, Measurement};
pub(crate) use names::NameMap;
pub use names::spelling_key;
pub use no_papers::{NoPaperSign, NoPapers};
pub use notation::Notation;
pub use organisation::{Organisation, OrganisationKind, Organisations};
pub use package::{Mentioned, Need, Package};
pub use paper_condition::PaperCondition;
pub use parsed::CatalogueText;
pub use pattern::{Element, MAX_ELEMENTS, Pattern, PatternError};
pub use profile::{Finds, Level, Profile, ProfileRule};
pub use quantity_words::{NumberWord, Opener, PrecisionWords, QuantityWords, Scale, Unit};
pub(crate) use rule::applies_to;
pub use rule::{Condition, Example, NameOf, Rule, RuleStatus};
pub use rule_of_thumb::{Circumstances, Favour, FavourTarget, HEAVIEST, LinkExample, RuleOfThumb, SizeRange};
pub use rule_pattern::{PlacedPatterns, RulePattern};
pub use section_headings::SectionHeadings;
pub use size::{SizeUnit, parse_size, show_amount};
pub(crate) use spellings::Spellings;
pub use system::{Access, System};
pub use system_fact::SystemFact;
pub use system_key::{SYSTEM_KEYS, SystemKey, SystemValue};
pub(crate) use system_outline::{OutlineFacts, SystemOutline};
pub use system_store::{KnownName, Systems};
pub use system_words::SystemWords;
pub(crate) use trait_value::TraitValue;
pub use uses::{FILE as USES, HalfYearCounts, Uses};
pub(crate) use word_map::WordMap;
pub use word_share::WordShares;

/// The index of a rule in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// The index of a system in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SystemId(pub u32);

/// The index of an organisation in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(pub u32);
