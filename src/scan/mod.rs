//! The task that `scan` performs on each paper of a collection, and the writing of its reports.

mod criteria;
mod rendered;
mod task;
mod writer;

pub use criteria::Criteria;
pub use rendered::Rendered;
pub use task::Scan;
pub use writer::ReportWriter;
