//! The catalogue, the profile and the settings by which a file is checked.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use byname::Engine;
use byname::catalogue::{Fault, Layer, Profile};
use byname::collection::PathRules;
use byname::diagnose::Showing;
use byname::document::ReadLimits;
use byname::scan::Criteria;

/// The catalogue, the profile and the settings by which a file is checked.
#[derive(Debug)]
pub struct Held {
    /// The engine, which finds mentions and links them.
    pub engine: Arc<Engine>,
    /// The profile that the paper is checked against.
    pub profile: Profile,
    /// Least probability that a reference is particular and never named; a finding below it is a hint.
    pub least_confidence: f64,
    /// Which findings are shown.
    pub showing: Showing,
    /// Limits on the resources that reading a paper may take.
    pub limits: ReadLimits,
    /// Rules on paths: those to leave out, and known facts about papers, such as their dates.
    pub rules: Arc<PathRules>,
}

impl Held {
    pub(super) fn criteria(&self) -> Criteria<'_> {
        Criteria {
            engine: &self.engine,
            profile: &self.profile,
            least_confidence: self.least_confidence,
            showing: self.showing,
            baseline: None,
        }
    }
}

/// The reason why a file cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Faults in files of the settings or the catalogue.
    Faults(Vec<Fault>),
    /// Any other reason, in a sentence.
    Wrong(String),
}

impl Trouble {
    /// Describes the trouble for a person: the first fault, and the number of further ones.
    pub(super) fn summary(&self) -> String {
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

/// Provides what files are checked by. It is called again whenever that may have changed.
pub trait Surroundings: Debug {
    /// Returns what a file is checked by; without a path, what applies in the current folder.
    ///
    /// # Errors
    /// If its settings or its catalogue cannot be used.
    fn of(&mut self, path: Option<&Path>) -> Result<Arc<Held>, Trouble>;

    /// Returns the layers of the catalogue that applies to a file.
    ///
    /// # Errors
    /// See [`Surroundings::of`].
    fn layers(&self, path: Option<&Path>) -> Result<Vec<Layer>, Trouble>;

    /// Returns the absolute path of the file that a fault names.
    fn path_of_fault(&self, fault: &Fault) -> PathBuf {
        std::path::absolute(&fault.file).unwrap_or_else(|_| PathBuf::from(&fault.file))
    }
}
