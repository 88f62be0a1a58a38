//! What a fit of weights gave, for a person.

use std::fmt::Write as _;

use super::table::{Table, percent};
use super::visible;
use crate::evaluate::{TunedRule, Tuning};

/// Writes what a fit gave: scores before and after, the weights that move, and those not to be trusted.
pub fn tuning_text(tuning: &Tuning) -> String {
    let mut out = String::new();
    let Tuning { papers, observations, folds, strength, .. } = tuning;
    let _ = writeln!(
        out,
        "Fitted to {observations} noun phrases and names of {papers} papers; {folds} folds of papers; strength {strength}\n"
    );
    for set in &tuning.sets {
        let _ = writeln!(out, "{}, F1 in percent: exact / partial", visible(&set.gold));
        let mut table = Table::new(&["label", "before", "cross-validated", "fitted to all"]);
        for row in &set.rows {
            let pair = |(exact, partial): (f64, f64)| format!("{} / {}", percent(exact), percent(partial));
            table.line(vec![row.name.clone(), pair(row.before), pair(row.cross_validated), pair(row.fitted)]);
        }
        table.write(&mut out);
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "Weights, those that move most first. `turns`: folds on the other side of the written weight; `leans`: how\n\
         far the weight moves without the one paper that matters most. ! marks weights that rest on that paper."
    );
    let mut table =
        Table::new(&["rule", "votes", "written", "before", "fitted", "mean", "sd", "turns", "leans", "", "paper"]);
    let mut rules: Vec<&TunedRule> = tuning.rules.iter().collect();
    let moved = |rule: &TunedRule| (rule.fitted - rule.written).abs();
    rules.sort_by(|a, b| moved(b).total_cmp(&moved(a)).then(a.rule.cmp(&b.rule)));
    for rule in rules {
        table.line(vec![
            rule.rule.clone(),
            format!("{:.0}", rule.votes),
            format!("{:.1}", rule.written),
            format!("{:.1}", rule.before),
            format!("{:.1}", rule.fitted),
            format!("{:.2}", rule.mean),
            format!("{:.2}", rule.spread),
            rule.turns.to_string(),
            format!("{:.2}", rule.influence),
            if rule.accident { "!" } else { "" }.to_string(),
            rule.paper.clone().unwrap_or_default(),
        ]);
    }
    table.write(&mut out);
    out
}
