//! The baseline: a file of known findings that are still to be fixed, identified by their content and not by
//! their position.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnose::{Diagnostic, paper_name};
use crate::document::{Document, single_spaced};

const HEAD: &str = "# Findings of byname that are known. Write a reason and an owner to each.\n\
                    # `byname scan --baseline FILE --update-baseline` adds new findings and drops those that are gone.\n";
/// Maximum number of characters of a sentence that are stored for people to read.
const EXCERPT: usize = 160;

/// A known finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// The paper, by its name in reports, without a leading `./`.
    pub document: String,
    /// The fingerprint of the finding, which stays the same as long as the mention and its sentence do.
    pub hash: String,
    /// The rule of the profile, for people.
    #[serde(default)]
    pub rule: String,
    /// The mention, for people.
    #[serde(default)]
    pub text: String,
    /// The start of its sentence, for people.
    #[serde(default)]
    pub sentence: String,
    /// The reason why it may remain for now.
    #[serde(default)]
    pub reason: String,
    /// The person responsible for it.
    #[serde(default)]
    pub owner: String,
    /// The date on which it was added, as YYYY-MM-DD.
    #[serde(default)]
    pub date: String,
}

impl BaselineEntry {
    /// Creates the entry of a finding, without reason and owner.
    pub fn new(document: &Document, diagnostic: &Diagnostic<'_>, date: &str) -> Self {
        let sentence = single_spaced(diagnostic.sentence.of(&document.prose));
        Self {
            document: paper_name(&document.id).to_string(),
            hash: diagnostic.fingerprint.clone(),
            rule: diagnostic.rule.id.clone(),
            text: single_spaced(diagnostic.span.of(&document.prose)),
            sentence: sentence.chars().take(EXCERPT).collect(),
            reason: String::new(),
            owner: String::new(),
            date: date.to_string(),
        }
    }
}

/// An error that makes a baseline unusable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineError {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// The error on that line.
    pub cause: String,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.cause)
    }
}

impl std::error::Error for BaselineError {}

/// Known findings, by document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    pub(super) entries: BTreeMap<String, Vec<BaselineEntry>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    finding: Vec<BaselineEntry>,
}

impl Baseline {
    /// Parses the text of a baseline file.
    ///
    /// # Errors
    /// When it is not TOML, or an entry does not have the expected fields.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            BaselineError { line: before.matches('\n').count() + 1, cause: error.message().to_string() }
        })?;
        let mut baseline = Self::default();
        for entry in file.finding {
            baseline.entries.entry(paper_name(&entry.document).to_string()).or_default().push(entry);
        }
        Ok(baseline)
    }

    /// Returns the text of the file: documents are in the order of their names, findings in that of the
    /// paper.
    ///
    /// # Errors
    /// When it cannot be written as TOML, which happens with no entry that was read or created here.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let finding = self.entries.values().flatten().cloned().collect();
        Ok(format!("{HEAD}\n{}", toml::to_string(&File { finding })?))
    }

    /// Returns the number of findings.
    pub fn len(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// Returns whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(document: &str, sentence: &str) -> BaselineEntry {
        BaselineEntry {
            document: document.into(),
            hash: "0123456789abcdef".into(),
            rule: "described/standing".into(),
            text: "a model".into(),
            sentence: sentence.into(),
            reason: "r".into(),
            owner: String::new(),
            date: "2026-01-31".into(),
        }
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let error = Baseline::parse("[[finding]]\ndocument = 'a'\nhash = 'b'\n\n[[finding]]\nhush = 'b'\n");
        let error = error.unwrap_err();
        assert_eq!(error.line, 6);
        assert!(error.cause.contains("unknown field `hush`"), "{error}");
        assert_eq!(Baseline::parse("\n\n=").unwrap_err().line, 3);
        assert!(Baseline::parse("[[finding]]\nhash = 'b'").unwrap_err().cause.contains("missing field"));
        assert!(Baseline::parse("# nothing yet\n").unwrap().is_empty());
    }

    #[test]
    fn the_file_reads_well() {
        let mut baseline = Baseline::default();
        for name in ["b.md", "a.tex"] {
            baseline.entries.insert(name.into(), vec![entry(name, "We \"use\" a\u{1b} model.")]);
        }
        insta::assert_snapshot!(baseline.to_toml().unwrap());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(document in "[^.].{0,20}", sentence in "\\PC{0,80}|[\u{0}-\u{7f}]{0,20}") {
            let mut baseline = Baseline::default();
            baseline.entries.insert(document.clone(), vec![entry(&document, &sentence); 2]);
            prop_assert_eq!(Baseline::parse(&baseline.to_toml().unwrap()).unwrap(), baseline);
        }

        #[test]
        fn no_text_of_a_baseline_panics(text in "(\\[\\[finding\\]\\]|\\PC|\n|=|'){0,40}") {
            let _ = Baseline::parse(&text);
        }
    }
}
