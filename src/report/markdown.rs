//! A summary in Markdown for pull requests.

use std::io::{self, Write as _};

use super::source_range::SourceRange;
use super::{Report, ReportedPaper, Tally, visible};
use crate::document::Places;

/// A renderer that writes a table with one row per finding.
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

impl Report for Markdown {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "## byname\n\n| level | place | finding | may be |\n| --- | --- | --- | --- |")
    }

    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        for error in entry.errors {
            let (path, message) = (plain(&entry.document.id), plain(&error.message));
            writeln!(out, "| error | {path} | {message} | |")?;
        }
        let places = Places::new(entry.document);
        for diagnostic in entry.reported() {
            let range = SourceRange::new(&places, diagnostic.span);
            let best = diagnostic.likely().map_or_else(String::new, |(answer, probability)| {
                format!("{} ({:.0} %)", plain(&answer), probability * 100.0)
            });
            writeln!(
                out,
                "| {} | {}:{} | {}; {} | {best} |",
                diagnostic.level,
                plain(&range.path),
                range.line,
                plain(&format!("{}{}", diagnostic.message, range.within())),
                plain(&diagnostic.advice)
            )?;
        }
        Ok(())
    }

    fn end(&self, tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(
            out,
            "\n{} {} read, {} of them failed or incomplete.",
            tally.documents,
            if tally.documents == 1 { "paper" } else { "papers" },
            tally.failures
        )
    }
}

/// Escapes a text so that Markdown shows it literally and on one line, without links, markup or user
/// mentions.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            '|' => out.push_str("&#124;"),
            '`' => out.push_str("&#96;"),
            '\\' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '!' | '~' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out.replace("://", "&#58;//") // no address becomes a link
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_are_one_row_each() {
        insta::assert_snapshot!(samples::render(&Markdown));
    }

    #[test]
    fn no_text_of_a_paper_becomes_mark_up() {
        for text in &samples::hostile_texts() {
            let written = samples::render_hostile(&Markdown, text);
            let rows: Vec<&str> = written.lines().filter(|line| line.starts_with("| warning")).collect();
            assert_eq!(rows.len(), 1, "{written}");
            assert_eq!(rows[0].matches('|').count(), 5, "{written}");
            assert!(!rows[0].contains("<script") && !rows[0].contains("](") && !rows[0].contains("@all"));
        }
    }
}
