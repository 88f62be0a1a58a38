//! Everything that the program knows, read from the files under `patterns/`.

mod fault;
mod kind;
mod layer;
mod lexicon;
mod load;
mod pattern;
mod quantity_words;
mod rule;

pub use fault::{Fault, LoadError};
pub(crate) use kind::named_enum;
pub use kind::{EntityType, Kind};
pub use layer::{CatalogueFile, Layer};
pub use lexicon::{BUILT_IN_CLASSES, Class, ClassId, ClassSet, Lexicon, MAX_CLASSES};
pub use load::Catalogue;
pub use pattern::{Element, MAX_ELEMENTS, Pattern, PatternError};
pub use quantity_words::{NumberWord, Opener, PrecisionWords, QuantityWords, Scale, Unit};
pub use rule::{Condition, Example, Places, Rule, RulePattern, RuleStatus};

/// A rule's place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// A system's place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SystemId(pub u32);

/// An organisation's place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(pub u32);
