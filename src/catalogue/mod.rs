//! Everything that the program knows, read from the files under `patterns/`.

mod fault;
mod kind;
mod layer;
mod quantity_words;

pub use fault::{Fault, LoadError};
pub(crate) use kind::named_enum;
pub use kind::{EntityType, Kind};
pub use layer::{CatalogueFile, Layer};
pub use quantity_words::{NumberWord, Opener, PrecisionWords, QuantityWords, Scale, Unit};

/// A rule's place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// A system's place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SystemId(pub u32);

/// An organisation's place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(pub u32);
