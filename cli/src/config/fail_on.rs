//! The level from which a finding makes the exit status 1.

use byname::named_enum;
use byname::resolve::Level;

named_enum! {
    /// The level from which a finding makes the exit status 1.
    pub enum FailOn {
        /// Only errors.
        Error => "error",
        /// Errors and warnings.
        Warning => "warning",
        /// Every finding.
        Note => "note",
        /// No finding.
        Never => "never",
    }
}

impl FailOn {
    /// Returns the lowest level that counts; `None` if none does.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fail_on_knows_every_level_but_hints_which_are_no_findings() {
        assert!(Level::Hint.name().parse::<FailOn>().is_err());
        for level in Level::ALL.iter().filter(|level| **level != Level::Hint) {
            assert_eq!(level.name().parse::<FailOn>().unwrap().level(), Some(*level));
        }
    }
}
