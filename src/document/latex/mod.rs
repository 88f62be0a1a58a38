//! LaTeX: one file or a project of several.
//!
//! The prose is the running text: title, abstract, headings, paragraphs, list items, captions and footnotes,
//! the last two after the paragraph that they interrupt. The same holds for tables, listings and the legends
//! of drawings, which contain names but no sentences. The paper's own macros are expanded, and citations and
//! references are written as printed. Drawings, display formulas, comments and the bibliography are not
//! prose.

mod affiliations;
mod arguments;
mod assemble;
mod captions;
mod characters;
mod choices;
mod citing;
mod command_table;
mod commands;
mod conditionals;
mod definitions;
mod dispatch;
mod drawn;
mod environments;
mod expander;
mod filed;
mod files;
mod flow;
mod front_matter;
mod glossary;
mod groups;
mod inputs;
mod items;
mod lengths;
mod macro_calls;
mod macros;
mod main_file;
mod maths;
mod members;
mod numbers;
mod own_environments;
mod pointers;
mod project;
mod quantities;
mod readable;
mod reader;
mod references;
mod scanner;
mod settings;
mod spelled_names;
mod structure;
mod symbols;
mod tables;
mod titles;
mod token;
mod unended;

#[cfg(test)]
mod printed_tests;
#[cfg(test)]
mod reader_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod table_tests;

pub use main_file::{MainFile, document_class, main_file, stands_alone};
pub use members::{Members, read_latex_archive};
pub use project::{Missing, NoFiles, ProjectFiles};
pub use readable::readable_formulas;

pub(in crate::document) use affiliations::{AuthorFacts, Piece, tell};
pub(in crate::document) use commands::AuthorCommand;

use expander::Expander;
use files::Files;
use reader::Reader;

use super::dating::{arxiv_id, settle_date};
use super::mend::mend_letters;
use super::{Document, ReadError, ReadLimits, single_spaced};

/// The result of reading a LaTeX paper.
#[derive(Debug, Clone, Default)]
pub struct LatexPaper {
    /// The paper, as far as it could be read.
    pub document: Document,
    /// The reason why it may be incomplete: a limit was reached, or an included file cannot be read.
    pub error: Option<ReadError>,
}

/// Reads a LaTeX paper.
///
/// `main` is the path of its main file relative to the top of the project, and `bytes` is its content; the
/// other files are requested from `project`. A file without `\begin{document}` is read as text from its
/// start. Files that are missing or lie outside the project are reported in [`Document::notes`].
///
/// # Errors
/// Returns an error if the main file is larger than the limit or is not text.
pub fn read_latex(
    id: impl Into<String>,
    main: &str,
    bytes: Vec<u8>,
    project: &dyn ProjectFiles,
    limits: ReadLimits,
) -> Result<LatexPaper, ReadError> {
    let (files, note) = Files::new(project, main, bytes, limits.size)?;
    let mut reader = Reader::new(Expander::new(files, limits.size, limits.depth));
    reader.notes.extend(note);
    let text = reader.expander.files.text(0);
    reader.muted = stands_alone(&text);
    reader.expander.enter_file(0, None, false);
    reader.run();
    reader.end_text();
    reader.look_up_works();
    reader.tell_limit(limits.depth);

    let facts = reader.authors();
    let mut document = Document {
        id: id.into(),
        title: reader.front.title.take(),
        date: reader.front.date,
        organisations: facts.organisations,
        authors: facts.authors,
        notes: std::mem::take(&mut reader.notes),
        ..Document::default()
    };
    let class_year = reader.front.class_year;
    let main = &reader.expander.files.open[0];
    document.source = main.source.clone().with_text(main.text.to_string());
    let error = reader.error.take();
    document.arxiv = arxiv_id(&document.id);
    reader.assemble(&mut document);
    mend_letters(&mut document);
    settle_date(&mut document, class_year);
    Ok(LatexPaper { document, error })
}

/// Returns the text of a piece of LaTeX, such as the title of a cited work, as one line.
pub(super) fn plain_text(latex: &str) -> String {
    let limits = ReadLimits { size: 1 << 20, depth: 50, ..ReadLimits::default() };
    let Ok((files, _)) = Files::new(&NoFiles, "", latex.as_bytes().to_vec(), limits.size) else {
        return String::new();
    };
    let mut reader = Reader::new(Expander::new(files, limits.size, limits.depth));
    reader.expander.enter_file(0, None, false);
    reader.run();
    reader.end_text();
    let flow = reader.flows.pop().unwrap_or_default();
    single_spaced(&flow.text)
}
