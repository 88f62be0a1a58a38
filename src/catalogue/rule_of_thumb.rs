//! Rules of thumb: who used which system and when, as people of a field know it.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::rule_of_thumb_file::read_file;
use super::{
    CatalogueFile, EntityType, Expression, Fault, Kind, Layer, Lexicon, Measure, OrganisationId,
    Organisations, Package, RuleStatus, SystemId, Systems, Trait,
};
use crate::document::{ByteSpan, PartialDate};

/// The folder of a catalogue that rules of thumb stand in.
pub(super) const FOLDER: &str = "rules-of-thumb/";

/// The most that a rule of thumb can say for a system, in log-odds.
pub const HEAVIEST: f64 = 4.0;

/// What speaks for a system in certain circumstances, beside all facts on the system.
#[derive(Debug, Clone)]
pub struct RuleOfThumb {
    /// Its path under `rules-of-thumb/`, without the ending.
    pub name: String,
    /// The file that it comes from, as reports show it.
    pub file: String,
    /// The layer that it comes from, as a place in the catalogue's `origins`.
    pub layer: usize,
    /// The reason, in a line: it is shown as evidence.
    pub why: String,
    /// Where that is told, as public addresses.
    pub sources: Vec<String>,
    /// What must hold, all of it.
    pub when: Circumstances,
    /// What must not hold, none of it.
    pub unless: Circumstances,
    /// What it speaks for.
    pub favours: Vec<Favour>,
    /// Whether it is used.
    pub status: RuleStatus,
    /// Texts in which it leads to the right system, and texts to which it must not apply.
    pub examples: Vec<LinkExample>,
}

/// What a text and its paper tell, beside the description itself. A part that is empty asks for nothing.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// An author is at one of these.
    pub authors: Vec<OrganisationId>,
    /// The sentence tells of one of these.
    pub told: Vec<OrganisationId>,
    /// The paper is of this time or later.
    pub from: Option<PartialDate>,
    /// The paper is of this time or earlier.
    pub to: Option<PartialDate>,
    /// The text states an amount of each of these measures that lies in its range.
    pub sizes: Vec<SizeRange>,
    /// The text tells one of the values of each of these.
    pub traits: Vec<(Trait, Vec<String>)>,
    /// It is of one of these types.
    pub types: Vec<EntityType>,
    /// Its mentions are of one of these kinds: `described` or `own`.
    pub kinds: Vec<Kind>,
    /// A mention holds one of these words or phrases, in small letters.
    pub phrases: Vec<String>,
    /// It is found in a sentence of the description and touches it there.
    pub regex: Option<Expression>,
}

impl Circumstances {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
            && self.told.is_empty()
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

/// Amounts of one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeRange {
    /// What is counted.
    pub measure: Measure,
    /// The least; 0 where there is none.
    pub from: f64,
    /// The most; infinite where there is none.
    pub to: f64,
}

/// What a rule of thumb speaks for, and how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Favour {
    /// The systems.
    pub target: FavourTarget,
    /// The weight of evidence, in natural log-odds.
    pub weight: f64,
}

/// The systems that a rule of thumb speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FavourTarget {
    /// One of them.
    System(SystemId),
    /// All of the family with this head.
    Family(SystemId),
    /// All that an organisation made.
    Maker(OrganisationId),
}

/// A text that a rule of thumb is tried on.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkExample {
    /// The text without its brackets.
    pub text: String,
    /// The description whose first candidate must be the right one; none for a near miss.
    pub expected: Option<ByteSpan>,
    /// The right system, where `favours` leaves it open.
    pub system: Option<SystemId>,
    /// The date of the paper.
    pub date: Option<PartialDate>,
    /// The organisations of its authors, by name.
    pub organisations: Vec<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// What reading a rule of thumb asks of the rest of the catalogue.
pub(super) struct Surroundings<'c> {
    pub lexicon: &'c Lexicon,
    pub organisations: &'c Organisations,
    pub systems: &'c Systems,
    /// Ids of systems that packages switch off: no fault where they are named.
    pub systems_off: HashSet<&'c str>,
    pub today: jiff::civil::Date,
}

impl RuleOfThumb {
    /// Reads those of every layer, in the order of their names: a later layer replaces one of the same name, and
    /// a package switches off those below it.
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
