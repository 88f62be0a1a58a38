//! Gold from stand-off files in the format of the annotation tool brat: `PAPER.ann` beside `PAPER.txt`.

use std::path::Path;

use byname::collection::{Failure, Format, Input, read_input};
use byname::document::{ByteSpan, ReadError, ReadLimits};

use super::Scheme;
use super::gold::{GoldDocument, GoldMention, OffsetReader};
use super::scheme::Offsets;

/// Reads the paper beside an annotation file, and the annotations whose labels the scheme knows. Lines other
/// than text-bound annotations (relations, events, attributes, notes) are skipped.
///
/// A mention in several pieces counts from the start of the first to the end of the last. A faulty line is
/// added to `failures`, and the others are still read.
///
/// # Errors
/// Fails if the paper or the annotations cannot be read at all.
pub fn read_brat(
    annotations: &Path,
    scheme: &Scheme,
    limit: usize,
    failures: &mut Vec<Failure>,
) -> Result<GoldDocument, Failure> {
    let shown = annotations.display().to_string();
    let fail = |document: &str, error: ReadError| Failure { document: document.to_string(), error };
    let text = annotations.with_extension("txt");
    let text_shown = text.display().to_string();
    let limits = ReadLimits { size: limit, ..ReadLimits::default() };
    let read = |path: &Path| read_input(&Input::file(path), Format::Plain, limits);
    let (document, changed) = read(&text).map_err(|error| fail(&text_shown, error))?;
    failures.extend(changed.map(|error| fail(&text_shown, error)));
    let (marks, _) = read(annotations).map_err(|error| fail(&shown, error))?;

    let mut mentions = Vec::new();
    let offsets = OffsetReader::new(&document.prose, Offsets::Characters);
    for (index, line) in marks.prose.lines().enumerate() {
        if !line.starts_with('T') {
            continue;
        }
        match read_annotation(line, scheme, &offsets) {
            Ok(mention) => mentions.extend(mention),
            Err(message) => {
                failures
                    .push(fail(&format!("{shown}:{}", index + 1), ReadError::new("invalid-gold", message)));
            }
        }
    }
    Ok(GoldDocument { document, marked: true, mentions, links: Vec::new() })
}

/// Reads `T1<tab>Label 3 9<tab>text`, with `;` between the pieces of a mention.
fn read_annotation(
    line: &str,
    scheme: &Scheme,
    offsets: &OffsetReader<'_>,
) -> Result<Option<GoldMention>, String> {
    let shape = || "not of the form `T1<tab>Label START END<tab>text`".to_string();
    let mut columns = line.split('\t');
    let middle = columns.nth(1).ok_or_else(shape)?;
    let text = columns.next().ok_or_else(shape)?;
    let (name, places) = middle.split_once(' ').ok_or_else(shape)?;
    let mut pieces = Vec::new();
    for piece in places.split(';') {
        let (start, end) = piece.trim().split_once(' ').ok_or_else(shape)?;
        pieces.push((start.parse().map_err(|_| shape())?, end.parse().map_err(|_| shape())?));
    }
    let (Some((start, _)), Some((_, end))) = (pieces.first().copied(), pieces.last().copied()) else {
        return Err(shape());
    };
    let span: ByteSpan = match pieces.len() {
        1 => offsets.span_of(start, end, text)?,
        _ => offsets.span(start, end)?,
    };
    let Some(label) = scheme.label_named(name)? else { return Ok(None) };
    let owed = scheme.labels.get(label).is_some_and(|label| label.counted);
    Ok(Some(GoldMention { span, label, owed, sure: true, names: None }))
}
