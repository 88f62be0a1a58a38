//! What each rule adds, for a person.

use std::fmt::Write as _;

use super::table::Table;
use crate::evaluate::{Ablation, ChangedRow, RuleRemoval};

/// Rows named of each rule.
const ROWS: usize = 3;

/// Writes what changes without each rule, and which rules are not earned.
pub fn ablation_text(ablation: &Ablation) -> String {
    let mut out = String::from(
        "Without the rule, F1 changes by so many points (exact / partial; the largest changes), those that add most first\n",
    );
    let mut table = Table::new(&["rule", "papers", "own examples", "others", "changes"]);
    for removal in &ablation.rules {
        table.line(vec![
            removal.rule.clone(),
            removal.papers.to_string(),
            removal.own_examples.to_string(),
            removal.other_examples.to_string(),
            largest(removal),
        ]);
    }
    table.write(&mut out);
    list(&mut out, "Better without", ablation, |removal| removal.worst() > 0.0);
    list(&mut out, "Not earned: nothing in the gold changes, and no example of another rule fails", ablation, |removal| {
        !removal.earned
    });
    out
}

fn list(out: &mut String, title: &str, ablation: &Ablation, wanted: impl Fn(&RuleRemoval) -> bool) {
    let rules: Vec<&str> =
        ablation.rules.iter().filter(|removal| wanted(removal)).map(|removal| removal.rule.as_str()).collect();
    let rules = if rules.is_empty() { "none".to_string() } else { rules.join("\n  ") };
    let _ = writeln!(out, "\n{title}:\n  {rules}");
}

fn largest(removal: &RuleRemoval) -> String {
    let mut changes: Vec<&ChangedRow> = removal.changes.iter().collect();
    let size = |change: &ChangedRow| change.exact.abs() + change.partial.abs();
    changes.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let shown = changes.iter().take(ROWS).map(|change| {
        format!("{} {:+.2} / {:+.2}", change.row, 100.0 * change.exact, 100.0 * change.partial)
    });
    shown.collect::<Vec<_>>().join(", ")
}
