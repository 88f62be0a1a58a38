//! The part of a paper that each place of its prose belongs to.

use super::checklist::{ChecklistLine, checklists};
use super::{ByteSpan, Document, Section, SectionKind};

/// The parts of a paper, with their kinds from headings. For a paper without sections it is empty, and
/// everything is body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The offsets at which the kind changes, with the kind from there on, in order.
    starts: Vec<(usize, SectionKind)>,
    /// The expansions of acronyms, in order.
    expansions: Vec<ByteSpan>,
}

/// Access to the vocabulary that identifies the parts of a paper.
pub trait Headings {
    /// Returns the kind of section that a heading indicates.
    fn kind_of(&self, heading: &str) -> Option<SectionKind>;

    /// Classifies a line as part of a checklist.
    fn checklist_line(&self, line: &str) -> Option<ChecklistLine>;
}

impl Outline {
    /// Builds the outline of a document. A section inherits the kind of the section above it if neither its
    /// format nor its heading gives another, and everything in a part without names (see
    /// [`SectionKind::gives_names`]) belongs to that part.
    pub fn new(document: &Document, headings: &impl Headings) -> Self {
        let mut above = Vec::new();
        let kind = |section: &Section| (section.span, kind_of(section, headings, &mut above));
        let mut parts: Vec<(ByteSpan, SectionKind)> = document.sections.iter().map(kind).collect();
        let lists = checklists(document, |line| headings.checklist_line(line));
        parts.extend(lists.into_iter().map(|span| (span, SectionKind::Checklist)));
        parts.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
        Self { starts: starts_of(&parts), expansions: document.expansions.clone() }
    }

    /// Returns the outline of a text that is one part.
    pub fn whole(kind: SectionKind) -> Self {
        Self { starts: vec![(0, kind)], expansions: Vec::new() }
    }

    /// Returns whether a span of the prose overlaps the expansion of an acronym.
    pub fn is_expansion(&self, span: ByteSpan) -> bool {
        let after = self.expansions.partition_point(|expansion| expansion.end <= span.start);
        self.expansions.get(after).is_some_and(|expansion| expansion.overlaps(span))
    }

    /// Returns the kind of the part that holds a byte of the prose.
    pub fn kind_at(&self, prose: usize) -> SectionKind {
        let after = self.starts.partition_point(|(start, _)| *start <= prose);
        after.checked_sub(1).map_or(SectionKind::Body, |last| self.starts[last].1)
    }
}

/// Returns the kind of a section; `above` holds the depths and kinds of the sections that enclose it.
fn kind_of(section: &Section, headings: &impl Headings, above: &mut Vec<(u8, SectionKind)>) -> SectionKind {
    let Some(heading) = &section.heading else { return section.kind };
    if section.depth == 0 && section.kind == SectionKind::Body {
        // Nothing tells how deep it stands, and the lists of a bibliography hold such lines.
        let last = above.last().map_or(SectionKind::Body, |(_, kind)| *kind);
        let kind = headings.kind_of(heading).unwrap_or(match last {
            SectionKind::References => last,
            _ => SectionKind::Body,
        });
        *above = vec![(1, kind)];
        return kind;
    }
    above.retain(|(depth, _)| *depth < section.depth);
    let around = above.last().map(|(_, kind)| *kind).filter(|kind| *kind != SectionKind::Body);
    let kind = match section.kind {
        // To stand in the appendix says less than a heading does.
        SectionKind::Body | SectionKind::Appendix => around
            .filter(|kind| kind.keeps_what_is_below())
            .or_else(|| headings.kind_of(heading))
            .or(around)
            .unwrap_or(section.kind),
        kind => kind,
    };
    above.push((section.depth, kind));
    kind
}

/// Returns the offsets at which the kind changes, from parts sorted by start; of two that overlap, the later
/// lies inside the earlier.
fn starts_of(parts: &[(ByteSpan, SectionKind)]) -> Vec<(usize, SectionKind)> {
    let mut starts: Vec<(usize, SectionKind)> = Vec::with_capacity(parts.len() * 2);
    let mut open: Vec<(usize, SectionKind)> = Vec::new();
    let end_until = |at: usize, open: &mut Vec<(usize, SectionKind)>, starts: &mut Vec<_>| {
        while let Some((end, _)) = open.pop_if(|(end, _)| *end <= at) {
            while open.pop_if(|(outer, _)| *outer <= end).is_some() {}
            starts.push((end, open.last().map_or(SectionKind::Body, |(_, kind)| *kind)));
        }
    };
    for (span, kind) in parts.iter().filter(|(span, _)| !span.is_empty()) {
        end_until(span.start, &mut open, &mut starts);
        let around = open.last().map(|(_, kind)| *kind).filter(|kind| !kind.gives_names());
        let kind = around.unwrap_or(*kind);
        open.push((span.end, kind));
        starts.push((span.start, kind));
    }
    end_until(usize::MAX, &mut open, &mut starts);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    struct GivenHeadings;

    impl Headings for GivenHeadings {
        fn kind_of(&self, heading: &str) -> Option<SectionKind> {
            match heading {
                "Earlier" => Some(SectionKind::RelatedWork),
                "Asked" => Some(SectionKind::Checklist),
                _ => None,
            }
        }

        fn checklist_line(&self, line: &str) -> Option<ChecklistLine> {
            line.contains("[Sure]").then_some(ChecklistLine::Answer)
        }
    }

    fn section(heading: Option<&str>, depth: u8, kind: SectionKind, start: usize, end: usize) -> Section {
        Section { kind, heading: heading.map(str::to_string), depth, span: ByteSpan::new(start, end) }
    }

    #[test]
    fn what_stands_in_a_checklist_is_of_it_and_an_appendix_hides_no_heading() {
        let appendix = SectionKind::Appendix;
        let document = Document {
            sections: vec![
                section(Some("More"), 1, appendix, 0, 10),
                section(Some("Asked"), 1, appendix, 10, 50),
                section(Some("Inner"), 2, appendix, 20, 40),
                section(None, 0, SectionKind::Footnote, 25, 30),
                section(Some("Earlier"), 1, appendix, 50, 60),
                section(None, 0, SectionKind::Table, 52, 55),
            ],
            ..Document::default()
        };
        let outline = Outline::new(&document, &GivenHeadings);
        let kinds = [0, 10, 20, 26, 35, 45, 50, 53, 55].map(|at| outline.kind_at(at).name());
        let (list, earlier) = ("checklist", "related-work");
        assert_eq!(kinds, ["appendix", list, list, list, list, list, earlier, "table", earlier]);
        let lines = "Is it so? [Sure] It is.\n".repeat(6);
        let asked = Document::from_prose("p", format!("We end.\n\n{lines}"));
        let outline = Outline::new(&asked, &GivenHeadings);
        assert_eq!(outline.kind_at(3), SectionKind::Body);
        assert_eq!(outline.kind_at(30), SectionKind::Checklist);
    }

    #[test]
    fn headings_tell_and_what_is_below_them_follows() {
        let body = SectionKind::Body;
        let document = Document {
            sections: vec![
                section(Some("Earlier"), 1, body, 10, 40),
                section(None, 0, SectionKind::Footnote, 15, 18),
                section(Some("Of size"), 2, body, 20, 40),
                section(Some("Method"), 1, body, 40, 60),
                section(Some("Prompts"), 1, SectionKind::Appendix, 60, 80),
                section(Some("Of judges"), 2, body, 70, 80),
            ],
            ..Document::default()
        };
        let outline = Outline::new(&document, &GivenHeadings);
        let kinds = [0, 10, 16, 18, 25, 45, 60, 75, 80].map(|at| outline.kind_at(at).name());
        assert_eq!(
            kinds,
            [
                "body",
                "related-work",
                "footnote",
                "related-work",
                "related-work",
                "body",
                "appendix",
                "appendix",
                "body"
            ]
        );
        assert_eq!(Outline::whole(SectionKind::Abstract).kind_at(7), SectionKind::Abstract);
        assert_eq!(Outline::default().kind_at(7), body);
    }
}
