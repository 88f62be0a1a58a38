//! Rendering of the impact of a changed catalogue on a collection.

use std::fmt::Write as _;

use super::difference_text;
use super::table::Table;
use crate::changes::{Impact, ImpactCounts, ImpactRow};
use crate::evaluate::GoldChange;

/// Most rules, and most papers, that are listed; the JSON form has them all.
const LISTED: usize = 20;

/// Renders totals, rules, papers, samples and the change of scores.
pub fn impact_text(impact: &Impact, gold: &[GoldChange]) -> String {
    let ((old, new), (warned, warns)) = (impact.findings, impact.warnings);
    let papers = if impact.papers == 1 { "paper" } else { "papers" };
    let mut out = format!(
        "{} {papers}, {} of them differ; {warned} warnings before, {warns} now; {old} mentions before, {new} now\n",
        impact.papers,
        impact.by_paper.len()
    );
    let ImpactCounts {
        new_warnings,
        lost_warnings,
        added,
        removed,
        moved,
        other_kind,
        other_candidate,
        other_level,
    } = impact.total;
    let _ = writeln!(out, "{new_warnings} new warnings, {lost_warnings} no longer");
    let _ = writeln!(
        out,
        "{added} added, {removed} removed, {moved} moved, {other_kind} of another kind, {other_candidate} with another \
         first candidate, {other_level} of another level alone"
    );
    rows(
        &mut out,
        "By rule (a difference counts for each rule that brought it about)",
        "rule",
        &impact.rules,
    );
    rows(&mut out, "By paper", "paper", &impact.by_paper);
    if !impact.samples.is_empty() {
        let _ = writeln!(
            out,
            "\n{} of {} differences, chosen at random",
            impact.samples.len(),
            impact.total.sum()
        );
    }
    for sample in &impact.samples {
        out.push_str(&difference_text(&sample.document, sample.difference.change.name(), &sample.difference));
        if !sample.rules.is_empty() {
            let _ = writeln!(out, "    by {}", sample.rules.join(", "));
        }
    }
    scores(&mut out, gold);
    out
}

fn rows(out: &mut String, title: &str, name: &str, rows: &[ImpactRow]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    let mut table = Table::new(&[
        name,
        "new warnings",
        "lost",
        "added",
        "removed",
        "moved",
        "other kind",
        "other first",
        "other level",
    ]);
    for row in rows.iter().take(LISTED) {
        let counts = &row.counts;
        let counts = [
            counts.new_warnings,
            counts.lost_warnings,
            counts.added,
            counts.removed,
            counts.moved,
            counts.other_kind,
            counts.other_candidate,
            counts.other_level,
        ];
        table.line([row.name.clone()].into_iter().chain(counts.map(|count| count.to_string())).collect());
    }
    table.write(out);
    if let Some(more) = rows.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let _ = writeln!(out, "and {more} more");
    }
}

fn scores(out: &mut String, gold: &[GoldChange]) {
    for set in gold {
        let _ = writeln!(out, "\n{}: precision and recall, same bounds (at least in part)", set.gold);
        let mut table = Table::new(&["label", "precision", "change", "recall", "change"]);
        for row in &set.rows {
            let pair = |exact: f64, partial: f64| format!("{:.1} ({:.1})", 100.0 * exact, 100.0 * partial);
            let change =
                |exact: f64, partial: f64| format!("{:+.1} ({:+.1})", 100.0 * exact, 100.0 * partial);
            let ((old, old_partial), (new, new_partial)) = (row.before, row.after);
            table.line(vec![
                row.label.clone(),
                pair(new.precision, new_partial.precision),
                change(new.precision - old.precision, new_partial.precision - old_partial.precision),
                pair(new.recall, new_partial.recall),
                change(new.recall - old.recall, new_partial.recall - old_partial.recall),
            ]);
        }
        table.write(out);
    }
}
