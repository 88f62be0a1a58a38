//! Rendering of what each rule contributes.

use std::fmt::Write as _;

use super::table::Table;
use crate::evaluate::{Ablation, ChangedLabel, RuleRemoval};

/// Most labels shown for each rule.
const LABELS: usize = 3;

/// Renders the changes of scores without each rule, the rules without which scores improve, and those on
/// which nothing depends.
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
    list(
        &mut out,
        "Not earned: nothing in the gold changes, and no example of another rule fails",
        ablation,
        |removal| !removal.earned,
    );
    out
}

fn list(out: &mut String, title: &str, ablation: &Ablation, wanted: impl Fn(&RuleRemoval) -> bool) {
    let rules: Vec<&str> = ablation
        .rules
        .iter()
        .filter(|removal| wanted(removal))
        .map(|removal| removal.rule.as_str())
        .collect();
    let rules = if rules.is_empty() { "none".to_string() } else { rules.join("\n  ") };
    let _ = writeln!(out, "\n{title}:\n  {rules}");
}

fn largest(removal: &RuleRemoval) -> String {
    let mut changes: Vec<&ChangedLabel> = removal.changes.iter().collect();
    let size = |change: &ChangedLabel| change.exact.abs() + change.partial.abs();
    changes.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let shown = changes.iter().take(LABELS).map(|change| {
        format!("{} {:+.2} / {:+.2}", change.label, 100.0 * change.exact, 100.0 * change.partial)
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removal_reads_well() {
        let change = |label: &str, exact, partial| ChangedLabel {
            gold: "g".into(),
            label: label.into(),
            exact,
            partial,
        };
        let removal = |rule: &str, changes: Vec<ChangedLabel>, others| RuleRemoval {
            rule: rule.into(),
            papers: 12,
            earned: !changes.is_empty() || others > 0,
            changes,
            own_examples: 1,
            other_examples: others,
        };
        let rules = vec![
            removal("own/our", vec![change("own-model", -0.004, 0.0), change("all-else", -0.02, -0.03)], 0),
            removal("own/shown-elsewhere", vec![], 2),
            removal("own/silent", vec![], 0),
            removal("own/wrong", vec![change("own-model", 0.01, 0.02)], 0),
        ];
        insta::assert_snapshot!(ablation_text(&Ablation { rules }));
    }
}
