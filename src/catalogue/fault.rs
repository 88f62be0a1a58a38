//! Faults of catalogue files: position, cause and fix.

use std::fmt;
use std::ops::Range;

use super::CatalogueFile;
use crate::named_enum;

named_enum! {
    /// The check that found a fault. `Unusable` is an error, which keeps the catalogue from being used; all
    /// others are warnings.
    pub enum Check {
        /// The file cannot be used as it is.
        Unusable => "unusable",
        /// A part of a pattern that no text can match.
        NeverMatches => "never-matches",
        /// An alternative that another one includes.
        NeedlessAlternative => "needless-alternative",
        /// Conditions that contradict each other, or that exclude what the rule looks for.
        Contradiction => "contradiction",
        /// A part of a pattern that changes nothing.
        NeedlessPart => "needless-part",
        /// Patterns that have to be tried on every phrase.
        SlowPattern => "slow-pattern",
        /// Two rules with the same meaning.
        SameMeaning => "same-meaning",
        /// A class that nothing uses.
        UnusedClass => "unused-class",
        /// An entry that replaces one of another package, which its own package does not declare as needed.
        SharedId => "shared-id",
        /// A rule that was wrong too often when it was measured.
        LowPrecision => "low-precision",
    }
}

impl Check {
    /// Returns whether the catalogue can be used despite the fault.
    pub fn is_warning(self) -> bool {
        self != Self::Unusable
    }

    /// Returns a one-line description of what the check looks for.
    pub fn about(self) -> &'static str {
        match self {
            Self::Unusable => "a catalogue file that cannot be used",
            Self::NeverMatches => "a part of a pattern that no text can match",
            Self::NeedlessAlternative => "an alternative that another one includes",
            Self::Contradiction => "conditions that cannot hold together",
            Self::NeedlessPart => "a part of a pattern that changes nothing",
            Self::SlowPattern => "patterns that are tried at every phrase",
            Self::SameMeaning => "two rules that say the same",
            Self::UnusedClass => "a class that nothing uses",
            Self::SharedId => "an entry that replaces one of an unrelated package",
            Self::LowPrecision => "a rule that was wrong too often when it was measured",
        }
    }
}

/// A line of a file with a marked part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedLine {
    /// The line without its end; empty where the file has no text.
    pub text: String,
    /// The marked byte range of the line.
    pub marked: Range<usize>,
}

/// One fault in one catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The check that found the fault.
    pub check: Check,
    /// The file, as shown in reports.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line as it is in the file, with the faulty part marked.
    pub excerpt: Box<MarkedLine>,
    /// The cause.
    pub message: String,
    /// The hint on how to fix it.
    pub help: Option<String>,
}

impl Fault {
    /// Creates a fault at a byte offset of a file; the word or text that begins there is marked.
    pub fn at(file: &CatalogueFile, offset: usize, message: impl Into<String>) -> Self {
        let length = file.text.get(offset..).map_or(0, token_length);
        Self::over(file, offset..offset + length, message)
    }

    /// Creates a fault over a byte range of a file, which is marked up to the end of its first line.
    pub fn over(file: &CatalogueFile, range: Range<usize>, message: impl Into<String>) -> Self {
        let text = file.text.as_str();
        let before = text.get(..range.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[before.len()..].find('\n').map_or(text.len(), |length| before.len() + length);
        let excerpt = text[line_start..line_end].trim_end_matches('\r');
        let start = (before.len() - line_start).min(excerpt.len());
        let end = (range.end.saturating_sub(line_start)).clamp(start, excerpt.len());
        let is_whole = excerpt.is_char_boundary(end);
        Self {
            check: Check::Unusable,
            file: file.shown.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            excerpt: Box::new(MarkedLine {
                text: excerpt.to_string(),
                marked: start..if is_whole { end } else { start },
            }),
            message: message.into(),
            help: None,
        }
    }

    /// Adds a hint on how to fix the fault.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Turns the fault into a finding of a check.
    #[must_use]
    pub fn of(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    /// Returns the faulty text, up to the end of its line.
    pub fn marked(&self) -> &str {
        self.excerpt.text.get(self.excerpt.marked.clone()).unwrap_or_default()
    }

    /// Returns the column after the marked text, in characters, from 1.
    pub fn end_column(&self) -> usize {
        self.column + self.marked().chars().count()
    }
}

/// Returns the length in bytes of the quoted text, the class in braces or the word that a text begins with.
fn token_length(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let Some(first) = line.chars().next() else { return 0 };
    let closing = match first {
        '"' | '\'' => Some(first),
        '{' => Some('}'),
        _ => None,
    };
    match closing {
        Some(closing) => line[1..].find(closing).map_or(line.len(), |length| length + 2),
        None => {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            line.find(|c| !is_part(c)).unwrap_or(line.len()).max(first.len_utf8())
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// The error of a catalogue that cannot be used: all faults found, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The faults; at least one.
    pub faults: Vec<Fault>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(text: &str) -> CatalogueFile {
        CatalogueFile::new("a.toml", text)
    }

    #[test]
    fn a_fault_counts_lines_and_characters_from_one() {
        let file = file("é = 1\nö ö x");
        let offset = file.text.find('x').unwrap();
        let fault = Fault::at(&file, offset, "bad");
        assert_eq!((fault.line, fault.column, fault.end_column()), (2, 5, 6));
        assert_eq!(Fault::at(&file, 0, "bad").help("mend").to_string(), "a.toml:1:1: bad\n  help: mend");
    }

    #[test]
    fn what_begins_at_the_place_is_marked() {
        for (text, offset, marked) in [
            ("a = 'one two' # x\n", 4, "'one two'"),
            ("wieght = 1.0\r\n", 0, "wieght"),
            ("b = 'the {modle} is'", 9, "{modle}"),
            ("b = 'never closed\nx", 4, "'never closed"),
            ("c = ", 4, ""),
            ("é", 0, "é"),
        ] {
            let fault = Fault::at(&file(text), offset, "bad");
            assert_eq!(fault.marked(), marked, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_fault_of_any_range_marks_a_part_of_its_line(text in "[a-zé'\n\r{ ]{0,30}", from in 0usize..40, length in 0usize..40) {
            for fault in [Fault::at(&file(&text), from, ""), Fault::over(&file(&text), from..from + length, "")] {
                prop_assert!(fault.excerpt.text.get(fault.excerpt.marked.clone()).is_some());
                prop_assert!(fault.end_column() >= fault.column);
            }
        }
    }
}
