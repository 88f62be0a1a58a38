//! The metadata of a paper, for `byname text --metadata`.

use std::io;

use serde::Serialize;

use super::push_pretty_json;
use super::values::Remark;
use crate::document::{
    ByteSpan, CitedWork, DateSource, Document, PartialDate, Places, ReadError, SectionKind,
};

/// The metadata of a paper, as one JSON object.
#[derive(Serialize)]
pub struct Metadata<'a> {
    document: &'a str,
    title: Option<&'a str>,
    date: Option<PartialDate>,
    date_source: Option<DateSource>,
    arxiv: Option<&'a str>,
    authors: &'a [String],
    organisations: &'a [String],
    files: Vec<String>,
    sections: Vec<SectionValue<'a>>,
    citations: Vec<CitationValue<'a>>,
    bibliography: Vec<WorkValue<'a>>,
    notes: Vec<Remark<'a>>,
    errors: Vec<Remark<'a>>,
}

/// A part of the paper. `start` and `end` are byte offsets in the text that was read.
#[derive(Serialize)]
struct SectionValue<'a> {
    kind: SectionKind,
    heading: Option<&'a str>,
    depth: u8,
    #[serde(flatten)]
    place: PlaceValue<'a>,
}

#[derive(Serialize)]
struct CitationValue<'a> {
    text: &'a str,
    works: &'a [usize],
    #[serde(flatten)]
    place: PlaceValue<'a>,
}

/// A position in the text that was read, and the line in its file.
#[derive(Serialize)]
struct PlaceValue<'a> {
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct WorkValue<'a> {
    key: &'a str,
    title: Option<&'a str>,
    authors: &'a [String],
    date: Option<PartialDate>,
    arxiv: Option<&'a str>,
    doi: Option<&'a str>,
}

impl<'a> Metadata<'a> {
    /// Collects the metadata of a document, with the reasons why it may be incomplete.
    pub fn new(document: &'a Document, errors: &'a [ReadError]) -> Self {
        let places = Places::new(document);
        let place = |span: ByteSpan| {
            let found = places.of(span);
            let (line, column) = (found.position.line, found.position.column);
            PlaceValue { start: span.start, end: span.end, file: found.file, line, column }
        };
        let sections = document.sections.iter().map(|section| SectionValue {
            kind: section.kind,
            heading: section.heading.as_deref(),
            depth: section.depth,
            place: place(section.span),
        });
        let citations = document.citations.iter().map(|citation| CitationValue {
            text: citation.span.of(&document.prose),
            works: &citation.works,
            place: place(citation.span),
        });
        Self {
            document: &document.id,
            title: document.title.as_deref(),
            date: document.dated().map(|(date, _)| date),
            date_source: document.dated().map(|(_, source)| source),
            arxiv: document.arxiv.as_deref(),
            authors: &document.authors,
            organisations: &document.organisations,
            files: (0..=document.included.len())
                .map(|file| document.path_of_file(file).into_owned())
                .collect(),
            sections: sections.collect(),
            citations: citations.collect(),
            bibliography: document.bibliography.iter().map(WorkValue::new).collect(),
            notes: document.notes.iter().map(|note| Remark::new(note.kind, &note.message)).collect(),
            errors: errors.iter().map(|error| Remark::new(error.kind, &error.message)).collect(),
        }
    }

    /// Writes the metadata as JSON that is readable for people too.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn json(&self, out: &mut Vec<u8>) -> io::Result<()> {
        push_pretty_json(out, self)?;
        out.push(b'\n');
        Ok(())
    }
}

impl<'a> WorkValue<'a> {
    fn new(work: &'a CitedWork) -> Self {
        Self {
            key: &work.key,
            title: work.title.as_deref(),
            authors: &work.authors,
            date: work.date,
            arxiv: work.arxiv.as_deref(),
            doi: work.doi.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Members, ReadLimits, read_latex};

    #[test]
    fn the_facts_of_a_paper_stand_with_their_places() {
        let main = "\\title{Of size}\\author{Ann Bee \\\\ Acme}\\input{b}\\bibliography{r}";
        let files = [
            ("b.tex", "\n\\section{One}As \\citet{k} say."),
            ("r.bib", "@misc{k, title={T}, author={Cy D}, year=2020, eprint={2001.00001}}"),
        ];
        let members = Members(files.map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).into());
        let id = "p/2108.00001.tex";
        let paper = read_latex(id, "2108.00001.tex", main.into(), &members, ReadLimits::default()).unwrap();
        let errors = [ReadError::new("sample", "an error")];
        insta::assert_json_snapshot!(Metadata::new(&paper.document, &errors));
    }
}
