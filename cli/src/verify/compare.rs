//! Comparison of saved findings with those of a new run.

use byname::diagnose::{FindingKey, pair};

use super::paper_findings::{PaperFinding, PaperFindings};
use super::verdict::{Standing, Verdict};

/// Returns a verdict on every finding of `then`, depending on `now`, the same paper read again. If it could
/// not be read again, `now` is the standing of all its findings.
pub fn compare(then: &PaperFindings, now: Result<&PaperFindings, Standing>) -> Vec<Verdict> {
    let because = now.map(|now| differences(then, now)).unwrap_or_default();
    let mut partners = now.map(|now| partners(then, now)).unwrap_or_default().into_iter();
    let mut verdicts = Vec::new();
    for was in &then.findings {
        let first = was.mentions.first();
        let mut verdict = Verdict {
            document: then.document.clone(),
            verdict: now.err().unwrap_or(Standing::Gone),
            text: first.map(|mention| mention.text.clone()).unwrap_or_default(),
            line: first.map_or(0, |mention| mention.line),
            column: first.map_or(0, |mention| mention.column),
            was: was.answer.clone(),
            is: None,
            now_at: None,
            because: Vec::new(),
        };
        if let Some(is) = partners.next().flatten() {
            let place = is.mentions.first().map(|mention| (mention.line, mention.column));
            verdict.now_at = place.filter(|place| *place != (verdict.line, verdict.column));
            verdict.is = Some(is.answer.clone()).filter(|is| *is != verdict.was);
            verdict.verdict = match (&verdict.is, was.mentions == is.mentions) {
                (Some(_), _) => Standing::Changed,
                (None, false) => Standing::Moved,
                (None, true) => Standing::Stands,
            };
        }
        if verdict.verdict != Standing::Stands {
            verdict.because.clone_from(&because);
        }
        verdicts.push(verdict);
    }
    verdicts
}

/// Lists what has changed between two runs: text, catalogue, program.
fn differences(then: &PaperFindings, now: &PaperFindings) -> Vec<&'static str> {
    let (Some(then), Some(now)) = (&then.provenance, &now.provenance) else { return Vec::new() };
    let parts = [
        ("text", &then.text, &now.text),
        ("catalogue", &then.catalogue, &now.catalogue),
        ("program", &then.program, &now.program),
    ];
    parts.iter().filter(|(_, then, now)| then != now).map(|(what, ..)| *what).collect()
}

/// Returns for each finding of `then` the one of `now` that it is. Where `then` keeps no sentences, those of `now`
/// are left out.
fn partners<'n>(then: &PaperFindings, now: &'n PaperFindings) -> Vec<Option<&'n PaperFinding>> {
    let without_sentences = !then.findings.iter().any(PaperFinding::has_sentence);
    let keys = |findings: &[PaperFinding]| -> Vec<FindingKey<'static>> {
        let key = |finding: &PaperFinding| match without_sentences {
            true => FindingKey::of_parts("", finding.key.mention(), ""),
            false => finding.key.clone(),
        };
        findings.iter().map(key).collect()
    };
    let pairs = pair(&keys(&now.findings), &keys(&then.findings));
    pairs.into_iter().map(|place| place.and_then(|place| now.findings.get(place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saved::SavedProvenance;
    use crate::verify::paper_findings::PlacedMention;

    /// Creates the findings of a paper, each from a text, a start and the name of its system.
    fn findings(text_hash: &str, findings: &[(&str, usize, &str)]) -> PaperFindings {
        let finding = |(text, start, name): &(&str, usize, &str)| PaperFinding {
            mentions: vec![PlacedMention {
                file: None,
                start: *start,
                end: start + text.len(),
                line: 1,
                column: start + 1,
                text: text.to_string(),
            }],
            key: FindingKey::of_parts("", text, ""),
            answer: format!("linked {name}"),
        };
        PaperFindings {
            document: "a.md".to_string(),
            provenance: Some(SavedProvenance {
                text: text_hash.to_string(),
                catalogue: "c".to_string(),
                program: "p".to_string(),
            }),
            findings: findings.iter().map(finding).collect(),
        }
    }

    #[test]
    fn every_way_to_stand_or_fall_is_told_with_its_cause() {
        let then = findings("1", &[("one", 0, "A"), ("two", 10, "B"), ("three", 20, "C"), ("four", 30, "D")]);
        let now = findings("2", &[("one", 0, "A"), ("two", 15, "B"), ("three", 25, "X")]);
        let verdicts: Vec<String> = compare(&then, Ok(&now))
            .iter()
            .map(|verdict| {
                format!("{} {} {:?} {:?}", verdict.verdict, verdict.text, verdict.is, verdict.because)
            })
            .collect();
        assert_eq!(
            verdicts,
            [
                "stands one None []",
                "moved two None [\"text\"]",
                "changed three Some(\"linked X\") [\"text\"]",
                "gone four None [\"text\"]",
            ]
        );
        let lost = compare(&then, Err(Standing::Missing));
        assert!(lost.len() == 4 && lost.iter().all(|verdict| verdict.verdict == Standing::Missing));
    }

    #[test]
    fn a_finding_is_found_again_by_its_sentence_when_its_other_mentions_changed() {
        let in_sentence = |mut paper: PaperFindings, after: &str| {
            paper.findings[0].key = FindingKey::of_parts("We asked ", "a model", after);
            paper
        };
        let then = in_sentence(findings("1", &[("a model", 9, "A")]), " to grade.");
        let mut now = in_sentence(findings("2", &[("a model", 40, "A")]), "  to\ngrade. ");
        now.findings[0].mentions.push(then.findings[0].mentions[0].clone());
        now.findings[0].mentions[1].text = "the model".to_string();
        assert_eq!(compare(&then, Ok(&now))[0].verdict, Standing::Moved);
        let without_sentence = findings("1", &[("a model", 9, "A")]);
        assert_eq!(compare(&without_sentence, Ok(&now))[0].verdict, Standing::Moved, "older results");
        let elsewhere =
            in_sentence(findings("2", &[("a model", 9, "A")]), " of rain and wind at sea for years.");
        assert_eq!(compare(&then, Ok(&elsewhere))[0].verdict, Standing::Gone);
    }

    #[test]
    fn the_same_paper_stands_as_a_whole() {
        let paper = findings("1", &[("one", 0, "A"), ("one", 10, "A"), ("one", 20, "B")]);
        assert!(compare(&paper, Ok(&paper)).iter().all(|verdict| verdict.verdict == Standing::Stands));
    }
}
