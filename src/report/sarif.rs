//! The Static Analysis Results Interchange Format, version 2.1.0, for code-review services.

use std::io;

use serde_json::{Value, json};

use super::evidence::most_telling;
use super::faults::uri;
use super::source_range::{SourceRange, unread_place};
use super::{Report, ReportedPaper, Tally, push_json, visible};
use crate::catalogue::{Level, Profile};
use crate::diagnose::Diagnostic;
use crate::document::Places;
use crate::suppress::{Suppressed, SuppressedBy};

/// Maximum number of candidates given for each diagnostic.
const CANDIDATES: usize = 5;
/// Maximum number of clues given for each candidate.
const CLUES: usize = 3;
/// The id of the rule for papers that cannot be read.
const UNREAD: &str = "unread";

/// A renderer that writes one SARIF log, result by result.
#[derive(Debug, Clone, Copy)]
pub struct Sarif<'a> {
    profile: &'a Profile,
}

impl<'a> Sarif<'a> {
    /// Creates a renderer of the diagnostics of a profile.
    pub fn new(profile: &'a Profile) -> Self {
        Self { profile }
    }

    fn rules(&self) -> Vec<Value> {
        let mut rules: Vec<Value> = self
            .profile
            .rules
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.id,
                    "shortDescription": {"text": rule.title},
                    "fullDescription": {"text": rule.why},
                    "help": {"text": format!("{} To mend it: {}.", rule.why, rule.advice.replace("{type}", GENERAL_TYPE))},
                    "defaultConfiguration": {"level": level(rule.level)},
                })
            })
            .collect();
        rules.push(json!({"id": UNREAD, "shortDescription": {"text": "A paper cannot be read"}}));
        rules
    }

    fn result(&self, diagnostic: &Diagnostic<'_>, places: &Places<'_>) -> Value {
        let related = diagnostic.related.iter().enumerate().map(|(index, span)| {
            let mut place = location(&SourceRange::new(places, *span));
            place["id"] = json!(index + 1);
            place["message"] = json!({"text": "the same system"});
            place
        });
        let candidates = diagnostic.candidates.iter().take(CANDIDATES).map(|candidate| {
            let clues = most_telling(&candidate.evidence, CLUES);
            let clues: Vec<String> =
                clues.iter().map(|clue| format!("{}: {}", clue.clue, visible(&clue.detail))).collect();
            json!({"name": candidate.name, "probability": rounded(candidate.probability), "clues": clues})
        });
        let range = SourceRange::new(places, diagnostic.span);
        let message = format!("{}{}; {}", diagnostic.message, range.within(), diagnostic.advice);
        json!({
            "ruleId": diagnostic.rule.id,
            "ruleIndex": self.profile.rules.iter().position(|rule| rule.id == diagnostic.rule.id),
            "level": level(diagnostic.level),
            "message": {"text": visible(&message)},
            "locations": [location(&range)],
            "relatedLocations": related.collect::<Vec<_>>(),
            "partialFingerprints": {"byname/v1": diagnostic.fingerprint},
            "suppressions": diagnostic.suppressed.iter().map(suppression).collect::<Vec<_>>(),
            "properties": {"candidates": candidates.collect::<Vec<_>>()},
        })
    }
}

/// What stands for the type of a system in the help of a rule, which is that of all findings.
const GENERAL_TYPE: &str = "system";

/// Returns the SARIF level; SARIF has none below a note.
fn level(level: Level) -> &'static str {
    if level == Level::Hint { Level::Note.name() } else { level.name() }
}

fn suppression(suppressed: &Suppressed) -> Value {
    let kind = match suppressed.by {
        SuppressedBy::Comment => "inSource",
        SuppressedBy::Baseline => "external",
    };
    let mut value = json!({"kind": kind});
    if !suppressed.reason.is_empty() {
        value["justification"] = json!(visible(&suppressed.reason));
    }
    value
}

/// Rounds a probability to four decimals.
fn rounded(probability: f64) -> f64 {
    (probability * 1e4).round() / 1e4
}

fn location(range: &SourceRange) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&range.path)},
        "region": {
            "startLine": range.line,
            "startColumn": range.column,
            "endLine": range.end_line,
            "endColumn": range.end_column,
        },
    }})
}

impl Report for Sarif<'_> {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let driver = json!({"name": "byname", "version": env!("CARGO_PKG_VERSION"), "rules": self.rules()});
        out.extend_from_slice(
            b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":",
        );
        push_json(out, &driver)?;
        out.extend_from_slice(b"},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n");
        Ok(())
    }

    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let unread = entry.errors.iter().map(|error| {
            let (file, line) = unread_place(entry.document);
            let mut place = json!({"artifactLocation": {"uri": uri(&file)}});
            if let Some(line) = line {
                place["region"] = json!({"startLine": line});
            }
            json!({
                "ruleId": UNREAD,
                "ruleIndex": self.profile.rules.len(),
                "level": "error",
                "message": {"text": visible(&error.message)},
                "locations": [{"physicalLocation": place}],
            })
        });
        let places = Places::new(entry.document);
        let shown = entry.diagnostics.iter().filter(|diagnostic| !diagnostic.hidden);
        let results = unread.chain(shown.map(|one| self.result(one, &places)));
        for (index, result) in results.enumerate() {
            if index > 0 {
                out.extend_from_slice(self.separator());
            }
            push_json(out, &result)?;
        }
        Ok(())
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn end(&self, _tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(b"\n]}]}\n");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_sample_diagnostics_make_one_log() {
        let profile = samples::profile();
        let written = samples::render(&Sarif::new(&profile));
        let mut log: Value = serde_json::from_str(&written).unwrap();
        log["runs"][0]["tool"]["driver"]["version"] = json!("[version]");
        insta::assert_json_snapshot!(log);
    }
}
