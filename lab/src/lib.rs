//! The laboratory of byname: tools for authors of rules and curators of systems, which readers of papers do
//! not need.
//!
//! [`evaluate`] measures the catalogue against gold papers and fits its weights; [`changes`] shows what an
//! edit of the catalogue changes, by snapshots of single papers and over whole collections; [`check`] finds
//! likely mistakes in rules that load; [`draft`] writes a rule from a marked sentence; [`import`] reads facts
//! on systems from tables that others keep; [`counting`] counts how many papers of a collection name each
//! system; [`silver`] makes cases for linking out of papers that describe and name a system; [`report`]
//! renders the results as text.

pub mod changes;
pub mod check;
pub mod counting;
pub mod draft;
pub mod evaluate;
pub mod import;
pub mod report;
pub mod silver;
