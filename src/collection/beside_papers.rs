//! Which of the files that were met in a folder are no papers, told by names, by what LaTeX files pull in, and
//! by how texts begin.

use std::io::{BufReader, Read as _};
use std::path::Path;

use super::feed::{BUFFER, peek, skip_byte_order_mark};
use super::folder::Met;
use super::latex_links::LatexLinks;
use super::passed_over::Reason;
use super::source::{Watched, read_rows, recognise};
use super::stream::RecordLines;
use super::{Failure, Format};
use crate::catalogue::{NoPaperSign, NoPapers};
use crate::document::{NoFiles, ReadLimits, RecordFields, lacks_text, read_latex, read_record};

/// Bytes of a text that are looked at.
const HEAD: u64 = 64 << 10;
/// Bytes of a title, at most.
const TITLE: usize = 4096;
/// Words with which a text begins.
const BEGINNING: usize = 24;
/// Records that are tried.
const RECORDS: usize = 20;

/// What is asked of the files that are met in folders. The default asks nothing.
#[derive(Debug, Clone, Default)]
pub struct FolderRules {
    /// Whether several forms of one paper are one paper, and records without a text and pictures are none.
    pub judges: bool,
    /// What tells files beside papers from papers.
    pub no_papers: NoPapers,
    /// The fields of records.
    pub fields: RecordFields,
    /// How much each file may ask for.
    pub limits: ReadLimits,
}

/// The files of one folder that the user gave, and what is known of them together.
pub(super) struct Judge<'a> {
    root: &'a Path,
    rules: &'a FolderRules,
    pub(super) links: LatexLinks,
}

impl<'a> Judge<'a> {
    /// Looks through the LaTeX files of a folder.
    pub(super) fn new(root: &'a Path, rules: &'a FolderRules, found: &[Result<Met, Failure>]) -> Self {
        let latex = found.iter().flatten().filter(|met| met.format == Some(Format::Latex));
        Self { root, rules, links: LatexLinks::read(root, latex.map(|met| met.path.as_path())) }
    }

    /// Marks the files that are no papers.
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

    /// Whether one of the folders between the given one and a file is called so.
    fn lies_in(&self, sign: NoPaperSign, path: &Path) -> bool {
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        let folders = inside.parent().into_iter().flat_map(Path::iter);
        folders.into_iter().any(|folder| self.has(sign, &folder.to_string_lossy()))
    }

    /// Why a file is no paper.
    fn reason_against(&self, met: &Met) -> Option<Reason> {
        use NoPaperSign as Sign;
        let (path, name) = (met.path.as_path(), stem_of(&met.path));
        if met.format == Some(Format::Latex) {
            return self.reason_against_latex(path, &name);
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

    /// Marks templates and versions that were put aside, told by their names: only where a LaTeX paper lies
    /// beside or above them that is neither.
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

    /// Why a text is no paper by what it holds.
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

    /// Whether a file of records holds some, and none of the first has a text.
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

/// The name of a file without what tells its format.
pub(super) fn stem_of(path: &Path) -> String {
    let mut name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    while Format::of_path(Path::new(&name)).is_some() {
        let Some((stem, _)) = name.rsplit_once('.') else { break };
        name = stem.to_string();
    }
    name
}

/// The beginning of a text.
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

/// The title that the main file of a LaTeX paper gives, without the files that it includes.
pub(super) fn latex_title(path: &Path, limits: ReadLimits) -> Option<String> {
    let mut head = head_of(path);
    let is_whole = |at: usize, command: &str| !head[at + command.len()..].starts_with(char::is_alphabetic);
    let commands = ["\\title", "\\icmltitle"].into_iter();
    let places =
        commands.flat_map(|command| head.rmatch_indices(command).find(|(at, _)| is_whole(*at, command)));
    let last = places.map(|(at, _)| at).max()?;
    // All that a title is made of stands before its end; the rest would only take time.
    let mut end = (last + TITLE).min(head.len());
    while !head.is_char_boundary(end) {
        end -= 1;
    }
    head.truncate(end);
    let paper = read_latex("", "", head.into_bytes(), &NoFiles, limits).ok()?;
    paper.document.title
}

#[cfg(test)]
#[path = "beside_papers_tests.rs"]
mod tests;
