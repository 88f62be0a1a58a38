//! Putting a catalogue together from its layers.

use std::collections::HashMap;

use jiff::civil::{Date, date};

use super::NEEDED_CLASSES;
use super::measurement::{MEASUREMENTS, apply_measurements};
use super::section_headings::FILE as SECTIONS;
use super::weights::{self, apply_weights};
use super::word_share::FILE as WORD_SHARES;
use super::{
    CatalogueFile, EvidenceWeights, Fault, Layer, Lexicon, LoadError, Organisations, QuantityWords, Rule,
    RuleId, SectionHeadings, System, SystemId, Systems, WordShares,
};

/// All that the program knows.
#[derive(Debug)]
pub struct Catalogue {
    /// Word lists.
    pub lexicon: Lexicon,
    /// Rules, in the order of their names.
    pub rules: Vec<Rule>,
    /// The words of quantities.
    pub quantities: QuantityWords,
    /// Who makes systems and writes papers.
    pub organisations: Organisations,
    /// The named systems.
    pub systems: Systems,
    /// What each clue weighs.
    pub evidence: EvidenceWeights,
    /// How common words are in papers.
    pub word_shares: WordShares,
    /// Which headings tell what part of a paper follows.
    pub headings: SectionHeadings,
}

/// When the built-in catalogue was last edited: a clock that is behind must not make it faulty.
const LAST_EDITED: Date = date(2026, 11, 23);

impl Catalogue {
    /// The catalogue that ships in the program.
    ///
    /// # Errors
    ///
    /// None in a released program: its tests load this very catalogue.
    pub fn built_in() -> Result<Self, LoadError> {
        Self::load(&[Layer::built_in()])
    }

    /// The day after which nothing can be dated.
    pub(crate) fn today() -> Date {
        jiff::Zoned::now().date().max(LAST_EDITED)
    }

    /// Puts layers together: a later layer adds to the lists of earlier ones, and its rules and
    /// systems replace those of the same id.
    ///
    /// # Errors
    ///
    /// Every fault of every file, in the order of the files.
    pub fn load(layers: &[Layer]) -> Result<Self, LoadError> {
        let mut faults = Vec::new();
        let files_under = |folder: &str| -> Vec<&CatalogueFile> {
            layers
                .iter()
                .flat_map(|layer| &layer.files)
                .filter(|file| file.path.starts_with(folder))
                .collect()
        };
        refuse_strays(layers, &mut faults);

        let lexicon = Lexicon::read(&files_under("lexicon/")).unwrap_or_else(|found| {
            faults.extend(found);
            Lexicon::default()
        });
        let quantities = QuantityWords::read(&files_under("quantities/")).unwrap_or_else(|found| {
            faults.extend(found);
            QuantityWords::default()
        });
        let mut rules = Vec::new();
        if faults.is_empty() {
            for needed in NEEDED_CLASSES.iter().filter(|needed| lexicon.class(needed).is_none()) {
                let nowhere =
                    CatalogueFile { shown: "lexicon/".into(), path: String::new(), text: String::new() };
                faults.push(
                    Fault::at(
                        &nowhere,
                        0,
                        format!("the lexicon has no class `{needed}`, which noun phrases need"),
                    )
                    .help("define it in a file under lexicon/"),
                );
            }
            rules = read_rules(layers, &lexicon, &mut faults);
        }
        let organisations = Organisations::read(layers).unwrap_or_else(|found| {
            faults.extend(found);
            Organisations::default()
        });
        let today = Self::today();
        let systems = Systems::read(layers, &organisations, today).unwrap_or_else(|found| {
            faults.extend(found);
            Systems::default()
        });
        let word_shares = WordShares::read(layers).unwrap_or_else(|found| {
            faults.extend(found);
            WordShares::default()
        });
        let headings = SectionHeadings::read(layers).unwrap_or_else(|found| {
            faults.extend(found);
            SectionHeadings::default()
        });
        match EvidenceWeights::read(layers) {
            Ok(evidence) if faults.is_empty() => Ok(Self {
                lexicon,
                rules,
                quantities,
                organisations,
                systems,
                evidence,
                word_shares,
                headings,
            }),
            Ok(_) => Err(LoadError { faults }),
            Err(found) => {
                faults.extend(found);
                Err(LoadError { faults })
            }
        }
    }

    /// A rule.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0 as usize)
    }

    /// A system.
    pub fn system(&self, id: SystemId) -> Option<&System> {
        self.systems.get(id)
    }
}

/// Refuses files that no part of the catalogue would read.
fn refuse_strays(layers: &[Layer], faults: &mut Vec<Fault>) {
    const KNOWN: &[&str] = &[
        "lexicon/",
        "rules/",
        "quantities/",
        "systems/",
        "imports/",
        "organisations.toml",
        "evidence.toml",
        weights::FILE,
        MEASUREMENTS,
        WORD_SHARES,
        SECTIONS,
    ];
    for file in layers.iter().flat_map(|layer| &layer.files) {
        if !KNOWN.iter().any(|known| file.path.starts_with(known)) {
            faults.push(
                Fault::at(file, 0, "this file belongs to no part of a catalogue")
                    .help("catalogue files stand under lexicon/, rules/, quantities/, systems/ or imports/, or are organisations.toml, evidence.toml, weights.toml, measurements.toml, word-shares.toml or sections.toml"),
            );
        }
    }
}

/// Reads the rules layer by layer: the weights of a layer hold for its rules and those below it, and a
/// rule that a later layer replaces has the weight that it gives there.
fn read_rules(layers: &[Layer], lexicon: &Lexicon, faults: &mut Vec<Fault>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for layer in layers {
        for file in layer.files.iter().filter(|file| file.path.starts_with("rules/")) {
            match Rule::read(file, lexicon) {
                Ok(rule) => match places.get(&rule.name) {
                    Some(place) => rules[*place] = rule,
                    None => {
                        places.insert(rule.name.clone(), rules.len());
                        rules.push(rule);
                    }
                },
                Err(found) => faults.extend(found),
            }
        }
        // A rule with a fault is missing here, and its weight is no fault.
        if faults.is_empty() {
            let weights = layer.files.iter().filter(|file| file.path == weights::FILE);
            weights.for_each(|file| apply_weights(file, &mut rules, faults));
            let measured = layer.files.iter().filter(|file| file.path == MEASUREMENTS);
            measured.for_each(|file| apply_measurements(file, &mut rules, faults));
        }
    }
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(path: &str, text: &str) -> Layer {
        let file = CatalogueFile { shown: format!("x/{path}"), path: path.into(), text: text.into() };
        Layer { name: "x".into(), files: vec![file] }
    }

    const RULE: &str = "summary='s'\nwhy='w'\nphrase='{one} {model}'\nweight=1.0\n[[example]]\ntext='We ran [a model].'\n[[example]]\ntext='Hm.'\nexpect='none'\n";

    #[test]
    fn the_built_in_catalogue_loads() {
        let catalogue = Catalogue::built_in().unwrap();
        assert!(catalogue.rules.len() >= 80, "{} rules", catalogue.rules.len());
    }

    #[test]
    fn a_later_layer_replaces_a_rule_of_the_same_id() {
        let own = layer("rules/described/mine.toml", RULE);
        let changed = layer("rules/described/mine.toml", &RULE.replace("1.0", "2.0"));
        let catalogue = Catalogue::load(&[Layer::built_in(), own, changed]).unwrap();
        let mine: Vec<_> = catalogue.rules.iter().filter(|rule| rule.name == "described/mine").collect();
        assert_eq!(mine.len(), 1);
        assert!((mine[0].weight - 2.0).abs() < 1e-9);
    }

    #[test]
    fn weights_hold_for_the_layers_up_to_theirs() {
        let own = layer("rules/described/mine.toml", RULE);
        let weights = layer("weights.toml", "\"described/mine\" = 3\n");
        let weight = |layers: &[Layer]| {
            let catalogue = Catalogue::load(layers).unwrap();
            let mine = catalogue.rules.iter().find(|rule| rule.name == "described/mine").unwrap();
            (mine.weight, mine.written_weight)
        };
        let (base, own, weights) = (Layer::built_in(), own, weights);
        assert_eq!(weight(&[base.clone(), own.clone(), weights.clone()]), (3.0, 1.0));
        assert_eq!(weight(&[base, own.clone(), weights, own]), (1.0, 1.0));
    }

    #[test]
    fn a_weight_of_no_rule_is_a_fault_at_its_place() {
        for (text, place, cause) in [
            ("\"own/our\" = 1.0\n\"own/hour\" = 2.0\n", "x/weights.toml:2:1", "no rule `own/hour`"),
            ("\"own/our\" = 21\n", "x/weights.toml:1:13", "between 0 and 20"),
            ("\"own/our\" = \"much\"\n", "x/weights.toml:1:13", "invalid type"),
        ] {
            let error = Catalogue::load(&[Layer::built_in(), layer("weights.toml", text)]).unwrap_err();
            let message = error.to_string();
            assert!(message.starts_with(place) && message.contains(cause), "{message}");
        }
    }

    #[test]
    fn a_file_that_nothing_reads_is_refused() {
        let error = Catalogue::load(&[Layer::built_in(), layer("rulez/a.toml", RULE)]).unwrap_err();
        assert!(error.to_string().contains("x/rulez/a.toml:1:1"), "{error}");
    }
}
