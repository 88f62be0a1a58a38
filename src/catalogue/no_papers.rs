//! Signs that distinguish papers from other files in the same folders.

use std::collections::BTreeMap;

use toml::Spanned;

use super::single_file::read_single_file;
use super::{CatalogueFile, Fault, Layer};
use crate::named_enum;

/// The path of the file within a catalogue folder.
pub(super) const FILE: &str = "no-papers.toml";

named_enum! {
    /// A list of signs that a file is not a paper, or that it is one after all.
    pub enum NoPaperSign {
        /// Names of texts and pages about a project.
        Notes => "notes",
        /// Names of documents submitted along with a paper.
        Companions => "companions",
        /// Headings of software documentation.
        NoteHeadings => "note-headings",
        /// Headings that only papers have.
        PaperHeadings => "paper-headings",
        /// Names of texts that are given to a model as prompts.
        Prompts => "prompts",
        /// Folders of prompts.
        PromptFolders => "prompt-folders",
        /// Beginnings of prompts.
        PromptBeginnings => "prompt-beginnings",
        /// Names of figures.
        Figures => "figures",
        /// Folders of figures.
        FigureFolders => "figure-folders",
        /// Names of templates that come with a paper.
        Templates => "templates",
        /// Titles of templates.
        TemplateTitles => "template-titles",
        /// Names of superseded versions beside a paper.
        Old => "old",
        /// Folders of superseded versions.
        OldFolders => "old-folders",
        /// Folders for the output of LaTeX.
        BuildFolders => "build-folders",
        /// Folders that tools fill.
        ToolFolders => "tool-folders",
        /// LaTeX document classes that are not for papers.
        OtherClasses => "other-classes",
    }
}

/// The lists of signs, each with its wordings.
#[derive(Debug, Clone, Default)]
pub struct NoPapers {
    wordings: BTreeMap<&'static str, Vec<Wording>>,
}

/// A sequence of words, some of which may be wildcards.
#[derive(Debug, Clone)]
struct Wording(Vec<Part>);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Word(Box<str>),
    /// `#`: a number.
    Number,
    /// `*`: any words or none.
    Any,
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Word(own) => **own == *word,
            Self::Number => word.starts_with(|first: char| first.is_ascii_digit()),
            Self::Any => false,
        }
    }
}

impl Wording {
    /// Returns whether the wording matches these words. Only the last `*` is retried, so that no wording
    /// takes long.
    fn fits(&self, words: &[&str]) -> bool {
        let (mut part, mut word) = (0, 0);
        let mut retry = None;
        while word < words.len() {
            match (self.0.get(part), retry) {
                (Some(Part::Any), _) => {
                    part += 1;
                    retry = Some((part, word));
                }
                (Some(own), _) if own.fits(words[word]) => {
                    part += 1;
                    word += 1;
                }
                (_, Some((again, from))) => {
                    (part, word) = (again, from + 1);
                    retry = Some((again, from + 1));
                }
                _ => return false,
            }
        }
        self.0[part..].iter().all(|part| *part == Part::Any)
    }
}

impl NoPapers {
    /// Reads the files of all layers; a later layer adds to the earlier ones.
    ///
    /// # Errors
    /// Returns faults for a file that is not a table of lists, an unknown list, and a wording without words.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        read_single_file(layers, FILE, Self::add)
    }

    fn add(
        &mut self,
        file: &CatalogueFile,
        lists: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
        faults: &mut Vec<Fault>,
    ) {
        for (list, wordings) in lists {
            let sign = match list.get_ref().parse::<NoPaperSign>() {
                Ok(sign) => sign,
                Err(cause) => {
                    faults.push(Fault::at(file, list.span().start, cause).help("these are the lists"));
                    continue;
                }
            };
            for wording in wordings {
                match read_wording(wording.get_ref()) {
                    Some(read) => self.wordings.entry(sign.name()).or_default().push(read),
                    None => {
                        let fault = Fault::at(file, wording.span().start, "a wording without words");
                        faults.push(fault.help("write words; `*` stands for any, `#` for a number"));
                    }
                }
            }
        }
    }

    /// Returns whether a name, title or heading matches a wording of a list.
    pub fn has(&self, sign: NoPaperSign, text: &str) -> bool {
        let Some(wordings) = self.wordings.get(sign.name()) else { return false };
        let text = text.to_lowercase();
        let words: Vec<&str> = words(&text).collect();
        wordings.iter().any(|wording| wording.fits(&words))
    }
}

fn read_wording(text: &str) -> Option<Wording> {
    let mut parts = Vec::new();
    for piece in text.to_lowercase().split_whitespace() {
        match piece {
            "*" => parts.push(Part::Any),
            "#" => parts.push(Part::Number),
            piece => parts.extend(words(piece).map(|word| Part::Word(word.into()))),
        }
    }
    parts.iter().any(|part| matches!(part, Part::Word(_))).then_some(Wording(parts))
}

/// Splits a text in lower case into words and numbers.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).flat_map(|mut run| {
        std::iter::from_fn(move || {
            let is_digit = run.chars().next()?.is_ascii_digit();
            let end = run.find(|letter: char| letter.is_ascii_digit() != is_digit).unwrap_or(run.len());
            let (word, rest) = run.split_at(end);
            run = rest;
            Some(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<NoPapers, Vec<Fault>> {
        NoPapers::read(&[Layer::of_texts("x", [(FILE, text)])])
    }

    #[test]
    fn names_are_compared_word_by_word() {
        let signs =
            read("notes = ['readme *', 'code of conduct']\nfigures = ['fig # *', '* a * b', '* plot']")
                .unwrap();
        let notes = |name| signs.has(NoPaperSign::Notes, name);
        assert!(notes("README") && notes("readme.zh-CN") && notes("CODE_OF_CONDUCT"));
        assert!(!notes("readmes") && !notes("a readme") && !notes(""));
        let figures = |name| signs.has(NoPaperSign::Figures, name);
        assert!(figures("fig2-loss") && figures("Fig_10") && figures("loss_plot") && figures("x a y a z b"));
        assert!(!figures("fig") && !figures("figs2") && !figures("plot-hole") && !figures("b a"));
        assert!(!signs.has(NoPaperSign::Old, "old"));
    }

    #[test]
    fn unknown_lists_and_empty_wordings_are_faults_with_their_places() {
        let faults = read("notes = ['x', '*']\nletters = ['y']").unwrap_err();
        let mut lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [1, 2]);
    }
}
