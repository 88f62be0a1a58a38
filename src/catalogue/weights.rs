//! `weights.toml`: fitted weights of rules, kept apart from the rules.

use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::{CatalogueFile, Fault, Rule};

/// The path of the file within a catalogue folder.
pub(super) const FILE: &str = "weights.toml";

/// Sets the weights of rules to those of a file, which has them by rule id; `places` maps the ids to indices
/// of `rules`.
///
/// An id of no rule is a fault, as is a weight that is not a number from 0 to 20.
pub(super) fn apply_weights(
    file: &CatalogueFile,
    places: &HashMap<String, usize>,
    rules: &mut [Rule],
    faults: &mut Vec<Fault>,
) {
    let weights: BTreeMap<Spanned<String>, Spanned<f64>> = match file.parse() {
        Ok(weights) => weights,
        Err(fault) => {
            faults.push(fault.help("each line gives a rule's id and its weight: \"described/access\" = 2.4"));
            return;
        }
    };
    for (id, weight) in weights {
        let (at, weight) = (weight.span().start, weight.into_inner());
        if !(0.0..=20.0).contains(&weight) {
            faults.push(Fault::at(file, at, "a weight lies between 0 and 20"));
        }
        match places.get(id.get_ref()) {
            Some(place) => rules[*place].weight = weight,
            None => faults.push(
                Fault::at(file, id.span().start, format!("there is no rule `{}`", id.get_ref()))
                    .help("`byname rules list` shows all rules; take the line out if the rule is gone"),
            ),
        }
    }
}
