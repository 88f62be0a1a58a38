//! Checks before a PDF is opened, as PDFs may be malicious: streams that unpack to gigabytes, tables that
//! claim more objects than fit into memory.
//!
//! The PDF reader trusts lengths and filters, and running out of memory ends the process. So everything that
//! it would unpack is unpacked here first, with a count of the output. A separate process for each PDF would
//! contain more faults, but only where the system can limit its memory, and not for users of the library.

use std::cell::Cell;

use memchr::memmem;
use pdf_extract::{Document as File, LoadOptions, Object, ObjectId};

use super::syntax::{Kind, Lexer, Value};
use super::unpack::{Budget, TooMuch, count, unpack};
use crate::document::panics::without_panic;
use crate::document::{ReadError, ReadLimits};

/// Maximum total size that all streams of a PDF but pictures may unpack to, as a multiple of a paper's size
/// limit.
pub(super) const STREAMS: usize = 4;
/// Maximum total size of the objects of a PDF when read one by one, as a multiple of its own length.
const READINGS: usize = 16;
/// Maximum number of bytes in a row of a packed table.
const ROW: i64 = 1 << 20;

pub(super) fn broken(cause: &str) -> ReadError {
    let message = format!("this PDF cannot be opened: {cause}; open and save it with another program");
    ReadError::new("broken-pdf", message)
}

pub(super) fn too_large() -> ReadError {
    let message = format!(
        "its streams unpack to more than {STREAMS} times the size limit of a paper; --max-document-size \
         raises the limit"
    );
    ReadError::new("too-large", message)
}

impl From<TooMuch> for ReadError {
    fn from(_: TooMuch) -> Self {
        too_large()
    }
}

/// Unpacks all streams but pictures, discarding the output.
pub(super) fn check_streams(bytes: &[u8], limits: ReadLimits) -> Result<(), ReadError> {
    let mut budget = Budget { left: limits.size.saturating_mul(STREAMS) };
    let mut readings = Budget { left: bytes.len().saturating_mul(READINGS).saturating_add(1 << 20) };
    let base = memmem::find(bytes, b"%PDF-").unwrap_or(0);
    let mut tables: Vec<usize> = Vec::new();
    let mut pictures: Vec<usize> = Vec::new();
    let (mut largest, mut referred) = (0usize, 0usize);
    for at in memmem::find_iter(bytes, b"startxref") {
        tables.extend(place(&mut Lexer::new(bytes, at + "startxref".len()), base));
    }
    let heads = memmem::find_iter(bytes, b"obj").map(|at| at + 3);
    for start in heads.chain(memmem::find_iter(bytes, b"trailer").map(|at| at + 7)) {
        let mut lexer = Lexer::new(bytes, start);
        if lexer.next().is_none_or(|token| token.kind != Kind::DictionaryOpen) {
            continue;
        }
        let found = lexer.dictionary();
        let is_affordable = readings.spend(lexer.at - start).is_ok();
        if !is_affordable {
            return Err(broken("its objects overlap"));
        }
        let Some(dictionary) = found else { continue };
        check_table(&dictionary)?;
        for key in [&b"Prev"[..], b"XRefStm"] {
            let offset = dictionary.get(key).and_then(Value::integer);
            tables.extend(offset.and_then(|offset| usize::try_from(offset).ok()).map(|offset| base + offset));
        }
        lexer.pass_blanks();
        let Some(rest) = bytes.get(lexer.at..).and_then(|rest| rest.strip_prefix(b"stream")) else {
            continue;
        };
        let is_object_stream = dictionary.get(b"Type").is_some_and(|of| of.is_name(b"ObjStm"));
        if dictionary.get(b"Subtype").is_some_and(|of| of.is_name(b"Image")) && !is_object_stream {
            pictures.push(start);
            continue;
        }
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = rest.get(blanks..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        let before = budget.left;
        // What stands here in full has been counted with the file.
        if let Some(filters) = filters(&dictionary).filter(|filters| !filters.is_empty()) {
            count(rest, &filters, is_early(&dictionary), &mut budget)?;
        }
        largest = largest.max(if is_object_stream { before - budget.left } else { 0 });
        referred += usize::from(dictionary.get(b"Length") == Some(&Value::Reference));
    }
    // A table of objects is unpacked whatever it says that it is.
    tables.sort_unstable();
    let is_table = |start: &usize| {
        let after = tables.partition_point(|table| table < start);
        after > 0 && tables.get(after - 1).is_some_and(|table| is_head(bytes, *table, *start))
    };
    if pictures.iter().any(is_table) {
        return Err(broken("its table of objects is marked as a picture"));
    }
    // The length of a stream may lie in a packed stream, which is unpacked anew for each.
    if largest.saturating_mul(referred) > limits.size.saturating_mul(16 * STREAMS) {
        return Err(too_large());
    }
    Ok(())
}

/// Reads a number as an offset.
fn place(lexer: &mut Lexer<'_>, base: usize) -> Option<usize> {
    let token = lexer.next()?;
    let offset: usize = std::str::from_utf8(lexer.text(token)).ok()?.parse().ok()?;
    offset.checked_add(base)
}

/// Returns whether only an object's number stands between two offsets.
fn is_head(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut lexer = Lexer::new(bytes, from);
    for _ in 0..2 {
        if lexer.next().is_none_or(|token| token.kind != Kind::Number) {
            return false;
        }
    }
    lexer.next().is_some() && lexer.at == to
}

/// Returns the filters of a stream; `None` if its dictionary does not state them directly.
fn filters(dictionary: &Value) -> Option<Vec<&[u8]>> {
    match dictionary.get(b"Filter")? {
        Value::Name(name) => Some(vec![name]),
        Value::Array(names) => names
            .iter()
            .map(|name| if let Value::Name(name) = name { Some(name.as_slice()) } else { None })
            .collect(),
        _ => None,
    }
}

fn is_early(dictionary: &Value) -> bool {
    let parameters = dictionary.get(b"DecodeParms");
    parameters.and_then(|of| of.get(b"EarlyChange")).and_then(Value::integer) != Some(0)
}

/// Rejects tables of objects with entries of zero bytes, or of more bytes than any number has, and rows
/// longer than memory.
fn check_table(dictionary: &Value) -> Result<(), ReadError> {
    let is_table =
        dictionary.get(b"Type").is_some_and(|of| of.is_name(b"XRef")) || dictionary.get(b"Index").is_some();
    if let Some(Value::Array(widths)) = dictionary.get(b"W") {
        let widths: Vec<Option<i64>> = widths.iter().map(Value::integer).collect();
        // The widths of letters stand under the same name.
        let is_sound = widths.iter().take(3).all(|width| width.is_some_and(|width| (0..=8).contains(&width)))
            && widths.iter().take(3).flatten().sum::<i64>() > 0;
        let is_letters = dictionary.get(b"Subtype").is_some() && dictionary.get(b"Size").is_none();
        if !is_sound && (is_table || !is_letters) {
            return Err(broken("its table of objects is damaged"));
        }
    }
    if let Some(parameters) = dictionary.get(b"DecodeParms") {
        let number = |key: &[u8]| parameters.get(key).and_then(Value::integer).unwrap_or(1).max(1);
        let row =
            number(b"Columns").saturating_mul(number(b"Colors")).saturating_mul(number(b"BitsPerComponent"));
        if row > ROW * 8 && dictionary.get(b"Subtype").is_none_or(|of| !of.is_name(b"Image")) {
            return Err(broken("the rows of a table are too long"));
        }
    }
    Ok(())
}

thread_local! {
    /// Number of bytes that objects may still take up while a file is opened, and whether it is encrypted.
    static OPENING: Cell<(usize, bool)> = const { Cell::new((0, false)) };
}

/// The key of the encryption dictionary. While a file is opened as if it were not encrypted, the key is
/// renamed, so that encrypted packed objects are unpacked here, with a count, and not by the reader.
const LOCK: &[u8] = b"/Encrypt";
const HIDDEN_LOCK: &[u8] = b"Encryp0";
/// The type given to packed objects in the meantime.
const HIDDEN_TYPE: &[u8] = b"ObjSt0";

/// Counts each object as it is read, since one that the table of objects names a million times is read as
/// often.
fn look(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (left, is_locked) = OPENING.get();
    let bytes = if let Object::Stream(stream) = object { stream.content.len() } else { 64 };
    let Some(left) = left.checked_sub(bytes) else {
        std::panic::resume_unwind(Box::new(TooMuch));
    };
    OPENING.set((left, is_locked));
    if is_locked
        && let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        stream.dict.set("Type", Object::Name(HIDDEN_TYPE.to_vec()));
    }
    Some((id, object.clone()))
}

/// Opens a PDF, with the empty password if it is encrypted.
pub(super) fn load(bytes: &[u8], limits: ReadLimits) -> Result<File, ReadError> {
    let hidden = hide_lock(bytes);
    let is_locked = hidden.is_some();
    OPENING.set((bytes.len().saturating_mul(READINGS).saturating_add(1 << 20), is_locked));
    let opened = without_panic(|| {
        File::load_mem_with_options(hidden.as_deref().unwrap_or(bytes), LoadOptions::with_filter(look))
    });
    let mut file = match opened {
        Some(Ok(file)) => file,
        Some(Err(error)) => return Err(broken(&error.to_string())),
        None => return Err(broken("it is damaged")),
    };
    if file.trailer.get(b"Encrypt").is_ok() {
        return Err(broken("its lock is hidden"));
    }
    if is_locked {
        unlock(&mut file, limits)?;
    }
    Ok(file)
}

/// Returns the bytes with the key of the encryption dictionary renamed; `None` if there is none.
fn hide_lock(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut hidden: Option<Vec<u8>> = None;
    for at in memmem::find_iter(bytes, LOCK) {
        let end = at + LOCK.len();
        if bytes.get(end).is_none_or(u8::is_ascii_alphanumeric) {
            continue; // another name that begins so
        }
        let hidden = hidden.get_or_insert_with(|| bytes.to_vec());
        hidden[at + 1..end].copy_from_slice(HIDDEN_LOCK);
    }
    hidden
}

fn unlock(file: &mut File, limits: ReadLimits) -> Result<(), ReadError> {
    if let Some(lock) = file.trailer.remove(HIDDEN_LOCK) {
        file.trailer.set("Encrypt", lock);
        let opened = without_panic(|| file.decrypt("").is_ok());
        if opened != Some(true) {
            return Err(ReadError::new(
                "encrypted",
                "this PDF is locked with a password; save it without one",
            ));
        }
    }
    let mut budget = Budget { left: limits.size.saturating_mul(STREAMS) };
    let mut packed = Vec::new();
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.has_type(HIDDEN_TYPE)
        {
            if let Some(content) = plain(stream, &mut budget)? {
                stream.set_plain_content(content);
            }
            let objects = without_panic(|| pdf_extract::ObjectStream::new(stream).map(|found| found.objects));
            packed.extend(objects.and_then(Result::ok).into_iter().flatten());
        }
    }
    for (id, object) in packed {
        file.objects.entry(id).or_insert(object);
    }
    Ok(())
}

/// Returns the unpacked content of a stream; `None` if its filters are unknown, as those of pictures are.
pub(super) fn plain(stream: &pdf_extract::Stream, budget: &mut Budget) -> Result<Option<Vec<u8>>, TooMuch> {
    let filters = stream.filters().unwrap_or_default();
    let parameters = stream.dict.get(b"DecodeParms").and_then(Object::as_dict).ok();
    let is_predicted = parameters
        .and_then(|of| of.get(b"Predictor").and_then(Object::as_i64).ok())
        .is_some_and(|predictor| (10..=15).contains(&predictor));
    let early = parameters.and_then(|of| of.get(b"EarlyChange").and_then(Object::as_i64).ok()) != Some(0);
    if filters.is_empty() {
        budget.spend(stream.content.len())?;
        return Ok(Some(stream.content.clone()));
    }
    let unpacked = unpack(&stream.content, &filters, early, budget)?;
    // Its length is known now, and its rows were looked at before.
    if is_predicted && unpacked.is_some() {
        return Ok(without_panic(|| stream.decompressed_content().ok()).flatten());
    }
    Ok(unpacked)
}

/// The metadata in a PDF.
#[derive(Debug, Default)]
pub(super) struct Information {
    pub(super) title: Option<String>,
}

/// Reads the information dictionary.
pub(super) fn information(file: &File) -> Information {
    let title = file
        .trailer
        .get(b"Info")
        .and_then(|info| file.dereference(info))
        .and_then(|(_, info)| info.as_dict())
        .and_then(|info| info.get(b"Title"))
        .ok()
        .and_then(|title| pdf_extract::decode_text_string(title).ok());
    let is_title = |title: &String| title.split_whitespace().count() > 1 && !title.contains(['\\', '/', '_']);
    Information { title: title.map(|title| title.trim().to_string()).filter(is_title) }
}
