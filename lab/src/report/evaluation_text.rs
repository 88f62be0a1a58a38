//! Rendering of the measures of gold sets.

use std::fmt::Write as _;

use byname::report::visible;

use super::table::{Table, percent};
use crate::evaluate::{DRAWS, Evaluation, LinkScore, Mistake, WrongLink};

/// Renders the measures of one gold set.
pub fn evaluation_text(evaluation: &Evaluation) -> String {
    let mut out = String::new();
    let Evaluation { documents, mentions, .. } = evaluation;
    let papers = if *documents == 1 { "paper" } else { "papers" };
    let _ = writeln!(out, "{}: {documents} {papers}, {mentions} gold mentions", visible(&evaluation.gold));
    if mentions > &0 {
        scores(evaluation, &mut out);
        confusion(evaluation, &mut out);
        naming(evaluation, &mut out);
        worst(evaluation, &mut out);
    }
    if let Some(links) = &evaluation.links {
        link_scores(links, &mut out);
    }
    errors(evaluation, &mut out);
    out
}

fn scores(evaluation: &Evaluation, out: &mut String) {
    let _ = writeln!(
        out,
        "\nMentions found, in percent (F1 with its 95 % interval over {DRAWS} draws of papers)"
    );
    let mut table = Table::new(&[
        "label",
        "gold",
        "found",
        "exact P",
        "R",
        "F1",
        "interval",
        "partial P",
        "R",
        "F1",
        "interval",
    ]);
    for row in &evaluation.scores {
        let mut cells = vec![row.name.clone(), row.counts.gold.to_string(), row.counts.found.to_string()];
        for (score, interval) in [(row.exact, row.exact_interval), (row.partial, row.partial_interval)] {
            cells.extend([score.precision, score.recall, score.f1].map(percent));
            cells.push(format!("{}-{}", percent(interval.low), percent(interval.high)));
        }
        table.line(cells);
    }
    table.write(out);
    let spared = evaluation.scores.last().map_or(0, |row| row.counts.spared);
    if spared > 0 {
        let _ =
            writeln!(out, "  {spared} more were found where the gold leaves it open; they count neither way");
    }
}

fn confusion(evaluation: &Evaluation, out: &mut String) {
    let _ = writeln!(out, "\nWhat gold mentions were taken for");
    let columns: Vec<&str> = evaluation.confusion.columns.iter().map(String::as_str).collect();
    let mut table = Table::new(&[&["label"], columns.as_slice()].concat());
    for row in evaluation.confusion.rows.iter().filter(|row| row.counts.iter().any(|count| *count > 0)) {
        let counts = row.counts.iter().map(ToString::to_string);
        table.line([row.label.clone()].into_iter().chain(counts).collect());
    }
    table.write(out);
}

fn naming(evaluation: &Evaluation, out: &mut String) {
    let naming = evaluation.naming;
    if naming.named + naming.nameless > 0 {
        out.push('\n');
    }
    if naming.named > 0 {
        let _ = writeln!(out, "Named in the text: {} of {} right", naming.named_right, naming.named);
    }
    if naming.nameless > 0 {
        let _ = writeln!(out, "Rightly without a name: {} of {}", naming.nameless_right, naming.nameless);
    }
}

fn worst(evaluation: &Evaluation, out: &mut String) {
    if evaluation.worst.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nPapers with the most mistakes");
    let mut table = Table::new(&["paper", "missed", "false alarms", "exact F1", "partial F1"]);
    for paper in &evaluation.worst {
        table.line(vec![
            paper.document.clone(),
            paper.missed.to_string(),
            paper.false_alarms.to_string(),
            percent(paper.exact.f1),
            percent(paper.partial.f1),
        ]);
    }
    table.write(out);
}

fn link_scores(links: &LinkScore, out: &mut String) {
    let share = |part: usize, whole: usize| percent(part as f64 / whole.max(1) as f64);
    let _ = writeln!(out, "\nLinks");
    let _ = writeln!(
        out,
        "  {} with a known system: found {}, right one first {}, in five {}, MRR {:.3}",
        links.owed,
        share(links.seen, links.owed),
        share(links.first, links.owed),
        share(links.in_five, links.owed),
        links.mean_reciprocal_rank
    );
    let _ = writeln!(
        out,
        "  calibration error {:.3}, Brier score {:.3}, log loss {:.3}",
        links.calibration_error, links.brier, links.log_loss
    );
    if links.open > 0 {
        let _ = writeln!(out, "  rightly left open: {} of {}", links.left_open, links.open);
    }
    let mut table = Table::new(&["probability of the first", "answers", "said", "right"]);
    for bin in links.reliability.iter().filter(|bin| bin.answers > 0) {
        table.line(vec![
            format!("{:.1} to {:.1}", bin.from, bin.from + 0.1),
            bin.answers.to_string(),
            percent(bin.said),
            percent(bin.right),
        ]);
    }
    table.write(out);
}

fn errors(evaluation: &Evaluation, out: &mut String) {
    for (fault, count) in &evaluation.faults {
        let shown: Vec<&Mistake> =
            evaluation.mistakes.iter().filter(|mistake| mistake.fault == *fault).collect();
        if shown.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{} of {count} {fault}", shown.len());
        for mistake in shown {
            let labels = match (&mistake.gold, &mistake.found) {
                (Some(gold), Some(found)) => format!("{gold}, found as {found}"),
                (Some(label), None) | (None, Some(label)) => label.clone(),
                (None, None) => String::new(),
            };
            let (line, column) = (mistake.line, mistake.column);
            let _ = writeln!(out, "  {}:{line}:{column}: {labels}", visible(&mistake.document));
            let _ = writeln!(out, "    {}", visible(&mistake.text));
        }
    }
    if !evaluation.wrong_links.is_empty() {
        let shown = evaluation.wrong_links.len();
        let _ = writeln!(out, "\n{shown} of {} wrong links", evaluation.wrong_link_count);
        evaluation.wrong_links.iter().for_each(|wrong| wrong_link(wrong, out));
    }
}

fn wrong_link(wrong: &WrongLink, out: &mut String) {
    let answer = wrong.answer.as_deref().unwrap_or("to be left open");
    let candidates: Vec<String> = wrong
        .candidates
        .iter()
        .map(|(name, probability)| format!("{} {}", visible(name), percent(*probability)))
        .collect();
    let reported = match (wrong.seen, candidates.is_empty()) {
        (false, _) => "the mention was not found".to_string(),
        (true, true) => "no candidate".to_string(),
        (true, false) => candidates.join(", "),
    };
    let _ = writeln!(out, "  {}: {}; said: {reported}", visible(&wrong.document), visible(answer));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{
        Confusion, ConfusionRow, Counts, Fault, Interval, NamingScore, PaperScore, ReliabilityBin, RowScore,
    };

    fn row(name: &str, counts: Counts) -> RowScore {
        RowScore {
            name: name.into(),
            counts,
            exact: counts.exact_score(),
            exact_interval: Interval { low: 0.25, high: 0.75 },
            partial: counts.partial_score(),
            partial_interval: Interval { low: 0.5, high: 1.0 },
        }
    }

    fn sample() -> Evaluation {
        let counts = Counts { gold: 12, found: 10, exact: 6, gold_touched: 9, found_touched: 8, spared: 2 };
        let mistake = |fault, gold: Option<&str>, found: Option<&str>| Mistake {
            fault,
            document: "letters.txt".into(),
            line: 3,
            column: 14,
            gold: gold.map(Into::into),
            found: found.map(Into::into),
            text: "sorted by [a leading\u{1b} chatbot] in May".into(),
        };
        let bin = ReliabilityBin { from: 0.8, answers: 5, said: 0.85, right: 0.8 };
        Evaluation {
            gold: "gold.toml".into(),
            documents: 4,
            mentions: 14,
            scores: vec![row("described-model", counts), row("all", counts)],
            confusion: Confusion {
                columns: vec!["named".into(), "described".into(), "missed".into()],
                rows: vec![
                    ConfusionRow { label: "described-model".into(), counts: vec![1, 8, 3] },
                    ConfusionRow { label: "own-model".into(), counts: vec![0, 0, 0] },
                    ConfusionRow { label: "not gold".into(), counts: vec![0, 2, 0] },
                ],
            },
            naming: NamingScore { named: 4, named_right: 3, nameless: 5, nameless_right: 5 },
            links: Some(LinkScore {
                owed: 6,
                seen: 6,
                first: 4,
                in_five: 5,
                mean_reciprocal_rank: 0.75,
                calibration_error: 0.05,
                brier: 0.1,
                log_loss: 1.25,
                open: 2,
                left_open: 1,
                reliability: vec![ReliabilityBin::default(), bin],
            }),
            worst: vec![PaperScore {
                document: "letters.txt".into(),
                missed: 2,
                false_alarms: 1,
                exact: counts.exact_score(),
                partial: counts.partial_score(),
            }],
            faults: vec![
                (Fault::Missed, 3),
                (Fault::FalseAlarm, 2),
                (Fault::WrongLabel, 1),
                (Fault::WrongBounds, 0),
            ],
            mistakes: vec![
                mistake(Fault::Missed, Some("described-model"), None),
                mistake(Fault::FalseAlarm, None, Some("own model")),
                mistake(Fault::WrongLabel, Some("described-model"), Some("named model")),
            ],
            wrong_link_count: 3,
            wrong_links: vec![
                WrongLink {
                    document: "a".into(),
                    answer: Some("Foo".into()),
                    seen: true,
                    candidates: vec![("Bar".into(), 0.7)],
                },
                WrongLink { document: "b".into(), answer: None, seen: true, candidates: vec![] },
                WrongLink {
                    document: "c".into(),
                    answer: Some("Foo".into()),
                    seen: false,
                    candidates: vec![],
                },
            ],
        }
    }

    #[test]
    fn the_measures_read_well() {
        insta::assert_snapshot!(evaluation_text(&sample()));
    }

    #[test]
    fn what_the_gold_does_not_hold_is_not_told() {
        let bare = Evaluation {
            mentions: 0,
            naming: NamingScore::default(),
            links: None,
            mistakes: Vec::new(),
            wrong_links: Vec::new(),
            ..sample()
        };
        assert_eq!(evaluation_text(&bare), "gold.toml: 4 papers, 0 gold mentions\n");
    }
}
