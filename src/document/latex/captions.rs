//! The captions of floats and of their parts.

use super::reader::Reader;
use super::references::Counter;
use super::token::{Kind, Token};
use crate::document::SectionKind;

impl Reader<'_> {
    /// Handles `\caption{...}`.
    pub(super) fn caption(&mut self, of_kind: bool) {
        if of_kind {
            self.expander.drop_arguments("*m");
        }
        let counter = self.part.counter;
        if matches!(counter, Counter::Figure | Counter::Table | Counter::Algorithm | Counter::Listing) {
            self.part = self.references.next(counter);
            // A label may stand outside of the box in which the caption stands.
            for before in self.groups.iter_mut().rev().filter_map(|group| group.part.as_mut()) {
                if before.counter != counter || !before.number.is_empty() {
                    break;
                }
                before.clone_from(&self.part);
            }
        }
        if self.muted {
            self.expander.drop_arguments("*om");
        } else {
            self.begin_flow(SectionKind::Caption);
        }
    }

    /// Handles `\subfloat[list][caption]{content}`, or if the caption `is_argument`
    /// `\subcaptionbox[list]{caption}[width]{content}`.
    pub(super) fn sub_caption(&mut self, is_argument: bool) {
        self.expander.drop_arguments("*");
        let options = (self.expander.optional(), self.expander.optional());
        let mut caption = options.1.or(options.0);
        if is_argument {
            caption = self.expander.braces();
            self.expander.drop_arguments("oo");
        }
        let Some((caption, end)) = caption.filter(|(caption, _)| !caption.is_empty() && !self.muted) else {
            return;
        };
        let brace = |kind| Token { kind, text: end, from: end };
        self.expander.give_back([&[brace(Kind::Open)], &caption[..], &[brace(Kind::Close)]].concat());
        self.begin_flow(SectionKind::Caption);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::read;
    use crate::document::SectionKind;

    #[test]
    fn the_parts_of_a_figure_have_captions() {
        for figure in [
            "\\subfloat[A secret bot.]{\\includegraphics{a}}",
            "\\subfigure[list][A secret bot.\\label{fig:a}]{\\includegraphics{a}}",
            "\\subcaptionbox*{A secret bot.}[2cm][c]{\\includegraphics{a}}",
            "\\subfloat[]{\\includegraphics{b}}\\subfloat[A secret bot.]{x}",
        ] {
            let document = read(&format!("\\begin{{figure}}{figure}\\caption{{All.}}\\end{{figure}}"));
            assert_eq!(document.prose, "A secret bot.\n\nAll.", "{figure}");
            let kinds: Vec<_> = document.sections.iter().map(|part| part.kind).collect();
            assert_eq!(kinds, [SectionKind::Caption, SectionKind::Caption], "{figure}");
        }
    }

    #[test]
    fn notes_beside_the_text_are_no_part_of_its_words() {
        for note in
            ["\\marginnote{Check!}[1cm]", "\\sidenote{Check!}", "\\endnote{Check!}", "\\pagenote{Check!}"]
        {
            assert_eq!(
                read(&format!("It is Orvex-2{note} here.")).prose,
                "It is Orvex-2 here.\n\nCheck!",
                "{note}"
            );
        }
    }
}
