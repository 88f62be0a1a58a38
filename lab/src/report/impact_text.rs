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
    let (old, new) = impact.findings;
    let mut out = format!(
        "{} papers, {} of them differ; {old} findings before, {new} now\n",
        impact.papers,
        impact.by_paper.len()
    );
    let ImpactCounts { added, removed, moved, other_kind, other_candidate } = impact.total;
    let _ = writeln!(
        out,
        "{added} added, {removed} removed, {moved} moved, {other_kind} of another kind, {other_candidate} with another first candidate"
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
    let mut table = Table::new(&[name, "added", "removed", "moved", "other kind", "other first"]);
    for row in rows.iter().take(LISTED) {
        let ImpactCounts { added, removed, moved, other_kind, other_candidate } = row.counts;
        let counts = [added, removed, moved, other_kind, other_candidate];
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
