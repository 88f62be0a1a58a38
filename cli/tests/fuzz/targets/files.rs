//! Files that contain papers in another format, or several papers.

use std::io::{Cursor, Write};

use byname::collection::{RecordLines, RunOptions};
use byname::document::{RecordFields, read_record};

use super::latex::OWN_TEX;
use super::{limits, target, whole_run};
use crate::driver::Target;
use crate::promises::{Source, check, check_error};
use crate::seeds::{files, with};

pub fn records() -> Target {
    let tokens = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\n",
        "\"text\":",
        "\"abstract\":",
        "\"body_text\":",
        "\"pdf_parse\":",
        "\"annotations\":",
        "\"id\":",
        "null",
        "NaN",
        "-Infinity",
        "\\ud83d",
        "\\u0000",
        "\\",
        "\"start\":",
        "1e999",
        "\"authors\":[",
        "\"cite_spans\":[{\"start\":1,\"end\":2,\"ref_id\":\"B\"}]",
    ];
    let own = "{\"paper_id\":\"a\",\"title\":\"T\",\"abstract\":[{\"text\":\"We ran a model.\",\"cite_spans\":[{\"start\":3,\"end\":6,\"ref_id\":\"B0\"}]}],\
               \"body_text\":[{\"text\":\"A large LLM.\",\"section\":\"1\",\"cite_spans\":[]}],\"bib_entries\":{\"B0\":{\"title\":\"GPT-4\",\"year\":2023}}}\n\
               {\"content\":{\"source\":null,\"text\":\"We ran a model\",\"annotations\":{\"paragraph\":\"[{\\\"start\\\":0,\\\"end\\\":5}]\"}},\"x\":NaN}\n";
    target("records", with(files("examples/papers", ".jsonl"), &[own]), tokens, |bytes| {
        let mut lines = RecordLines::new(Cursor::new(bytes), 1 << 16);
        while let Some(batch) = lines.next_batch().unwrap() {
            for range in batch.lines.iter().filter_map(|line| line.range.clone()) {
                match read_record(&batch.bytes[range], &RecordFields::default(), "a:1") {
                    Ok(document) => check(&document, Source::Other),
                    Err(error) => check_error(&error),
                }
            }
        }
    })
}

/// Reads bytes from a file whose name ends with `ending`.
fn in_file(ending: &str, bytes: &[u8]) {
    let mut file = tempfile::Builder::new().suffix(ending).tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let out = whole_run(file.path(), &RunOptions { limits: limits(), ..RunOptions::default() });
    for line in out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        serde_json::from_slice::<serde_json::Value>(line).expect("a line of JSON");
    }
}

fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, path, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn archive() -> Target {
    let papers: [(&str, &[u8]); 3] = [
        ("a.md", b"We ran a large language model."),
        ("d/b.tex", OWN_TEX[0].as_bytes()),
        ("c.txt.gz", b"\x1F\x8B\x08\0"),
    ];
    let latex: [(&str, &[u8]); 2] =
        [("main.tex", b"\\documentclass{article}\\input{a}"), ("a.tex", b"We ran a large LLM.")];
    let seeds = vec![
        tar_of(&papers),
        zip_of(&papers),
        zip_of(&latex),
        gzip(&tar_of(&latex)),
        gzip(b"We ran a large language model."),
    ];
    let tokens = &[
        "PK\u{1}\u{2}",
        "PK\u{3}\u{4}",
        "PK\u{5}\u{6}",
        "ustar",
        "\0",
        "../",
        "/",
        ".gz",
        "main.tex",
        "\u{7F}\u{7F}\u{7F}\u{7F}",
    ];
    target("archive", seeds, tokens, |bytes| in_file(".zip", bytes))
}

#[cfg(feature = "pdf")]
pub fn pdf() -> Target {
    let mut seeds = with(Vec::new(), crate::shape_of_pdf::PARTS);
    seeds.push(crate::shape_of_pdf::PARTS.join("\u{1E}").into_bytes());
    let check = |bytes: &[u8]| super::one_paper(byname::collection::Format::Pdf, bytes, Source::Other);
    Target { shape: crate::shape_of_pdf::shape, ..target("pdf", seeds, crate::shape_of_pdf::TOKENS, check) }
}

#[cfg(feature = "parquet")]
pub fn parquet() -> Target {
    let tokens = &["PAR1", "\u{15}\u{4}", "\0\0\0\0", "\u{7F}\u{7F}", "text", "\u{1C}", "\u{19}\u{2C}"];
    target("parquet", vec![rows_of(&["We ran a large language model.", "two", "three"])], tokens, |bytes| {
        in_file(".parquet", bytes)
    })
}

#[cfg(feature = "parquet")]
fn rows_of(texts: &[&str]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType};
    let schema =
        parquet::schema::parser::parse_message_type("message papers { required binary text (UTF8); }")
            .unwrap();
    let mut writer = parquet::file::writer::SerializedFileWriter::new(
        Vec::new(),
        std::sync::Arc::new(schema),
        std::sync::Arc::default(),
    )
    .unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}
