//! Saved results as one page for a browser, which needs nothing else and runs nothing.

use std::io::{self, Write};

use quick_xml::escape::escape;

use super::document::SavedCandidate;
use super::{SavedDocument, SavedReference, SavedReport, SavedTally};
use crate::catalogue::Level;
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
td:nth-child(1), td:nth-child(2) { white-space: nowrap; }
mark { font-weight: 600; }
fieldset { border: 1px solid #8886; margin: 1rem 0; }
label { margin-right: 1rem; }
body:has(#no-error:checked) .error-row, body:has(#no-warning:checked) .warning-row,
body:has(#no-note:checked) .note-row, body:has(#no-hint:checked) .hint-row { display: none; }
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
/// The probability from which a candidate has a row: of less, its share would read 0 %.
const LEAST_SHOWN: f64 = 0.005;
/// The share of none in the catalogue from which the others are not worth a row.
const NEARLY_NONE: f64 = 0.95;

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
        writeln!(out, "{} suppressed.</p>", all.suppressed)?;
        write!(out, "<fieldset><legend>hide</legend>")?;
        for level in Level::ALL {
            let checked = if *level == Level::Hint { " checked" } else { "" };
            write!(out, "<label><input type=\"checkbox\" id=\"no-{level}\"{checked}> {level}s</label>")?;
        }
        writeln!(out, "</fieldset>")
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
        writeln!(out, "<table>\n<tr><th>place</th><th>level</th><th>sentence</th><th>may be</th></tr>")?;
        let mut references: Vec<&SavedReference> = document.references.iter().collect();
        // References come in the order of their first mentions, which may be names.
        references.sort_by_key(|reference| place_of(document, reference));
        for reference in references {
            row(document, reference, out)?;
        }
        writeln!(out, "</table>")
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</body>\n</html>")
    }
}

/// Where a reference is told: the file, as it first comes, and the place in it.
fn place_of<'d>(document: &'d SavedDocument, reference: &SavedReference) -> (usize, usize, &'d str) {
    let Some(mention) = document.told_at(reference) else { return (usize::MAX, 0, "") };
    let file = mention.file.as_deref();
    let first = document.mentions.iter().position(|other| other.file.as_deref() == file);
    (first.unwrap_or(usize::MAX), mention.start, mention.text.as_str())
}

fn row(document: &SavedDocument, reference: &SavedReference, out: &mut dyn Write) -> io::Result<()> {
    let level: Option<Level> = reference.level.parse().ok();
    let mut classes = level.map_or(String::new(), |level| format!("{level}-row"));
    if reference.suppressed.is_some() {
        classes.push_str(" silenced");
    }
    write!(out, "<tr class=\"{}\">", classes.trim())?;
    let mention = document.told_at(reference);
    let place = mention.map(|mention| {
        let file = mention.file.as_ref().map(|file| format!("{}:", html(file))).unwrap_or_default();
        format!("{file}{}:{}", mention.line, mention.column)
    });
    write!(out, "<td>{}</td>", place.unwrap_or_default())?;
    write!(out, "<td>{}", level.map_or("", Level::name))?;
    if let Some(confidence) = reference.confidence.filter(|_| reference.state != "named") {
        write!(out, "<br><span class=\"about\">{:.0} %</span>", confidence * 100.0)?;
    }
    write!(out, "</td><td>")?;
    if let Some(mention) = mention {
        let context = reference.context.clone().unwrap_or_default();
        let (before, after) = (html(&context.before), html(&context.after));
        let kind = html(&format!("{} {}", mention.kind, mention.entity_type));
        write!(
            out,
            "{before}<mark>{}</mark>{after}<br><span class=\"about\">{kind}</span>",
            html(&mention.text)
        )?;
    }
    write!(out, "</td><td>{}", html(&reference.state))?;
    if let Some(told) = &reference.suppressed {
        write!(out, "<br>suppressed by {}", html(&told.by))?;
        if !told.reason.is_empty() {
            write!(out, ": {}", html(&told.reason))?;
        }
    }
    candidates(reference, out)?;
    writeln!(out, "</td></tr>")
}

/// What a reference may be. Where nothing fits, a list would read as a guess all the same.
fn candidates(reference: &SavedReference, out: &mut dyn Write) -> io::Result<()> {
    let is_named = reference.state == "named";
    if is_named {
        for candidate in &reference.candidates {
            writeln!(out, "<div>{}</div>", html(&candidate.name))?;
        }
        return Ok(());
    }
    if reference.state != "unresolved" && reference.unknown < NEARLY_NONE {
        let likely = |candidate: &&SavedCandidate| candidate.probability >= LEAST_SHOWN;
        for candidate in reference.candidates.iter().take(CANDIDATES).filter(likely) {
            let share = format!("{:.0} %", candidate.probability * 100.0);
            writeln!(out, "<details><summary>{share} {}</summary><ul>", html(&candidate.name))?;
            for clue in &candidate.evidence {
                let told = format!("{}: {}", clue.clue, clue.detail);
                writeln!(out, "<li>{} ({:+.1})</li>", html(&told), clue.weight)?;
            }
            writeln!(out, "</ul></details>")?;
        }
    }
    if reference.unknown >= LEAST_SHOWN {
        write!(out, "<div>{:.0} % none in the catalogue</div>", reference.unknown * 100.0)?;
    }
    Ok(())
}

/// A text of a paper that no browser takes for anything else.
fn html(text: &str) -> String {
    escape(visible(text).as_ref()).into_owned()
}
