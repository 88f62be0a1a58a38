//! The papers behind the open texts: each text is a paper, or a part of one.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use byname::catalogue::Fault;
use byname::collection::{FolderRules, Format, Input, InputSource, Root, walk_roots};
use gen_lsp_types::{DiagnosticSeverity, Range};

use super::draft::Draft;
use super::held::{Held, Surroundings, Trouble};
use super::lines::{Encoding, Lines};
use super::reading::{Finding, Reading, Terms, plain, read};
use super::uri::uri_of;

/// The open texts, by URI.
pub(super) type Drafts = BTreeMap<String, Draft>;

/// A paper of which at least one file is open.
#[derive(Debug)]
pub(super) struct Paper {
    input: Input,
    path: PathBuf,
    format: Format,
    pub(super) held: Arc<Held>,
    /// `true` if the paper has to be read again.
    is_stale: bool,
    pub(super) reading: Reading,
}

impl Paper {
    /// Returns whether another paper is a part of this one.
    fn holds(&self, other: &Self) -> bool {
        let parts = self.reading.files.get(1..).unwrap_or_default();
        other.reading.files.first().is_some_and(|main| parts.contains(main))
    }
}

/// All papers that are open.
#[derive(Debug, Default)]
pub(super) struct Papers {
    papers: BTreeMap<PathBuf, Paper>,
    /// Findings about settings and catalogues that cannot be used.
    faults: Vec<Finding>,
}

impl Papers {
    /// Determines again which papers the open texts belong to and what these are checked by; returns what
    /// went wrong. Where settings or catalogue can no longer be used, those from before stay in effect.
    pub(super) fn arrange(
        &mut self,
        drafts: &Drafts,
        surroundings: &mut dyn Surroundings,
        encoding: Encoding,
    ) -> Vec<Trouble> {
        let mut before = std::mem::take(&mut self.papers);
        let held_before: HashMap<PathBuf, Arc<Held>> =
            before.iter().map(|(path, paper)| (path.clone(), Arc::clone(&paper.held))).collect();
        let mut troubles: Vec<Trouble> = Vec::new();
        self.faults.clear();
        for draft in drafts.values() {
            let Some(format) = draft.format else { continue };
            let held = match surroundings.of(draft.is_file.then_some(draft.path.as_path())) {
                Ok(held) => held,
                Err(trouble) => {
                    self.tell(&trouble, draft, surroundings, encoding);
                    if !troubles.contains(&trouble) {
                        troubles.push(trouble);
                    }
                    // The draft may be a part of the paper that held something.
                    let of_paper =
                        || before.iter().find(|(_, paper)| paper.reading.files.contains(&draft.uri));
                    let known =
                        held_before.get(&draft.path).or_else(|| of_paper().map(|(_, paper)| &paper.held));
                    match known {
                        Some(held) => Arc::clone(held),
                        None => continue,
                    }
                }
            };
            if held.rules.excludes(&draft.path, false) {
                continue;
            }
            let input = input_of(draft, &held);
            let InputSource::File(path) = &input.place else { continue };
            let path = path.clone();
            if self.papers.contains_key(&path) {
                continue;
            }
            let paper = match before.remove(&path) {
                Some(paper) if paper.input == input && Arc::ptr_eq(&paper.held, &held) => paper,
                known => {
                    let format = if path == draft.path { format } else { Format::Latex };
                    let reading = known.map(|paper| paper.reading).unwrap_or_default();
                    Paper { input, path: path.clone(), format, held, is_stale: true, reading }
                }
            };
            self.papers.insert(path, paper);
        }
        troubles
    }

    /// Marks the papers that a text belongs to as stale; all papers if no text is given.
    pub(super) fn touch(&mut self, draft: Option<&Draft>) {
        for (path, paper) in &mut self.papers {
            let has = |draft: &Draft| *path == draft.path || paper.reading.files.contains(&draft.uri);
            paper.is_stale |= draft.is_none_or(has);
        }
    }

    /// Returns whether any paper has to be read again.
    pub(super) fn are_stale(&self) -> bool {
        self.papers.values().any(|paper| paper.is_stale)
    }

    /// Reads the stale papers again; returns the URIs of their files.
    pub(super) fn read(&mut self, drafts: &Drafts, encoding: Encoding) -> Vec<String> {
        let by_path: HashMap<PathBuf, &Draft> =
            drafts.values().map(|draft| (draft.path.clone(), draft)).collect();
        let mut done = Vec::new();
        for paper in self.papers.values_mut().filter(|paper| paper.is_stale) {
            let terms = Terms { held: &paper.held, drafts: &by_path, encoding };
            paper.reading = read(&paper.input, &paper.path, paper.format, terms);
            paper.is_stale = false;
            done.extend(paper.reading.files.iter().cloned());
        }
        done
    }

    /// Iterates over all papers except those that are parts of another: an `\input` counts even before it is
    /// saved.
    pub(super) fn whole(&self) -> impl Iterator<Item = &Paper> {
        let is_part =
            |paper: &Paper| self.papers.values().any(|other| other.holds(paper) && !paper.holds(other));
        self.papers.values().filter(move |paper| !is_part(paper))
    }

    /// Iterates over all findings, on papers and on their settings and catalogues.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.whole().flat_map(|paper| &paper.reading.findings).chain(&self.faults)
    }

    /// Reports a trouble at the faults in the files concerned, and in the text that cannot be checked.
    fn tell(
        &mut self,
        trouble: &Trouble,
        draft: &Draft,
        surroundings: &dyn Surroundings,
        encoding: Encoding,
    ) {
        let faults = match trouble {
            Trouble::Faults(faults) => &faults[..],
            Trouble::Wrong(_) => &[],
        };
        for fault in faults {
            let path = surroundings.path_of_fault(fault);
            let finding = path.is_file().then(|| of_fault(fault, &path, encoding));
            self.faults.extend(finding.filter(|finding| !self.faults.contains(finding)));
        }
        let message = format!("byname cannot check this as it is set up: {}", trouble.summary());
        let diagnostic = plain(Range::default(), DiagnosticSeverity::Error, "settings", &message);
        self.faults.push(Finding { uri: draft.uri.clone(), diagnostic, silencing: None, rules: Vec::new() });
    }
}

fn of_fault(fault: &Fault, path: &Path, encoding: Encoding) -> Finding {
    let line = u32::try_from(fault.line.saturating_sub(1)).unwrap_or(0);
    let (text, marked) = (fault.excerpt.text.as_str(), &fault.excerpt.marked);
    let mut range = Lines::new(text).range(text, marked.start, marked.end, encoding);
    (range.start.line, range.end.line) = (line, line);
    let help = fault.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    let severity =
        if fault.check.is_warning() { DiagnosticSeverity::Warning } else { DiagnosticSeverity::Error };
    let diagnostic = plain(range, severity, fault.check.name(), &format!("{}{help}", fault.message));
    Finding { uri: uri_of(path), diagnostic, silencing: None, rules: Vec::new() }
}

/// Returns the paper that a text is, or is a part of.
fn input_of(draft: &Draft, held: &Held) -> Input {
    let alone = || Input { known: Arc::new(held.rules.known(&draft.path)), ..Input::file(&draft.path) };
    if !draft.is_file {
        return alone();
    }
    let root = Root::new(draft.path.clone(), Arc::clone(&held.rules));
    let found = walk_roots(&[root], &FolderRules::default(), &Arc::default()).pop();
    // Findings are told of all files of the paper, whichever is open.
    found.and_then(Result::ok).map_or_else(alone, |input| Input { only: Vec::new(), ..input })
}
