//! Import of tables of systems that others keep: reading them and comparing them with the catalogue.
//!
//! ```text
//! bytes --table--> rows --mapping--> facts in our notation --compare--> new, changed, in conflict
//!                                                          --write----> catalogue files
//! ```
//!
//! The files under `patterns/imports/` describe how to read the columns of a table.

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
