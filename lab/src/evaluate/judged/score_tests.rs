use std::fs;

use byname::catalogue::Catalogue;
use byname::document::ReadLimits;

use super::*;
use crate::evaluate::read_judged;

const PAPER: &str = "\\documentclass{article}
\\begin{document}
\\section{Letters}

All 300 letters were rated by a proprietary language model. Drafts came from a commercial chatbot (Claude 2).
Two annotators read them.

\\appendix
\\section{Summaries}

Summaries of 40 letters were written by an in-house language model.
\\end{document}
";

fn row(text: &str, after: &str, verdict: &str, rest: &str) -> String {
    format!("{{\"paper\":\"p\",\"text\":\"{text}\",\"after\":\"{after}\",\"verdict\":\"{verdict}\"{rest}}}\n")
}

fn score(rows: &[String]) -> JudgedScore {
    score_above(0.0, rows)
}

/// Returns the score with hints below the confidence `least`.
fn score_above(least: f64, rows: &[String]) -> JudgedScore {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("p")).unwrap();
    fs::write(folder.path().join("p/letters.tex"), PAPER).unwrap();
    let gold = folder.path().join("judged.jsonl");
    fs::write(&gold, rows.concat()).unwrap();
    let set = read_judged(&gold, folder.path(), ReadLimits::default()).unwrap();
    assert_eq!(set.failures.len(), 0, "{:?}", set.failures);
    let engine = Engine::new(Catalogue::built_in().unwrap());
    let profile = engine.catalogue().profiles.iter().find(|profile| profile.name == "disclosure").unwrap();
    evaluate_judged(&engine, &set, profile, least, 9)
}

fn rating(verdict: &str, rest: &str) -> String {
    row("a proprietary language model", ". Drafts came", verdict, rest)
}

#[test]
fn warnings_are_right_where_people_say_that_they_are_owed() {
    let got = score(&[rating("right", ""), row("an in-house language model", "", "own", "")]);
    let expected = WarningScore { judged: 2, right: 1, owed: 1, found: 1, ..WarningScore::default() };
    assert_eq!(got.warnings, expected);
    assert!((got.warnings.precision() - 0.5).abs() < 1e-9 && (got.warnings.recall() - 1.0).abs() < 1e-9);
    let wrong: Vec<_> = got.rules.iter().flat_map(|rule| &rule.wrong).collect();
    assert_eq!(wrong, [(&Verdict::Own, &1)]);
    assert_eq!(got.mistakes.len(), 1);
    assert_eq!((got.mistakes[0].mistake, got.mistakes[0].line), (MistakeKind::WrongWarning, 11));
}

#[test]
fn what_nobody_judged_or_was_sure_of_counts_neither_way() {
    let got = score(&[rating("generic", ",\"sure\":false")]);
    let expected = WarningScore { spared: 1, not_judged: 1, ..WarningScore::default() };
    assert_eq!((got.warnings, got.unsure), (expected, 1));
}

#[test]
fn what_is_owed_and_not_reported_is_missed() {
    let got = score(&[row("Two annotators", "read them", "missed", ""), rating("missed", "")]);
    assert_eq!((got.warnings.owed, got.warnings.found, got.warnings.right), (2, 1, 1));
    let row = &got.verdicts[0];
    assert_eq!((row.verdict, row.judgements), (Verdict::Missed, 2));
    assert_eq!(row.outcomes.first(), Some(&(Outcome::Warning, 1)));
    assert_eq!(row.outcomes.last(), Some(&(Outcome::Silent, 1)));
    assert!(got.mistakes.iter().any(|mistake| mistake.mistake == MistakeKind::Missed));
}

#[test]
fn notes_are_measured_by_their_names() {
    let of = |names: &str| score(&[row("a commercial chatbot", "(Claude 2", "named", names)]).notes;
    let right = of(",\"names\":[\"Claude 2\"]");
    assert_eq!((right.judged, right.right, right.complete), (1, 1, 1));
    let incomplete = of(",\"names\":[\"Claude 2\",\"GPT-4\"]");
    assert_eq!((incomplete.right, incomplete.complete), (1, 0));
    let wrong = of(",\"names\":[\"GPT-4\"]");
    assert_eq!((wrong.right, wrong.complete), (0, 0));
}

#[test]
fn parts_of_the_paper_are_told_apart() {
    let got = score(&[row("an in-house language model", "", "right", ""), rating("right", "")]);
    let parts: Vec<(&str, usize, usize)> = got
        .sections
        .iter()
        .map(|part| (part.name.as_str(), part.warnings.right, part.warnings.owed))
        .collect();
    assert_eq!(parts, [("appendix", 1, 1), ("body", 1, 1)]);
}

#[test]
fn hints_are_no_warnings_and_the_rows_of_confidence_tell_what_they_would_be() {
    let got = score_above(1.0, &[rating("right", "")]);
    assert_eq!((got.warnings.judged, got.warnings.owed, got.warnings.found), (0, 1, 0));
    assert_eq!(got.verdicts[0].outcomes[1], (Outcome::Hint, 1));
    let all = got.confidences[0];
    assert_eq!((all.warnings.right, all.warnings.found, all.warnings.not_judged), (1, 1, 1));
    let none = got.confidences.last().unwrap().warnings;
    assert_eq!(none.owed, 1);
    assert!(none.judged <= all.warnings.judged);
}
