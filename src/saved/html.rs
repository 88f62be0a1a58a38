//! Saved results as one page for a browser, which needs nothing else and runs nothing.

use std::io::{self, Write};

use quick_xml::escape::escape;

use super::{SavedDocument, SavedReference, SavedReport, SavedTally};
use crate::report::visible;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>byname: systems that papers leave nameless</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .3rem; overflow-wrap: anywhere; }
p { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #8886; padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; }
td:nth-child(1), td:nth-child(3) { white-space: nowrap; }
q { font-style: italic; }
ul { margin: 0; padding-left: 1.1rem; }
.about, .silenced { opacity: .7; }
.error { color: #c33; }
</style>
</head>
<body>
<h1>Systems that papers leave nameless</h1>
"#;

/// Candidates shown of each reference.
const CANDIDATES: usize = 5;

/// Writes the counts of the run, and a table of references for each paper that has one.
#[derive(Debug, Clone, Copy)]
pub struct SavedHtml;

impl SavedReport for SavedHtml {
    fn begin(&self, all: &SavedTally, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())?;
        let states: Vec<String> =
            all.states.iter().map(|(state, count)| format!("{count} {}", html(state))).collect();
        let references: usize = all.states.values().sum();
        write!(out, "<p>{} papers, {} of them not read or only in part. ", all.documents, all.failures)?;
        write!(
            out,
            "{references} references: {}. ",
            if states.is_empty() { "none".to_string() } else { states.join(", ") }
        )?;
        writeln!(out, "{} suppressed.</p>", all.suppressed)
    }

    fn document(&self, document: &SavedDocument, out: &mut dyn Write) -> io::Result<()> {
        if document.references.is_empty() && document.errors.is_empty() {
            return Ok(());
        }
        let name = document.title.as_deref().unwrap_or(&document.document);
        writeln!(out, "<h2>{}</h2>", html(name))?;
        let mut about = vec![html(&document.document)];
        about.extend(document.date.map(|date| date.to_string()));
        about.extend(document.organisations.iter().map(|organisation| html(organisation)));
        writeln!(out, "<p class=\"about\">{}</p>", about.join(" · "))?;
        for failure in &document.errors {
            writeln!(out, "<p class=\"error\">{}</p>", html(&failure.message))?;
        }
        if document.references.is_empty() {
            return Ok(());
        }
        writeln!(out, "<table>\n<tr><th>place</th><th>words</th><th>state</th><th>may be</th></tr>")?;
        for reference in &document.references {
            row(document, reference, out)?;
        }
        writeln!(out, "</table>")
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</body>\n</html>")
    }
}

fn row(document: &SavedDocument, reference: &SavedReference, out: &mut dyn Write) -> io::Result<()> {
    let class = if reference.suppressed.is_some() { " class=\"silenced\"" } else { "" };
    write!(out, "<tr{class}>")?;
    match document.told_at(reference) {
        Some(mention) => {
            let file = mention.file.as_ref().map(|file| format!("{}:", html(file))).unwrap_or_default();
            write!(out, "<td>{file}{}:{}</td>", mention.line, mention.column)?;
            let kind = html(&format!("{} {}", mention.kind, mention.entity_type));
            write!(out, "<td><q>{}</q><br><span class=\"about\">{kind}</span></td>", html(&mention.text))?;
        }
        None => write!(out, "<td></td><td></td>")?,
    }
    write!(out, "<td>{}", html(&reference.state))?;
    if let Some(told) = &reference.suppressed {
        write!(out, "<br>suppressed by {}", html(&told.by))?;
        if !told.reason.is_empty() {
            write!(out, ": {}", html(&told.reason))?;
        }
    }
    write!(out, "</td><td>")?;
    let is_named = reference.state == "named";
    for candidate in reference.candidates.iter().take(CANDIDATES) {
        let name = html(&candidate.name);
        let share = format!("{:.0} %", candidate.probability * 100.0);
        if is_named {
            writeln!(out, "<div>{name}</div>")?;
            continue;
        }
        writeln!(out, "<details><summary>{share} {name}</summary><ul>")?;
        for clue in &candidate.evidence {
            let told = format!("{}: {}", clue.clue, clue.detail);
            writeln!(out, "<li>{} ({:+.1})</li>", html(&told), clue.weight)?;
        }
        writeln!(out, "</ul></details>")?;
    }
    if !is_named {
        write!(out, "<div>{:.0} % none in the catalogue</div>", reference.unknown * 100.0)?;
    }
    writeln!(out, "</td></tr>")
}

/// A text of a paper that no browser takes for anything else.
fn html(text: &str) -> String {
    escape(visible(text).as_ref()).into_owned()
}
