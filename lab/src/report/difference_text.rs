//! Rendering of a finding that differs.

use std::fmt::Write as _;

use byname::report::visible;

use crate::changes::{Change, Difference, Finding};

/// Returns two lines: the place and kind of the difference, and the sentence. `name` is the name of the
/// change.
pub fn difference_text(paper: &str, name: &str, difference: &Difference) -> String {
    let Some(finding) = difference.finding() else { return String::new() };
    let mut text = format!("  {}:{}: {name}: ", visible(paper), finding.line);
    let first = |finding: &Finding| visible(finding.first.as_deref().unwrap_or("none")).into_owned();
    let level = |finding: &Finding| finding.level.map_or("not reported", |level| level.name());
    let _ = match (difference.change, &difference.old, &difference.new) {
        (Change::OtherKind, Some(old), Some(new)) => {
            write!(text, "{} {}, was {} {}", new.kind, new.entity_type, old.kind, old.entity_type)
        }
        (Change::OtherCandidate, Some(old), Some(new)) => {
            write!(text, "{}, was {}", first(new), first(old))
        }
        (Change::OtherLevel, Some(old), Some(new)) => {
            write!(text, "{}, was {}", level(new), level(old))
        }
        (Change::Moved, Some(old), _) => write!(text, "was \"{}\"", visible(old.mention())),
        _ => write!(text, "{} {}", finding.kind, finding.entity_type),
    };
    let _ = writeln!(text, "\n    {}", visible(&finding.text.written()));
    text
}
