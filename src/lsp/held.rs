//! What holds for a file: the catalogue, the profile and the settings that it is held against.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::catalogue::{Fault, Layer, Profile};
use crate::collection::Criteria;
use crate::config::PathRules;
use crate::diagnose::Showing;
use crate::document::ReadLimits;
use crate::engine::Engine;

/// What holds for a file.
#[derive(Debug)]
pub struct Held {
    /// What finds and links.
    pub engine: Arc<Engine>,
    /// What the paper is held against.
    pub profile: Profile,
    /// The least probability, that a reference is particular and never named, of what is no hint.
    pub least_confidence: f64,
    /// Which findings are told.
    pub showing: Showing,
    /// How much a paper may ask for.
    pub limits: ReadLimits,
    /// What is left out, and what is known of papers.
    pub rules: Arc<PathRules>,
}

impl Held {
    pub(super) fn criteria(&self) -> Criteria<'_> {
        Criteria {
            engine: &self.engine,
            profile: &self.profile,
            least_confidence: self.least_confidence,
            showing: self.showing,
            ledger: None,
        }
    }
}

/// Why nothing holds for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Files of the settings or the catalogue with faults in them.
    Faults(Vec<Fault>),
    /// Anything else, in a sentence.
    Wrong(String),
}

impl Trouble {
    /// What is wrong, for a person.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Wrong(message) => message.clone(),
            Self::Faults(faults) => {
                let first = faults.first().map(ToString::to_string).unwrap_or_default();
                match faults.len() {
                    0 | 1 => first,
                    count => format!("{first}\n(and {} more)", count - 1),
                }
            }
        }
    }
}

/// Tells what holds for files. It is asked again whenever that may have changed.
pub trait Surroundings: Debug {
    /// What holds for a file; for the current folder where there is none yet.
    ///
    /// # Errors
    /// When its settings or its catalogue cannot be used.
    fn of(&mut self, path: Option<&Path>) -> Result<Arc<Held>, Trouble>;

    /// The files of the catalogue that holds for a file.
    ///
    /// # Errors
    /// See [`Surroundings::of`].
    fn layers(&self, path: Option<&Path>) -> Result<Vec<Layer>, Trouble>;

    /// The path of a file that a fault names.
    fn path_of_fault(&self, fault: &Fault) -> PathBuf {
        std::path::absolute(&fault.file).unwrap_or_else(|_| PathBuf::from(&fault.file))
    }
}
