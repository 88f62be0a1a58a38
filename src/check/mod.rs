//! Looks through a catalogue that loads for what its author hardly meant.

mod alternatives;
mod conditions;
mod meaning;
mod never_matches;
#[cfg(test)]
mod samples;
mod shared_id;
mod site;
mod slow_pattern;
mod unused_class;

use std::collections::HashMap;

use crate::catalogue::{Catalogue, CatalogueFile, Fault, Layer, RuleStatus};
use crate::detect::PatternAnalysis;
use site::Site;

/// Every warning on the rules and the lexicon of a catalogue that was read from `layers`, in the order
/// of the rules.
pub fn warnings(catalogue: &Catalogue, layers: &[Layer]) -> Vec<Fault> {
    // Of two layers whose files are shown alike, the later one holds what counts.
    let files: HashMap<&str, &CatalogueFile> =
        layers.iter().flat_map(|layer| &layer.files).map(|file| (file.shown.as_str(), file)).collect();
    let sites: Vec<Site<'_>> = catalogue
        .rules
        .iter()
        .filter(|rule| rule.status != RuleStatus::Off)
        .filter_map(|rule| Some(Site { rule, file: files.get(rule.file.as_str())? }))
        .collect();
    let mut analysis = PatternAnalysis::new(&catalogue.lexicon);
    let mut faults = Vec::new();
    for site in &sites {
        never_matches::look(site, &catalogue.lexicon, &mut analysis, &mut faults);
        alternatives::look(site, &catalogue.lexicon, &mut analysis, &mut faults);
        conditions::look(site, &mut faults);
        slow_pattern::look(site, &mut analysis, &mut faults);
    }
    meaning::look(&sites, &mut faults);
    unused_class::look(catalogue, layers, &mut faults);
    shared_id::look(catalogue, layers, &mut faults);
    faults
}
