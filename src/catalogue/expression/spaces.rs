//! Blanks in a regular expression: each run of them matches any white space.

use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// The white-space characters of Unicode.
const WHITE_SPACE: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];

/// Replaces each run of blanks by any run of white space, since prose may be broken into lines anywhere.
pub(super) fn widened(hir: Hir) -> Hir {
    if !has_blanks(&hir) {
        return hir;
    }
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => of_literal(&literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Repetition(repetition) => {
            let sub = Box::new(widened(*repetition.sub));
            Hir::repetition(Repetition { sub, ..repetition })
        }
        HirKind::Capture(capture) => {
            let sub = Box::new(widened(*capture.sub));
            Hir::capture(Capture { sub, ..capture })
        }
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(widened).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(widened).collect()),
    }
}

fn has_blanks(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.contains(&b' '),
        HirKind::Repetition(repetition) => has_blanks(&repetition.sub),
        HirKind::Capture(capture) => has_blanks(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_blanks),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

fn of_literal(literal: &[u8]) -> Hir {
    let mut parts = Vec::new();
    let mut rest = literal;
    while let Some(first) = rest.first() {
        let is_blank = *first == b' ';
        let length = rest.iter().take_while(|byte| (**byte == b' ') == is_blank).count();
        parts.push(if is_blank { white_space() } else { Hir::literal(&rest[..length]) });
        rest = &rest[length..];
    }
    Hir::concat(parts)
}

fn white_space() -> Hir {
    let ranges = WHITE_SPACE.map(|(first, last)| ClassUnicodeRange::new(first, last));
    let sub = Box::new(Hir::class(Class::Unicode(ClassUnicode::new(ranges))));
    Hir::repetition(Repetition { min: 1, max: None, greedy: true, sub })
}
