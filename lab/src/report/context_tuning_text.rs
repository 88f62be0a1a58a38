//! Rendering of a fit of context weights.

use std::fmt::Write as _;

use byname::catalogue::{Context, Kind};
use byname::report::visible;

use super::table::{Table, percent};
use crate::evaluate::{ContextTuning, TunedSet};

/// Most contexts shown for each kind.
const SHOWN: usize = 12;

/// Renders the result of a fit: scores before and after, calibration, and the strongest contexts of each
/// kind.
pub fn context_tuning_text(tuning: &ContextTuning) -> String {
    let mut out = String::new();
    let ContextTuning { papers, phrases, folds, asked, kept, rules, .. } = tuning;
    let _ = writeln!(
        out,
        "Fitted to {phrases} noun phrases of {papers} papers; {folds} folds of papers\n\
         {kept} of {asked} contexts have a weight; a vote of a rule counts {rules:.2} times\n"
    );
    tuning.sets.iter().for_each(|set| write_set(&mut out, set));
    let _ = writeln!(
        out,
        "Phrases called described, by confidence, on papers that the fit did not see; mean distance {:.3}",
        tuning.calibration_error
    );
    let mut table = Table::new(&["confidence", "found", "right", "percent"]);
    for bin in tuning.calibration.iter().filter(|bin| bin.found > 0) {
        let share = bin.right as f64 / bin.found as f64;
        table.line(vec![
            percent(bin.confidence),
            bin.found.to_string(),
            bin.right.to_string(),
            percent(share),
        ]);
    }
    table.write(&mut out);
    for kind in Kind::ALL {
        let weight = |context: &Context| context.weights[*kind as usize];
        let mut weighed: Vec<&Context> =
            tuning.contexts.all.iter().filter(|context| weight(context) != 0.0).collect();
        if weighed.is_empty() {
            continue;
        }
        weighed.sort_by(|one, other| weight(other).abs().total_cmp(&weight(one).abs()));
        let shown: Vec<String> = weighed
            .iter()
            .take(SHOWN)
            .map(|context| format!("{} `{}` {:+.2}", context.template, context.value, weight(context)))
            .collect();
        let _ = writeln!(out, "\n{kind}: {}", shown.join(", "));
    }
    out
}

/// Writes the scores of one gold set.
pub(super) fn write_set(out: &mut String, set: &TunedSet) {
    let _ = writeln!(out, "{}, F1 in percent: exact / partial", visible(&set.gold));
    let mut table = Table::new(&["label", "before", "cross-validated", "fitted to all"]);
    for row in &set.rows {
        let pair = |(exact, partial): (f64, f64)| format!("{} / {}", percent(exact), percent(partial));
        table.line(vec![row.name.clone(), pair(row.before), pair(row.cross_validated), pair(row.fitted)]);
    }
    table.write(out);
    out.push('\n');
}
