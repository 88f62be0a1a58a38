//! Dates as positions on a line of months, for comparisons and ages.

use crate::document::PartialDate;

/// A period of time, in months since the year 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    /// Its first day.
    pub from: f32,
    /// Its last day.
    pub to: f32,
}

/// Days of an average month.
pub(super) const DAYS_A_MONTH: f32 = 30.44;

impl Stretch {
    /// Returns the whole period that a date can denote.
    pub fn of(date: PartialDate) -> Self {
        let months = |date: jiff::civil::Date| {
            f32::from(date.year()) * 12.0 + f32::from(date.month() - 1) + f32::from(date.day() - 1) / 31.0
        };
        Self { from: months(date.earliest()), to: months(date.latest()) }
    }

    /// Returns a year and some months after it.
    pub fn of_year_and(year: i16, months: f32) -> Self {
        let from = f32::from(year) * 12.0;
        Self { from, to: from + 12.0 + months }
    }

    /// Returns whether it is known to the day.
    pub fn is_exact(self) -> bool {
        self.to - self.from < 0.05
    }

    /// Returns its midpoint.
    pub fn middle(self) -> f32 {
        f32::midpoint(self.from, self.to)
    }

    /// Returns the months that certainly lie between the end of `earlier` and the start of `self`; negative
    /// if `self` certainly comes first, and 0 if they may overlap.
    pub fn after(self, earlier: Self) -> f32 {
        if self.from > earlier.to {
            self.from - earlier.to
        } else if self.to < earlier.from {
            self.to - earlier.from
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certain_counts_as_a_gap() {
        let stretch = |text: &str| Stretch::of(text.parse().unwrap());
        assert!((stretch("2021-08").after(stretch("2021-08-20"))).abs() < f32::EPSILON);
        assert!((stretch("2022-01-01").after(stretch("2021-01-01")) - 12.0).abs() < 0.01);
        assert!(stretch("2020").after(stretch("2021-06")) < -5.0);
    }
}
