//! What `byname.toml` says: found, laid over each other, and read.
//!
//! A file may name another that it extends. What the nearer file says wins, key by key; options of the
//! command line win over all files. Each value remembers where it comes from.

mod fail_on;
mod find;
mod layers;
mod paths;
mod settings;
mod value;

pub use fail_on::FailOn;
pub use find::{FILE_NAME, find_upwards};
pub use layers::{Configuration, Entry, Origin};
pub use paths::PathRules;
pub use settings::{Override, Settings};
pub use value::{Glob, Share, Size};

/// The file that `byname init` writes: every key with a word on it.
pub const TEMPLATE: &str = include_str!("template.toml");
