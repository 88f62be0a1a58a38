//! Values of traits that are written in two places: in the lexicon, whose words tell them, and in the code or
//! `evidence.toml`, which make something of them. What one place has and no word tells is a fault.

use super::evidence::FILE;
use super::{CatalogueFile, EvidenceWeights, Fault, Layer, Lexicon, Trait};

/// A value of a trait that the code refers to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TraitValue {
    of: Trait,
    value: &'static str,
}

macro_rules! trait_values {
    ($($(#[$doc:meta])* $name:ident => $of:ident $value:literal,)+) => {
        impl TraitValue {
            $($(#[$doc])* pub(crate) const $name: Self = Self { of: Trait::$of, value: $value };)+

            /// All these values.
            const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

trait_values! {
    /// A system of others that is reached through an interface for programs.
    API => Access "api",
    /// A system that a company keeps to itself.
    INTERNAL => Access "internal",
    /// A system that everybody can download.
    OPEN => Access "open",
    /// A system of others that is closed.
    PROPRIETARY => Access "proprietary",
    /// A system that nothing else reaches.
    BEST => Standing "best",
    /// A system among the most able.
    FRONTIER => Standing "frontier",
    /// A system that is known to be good.
    LEADING => Standing "leading",
}

impl TraitValue {
    /// Returns whether the value is one of those that a description states.
    pub(crate) fn is_in(self, stated: &[(Trait, String)]) -> bool {
        stated.iter().any(|(of, value)| *of == self.of && value == self.value)
    }
}

impl Lexicon {
    /// Returns the values of a trait that words tell, in alphabetical order.
    fn values_of(&self, wanted: Trait) -> Vec<&str> {
        let told = self.classes.iter().filter_map(|class| class.tells.as_ref());
        let mut values: Vec<&str> =
            told.filter(|(of, _)| *of == wanted).map(|(_, value)| value.as_str()).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// Returns the message and the help on a value of a trait, unless a word tells it.
    pub(super) fn untold(&self, of: Trait, value: &str) -> Option<(String, String)> {
        let known = self.values_of(of);
        if known.contains(&value) {
            return None;
        }
        let help = match known.is_empty() {
            true => "no class tells any; `tells` of a class says what its words tell".to_string(),
            false => format!("it tells: {}", known.join(", ")),
        };
        Some((format!("no word of the lexicon tells the {of} `{value}`"), help))
    }

    /// Returns a fault for each value that the code refers to and no word tells.
    pub(super) fn faults_of_code(&self) -> Vec<Fault> {
        let untold = TraitValue::ALL.iter().filter(|value| !self.values_of(value.of).contains(&value.value));
        let fault = |TraitValue { of, value }: &TraitValue| {
            let message =
                format!("no word of the lexicon tells the {of} `{value}`, which the program asks for");
            let help = format!("let a class under lexicon/ tell it: tells = {{ {of} = \"{value}\" }}");
            Fault::at(&CatalogueFile::unread("lexicon/"), 0, message).help(help)
        };
        untold.map(fault).collect()
    }

    /// Returns a fault for each value that `evidence.toml` weighs and no word tells.
    pub(super) fn faults_of_evidence(&self, evidence: &EvidenceWeights, layers: &[Layer]) -> Vec<Fault> {
        let files = || layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path == FILE);
        let fault = |(table, of, value): (&str, &[Trait], &str)| {
            let untold: Option<Vec<_>> = of.iter().map(|of| self.untold(*of, value)).collect();
            let (message, help) = untold?.into_iter().next()?;
            // The last layer that writes it has put it there.
            let place = |file: &CatalogueFile| {
                let start = file.text.as_str().find(&format!("[{table}"))?;
                Some(start + file.text.as_str().get(start..)?.find(value)?)
            };
            let written = files().filter_map(|file| Some((file, place(file)?))).last();
            let (file, offset) = written.or_else(|| files().last().map(|file| (file, 0)))?;
            Some(Fault::at(file, offset, message).help(help))
        };
        evidence.trait_values().into_iter().filter_map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, Layer};

    #[test]
    fn a_value_that_evidence_weighs_and_no_word_tells_is_a_fault_at_its_place() {
        for (text, wanted) in [
            (
                "[standing]\npopular = [\"bset\"]\n",
                "x/evidence.toml:2:13: no word of the lexicon tells the standing `bset`",
            ),
            (
                "[access.apis]\nopen = 1.0\n",
                "x/evidence.toml:1:9: no word of the lexicon tells the access `apis`",
            ),
            (
                "[modality.means]\nsmell = []\n",
                "x/evidence.toml:2:1: no word of the lexicon tells the modality `smell`",
            ),
            (
                "[date]\nlatest-values = [\"late\"]\n",
                "x/evidence.toml:2:1: no word of the lexicon tells the release `late`",
            ),
        ] {
            let error =
                Catalogue::load(&[Layer::built_in(), Layer::of_texts("x", [("evidence.toml", text)])])
                    .unwrap_err();
            assert!(error.to_string().contains(wanted), "{error}\n{wanted}");
        }
    }

    #[test]
    fn a_value_that_the_program_asks_for_and_no_word_tells_is_a_fault() {
        let mut built_in = Layer::built_in();
        for file in &mut built_in.files {
            if file.path.starts_with("lexicon/") {
                file.text = file.text.as_str().replace("access = \"open\"", "access = \"free\"").into();
            }
        }
        let error = Catalogue::load(&[built_in]).unwrap_err().to_string();
        assert!(error.contains("tells the access `open`, which the program asks for"), "{error}");
    }
}
