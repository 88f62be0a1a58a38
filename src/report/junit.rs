//! JUnit XML: one suite per paper, and one failed test case per finding.

use std::io::{self, Write as _};

use quick_xml::escape::escape;

use super::source_range::SourceRange;
use super::{Report, ReportedPaper, Tally, visible};
use crate::catalogue::Level;
use crate::document::Places;

/// A renderer that writes one XML document. Notes and hints are not failures.
#[derive(Debug, Clone, Copy)]
pub struct JUnit;

impl Report for JUnit {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"byname\">")
    }

    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let weighty: Vec<_> = entry.reported().filter(|diagnostic| diagnostic.level < Level::Note).collect();
        let tests = (weighty.len() + entry.errors.len()).max(1);
        let name = xml(&entry.document.id);
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\">",
            weighty.len(),
            entry.errors.len()
        )?;
        for error in entry.errors {
            let message = xml(&error.message);
            writeln!(
                out,
                "    <testcase classname=\"{name}\" name=\"read\"><error message=\"{message}\"/></testcase>"
            )?;
        }
        let places = Places::new(entry.document);
        for diagnostic in &weighty {
            let range = SourceRange::new(&places, diagnostic.span);
            let (rule, message) = (xml(&diagnostic.rule.id), xml(&diagnostic.message));
            let place = xml(&format!("{}:{}:{}{}", range.path, range.line, range.column, range.within()));
            writeln!(
                out,
                "    <testcase classname=\"{name}\" name=\"{rule} at {place}\"><failure type=\"{rule}\" message=\"{message}\">{place}: {}</failure></testcase>",
                xml(&diagnostic.advice)
            )?;
        }
        if weighty.is_empty() && entry.errors.is_empty() {
            writeln!(out, "    <testcase classname=\"{name}\" name=\"byname\"/>")?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn end(&self, _tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "</testsuites>")
    }
}

/// Escapes a text for an element or an attribute. Characters that XML cannot contain are replaced by a
/// visible form.
pub(super) fn xml(text: &str) -> String {
    let shown: String = visible(text)
        .chars()
        .map(|letter| if matches!(letter, '\u{FFFE}' | '\u{FFFF}') { '?' } else { letter })
        .collect();
    escape(shown.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_are_failed_cases() {
        insta::assert_snapshot!(samples::render(&JUnit));
    }

    #[test]
    fn no_text_of_a_paper_breaks_out_of_its_element() {
        for text in &samples::hostile_texts() {
            samples::assert_well_formed(
                &samples::render_hostile(&JUnit, text),
                &["testsuites", "testsuite", "testcase", "failure"],
            );
        }
    }
}
