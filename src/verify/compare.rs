//! What was found then against what is found now.

use super::verdict::{Standing, Verdict};
use crate::saved::{SavedDocument, SavedMention, SavedReference};

/// Says of every finding of `then` whether it still stands in `now`, the same paper read again; without it
/// all have the given standing.
pub fn compare(then: &SavedDocument, now: Result<&SavedDocument, Standing>) -> Vec<Verdict> {
    let because = now.map(|now| differences(then, now)).unwrap_or_default();
    let mut left: Vec<&SavedReference> = now.map(|now| now.references.iter().collect()).unwrap_or_default();
    let mut verdicts = Vec::new();
    for was in &then.references {
        let found =
            now.ok().and_then(|now| find(then, was, now, &left).map(|place| (now, left.remove(place))));
        let first = first_mention(then, was);
        let mut verdict = Verdict {
            document: then.document.clone(),
            verdict: now.err().unwrap_or(Standing::Gone),
            text: first.map(|mention| mention.text.clone()).unwrap_or_default(),
            line: first.map_or(0, |mention| mention.line),
            column: first.map_or(0, |mention| mention.column),
            was: was.answer(),
            is: None,
            now_at: None,
            because: Vec::new(),
        };
        if let Some((now, is)) = found {
            let place = first_mention(now, is).map(|mention| (mention.line, mention.column));
            verdict.now_at = place.filter(|place| *place != (verdict.line, verdict.column));
            verdict.is = Some(is.answer()).filter(|is| *is != verdict.was);
            verdict.verdict = match (&verdict.is, spans(then, was) == spans(now, is)) {
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

/// What is no longer as it was.
fn differences(then: &SavedDocument, now: &SavedDocument) -> Vec<&'static str> {
    let (Some(then), Some(now)) = (&then.provenance, &now.provenance) else { return Vec::new() };
    let parts = [
        ("text", &then.text, &now.text),
        ("catalogue", &then.catalogue, &now.catalogue),
        ("program", &then.program, &now.program),
    ];
    parts.iter().filter(|(_, then, now)| then != now).map(|(what, ..)| *what).collect()
}

/// The place in `left` of the reference that was `was`: the one at the same places, else the one with the
/// same words, else one that shares a place with it.
fn find(
    then: &SavedDocument,
    was: &SavedReference,
    now: &SavedDocument,
    left: &[&SavedReference],
) -> Option<usize> {
    let (old_spans, old_words) = (spans(then, was), words(then, was));
    left.iter()
        .position(|is| spans(now, is) == old_spans)
        .or_else(|| left.iter().position(|is| words(now, is) == old_words))
        .or_else(|| left.iter().position(|is| spans(now, is).iter().any(|span| old_spans.contains(span))))
}

fn mentions<'a>(
    document: &'a SavedDocument,
    reference: &'a SavedReference,
) -> impl Iterator<Item = &'a SavedMention> {
    reference.mentions.iter().filter_map(|index| document.mentions.get(*index))
}

fn first_mention<'a>(document: &'a SavedDocument, reference: &'a SavedReference) -> Option<&'a SavedMention> {
    mentions(document, reference).next()
}

type SpanAndWords<'a> = (Option<&'a str>, usize, usize, &'a str);

fn spans<'a>(document: &'a SavedDocument, reference: &'a SavedReference) -> Vec<SpanAndWords<'a>> {
    let span = |found: &'a SavedMention| (found.file.as_deref(), found.start, found.end, found.text.as_str());
    mentions(document, reference).map(span).collect()
}

fn words<'a>(document: &'a SavedDocument, reference: &'a SavedReference) -> Vec<&'a str> {
    mentions(document, reference).map(|mention| mention.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of which each finding is a text, a start and an answer.
    fn document(text_hash: &str, findings: &[(&str, usize, &str)]) -> SavedDocument {
        let mention = |(text, start, _): &(&str, usize, &str)| serde_json::json!({"text": text, "start": start, "end": start + text.len(), "line": 1, "column": start + 1});
        let reference = |(index, (_, _, name)): (usize, &(&str, usize, &str))| serde_json::json!({"state": "linked", "mentions": [index], "candidates": [{"name": name}]});
        serde_json::from_value(serde_json::json!({
            "document": "a.md",
            "provenance": {"text": text_hash, "catalogue": "c", "program": "p"},
            "mentions": findings.iter().map(mention).collect::<Vec<_>>(),
            "references": findings.iter().enumerate().map(reference).collect::<Vec<_>>(),
        }))
        .unwrap()
    }

    #[test]
    fn every_way_to_stand_or_fall_is_told_with_its_cause() {
        let then = document("1", &[("one", 0, "A"), ("two", 10, "B"), ("three", 20, "C"), ("four", 30, "D")]);
        let now = document("2", &[("one", 0, "A"), ("two", 15, "B"), ("three", 25, "X")]);
        let told: Vec<String> = compare(&then, Ok(&now))
            .iter()
            .map(|verdict| {
                format!("{} {} {:?} {:?}", verdict.verdict, verdict.text, verdict.is, verdict.because)
            })
            .collect();
        assert_eq!(
            told,
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
    fn the_same_paper_stands_as_a_whole() {
        let paper = document("1", &[("one", 0, "A"), ("one", 10, "A"), ("one", 20, "B")]);
        assert!(compare(&paper, Ok(&paper)).iter().all(|verdict| verdict.verdict == Standing::Stands));
    }
}
