//! Dates of varying precision, as in papers and catalogues: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date known to the year, the month or the day: `2021`, `2021-08` or `2021-08-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// Returns the date of these numbers, which are those of a date, with 0 for what is left open; `None` without a
    /// year.
    pub(crate) fn of_parts(year: usize, month: usize, day: usize) -> Option<Self> {
        let part = |part: usize| i8::try_from(part).ok().filter(|part| *part > 0);
        let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
        Some(Self { year, month: part(month), day: part(day) })
    }

    /// Returns the first day that the date can mean.
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// Returns the last day that the date can mean.
    pub fn latest(self) -> Date {
        let month = self.month.unwrap_or(12);
        match self.day {
            Some(day) => Date::new(self.year, month, day).unwrap_or(Date::MAX),
            None => Date::new(self.year, month, 1).map_or(Date::MAX, Date::last_of_month),
        }
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the date reduced to its year.
    #[must_use]
    pub fn to_year(self) -> Self {
        Self { year: self.year, month: None, day: None }
    }

    /// Returns the number of whole days from the latest day that `earlier` can mean to the earliest that
    /// `self` can; negative if `self` certainly comes first, 0 if the two may be the same day.
    pub fn days_after(self, earlier: Self) -> i32 {
        let gap = |from: Date, to: Date| {
            from.until(to).map_or(0, |span| span.get_days()) // the span of two dates counts in days
        };
        let ahead = gap(earlier.latest(), self.earliest());
        if ahead > 0 {
            return ahead;
        }
        gap(earlier.earliest(), self.latest()).min(0)
    }
}

/// The error for a text that is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError(String);

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no date; write YYYY, YYYY-MM or YYYY-MM-DD", self.0)
    }
}

impl std::error::Error for DateError {}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let fault = || DateError(text.chars().take(40).collect());
        let mut parts = text.split('-');
        let year = parts
            .next()
            .filter(|part| part.len() == 4)
            .and_then(|part| part.parse::<i16>().ok())
            .filter(|year| *year >= 1900)
            .ok_or_else(fault)?;
        let mut two_digits = |low: i8, high: i8| match parts.next() {
            None => Ok(None),
            Some(part) => part
                .parse::<i8>()
                .ok()
                .filter(|value| part.len() == 2 && (low..=high).contains(value))
                .map(Some)
                .ok_or_else(fault),
        };
        let month = two_digits(1, 12)?;
        let day = two_digits(1, 31)?;
        if parts.next().is_some() || Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_err() {
            return Err(fault());
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text, a number that is a year, or a date of TOML.
impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl<'de> Visitor<'de> for DateVisitor {
            type Value = PartialDate;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date: YYYY, YYYY-MM or YYYY-MM-DD")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<PartialDate, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_i64<E: Error>(self, year: i64) -> Result<PartialDate, E> {
                self.visit_str(&year.to_string())
            }

            fn visit_u64<E: Error>(self, year: u64) -> Result<PartialDate, E> {
                self.visit_str(&year.to_string())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PartialDate, A::Error> {
                let written = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                let date = written.date.ok_or_else(|| A::Error::custom("a time of day is no date"))?;
                self.visit_str(&date.to_string())
            }
        }
        deserializer.deserialize_any(DateVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_precision_reads_back_as_written() {
        for text in ["2021", "2021-08", "2021-08-15"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "21", "2021-13", "2021-02-30", "2021-8", "2021-08-15-1", "next", "0000"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_count_only_what_is_certain() {
        assert_eq!(date("2021-08-15").days_after(date("2021-08")), 0);
        assert_eq!(date("2021-09-01").days_after(date("2021-08")), 1);
        assert_eq!(date("2020").days_after(date("2021-01-01")), -1);
        assert_eq!(date("2022-01-01").days_after(date("2021-01-01")), 365);
    }
}
