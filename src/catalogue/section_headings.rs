//! Which headings tell what part of a paper follows.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{CatalogueFile, Fault, Layer};
use crate::document::SectionKind;

/// The file that lists them.
pub(super) const FILE: &str = "sections.toml";

/// Headings of the parts of papers, in lower case.
#[derive(Debug, Clone, Default)]
pub struct SectionHeadings {
    headings: Vec<(SectionKind, Wording)>,
}

/// A heading: `*` at one end stands for any words.
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
    /// A file that is no table of lists, a part that papers do not have, and an empty heading.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        let mut all = Self::default();
        let mut faults = Vec::new();
        for file in layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path == FILE) {
            match file.parse::<BTreeMap<Spanned<String>, Vec<Spanned<String>>>>() {
                Ok(parts) => all.add(file, parts, &mut faults),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }

    fn add(
        &mut self,
        file: &CatalogueFile,
        parts: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
        faults: &mut Vec<Fault>,
    ) {
        for (part, headings) in parts {
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

    /// The part that a heading tells, written without its number.
    pub fn kind_of(&self, heading: &str) -> Option<SectionKind> {
        let heading = heading.trim().trim_end_matches(['.', ':', ' ']).to_lowercase();
        let fits = |wording: &Wording| match wording {
            Wording::Whole(text) => *heading == **text,
            Wording::Begins(text) => heading.starts_with(&**text),
            Wording::Ends(text) => heading.ends_with(&**text),
        };
        self.headings.iter().find(|(_, wording)| fits(wording)).map(|(kind, _)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SectionHeadings, Vec<Fault>> {
        let file = CatalogueFile { shown: FILE.into(), path: FILE.into(), text: text.into() };
        SectionHeadings::read(&[Layer { name: "x".into(), files: vec![file] }])
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
    fn a_part_that_papers_do_not_have_is_a_fault_with_its_place() {
        let faults = read("body = ['x']\nepilogue = ['y']\nabstract = ['*']").unwrap_err();
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 2]);
    }
}
