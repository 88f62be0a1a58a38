//! Every span points to the bytes of the source from which its text was read.

use byname::document::{
    ByteSpan, Document, LineIndex, Members, Places, ReadLimits, ReadNote, RecordFields, read_latex,
    read_markdown, read_plain, read_record,
};
use proptest::prelude::*;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use crate::support::{Folder, scan};

/// Decodes the bytes of a source, in the encoding that the notes on the paper name.
fn decoded(bytes: &[u8], notes: &[ReadNote]) -> String {
    let read_as = notes.iter().find_map(|note| note.message.split_once(" was read as "));
    let Some((_, name)) = read_as else { return String::from_utf8_lossy(bytes).into_owned() };
    let label = name.split(' ').next().unwrap();
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns the visible characters of a text, with ligatures and wide characters normalised (NFKC).
fn seen(text: &str) -> String {
    let unseen = |c: &char| {
        c.is_control()
            || matches!(c, '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    text.chars().filter(|c| !unseen(c)).nfkc().collect()
}

/// Checks that every word of the prose is in the source at the place that the map gives, and that its line
/// and column agree with plain counting.
fn check_words(document: &Document, source: &[u8], literal: bool) {
    let lossy = |bytes: &[u8]| decoded(bytes, &document.notes);
    let text = document.source_text();
    let lines = LineIndex::new(text);
    for word in document.prose.split(char::is_whitespace).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - document.prose.as_ptr() as usize;
        let span = document.source_map.to_source(ByteSpan::new(start, start + word.len()));
        let bytes = &source[span.start..span.end];
        // Of a word that is parted at the end of a line or a page, both halves stand there.
        let is_parted = bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r' | b'\x0C'));
        if literal && !is_parted {
            assert_eq!(seen(&lossy(bytes)), seen(word));
        } else {
            // Markup may stand between the letters; the letters themselves stand there in order.
            let mut rest = lossy(bytes);
            for letter in word.chars().filter(|letter| letter.is_alphanumeric()) {
                let at = rest.find(letter);
                assert!(at.is_some(), "{letter:?} of {word:?} in {:?}", lossy(bytes));
                rest.drain(..at.unwrap_or(0) + letter.len_utf8());
            }
        }
        let before = text[..document.source.to_text(span.start)].to_string();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let place = lines.position(before.len());
        assert_eq!(place.line, before.matches('\n').count() + 1);
        assert_eq!(place.column, before[line_start..].chars().count() + 1);
    }
}

/// Generates pieces of Markdown, to be combined at random.
fn markdown_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zé漢]{1,8} ",
        1 => Just("**bold** ".to_string()),
        1 => Just("*of a* ".to_string()),
        1 => Just("`code-002` ".to_string()),
        1 => Just("[link](https://x.test/a_b) ".to_string()),
        1 => Just("&amp; ".to_string()),
        1 => Just("5\\% ".to_string()),
        1 => Just("$10^{11}$ ".to_string()),
        1 => Just("<b>html</b> ".to_string()),
        1 => Just("<!-- aside --> ".to_string()),
        2 => Just("\n".to_string()),
        2 => Just("\r\n".to_string()),
        2 => Just("\n\n".to_string()),
        1 => Just("\n\n# Heading\n\n".to_string()),
        1 => Just("\n\n- item\n- item two\n\n".to_string()),
        1 => Just("\n\n> quoted\n> twice\n\n".to_string()),
        1 => Just("\n\n```\nlet code = 1;\n```\n\n".to_string()),
        1 => Just("\n\n| a | b |\n|---|---|\n| c | d |\n\n".to_string()),
        1 => Just("[^1] \n\n[^1]: a footnote\n\n".to_string()),
        1 => Just("~~*_`$[".to_string()),
    ]
}

/// Generates pieces of LaTeX, valid and broken, to be combined at random.
fn latex_piece() -> impl Strategy<Value = String> {
    const MARKUP: &[&str] = &[
        "\\textbf{",
        "}",
        "{",
        "$10^{11}$",
        "$",
        "$$",
        "\\[",
        "\\]",
        "% aside\n",
        "\n",
        "\n\n",
        "~",
        "``",
        "''",
        "--",
        "\\newcommand{\\ours}[2][of]{big #1 and #2 \\more}",
        "\\def\\more#1{x #1 y}",
        "\\ours",
        "\\more",
        "[",
        "]",
        "#1",
        "\\footnote{",
        "\\caption{",
        "\\begin{figure}",
        "\\end{figure}",
        "\\begin{tabular}{l}",
        "&",
        "\\\\",
        "\\end{tabular}",
        "\\'e",
        "\\\"{\\i}",
        "5\\%",
        "\\cite{a,b}",
        "\\citep[see][",
        "\\ref{l}",
        "\\label{l}",
        "\\section{",
        "\\item[",
        "\\verb|",
        "\\url{",
        "\\begin{verbatim}",
        "\\end{verbatim}",
        "\\begin{document}",
        "\\end{document}",
        "\\title{",
        "\\author{",
        "\\and ",
        "\\input{b}",
        "\\include{a}",
        "\\iffalse ",
        "\\else ",
        "\\fi ",
        "\\newif\\ifz",
        "\\ifz",
        "\\newenvironment{z}{<}{>}",
        "\\begin{z}",
        "\\end{z}",
        "\\begin{thebibliography}{1}",
        "\\bibitem[q(2020)]{a}",
        "\\end{thebibliography}",
        "\\begin{abstract}",
        "\\end{abstract}",
        "\\begin{equation}",
        "\\end{equation}",
        "\\xspace",
        "\\MakeUppercase{",
        "\\",
        "\u{FEFF}",
        "\r\n",
    ];
    prop_oneof![2 => "[a-zé漢]{1,8} ", 3 => proptest::sample::select(MARKUP).prop_map(str::to_string)]
}

/// Checks that every letter and digit of the prose is in its file at the place that the map gives, either as
/// it is or as the output of a command there.
fn check_letters(document: &Document, sources: &[(&str, &[u8])]) {
    let places = Places::new(document);
    for (at, letter) in document.prose.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let span = ByteSpan::new(at, at + letter.len_utf8());
        let place = places.of(span);
        let name = place.file.unwrap_or("a.tex");
        let source = sources.iter().find(|source| source.0 == name).unwrap().1;
        // The note is of the file that is not UTF-8; the others are.
        let notes = if std::str::from_utf8(source).is_ok() { &[][..] } else { &document.notes };
        let bytes = decoded(&source[place.source.start..place.source.end], notes);
        let is_command = bytes.starts_with('\\');
        let same_letter = bytes.to_lowercase() == letter.to_lowercase().to_string(); // under \MakeUppercase
        assert!(is_command || same_letter, "{letter:?} at {at} of {:?} is {bytes:?}", document.prose);
        assert_eq!(bytes, places.in_text(span).of(places.lines(span).text()));
    }
    let spans = document.sections.iter().map(|section| section.span);
    for span in spans.chain(document.citations.iter().map(|citation| citation.span)) {
        assert!(document.prose.get(span.start..span.end).is_some(), "{span:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn of_plain_text_whatever_its_bytes(
        bytes in proptest::collection::vec(
            prop_oneof![4 => 32..127_u8, 1 => Just(b'\n'), 1 => any::<u8>()], 0..300
        ),
        mark in any::<bool>(),
    ) {
        let source = [if mark { &b"\xEF\xBB\xBF"[..] } else { b"" }, &bytes].concat();
        check_words(&read_plain("p", source.clone()), &source, true);
    }

    #[test]
    fn of_markdown_whatever_its_markup(
        pieces in proptest::collection::vec(markdown_piece(), 0..40),
        bad in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut source = pieces.concat().into_bytes();
        if let Some(bad) = bad {
            source.insert(bad.index(source.len() + 1), 0xFF);
        }
        check_words(&read_markdown("m", source.clone()), &source, false);
    }

    #[test]
    fn of_latex_whatever_its_markup(
        main in proptest::collection::vec(latex_piece(), 0..60),
        part in proptest::collection::vec(latex_piece(), 0..20),
        bad in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let (mut main, part) = (main.concat().into_bytes(), part.concat().into_bytes());
        if let Some(bad) = bad {
            // A letter in another encoding; among UTF-8, U+FFFD stands for it.
            main.insert(bad.index(main.len() + 1), 0xFF);
        }
        let members = Members([("a.tex", &main), ("b.tex", &part)].map(|(path, text)| (path.to_string(), text.clone())).into());
        let limits = ReadLimits { size: 100_000, depth: 50, ..ReadLimits::default() };
        let paper = read_latex("a.tex", "a.tex", main.clone(), &members, limits).unwrap();
        check_letters(&paper.document, &[("a.tex", &main[..]), ("b.tex", &part)]);
    }

    #[test]
    fn no_bytes_make_the_reader_of_latex_fail_badly(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let limits = ReadLimits { size: 100_000, depth: 50, ..ReadLimits::default() };
        let _ = read_latex("a.tex", "a.tex", bytes, &Members::default(), limits);
    }

    #[test]
    fn of_the_text_of_records(text in "\\PC{0,80}") {
        let line = json!({"id": "r", "text": text}).to_string();
        let document = read_record(line.as_bytes(), &RecordFields::default(), "r:1").unwrap();
        check_words(&document, text.as_bytes(), true);
        prop_assert_eq!(seen(&document.prose), seen(&text));
    }

    #[test]
    fn no_line_makes_the_reader_of_records_fail_badly(line in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_record(&line, &RecordFields::default(), "r:1");
    }
}

/// Checks the mentions that `scan` reports against the files themselves.
#[test]
fn of_every_mention_that_scan_reports() {
    let texts = [
        ("a.txt", &b"\xEF\xBB\xBFWe graded 500 essays with a proprietary\nlarge language model. Caf\xE9.\n\n\x93GPT-4\x94 agreed with the in-house LLM."[..]),
        ("b.md", b"---\ntitle: T\n---\n\nWe use **a strong LLM** (`GPT-4`) &amp; *our* 7B model,\nthen two proprietary chatbots.\n"),
    ];
    let mut folder = Folder::new();
    for (name, text) in texts {
        folder = folder.with(name, text);
    }
    let run = folder.byname(&scan(&["a.txt", "b.md", "--mentions", "all", "--fail-on", "never"]));
    assert_eq!(run.status, Some(0));
    for ((name, source), document) in texts.iter().zip(run.documents()) {
        let mentions = document["mentions"].as_array().unwrap();
        let described = mentions.iter().filter(|mention| mention["kind"] == "described").count();
        assert!(mentions.len() >= 3 && described >= 1, "{name}: {mentions:?}");
        for mention in mentions {
            let offset = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
            let bytes = &source[offset("start")..offset("end")];
            let written: String =
                String::from_utf8_lossy(bytes).chars().filter(|letter| !"*`".contains(*letter)).collect();
            assert_eq!(written, mention["text"].as_str().unwrap(), "{name}");
            let before = String::from_utf8_lossy(&source[..offset("start")]).into_owned();
            assert_eq!(offset("line"), before.matches('\n').count() + 1, "{name}");
        }
    }
}
