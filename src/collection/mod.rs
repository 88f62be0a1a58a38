//! Collections of papers: found in folders and record files, read and processed in parallel, reported in
//! order.

mod archive;
mod beside_papers;
mod cache;
mod changed;
#[cfg(feature = "parquet")]
mod checked_pages;
mod folder;
mod format;
mod held;
mod ignored;
mod latex_archive;
mod latex_folder;
mod latex_links;
mod members;
mod merge;
mod open;
mod own_output;
#[cfg(test)]
pub(crate) mod packed_samples;
mod packing;
mod parts;
mod passed_over;
mod paths;
mod process;
#[cfg(feature = "parquet")]
mod rows;
mod run;
mod same_paper;
mod shard;
mod shard_mark;
mod single;
mod source;
mod stream;
mod task;
mod unsaved;
mod unsupported;
mod walk;
mod work_queue;

pub use beside_papers::FolderRules;
pub use cache::Cache;
pub use changed::ChangedFiles;
pub use format::{Format, PACKED_ENDINGS, PAPER_ENDINGS};
pub use held::{Done, run_file, run_records};
pub use merge::{MergeError, Part, merge};
pub use own_output::is_own_output;
pub use passed_over::{PassedOver, Reason};
pub use paths::{KnownOfPaths, PathPatterns, PathRules};
pub use run::{Counts, Observer, RunError, RunOptions, run};
pub use same_paper::Doubts;
pub use shard::Shard;
pub use shard_mark::ShardMarker;
pub use single::{NO_LINE, Single, read_single};
pub use source::{read_document, read_input};
pub use stream::{Lines, RecordLines};
pub use task::Task;
pub use unsaved::{UnsavedFiles, read_unsaved, whole_path};
pub use walk::{Input, InputSource, Root, walk, walk_roots};

use crate::document::ReadError;

/// An input that could not be read, or not completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The name of the input in reports.
    pub document: String,
    /// The error.
    pub error: ReadError,
}
