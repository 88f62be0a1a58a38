//! Faults for users: each with its line and a marker under the erroneous part.

use annotate_snippets::{AnnotationKind, Level as Rank, Snippet};

use crate::catalogue::Fault;
use crate::report::snippet::renderer;
use crate::report::visible;

/// Formats each fault with its line of the file, followed by the number of faults.
pub fn faults_text(faults: &[Fault], colours: bool) -> String {
    let renderer = renderer(colours);
    let mut text = String::new();
    for fault in faults {
        text.push_str(&rendered(fault, &renderer));
        text.push_str("\n\n");
    }
    let warnings = faults.iter().filter(|fault| fault.check.is_warning()).count();
    let errors = faults.len() - warnings;
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    text.push_str(&format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning")));
    text
}

fn rendered(fault: &Fault, renderer: &annotate_snippets::Renderer) -> String {
    let file = visible(&fault.file);
    let message = visible(&fault.message);
    let rank = if fault.check.is_warning() { Rank::WARNING } else { Rank::ERROR };
    // Tabs and other control characters are written out, or the mark would stand elsewhere.
    let part = |range: std::ops::Range<usize>| visible(fault.excerpt.text.get(range).unwrap_or_default());
    let before = part(0..fault.excerpt.marked.start);
    let marked = part(fault.excerpt.marked.clone());
    let line = format!("{before}{marked}{}", part(fault.excerpt.marked.end..fault.excerpt.text.len()));
    let mark = before.len()..before.len() + marked.len();
    let snippet = Snippet::source(line)
        .path(file)
        .line_start(fault.line)
        .annotation(AnnotationKind::Primary.span(mark));
    let mut group = rank.primary_title(message).element(snippet);
    if fault.check.is_warning() {
        group = group.element(Rank::NOTE.with_name("check").message(fault.check.name()));
    }
    if let Some(help) = &fault.help {
        group = group.element(Rank::HELP.message(visible(help)));
    }
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::faults::samples::faults;

    #[test]
    fn each_fault_is_marked_in_its_line() {
        insta::assert_snapshot!(faults_text(&faults(), false));
    }
}
