//! Which part of a paper each place of its prose belongs to.

use super::{ByteSpan, Document, SectionKind};

/// The parts of a paper with what their headings tell. Of a paper without sections it is empty, and all
/// of it is body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// In the order of their starts; of two that overlap, the later is inside of the earlier.
    parts: Vec<(ByteSpan, SectionKind)>,
}

impl Outline {
    /// The outline of a document; `told` gives the kind that a heading tells. A section is of the kind of
    /// the section above it where neither its format nor its heading says another.
    pub fn new(document: &Document, told: impl Fn(&str) -> Option<SectionKind>) -> Self {
        let mut above: Vec<(u8, SectionKind)> = Vec::new();
        let of_section = |section: &super::Section| {
            let Some(heading) = &section.heading else { return (section.span, section.kind) };
            if section.depth == 0 && section.kind == SectionKind::Body {
                // Nothing tells how deep it stands, and the lists of a bibliography hold such lines.
                let last = above.last().map_or(SectionKind::Body, |(_, kind)| *kind);
                let kind = told(heading).unwrap_or(match last {
                    SectionKind::References => last,
                    _ => SectionKind::Body,
                });
                above = vec![(1, kind)];
                return (section.span, kind);
            }
            above.retain(|(depth, _)| *depth < section.depth);
            let by_heading = || told(heading).or(above.last().map(|(_, kind)| *kind));
            let kind = match section.kind {
                SectionKind::Body => by_heading().unwrap_or_default(),
                kind => kind,
            };
            above.push((section.depth, kind));
            (section.span, kind)
        };
        Self { parts: document.sections.iter().map(of_section).collect() }
    }

    /// The outline of a text that is one part.
    pub fn whole(kind: SectionKind) -> Self {
        Self { parts: vec![(ByteSpan::new(0, usize::MAX), kind)] }
    }

    /// The part that a byte of the prose belongs to.
    pub fn kind_at(&self, prose: usize) -> SectionKind {
        let before = self.parts.partition_point(|(span, _)| span.start <= prose);
        let inside = self.parts[..before].iter().rev().find(|(span, _)| prose < span.end);
        inside.map_or(SectionKind::Body, |(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Section;

    #[test]
    fn headings_tell_and_what_is_below_them_follows() {
        let section = |heading: Option<&str>, depth, kind, start, end| Section {
            kind,
            heading: heading.map(str::to_string),
            depth,
            span: ByteSpan::new(start, end),
        };
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
        let told = |heading: &str| (heading == "Earlier").then_some(SectionKind::RelatedWork);
        let outline = Outline::new(&document, told);
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
