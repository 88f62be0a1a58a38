//! Configuration by `byname.toml`: files are found, layered and read.
//!
//! A file may name another that it extends. Values of the extending file win, key by key; options of the
//! command line win over all files. Each value keeps its origin.

mod fail_on;
mod find;
mod layers;
mod settings;
mod value;

pub use fail_on::FailOn;
pub use find::{FILE_NAME, find_upwards};
pub use layers::{Configuration, EffectiveSetting, Origin};
pub use settings::{Override, Settings};
pub use value::{Glob, Share, Size};

/// The file that `byname init` writes: every key with a short explanation.
pub const TEMPLATE: &str = include_str!("template.toml");
