//! Detection of files in folders that are not papers: by their names, by the links of LaTeX files, and by how
//! texts begin.

use std::io::{BufReader, Read as _};
use std::path::Path;

use super::folder::Met;
use super::latex_links::LatexLinks;
use super::own_output::is_own_output;
use super::passed_over::Reason;
use super::source::{Watched, read_rows, recognise};
use super::stream::RecordLines;
use super::walk::Root;
use super::work_queue::{BUFFER, peek, skip_byte_order_mark};
use super::{Failure, Format};
use crate::catalogue::{NoPaperSign, NoPapers};
use crate::document::{
    NoFiles, ReadLimits, RecordFields, floor_to_character, lacks_text, read_latex, read_record,
};

/// Number of leading bytes of a text that are examined.
const HEAD: u64 = 64 << 10;
/// Maximum number of bytes of a title.
const TITLE: usize = 4096;
/// Number of words that make up the beginning of a text.
const BEGINNING: usize = 24;
/// Number of records that are tried.
const RECORDS: usize = 20;

/// The rules that decide which files of folders are papers. By default, every file counts as a paper.
#[derive(Debug, Clone, Default)]
pub struct FolderRules {
    /// `true` if several forms of one paper count as one, and pictures and record files without a text as no
    /// papers.
    pub judges: bool,
    /// `true` if files given by name are passed over too where a path rule excludes them or their name is that of
    /// a note on a project, as for hooks that pass every changed file.
    pub force_exclude: bool,
    /// The signs that distinguish accompanying files from papers.
    pub no_papers: NoPapers,
    /// The fields of records.
    pub fields: RecordFields,
    /// The limits that apply to each file.
    pub limits: ReadLimits,
}

impl FolderRules {
    /// Returns the reason why a file that was given by name is passed over, if these rules hold for such files.
    pub(super) fn reason_against_named(&self, root: &Root) -> Option<Reason> {
        let path = &root.path;
        if !self.force_exclude || path.as_os_str() == "-" || root.includes(path) {
            return None;
        }
        if root.excludes(path, false) {
            return Some(Reason::Excluded);
        }
        self.no_papers.has(NoPaperSign::Notes, &stem_of(path)).then_some(Reason::Note)
    }
}

/// The files of one folder that the user gave, and the links between them.
pub(super) struct Judge<'a> {
    root: &'a Path,
    rules: &'a FolderRules,
    pub(super) links: LatexLinks,
}

impl<'a> Judge<'a> {
    /// Reads the links of the LaTeX files of a folder.
    pub(super) fn new(root: &'a Path, rules: &'a FolderRules, found: &[Result<Met, Failure>]) -> Self {
        let latex = found.iter().flatten().filter(|met| met.format == Some(Format::Latex));
        Self { root, rules, links: LatexLinks::read(root, latex.map(|met| met.path.as_path())) }
    }

    /// Marks the files that are not papers.
    pub(super) fn mark(&self, found: &mut [Result<Met, Failure>]) {
        for met in found.iter_mut().flatten().filter(|met| met.passed.is_none()) {
            let mut reason = if met.is_sure { None } else { self.reason_against(met) };
            if reason.is_none() && self.links.file(&met.path).is_some_and(|file| file.stands_alone) {
                met.title = latex_title(&met.path, self.rules.limits);
                let is_template = |title: &String| self.has(NoPaperSign::TemplateTitles, title);
                reason = met
                    .title
                    .as_ref()
                    .filter(|title| !met.is_sure && is_template(title))
                    .map(|_| Reason::Template);
            }
            met.passed = reason.map(|reason| (reason, None));
        }
        self.mark_put_aside(found);
    }

    fn has(&self, sign: NoPaperSign, text: &str) -> bool {
        self.rules.no_papers.has(sign, text)
    }

    /// Returns whether the name of any folder between the given one and a file shows the sign.
    fn lies_in(&self, sign: NoPaperSign, path: &Path) -> bool {
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        let folders = inside.parent().into_iter().flat_map(Path::iter);
        folders.into_iter().any(|folder| self.has(sign, &folder.to_string_lossy()))
    }

    /// Returns the reason why a file is not a paper, if there is one.
    fn reason_against(&self, met: &Met) -> Option<Reason> {
        use NoPaperSign as Sign;
        let (path, name) = (met.path.as_path(), stem_of(&met.path));
        if met.format == Some(Format::Latex) {
            return self.reason_against_latex(path, &name);
        }
        if self.rules.judges && is_own_output(path) {
            return Some(Reason::OwnOutput);
        }
        if self.lies_in(Sign::OldFolders, path) {
            return Some(Reason::Old);
        }
        if self.has(Sign::Companions, &name) {
            return Some(Reason::Companion);
        }
        let is_in_project = self.links.is_in_project(path);
        let is_prompt = || self.has(Sign::Prompts, &name) || self.lies_in(Sign::PromptFolders, path);
        match met.format? {
            Format::Plain | Format::Markdown => {
                if self.has(Sign::Notes, &name) {
                    return Some(Reason::Note);
                }
                if is_prompt() {
                    return Some(Reason::Prompt);
                }
                self.reason_against_text(path, is_in_project)
            }
            Format::Records | Format::Parquet => {
                if is_prompt() {
                    return Some(Reason::Prompt);
                }
                (self.rules.judges && self.is_without_text(met)).then_some(Reason::NoText)
            }
            Format::Pdf | Format::Html => {
                let is_picture = self.lies_in(Sign::FigureFolders, path)
                    || self.has(Sign::Figures, &name)
                    || (self.rules.judges && self.links.is_picture(path));
                if is_picture {
                    return Some(Reason::Picture);
                }
                self.has(Sign::Notes, &name).then_some(Reason::Note)
            }
            Format::Xml => self.has(Sign::Notes, &name).then_some(Reason::Note),
            Format::Latex | Format::Archive | Format::Packed => None,
        }
    }

    fn reason_against_latex(&self, path: &Path, name: &str) -> Option<Reason> {
        use NoPaperSign as Sign;
        let file = self.links.file(path)?;
        let is_other = file.class.as_deref().is_some_and(|class| self.has(Sign::OtherClasses, class));
        if is_other && !self.links.is_part(path) {
            return Some(Reason::OtherClass);
        }
        if self.links.is_part(path) {
            return Some(Reason::Part);
        }
        if !file.stands_alone {
            return self.links.has_paper_above(path).then_some(Reason::UnusedPart);
        }
        if self.lies_in(Sign::OldFolders, path) {
            return Some(Reason::Old);
        }
        self.has(Sign::Companions, name).then_some(Reason::Companion)
    }

    /// Marks templates and versions that were set aside, recognised by their names, but only if a LaTeX paper
    /// that is neither is in the same folder or one above.
    fn mark_put_aside(&self, found: &mut [Result<Met, Failure>]) {
        use NoPaperSign as Sign;
        let reason_of = |met: &Met| {
            let name = stem_of(&met.path);
            let is_old = self.has(Sign::Old, &name).then_some(Reason::Old);
            is_old.or_else(|| self.has(Sign::Templates, &name).then_some(Reason::Template))
        };
        let is_latex = |met: &Met| met.format == Some(Format::Latex);
        let others = found.iter().flatten().filter(|met| {
            is_latex(met)
                && met.passed.is_none()
                && self.links.file(&met.path).is_some_and(|file| file.stands_alone)
                && reason_of(met).is_none()
        });
        let folders: Vec<_> = others.filter_map(|met| met.path.parent()).map(Path::to_path_buf).collect();
        let put_aside = found.iter_mut().flatten().filter(|met| !met.is_sure && met.passed.is_none());
        for met in put_aside.filter(|met| met.format.is_some_and(|format| format.rank().is_some())) {
            if let Some(reason) = reason_of(met)
                && let Some(own) = met.path.parent()
                && folders.iter().any(|folder| own.starts_with(folder))
            {
                met.passed = Some((reason, None));
            }
        }
    }

    /// Returns the reason why a text is not a paper, judged by its content.
    fn reason_against_text(&self, path: &Path, is_in_project: bool) -> Option<Reason> {
        use NoPaperSign as Sign;
        let text = head_of(path);
        let beginning: Vec<&str> = text.split_whitespace().take(BEGINNING).collect();
        if self.has(Sign::PromptBeginnings, &beginning.join(" ")) {
            return Some(Reason::Prompt);
        }
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
        let any = |sign| headings.iter().any(|heading| self.has(sign, heading));
        let is_note =
            ((is_in_project && self.rules.judges) || any(Sign::NoteHeadings)) && !any(Sign::PaperHeadings);
        is_note.then_some(Reason::Note)
    }

    /// Returns whether a record file holds records of which none of the first [`RECORDS`] has a text.
    fn is_without_text(&self, met: &Met) -> bool {
        let limits = self.rules.limits;
        let Ok(file) = Watched::open(&met.path) else { return false };
        let mut reader = BufReader::with_capacity(BUFFER, file);
        let Ok(start) = peek(&mut reader) else { return false };
        let (format, packing) = recognise(met.format, start);
        let rows = match (format, packing) {
            (Format::Parquet, None) => match read_rows(&met.path, limits) {
                Ok(rows) => rows,
                Err(_) => return false,
            },
            (Format::Records, Some(packing)) => Box::new(packing.unpack(reader, limits.unpacking)),
            (Format::Records, None) => Box::new(reader) as Box<dyn std::io::Read>,
            _ => return false,
        };
        let mut reader = BufReader::new(rows);
        skip_byte_order_mark(&mut reader);
        let Ok(Some(batch)) = RecordLines::new(reader, limits.size).next_batch() else { return false };
        let mut records = batch.lines.iter().take(RECORDS).map(|line| {
            let bytes = batch.bytes.get(line.range.clone()?)?;
            read_record(bytes, &self.rules.fields, "").err()
        });
        records.all(|error| error.is_some_and(|error| lacks_text(&error, &self.rules.fields)))
    }
}

/// Returns the name of a file without the extensions of its format.
pub(super) fn stem_of(path: &Path) -> String {
    let mut name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    while Format::of_path(Path::new(&name)).is_some() {
        let Some((stem, _)) = name.rsplit_once('.') else { break };
        name = stem.to_string();
    }
    name
}

/// Returns the beginning of a text.
fn head_of(path: &Path) -> String {
    let mut bytes = Vec::new();
    // What cannot be read is told when it is read as a paper.
    if path.is_file()
        && let Ok(file) = std::fs::File::open(path)
    {
        let _ = file.take(HEAD).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the title in the main file of a LaTeX paper, without reading included files.
pub(super) fn latex_title(path: &Path, limits: ReadLimits) -> Option<String> {
    let mut head = head_of(path);
    let is_whole = |at: usize, command: &str| !head[at + command.len()..].starts_with(char::is_alphabetic);
    let commands = ["\\title", "\\icmltitle"].into_iter();
    let places =
        commands.flat_map(|command| head.rmatch_indices(command).find(|(at, _)| is_whole(*at, command)));
    let last = places.map(|(at, _)| at).max()?;
    // All that a title is made of stands before its end; the rest would only take time.
    head.truncate(floor_to_character(&head, last + TITLE));
    let paper = read_latex("", "", head.into_bytes(), &NoFiles, limits).ok()?;
    paper.document.title
}

#[cfg(test)]
#[path = "beside_papers_tests.rs"]
mod tests;
