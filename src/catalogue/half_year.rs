//! Half-years, the unit of time in which uses of systems are counted.

use std::fmt;
use std::str::FromStr;

use crate::document::PartialDate;

/// Half a year: `2024a` is January to June, `2024b` July to December.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfYear(u16);

impl HalfYear {
    /// Returns the half-year of a date; `None` for a date that is not precise enough to fall in one.
    pub fn of(date: PartialDate) -> Option<Self> {
        let of_day = |day: jiff::civil::Date| {
            let half = u16::from(day.month() > 6);
            u16::try_from(day.year()).ok().map(|year| Self(year * 2 + half))
        };
        let (first, last) = (of_day(date.earliest())?, of_day(date.latest())?);
        (first == last).then_some(first)
    }

    /// Returns the number of half-years since an earlier one; `None` if the other is later.
    pub fn since(self, earlier: Self) -> Option<usize> {
        self.0.checked_sub(earlier.0).map(usize::from)
    }

    /// Returns the half-year `by` half-years later.
    #[must_use]
    pub fn later(self, by: usize) -> Self {
        Self(self.0.saturating_add(u16::try_from(by).unwrap_or(u16::MAX)))
    }

    /// Returns its first month, in months since the year 0.
    pub fn first_month(self) -> u32 {
        u32::from(self.0) * 6
    }
}

impl fmt::Display for HalfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}{}", self.0 / 2, if self.0.is_multiple_of(2) { 'a' } else { 'b' })
    }
}

/// The error of a text that is not a half-year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfYearError;

impl FromStr for HalfYear {
    type Err = HalfYearError;

    fn from_str(text: &str) -> Result<Self, HalfYearError> {
        let (year, half) = text.split_at_checked(4).ok_or(HalfYearError)?;
        let half = match half {
            "a" => 0,
            "b" => 1,
            _ => return Err(HalfYearError),
        };
        let digits = year.bytes().all(|byte| byte.is_ascii_digit());
        let year: u16 = year.parse().ok().filter(|_| digits).ok_or(HalfYearError)?;
        Ok(Self(year * 2 + half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_lies_in_one_half_or_leaves_it_open() {
        let half = |date: &str| HalfYear::of(date.parse().unwrap()).map(|half| half.to_string());
        assert_eq!(half("2024-06-30").as_deref(), Some("2024a"));
        assert_eq!(half("2024-07").as_deref(), Some("2024b"));
        assert_eq!(half("2024"), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let half: HalfYear = "2023b".parse().unwrap();
        assert_eq!((half.to_string().as_str(), half.first_month()), ("2023b", 2023 * 12 + 6));
        assert_eq!((half.later(1).to_string().as_str(), half.later(3).since(half)), ("2024a", Some(3)));
        for odd in ["", "2023", "2023c", "+123a", "23a", "\u{e9}\u{e9}\u{e9}a"] {
            assert!(odd.parse::<HalfYear>().is_err(), "{odd}");
        }
    }
}
