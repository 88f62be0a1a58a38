//! Names cut into what they are of, its version and its size, which a short form leaves out: "Orvex 3.1 8B" and "Orvex 8B".

use crate::detect::size_in_name;

/// The parts of a name, in lower case.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stem {
    letters: String,
    /// The digits before the size.
    version: String,
    size: String,
    /// What stands behind the size and tells a variant.
    variant: String,
}

impl Stem {
    /// Cuts a name.
    pub fn of(name: &str) -> Self {
        let mut stem = Self::default();
        for part in name.to_lowercase().split(['-', ' ', '_', '/']) {
            if !stem.size.is_empty() {
                stem.variant.push_str(part);
            } else if size_in_name(part).is_some() {
                stem.size.push_str(part);
            } else {
                let is_version = |c: &char| c.is_ascii_digit() || *c == '.';
                stem.version.extend(part.chars().filter(is_version));
                stem.letters.extend(part.chars().filter(|c| !is_version(c)));
            }
        }
        stem
    }

    /// Returns whether the name states a version.
    pub fn has_version(&self) -> bool {
        !self.version.is_empty()
    }

    /// Returns how many of version and size the name states.
    pub fn numbers(&self) -> usize {
        usize::from(self.has_version()) + usize::from(!self.size.is_empty())
    }

    /// Returns all letters of the name, by which those that write it out are found, and its variant.
    pub fn words(&self) -> String {
        [self.letters.as_str(), &self.variant].concat()
    }

    /// Tests whether two names are of one model, whatever variant: "Orvex-2-8B-Base" and "Orvex-8B".
    pub fn is_like(&self, other: &Self) -> bool {
        let versions_agree = self.version == other.version || !self.has_version() || !other.has_version();
        self.letters == other.letters && self.size == other.size && versions_agree
    }

    /// Tests whether another name is this one with its version or its size, and nothing else: "Orvex 2 8B Base" may be
    /// another system than "Orvex 8B".
    pub fn is_written_out_by(&self, full: &Self) -> bool {
        let adds = |part: &str, of_full: &str| part.is_empty() || part == of_full;
        self != full
            && self.words() == full.words()
            && adds(&self.version, &full.version)
            && adds(&self.size, &full.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_adds_a_version_or_a_size_and_no_word_of_its_own() {
        let writes_out = |full: &str, short: &str| Stem::of(short).is_written_out_by(&Stem::of(full));
        for (full, short) in [
            ("Orvex 3.1 8B", "Orvex 8B"),
            ("Orvex-2.5-Flash", "Orvex Flash"),
            ("Orvex-2-7b", "orvex2"),
            ("Orvex-2-7B-Instruct", "Orvex-Instruct"),
        ] {
            assert!(writes_out(full, short), "{full} {short}");
        }
        for (full, short) in [
            ("Orvex Guard 3 8B", "Orvex 8B"),
            ("Orvex 2 8B Base", "Orvex 8B"),
            ("Orvex-4-turbo", "Orvex-4"),
            ("Orvex 3 70B", "Orvex 8B"),
            ("Orvex 8B", "Orvex 3.1"),
            ("Orvex", "Orvex"),
            ("Orvex-2-13B", "Orvex-2-7B"),
        ] {
            assert!(!writes_out(full, short), "{full} {short}");
        }
    }
}
