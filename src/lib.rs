//! byname finds the machine-learning systems that papers use without naming them, and ranks the named systems
//! that each may stand for.
//!
//! An [`Engine`] is created once. It turns a [`Document`] into [`Findings`]: mentions, which are spans of the
//! text, and references, which are the systems that mentions stand for. Papers must be in English.
//!
//! ```
//! use byname::{Document, Engine, PartialDate};
//!
//! let engine = Engine::built_in()?;
//! let mut document = Document::from_prose("a paper", "We prompt a large language model with 137B parameters.");
//! document.date = Some("2021-09".parse::<PartialDate>()?);
//! document.organisations = vec!["Google".to_string()];
//!
//! let findings = engine.scan(&document);
//! for reference in findings.nameless() {
//!     let mention = findings.shown_mention(reference).ok_or("no mention")?;
//!     assert_eq!(mention.span.of(&document.prose), "a large language model");
//!     assert_eq!(document.location(mention.span).to_string(), "a paper:1:11");
//!     assert_eq!(reference.candidates[0].name, "LaMDA");
//!     assert!(reference.candidates[0].probability > 0.5);
//! }
//! assert_eq!(findings.nameless().count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Document::open`] reads a file in any supported format. [`collection`] reads many papers on many threads
//! and keeps their order; [`report`] writes the findings. The engine's knowledge is a [`Catalogue`] of rules
//! and systems, over which users can lay layers of their own. The project's `ARCHITECTURE.md` describes how a
//! paper flows through all of it.

pub mod catalogue;
pub mod collection;
pub mod coreference;
pub mod detect;
pub mod diagnose;
pub mod document;
pub mod report;
pub mod resolve;
pub mod scan;
pub mod suppress;

mod at_once;
mod engine;
mod named_enum;

pub use catalogue::Catalogue;
pub use document::{Document, PartialDate};
pub use engine::{BUILD, CATALOGUE_DATE, Engine, Findings, ScanOptions};
