//! Results of an earlier run, read back from JSON lines, and the reports on them.

mod csv;
mod document;
mod gathered;
mod makers;
mod of_system;
mod page;
mod periods;
mod texts;

pub use csv::SavedCsv;
pub use document::{SavedDocument, SavedError, SavedResults, saved_documents};
pub(crate) use document::{SavedProvenance, SavedReference};
pub use gathered::Gathered;
pub use makers::Makers;
pub use of_system::OfSystem;
pub use page::{Page, is_further};

#[cfg(test)]
#[path = "report_samples.rs"]
mod samples;
