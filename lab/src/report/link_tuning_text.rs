//! Rendering of a fit of the weights of clues.

use std::fmt::Write as _;

use byname::report::visible;

use super::table::{Table, percent};
use crate::evaluate::{LinkScore, LinkTuning};

/// Renders the result of a fit: scores before and after, and the numbers that change.
pub fn link_tuning_text(tuning: &LinkTuning) -> String {
    let mut out = String::new();
    let LinkTuning { descriptions, folds, rounds, tries, .. } = tuning;
    let _ = writeln!(
        out,
        "Fitted to {descriptions} descriptions in {rounds} rounds, {tries} tries; {folds} folds of papers\n"
    );
    for view in &tuning.views {
        let _ = writeln!(out, "{}, told: {}", visible(&view.gold), view.known);
        let mut table = Table::new(&["", "before", "cross-validated", "fitted to all"]);
        let mut line = |name: &str, shown: &dyn Fn(&LinkScore) -> String| {
            let columns = [&view.before, &view.cross_validated, &view.fitted].map(shown);
            table.line([name.to_string()].into_iter().chain(columns).collect());
        };
        let share = |part: usize, all: usize| percent(part as f64 / all.max(1) as f64);
        line("first, in percent", &|score| share(score.first, score.owed));
        line("in five, in percent", &|score| share(score.in_five, score.owed));
        if view.before.open > 0 {
            line("left open, in percent", &|score| share(score.left_open, score.open));
        }
        line("calibration error", &|score| format!("{:.3}", score.calibration_error));
        line("log loss", &|score| format!("{:.3}", score.log_loss));
        table.write(&mut out);
        out.push('\n');
    }
    let _ = writeln!(out, "Numbers that move, with the least and the most of the folds");
    let mut table = Table::new(&["number", "before", "fitted", "least", "most"]);
    for number in tuning.numbers.iter().filter(|number| number.fitted != number.before) {
        let (least, most) = number.of_folds;
        let shown = [number.before, number.fitted, least, most].map(|value| format!("{value}"));
        table.line([number.path.clone()].into_iter().chain(shown).collect());
    }
    table.write(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{Known, TunedNumber, TunedView};

    #[test]
    fn a_fit_of_clues_reads_well() {
        let score = |first, log_loss| LinkScore {
            owed: 40,
            seen: 40,
            first,
            in_five: first + 5,
            open: 4,
            left_open: 3,
            calibration_error: 0.0512,
            log_loss,
            ..LinkScore::default()
        };
        let number = |path: &str, fitted| TunedNumber {
            path: path.to_string(),
            before: 0.75,
            fitted,
            of_folds: (0.7, 0.95),
        };
        let tuning = LinkTuning {
            descriptions: 44,
            folds: 5,
            rounds: 3,
            tries: 321,
            views: vec![TunedView {
                gold: "gold.jsonl".to_string(),
                known: Known::Text,
                before: score(20, 1.5),
                cross_validated: score(22, 1.4),
                fitted: score(25, 1.25),
            }],
            numbers: vec![number("answer.temper", 0.9), number("words.said", 0.75)],
        };
        insta::assert_snapshot!(link_tuning_text(&tuning));
        insta::assert_snapshot!(tuning.evidence_file());
    }
}
