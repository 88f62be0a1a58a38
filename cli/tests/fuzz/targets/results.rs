//! Results of earlier runs, read back.

use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use byname::catalogue::Catalogue;
use byname::collection::{Cache, RunOptions, merge};
use byname::suppress::Baseline;
use byname_cli::saved::{Gathered, Makers, OfSystem, Page, SavedCsv, SavedResults};

use super::{target, whole_run};
use crate::driver::Target;
use crate::seeds::with;

fn saved_lines() -> Vec<u8> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("examples/papers/lamda-sizes.md");
    whole_run(&path, &RunOptions::default())
}

fn makers() -> &'static Makers {
    static MAKERS: OnceLock<Makers> = OnceLock::new();
    MAKERS.get_or_init(|| Makers::new(&Catalogue::built_in().unwrap()))
}

pub fn saved_results() -> Target {
    let tokens = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\n",
        "\"start\":",
        "\"end\":",
        "\"mentions\":[",
        "\"references\":[",
        "18446744073709551615",
        "-1",
        "1e999",
        "null",
        "\"state\":\"linked\"",
        "\"date\":\"2023-99\"",
        "</script>",
        "\\u0000",
        "=cmd",
        "\"candidates\":[",
    ];
    let own = "{\"document\":\"a\",\"mentions\":[{\"text\":\"x\",\"start\":0,\"end\":1,\"line\":1,\"column\":1}],\"references\":[{\"state\":\"unresolved\",\
               \"mentions\":[0]}]}\n";
    target("saved_results", with(vec![saved_lines()], &[own]), tokens, |bytes| {
        if let Ok(results) = SavedResults::read(bytes) {
            let (mut table, mut page, mut index) = (Vec::new(), Vec::new(), Vec::new());
            let mut gathered = Gathered::default();
            for document in results.documents() {
                SavedCsv.document(document, &mut table).unwrap();
                gathered.add(document, makers());
            }
            gathered.sort();
            Page::new(&gathered, 0, None).write(&mut page).unwrap();
            if let Some(found) = OfSystem::find(&gathered, "lamda") {
                found.markdown(&mut index).unwrap();
                found.csv(&mut index).unwrap();
            }
            for out in [table, page, index] {
                let text = String::from_utf8(out).expect("UTF-8");
                assert!(!text.contains('\u{1B}'), "a control character is sent");
            }
        }
        let part = || byname::collection::Part { shown: "a".to_string(), lines: Cursor::new(bytes) };
        let _ = merge(&mut [part(), part()], &mut Vec::new());
    })
}

pub fn baseline() -> Target {
    let own = "[[finding]]\ndocument = \"a.md\"\nhash = \"0123456789abcdef\"\nrule = \"disclosure/nameless\"\ntext = \"a model\"\nreason = \"known\"\n";
    let tokens =
        &["[[finding]]\n", "document = \"", "hash = \"", "\"", "=", "\n", "[", "]", "'''", "\\u0000"];
    target("baseline", with(Vec::new(), &[own]), tokens, |bytes| {
        if let Ok(baseline) = Baseline::parse(&String::from_utf8_lossy(bytes)) {
            let again = Baseline::parse(&baseline.to_toml().unwrap()).unwrap();
            assert_eq!(again.len(), baseline.len());
        }
    })
}

/// A file of three records, the output of a run over it, and the cache segment that the run left.
struct Kept {
    folder: tempfile::TempDir,
    written: Vec<u8>,
    segment: Vec<u8>,
}

fn kept() -> &'static Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let line = |id| format!("{{\"id\": \"{id}\", \"text\": \"We ran a large language model.\"}}\n");
        std::fs::write(&path, [line("a"), line("b"), line("c")].concat()).unwrap();
        let cache = folder.path().join("cache");
        let written = with_cache(&path, &cache);
        let segment = std::fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path());
        let segment = segment.into_iter().find(|path| path.to_string_lossy().ends_with(".kept")).unwrap();
        Kept { segment: std::fs::read(segment).unwrap(), folder, written }
    })
}

fn with_cache(path: &Path, folder: &Path) -> Vec<u8> {
    let cache = Arc::new(Cache::open(folder, &["run"]).unwrap());
    let written = whole_run(path, &RunOptions { cache: Some(Arc::clone(&cache)), ..RunOptions::default() });
    cache.finish().unwrap();
    written
}

pub fn cache() -> Target {
    let tokens = &["bnk1", "\u{7F}", "\0\0\0", "\n", "{", "\"asked\":[]"];
    target("cache", vec![kept().segment.clone()], tokens, |bytes| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.kept"), bytes).unwrap();
        let kept = kept();
        assert_eq!(with_cache(&kept.folder.path().join("a.jsonl"), folder.path()), kept.written);
    })
}
