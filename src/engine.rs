//! The front door: a catalogue made ready, and papers run through it.

use crate::catalogue::{Catalogue, EntityType};
use crate::detect::{Detector, DetectorParts, KnownName, Mention};
use crate::document::{Document, PartialDate};
use crate::resolve::Reference;

/// What the user knows of every input, and what to report.
#[derive(Debug, Clone, Default)]
pub struct ScanOptions {
    /// The date of every paper that gives none.
    pub date: Option<PartialDate>,
    /// Organisations of the authors of every paper that gives none.
    pub organisations: Vec<String>,
}

/// What was found in one paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Every mention, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Every reference, in the order of their first mentions.
    pub references: Vec<Reference>,
}

/// A catalogue made ready to read papers with. Cheap to share between threads.
#[derive(Debug)]
pub struct Engine {
    catalogue: Catalogue,
    detector: Detector,
}

impl Engine {
    /// Makes a catalogue ready.
    pub fn new(catalogue: Catalogue) -> Result<Self, aho_corasick::BuildError> {
        let types: Vec<EntityType> = Vec::new();
        let detector = Detector::new(
            DetectorParts {
                lexicon: &catalogue.lexicon,
                rules: &catalogue.rules,
                quantities: &catalogue.quantities,
                entity_types: &types,
            },
            std::iter::empty::<KnownName<'_>>(),
        )?;
        Ok(Self { catalogue, detector })
    }
    /// What the engine knows.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The part that finds mentions.
    pub fn detector(&self) -> &Detector {
        &self.detector
    }

    /// Finds and links the references of one paper.
    pub fn scan(&self, document: &Document, _options: &ScanOptions) -> Findings {
        Findings { mentions: self.detector.detect(&document.prose).mentions, references: Vec::new() }
    }
}
