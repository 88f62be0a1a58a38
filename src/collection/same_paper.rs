//! Recognition of several forms of one paper, of which the best source is read.
//!
//! Files of the same name in one folder are matched before any is read. That a paper is another form of one
//! in a different folder shows only in its title: the titles of the better sources are looked up beforehand,
//! and each other paper is compared with them when it is read.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::holds_latex;
use super::beside_papers::{FolderRules, stem_of};
use super::folder::Met;
use super::passed_over::{PassedOver, Reason};
use super::source::read_document;
use super::{Failure, Format};
use crate::catalogue::NoPaperSign;
use crate::document::{Document, ReadError, ReadLimits};

/// Minimum number of letters and digits of a title that identifies a paper.
const TITLE: usize = 16;
/// Number of leading bytes of a page or an XML file that are searched for its title.
const HEAD: u64 = 128 << 10;
/// Number of letters and digits at the start of a PDF among which its title is searched for.
const PDF_START: usize = 400;
/// Maximum number of words of a PDF page that counts as a picture.
const PICTURE: usize = 120;

/// Name suffixes that denote the kind of an XML file.
const XML_KINDS: [&str; 3] = [".tei", ".jats", ".grobid"];

fn key_of(path: &Path) -> (PathBuf, String) {
    let stem = stem_of(path).to_lowercase();
    let stem = XML_KINDS.iter().find_map(|kind| stem.strip_suffix(kind)).unwrap_or(&stem).to_string();
    (path.parent().unwrap_or(Path::new("")).to_path_buf(), stem)
}

/// Marks the files of one folder that are other forms of a paper in the same folder, by their names.
pub(super) fn mark_by_name(found: &mut [Result<Met, Failure>], root: &Path, rules: &FolderRules) {
    let mut best: HashMap<(PathBuf, String), (u8, usize)> = HashMap::new();
    let mut passed: HashMap<(PathBuf, String), Reason> = HashMap::new();
    for (place, met) in found.iter().enumerate() {
        let Ok(met) = met else { continue };
        let Some(rank) = met.format.and_then(Format::rank) else { continue };
        let key = key_of(&met.path);
        match met.passed {
            None => {
                let kept = best.entry(key).or_insert((rank, place));
                *kept = (*kept).min((rank, place));
            }
            Some((reason, _)) if met.format == Some(Format::Latex) && reason != Reason::SameFile => {
                passed.insert(key, reason);
            }
            Some(_) => {}
        }
    }
    // The sources of a paper in an archive are as good as the file itself.
    for (place, met) in found.iter().enumerate() {
        let Ok(met) = met else { continue };
        let is_archive = matches!(met.format, Some(Format::Archive | Format::Packed)) && met.passed.is_none();
        if is_archive
            && let Some(kept) = best.get_mut(&key_of(&met.path)).filter(|(rank, _)| *rank > 0)
            && File::open(&met.path)
                .and_then(|file| holds_latex(BufReader::new(file), rules.limits))
                .unwrap_or(false)
        {
            *kept = (0, place);
        }
    }
    let shown: Vec<String> = found
        .iter()
        .map(|met| met.as_ref().map_or_else(|_| String::new(), |met| met.shown(root).display().to_string()))
        .collect();
    for met in found.iter_mut().flatten() {
        let Some(rank) = met.format.and_then(Format::rank) else { continue };
        if met.is_sure || met.passed.is_some() || rank == 0 {
            continue;
        }
        let key = key_of(&met.path);
        if let Some((_, other)) = best.get(&key).filter(|(better, _)| *better < rank) {
            met.passed = Some((Reason::SamePaper, Some(shown[*other].clone())));
        } else if let Some(reason) = passed.get(&key) {
            // The printed form of a part, a template or slides is one as well.
            met.passed = Some((*reason, None));
        } else if let Some(other) = set_from(&key, &best, rules) {
            met.passed = Some((Reason::SamePaper, Some(shown[other].clone())));
        }
    }
}

/// Returns the LaTeX paper of the same name in the folder that contains the build folder of a file.
fn set_from(
    (folder, stem): &(PathBuf, String),
    best: &HashMap<(PathBuf, String), (u8, usize)>,
    rules: &FolderRules,
) -> Option<usize> {
    let name = folder.file_name()?.to_string_lossy();
    if !rules.no_papers.has(NoPaperSign::BuildFolders, &name) {
        return None;
    }
    let above = folder.parent()?;
    let (_, place) = best.get(&(above.to_path_buf(), stem.clone())).filter(|(rank, _)| *rank == 0)?;
    Some(*place)
}

/// The titles of papers, by which other forms of them are recognised.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// The rank of the source and its name in reports, by the letters and digits of the title.
    by_letters: BTreeMap<String, (u8, String)>,
}

impl Titles {
    /// Adds a paper; of two with the same title, the better source is kept.
    pub(super) fn add(&mut self, title: &str, rank: u8, shown: &str) {
        let letters = letters_of(title).collect::<String>();
        if letters.chars().count() >= TITLE {
            let own = (rank, shown.to_string());
            let kept = self.by_letters.entry(letters).or_insert_with(|| own.clone());
            if own.0 < kept.0 {
                *kept = own;
            }
        }
    }

    /// Returns the name of the better source of which a document is another form.
    fn better(&self, document: &Document, format: Format) -> Option<&str> {
        let rank = format.rank()?;
        let is_better = |found: &&(u8, String)| found.0 < rank && found.1 != document.id;
        let letters = document.title.as_deref().map(|title| letters_of(title).collect::<String>());
        let known = letters.and_then(|letters| self.by_letters.get(&letters)).filter(is_better);
        if known.is_some() || format != Format::Pdf {
            return known.map(|(_, shown)| shown.as_str());
        }
        // Many a PDF says nothing of its title but at its beginning.
        let start: String = letters_of(&document.prose).take(PDF_START).collect();
        let begins = |title: &str| start.find(title).is_some_and(|at| at + title.len() <= PDF_START);
        let found = self.by_letters.iter().find(|(title, found)| is_better(found) && begins(title));
        found.map(|(_, (_, shown))| shown.as_str())
    }

    /// Returns a string that differs whenever the titles differ.
    fn fingerprint(&self) -> String {
        format!("{:?}", self.by_letters)
    }
}

fn letters_of(title: &str) -> impl Iterator<Item = char> {
    title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Returns the title of a page or an XML file, read from its beginning.
pub(super) fn title_of(path: &Path, format: Format, limits: ReadLimits) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    read_document("", Some(format), bytes, limits).ok()?.0.title
}

/// The checks made on a paper from a folder once it is read.
#[derive(Debug, Default)]
pub struct Doubts {
    titles: Titles,
    fingerprint: String,
    passed_over: Arc<PassedOver>,
}

impl PartialEq for Doubts {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Doubts {}

impl Doubts {
    pub(super) fn new(titles: Titles, passed_over: Arc<PassedOver>) -> Self {
        Self { fingerprint: titles.fingerprint(), titles, passed_over }
    }

    /// Returns the part of a cache key that stands for these checks.
    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Returns whether the result of reading shows that the input is not a paper, or another form of one; if
    /// so, it is recorded as passed over.
    pub(super) fn pass(
        &self,
        shown: &str,
        format: Format,
        read: Result<(&Document, Option<&ReadError>), &ReadError>,
    ) -> bool {
        let (reason, instead) = match read {
            Err(error) if format == Format::Pdf && error.kind == "no-text" => (Reason::Picture, None),
            Err(error) if format == Format::Xml && error.kind == "unknown-format" => (Reason::OtherXml, None),
            Err(_) | Ok((_, Some(_))) => return false,
            Ok((document, None)) => match self.titles.better(document, format) {
                Some(better) => (Reason::SamePaper, Some(better)),
                None if format == Format::Pdf && is_picture(document) => (Reason::Picture, None),
                None => return false,
            },
        };
        self.passed_over.add(shown, reason, instead);
        true
    }
}

/// Tests whether a PDF is a picture with a few words in it.
fn is_picture(document: &Document) -> bool {
    document.pages.len() <= 1
        && !has_sentence(&document.prose)
        && document.prose.split_whitespace().nth(PICTURE).is_none()
}

/// Tests whether a text has a run of words that ends like a sentence.
fn has_sentence(prose: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let mut words = 0;
    for word in prose.split_whitespace() {
        words = if is_word(word) || word.len() == 1 { words + 1 } else { 0 };
        if word.ends_with(['.', '?', '!']) {
            if words >= 5 {
                return true;
            }
            words = 0;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worse_form_of_a_paper_is_known_by_its_title() {
        let mut titles = Titles::default();
        titles.add("Grading Essays: A Study of 5 Judges", 2, "a.html");
        titles.add("Grading essays -- a study of 5 judges", 0, "a.tex");
        titles.add("Notes", 0, "b.tex");
        let document = |id: &str, title: Option<&str>, prose: &str| Document {
            title: title.map(str::to_string),
            ..Document::from_prose(id, prose)
        };
        let same = document("a.pdf", Some("GRADING ESSAYS: A STUDY OF 5 JUDGES"), "");
        assert_eq!(titles.better(&same, Format::Pdf), Some("a.tex"));
        assert_eq!(titles.better(&same, Format::Latex), None);
        let untitled =
            document("c.pdf", None, "Journal of Letters\nGrading Essays: A\nStudy of 5 Judges\nAbstract");
        assert_eq!(titles.better(&untitled, Format::Pdf), Some("a.tex"));
        assert_eq!(titles.better(&untitled, Format::Html), None);
        assert_eq!(titles.better(&document("b.pdf", Some("Notes"), "Notes"), Format::Pdf), None);
    }

    #[test]
    fn a_page_with_a_few_labels_is_a_picture_and_one_with_a_sentence_is_none() {
        let page = |prose: &str| Document { pages: vec![0], ..Document::from_prose("a.pdf", prose) };
        assert!(is_picture(&page("Loss 0.1 0.2 0.3 Steps (thousands) train test")));
        assert!(!is_picture(&page("We asked a large model to grade all essays.")));
        let pages = Document { pages: vec![0, 4], ..Document::from_prose("a.pdf", "One Two") };
        assert!(!is_picture(&pages));
    }
}
