//! Workflow commands of GitHub Actions, which displays a finding beside the changed line.

use std::io::{self, Write as _};

use super::faults::{github_property, github_value};
use super::source_range::{SourceRange, unread_place};
use super::{Report, ReportedPaper, visible};
use crate::catalogue::Level;
use crate::document::Places;

/// A renderer that writes one command per line.
#[derive(Debug, Clone, Copy)]
pub struct GitHub;

impl Report for GitHub {
    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        for error in entry.errors {
            let (file, line) = unread_place(entry.document);
            let file = github_property(file.trim_start_matches("./"));
            let line = line.map(|line| format!(",line={line}")).unwrap_or_default();
            writeln!(
                out,
                "::error file={file}{line},title=byname%3A unread::{}",
                github_value(&visible(&error.message))
            )?;
        }
        for note in entry.comment_notes() {
            let file = github_property(entry.document.id.trim_start_matches("./"));
            let message = github_value(&visible(&note.message));
            writeln!(out, "::notice file={file},title=byname%3A {}::{message}", note.kind)?;
        }
        let places = Places::new(entry.document);
        for diagnostic in entry.reported() {
            let range = SourceRange::new(&places, diagnostic.span);
            let level = match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Hint => "notice",
            };
            let best = diagnostic.likely().map_or_else(String::new, |(answer, probability)| {
                format!(" It may be {answer} ({:.0} %).", probability * 100.0)
            });
            let message = format!(
                "{}{}. {}{best}\n{}",
                diagnostic.message,
                range.within(),
                diagnostic.rule.why,
                diagnostic.advice
            );
            write!(
                out,
                "::{level} file={},line={},endLine={}",
                github_property(range.path.trim_start_matches("./")),
                range.line,
                range.end_line
            )?;
            if range.line == range.end_line {
                write!(out, ",col={},endColumn={}", range.column, range.end_column)?; // only within one line
            }
            let title = github_property(&format!("byname: {}", diagnostic.rule.id));
            let lines: Vec<_> = message.split('\n').map(visible).collect();
            writeln!(out, ",title={title}::{}", github_value(&lines.join("\n")))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_are_one_command_each() {
        insta::assert_snapshot!(samples::render(&GitHub));
    }

    #[test]
    fn no_text_of_a_paper_breaks_out_of_its_command() {
        for text in &samples::hostile_texts() {
            let written = samples::render_hostile(&GitHub, text);
            let commands = written.lines().filter(|line| line.starts_with("::")).count();
            assert_eq!((written.lines().count(), commands), (1, 1), "{written}");
            assert!(!written.contains('\u{1b}') && !written.contains('\r') && !written.contains("##["));
        }
    }
}
