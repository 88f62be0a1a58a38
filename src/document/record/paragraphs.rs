//! Assembly of paragraphs into the prose, with their sections and citations.

use std::collections::HashMap;

use serde_json::Value;

use super::values::Paragraph;
use crate::document::{ByteSpan, Citation, Document, Section, SectionKind};

/// Appends paragraphs to the prose, separated by blank lines. Those without a section are of `kind`.
pub(super) fn add(
    document: &mut Document,
    paragraphs: Vec<Paragraph>,
    kind: SectionKind,
    works: &HashMap<String, usize>,
) {
    let first = document.sections.len();
    for paragraph in paragraphs {
        if !document.prose.is_empty() {
            document.prose.push_str("\n\n");
        }
        let start = document.prose.len();
        document.prose.push_str(&paragraph.text);
        let end = document.prose.len();
        add_citations(document, &paragraph, start, works);
        let heading = paragraph.section.filter(|_| kind == SectionKind::Body);
        if heading.is_none() && kind == SectionKind::Body {
            continue;
        }
        match document.sections[first..].last_mut() {
            Some(last) if last.heading == heading => last.span.end = end,
            _ => {
                let depth = depth_of(&paragraph.number) * u8::from(heading.is_some());
                document.sections.push(Section { kind, heading, depth, span: ByteSpan::new(start, end) });
            }
        }
    }
}

/// Returns the depth of a section by its number: 2 for "3.1".
pub(super) fn depth_of(number: &Value) -> u8 {
    let parts = number.as_str().map_or(1, |number| number.split('.').filter(|part| !part.is_empty()).count());
    u8::try_from(parts).unwrap_or(u8::MAX).max(1)
}

fn add_citations(
    document: &mut Document,
    paragraph: &Paragraph,
    start: usize,
    works: &HashMap<String, usize>,
) {
    let Some(spans) = paragraph.citations.as_array() else { return };
    let mut found: Vec<Citation> = spans
        .iter()
        .filter_map(|span| {
            let work = *works.get(span["ref_id"].as_str()?)?;
            let place = bytes_of(&paragraph.text, characters(span)?)?;
            let place = ByteSpan::new(start + place.start, start + place.end);
            Some(Citation { span: place, works: vec![work] })
        })
        .collect();
    found.sort_by_key(|citation| citation.span.start);
    document.citations.extend(found);
}

/// Returns the character range given by an object with `start` and `end`; numbers may be strings.
pub(super) fn characters(span: &Value) -> Option<(usize, usize)> {
    let number = |name: &str| {
        let value = &span[name];
        let number = value.as_u64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))?;
        usize::try_from(number).ok()
    };
    let (start, end) = (number("start")?, number("end")?);
    (start < end).then_some((start, end))
}

/// Converts a character range of a text to bytes; `None` if it lies outside the text.
fn bytes_of(text: &str, (start, end): (usize, usize)) -> Option<ByteSpan> {
    if text.is_ascii() {
        return (end <= text.len()).then(|| ByteSpan::new(start, end));
    }
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let first = places.nth(start)?;
    Some(ByteSpan::new(first, places.nth(end - start - 1)?))
}
