//! Checklists of venues, recognised by their lines: even where the heading is missing or not set as one,
//! fixed questions and answers follow each other.

use super::{ByteSpan, Document, floor_to_character};

/// The kind of a checklist line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChecklistLine {
    /// The line begins with a fixed label, such as "Justification:", given by its number.
    Label(usize),
    /// The line holds a fixed answer, such as `[Yes]`.
    Answer,
}

/// Maximum number of bytes between two lines of one checklist, and from its last line to its end.
const GAP: usize = 3000;
/// Number of answers that make a checklist, whatever else is there.
const ANSWERS: usize = 6;
/// Number of answers that make one if the lines between them have labels.
const FEW_ANSWERS: usize = 3;
/// Without answers, numbers of different labels and of lines that make one.
const LABELS: (u32, usize) = (4, 8);

/// A run of checklist lines.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    start: usize,
    end: usize,
    answers: usize,
    lines: usize,
    /// The labels seen, one bit each.
    labels: u64,
}

impl Run {
    fn is_checklist(self) -> bool {
        let differing = self.labels.count_ones();
        self.answers >= ANSWERS
            || (self.answers >= FEW_ANSWERS && differing >= 2)
            || (differing >= LABELS.0 && self.lines >= LABELS.1)
    }
}

/// Returns the spans of the checklists of a paper; `classify` returns what a line of the prose is in one.
pub(super) fn checklists(
    document: &Document,
    classify: impl Fn(&str) -> Option<ChecklistLine>,
) -> Vec<ByteSpan> {
    let prose = &document.prose;
    let mut found = Vec::new();
    let mut run = Run::default();
    let mut start = 0;
    for line in prose.split('\n') {
        if let Some(kind) = classify(line) {
            if run.lines > 0 && start > run.end + GAP {
                found.push(std::mem::take(&mut run));
            }
            if run.lines == 0 {
                run.start = start;
            }
            run.end = start + line.len();
            run.lines += 1;
            match kind {
                ChecklistLine::Answer => run.answers += 1,
                ChecklistLine::Label(label) => run.labels |= 1 << label.min(63),
            }
        }
        start += line.len() + 1;
    }
    found.push(run);
    // What its last question is explained with goes on to the next heading.
    let end_of = |run: Run| {
        let headed = document.sections.partition_point(|section| section.span.start < run.end);
        let next = document.sections[headed..].iter().find(|section| section.heading.is_some());
        let end = next.map_or(prose.len(), |section| section.span.start).min(run.end + GAP);
        floor_to_character(prose, end)
    };
    found.retain(|run| run.is_checklist());
    found.into_iter().map(|run| ByteSpan::new(run.start, end_of(run))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(line: &str) -> Option<ChecklistLine> {
        let labels = ["Ask:", "Reply:", "Why:", "Hints:"];
        let label = labels.iter().position(|label| line.starts_with(label)).map(ChecklistLine::Label);
        label.or(line.contains("[Sure]").then_some(ChecklistLine::Answer))
    }

    fn found(prose: &str) -> Vec<&str> {
        let document = Document::from_prose("p", prose);
        checklists(&document, classify).into_iter().map(|span| span.of(prose)).collect()
    }

    #[test]
    fn questions_with_answers_are_a_checklist_to_its_end() {
        let asked = "Ask: is it so?\nReply: [Sure]\nWhy: it is.\n\n".repeat(3);
        let prose = format!("We end.\n\n{asked}Hints: one\n\n• two");
        assert_eq!(found(&prose), [&prose[9..]]);
        let plain = "(a) Is it so? [Sure] See there.\n\n".repeat(6);
        assert_eq!(found(&plain).len(), 1);
        let bare = "Ask: a\nReply: b\nWhy: c\nHints: d\n".repeat(2);
        assert_eq!(found(&bare).len(), 1);
    }

    #[test]
    fn samples_of_questions_are_none() {
        assert_eq!(found(&"Ask: is it so?\nReply: it is.\n\n".repeat(20)), Vec::<&str>::new());
        assert_eq!(found("It said [Sure], and [Sure] again."), Vec::<&str>::new());
        let far = format!("Ask: a [Sure]\n{}\n", "x".repeat(2 * GAP)).repeat(9);
        assert_eq!(found(&far), Vec::<&str>::new());
    }
}
