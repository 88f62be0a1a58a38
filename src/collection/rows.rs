//! Parquet: each row becomes a record on a line of its own, so that both kinds of records are read alike.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use serde_json::Value;

use super::checked_pages::CheckedFile;
use super::packing::bomb;
use super::source::io_error;
use crate::document::{ReadError, ReadLimits, without_panic};

/// Number of bytes that may be produced from a file beyond the allowed ratio.
const FREE: u64 = 4 << 20;

/// A reader that yields the rows of a file as lines of JSON.
pub(super) struct Rows {
    rows: RowIter<'static>,
    /// The current line; `done` is the number of its bytes already returned.
    line: Vec<u8>,
    done: usize,
    /// The number of the row, counted from 1.
    number: usize,
    left: u64,
    ratio: u64,
}

impl Rows {
    /// Opens a file, which is then read piece by piece.
    ///
    /// # Errors
    /// When the file cannot be opened or is not Parquet.
    pub(super) fn open(path: &Path, limits: ReadLimits) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|error| io_error(&error))?;
        let length = file.metadata().map_err(|error| io_error(&error))?.len();
        let opened = without_panic(|| {
            let reader = SerializedFileReader::new(file)?;
            reader.metadata().file_metadata().schema_descr_ptr();
            Ok(RowIter::from_file_into(Box::new(CheckedFile(reader))))
        });
        let rows = opened.unwrap_or_else(|| Err(broken())).map_err(|error| {
            ReadError::new("broken-parquet", format!("invalid Parquet file: {error}; download it again"))
        })?;
        let ratio = limits.unpacking as u64;
        let left = length.saturating_mul(ratio).saturating_add(FREE);
        Ok(Self { rows, line: Vec::new(), done: 0, number: 0, left, ratio })
    }

    /// Fills in the line of the next row. Returns `false` at the end.
    fn next_line(&mut self) -> io::Result<bool> {
        self.number += 1;
        let rows = &mut self.rows;
        let row = without_panic(|| rows.next()).unwrap_or_else(|| Some(Err(broken())));
        let Some(row) = row else { return Ok(false) };
        let row = row.map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("row {}: {error}", self.number))
        })?;
        self.line.clear();
        self.done = 0;
        serde_json::to_writer(&mut self.line, &record(&row))?;
        self.line.push(b'\n');
        self.left = self.left.checked_sub(self.line.len() as u64).ok_or_else(|| bomb(self.ratio))?;
        Ok(true)
    }
}

/// Converts a row to JSON. Bytes are treated as text, since many writers do not mark text columns as such.
fn record(row: &Row) -> Value {
    Value::Object(row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect())
}

fn value(field: &Field) -> Value {
    match field {
        Field::Bytes(bytes) => Value::String(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Group(row) => record(row),
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(value).collect()),
        Field::MapInternal(map) => {
            let entries = map.entries().iter().map(|(key, field)| {
                let key = match value(key) {
                    Value::String(key) => key,
                    other => other.to_string(),
                };
                (key, value(field))
            });
            Value::Object(entries.collect())
        }
        other => other.to_json_value(),
    }
}

fn broken() -> parquet::errors::ParquetError {
    parquet::errors::ParquetError::General("its parts do not fit each other".to_string())
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.done == self.line.len() && !self.next_line()? {
            return Ok(0);
        }
        let rest = &self.line[self.done..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.done += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;
    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::super::RecordLines;
    use super::*;

    /// Returns a file with the given texts, in row groups of two, and a year in each row.
    fn parquet_of(texts: &[&str]) -> Vec<u8> {
        let schema = "message papers { required binary text (UTF8); optional int32 year; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
        for texts in texts.chunks(2) {
            let mut group = writer.next_row_group().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let years = vec![2021; texts.len()];
            column.typed::<Int32Type>().write_batch(&years, Some(&vec![1; texts.len()]), None).unwrap();
            column.close().unwrap();
            group.close().unwrap();
        }
        writer.into_inner().unwrap()
    }

    fn rows(bytes: &[u8], limits: ReadLimits) -> Result<Rows, ReadError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Rows::open(file.path(), limits)
    }

    #[test]
    fn each_row_is_a_record_on_a_line() {
        let rows = rows(&parquet_of(&["one", "a \"second\"\none", "é"]), ReadLimits::default()).unwrap();
        let batch = RecordLines::new(BufReader::new(rows), 1000).next_batch().unwrap().unwrap();
        let lines: Vec<serde_json::Value> = batch
            .lines
            .iter()
            .map(|line| serde_json::from_slice(&batch.bytes[line.range.clone().unwrap()]).unwrap())
            .collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1], serde_json::json!({"text": "a \"second\"\none", "year": 2021}));
    }

    #[test]
    fn what_is_broken_or_cut_short_is_told() {
        let whole = parquet_of(&["one", "two", "three"]);
        for bytes in [&b"PAR1"[..], &whole[..whole.len() / 2], &whole[..whole.len() - 3]] {
            assert_eq!(
                rows(bytes, ReadLimits::default()).err().map(|error| error.kind),
                Some("broken-parquet")
            );
        }
    }

    #[test]
    fn a_bomb_is_stopped() {
        let long = "x".repeat(1 << 20);
        let bytes = parquet_of(&vec![long.as_str(); 200]);
        let limits = ReadLimits { unpacking: 10, ..ReadLimits::default() };
        let error = io::copy(&mut rows(&bytes, limits).unwrap(), &mut io::sink()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_changed_are_read_or_refused(
            changes in proptest::collection::vec((proptest::num::usize::ANY, proptest::num::u8::ANY), 1..20)
        ) {
            let mut bytes = parquet_of(&["one", "two", "three"]);
            let length = bytes.len();
            for (at, byte) in changes {
                bytes[at % length] = byte;
            }
            if let Ok(mut rows) = rows(&bytes, ReadLimits::default()) {
                let _ = io::copy(&mut rows, &mut io::sink());
            }
        }
    }
}
