//! A single paper: a file, standard input, or a record of either.

use std::io::{BufReader, Read};
use std::path::Path;

use super::source::{Watched, io_error, read_bounded, read_found, read_rows, recognise, too_large};
use super::unsupported::refuse_unsupported;
use super::work_queue::{BUFFER, peek, skip_byte_order_mark};
use super::{Format, Input, InputSource, RecordLines, read_document};
use crate::document::{Document, ReadError, ReadLimits, RecordFields, read_record};

/// Error kind for a record whose line is missing or wrong.
pub const NO_LINE: &str = "no-line";

/// One paper that was read.
#[derive(Debug)]
pub struct Single {
    /// The paper.
    pub document: Document,
    /// The reason why the document may be incomplete.
    pub changed: Option<ReadError>,
    /// `true` if the paper is a record that was selected by its line.
    pub is_record: bool,
}

/// Reads the one paper in an input, or, if the input holds records, the record on `line`. `line` is ignored
/// for an input that holds one paper.
///
/// # Errors
/// When the input cannot be read, is not text, or holds records and `line` is not the line of one.
pub fn read_single(
    input: &Input,
    line: Option<usize>,
    fields: &RecordFields,
    limits: ReadLimits,
) -> Result<Single, ReadError> {
    match &input.place {
        InputSource::File(path) if path.is_dir() => {
            Err(ReadError::new("unreadable", "this is a folder; give one file of it"))
        }
        InputSource::File(path) => {
            let mut watched = Watched::open(path)?;
            let mut single = read_from(&mut watched, input, line, fields, limits)?;
            // Of records, what stands after the wanted one is left unread.
            single.changed = single.changed.or(watched.changed().filter(|_| !single.is_record));
            Ok(single)
        }
        InputSource::Stdin => read_from(std::io::stdin(), input, line, fields, limits),
    }
}

fn read_from<'a>(
    source: impl Read + 'a,
    input: &Input,
    line: Option<usize>,
    fields: &RecordFields,
    limits: ReadLimits,
) -> Result<Single, ReadError> {
    let mut reader = BufReader::with_capacity(BUFFER, source);
    let start = peek(&mut reader).map_err(|error| io_error(&error))?;
    refuse_unsupported(Path::new(&input.shown), start)?;
    let (format, packing) = recognise(input.format, start);
    let rows = match (&input.place, format) {
        (InputSource::File(path), Format::Parquet) => Some(read_rows(path, limits)?),
        _ => None,
    };
    if rows.is_none() && format != Format::Records {
        let bytes = read_bounded(&mut reader, limits.size, 0)?;
        let (mut document, changed) = match &input.place {
            InputSource::File(path) => read_found(path, input, input.format, bytes, limits)?,
            InputSource::Stdin => read_document(&input.shown, input.format, bytes, limits)?,
        };
        document.keep_to(&input.only);
        return Ok(Single { document, changed, is_record: false });
    }
    let Some(wanted) = line else {
        let message = "each line of this file is a paper; name one, as in PATH:1";
        return Err(ReadError::new(NO_LINE, message));
    };
    let mut reader = BufReader::new(match (rows, packing) {
        (Some(rows), _) => rows,
        (None, Some(packing)) => packing.unpack(reader, limits.unpacking),
        (None, None) => Box::new(reader) as Box<dyn Read + 'a>,
    });
    skip_byte_order_mark(&mut reader);
    let mut lines = RecordLines::new(reader, limits.size);
    while let Some(batch) = lines.next_batch().map_err(|error| io_error(&error))? {
        if let Some(found) = batch.lines.iter().find(|line| line.number == wanted) {
            let Some(range) = &found.range else { return Err(too_large(limits.size)) };
            let record = batch.bytes.get(range.clone()).unwrap_or_default();
            let place = format!("{}:{wanted}", input.shown);
            let document = read_record(record, fields, &place)?;
            return Ok(Single { document, changed: None, is_record: true });
        }
        if lines.number() >= wanted {
            break;
        }
    }
    Err(ReadError::new(NO_LINE, format!("there is no record on line {wanted}")))
}
