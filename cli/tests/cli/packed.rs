//! Packed files and archives are read directly, and faults in them are reported.

use std::io::Write;

use crate::support::{Folder, scan};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

const RECORDS: &[u8] = b"{\"id\": \"one\", \"text\": \"a\"}\n{\"id\": \"two\", \"text\": \"b\"}\n";

#[test]
fn packed_records_are_read_whatever_the_file_is_called() {
    let zst = ruzstd::encoding::compress_to_vec(RECORDS, ruzstd::encoding::CompressionLevel::Fastest);
    let folder = Folder::new()
        .with("a.jsonl.gz", gzip(RECORDS))
        .with("b.jsonl.zst", zst)
        .with("c.jsonl", gzip(RECORDS))
        .with("d", gzip(RECORDS));
    let run = folder.byname(&scan(&["a.jsonl.gz", "b.jsonl.zst", "c.jsonl", "d"]));
    assert_eq!(run.fates(), ["one", "two", "one", "two", "one", "two", "one", "two"], "{}", run.stderr);
}

#[test]
fn the_papers_of_an_archive_are_read_one_by_one() {
    let page = b"<!DOCTYPE html><p>We ask a model.";
    let inner: [(&str, &[u8]); 5] = [
        ("x/r.jsonl", RECORDS),
        ("x/a.html", page),
        ("x/b.md.gz", &gzip(b"Text.")),
        ("x/fig.png", b"\0"),
        ("x/c.txt", b"Text."),
    ];
    let folder = Folder::new().with("all.tar", tar(&inner)).with("all.tar.gz", gzip(&tar(&inner)));
    for archive in ["all.tar", "all.tar.gz"] {
        let run = folder.byname(&scan(&[archive]));
        let of = |path: &str| format!("{archive}/x/{path}");
        let expected = ["one".to_string(), "two".to_string(), of("a.html"), of("b.md.gz"), of("c.txt")];
        assert_eq!(run.fates(), expected, "{}", run.stderr);
    }
}

#[test]
fn what_stands_before_the_break_of_a_packed_file_is_kept() {
    let many: String = (0..20_000)
        .map(|number| format!("{{\"id\": \"{number}\", \"text\": \"{}\"}}\n", number * 7919))
        .collect();
    let mut packed = gzip(many.as_bytes());
    packed.truncate(packed.len() / 2);
    let folder = Folder::new().with("r.jsonl.gz", packed).with("z.txt", "Text.");
    let run = folder.byname(&scan(&["r.jsonl.gz", "z.txt"]));
    let fates = run.fates();
    assert!(fates.len() > 1000, "{}", run.stderr);
    assert_eq!(fates[0], "0");
    assert_eq!(&fates[fates.len() - 2..], ["r.jsonl.gz truncated", "z.txt"]);
    assert_eq!(run.status, Some(3));
}

#[test]
fn bombs_are_told_and_the_rest_is_read() {
    let zeros = vec![b' '; 64 << 20];
    let folder = Folder::new()
        .with("a.jsonl.gz", gzip(&zeros))
        .with("b.tar.gz", gzip(&tar(&[("a.txt", &zeros)])))
        .with("c.txt.gz", gzip(&zeros))
        .with("z.txt", "Text.");
    let run = folder.byname(&scan(&["a.jsonl.gz", "b.tar.gz", "c.txt.gz", "z.txt"]));
    let fates = run.fates();
    assert!(fates.contains(&"a.jsonl.gz too-large".to_string()), "{fates:?}");
    assert!(
        fates.iter().any(|fate| fate.starts_with("b.tar.gz") && fate.ends_with("too-large")),
        "{fates:?}"
    );
    assert!(fates.contains(&"c.txt.gz too-large".to_string()), "{fates:?}");
    assert_eq!(fates.last().map(String::as_str), Some("z.txt"));
    assert!(run.stderr.contains("--max-unpacking"), "{}", run.stderr);
}

#[test]
fn hostile_xml_is_told_and_the_rest_is_read() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                <article><body><p>We ask &b; a model.</p></body></article>";
    let deep = format!("<article><body>{}deep", "<p>".repeat(100_000));
    let folder = Folder::new()
        .with("bomb.xml", bomb)
        .with("deep.xml", deep)
        .with("feed.xml", "<rss><channel/></rss>")
        .with("page.tex", "<!DOCTYPE html><p>Not LaTeX.")
        .with("z.txt", "Text.");
    let run = folder.byname(&scan(&["bomb.xml", "deep.xml", "feed.xml", "z.txt"]));
    assert_eq!(
        run.fates(),
        ["bomb.xml", "deep.xml invalid-xml", "feed.xml unknown-format", "z.txt"],
        "{}",
        run.stderr
    );
}
