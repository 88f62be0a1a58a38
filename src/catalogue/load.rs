//! Builds a catalogue from its layers.

use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;

use rayon::prelude::*;

use super::contexts::FILE as CONTEXTS;
use super::coreference_words::FILE as COREFERENCE;
use super::measurement::{MEASUREMENTS, apply_measurements};
use super::no_papers::FILE as NO_PAPERS;
use super::package::{self, read_packages};
use super::paper_condition::check_organisations;
use super::profile::FOLDER as PROFILES;
use super::rule_of_thumb::{FOLDER as RULES_OF_THUMB, Surroundings};
use super::section_headings::FILE as SECTIONS;
use super::uses::FILE as USES;
use super::weights::{self, apply_weights};
use super::word_share::FILE as WORD_SHARES;
use super::{
    CatalogueFile, Contexts, CoreferenceWords, EvidenceWeights, Expression, Fault, GrammarClasses, Later,
    Layer, Lexicon, LoadError, NoPapers, Organisations, Package, Profile, QuantityWords, Rule, RuleId,
    RuleOfThumb, RuleStatus, SectionHeadings, System, SystemId, Systems, WordShares,
};
use crate::at_once::at_once;

/// The knowledge of the program, merged from all layers.
#[derive(Debug)]
#[non_exhaustive]
pub struct Catalogue {
    /// The word lists.
    pub lexicon: Lexicon,
    /// The rules, sorted by name.
    pub rules: Vec<Rule>,
    /// The words of quantities.
    pub quantities: QuantityWords,
    /// The organisations that make systems and write papers.
    pub organisations: Organisations,
    /// Fitted weights of the words in and around a phrase for its kind.
    pub contexts: Later<Contexts>,
    /// The named systems.
    pub systems: Systems,
    /// The weights of the clues for linking.
    pub evidence: EvidenceWeights,
    /// Rules of thumb on who used which system and when, sorted by name.
    pub rules_of_thumb: Later<Vec<RuleOfThumb>>,
    /// The share of papers in which each word occurs.
    pub word_shares: Later<WordShares>,
    /// The headings that identify the sections of a paper.
    pub headings: SectionHeadings,
    /// The signs by which files beside papers are distinguished from papers.
    pub no_papers: NoPapers,
    /// The words that link a description to a name elsewhere in a paper.
    pub coreference: CoreferenceWords,
    /// The profiles, sorted by name: what a collection may require of each of its papers.
    pub profiles: Vec<Profile>,
    /// The layers of the catalogue, the lowest first.
    pub origins: Vec<Origin>,
}

/// A layer that a catalogue was built from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// `built-in`, or the path of the folder or archive.
    pub layer: String,
    /// The package metadata; `None` for a plain folder.
    pub package: Option<Package>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.package {
            Some(package) => write!(f, "{} {} ({})", package.name, package.version, self.layer),
            None => write!(f, "{}", self.layer),
        }
    }
}

impl Catalogue {
    /// Loads the catalogue that ships in the program.
    ///
    /// # Errors
    ///
    /// Never in a released program: its tests load this very catalogue.
    pub fn built_in() -> Result<Self, LoadError> {
        Self::load(&[Layer::built_in()])
    }

    /// Returns the day after which nothing can be dated: today, or the date of the built-in catalogue if the
    /// clock is behind, so that a wrong clock cannot make that catalogue faulty.
    pub fn today() -> Date {
        let now = jiff::Zoned::now().date();
        Self::built_in_date().map_or(now, |date| now.max(date.latest()))
    }

    /// Merges layers: a later layer adds to the lists of earlier ones, and its rules and systems replace
    /// those of the same id.
    ///
    /// # Errors
    ///
    /// Returns every fault of every file, in the order of the files.
    pub fn load(layers: &[Layer]) -> Result<Self, LoadError> {
        let mut faults = Vec::new();
        refuse_strays(layers, &mut faults);
        let packages = read_packages(layers, &mut faults);
        // No part asks another for anything, and the rules take most of the time.
        let of_words = || read_words(layers, &packages, faults);
        let others = || (read_named(layers, Self::today()), read_single_files(layers));
        let (of_words, (named, single)) = rayon::join(of_words, others);
        let (lexicon, quantities, rules, mut faults) = of_words;
        let (organisations, systems, faults_of_named) = named;
        faults.extend(faults_of_named);
        check_organisations(&rules, &organisations, layers, &mut faults);
        let (evidence, single, faults_of_single) = single;
        let (contexts, word_shares, headings, no_papers, coreference, profiles) = single;
        faults.extend(faults_of_single);
        let mut rules_of_thumb = Later::default();
        // They name much of the rest, which must be sound first.
        if let Some(evidence) = evidence.as_ref().filter(|_| faults.is_empty()) {
            faults.extend(lexicon.faults_of_evidence(evidence, layers));
            let off = packages.iter().flatten().flat_map(|package| &package.systems_off);
            let around = Surroundings {
                lexicon: &lexicon,
                organisations: &organisations,
                systems: &systems,
                systems_off: off.map(|off| off.id.as_str()).collect(),
                today: Self::today(),
            };
            rules_of_thumb = match is_built_in(layers) {
                true => RuleOfThumb::of_built_in(&lexicon, &organisations, &systems),
                false => RuleOfThumb::read_all(layers, &packages, &around, &mut faults).into(),
            };
        }
        let origins = layers.iter().zip(packages);
        let origins = origins.map(|(layer, package)| Origin { layer: layer.name.clone(), package }).collect();
        match evidence {
            Some(evidence) if faults.is_empty() => Ok(Self {
                lexicon,
                rules,
                quantities,
                contexts,
                organisations,
                systems,
                evidence,
                rules_of_thumb,
                word_shares,
                headings,
                no_papers,
                coreference,
                profiles,
                origins,
            }),
            _ => Err(LoadError { faults }),
        }
    }

    /// Rereads word lists, quantities and rules from layers whose other files are unchanged. On a fault,
    /// nothing is changed.
    ///
    /// # Errors
    ///
    /// Returns every fault of these files.
    pub fn reread_words(&mut self, layers: &[Layer]) -> Result<(), LoadError> {
        let mut faults = Vec::new();
        refuse_strays(layers, &mut faults);
        let packages = read_packages(layers, &mut faults);
        let (lexicon, quantities, rules, mut faults) = read_words(layers, &packages, faults);
        check_organisations(&rules, &self.organisations, layers, &mut faults);
        if faults.is_empty() {
            faults.extend(lexicon.faults_of_evidence(&self.evidence, layers));
        }
        if !faults.is_empty() {
            return Err(LoadError { faults });
        }
        (self.lexicon, self.quantities, self.rules) = (lexicon, quantities, rules);
        Ok(())
    }

    /// Checks what loading leaves unread of the built-in catalogue: facts about systems, regular expressions and
    /// whatever else stands in a [`Later`].
    ///
    /// # Errors
    ///
    /// Every fault; none in a released program, whose tests do this.
    pub fn check(&self) -> Result<(), LoadError> {
        match self.lexicon.is_built_in {
            true => Self::load(&[Layer::built_in_as_text()]).map(drop),
            false => Ok(()),
        }
    }

    /// Reads what detection asks for and the start left unread, on two threads of its own: a process that was forked
    /// has none of the pool's.
    pub(crate) fn prepare_detection(&self) {
        let of_rules = self.rules.iter().filter_map(|rule| rule.wanted.regex.as_ref());
        let of_notations = self.quantities.notations.iter().map(|notation| &notation.regex);
        let all: Vec<&Expression> = of_rules.chain(of_notations).collect();
        let (aside, here) = all.split_at(all.len() / 3); // since contexts take as long as another third
        let contexts = || {
            self.contexts.prepare();
            aside.iter().for_each(|expression| expression.prepare());
        };
        at_once(contexts, || here.iter().for_each(|expression| expression.prepare()));
    }

    /// Returns a rule.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0 as usize)
    }

    /// Returns a system.
    pub fn system(&self, id: SystemId) -> Option<&System> {
        self.systems.get(id)
    }
}

/// Returns whether this is the built-in catalogue alone, which is known to be sound.
pub(super) fn is_built_in(layers: &[Layer]) -> bool {
    matches!(layers, [layer] if layer.is_built_in())
}

/// Reports files that no part of the catalogue reads.
fn refuse_strays(layers: &[Layer], faults: &mut Vec<Fault>) {
    const KNOWN: &[&str] = &[
        "lexicon/",
        "rules/",
        RULES_OF_THUMB,
        "quantities/",
        "systems/",
        "imports/",
        "organisations.toml",
        "evidence.toml",
        weights::FILE,
        MEASUREMENTS,
        CONTEXTS,
        WORD_SHARES,
        USES,
        SECTIONS,
        NO_PAPERS,
        COREFERENCE,
        PROFILES,
        package::FILE,
    ];
    for file in layers.iter().flat_map(|layer| &layer.files) {
        if !KNOWN.iter().any(|known| file.path.starts_with(known)) {
            faults.push(
                Fault::at(file, 0, "this file belongs to no part of a catalogue")
                    .help("catalogue files stand under lexicon/, rules/, rules-of-thumb/, quantities/, systems/, profiles/ or imports/, or are organisations.toml, evidence.toml, contexts.toml, weights.toml, measurements.toml, word-shares.toml, uses.toml, sections.toml, no-papers.toml, coreference.toml or byname-package.toml"),
            );
        }
    }
}

/// Reads word lists, quantities and rules; `faults` are those found in the layers so far.
fn read_words(
    layers: &[Layer],
    packages: &[Option<Package>],
    mut faults: Vec<Fault>,
) -> (Lexicon, QuantityWords, Vec<Rule>, Vec<Fault>) {
    let files_under = |folder: &str| -> Vec<&CatalogueFile> {
        let files = layers.iter().flat_map(|layer| &layer.files);
        files.filter(|file| file.path.starts_with(folder)).collect()
    };
    let mut lexicon = or_default(Lexicon::read(&files_under("lexicon/")), &mut faults);
    lexicon.is_built_in = is_built_in(layers);
    let quantities = or_default(QuantityWords::read(&files_under("quantities/"), &lexicon), &mut faults);
    let mut rules = Vec::new();
    if faults.is_empty() {
        for needed in GrammarClasses::NAMES.iter().filter(|needed| lexicon.class(needed).is_none()) {
            let message = format!("the lexicon has no class `{needed}`, which the grammar needs");
            let nowhere = CatalogueFile::unread("lexicon/");
            faults.push(Fault::at(&nowhere, 0, message).help("define it in a file under lexicon/"));
        }
        faults.extend(lexicon.faults_of_code());
        rules = read_rules(layers, packages, &lexicon, &mut faults);
    }
    (lexicon, quantities, rules, faults)
}

/// Returns what was read; if it could not be, notes the faults and goes on without it, to find those of other files.
fn or_default<T: Default>(read: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>) -> T {
    read.unwrap_or_else(|found| {
        faults.extend(found);
        T::default()
    })
}

/// Returns what a file of all layers says; that of the built-in catalogue is read when it is asked for.
fn later<T: Default + Send + Sync + 'static>(
    layers: &[Layer],
    path: &'static str,
    read: fn(&[Layer]) -> Result<T, Vec<Fault>>,
    faults: &mut Vec<Fault>,
) -> Later<T> {
    match is_built_in(layers) {
        true => Later::new(move || read(&[Layer::embedded(|file| file == path)]).unwrap_or_default()),
        false => or_default(read(layers), faults).into(),
    }
}

/// The contents of the files that are read on their own, and their faults.
type SingleFiles = (
    Option<EvidenceWeights>,
    (Later<Contexts>, Later<WordShares>, SectionHeadings, NoPapers, CoreferenceWords, Vec<Profile>),
    Vec<Fault>,
);

/// Reads the files that are independent of all others. The evidence weights are `None` only with a fault.
fn read_single_files(layers: &[Layer]) -> SingleFiles {
    let mut faults = Vec::new();
    let contexts = later(layers, CONTEXTS, Contexts::read, &mut faults);
    let word_shares = later(layers, WORD_SHARES, WordShares::read, &mut faults);
    let headings = or_default(SectionHeadings::read(layers), &mut faults);
    let no_papers = or_default(NoPapers::read(layers), &mut faults);
    let coreference = or_default(CoreferenceWords::read(layers), &mut faults);
    let profiles = or_default(Profile::read_all(layers), &mut faults);
    let evidence = EvidenceWeights::read(layers).map_err(|found| faults.extend(found)).ok();
    (evidence, (contexts, word_shares, headings, no_papers, coreference, profiles), faults)
}

/// Reads organisations and systems; no date may be after `today`.
fn read_named(layers: &[Layer], today: Date) -> (Organisations, Systems, Vec<Fault>) {
    let mut faults = Vec::new();
    let organisations = or_default(Organisations::read(layers), &mut faults);
    let systems = or_default(Systems::read(layers, &organisations, today), &mut faults);
    (organisations, systems, faults)
}

/// Reads the rules layer by layer. A package switches off rules below it; the weights of a layer apply to its
/// own rules and those below it; a rule that a later layer replaces has the weight that it gives there.
fn read_rules(
    layers: &[Layer],
    packages: &[Option<Package>],
    lexicon: &Lexicon,
    faults: &mut Vec<Fault>,
) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, (layer, package)) in layers.iter().zip(packages).enumerate() {
        if faults.is_empty() {
            switch_off(layer, package.as_ref(), &places, &mut rules, faults);
        }
        let files = layer.files.par_iter().filter(|file| file.path.starts_with("rules/"));
        let read: Vec<Result<Rule, Vec<Fault>>> = files.map(|file| Rule::read(file, lexicon)).collect();
        for rule in read {
            match rule {
                Ok(mut rule) => {
                    rule.layer = index;
                    match places.get(&rule.name) {
                        Some(place) => rules[*place] = rule,
                        None => {
                            places.insert(rule.name.clone(), rules.len());
                            rules.push(rule);
                        }
                    }
                }
                Err(found) => faults.extend(found),
            }
        }
        // A rule with a fault is missing here, and its weight is no fault.
        if faults.is_empty() {
            let weights = layer.files.iter().filter(|file| file.path == weights::FILE);
            weights.for_each(|file| apply_weights(file, &places, &mut rules, faults));
            let measured = layer.files.iter().filter(|file| file.path == MEASUREMENTS);
            measured.for_each(|file| apply_measurements(file, &mut rules, faults));
        }
    }
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules
}

/// Switches off the rules that a package lists, so that they no longer vote.
fn switch_off(
    layer: &Layer,
    package: Option<&Package>,
    places: &HashMap<String, usize>,
    rules: &mut [Rule],
    faults: &mut Vec<Fault>,
) {
    let (Some(package), Some(file)) = (package, layer.package_file()) else { return };
    for off in &package.rules_off {
        match places.get(&off.id) {
            Some(place) => rules[*place].status = RuleStatus::Off,
            None => {
                let message = format!("there is no rule `{}` below this package to switch off", off.id);
                faults.push(Fault::at(file, off.offset, message).help("`byname rules list` shows all rules"));
            }
        }
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
