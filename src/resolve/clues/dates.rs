//! Dates that a paper states near a reference.

use super::{ClueReader, Clues, Proximity};
use crate::document::ByteSpan;
use crate::resolve::stated_date::{Event, read_dates};

impl ClueReader<'_> {
    /// Reads the dates in a part of the prose. A date attached to the mention is taken as the date of
    /// release.
    pub(super) fn read_dates(&self, scope: ByteSpan, place: Proximity, prose: &str, clues: &mut Clues<'_>) {
        let mut dates = Vec::new();
        read_dates(scope.of(prose), &self.weights.date, &mut dates);
        for mut date in dates {
            date.span = ByteSpan::new(date.span.start + scope.start, date.span.end + scope.start);
            let belongs = clues.mention.is_some_and(|mention| {
                let gap = prose.get(mention.end..date.span.start).map(|gap| gap.trim_matches(is_joint));
                mention.overlaps(date.span) || matches!(gap, Some("" | "of" | "from"))
            });
            if belongs {
                date.event = Event::Release;
            }
            clues.dates.push((date, if belongs { Proximity::Mention } else { place }));
        }
    }
}

/// Tests for a character that can join a date to the mention before it.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '(')
}
