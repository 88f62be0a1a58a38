//! byname finds the machine-learning systems that papers use without naming them.

pub mod catalogue;
pub mod changes;
pub mod check;
pub mod cli;
pub mod collection;
pub mod config;
pub mod coreference;
pub mod counting;
pub mod detect;
pub mod diagnose;
pub mod document;
pub mod draft;
pub mod evaluate;
pub mod import;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod report;
pub mod resolve;
pub mod saved;
pub mod schema;
pub mod suppress;
pub mod verify;

mod engine;

pub use engine::{BUILD, Engine, Findings, ScanOptions};
