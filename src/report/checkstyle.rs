//! Checkstyle XML, which many code-review services read.

use std::io::{self, Write as _};

use super::junit::xml;
use super::source_range::{SourceRange, unread_place};
use super::{Report, ReportedPaper, Tally};
use crate::catalogue::Level;
use crate::document::Places;

/// A renderer that writes one XML document with an element per finding.
#[derive(Debug, Clone, Copy)]
pub struct Checkstyle;

impl Report for Checkstyle {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
    }

    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        for error in entry.errors {
            let (file, line) = unread_place(entry.document);
            let line = line.map(|line| format!("line=\"{line}\" ")).unwrap_or_default();
            writeln!(
                out,
                "  <file name=\"{}\"><error {line}severity=\"error\" message=\"{}\" source=\"byname.unread\"/></file>",
                xml(&file),
                xml(&error.message)
            )?;
        }
        let places = Places::new(entry.document);
        for diagnostic in entry.reported() {
            let range = SourceRange::new(&places, diagnostic.span);
            let severity = match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Hint => "info",
            };
            writeln!(
                out,
                "  <file name=\"{}\"><error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"byname.{}\"/></file>",
                xml(&range.path),
                range.line,
                range.column,
                xml(&format!("{}{}; {}", diagnostic.message, range.within(), diagnostic.advice)),
                xml(&diagnostic.rule.id.replace('/', "."))
            )?;
        }
        Ok(())
    }

    fn end(&self, _tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_are_one_element_each() {
        insta::assert_snapshot!(samples::render(&Checkstyle));
    }

    #[test]
    fn no_text_of_a_paper_breaks_out_of_its_attribute() {
        for text in &samples::hostile_texts() {
            samples::assert_well_formed(
                &samples::render_hostile(&Checkstyle, text),
                &["checkstyle", "file", "error"],
            );
        }
    }
}
