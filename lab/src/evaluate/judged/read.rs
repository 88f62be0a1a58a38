//! Reads a file of judgements and a folder of papers into papers with judged places.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use byname::collection::{Failure, read_single, walk};
use byname::document::{ByteSpan, Document, ReadError, ReadLimits, RecordFields};
use rayon::prelude::*;
use serde_json::Value;

use super::Judgement;
use super::place::Letters;

/// A paper with its judgements.
#[derive(Debug)]
pub struct JudgedPaper {
    /// The paper.
    pub document: Document,
    /// Each judgement with its place in the prose; `None` if the phrase was not found there.
    pub judgements: Vec<(Judgement, Option<ByteSpan>)>,
}

/// The papers judged in one file.
#[derive(Debug)]
pub struct JudgedSet {
    /// Its name in reports: the path as the user gave it.
    pub name: String,
    /// The papers, in the order of their names.
    pub papers: Vec<JudgedPaper>,
    /// Faults of the file, and papers that could not be read.
    pub failures: Vec<Failure>,
}

/// Returns whether a file holds judgements on papers: whether its first line is a JSON object with a `paper`
/// and a `verdict`.
pub fn holds_judgements(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let mut line = String::new();
    let mut reader = std::io::Read::take(BufReader::new(file), 1 << 20);
    if reader.read_line(&mut line).is_err() {
        return false;
    }
    let first: Option<Value> = serde_json::from_str(&line).ok();
    first.is_some_and(|first| {
        ["paper", "verdict"].iter().all(|key| first.get(key).is_some_and(Value::is_string))
    })
}

/// Reads a file of judgements, and the papers that they refer to from the folder `papers`. Faults are
/// reported with their line, and the rest is still read.
///
/// # Errors
/// Fails if the file cannot be read at all.
pub fn read_judged(path: &Path, papers: &Path, limits: ReadLimits) -> std::io::Result<JudgedSet> {
    let name = path.display().to_string();
    let mut by_paper: BTreeMap<String, Vec<(usize, Judgement)>> = BTreeMap::new();
    let mut faults: Vec<(usize, ReadError)> = Vec::new();
    for (index, line) in BufReader::new(File::open(path)?).split(b'\n').enumerate() {
        let (line, number) = (line?, index + 1);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Judgement>(&line) {
            Ok(judgement) => {
                by_paper.entry(judgement.paper.clone()).or_default().push((number, judgement));
            }
            Err(error) => faults.push((number, fault(format!("this is no judgement: {error}")))),
        }
    }
    let read: Vec<_> = by_paper
        .into_par_iter()
        .map(|(paper, judgements)| read_paper(&papers.join(&paper), judgements, limits))
        .collect();
    let mut set = JudgedSet { name, papers: Vec::new(), failures: Vec::new() };
    for (paper, found) in read {
        set.papers.push(paper);
        faults.extend(found);
    }
    faults.sort_by_key(|(line, _)| *line);
    set.failures.extend(
        faults.into_iter().map(|(line, error)| Failure { document: format!("{}:{line}", set.name), error }),
    );
    Ok(set)
}

fn fault(message: String) -> ReadError {
    ReadError::new("invalid-gold", message)
}

/// Reads a paper and locates its judgements; also returns the faults with their lines.
fn read_paper(
    path: &Path,
    judgements: Vec<(usize, Judgement)>,
    limits: ReadLimits,
) -> (JudgedPaper, Vec<(usize, ReadError)>) {
    let first_line = judgements.first().map_or(0, |(line, _)| *line);
    let mut faults = Vec::new();
    let mut best: Option<(Document, Vec<Option<ByteSpan>>)> = None;
    let found = |places: &[Option<ByteSpan>]| places.iter().flatten().count();
    for input in walk(vec![path.to_path_buf()]) {
        let read = input.and_then(|input| {
            let read = read_single(&input, None, &RecordFields::default(), limits);
            read.map_err(|error| Failure { document: input.shown, error })
        });
        match read {
            Ok(single) => {
                let document = single.document;
                let letters = Letters::of(&document.prose);
                let place = |(_, judgement): &(usize, Judgement)| {
                    letters.find(&judgement.text, &judgement.before, &judgement.after)
                };
                let places: Vec<_> = judgements.iter().map(place).collect();
                // A folder may hold more than one text; the one that was judged holds the places.
                if best.as_ref().is_none_or(|(_, others)| found(&places) > found(others)) {
                    best = Some((document, places));
                }
            }
            Err(Failure { document, error }) => {
                faults.push((first_line, fault(format!("{document}: {}", error.message))));
            }
        }
    }
    let Some((document, places)) = best else {
        let judgements = judgements.into_iter().map(|(_, judgement)| (judgement, None)).collect();
        let document = Document::from_prose(path.display().to_string(), "");
        return (JudgedPaper { document, judgements }, faults);
    };
    faults.clear(); // what was judged could be read
    for ((line, judgement), place) in judgements.iter().zip(&places) {
        if place.is_none() {
            let message = format!(
                "\"{}\" does not stand in {} with these words around it; judge the place anew",
                judgement.text, document.id
            );
            faults.push((*line, fault(message)));
        }
    }
    let judgements = judgements.into_iter().map(|(_, judgement)| judgement).zip(places).collect();
    (JudgedPaper { document, judgements }, faults)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::evaluate::Verdict;

    fn row(paper: &str, text: &str, verdict: &str) -> String {
        format!("{{\"paper\":\"{paper}\",\"text\":\"{text}\",\"verdict\":\"{verdict}\"}}")
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("one")).unwrap();
        fs::write(folder.path().join("one/paper.md"), "They asked a model. It answered.").unwrap();
        let rows = [
            row("one", "a model", "right"),
            "{\"paper\": \"one\"}".to_string(),
            String::new(),
            row("one", "a parser", "own"),
            row("one", "a model", "splendid"),
            row("lost", "a model", "own"),
        ];
        let gold = folder.path().join("judged.jsonl");
        fs::write(&gold, rows.join("\n")).unwrap();
        assert!(holds_judgements(&gold) && !holds_judgements(&folder.path().join("one/paper.md")));
        let set = read_judged(&gold, folder.path(), ReadLimits::default()).unwrap();
        let shown = |failure: &Failure| {
            let line = failure.document.rsplit_once(':').map_or("", |(_, line)| line);
            format!(":{line} {}", failure.error.message)
        };
        let messages: Vec<String> = set.failures.iter().map(shown).collect();
        for (message, (place, cause)) in messages.iter().zip([
            (":2", "this is no judgement: missing field `text`"),
            (":4", "\"a parser\" does not stand in"),
            (":5", "unknown variant `splendid`"),
            (":6", "no such file"),
        ]) {
            assert!(message.starts_with(place) && message.contains(cause), "{message}");
        }
        assert_eq!((messages.len(), set.papers.len()), (4, 2));
        let (judgement, place) = &set.papers[1].judgements[0];
        assert_eq!((judgement.verdict, place.unwrap().start), (Verdict::Right, 11));
        assert!(set.papers[0].judgements[0].1.is_none(), "what is owed stays owed where its paper is lost");
    }
}
