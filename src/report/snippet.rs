//! A mention in its line of the paper, prepared for drawing.

use std::borrow::Cow;

use annotate_snippets::{Annotation, AnnotationKind, Origin, Renderer, Snippet};
use anstream::adapter::strip_str;

use super::excerpt::Excerpt;
use super::source_range::SourceRange;
use super::visible;
use crate::document::{ByteSpan, Places, Position};

/// Terminal width, larger than any excerpt, so that snippets are not cut a second time.
const TERMINAL: usize = 200;

/// The lines around a mention, with its label.
pub(super) struct Marked<'a> {
    path: Cow<'a, str>,
    /// The line and column; `None` if the path tells them.
    place: Option<Position>,
    excerpt: Excerpt,
    label: String,
}

impl<'a> Marked<'a> {
    /// Creates the snippet of a span of the prose, as it is in the source.
    pub(super) fn new(places: &Places<'a>, span: ByteSpan, label: String) -> Self {
        let lines = places.lines(span);
        let excerpt = Excerpt::new(lines.text(), lines, places.in_text(span));
        if let Some(record) = &places.document().record {
            let range = SourceRange::new(places, span);
            let path = format!("{}{}", visible(&record.to_string()), range.within());
            return Self { path: Cow::Owned(path), place: None, excerpt, label };
        }
        Self {
            path: match places.path(span) {
                Cow::Borrowed(path) => visible(path),
                Cow::Owned(path) => Cow::Owned(visible(&path).into_owned()),
            },
            place: Some(places.of(span).position),
            excerpt,
            label,
        }
    }

    /// Returns the file, the line and the column.
    pub(super) fn origin(&self) -> Origin<'_> {
        let origin = Origin::path(self.path.as_ref());
        match self.place {
            Some(place) => origin.line(place.line).char_column(place.column),
            None => origin,
        }
    }

    /// Returns the lines, with the mention marked.
    pub(super) fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let marks = self.excerpt.marks.iter().enumerate().map(|(index, mark)| {
            let annotation = AnnotationKind::Primary.span(mark.clone());
            let last = index + 1 == self.excerpt.marks.len();
            if last { annotation.label(self.label.as_str()) } else { annotation }
        });
        let text = self.excerpt.text.as_str();
        Snippet::source(text).line_start(self.excerpt.line).fold(false).annotations(marks)
    }
}

/// Creates a renderer of snippets, with or without colours.
pub(super) fn renderer(colours: bool) -> Renderer {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(TERMINAL)
}

/// Removes the line of three colons from a rendered snippet. Since the excerpt is cut, the renderer cannot
/// count its columns and gets the position separately from the snippet; it then announces a second, nameless
/// file with such a line.
pub(super) fn without_empty_origin(rendered: &str) -> String {
    let is_empty = |line: &str| strip_str(line).to_string().trim() == ":::";
    let mut lines: Vec<&str> = rendered.lines().collect();
    if let Some(at) = lines.iter().position(|line| is_empty(line)) {
        lines.remove(at);
    }
    lines.join("\n")
}
