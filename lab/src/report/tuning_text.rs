//! Rendering of a fit of rule weights.

use std::fmt::Write as _;

use super::context_tuning_text::write_set;
use super::table::Table;
use crate::evaluate::{TunedRule, Tuning};

/// Renders the result of a fit: scores before and after, and all weights, the most changed first, with a mark
/// on those that depend on a single paper.
pub fn tuning_text(tuning: &Tuning) -> String {
    let mut out = String::new();
    let Tuning { papers, observations, folds, strength, .. } = tuning;
    let _ = writeln!(
        out,
        "Fitted to {observations} noun phrases and names of {papers} papers; {folds} folds of papers; strength {strength}\n"
    );
    tuning.sets.iter().for_each(|set| write_set(&mut out, set));
    let _ = writeln!(
        out,
        "Weights, those that move most first. `turns`: folds on the other side of the written weight; `leans`: how\n\
         far the weight moves without the one paper that matters most. ! marks weights that rest on that paper."
    );
    let mut table = Table::new(&[
        "rule", "votes", "written", "before", "fitted", "mean", "sd", "turns", "leans", "", "paper",
    ]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{TunedRow, TunedSet};

    fn rule(name: &str, fitted: f64, paper: Option<&str>) -> TunedRule {
        TunedRule {
            rule: name.into(),
            votes: 17.5,
            written: 2.0,
            before: 2.0,
            fitted,
            mean: fitted + 0.05,
            spread: 0.04,
            turns: 1,
            influence: if paper.is_some() { 0.6 } else { 0.0 },
            paper: paper.map(Into::into),
            accident: paper.is_some(),
        }
    }

    fn sample() -> Tuning {
        let row = TunedRow {
            name: "described-model".into(),
            before: (0.7, 0.75),
            cross_validated: (0.72, 0.765),
            fitted: (0.73, 0.77),
        };
        Tuning {
            papers: 40,
            observations: 900,
            folds: 10,
            strength: 20.0,
            sets: vec![TunedSet { gold: "gold.toml".into(), rows: vec![row] }],
            rules: vec![rule("described/access", 2.1, None), rule("own/our", 3.4, Some("2101.00001"))],
        }
    }

    #[test]
    fn a_fit_reads_well() {
        insta::assert_snapshot!(tuning_text(&sample()));
    }

    #[test]
    fn only_weights_that_differ_are_written() {
        let mut tuning = sample();
        tuning.rules.push(rule("own/same", 2.0, None));
        // A layer below gave another weight, so the file has to say that of the rule's own file anew.
        tuning.rules.push(TunedRule { before: 5.0, ..rule("own/was-laid-over", 2.0, None) });
        insta::assert_snapshot!(tuning.weights_file());
    }
}
