//! Tables of systems that others keep, read and compared with the catalogue.
//!
//! ```text
//! bytes --table--> rows --mapping--> facts in our notation --compare--> new, changed, in conflict
//!                                                          --write----> catalogue files
//! ```
//!
//! How the columns of a table are to be read stands in the files under `patterns/imports/`.

mod compare;
mod fact;
mod mapping;
mod table;
mod write;

pub use compare::{Comparison, Conflict, State, compare};
pub use fact::{FactKey, ImportedSystem};
pub use mapping::{ImportFormat, ImportFormats};
pub use table::{RowFault, TableKind};
pub use write::layer_of;
