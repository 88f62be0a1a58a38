//! Rendering of the measures of judged papers.

use std::fmt::Write as _;

use byname::report::visible;

use super::table::{Table, percent};
use crate::evaluate::{
    GroupScore, JudgedMistake, JudgedScore, MistakeKind, Outcome, Verdict, WarningScore, WayScore,
};

/// Renders the measures of one file of judgements.
pub fn judged_text(score: &JudgedScore) -> String {
    let mut out = String::new();
    let papers = if score.papers == 1 { "paper" } else { "papers" };
    let _ = writeln!(
        out,
        "{}: {} {papers}, {} judgements, {} of them unsure, which count neither way",
        visible(&score.gold),
        score.papers,
        score.judgements,
        score.unsure
    );
    if score.lost > 0 {
        let _ = writeln!(out, "{} stand in no text; what is owed there counts as not found", score.lost);
    }
    warnings(score.warnings, &mut out);
    names(score, &mut out);
    verdicts(score, &mut out);
    confidences(score, &mut out);
    groups("Warnings by the rule that weighs most", "rule", false, &score.rules, &mut out);
    groups("By part of the paper", "part", true, &score.sections, &mut out);
    ways(&score.ways, &mut out);
    mistakes(score, &mut out);
    out
}

fn warnings(score: WarningScore, out: &mut String) {
    let _ = writeln!(
        out,
        "\nWarnings: {} of {} right (precision {})",
        score.right,
        score.judged,
        percent(score.precision())
    );
    let _ =
        writeln!(out, "Owed: {} of {} found (recall {})", score.found, score.owed, percent(score.recall()));
    let _ = writeln!(out, "  {} more at unsure places, {} not judged", score.spared, score.not_judged);
}

fn names(score: &JudgedScore, out: &mut String) {
    let notes = score.notes;
    let share = |part: usize| percent(part as f64 / notes.judged.max(1) as f64);
    let _ = writeln!(
        out,
        "Notes: all names right in {} of {} ({}), right and complete in {} ({})",
        notes.right,
        notes.judged,
        share(notes.right),
        notes.complete,
        share(notes.complete)
    );
    let _ = writeln!(out, "  {} more at unsure places, {} not judged", notes.spared, notes.not_judged);
    let of = |verdict: Verdict, outcome: Outcome| {
        let row = score.verdicts.iter().find(|row| row.verdict == verdict);
        let found = row.and_then(|row| row.outcomes.iter().find(|(of, _)| *of == outcome));
        found.map_or(0, |(_, count)| *count)
    };
    let (noted, warned) = (of(Verdict::Named, Outcome::Note), of(Verdict::Named, Outcome::Warning));
    let _ = writeln!(
        out,
        "States: {noted} of {} reported ones that the paper names are called named",
        noted + warned
    );
}

fn verdicts(score: &JudgedScore, out: &mut String) {
    let _ = writeln!(out, "\nWhat became of what was judged");
    let mut table = Table::new(&[&["verdict", "all"], Outcome::NAMES].concat());
    for row in &score.verdicts {
        let counts = row.outcomes.iter().map(|(_, count)| count.to_string());
        table.line([row.verdict.to_string(), row.judgements.to_string()].into_iter().chain(counts).collect());
    }
    table.write(out);
}

fn confidences(score: &JudgedScore, out: &mut String) {
    let _ = writeln!(out, "\nWarnings if this were the least confidence");
    let titles = ["confidence", "judged", "right", "precision", "found", "recall", "unsure", "not judged"];
    let mut table = Table::new(&titles);
    for row in &score.confidences {
        let warnings = row.warnings;
        table.line(vec![
            row.least.to_string(),
            warnings.judged.to_string(),
            warnings.right.to_string(),
            percent(warnings.precision()),
            warnings.found.to_string(),
            percent(warnings.recall()),
            warnings.spared.to_string(),
            warnings.not_judged.to_string(),
        ]);
    }
    table.write(out);
}

/// Writes a table of groups, with a column for each verdict that some wrong warning has. `owes` adds the
/// columns of recall.
fn groups(title: &str, what: &str, owes: bool, groups: &[GroupScore], out: &mut String) {
    if groups.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    let is_used = |verdict: &&Verdict| groups.iter().any(|group| group.wrong.contains_key(*verdict));
    let wrong: Vec<Verdict> = Verdict::ALL.iter().filter(is_used).copied().collect();
    let mut titles = vec![what, "judged", "right", "precision"];
    if owes {
        titles.extend(["owed", "found", "recall"]);
    }
    titles.extend(wrong.iter().map(|verdict| verdict.name()));
    titles.extend(["unsure", "not judged"]);
    let mut table = Table::new(&titles);
    for group in groups {
        let GroupScore { name, warnings, .. } = group;
        let share = |whole: usize, share: f64| if whole == 0 { String::new() } else { percent(share) };
        let mut cells = vec![name.clone(), warnings.judged.to_string(), warnings.right.to_string()];
        cells.push(share(warnings.judged, warnings.precision()));
        if owes {
            cells.extend([warnings.owed.to_string(), warnings.found.to_string()]);
            cells.push(share(warnings.owed, warnings.recall()));
        }
        let count = |verdict: &Verdict| group.wrong.get(verdict).map_or(String::new(), ToString::to_string);
        cells.extend(wrong.iter().map(count));
        cells.extend([warnings.spared.to_string(), warnings.not_judged.to_string()]);
        table.line(cells);
    }
    table.write(out);
}

fn ways(ways: &[WayScore], out: &mut String) {
    if ways.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nNotes by the way in which their names were found");
    let mut table = Table::new(&["way", "judged", "right", "share", "complete", "unsure", "not judged"]);
    for WayScore { name, notes } in ways {
        let share = match notes.judged {
            0 => String::new(),
            judged => percent(notes.right as f64 / judged as f64),
        };
        let numbers = [notes.judged, notes.right, notes.complete, notes.spared, notes.not_judged];
        let mut cells: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        cells.insert(2, share);
        cells.insert(0, visible(name).into_owned());
        table.line(cells);
    }
    table.write(out);
}

fn mistakes(score: &JudgedScore, out: &mut String) {
    for kind in MistakeKind::ALL {
        let shown: Vec<&JudgedMistake> =
            score.mistakes.iter().filter(|mistake| mistake.mistake == *kind).collect();
        if shown.is_empty() {
            continue;
        }
        let count = score.mistake_counts.iter().find(|(of, _)| of == kind).map_or(0, |(_, count)| *count);
        let _ = writeln!(out, "\n{} of {count} {kind}", shown.len());
        shown.into_iter().for_each(|mistake| one_mistake(mistake, out));
    }
}

fn one_mistake(mistake: &JudgedMistake, out: &mut String) {
    let verdict = mistake.verdict.map(|verdict| verdict.to_string());
    let verdict_and_rule: Vec<String> = verdict.into_iter().chain(mistake.rule.clone()).collect();
    let _ = writeln!(
        out,
        "  {}:{}:{}: {}",
        visible(&mistake.file),
        mistake.line,
        mistake.column,
        visible(&verdict_and_rule.join(", "))
    );
    let _ = writeln!(out, "    {}", visible(&mistake.text));
    for (what, names) in [("said", &mistake.said), ("names", &mistake.names)] {
        if !names.is_empty() {
            let _ = writeln!(out, "    {what}: {}", visible(&names.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ConfidenceRow, NoteScore, VerdictRow};

    fn sample() -> JudgedScore {
        let warnings = WarningScore { judged: 8, right: 6, spared: 1, not_judged: 3, owed: 9, found: 7 };
        let outcomes =
            |counts: &[usize]| Outcome::ALL.iter().copied().zip(counts.iter().copied()).collect::<Vec<_>>();
        let group = |name: &str, warnings: WarningScore, wrong: &[(Verdict, usize)]| GroupScore {
            name: name.into(),
            warnings,
            wrong: wrong.iter().copied().collect(),
        };
        let mistake = |mistake, verdict, given: &[&str]| JudgedMistake {
            mistake,
            file: "one/paper.tex".into(),
            line: 4,
            column: 11,
            verdict,
            rule: Some("described/sized".into()),
            said: given.iter().map(|name| (*name).to_string()).collect(),
            names: vec!["Foo-2".into(), "Bar".into()],
            text: "sorted by [a leading\u{1b} chatbot] in May".into(),
        };
        JudgedScore {
            gold: "judged.jsonl".into(),
            papers: 3,
            judgements: 20,
            unsure: 4,
            lost: 1,
            warnings,
            notes: NoteScore { judged: 5, right: 4, complete: 3, spared: 0, not_judged: 2 },
            confidences: vec![ConfidenceRow { least: 0.8, warnings }],
            verdicts: vec![
                VerdictRow { verdict: Verdict::Right, judgements: 9, outcomes: outcomes(&[7, 1, 0, 1]) },
                VerdictRow { verdict: Verdict::Named, judgements: 7, outcomes: outcomes(&[1, 0, 5, 1]) },
            ],
            rules: vec![
                group("described/sized", warnings, &[(Verdict::Named, 1), (Verdict::Own, 1)]),
                group("described/judge", WarningScore { not_judged: 2, ..WarningScore::default() }, &[]),
            ],
            sections: vec![group("body", warnings, &[(Verdict::Named, 1), (Verdict::Own, 1)])],
            ways: vec![WayScore {
                name: "role: role judge".into(),
                notes: NoteScore { judged: 5, right: 4, complete: 3, spared: 0, not_judged: 2 },
            }],
            mistake_counts: MistakeKind::ALL.iter().map(|kind| (*kind, 2)).collect(),
            mistakes: vec![
                mistake(MistakeKind::WrongWarning, Some(Verdict::Named), &[]),
                mistake(MistakeKind::WrongNames, Some(Verdict::Named), &["Baz"]),
                JudgedMistake { names: Vec::new(), ..mistake(MistakeKind::NotJudged, None, &[]) },
            ],
        }
    }

    #[test]
    fn the_measures_of_judged_papers_read_well() {
        insta::assert_snapshot!(judged_text(&sample()));
    }
}
