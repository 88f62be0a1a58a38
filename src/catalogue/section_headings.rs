//! The headings that identify the sections of a paper.

use std::collections::BTreeMap;

use toml::Spanned;

use super::single_file::read_single_file;
use super::{CatalogueFile, Fault, Layer};
use crate::document::{ChecklistLine, Headings, SectionKind};

/// The path of the file within a catalogue folder.
pub(super) const FILE: &str = "sections.toml";
/// The key of the words that begin lines of a checklist.
const LABELS: &str = "checklist-labels";
/// The key of the answers in a checklist.
const ANSWERS: &str = "checklist-answers";

/// Headings of sections, in lower case, and the words of checklists.
#[derive(Debug, Clone, Default)]
pub struct SectionHeadings {
    headings: Vec<(SectionKind, Wording)>,
    checklist_labels: Vec<Box<str>>,
    checklist_answers: Vec<Box<str>>,
}

/// The wording of a heading; `*` at one end stands for any words.
#[derive(Debug, Clone)]
enum Wording {
    Whole(Box<str>),
    Begins(Box<str>),
    Ends(Box<str>),
}

impl SectionHeadings {
    /// Reads the files of all layers; a later layer adds to the earlier ones.
    ///
    /// # Errors
    /// Returns faults for a file that is not a table of lists, an unknown section kind, and an empty heading.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        read_single_file(layers, FILE, Self::add)
    }

    fn add(
        &mut self,
        file: &CatalogueFile,
        parts: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
        faults: &mut Vec<Fault>,
    ) {
        for (part, headings) in parts {
            let words = match part.get_ref().as_str() {
                LABELS => Some(&mut self.checklist_labels),
                ANSWERS => Some(&mut self.checklist_answers),
                _ => None,
            };
            if let Some(words) = words {
                let lower = headings.iter().map(|word| word.get_ref().trim().to_ascii_lowercase());
                words.extend(lower.filter(|word| !word.is_empty()).map(String::into_boxed_str));
                continue;
            }
            let kind = match part.get_ref().parse::<SectionKind>() {
                Ok(kind) => kind,
                Err(cause) => {
                    faults.push(
                        Fault::at(file, part.span().start, cause).help("these are the parts of a paper"),
                    );
                    continue;
                }
            };
            for heading in headings {
                let text = heading.get_ref().to_lowercase();
                let bare = text.trim_matches(['*', ' ']);
                if bare.is_empty() {
                    let fault = Fault::at(file, heading.span().start, "a heading without words");
                    faults.push(fault.help("write a heading; `*` at one end stands for any words"));
                    continue;
                }
                self.headings.push((
                    kind,
                    match (text.starts_with('*'), text.ends_with('*')) {
                        (true, _) => Wording::Ends(format!(" {bare}").into()),
                        (_, true) => Wording::Begins(format!("{bare} ").into()),
                        _ => Wording::Whole(bare.into()),
                    },
                ));
            }
        }
    }
}

impl Headings for SectionHeadings {
    /// Returns the section kind of a heading given without its number. Of several matching wordings, a whole
    /// heading wins, then the longest.
    fn kind_of(&self, heading: &str) -> Option<SectionKind> {
        let heading = heading.trim().trim_end_matches(['.', ':', ' ']).to_lowercase();
        let match_length = |wording: &Wording| match wording {
            Wording::Whole(text) => (*heading == **text).then_some(usize::MAX),
            Wording::Begins(text) => heading.starts_with(&**text).then_some(text.len()),
            Wording::Ends(text) => heading.ends_with(&**text).then_some(text.len()),
        };
        let mut best = None;
        for (kind, wording) in &self.headings {
            if let Some(length) =
                match_length(wording).filter(|length| best.is_none_or(|(most, _)| *length > most))
            {
                best = Some((length, *kind));
            }
        }
        best.map(|(_, kind)| kind)
    }

    fn checklist_line(&self, line: &str) -> Option<ChecklistLine> {
        let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '[');
        let begins = |text: &str, word: &str| {
            text.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
        };
        let holds_answer = memchr::memchr_iter(b'[', line.as_bytes()).any(|at| {
            let rest = line.get(at..).unwrap_or_default();
            self.checklist_answers.iter().any(|answer| begins(rest, answer))
        });
        if holds_answer {
            return Some(ChecklistLine::Answer);
        }
        self.checklist_labels.iter().position(|label| begins(line, label)).map(ChecklistLine::Label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SectionHeadings, Vec<Fault>> {
        SectionHeadings::read(&[Layer::of_texts("x", [(FILE, text)])])
    }

    #[test]
    fn a_heading_tells_its_part_whole_or_at_one_end() {
        let headings =
            read("related-work = ['Related work', '* related work']\nappendix = ['appendix *']").unwrap();
        let kind = |heading| headings.kind_of(heading).map(SectionKind::name);
        assert_eq!(kind("RELATED WORK."), Some("related-work"));
        assert_eq!(kind("Background and Related Work"), Some("related-work"));
        assert_eq!(kind("Appendix A"), Some("appendix"));
        assert_eq!((kind("Unrelated work"), kind("Related workers"), kind("Appendix")), (None, None, None));
    }

    #[test]
    fn the_wording_that_says_most_decides() {
        let headings =
            read("conclusion = ['conclusion *']\nfuture-work = ['* future work']\nresults = ['conclusion of work']")
                .unwrap();
        let kind = |heading| headings.kind_of(heading).map(SectionKind::name);
        assert_eq!(kind("Conclusion and future work"), Some("future-work"));
        assert_eq!(
            (kind("Conclusion of work"), kind("Conclusion too")),
            (Some("results"), Some("conclusion"))
        );
    }

    #[test]
    fn lines_of_a_checklist_are_told_by_their_label_and_their_answer() {
        let headings = read("checklist-labels = ['Why:']\nchecklist-answers = ['[sure]']").unwrap();
        assert_eq!(headings.checklist_line("• why: so"), Some(ChecklistLine::Label(0)));
        assert_eq!(headings.checklist_line("Is it so? [Sure] It is."), Some(ChecklistLine::Answer));
        assert_eq!(headings.checklist_line("This is why: so [perhaps]"), None);
        let fault = read("checklist-lines = ['x']").unwrap_err();
        assert_eq!(fault.len(), 1);
    }

    #[test]
    fn a_part_that_papers_do_not_have_is_a_fault_with_its_place() {
        let faults = read("body = ['x']\nepilogue = ['y']\nabstract = ['*']").unwrap_err();
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 2]);
    }
}
