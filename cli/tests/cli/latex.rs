//! LaTeX: projects of several files, archives, and malicious files.

use std::fs;
use std::io::Write;

use crate::support::{Folder, Run, scan};

const MAIN: &str = "\\documentclass{article}\n\\title{Of essays}\n\\input{macros}\n\\begin{document}\n\\input{parts/method}\n\
                    \\end{document}\n";
const METHOD: &str = "\u{FEFF}% How it was done\n\nThe essays were graded by \\graded{a proprietary\n  \\emph{large}} language model.\n";

fn project(folder: Folder) -> Folder {
    folder
        .with("p/main.tex", MAIN)
        .with("p/macros.tex", "\\newcommand{\\graded}[1]{#1}")
        .with("p/parts/method.tex", METHOD)
}

fn ids(run: &Run) -> Vec<String> {
    run.documents().iter().map(|document| document["document"].as_str().unwrap().to_string()).collect()
}

#[test]
fn a_mention_in_an_included_file_is_told_with_that_file() {
    let folder = project(Folder::new());
    let run = folder.byname(&scan(&["p", "--fail-on", "never"]));
    assert_eq!((run.status, ids(&run)), (Some(0), vec!["p/main.tex".to_string()]));
    let documents = run.documents();
    let mention = &documents[0]["mentions"][0];
    assert_eq!(mention["file"], "parts/method.tex");
    assert_eq!((&mention["line"], &mention["column"]), (&3.into(), &35.into()));
    let offset = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
    let bytes = &METHOD.as_bytes()[offset("start")..offset("end")];
    assert_eq!(std::str::from_utf8(bytes).unwrap(), "a proprietary\n  \\emph{large}} language model");
    assert_eq!(mention["text"], "a proprietary\nlarge language model");

    let text = folder.byname(&["scan", "p", "--fail-on", "never"]);
    assert!(text.stdout.contains("--> p/parts/method.tex:3:35"), "{}", text.stdout);
}

#[test]
fn parts_are_read_with_their_paper_and_drafts_are_papers() {
    let folder = project(Folder::new())
        .with("p/draft.tex", "\\documentclass{article}\\begin{document}x\\end{document}")
        .with("p/parts/unused.tex", "not included")
        .with("q/notes.tex", "a text on its own");
    assert_eq!(ids(&folder.byname(&scan(&["."]))), ["p/draft.tex", "p/main.tex", "q/notes.tex"]);
    assert_eq!(ids(&folder.byname(&scan(&["p/parts/unused.tex"]))), ["p/parts/unused.tex"]);
}

#[test]
fn what_means_no_good_is_told_and_the_rest_is_read() {
    let bomb: String = (b'b'..=b'z').fold("\\def\\xa{haha}".to_string(), |text, letter| {
        let (name, before) = (char::from(letter), char::from(letter - 1));
        format!("{text}\\def\\x{name}{{\\x{before} \\x{before} \\x{before}}}")
    });
    let folder = Folder::new()
        .with("bomb.tex", format!("{bomb} \\xz"))
        .with("deep.tex", "\\def\\a{{\\a}}\\a")
        .with("loop.tex", "a \\input{loop2}")
        .with("loop2.tex", "b \\input{loop}")
        .with("outside.tex", "a \\input{../secret} \\input{/etc/hostname}")
        .with("pdf.tex", "%PDF-1.7\n")
        .with("large.tex", "a".repeat(200_001))
        .with("broken.tar.gz", [0x1F, 0x8B, 8, 0, 0])
        .with("good.tex", "The essays were graded by a proprietary large language model.");
    let files = [
        "bomb.tex",
        "deep.tex",
        "loop.tex",
        "outside.tex",
        "pdf.tex",
        "large.tex",
        "broken.tar.gz",
        "good.tex",
    ];
    let options = ["--max-document-size", "200000", "--max-depth", "40", "--fail-on", "never"];
    let run = folder.byname(&scan(&[&files[..], &options[..]].concat()));
    assert_eq!((run.status, ids(&run).len()), (Some(3), files.len()));
    let mut remarks = String::new();
    for document in run.documents() {
        for remark in ["errors", "notes"].into_iter().filter_map(|key| document[key].as_array()).flatten() {
            let (name, kind) = (document["document"].as_str().unwrap(), remark["kind"].as_str().unwrap());
            remarks.push_str(&format!("{name}: {kind}: {}\n", remark["message"].as_str().unwrap()));
        }
    }
    insta::assert_snapshot!(remarks);
    assert_eq!(run.documents()[7]["mentions"].as_array().unwrap().len(), 1);
}

#[test]
fn an_archive_of_arxiv_is_one_paper() {
    let folder = project(Folder::new());
    let path = folder.path("2108.00001v2.tar.gz");
    let mut archive =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    archive.append_dir_all(".", folder.path("p")).unwrap();
    let bytes = archive.into_inner().unwrap().finish().unwrap();
    fs::File::create(&path).unwrap().write_all(&bytes).unwrap();
    let run = folder.byname(&scan(&["2108.00001v2.tar.gz", "--fail-on", "never"]));
    let document = &run.documents()[0];
    assert_eq!(
        (run.status, &document["date"], &document["title"]),
        (Some(0), &"2021-08".into(), &"Of essays".into())
    );
    assert_eq!(document["mentions"][0]["file"], "parts/method.tex");
    let text = folder.byname(&["scan", "2108.00001v2.tar.gz", "--fail-on", "never"]).stdout;
    assert!(text.contains("--> 2108.00001v2.tar.gz/parts/method.tex:3:35"), "{text}");

    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let run = folder.byname(&scan(&["2108.00001v2.tar.gz", "--fail-on", "never"]));
    assert_eq!((run.status, run.documents().len()), (Some(3), 1));
}
