//! Rendering of the measured precision of rules, as text and as a catalogue file.

use std::fmt::Write as _;

use byname::catalogue::Measurement;

use super::table::Table;
use crate::evaluate::MeasuredRule;

/// Renders one row per rule that voted, the lowest precision first.
pub fn measurement_text(rules: &[MeasuredRule]) -> String {
    let mut sorted: Vec<&MeasuredRule> = rules.iter().filter(|rule| rule.measured.hits > 0).collect();
    let precision = |rule: &MeasuredRule| rule.measured.precision().unwrap_or_default();
    sorted.sort_by(|a, b| precision(a).total_cmp(&precision(b)).then(b.measured.hits.cmp(&a.measured.hits)));
    let mut out =
        String::from("Precision of each rule's votes, with its 95 percent interval, the lowest first\n");
    let mut table = Table::new(&["rule", "votes", "right", "precision", "low", "high"]);
    for rule in sorted {
        let (low, high) = rule.measured.interval();
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        table.line(vec![
            rule.rule.clone(),
            rule.measured.hits.to_string(),
            rule.measured.right.to_string(),
            percent(precision(rule)),
            percent(low),
            percent(high),
        ]);
    }
    table.write(&mut out);
    let silent = rules.iter().filter(|rule| rule.measured.hits == 0).count();
    let _ = writeln!(out, "\n{silent} rules vote nowhere that the gold can judge");
    out
}

/// Returns the text of `measurements.toml`: every rule that voted, in the order of `rules`.
pub fn measurement_file(rules: &[MeasuredRule], date: &str, gold: &[String]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_string()).to_string();
    let gold: Vec<String> = gold.iter().map(|name| quoted(name)).collect();
    let mut out = String::from(
        "# How often each rule's votes were right on marked papers. Written by `byname rules measure`.\n",
    );
    let _ = writeln!(out, "date = {}\ngold = [{}]\n\n[rules]", quoted(date), gold.join(", "));
    for rule in rules.iter().filter(|rule| rule.measured.hits > 0) {
        let Measurement { hits, right, .. } = rule.measured;
        let (low, high) = rule.measured.interval();
        let share = 100.0 * rule.measured.precision().unwrap_or_default();
        let _ = writeln!(
            out,
            "{} = {{ hits = {hits}, right = {right} }} # {share:.1} percent ({:.1} to {:.1})",
            quoted(&rule.rule),
            100.0 * low,
            100.0 * high
        );
    }
    out
}
