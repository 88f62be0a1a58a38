//! Results of an earlier run, read back from its JSON lines.

mod csv;
mod document;
mod html;

pub use csv::SavedCsv;
pub use document::{SavedDocument, SavedError, SavedResults, saved_documents};
pub(crate) use document::{SavedMention, SavedReference};
pub use html::SavedHtml;

use std::io;

/// A form that saved results are turned into, document by document.
pub trait SavedReport {
    /// Writes what stands before the first document; `all` holds the counts of the whole run.
    ///
    /// # Errors
    /// When `out` cannot be written; the same holds for the other methods.
    fn begin(&self, all: &SavedTally, out: &mut dyn io::Write) -> io::Result<()>;

    /// Writes one document.
    ///
    /// # Errors
    /// See [`SavedReport::begin`].
    fn document(&self, document: &SavedDocument, out: &mut dyn io::Write) -> io::Result<()>;

    /// Writes what stands after the last document.
    ///
    /// # Errors
    /// See [`SavedReport::begin`].
    fn end(&self, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Counts over saved results.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedTally {
    /// Documents, read or not.
    pub documents: usize,
    /// Documents that could not be read, or not in full.
    pub failures: usize,
    /// References by their states.
    pub states: std::collections::BTreeMap<String, usize>,
    /// References that something silenced.
    pub suppressed: usize,
}

impl SavedTally {
    /// Counts one document.
    pub fn add(&mut self, document: &SavedDocument) {
        self.documents += 1;
        self.failures += usize::from(!document.errors.is_empty());
        for reference in &document.references {
            match reference.suppressed {
                Some(_) => self.suppressed += 1,
                None => *self.states.entry(reference.state.clone()).or_default() += 1,
            }
        }
    }
}
