//! Rules of thumb: what people in a field know of who used which system and when.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::rule_of_thumb_file::read_file;
use super::{
    CatalogueFile, EntityType, Expression, Fault, Kind, Later, Layer, Lexicon, Measure, OrganisationId,
    Organisations, Package, RuleStatus, SystemId, Systems, Trait,
};
use crate::document::{ByteSpan, PartialDate};

/// The folder of rules of thumb within a catalogue folder.
pub(super) const FOLDER: &str = "rules-of-thumb/";

/// The greatest weight of a rule of thumb for a system, in log-odds.
pub const HEAVIEST: f64 = 4.0;

/// Evidence for a system under certain circumstances, in addition to all facts about the system.
#[derive(Debug, Clone)]
pub struct RuleOfThumb {
    /// Its path under `rules-of-thumb/`, without the extension.
    pub name: String,
    /// The file that it comes from, as shown in reports.
    pub file: String,
    /// The layer that it comes from, as an index into the catalogue's `origins`.
    pub layer: usize,
    /// The reason in one line, shown as evidence.
    pub why: String,
    /// The sources of that, as public addresses.
    pub sources: Vec<String>,
    /// Circumstances all of which must hold.
    pub when: Circumstances,
    /// Circumstances none of which may hold.
    pub unless: Circumstances,
    /// The systems that it favours.
    pub favours: Vec<Favour>,
    /// Its status: a rule of thumb that is off does not count.
    pub status: RuleStatus,
    /// Texts in which it leads to the right system, and texts to which it must not apply.
    pub examples: Vec<LinkExample>,
}

/// Circumstances given by a text and its paper, apart from the description itself. An empty part sets no
/// condition.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// An author is at one of these organisations.
    pub authors: Vec<OrganisationId>,
    /// The sentence names or describes one of these organisations.
    pub stated_organisations: Vec<OrganisationId>,
    /// The paper is from this date or later.
    pub from: Option<PartialDate>,
    /// The paper is from this date or earlier.
    pub to: Option<PartialDate>,
    /// The text states an amount of each of these measures within its range.
    pub sizes: Vec<SizeRange>,
    /// The text expresses one of the values of each of these traits.
    pub traits: Vec<(Trait, Vec<String>)>,
    /// The described entity is of one of these types.
    pub types: Vec<EntityType>,
    /// The mentions are of one of these kinds: `described` or `own`.
    pub kinds: Vec<Kind>,
    /// A mention contains one of these words or phrases, in lower case.
    pub phrases: Vec<String>,
    /// The expression matches in a sentence of the description, and the match touches the description.
    pub regex: Option<Expression>,
}

impl Circumstances {
    /// Returns whether there are no conditions.
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
            && self.stated_organisations.is_empty()
            && self.from.is_none()
            && self.to.is_none()
            && self.sizes.is_empty()
            && self.traits.is_empty()
            && self.types.is_empty()
            && self.kinds.is_empty()
            && self.phrases.is_empty()
            && self.regex.is_none()
    }
}

/// A range of amounts of one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeRange {
    /// The measure.
    pub measure: Measure,
    /// The least amount; 0 for no lower limit.
    pub from: f64,
    /// The greatest amount; infinite for no upper limit.
    pub to: f64,
}

/// A target of a rule of thumb and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Favour {
    /// The favoured systems.
    pub target: FavourTarget,
    /// The weight of evidence, in natural log-odds.
    pub weight: f64,
}

/// The systems that a rule of thumb favours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FavourTarget {
    /// A single system.
    System(SystemId),
    /// All systems of the family with this head.
    Family(SystemId),
    /// All systems of one maker.
    Maker(OrganisationId),
}

/// A text on which a rule of thumb is tested.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkExample {
    /// The text without its brackets.
    pub text: String,
    /// The description whose first candidate must be the right one; `None` for a near miss.
    pub expected: Option<ByteSpan>,
    /// The right system, if `favours` leaves it open.
    pub system: Option<SystemId>,
    /// The date of the paper.
    pub date: Option<PartialDate>,
    /// The organisations of its authors, by name.
    pub organisations: Vec<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// The parts of the catalogue that reading a rule of thumb depends on.
pub(super) struct Surroundings<'c> {
    pub lexicon: &'c Lexicon,
    pub organisations: &'c Organisations,
    pub systems: &'c Systems,
    /// Ids of systems that packages switch off; naming one is no fault.
    pub systems_off: HashSet<&'c str>,
    pub today: jiff::civil::Date,
}

impl RuleOfThumb {
    /// Reads the rules of thumb of every layer, sorted by name: a later layer replaces one of the same name,
    /// and a package switches off those below it.
    pub(super) fn read_all(
        layers: &[Layer],
        packages: &[Option<Package>],
        around: &Surroundings<'_>,
        faults: &mut Vec<Fault>,
    ) -> Vec<Self> {
        let mut rules: BTreeMap<String, Self> = BTreeMap::new();
        for (index, layer) in layers.iter().enumerate() {
            let package = packages.get(index).and_then(Option::as_ref).zip(layer.package_file());
            if let Some((package, file)) = package {
                switch_off(package, file, &mut rules, faults);
            }
            let files: Vec<&CatalogueFile> =
                layer.files.iter().filter(|file| file.path.starts_with(FOLDER)).collect();
            let read: Vec<Result<Self, Vec<Fault>>> =
                files.par_iter().map(|file| read_file(file, index, around)).collect();
            for rule in read {
                match rule {
                    Ok(rule) => {
                        rules.insert(rule.name.clone(), rule);
                    }
                    Err(found) => faults.extend(found),
                }
            }
        }
        rules.into_values().collect()
    }
}

impl RuleOfThumb {
    /// Returns the rules of thumb of the built-in catalogue, which only papers with nameless references need.
    pub(super) fn of_built_in(
        lexicon: &Lexicon,
        organisations: &Organisations,
        systems: &Systems,
    ) -> Later<Vec<Self>> {
        let (lexicon, organisations, systems) = (lexicon.clone(), organisations.clone(), systems.clone());
        Later::new(move || {
            let around = Surroundings {
                lexicon: &lexicon,
                organisations: &organisations,
                systems: &systems,
                systems_off: HashSet::new(),
                today: jiff::civil::Date::MAX,
            };
            let files = Layer::embedded(|path| path.starts_with(FOLDER)).files;
            let mut rules: Vec<Self> =
                files.iter().filter_map(|file| read_file(file, 0, &around).ok()).collect();
            rules.sort_by(|one, other| one.name.cmp(&other.name));
            rules
        })
    }
}

fn switch_off(
    package: &Package,
    file: &CatalogueFile,
    rules: &mut BTreeMap<String, RuleOfThumb>,
    faults: &mut Vec<Fault>,
) {
    for off in &package.rules_of_thumb_off {
        match rules.get_mut(&off.id) {
            Some(rule) => rule.status = RuleStatus::Off,
            None => {
                let message =
                    format!("there is no rule of thumb `{}` below this package to switch off", off.id);
                let help = "`byname rules list --of-thumb` shows all of them";
                faults.push(Fault::at(file, off.offset, message).help(help));
            }
        }
    }
}

#[cfg(test)]
#[path = "rule_of_thumb_tests.rs"]
mod tests;
