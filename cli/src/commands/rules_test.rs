//! `byname rules test`: runs examples of rules and rules of thumb, test files and snapshots of papers.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use byname::catalogue::{CatalogueFile, Example, LoadError, RuleOfThumb, TESTS};
use byname::document::ReadLimits;
use byname_lab::changes::{SnapshotError, snapshot_cases};
use byname_lab::evaluate::{TextTest, read_tests, test_files, try_notations, try_rules, try_rules_of_thumb};
use byname_lab::report::difference_text;
use clap::Args;

use super::context::Context;
use super::load::Loaded;
use super::rules::find;
use super::rules_of_thumb::find_of_thumb;
use super::status::{CommandError, Outcome};

/// Run the examples of rules, test files, and snapshots of papers
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules test\n  \
    byname rules test described/in-house\n  \
    byname rules test --catalog own own/tests\n\n\
    A paper that differs from its snapshot gets a file ending in .findings.toml.new beside it; \
    `byname rules review` shows the differences and takes them over.")]
pub(super) struct TestArgs {
    /// Ids of rules, names of rules of thumb, test files, papers with snapshots, or folders of such files; without any, all
    /// rules and the `tests` folders of the catalogues given with --catalog
    #[arg(value_name = "RULE|PATH")]
    what: Vec<String>,

    /// Run the tests again whenever a file of a catalogue given with --catalog is saved
    #[cfg(feature = "watch")]
    #[arg(long)]
    pub(super) watch: bool,
}

/// The result of a run of tests.
#[derive(Default)]
struct Report {
    text: String,
    passed: usize,
    failed: usize,
    todo: usize,
    unread: bool,
}

/// Runs the selected tests; returns the text to print, and the outcome.
pub(super) fn test(
    args: &TestArgs,
    loaded: &Loaded,
    context: &Context,
) -> Result<(String, Outcome), CommandError> {
    let (rules, of_thumb, mut paths) = sort_out(&args.what, loaded)?;
    if args.what.is_empty() {
        let tests = context.common.catalog.iter().map(|folder| folder.join(TESTS));
        paths.extend(tests.filter(|folder| folder.is_dir()));
    }
    let mut report = Report::default();
    if !rules.is_empty() || args.what.is_empty() {
        report.rules(loaded, &rules);
    }
    if args.what.is_empty() {
        report.notations(loaded);
    }
    if !of_thumb.is_empty() || args.what.is_empty() {
        report.rules_of_thumb(loaded, &of_thumb);
    }
    report.test_files(loaded, &paths)?;
    report.snapshots(loaded, &paths, context);
    let Report { mut text, passed, failed, todo, unread } = report;
    let known = if todo > 0 { format!(", {todo} to do") } else { String::new() };
    let _ = writeln!(text, "{passed} passed, {failed} failed{known}");
    Ok((text, Outcome { found: failed > 0, unread }))
}

/// Ids of rules, names of rules of thumb, and paths.
type Wanted<'a> = (Vec<&'a str>, Vec<&'a str>, Vec<PathBuf>);

/// Sorts the arguments by what they name. One that is neither a path nor a rule is treated as a misspelled
/// rule.
fn sort_out<'a>(what: &'a [String], loaded: &'a Loaded) -> Result<Wanted<'a>, CommandError> {
    let (mut rules, mut of_thumb, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    let catalogue = loaded.engine.catalogue();
    for wanted in what {
        if Path::new(wanted).join("rules").is_dir() {
            let message = format!("{wanted} is a catalogue and no folder of tests");
            let help = format!("test it with: byname rules test --catalog {wanted}");
            return Err(CommandError::new(message).help(help));
        }
        let is_rule = catalogue.rules.iter().any(|rule| rule.name == *wanted);
        if let Some(rule) = find_of_thumb(catalogue, wanted).filter(|_| !is_rule) {
            of_thumb.push(rule.name.as_str());
        } else if !is_rule && (Path::new(wanted).exists() || wanted.ends_with(".toml")) {
            paths.push(PathBuf::from(wanted));
        } else {
            find(catalogue, wanted)?;
            rules.push(wanted.as_str());
        }
    }
    Ok((rules, of_thumb, paths))
}

impl Report {
    fn rules(&mut self, loaded: &Loaded, rules: &[&str]) {
        let wanted = |name: &str| rules.is_empty() || rules.contains(&name);
        for trial in try_rules(loaded.engine.catalogue(), loaded.engine.detector(), |rule| wanted(&rule.name))
        {
            let Some(failure) = &trial.failure else {
                self.passed += 1;
                continue;
            };
            self.failed += 1;
            let Example { text, line, .. } = trial.example;
            let (file, name) = (&trial.rule.file, &trial.rule.name);
            let _ = writeln!(self.text, "{file}:{line}: {name}: {failure}\n    {text}");
        }
    }

    fn notations(&mut self, loaded: &Loaded) {
        for trial in try_notations(loaded.engine.catalogue(), loaded.engine.detector()) {
            let Some(failure) = &trial.failure else {
                self.passed += 1;
                continue;
            };
            self.failed += 1;
            let Example { text, line, .. } = trial.example;
            let _ = writeln!(self.text, "{}:{line}: {failure}\n    {text}", trial.notation.file);
        }
    }

    fn rules_of_thumb(&mut self, loaded: &Loaded, names: &[&str]) {
        let wanted = |rule: &RuleOfThumb| names.is_empty() || names.contains(&rule.name.as_str());
        for trial in try_rules_of_thumb(&loaded.engine, wanted) {
            let Some(failure) = &trial.failure else {
                self.passed += 1;
                continue;
            };
            self.failed += 1;
            let (file, name) = (&trial.rule.file, &trial.rule.name);
            let _ = writeln!(self.text, "{file}:{}: {name}: {failure}", trial.example.line);
            let _ = writeln!(self.text, "    {}", trial.example.text);
        }
    }

    fn test_files(&mut self, loaded: &Loaded, paths: &[PathBuf]) -> Result<(), CommandError> {
        for test in read_test_files(paths)? {
            match test.run(&loaded.engine) {
                None if test.state.once_done().is_some() => self.todo += 1,
                None => self.passed += 1,
                Some(failure) => {
                    self.failed += 1;
                    let (file, line, text) = (&test.file, test.line, test.text.written());
                    let _ = writeln!(self.text, "{file}:{line}: {failure}\n    {text}");
                }
            }
        }
        Ok(())
    }

    fn snapshots(&mut self, loaded: &Loaded, paths: &[PathBuf], context: &Context) {
        let (cases, orphans, failures) = snapshot_cases(paths);
        for failure in &failures {
            context.messages.failure(failure);
            self.unread = true;
        }
        for orphan in &orphans {
            self.failed += 1;
            let path = orphan.path.display();
            let _ = writeln!(self.text, "{path}: the paper of this snapshot is gone; delete the file");
        }
        for case in &cases {
            let shown = &case.paper.shown;
            let checked = case.check(&loaded.engine, ReadLimits::default()).and_then(|status| {
                if status.snapshot.is_some() && status.changes.is_empty() {
                    case.clear_pending()?;
                } else {
                    case.store_pending(&status.findings)?;
                }
                Ok(status)
            });
            match checked {
                Ok(status) if status.snapshot.is_none() => {
                    self.failed += 1;
                    let found = status.findings.len();
                    let _ = writeln!(
                        self.text,
                        "{shown}: no snapshot yet ({found} findings); `byname rules review {shown}` makes one"
                    );
                }
                Ok(status) if status.changes.is_empty() => self.passed += 1,
                Ok(status) => {
                    self.failed += 1;
                    let count = status.changes.len();
                    let differ = if count == 1 { "finding differs" } else { "findings differ" };
                    let _ = writeln!(self.text, "{shown}: {count} {differ} from the snapshot");
                    status.changes.iter().for_each(|change| {
                        self.text.push_str(&difference_text(shown, change.name(), &change.difference))
                    });
                }
                Err(SnapshotError::Paper(failure)) => {
                    context.messages.failure(&failure);
                    self.unread = true;
                }
                Err(error) => {
                    self.failed += 1;
                    let _ = writeln!(self.text, "{error}");
                }
            }
        }
    }
}

/// Reads all test files under paths.
pub(super) fn read_test_files(paths: &[PathBuf]) -> Result<Vec<TextTest>, CommandError> {
    let files = test_files(paths).map_err(|(folder, error)| CommandError::read(&folder, error))?;
    let (mut tests, mut faults) = (Vec::new(), Vec::new());
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| CommandError::read(&path, error))?;
        let shown = path.display().to_string();
        match read_tests(&CatalogueFile::new(shown, text)) {
            Ok(read) => tests.extend(read),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(tests) } else { Err(LoadError { faults }.into()) }
}
