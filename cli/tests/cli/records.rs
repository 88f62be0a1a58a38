//! Records of all formats are read alike, and results state where in the paper a mention is.

#![cfg(feature = "parquet")]

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::support::{Folder, scan};

/// Returns a Parquet file with an id and a text in each row.
fn parquet(rows: &[(&str, &str)]) -> Vec<u8> {
    let schema = "message papers { required binary id (UTF8); required binary text (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for texts in [rows.iter().map(|row| row.0).collect::<Vec<_>>(), rows.iter().map(|row| row.1).collect()] {
        let values: Vec<ByteArray> = texts.into_iter().map(ByteArray::from).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn the_rows_of_a_parquet_file_are_papers() {
    let rows = [("one", "We asked GPT-4."), ("two", "The letters were sorted by a proprietary model.")];
    let whole = parquet(&rows);
    let folder = Folder::new()
        .with("a.parquet", &whole)
        .with("cut.parquet", &whole[..whole.len() / 2])
        .with("named-otherwise.jsonl", &whole)
        .with("z.txt", "Text.");
    let files = ["a.parquet", "cut.parquet", "named-otherwise.jsonl", "z.txt"];
    let run = folder.byname(&scan(&files));
    assert_eq!(
        run.fates(),
        ["one", "two", "cut.parquet broken-parquet", "one", "two", "z.txt"],
        "{}",
        run.stderr
    );
    assert_eq!(run.documents()[1]["mentions"][0]["text"], "a proprietary model");
    let printed = folder.byname(&["text", "a.parquet:2"]);
    assert_eq!(printed.stdout.trim_end(), rows[1].1);
    let piped = folder.byname_with(&scan(&["-"]), &whole);
    assert_eq!((piped.status, piped.fates()), (Some(3), vec!["- unknown-format".to_string()]));
}

#[test]
fn a_mention_says_its_section_and_a_bibliography_is_not_searched() {
    let record = r#"{"id":"s","pdf_parse":{"body_text":[
        {"text":"The letters were sorted by a proprietary model.","section":"Related work"}],
        "back_matter":[{"text":"We used a proprietary model.","section":"References"}]}}"#;
    let folder = Folder::new().with("r.jsonl", record.replace('\n', " "));
    let run = folder.byname(&scan(&["r.jsonl"]));
    let found = run.documents()[0]["mentions"].clone();
    assert_eq!((found.as_array().unwrap().len(), &found[0]["section"]), (1, &"related-work".into()));
}
