//! Silver cases for linking: passages that describe a system and name it beside the description, with the
//! name taken out.
//!
//! A person checks nothing, so they are less sure than gold, but any collection gives some, and they stand
//! for what papers use and not for what somebody thought of.

mod passage;

pub use passage::SilverCase;

use byname::Engine;
use byname::collection::Task;
use byname::document::{Document, ReadError};

/// The task of a run that makes silver cases of each paper.
#[derive(Debug)]
pub struct MakeCases<'e> {
    /// The engine that detects descriptions and names.
    pub engine: &'e Engine,
}

impl Task for MakeCases<'_> {
    type Output = Vec<SilverCase>;

    fn engine(&self) -> Option<&Engine> {
        Some(self.engine)
    }

    fn paper(&self, document: Document, _error: Option<&ReadError>) -> Self::Output {
        let detected = self.engine.detect(&document);
        passage::cases(&document, &detected, &self.engine.catalogue().systems)
    }

    fn lost(&self, _shown: &str, _error: &ReadError) -> Self::Output {
        Vec::new()
    }
}
