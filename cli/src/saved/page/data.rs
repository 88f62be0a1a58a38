//! The data of a page: JSON that its script reads, with only the texts that its references use.

use std::collections::HashMap;

use byname::document::PartialDate;
use serde::Serialize;

use crate::saved::gathered::{Gathered, Row};

/// Short names of the fields of a reference, written into the data for whoever reads it.
const COLUMNS: [&str; 11] = [
    "paper",
    "state",
    "level",
    "kind",
    "type",
    "confidence",
    "mention",
    "unknown",
    "answer, probability",
    "names",
    "system, probability, ...",
];
/// Short names of the fields of a reference's details.
const DETAILS: [&str; 9] = [
    "before",
    "after",
    "file",
    "line",
    "column",
    "page",
    "section",
    "suppressed",
    "clue, weight, ... of each candidate",
];

/// The data of a page, to which references are added one by one.
#[derive(Debug)]
pub(super) struct PageData<'g> {
    gathered: &'g Gathered,
    papers: Used,
    organisations: Used,
    systems: Used,
    clues: Used,
    words: Used,
    references: Vec<u8>,
    details: Vec<u8>,
    /// Approximate size in bytes of the texts used so far, as written.
    texts: usize,
}

/// Numbers of the texts that a page uses, in order of first use.
#[derive(Debug, Default)]
struct Used {
    list: Vec<u32>,
    places: HashMap<u32, usize>,
}

impl Used {
    /// Returns the index of a text on the page, and whether it was just added.
    fn place(&mut self, number: u32) -> (usize, bool) {
        let next = self.list.len();
        let place = *self.places.entry(number).or_insert(next);
        if place == next {
            self.list.push(number);
        }
        (place, place == next)
    }
}

impl<'g> PageData<'g> {
    pub(super) fn new(gathered: &'g Gathered) -> Self {
        Self {
            gathered,
            papers: Used::default(),
            organisations: Used::default(),
            systems: Used::default(),
            clues: Used::default(),
            words: Used::default(),
            references: Vec::new(),
            details: Vec::new(),
            texts: 0,
        }
    }

    /// Returns the approximate size of the data, in bytes.
    pub(super) fn size(&self) -> usize {
        self.references.len() + self.details.len() + self.texts
    }

    /// Adds the part of a reference that the table and the filters need.
    pub(super) fn add_reference(&mut self, row: &Row) {
        let gathered = self.gathered;
        let (paper, is_new) = self.papers.place(row.paper);
        if let Some(facts) = gathered.paper(row).filter(|_| is_new) {
            self.texts += written(&facts.id) + facts.title.as_deref().map_or(4, written) + 24;
            for organisation in &facts.organisations {
                let text = gathered.organisations.get(*organisation);
                use_text(&mut self.organisations, &mut self.texts, *organisation, text);
            }
        }
        let mut word =
            |number: u32| use_text(&mut self.words, &mut self.texts, number, gathered.words.get(number));
        let [state, level, kind, entity_type] =
            [row.state, row.level, row.kind, row.entity_type].map(&mut word);
        let mut candidates: Vec<Number> = Vec::with_capacity(2 * row.candidates.len());
        for candidate in &row.candidates {
            let (key, name) =
                (gathered.systems.get(candidate.system), gathered.system_name(candidate.system));
            let (place, is_new) = self.systems.place(candidate.system);
            if is_new {
                self.texts += written(key) + written(name) + 4;
            }
            candidates.extend([Number::Place(place), Number::Share(candidate.probability)]);
        }
        push(
            &mut self.references,
            &(
                paper,
                state,
                level,
                kind,
                entity_type,
                row.confidence,
                &row.text,
                row.unknown,
                &row.answer,
                &row.names,
                candidates,
            ),
        );
    }

    /// Adds the details of a reference, which are shown when it is opened.
    pub(super) fn add_detail(&mut self, row: &Row) {
        let gathered = self.gathered;
        let mut evidence: Vec<Vec<Number>> = Vec::with_capacity(row.candidates.len());
        for candidate in &row.candidates {
            let mut clues = Vec::with_capacity(2 * candidate.evidence.len());
            for (clue, weight) in &candidate.evidence {
                let place = use_text(&mut self.clues, &mut self.texts, *clue, gathered.clues.get(*clue));
                clues.extend([Number::Place(place), Number::Share(*weight)]);
            }
            evidence.push(clues);
        }
        let mut word =
            |number: u32| use_text(&mut self.words, &mut self.texts, number, gathered.words.get(number));
        let ((file, line, column), section) = (row.place, word(row.section));
        let file = word(file);
        push(
            &mut self.details,
            &(&row.before, &row.after, file, line, column, row.page, section, &row.suppressed, evidence),
        );
    }

    /// Writes the data as JSON in which no text can close the element that contains it.
    ///
    /// `first` is the number of the first reference. `parts` lists the other pages that hold details, each
    /// with the number of its first reference.
    pub(super) fn write(mut self, first: usize, parts: &[(usize, String)], out: &mut Vec<u8>) {
        let gathered = self.gathered;
        let mut papers = Vec::with_capacity(self.papers.list.len());
        for number in &self.papers.list {
            let Some(paper) = gathered.papers.get(*number as usize) else { continue };
            let places = paper.organisations.iter();
            let organisations: Vec<usize> = places.map(|place| self.organisations.place(*place).0).collect();
            papers.push(PaperValue(&paper.id, paper.title.as_deref(), paper.date, organisations));
        }
        let texts = |used: &Used, get: &dyn Fn(u32) -> &'g str| -> Vec<&'g str> {
            used.list.iter().map(|number| get(*number)).collect()
        };
        let systems = self.systems.list.iter();
        let tables = Tables {
            columns: COLUMNS,
            details_columns: DETAILS,
            first,
            parts,
            papers,
            organisations: texts(&self.organisations, &|number| gathered.organisations.get(number)),
            systems: systems
                .map(|number| (gathered.systems.get(*number), gathered.system_name(*number)))
                .collect(),
            clues: texts(&self.clues, &|number| gathered.clues.get(number)),
            words: texts(&self.words, &|number| gathered.words.get(number)),
        };
        let mut begun = Vec::new();
        push(&mut begun, &tables);
        begun.pop(); // the brace: references and details are part of the same object
        out.extend_from_slice(&begun);
        out.extend_from_slice(b",\n\"references\":[");
        out.extend_from_slice(self.references.strip_prefix(b",\n").unwrap_or(&self.references));
        out.extend_from_slice(b"],\n\"details\":[");
        out.extend_from_slice(self.details.strip_prefix(b",\n").unwrap_or(&self.details));
        out.extend_from_slice(b"]}");
    }
}

#[derive(Serialize)]
struct Tables<'a> {
    columns: [&'static str; 11],
    details_columns: [&'static str; 9],
    first: usize,
    parts: &'a [(usize, String)],
    papers: Vec<PaperValue<'a>>,
    organisations: Vec<&'a str>,
    systems: Vec<(&'a str, &'a str)>,
    clues: Vec<&'a str>,
    words: Vec<&'a str>,
}

/// Id, title, date and organisations.
#[derive(Serialize)]
struct PaperValue<'a>(&'a str, Option<&'a str>, Option<PartialDate>, Vec<usize>);

/// An index or a share, for lists that hold both.
#[derive(Serialize)]
#[serde(untagged)]
enum Number {
    Place(usize),
    Share(f32),
}

fn use_text(used: &mut Used, texts: &mut usize, number: u32, text: &str) -> usize {
    let (place, is_new) = used.place(number);
    if is_new {
        *texts += written(text);
    }
    place
}

/// Returns the approximate number of bytes that a text takes as JSON.
fn written(text: &str) -> usize {
    let escapes = text.bytes().filter(|byte| matches!(byte, b'<' | b'>' | b'&')).count();
    text.len() + text.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count() + 5 * escapes + 3
}

/// Appends a value, after a comma unless it is an object. In JSON, `<` occurs only in texts, where it may be
/// escaped.
fn push(out: &mut Vec<u8>, value: &impl Serialize) {
    let Ok(json) = serde_json::to_vec(value) else { return };
    if !json.starts_with(b"{") {
        out.extend_from_slice(b",\n");
    }
    for byte in json {
        match byte {
            b'<' => out.extend_from_slice(b"\\u003c"),
            b'>' => out.extend_from_slice(b"\\u003e"),
            b'&' => out.extend_from_slice(b"\\u0026"),
            _ => out.push(byte),
        }
    }
}
