//! One line per finding, in the format that compilers use and editors parse.

use std::io::{self, Write as _};

use super::source_range::{SourceRange, unread_place};
use super::{Report, ReportedPaper, visible, visible_at_start};
use crate::document::Places;

/// A renderer that writes `path:line:column: level: message [rule]`.
#[derive(Debug, Clone, Copy)]
pub struct Concise;

impl Report for Concise {
    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        for error in entry.errors {
            let (file, line) = unread_place(entry.document);
            let line = line.map(|line| format!(":{line}:1")).unwrap_or_default();
            writeln!(out, "{}{line}: error: {} [unread]", visible_at_start(&file), visible(&error.message))?;
        }
        for note in entry.comment_notes() {
            let (path, message) = (visible_at_start(&entry.document.id), visible(&note.message));
            writeln!(out, "{path}: note: {message} [{}]", note.kind)?;
        }
        let places = Places::new(entry.document);
        for diagnostic in entry.reported() {
            let range = SourceRange::new(&places, diagnostic.span);
            let best = diagnostic.likely().map_or_else(String::new, |(answer, probability)| {
                format!("; it may be {} ({:.0} %)", visible(&answer), probability * 100.0)
            });
            writeln!(
                out,
                "{}:{}:{}: {}: {}{}{best} [{}]",
                visible_at_start(&range.path),
                range.line,
                range.column,
                diagnostic.level,
                visible(&diagnostic.message),
                range.within(),
                diagnostic.rule.id
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_are_one_line_each() {
        insta::assert_snapshot!(samples::render(&Concise));
    }

    #[test]
    fn no_text_of_a_paper_acts_on_a_terminal() {
        for text in &samples::hostile_texts() {
            let written = samples::render_hostile(&Concise, text);
            assert_eq!(written.lines().count(), 1);
            assert!(!written.trim_end_matches('\n').contains(char::is_control), "{written:?}");
            assert!(!written.contains("##[") && !written.starts_with("::"), "{written:?}");
        }
    }
}
