//! Rows of a table in any supported syntax.

use byname::named_enum;
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::Value;
use serde_json::value::RawValue;

named_enum! {
    /// The syntax of a table.
    pub enum TableKind {
        /// Comma-separated values under a line of headers.
        Csv => "csv",
        /// A JSON list of objects, or one object per line.
        Json => "json",
        /// A YAML list of mappings, or one such list under a key.
        Yaml => "yaml",
    }
}

/// A fault in a part of a table; the rest is still read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The line, counted from 1.
    pub line: usize,
    /// A message on what is wrong and what to do.
    pub message: String,
}

/// One row, without its empty columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// The header and the values of each column; several values if the table has a list there.
    pub cells: Vec<(String, Vec<String>)>,
}

impl Row {
    /// Returns the values of a column, ignoring the case of its header.
    pub fn column(&self, header: &str) -> Option<&[String]> {
        let of = |cell: &&(String, Vec<String>)| cell.0.eq_ignore_ascii_case(header);
        self.cells.iter().find(of).map(|cell| cell.1.as_slice())
    }
}

/// Returns the readable rows in their order, and the faults of the others. `list` is the key of a YAML file
/// that holds the list of rows.
pub(super) fn read(bytes: &[u8], kind: TableKind, list: Option<&str>) -> (Vec<Row>, Vec<RowFault>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match (kind, std::str::from_utf8(bytes)) {
        (TableKind::Csv, _) => return read_csv(bytes),
        (_, Ok(text)) => text,
        (_, Err(error)) => {
            let line = line_at(bytes, error.valid_up_to());
            return (Vec::new(), vec![fault(line, "this is no UTF-8; save the file as UTF-8")]);
        }
    };
    match kind {
        TableKind::Yaml => read_yaml(text, list),
        _ => read_json(text),
    }
}

fn fault(line: usize, message: impl Into<String>) -> RowFault {
    RowFault { line, message: message.into() }
}

fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &bytes[..offset.min(bytes.len())]).count()
}

fn read_csv(bytes: &[u8]) -> (Vec<Row>, Vec<RowFault>) {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(_) => return (rows, vec![fault(1, "the headers are no UTF-8; save the file as UTF-8")]),
    };
    for record in reader.records() {
        let line = |position: Option<&csv::Position>| position.map_or(1, |at| at.line() as usize);
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(fault(line(error.position()), "this row is no UTF-8; save the file as UTF-8"));
                continue;
            }
        };
        let line = line(record.position());
        if record.len() != headers.len() {
            let counts = format!("{} fields under {} headers", record.len(), headers.len());
            faults.push(fault(line, format!("this row has {counts}; put fields with a comma in quotes")));
            continue;
        }
        let cells = headers.iter().zip(&record).filter(|(_, value)| !value.trim().is_empty());
        let cells = cells.map(|(header, value)| (header.trim().to_string(), vec![value.trim().to_string()]));
        rows.push(Row { line, cells: cells.collect() });
    }
    (rows, faults)
}

fn read_json(text: &str) -> (Vec<Row>, Vec<RowFault>) {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut take = |raw: &str, line: usize| match serde_json::from_str(raw) {
        Ok(Value::Object(object)) => {
            let cells = object.into_iter().map(|(key, value)| (key, json_texts(&value)));
            rows.push(Row { line, cells: cells.filter(|(_, values)| !values.is_empty()).collect() });
        }
        Ok(_) => faults.push(fault(line, "this is no object; write {\"name\": …}")),
        Err(error) => faults.push(fault(line + error.line() - 1, format!("this is no JSON: {error}"))),
    };
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<&RawValue>>(text) {
            Ok(items) => {
                for item in items {
                    // The items are parts of the text, so their places in memory tell their lines.
                    let offset = (item.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
                    take(item.get(), line_at(text.as_bytes(), offset));
                }
            }
            Err(error) => faults.push(fault(error.line(), format!("this is no JSON: {error}"))),
        }
    } else {
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            take(line, index + 1);
        }
    }
    (rows, faults)
}

fn json_texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.trim().to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Array(items) => items.iter().flat_map(json_texts).collect(),
        _ => Vec::new(),
    }
}

fn read_yaml(text: &str, list: Option<&str>) -> (Vec<Row>, Vec<RowFault>) {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let documents = match MarkedYaml::load_from_str(text) {
        Ok(documents) => documents,
        Err(error) => {
            return (rows, vec![fault(error.marker().line(), format!("this is no YAML: {error}"))]);
        }
    };
    for document in &documents {
        let items = match (&document.data, list) {
            (YamlData::Sequence(items), _) => items,
            (YamlData::Mapping(mapping), Some(list)) => {
                let under = mapping.iter().find(|(key, _)| yaml_texts(key).iter().any(|key| key == list));
                match under.map(|(_, value)| &value.data) {
                    Some(YamlData::Sequence(items)) => items,
                    _ => {
                        faults.push(fault(1, format!("there is no list under `{list}`")));
                        continue;
                    }
                }
            }
            _ => {
                faults.push(fault(1, "there is no list in this file"));
                continue;
            }
        };
        for item in items {
            let line = item.span.start.line().max(1);
            let YamlData::Mapping(mapping) = &item.data else {
                faults.push(fault(line, "this is no mapping; write `- name: …`"));
                continue;
            };
            let cells = mapping.iter().filter_map(|(key, value)| {
                let (key, values) = (yaml_texts(key).pop()?, yaml_texts(value));
                (!values.is_empty()).then_some((key, values))
            });
            rows.push(Row { line, cells: cells.collect() });
        }
    }
    (rows, faults)
}

fn yaml_texts(node: &MarkedYaml<'_>) -> Vec<String> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) if !text.trim().is_empty() => vec![text.trim().to_string()],
        YamlData::Value(Scalar::Integer(number)) => vec![number.to_string()],
        YamlData::Value(Scalar::FloatingPoint(number)) => vec![number.to_string()],
        YamlData::Value(Scalar::Boolean(flag)) => vec![flag.to_string()],
        YamlData::Sequence(items) => items.iter().flat_map(yaml_texts).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(bytes: &[u8], kind: TableKind) -> (Vec<usize>, Vec<usize>) {
        let (rows, faults) = read(bytes, kind, Some("models"));
        (rows.iter().map(|row| row.line).collect(), faults.iter().map(|fault| fault.line).collect())
    }

    #[test]
    fn a_bad_row_is_told_with_its_line_and_the_rest_is_read() {
        let csv = b"name,parameters\nBolt,\"7B\n\"\nRivet\nNut\xff,2B\nCog,2B\n";
        assert_eq!(lines(csv, TableKind::Csv), (vec![2, 6], vec![4, 5]));
        let json = b"[{\"name\": \"Bolt\"},\n 7,\n {\"name\": \"Cog\"}]";
        assert_eq!(lines(json, TableKind::Json), (vec![1, 3], vec![2]));
        let json_lines = b"{\"name\": \"Bolt\"}\n\n{\"name\"\n{\"name\": \"Cog\"}";
        assert_eq!(lines(json_lines, TableKind::Json), (vec![1, 4], vec![3]));
        let yaml = b"# a list\nmodels:\n  - name: Bolt\n    tags: [a, b]\n  - 7\n  - name: Cog\n";
        assert_eq!(lines(yaml, TableKind::Yaml), (vec![3, 6], vec![5]));
    }

    #[test]
    fn a_column_is_found_in_any_case_and_lists_are_kept() {
        let (rows, _) =
            read(b"models:\n  - Tags: [a, 7, 1.5]\n    none: ''\n", TableKind::Yaml, Some("models"));
        assert_eq!(rows[0].column("tags").unwrap(), ["a", "7", "1.5"]);
        assert_eq!(rows[0].column("none"), None);
    }

    #[test]
    fn what_holds_no_list_is_told() {
        assert_eq!(lines(b"other: 1", TableKind::Yaml), (vec![], vec![1]));
        assert_eq!(lines(b"[{", TableKind::Json), (vec![], vec![1]));
        assert_eq!(lines(b"\xff", TableKind::Yaml), (vec![], vec![1]));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for kind in TableKind::ALL {
                let (rows, faults) = read(&bytes, *kind, Some("models"));
                let lines = 1 + bytes.iter().filter(|byte| **byte == b'\n' || **byte == b'\r').count();
                prop_assert!(rows.iter().all(|row| (1..=lines).contains(&row.line)));
                prop_assert!(faults.iter().all(|fault| fault.line >= 1));
            }
        }
    }
}
