//! Groups of a regular expression that stand for lexicon classes until it is compiled.

use std::sync::Arc;

use regex_syntax::hir::{Capture, Hir, HirKind, Repetition};

use super::classes::ClassReading;

/// The number of a group, and the class whose words belong there.
pub(super) type ClassGroup = (u32, Arc<ClassReading>);

/// Returns the class that a group stands for; `None` for a group of the expression itself.
pub(super) fn class_of<'a>(capture: &Capture, classes: &'a [ClassGroup]) -> Option<&'a ClassReading> {
    let found = classes.iter().find(|(number, _)| *number == capture.index);
    found.map(|(_, class)| &**class)
}

/// Replaces the groups of classes by the words of the classes, and renumbers the other groups as if those were
/// none.
pub(super) fn with_words(hir: &Hir, classes: &[ClassGroup]) -> Hir {
    let all = |parts: &[Hir]| parts.iter().map(|part| with_words(part, classes)).collect();
    match hir.kind() {
        HirKind::Capture(capture) => match class_of(capture, classes) {
            Some(class) => class.meaning.clone(),
            None => {
                let before = classes.iter().filter(|(number, _)| *number < capture.index).count();
                Hir::capture(Capture {
                    index: capture.index - before as u32, // each of them has a lower number
                    name: capture.name.clone(),
                    sub: Box::new(with_words(&capture.sub, classes)),
                })
            }
        },
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(with_words(&repetition.sub, classes)),
            min: repetition.min,
            max: repetition.max,
            greedy: repetition.greedy,
        }),
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}
