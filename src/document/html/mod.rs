//! HTML: papers as published by LaTeXML and ar5iv, pandoc, Distill and journals.

mod creators;
mod elements;
mod facts;
mod references;

use std::collections::HashMap;

use super::dating::settle_date;
use super::markup::{NodeId, Tree, parse_html, read};
use super::mend::mend_letters;
use super::source_text::{Decoded, decode};
use super::{Document, ReadError, ReadLimits, Section, SectionKind};
use elements::Html;

/// Reads a paper in HTML. The second value is the reason why it may be incomplete: elements are nested too
/// deeply, or a tag has too many attributes.
///
/// The prose is the running text with captions and footnotes; tables and listings are parts of their own.
/// Navigation, scripts, display formulas and the bibliography are not prose; an inline formula is kept as
/// written, between dollars.
pub fn read_html(id: impl Into<String>, bytes: Vec<u8>, limits: ReadLimits) -> (Document, Option<ReadError>) {
    let decoded = decode(bytes);
    let mut document = Document::called(id);
    let (tree, fault) = parse_html(&decoded.text, limits.depth);
    let works = references::read(&tree);
    let root = main_part(&tree);
    let format = Html::new(&tree, root, &works.by_key);
    facts::read(&mut document, &tree, format.title);
    let reading = read(&tree, &decoded.source, &[root], &format, &works.by_key);
    reading.move_into(&mut document);
    raise_headings(&mut document.sections);
    document.bibliography = works.works;
    mend_letters(&mut document);
    settle_date(&mut document, None);
    let Decoded { text, source, note } = decoded;
    document.source = source.with_text(text);
    document.notes.extend(note);
    (document, fault)
}

/// Returns the element that most closely encloses the paper.
fn main_part(tree: &Tree<'_>) -> NodeId {
    let root = tree.root();
    let whole = tree.first(root, "body").unwrap_or(root);
    // Of several articles, as on a page of comments, none is the whole paper.
    let only = |name: &str| {
        let mut found = tree.all(whole, name);
        found.next().filter(|_| found.next().is_none())
    };
    only("article").or_else(|| only("main")).unwrap_or(whole)
}

/// Shifts the heading levels so that the uppermost is 1; pages with the title in `h1` begin with the second.
fn raise_headings(sections: &mut [Section]) {
    // The heading of an abstract is often set smaller than those of the sections.
    let is_counted = |section: &Section| section.heading.is_some() && section.kind != SectionKind::Abstract;
    let least = sections.iter().filter(|section| is_counted(section)).map(|section| section.depth).min();
    for section in sections.iter_mut().filter(|section| section.heading.is_some()) {
        section.depth = match section.kind {
            SectionKind::Abstract => 1,
            _ => (section.depth + 1).saturating_sub(least.unwrap_or(1)).max(1),
        };
    }
}

/// The indexes of works by their keys.
type WorkNumbers = HashMap<String, usize>;

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
