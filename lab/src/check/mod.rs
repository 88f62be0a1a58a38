//! Checks for likely mistakes in a catalogue that loads.

mod alternatives;
mod conditions;
mod meaning;
mod never_matches;
mod precision;
mod rule_of_thumb;
#[cfg(test)]
mod samples;
mod shared_id;
mod site;
mod slow_pattern;
mod slow_regex;
mod unused_class;

pub use precision::low_precision;

use byname::catalogue::{Catalogue, Fault, Layer};
use byname::detect::PatternAnalysis;
use site::sites;

/// Returns every warning on the rules and the lexicon of a catalogue that was loaded from `layers`, in the
/// order of the rules.
pub fn warnings(catalogue: &Catalogue, layers: &[Layer]) -> Vec<Fault> {
    let sites = sites(catalogue, layers);
    let mut analysis = PatternAnalysis::new(&catalogue.lexicon);
    let mut faults = Vec::new();
    for site in &sites {
        never_matches::look(site, &catalogue.lexicon, &mut analysis, &mut faults);
        alternatives::look(site, &catalogue.lexicon, &mut analysis, &mut faults);
        conditions::look(site, &mut faults);
        slow_pattern::look(site, &mut analysis, &mut faults);
    }
    slow_regex::look(&sites, catalogue, layers, &mut faults);
    meaning::look(&sites, &mut faults);
    unused_class::look(catalogue, layers, &mut faults);
    shared_id::look(catalogue, layers, &mut faults);
    rule_of_thumb::look(catalogue, layers, &mut faults);
    faults
}
