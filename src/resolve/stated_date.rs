//! Dates stated in a text: "14 March 2023", "April 2022", "late 2020", "this February", "2021".
//!
//! A month and its year are one date. Read separately, April 2022 would match what came out in April 2025.

use super::paper::YEARS;
use super::time::Stretch;
use super::words::for_each_word;
use crate::catalogue::DateWeights;
use crate::document::ByteSpan;

/// Maximum distance in bytes before a date of a word that states its event.
const EVENT_REACH: usize = 28;

/// The event that a date refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// No event is stated.
    Unsaid,
    /// The system was used: "queried in July 2023".
    Use,
    /// The system came out: "released in April 2022", "the flagship of July 2025".
    Release,
}

/// A date stated in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StatedDate {
    pub year: Option<i16>,
    /// Range of months that it can denote, counted from 0, inclusive.
    pub months: (u8, u8),
    /// The day of the month, counted from 1, if it is given to the day.
    pub day: Option<u8>,
    pub event: Event,
    /// Its position in the text that was read.
    pub span: ByteSpan,
}

impl StatedDate {
    /// Returns whether it is given to the month, or to a part of the year.
    pub fn is_near(&self) -> bool {
        self.months != WHOLE_YEAR
    }

    /// Returns the period that it can denote. A month without a year denotes its last occurrence before
    /// `now`.
    pub fn stretch(&self, now: Option<Stretch>) -> Option<Stretch> {
        let (first, last) = match self.day {
            Some(day) => {
                let at = f32::from(self.months.0) + f32::from(day - 1) / 31.0;
                (at, at)
            }
            None => (f32::from(self.months.0), f32::from(self.months.1) + 0.97),
        };
        let year = match (self.year, now) {
            (Some(year), _) => f32::from(year),
            (None, Some(now)) => ((now.to - first) / 12.0).floor(),
            (None, None) => return None,
        };
        Some(Stretch { from: year * 12.0 + first, to: year * 12.0 + last })
    }
}

/// Returns the latest date of use that is given with its year, to the month or to a part of the year, and is
/// not later than the paper.
pub(super) fn date_of_use<'d>(
    dates: impl Iterator<Item = &'d StatedDate>,
    written: Option<Stretch>,
) -> Option<Stretch> {
    let of_use = dates.filter(|date| date.event == Event::Use && date.year.is_some() && date.is_near());
    let stretches = of_use.filter_map(|date| date.stretch(written));
    let before = stretches.filter(|date| written.is_none_or(|written| date.to <= written.to));
    before.max_by(|a, b| a.to.total_cmp(&b.to))
}

const WHOLE_YEAR: (u8, u8) = (0, 11);

/// Information in the words just read on a date that may follow them.
#[derive(Debug, Default, Clone, Copy)]
struct Before {
    /// A part of the year, and its position.
    part: Option<((u8, u8), ByteSpan)>,
    /// A month, and its position.
    month: Option<(u8, ByteSpan)>,
    /// A number that can be a day, and its position.
    day: Option<(u8, ByteSpan)>,
    /// The end of the last word that states an event, and the event.
    event: Option<(usize, Event)>,
}

/// Reads the dates of a text outside of brackets, since years in brackets belong to citations. Brackets with
/// a month in them are read too.
pub(super) fn read_dates(text: &str, weights: &DateWeights, dates: &mut Vec<StatedDate>) {
    if !may_hold_date(text, weights) {
        return;
    }
    let (mut depth, mut at) = (0usize, 0usize);
    for part in text.split_inclusive(['(', ')', '[', ']']) {
        let bracket = part.chars().next_back().filter(|c| matches!(c, '(' | ')' | '[' | ']'));
        // A bracket with a month in it is no citation.
        if depth == 0 || has_month(part, weights) {
            read_part(part, at, weights, dates);
        }
        match bracket {
            Some('(' | '[') => depth += 1,
            Some(_) => depth = depth.saturating_sub(1),
            None => {}
        }
        at += part.len();
    }
}

/// Tests whether four digits or the name of a month occur anywhere: most texts have neither.
fn may_hold_date(text: &str, weights: &DateWeights) -> bool {
    let bytes = text.as_bytes();
    let starts_month = |at: usize, month: &String| {
        let written = bytes.get(at..at + month.len());
        written.is_some_and(|written| written.eq_ignore_ascii_case(month.as_bytes()))
    };
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'0'..=b'9' => bytes.get(at..at + 4).is_some_and(|year| year.iter().all(u8::is_ascii_digit)),
        b'A'..=b'Z' => weights.months.iter().any(|month| {
            // Most capitals begin no month.
            let first = month.as_bytes().first();
            first.is_none_or(|first| first.eq_ignore_ascii_case(byte)) && starts_month(at, month)
        }),
        _ => false,
    })
}

fn month_of(written: &str, weights: &DateWeights) -> Option<u8> {
    if !written.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let month = weights.months.iter().position(|month| month.eq_ignore_ascii_case(written))?;
    u8::try_from(month).ok()
}

/// Reads the number of a day: `14`, `1st`.
fn day_of(written: &str) -> Option<u8> {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_ordinal = matches!(&written[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|day| is_ordinal && digits.len() <= 2 && (1..=31).contains(day))
}

fn has_month(part: &str, weights: &DateWeights) -> bool {
    let mut found = false;
    for_each_word(part, |_, written| found |= month_of(written, weights).is_some());
    found
}

fn read_part(part: &str, start: usize, weights: &DateWeights, dates: &mut Vec<StatedDate>) {
    let mut before = Before::default();
    let lists = |list: &[String], word: &str| list.iter().any(|listed| listed == word);
    let event = |before: &Before, at: usize| match before.event {
        Some((end, event)) if at.saturating_sub(end) <= EVENT_REACH => event,
        _ => Event::Unsaid,
    };
    for_each_word(part, |folded, written| {
        let at = start + (written.as_ptr() as usize - part.as_ptr() as usize);
        let span = ByteSpan::new(at, at + written.len());
        let near = |other: ByteSpan| {
            let between = part.get(other.end.saturating_sub(start)..at - start).unwrap_or_default();
            between.len() <= 6 && !between.contains([';', ':', '.'])
        };
        let year = (written.len() == 4).then(|| written.parse::<i16>().ok()).flatten();
        if let Some(year) = year.filter(|year| YEARS.contains(year)) {
            let month = before.month.take().filter(|(_, seen)| near(*seen));
            let part = before.part.take().filter(|(_, seen)| near(*seen));
            let (months, from) = match (month, part) {
                (Some((month, seen)), _) => ((month, month), seen.start),
                (None, Some((months, seen))) => (months, seen.start),
                (None, None) => (WHOLE_YEAR, at),
            };
            // The month was taken for one without a year.
            let of_month = month.and_then(|_| dates.pop());
            let (from, day) = of_month.map_or((from, None), |date| (date.span.start, date.day));
            let span = ByteSpan::new(from, span.end);
            dates.push(StatedDate { year: Some(year), months, day, event: event(&before, from), span });
        } else if let Some(month) = month_of(written, weights) {
            // "14 March"; a number further off counts something else.
            let day = before.day.take().filter(|(_, seen)| at - seen.end == 1);
            let from = day.map_or(at, |(_, seen)| seen.start);
            before.month = Some((month, span));
            let span = ByteSpan::new(from, span.end);
            let (day, months) = (day.map(|(day, _)| day), (month, month));
            dates.push(StatedDate { year: None, months, day, event: event(&before, from), span });
        } else if let Some(day) = day_of(written) {
            before.day = Some((day, span));
            // "March 14"
            if let Some((_, seen)) = before.month.filter(|(_, seen)| at - seen.end == 1)
                && let Some(date) =
                    dates.last_mut().filter(|date| date.span.end == seen.end && date.day.is_none())
            {
                date.day = Some(day);
                date.span.end = span.end;
                before.month = before.month.map(|(month, _)| (month, span));
            }
        } else if let Some((_, months)) = weights.parts_of_year.iter().find(|(word, _)| *word == folded) {
            let [first, last] = *months;
            before.part = Some(((first.clamp(1, 12) - 1, last.clamp(1, 12) - 1), span));
        } else if lists(&weights.release_words, folded) {
            before.event = Some((span.end, Event::Release));
        } else if lists(&weights.use_words, folded) {
            before.event = Some((span.end, Event::Use));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<StatedDate> {
        let mut dates = Vec::new();
        read_dates(text, &samples::weights().date, &mut dates);
        dates
    }

    /// Returns year and months, counted from 1, of each date.
    fn years_and_months(text: &str) -> Vec<(Option<i16>, u8, u8)> {
        read(text).iter().map(|date| (date.year, date.months.0 + 1, date.months.1 + 1)).collect()
    }

    #[test]
    fn a_month_and_its_year_are_one_date() {
        assert_eq!(
            years_and_months("It came in April 2022 and went on 3 May, 2023."),
            [(Some(2022), 4, 4), (Some(2023), 5, 5)]
        );
        assert_eq!(years_and_months("since March; in 2021"), [(None, 3, 3), (Some(2021), 1, 12)]);
        assert_eq!(
            years_and_months("by late 2020, and early in 2026"),
            [(Some(2020), 9, 12), (Some(2026), 1, 4)]
        );
    }

    #[test]
    fn a_day_belongs_to_its_month() {
        let days = |text: &str| -> Vec<(Option<i16>, u8, Option<u8>)> {
            read(text).iter().map(|date| (date.year, date.months.0 + 1, date.day)).collect()
        };
        assert_eq!(
            days("sold from March 14, 2023, and shown on 4 March"),
            [(Some(2023), 3, Some(14)), (None, 3, Some(4))]
        );
        assert_eq!(days("on 1st June 2022"), [(Some(2022), 6, Some(1))]);
        assert_eq!(days("12 models of June 2022"), [(Some(2022), 6, None)]);
        assert_eq!(days("in June 2022 we asked 12 people"), [(Some(2022), 6, None)]);
        let date = read("launched on March 14, 2023")[0];
        assert_eq!(date.span, ByteSpan::new(12, 26));
        assert_eq!(date.stretch(None), Some(Stretch::of("2023-03-14".parse().unwrap())));
    }

    #[test]
    fn years_of_citations_are_not_told_years() {
        assert_eq!(
            years_and_months("In 2021 (Holm, 2015; [2016]) it was new, and 1,999 came in 2022"),
            [(Some(2021), 1, 12), (Some(2022), 1, 12)]
        );
        assert_eq!(years_and_months("a model (March 2023)"), [(Some(2023), 3, 3)]);
    }

    #[test]
    fn a_date_tells_what_happened_then_where_a_word_says_so() {
        let event = |text: &str| read(text)[0].event;
        assert_eq!(event("a model released in June 2021"), Event::Release);
        assert_eq!(event("a model that we asked in June 2021"), Event::Use);
        assert_eq!(event("a model that failed in June 2021"), Event::Unsaid);
        assert_eq!(event("we asked a model released in June 2021"), Event::Release);
    }

    #[test]
    fn a_month_without_a_year_is_the_last_one() {
        let now = Stretch::of("2023-03-20".parse().unwrap());
        let date = read("the model of February")[0];
        let meant = |now| date.stretch(now).map(|stretch| (stretch.from / 12.0).floor());
        assert_eq!(meant(Some(now)), Some(2023.0));
        assert_eq!(meant(Some(Stretch::of("2023-01-09".parse().unwrap()))), Some(2022.0));
        assert_eq!(meant(None), None);
    }

    proptest! {
        #[test]
        fn dates_lie_in_the_text(text in "(\\PC{0,6}|May |early |2021|[(\\[\\])]|, ){0,14}") {
            for date in read(&text) {
                prop_assert!(date.span.end <= text.len() && date.span.start < date.span.end);
                prop_assert!(text.get(date.span.start..date.span.end).is_some());
            }
        }
    }
}
