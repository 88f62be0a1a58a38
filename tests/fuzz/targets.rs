//! Everything that reads what strangers wrote, one function each.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use byname::catalogue::{Catalogue, CatalogueFile, Layer};
use byname::collection::{
    Cache, Failure, Format, Input, Observer, RecordLines, RunOptions, merge, read_document, run,
};
use byname::config::Configuration;
use byname::document::{Missing, ProjectFiles, ReadLimits, RecordFields, read_latex, read_record};
use byname::import::ImportFormats;
use byname::report::JsonLines;
use byname::saved::{SavedCsv, SavedHtml, SavedReport, SavedResults, SavedTally};
use byname::suppress::Baseline;

use crate::driver::{Target, as_it_is};
use crate::promises::{Source, check, check_error, engine, scan};
use crate::seeds::{files, with};

/// Small limits, so that small inputs come to them.
fn limits() -> ReadLimits {
    ReadLimits { size: 1 << 20, ..ReadLimits::default() }
}

fn target(
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    tokens: &'static [&'static str],
    check: fn(&[u8]),
) -> Target {
    Target { name, seeds, tokens, shape: as_it_is, check, short: 12 }
}

/// Reads bytes as one paper in a format, and looks at what comes of it.
fn one_paper(format: Format, bytes: &[u8], source: Source<'_>) {
    match read_document("a", Some(format), bytes.to_vec(), limits()) {
        Ok((document, error)) => {
            check(&document, source);
            error.iter().for_each(check_error);
        }
        Err(error) => check_error(&error),
    }
}

pub fn plain() -> Target {
    let tokens = &[
        "\n\n",
        "    ",
        "\u{C}",
        "[12]",
        "1 Introduction\n",
        "References\n",
        "-\n",
        "|",
        "\t",
        "arXiv:2301.00001v2",
    ];
    target("plain", with(files("examples/papers", ".md"), &["A\r\rB\r"]), tokens, |bytes| {
        one_paper(Format::Plain, bytes, Source::File(bytes));
    })
}

pub fn markdown() -> Target {
    let tokens = &[
        "# ",
        "---\n",
        "title: ",
        "date: ",
        "[",
        "](",
        ")",
        "![",
        "*",
        "**",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "|",
        "\n|---|\n",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "<sup>",
        "&amp;",
        "[^1]",
        "[^1]: ",
        "$",
        "$$",
        "\\",
        "<!-- byname: ignore-file -->",
        "<!-- byname: ignore[",
    ];
    target("markdown", files("examples/papers", ".md"), tokens, |bytes| {
        one_paper(Format::Markdown, bytes, Source::File(bytes));
    })
}

const TEX: &[&str] = &[
    "\\begin{document}",
    "\\end{document}",
    "\\begin{",
    "\\end{",
    "{",
    "}",
    "[",
    "]",
    "\\section{",
    "\\footnote{",
    "\\footnote[",
    "\\caption{",
    "\\input{a}",
    "\\include{b}",
    "\\bibliography{b}",
    "\\cite{",
    "\\newcommand{\\x}[2][d]{#1#2}",
    "\\def\\x#1.#2{",
    "\\x",
    "#1",
    "##",
    "\\newenvironment{",
    "\\let\\x\\y",
    "\\if",
    "\\ifx",
    "\\else",
    "\\fi",
    "\\iftoggle{",
    "\\newif\\ifx",
    "\\xtrue",
    "$",
    "$$",
    "\\(",
    "\\[",
    "\\]",
    "%",
    "\n\n",
    "\\\\",
    "&",
    "~",
    "\\verb|",
    "\\begin{verbatim}\n",
    "\\end{verbatim}",
    "\\begin{tabular}{l}",
    "\\item",
    "\\author{",
    "\\and",
    "\\thanks{",
    "\\twocolumn[",
    "\\begin{comment}",
    "\\NewDocumentCommand{\\x}{som}{",
    "\\IfBooleanTF#1{",
    "\\DIFdel{",
    "\\begin{filecontents}{b.tex}\n",
    "\\newacronym{a}{b}{c}",
    "\\gls{a}",
    "\\tikz[",
    "\\csname x\\endcsname",
    "\\expandafter",
    "\\^",
    "\\'e",
    "\\multicolumn{2}{c}{",
    "\\InputIfFileExists{a}{",
    "^^M",
    "\\makeatletter",
    "\\x@y",
    "\\bibitem{",
    "\\begin{thebibliography}{9}",
];

const OWN_TEX: &[&str] = &[
    "\\documentclass{article}\\newcommand{\\sys}[2][GPT-4]{#1 and #2}\\begin{document}\\title{On models}\\author{A. Byron\\thanks{x}}\
     \\maketitle We ran \\sys{a large language model}, \\sys[Claude 3]{x}.\\footnote{A proprietary LLM.} $\\pi$\\cite{a}\
     \\begin{table}\\begin{tabular}{ll}Model & \\multicolumn{1}{l}{GPT-4}\\\\\\end{tabular}\\caption{T}\\end{table}\
     \\begin{thebibliography}{9}\\bibitem{a} A. Byron. GPT-4. 2023.\\end{thebibliography}\\end{document}",
    "\\newtoggle{x}\\toggletrue{x}\\iftoggle{x}{a secret chatbot}{GPT-4}\\ifx\\a\\b GPT\\else LLM\\fi\\NewDocumentCommand{\\m}{som}{\\IfBooleanTF\
     {#1}{\\IfValueTF{#2}{#2}{x}}{#3}}\\m*[b]{c}\\def\\q#1.#2!{#2#1}\\q a.b!\\DIFdelbegin\\DIFdel{old}\\DIFdelend\\verb|x|\\begin{verbatim}\ny\n\\end{verbatim}",
];

pub fn latex() -> Target {
    target("latex", with(files("examples/papers/whole", ".tex"), OWN_TEX), TEX, |bytes| {
        one_paper(Format::Latex, bytes, Source::File(bytes));
    })
}

/// Three files of one project, parted by this byte in the input.
const PART: u8 = 0x1E;

#[derive(Debug)]
struct Project(BTreeMap<&'static str, Vec<u8>>);

impl ProjectFiles for Project {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, Missing> {
        let bytes = self.0.get(path).ok_or(Missing::NotFound)?;
        Ok(bytes[..bytes.len().min(limit)].to_vec())
    }
}

pub fn latex_project() -> Target {
    let own = "\\documentclass{article}\\begin{document}\\input{a}\\input{\"a\"}\\cite{k,l}\\bibliography{b}\\end{document}\u{1E}\\section{A}We \
               ran a model.\\input{main}\u{1E}@string{x = \"Y\"}\n@article{k, title = {On {GPT}-4}, author = \"Byron, A. and B\", year = 2023 # \
               x}\n@comment{z}@misc(l, eprint={2301.00001})";
    let mut seeds = with(Vec::new(), &[own]);
    for bytes in files("examples/papers/whole", ".bib").into_iter().take(3) {
        let mut whole = own.as_bytes().to_vec();
        whole.extend(bytes.into_iter().take(2000));
        seeds.push(whole);
    }
    let tokens = &[
        "\u{1E}",
        "@",
        "@article{",
        "{",
        "}",
        "\"",
        "#",
        ",",
        "=",
        "\\input{",
        "\\input{a}",
        "\\bibliography{b}",
        "\\cite{k}",
        "author",
        " and ",
    ];
    target("latex_project", seeds, tokens, |bytes| {
        let mut parts = bytes.splitn(3, |byte| *byte == PART).map(<[u8]>::to_vec);
        let main = parts.next().unwrap_or_default();
        let (a, b) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let files = Project(BTreeMap::from([
            ("main.tex", main.clone()),
            ("a.tex", a),
            ("b.bib", b.clone()),
            ("main.bbl", b),
        ]));
        match read_latex("a", "main.tex", main, &files, limits()) {
            Ok(paper) => check(&paper.document, Source::Other),
            Err(error) => check_error(&error),
        }
    })
}

pub fn html() -> Target {
    let tokens = &[
        "<p>",
        "</p>",
        "<div class=\"ltx_",
        "<span",
        ">",
        "<",
        "</",
        "\"",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "<table><tr><td>",
        "</table>",
        "<sup>",
        "</sup>",
        "<wbr>",
        "&shy;",
        "&#x",
        ";",
        "&amp",
        "<math",
        "<a href=\"#bib1\">",
        "<h1>",
        "<title>",
        "<meta name=\"citation_",
        "<![CDATA[",
        "<svg>",
        "<template>",
        "<cite>",
        "<pre>",
        "<ul><li>",
        " a=b",
        "<section id=\"bib\">",
        "</body>",
    ];
    let own = "<!doctype html><html><head><title>On models</title><meta name=\"citation_author\" content=\"Ada\"></head><body><h1 class=\"ltx_title\">\
               On models</h1><section><h2>1 Method</h2><p>We ran a <b>large</b> lan&shy;guage model<sup>3</sup> (GPT<sub>4</sub>) <cite><a href=\"#bib1\">[1]\
               </a></cite>.</p><table><tr><th>Model<td>GPT-4</table><pre>x</pre><math alttext=\"x\"><mi>x</mi></math></section><ul \
               class=\"ltx_biblist\"><li id=\"bib1\" class=\"ltx_bibitem\">Byron 2023</li></ul></body></html>";
    target("html", with(Vec::new(), &[own]), tokens, |bytes| {
        one_paper(Format::Html, bytes, Source::File(bytes))
    })
}

const XML: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<sec>",
    "</sec>",
    "<p>",
    "</p>",
    "<xref ref-type=\"bibr\" rid=\"b1\">",
    "<ref type=\"bibr\" target=\"#b1\">",
    "<sup>",
    "<italic>",
    "<table-wrap>",
    "<fn>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#0;",
    "&#x110000;",
    "&amp;",
    "<?x",
    "?>",
    " a=\"b\"",
    "<formula>",
    "<front>",
    "<back>",
    "<contrib>",
    "<pub-date>",
    "<year>",
    "<biblStruct xml:id=\"b1\">",
    "\u{FEFF}",
];

pub fn jats() -> Target {
    let own = "<?xml version=\"1.0\"?><article><front><article-meta><title-group><article-title>On models</article-title></title-group><contrib-group>\
               <contrib contrib-type=\"author\"><name><surname>Byron</surname><given-names>Ada</given-names></name></contrib><aff>Example \
               University</aff></contrib-group><pub-date><year>2023</year></pub-date><abstract><p>We ran a model.</p></abstract></article-meta></front><body>\
               <sec><title>Method</title><p>We ran <italic>a large</italic> language model<sup><xref ref-type=\"bibr\" rid=\"b1\">3</xref></sup> (GPT-4).</p>\
               <table-wrap><table><tr><td>GPT-4</td></tr></table></table-wrap></sec></body><back><ref-list><ref id=\"b1\"><mixed-citation>Byron \
               2023</mixed-citation></ref></ref-list></back></article>";
    target("jats", with(Vec::new(), &[own]), XML, |bytes| one_paper(Format::Xml, bytes, Source::File(bytes)))
}

pub fn tei() -> Target {
    let own = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>On models</title></titleStmt><sourceDesc><biblStruct>\
               <analytic><author><persName><forename>Ada</forename><surname>Byron</surname></persName><affiliation><orgName>Google</orgName></affiliation>\
               </author></analytic><date when=\"2023-01\"/></biblStruct></sourceDesc></fileDesc></teiHeader><text><body><div><head n=\"1\">Method</head><p>We \
               ran a large language model <ref type=\"bibr\" target=\"#b1\">[1]</ref> and GPT-4 <formula>x</formula>.</p></div></body><back><div \
               type=\"references\"><listBibl><biblStruct xml:id=\"b1\"><title>GPT-4</title></biblStruct></listBibl></div></back></text></TEI>";
    target("tei", with(Vec::new(), &[own]), XML, |bytes| one_paper(Format::Xml, bytes, Source::File(bytes)))
}

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

/// Keeps nothing, and minds what is a fault of the program.
struct Minding;

impl Observer for Minding {
    fn failure(&mut self, failure: &Failure) {
        check_error(&failure.error);
    }

    fn progress(&mut self, _: usize, _: u64) {}
}

/// What a run over one file writes.
fn whole_run(path: &Path, options: &RunOptions) -> Vec<u8> {
    let mut out = Vec::new();
    let report = JsonLines::new(engine().catalogue());
    let inputs = std::iter::once(Ok(Input::file(path)));
    run(inputs, &scan(&report), options, &mut out, &mut Minding).unwrap();
    out
}

/// Reads bytes from a file with such an ending.
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

pub fn catalogue() -> Target {
    // The first line of an input is the path that it takes in the catalogue.
    let layer = Layer::built_in();
    let wanted =
        |file: &&CatalogueFile| !file.path.starts_with("tests/") && !file.path.starts_with("imports/");
    let seeds = layer
        .files
        .iter()
        .filter(wanted)
        .map(|file| format!("{}\n{}", file.path, file.text).into_bytes())
        .collect();
    let tokens = &[
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\"",
        "'",
        "=",
        ",",
        "\n",
        "|",
        "(",
        ")",
        "?",
        "*",
        "{model}",
        "{one}",
        "weight = ",
        "phrase = \"",
        "id = \"",
        "name = \"",
        "parameters = ",
        "announced = \"",
        "2023-13",
        "1e400",
        "nan",
        "-0",
        "[[example]]",
        "text = \"",
        "expect = \"",
        "a",
        " ",
        "\"\"\"",
        "[[system]]",
        "[[rule]]",
        "words = [",
        "in = [",
        "\\u0000",
        "~",
        "...",
        "+",
        "<",
    ];
    Target {
        short: 4,
        ..target("catalogue", seeds, tokens, |bytes| {
            static BASE: OnceLock<Layer> = OnceLock::new();
            let base = BASE.get_or_init(|| {
                let mut layer = Layer::built_in();
                // What is large takes long to make ready, and says the same many times.
                layer.files.retain(|file| {
                    let is_large = ["systems/", "rules/", "tests/", "contexts.toml", "uses.toml"];
                    !is_large.iter().any(|start| file.path.starts_with(start))
                });
                layer
            });
            let text = String::from_utf8_lossy(bytes);
            let (path, text) = text.split_once('\n').unwrap_or(("rules/described/x.toml", &text));
            let file =
                CatalogueFile { shown: path.to_string(), path: path.to_string(), text: text.to_string() };
            let own = Layer { name: "own".to_string(), files: vec![file] };
            match Catalogue::load(&[base.clone(), own]) {
                Ok(catalogue) => drop(byname::Engine::new(catalogue)),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        })
    }
}

pub fn settings() -> Target {
    let tokens = &[
        "[",
        "]",
        "[[override]]\n",
        "paths = [",
        "extend = ",
        "\"../",
        "byname.toml\"",
        "jobs = ",
        "cache = ",
        "catalog = [",
        "exclude = [\"",
        "**",
        "{a,",
        "[!",
        "max-depth = ",
        "date = \"",
        "levels = {",
        "floor = ",
        "\"",
        "'",
        "=",
        "\n",
        "999999999999999999999",
        "\"64MiB\"",
        "0x",
        "nan",
        ".",
        "a.b.",
    ];
    let own = "jobs = 3\ndate = \"2023-05\"\nexclude = [\"a/**\", \"!b\"]\nmax-document-size = \"3MiB\"\nmin-confidence = 0.5\n[levels]\n\
               \"disclosure/nameless\" = \"note\"\n[[override]]\npaths = [\"c/*.md\"]\norganisation = [\"Google\"]\n";
    let seeds = with(Vec::new(), &[byname::config::TEMPLATE, own, "extend = \"byname.toml\"\n"]);
    target("settings", seeds, tokens, |bytes| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("byname.toml");
        std::fs::write(&path, bytes).unwrap();
        match Configuration::read(&path) {
            Ok(configuration) => {
                if configuration.settings().is_ok() {
                    let rules = configuration.path_rules().unwrap();
                    rules.known(&folder.path().join("c/d.md"));
                    rules.excludes(&folder.path().join("a/b/c"), false);
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    })
}

fn saved_lines() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/papers/lamda-sizes.md");
    whole_run(&path, &RunOptions::default())
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
            let mut tally = SavedTally::default();
            results.documents().iter().for_each(|document| tally.add(document));
            for report in [&SavedHtml as &dyn SavedReport, &SavedCsv] {
                let mut out = Vec::new();
                report.begin(&tally, &mut out).unwrap();
                results.documents().iter().for_each(|document| report.document(document, &mut out).unwrap());
                report.end(&mut out).unwrap();
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

fn import(format: &str, bytes: &[u8]) {
    static FORMATS: OnceLock<ImportFormats> = OnceLock::new();
    let formats = FORMATS.get_or_init(|| ImportFormats::read(&[Layer::built_in()]).unwrap());
    let today = jiff::civil::date(2026, 1, 1);
    let (_, faults) = formats.by_name(format).unwrap().read(bytes, "table", today);
    assert!(faults.iter().all(|fault| fault.line >= 1 && !fault.message.is_empty()));
}

pub fn import_csv() -> Target {
    let own = "Model,Organization,Publication date,Parameters,Domain,Model accessibility,Base model,Link\nGherkin 9,Gherkin Works,2024-03-01,9000000000,\
               Language,Open weights (unrestricted),,https://arxiv.org/abs/2403.00001\nlamda,Google,2021-05-18,2.0E12,\"Language,Vision\",Unreleased,,\n";
    let tokens = &[",", "\"", "\n", "\r\n", "\"\"", "1e999", "9B", "2024-13", "Model", ";"];
    Target {
        short: 40,
        ..target("import_csv", with(Vec::new(), &[own]), tokens, |bytes| import("epoch", bytes))
    }
}

pub fn import_json() -> Target {
    let own = "[{\"name\": \"Gherkin 9\", \"organisations\": [\"Google\"], \"parameters\": 9000000000},\n {\"name\": \"LaMDA\", \"announced\": \"2021-05\"}]";
    let tokens =
        &["{", "}", "[", "]", "\"", ":", ",", "\n", "\"name\":", "null", "1e999", "\\u0000", "\\ud800"];
    Target {
        short: 40,
        ..target("import_json", with(Vec::new(), &[own]), tokens, |bytes| import("json", bytes))
    }
}

pub fn import_yaml() -> Target {
    let own = "models:\n  - name: google/gherkin-9\n    display_name: Gherkin 9\n    creator_organization_name: Google\n    access: open\n    num_parameters: \
               9000000000\n    release_date: 2024-03-01\n    tags: [TEXT_MODEL_TAG, &a b, *a]\n";
    let tokens = &[
        "- ",
        ": ",
        "\n  ",
        "&a ",
        "*a",
        "[",
        "]",
        "{",
        "}",
        "? ",
        "|\n",
        ">\n",
        "!!str ",
        "---\n",
        "...\n",
        "#",
        "\"",
        "'",
        "<<: *a",
        "%YAML 1.2\n",
    ];
    Target {
        short: 40,
        ..target("import_yaml", with(Vec::new(), &[own]), tokens, |bytes| import("helm", bytes))
    }
}

/// A file of three records, what a run writes of it, and what a cache then keeps.
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

#[cfg(feature = "pdf")]
pub fn pdf() -> Target {
    let mut seeds = with(Vec::new(), crate::shape_of_pdf::PARTS);
    seeds.push(crate::shape_of_pdf::PARTS.join("\u{1E}").into_bytes());
    let check = |bytes: &[u8]| one_paper(Format::Pdf, bytes, Source::Other);
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
    let mut writer =
        parquet::file::writer::SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::default())
            .unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}
