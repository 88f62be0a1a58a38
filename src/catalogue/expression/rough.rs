//! A rougher form of an expression, which matches wherever the expression does.
//!
//! It knows no characters beyond ASCII apart, no bounds of words and no large counts, so that it is small, and
//! rules out most texts for a small part of what the expression itself would cost.

use regex_automata::meta;
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, ClassUnicode, Hir, HirKind, Look, Repetition};

use super::class_group::{ClassGroup, class_of};

/// The largest number of repetitions that is counted.
const MOST_COUNTED: u32 = 2;

/// Compiles the rough form; `None` if that fails, so that nothing is ruled out.
pub(super) fn rough_engine(hir: &Hir, classes: &[ClassGroup]) -> Option<meta::Regex> {
    let config = meta::Config::new().nfa_size_limit(None).which_captures(WhichCaptures::None);
    let config = config.utf8_empty(false).auto_prefilter(false).onepass(false).dfa(false).backtrack(false);
    meta::Builder::new()
        .configure(config)
        .syntax(syntax::Config::new().utf8(false))
        .build_from_hir(&rough(hir, classes))
        .ok()
}

fn rough(hir: &Hir, classes: &[ClassGroup]) -> Hir {
    let all = |parts: &[Hir]| parts.iter().map(|part| rough(part, classes)).collect();
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => rough_class(class),
        HirKind::Look(Look::Start | Look::End) => hir.clone(),
        HirKind::Look(_) => Hir::empty(),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            min: repetition.min.min(MOST_COUNTED),
            max: repetition.max.filter(|most| *most <= MOST_COUNTED),
            greedy: repetition.greedy,
            sub: Box::new(rough(&repetition.sub, classes)),
        }),
        HirKind::Capture(capture) => match class_of(capture, classes) {
            Some(class) => rough(&class.meaning, &[]),
            None => rough(&capture.sub, classes),
        },
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(Class::Bytes(_)) => hir.clone(),
    }
}

/// Widens a set of characters by all that are not ASCII, if it has one of them.
fn rough_class(class: &ClassUnicode) -> Hir {
    let bytes = |first: u8, last: u8| ClassBytesRange::new(first, last);
    let ascii = class
        .ranges()
        .iter()
        .filter(|range| range.start().is_ascii())
        .map(|range| bytes(range.start() as u8, u8::try_from(range.end()).unwrap_or(u8::MAX).min(0x7F)));
    let ascii = Hir::class(Class::Bytes(ClassBytes::new(ascii)));
    if class.ranges().iter().all(|range| range.end().is_ascii()) {
        return ascii;
    }
    let one = |first: u8, last: u8| Hir::class(Class::Bytes(ClassBytes::new([bytes(first, last)])));
    let more = Repetition { min: 1, max: Some(3), greedy: true, sub: Box::new(one(0x80, 0xBF)) };
    Hir::alternation(vec![ascii, Hir::concat(vec![one(0xC2, 0xF4), Hir::repetition(more)])])
}

#[cfg(test)]
mod tests {
    use regex_syntax::Parser;

    use super::*;

    fn may_match(expression: &str, text: &str) -> bool {
        rough_engine(&Parser::new().parse(expression).unwrap(), &[]).unwrap().is_match(text)
    }

    #[test]
    fn what_an_expression_matches_is_never_ruled_out() {
        for (expression, text) in [
            (r"\b\w+é\b", "un café"),
            (r"(?i)kits?", "\u{212a}IT\u{17f}"),
            (r"^[^.]{20,30}$", "a text of some length"),
            (r"[█▇]{4,}", "made by ████"),
            (r"\d+ (?<of>[a-z]+)", "at 12 pm"),
        ] {
            assert!(may_match(expression, text), "{expression}");
        }
    }

    #[test]
    fn other_texts_mostly_are() {
        assert!(!may_match(r"\bthe (?:\w+ ){0,3}?model\b", "the one that we took"));
        assert!(!may_match("[█▇]{4,}", "made by them"));
    }
}
