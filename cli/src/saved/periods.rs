//! Counts of papers by the years or months of their dates.

use std::collections::BTreeMap;

use byname::document::PartialDate;

/// Counts by period, earliest first, and those of papers without a date.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Periods {
    /// Label and two counts of each period.
    pub(super) columns: Vec<(String, [usize; 2])>,
    pub(super) undated: [usize; 2],
    /// `true` if the periods are months rather than years.
    pub(super) months: bool,
}

/// Longest time, in months, that is shown by months.
const MOST_MONTHS: i32 = 24;
/// Most periods in a row that are shown without a count. A longer gap, caused by a stray date, becomes one
/// column.
const LONGEST_GAP: i32 = 4;

/// Label of a long gap.
pub(super) const GAP: &str = "…";

impl Periods {
    /// Sums two counts by the periods of their dates.
    pub(super) fn count(dated: &[(Option<PartialDate>, [usize; 2])]) -> Self {
        let mut periods = Self::default();
        let counted = dated.iter().filter(|(_, counts)| counts.iter().any(|count| *count > 0));
        let (mut by_month, mut by_year) = (BTreeMap::new(), BTreeMap::new());
        let mut only_months = true;
        for (date, counts) in counted {
            let Some(date) = date else {
                add(&mut periods.undated, *counts);
                continue;
            };
            let (first, last) = (date.earliest(), date.latest());
            only_months &= (first.year(), first.month()) == (last.year(), last.month());
            let month = i32::from(first.year()) * 12 + i32::from(first.month()) - 1;
            add(by_month.entry(month).or_default(), *counts);
            add(by_year.entry(i32::from(first.year())).or_default(), *counts);
        }
        let span = |counts: &BTreeMap<i32, [usize; 2]>| {
            let (first, last) = (counts.keys().next()?, counts.keys().next_back()?);
            Some((*first, *last))
        };
        periods.months =
            only_months && span(&by_month).is_some_and(|(first, last)| last - first < MOST_MONTHS);
        let counts = if periods.months { by_month } else { by_year };
        let mut shown: Vec<Option<i32>> = Vec::new();
        for at in counts.keys().copied() {
            let before = shown.last().copied().flatten().unwrap_or(at - 1);
            match at - before - 1 {
                gap if gap <= LONGEST_GAP => shown.extend((before + 1..at).map(Some)),
                _ => shown.push(None),
            }
            shown.push(Some(at));
        }
        let name = |at: i32| match periods.months {
            true => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
            false => at.to_string(),
        };
        let column = |at: Option<i32>| match at {
            Some(at) => (name(at), counts.get(&at).copied().unwrap_or_default()),
            None => (GAP.to_string(), [0, 0]),
        };
        periods.columns = shown.into_iter().map(column).collect();
        periods
    }
}

fn add(to: &mut [usize; 2], counts: [usize; 2]) {
    for (to, count) in to.iter_mut().zip(counts) {
        *to += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(dates: &[&str]) -> Periods {
        let dated: Vec<_> = dates.iter().map(|date| (date.parse().ok(), [1, 0])).collect();
        Periods::count(&dated)
    }

    #[test]
    fn a_short_time_is_counted_by_months_without_gaps() {
        let found = periods(&["2023-11-02", "2024-02", "2024-02-28", "?"]);
        let names: Vec<_> = found.columns.iter().map(|(name, counts)| (name.as_str(), counts[0])).collect();
        assert_eq!(names, [("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 2)]);
        assert_eq!((found.undated, found.months), ([1, 0], true));
    }

    #[test]
    fn a_long_time_or_a_date_without_a_month_is_counted_by_years() {
        for dates in [["2021-01", "2023-02"], ["2021", "2023-02"]] {
            let found = periods(&dates);
            let names: Vec<_> = found.columns.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["2021", "2022", "2023"]);
        }
        let stray: Vec<String> =
            periods(&["2024", "2026", "2047"]).columns.into_iter().map(|(name, _)| name).collect();
        assert_eq!(stray, ["2024", "2025", "2026", "…", "2047"]);
        assert_eq!(periods(&[]), Periods::default());
    }
}
