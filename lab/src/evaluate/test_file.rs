//! Test files: short texts with marked spans that must or must not be found.

use std::fs;
use std::path::{Path, PathBuf};

use byname::catalogue::{CatalogueFile, EntityType, Fault, Kind};
use byname::detect::Mention;
use byname::document::{ByteSpan, Document};
use byname::named_enum;
use byname::{Engine, Findings};
use serde::Deserialize;
use toml::Spanned;

use crate::changes::{MarkedText, SNAPSHOT_ENDING};

named_enum! {
    /// The expectation of a test.
    pub enum TestState {
        /// Every marked span must be found.
        MustFind => "must-find",
        /// No marked span may be found.
        MustNotFind => "must-not-find",
        /// The spans should be found, and are known not to be.
        TodoFind => "todo-find",
        /// The spans should not be found, and are known to be.
        TodoNotFind => "todo-not-find",
    }
}

impl TestState {
    /// Returns the state to write once the test passes; `None` for one that must pass already.
    pub fn once_done(self) -> Option<Self> {
        match self {
            Self::MustFind | Self::MustNotFind => None,
            Self::TodoFind => Some(Self::MustFind),
            Self::TodoNotFind => Some(Self::MustNotFind),
        }
    }
}

/// One text of a test file.
#[derive(Debug, Clone, PartialEq)]
pub struct TextTest {
    /// The path of the file, as reports show it.
    pub file: String,
    /// The line of the test, counted from 1.
    pub line: usize,
    /// The text and its marked spans; without any, the whole text counts as marked.
    pub text: MarkedText,
    /// The expectation.
    pub state: TestState,
    /// The kind that the spans must have, or must not have.
    pub kind: Kind,
    /// The type that they must have; `None` for any type.
    pub entity_type: Option<EntityType>,
    /// The id or name of the system that must be their first candidate; `None` for any.
    pub system: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFile {
    #[serde(default, rename = "test")]
    tests: Vec<TestTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestTable {
    text: Spanned<String>,
    state: TestState,
    kind: Option<Kind>,
    #[serde(rename = "type")]
    entity_type: Option<EntityType>,
    system: Option<String>,
    /// A reason, for people only.
    #[serde(rename = "why")]
    _why: Option<String>,
}

/// Reads the tests of a file.
///
/// # Errors
/// Every fault of the file, with its place.
pub fn read_tests(file: &CatalogueFile) -> Result<Vec<TextTest>, Vec<Fault>> {
    let read: TestFile = file.parse().map_err(|fault| vec![fault])?;
    let (mut tests, mut faults) = (Vec::new(), Vec::new());
    if read.tests.is_empty() {
        let help = "add [[test]] with `text` and `state`; patterns/README.md explains them";
        faults.push(Fault::at(file, 0, "the file holds no test").help(help));
    }
    for table in read.tests {
        let at = table.text.span().start;
        let text = match MarkedText::read(table.text.get_ref()) {
            Ok(text) => text,
            Err(cause) => {
                faults.push(Fault::at(file, at, cause));
                continue;
            }
        };
        let finds = matches!(table.state, TestState::MustFind | TestState::TodoFind);
        if finds && text.spans.is_empty() {
            let help = "put [brackets] around each mention";
            faults.push(Fault::at(file, at, "the test does not mark what must be found").help(help));
            continue;
        }
        if !finds && table.system.is_some() {
            let help = "take `system` out, or ask for it with `must-find`";
            faults.push(Fault::at(file, at, "what is not found has no first candidate").help(help));
            continue;
        }
        tests.push(TextTest {
            file: file.shown.clone(),
            line: Fault::at(file, at, "").line,
            text,
            state: table.state,
            kind: table.kind.unwrap_or(Kind::Described),
            entity_type: table.entity_type,
            system: table.system,
        });
    }
    if faults.is_empty() { Ok(tests) } else { Err(faults) }
}

/// Returns the test files under `paths`, in order: `.toml` files given by name, and those in folders, except
/// snapshots. Other files are skipped.
///
/// # Errors
/// A folder that cannot be listed, with the cause.
pub fn test_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, (PathBuf, std::io::Error)> {
    let is_test = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".toml") && !name.ends_with(SNAPSHOT_ENDING)
    };
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let from = files.len();
            collect(path, &mut files).map_err(|error| (path.clone(), error))?;
            files[from..].sort();
        } else {
            files.push(path.clone());
        }
    }
    files.retain(|path| is_test(path));
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

impl TextTest {
    /// Runs the test and returns the reason why it fails, if it does.
    pub fn run(&self, engine: &Engine) -> Option<String> {
        let document = Document::from_prose("test", self.text.text.as_str());
        let findings = engine.scan(&document);
        let against = match self.state {
            TestState::MustFind | TestState::TodoFind => self.not_found(&findings, engine),
            TestState::MustNotFind | TestState::TodoNotFind => self.found(&findings),
        };
        match (self.state.once_done(), against) {
            (None, against) => against,
            (Some(_), Some(_)) => None,
            (Some(state), None) => Some(format!("this is done: make its state \"{state}\"")),
        }
    }

    /// Returns the reason why a marked span is not found as expected.
    fn not_found(&self, findings: &Findings, engine: &Engine) -> Option<String> {
        self.text.spans.iter().find_map(|span| {
            let marked = span.of(&self.text.text);
            let Some(place) = findings.mentions.iter().position(|mention| mention.span == *span) else {
                return Some(format!("\"{marked}\" is not found; found: {}", self.list(findings)));
            };
            let mention = findings.mentions.get(place)?;
            if mention.kind != self.kind {
                return Some(format!("\"{marked}\" is {}, not {}", mention.kind, self.kind));
            }
            if self.entity_type.is_some_and(|wanted| wanted != mention.entity_type) {
                return Some(format!("\"{marked}\" is a {}", mention.entity_type));
            }
            self.other_candidate(findings, place, engine)
                .map(|first| format!("the first candidate of \"{marked}\" is {first}"))
        })
    }

    fn other_candidate(&self, findings: &Findings, mention: usize, engine: &Engine) -> Option<String> {
        let wanted = self.system.as_deref()?;
        let reference = findings.reference_of(mention);
        let Some(first) = reference.and_then(|reference| reference.candidates.first()) else {
            return Some("none".to_string());
        };
        let system = first.system.and_then(|id| engine.catalogue().system(id));
        let same = first.name == wanted || system.is_some_and(|system| system.id == wanted);
        (!same).then(|| first.name.clone())
    }

    /// Returns a message on the first mention that should not be found.
    fn found(&self, findings: &Findings) -> Option<String> {
        let whole = [ByteSpan::new(0, self.text.text.len())];
        let spans = if self.text.spans.is_empty() { &whole[..] } else { &self.text.spans };
        let wrong = |mention: &&Mention| {
            mention.kind == self.kind
                && self.entity_type.is_none_or(|wanted| wanted == mention.entity_type)
                && spans.iter().any(|span| span.overlaps(mention.span))
        };
        let mention = findings.mentions.iter().find(wrong)?;
        Some(format!("\"{}\" is found as {}", mention.span.of(&self.text.text), mention.kind))
    }

    fn list(&self, findings: &Findings) -> String {
        let found: Vec<String> = findings
            .mentions
            .iter()
            .map(|mention| format!("\"{}\" ({})", mention.span.of(&self.text.text), mention.kind))
            .collect();
        if found.is_empty() { "nothing".to_string() } else { found.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Catalogue;

    use super::*;

    fn file(text: &str) -> CatalogueFile {
        CatalogueFile::new("t.toml", text)
    }

    fn failures(tables: &[&str]) -> Vec<Option<String>> {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let text: String = tables.iter().map(|table| format!("[[test]]\n{table}\n")).collect();
        read_tests(&file(&text)).unwrap().iter().map(|test| test.run(&engine)).collect()
    }

    const SEEN: &str = "text = 'The essays were graded by [a proprietary language model].'\n";
    const UNSEEN: &str = "text = '[Letters] were graded.'\n";

    #[test]
    fn every_state_passes_and_fails_as_it_says() {
        let of = |text: &str, state: &str| failures(&[&format!("{text}state = '{state}'")]).remove(0);
        assert_eq!(of(SEEN, "must-find"), None);
        assert_eq!(of(UNSEEN, "must-not-find"), None);
        assert_eq!(of(UNSEEN, "todo-find"), None);
        assert_eq!(of(SEEN, "todo-not-find"), None);
        assert_eq!(of(UNSEEN, "must-find").unwrap(), "\"Letters\" is not found; found: nothing");
        assert_eq!(
            of(SEEN, "must-not-find").unwrap(),
            "\"a proprietary language model\" is found as described"
        );
        assert_eq!(of(SEEN, "todo-find").unwrap(), "this is done: make its state \"must-find\"");
        assert_eq!(of(UNSEEN, "todo-not-find").unwrap(), "this is done: make its state \"must-not-find\"");
    }

    #[test]
    fn kind_type_and_first_candidate_are_asked_for() {
        let lamda = "text = 'We ran [LaMDA].'\nstate = 'must-find'\nkind = 'named'\n";
        let found = failures(&[
            &format!("{SEEN}state = 'must-find'\nkind = 'own'"),
            &format!("{SEEN}state = 'must-find'\ntype = 'dataset'"),
            &format!("{SEEN}state = 'must-not-find'\nkind = 'own'"),
            &format!("{lamda}system = 'lamda'"),
            &format!("{lamda}system = 'GPT-3'"),
        ]);
        assert_eq!(found[0].as_deref(), Some("\"a proprietary language model\" is described, not own"));
        assert_eq!(found[1].as_deref(), Some("\"a proprietary language model\" is a model"));
        assert_eq!((&found[2], &found[3]), (&None, &None));
        assert_eq!(found[4].as_deref(), Some("the first candidate of \"LaMDA\" is LaMDA"));
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, place, cause) in [
            ("", "t.toml:1:1", "no test"),
            ("[[test]]\ntext = 'a [b'\nstate = 'must-find'\n", "t.toml:2:8", "never closed"),
            ("[[test]]\ntext = 'a'\nstate = 'must-find'\n", "t.toml:2:8", "does not mark"),
            ("[[test]]\ntext = 'a'\nstate = 'must'\n", "t.toml:3:9", "must-find"),
            ("[[test]]\ntext = 'a'\nsate = 'x'\n", "t.toml:3:1", "sate"),
            (
                "[[test]]\ntext = 'a'\nstate = 'must-not-find'\nsystem = 'x'\n",
                "t.toml:2:8",
                "first candidate",
            ),
        ] {
            let faults = read_tests(&file(text)).unwrap_err();
            let message = faults[0].to_string();
            assert!(message.starts_with(place) && message.contains(cause), "{message}");
        }
    }
}
