//! Whether a system could be used, or was news, when the paper was written.

use super::super::time::DAYS_A_MONTH;
use super::{Ledger, Pan, Scales};
use crate::document::PartialDate;

impl Scales<'_> {
    pub(super) fn weigh_date(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let weights = &self.weights.date;
        let Some(announced) = pan.facts.announced else {
            if pan.clues.paper.date.is_some() {
                ledger.note("date", weights.undated, || "when it was announced is not known".to_string());
            }
            return;
        };
        let shown = || pan.system.announced.map(|date: PartialDate| date.to_string()).unwrap_or_default();
        self.weigh_told_dates(pan, ledger);
        let Some(date) = pan.clues.paper.date else { return };

        if let Some(retired) = pan.facts.retired.filter(|retired| date.after(*retired) > 0.0) {
            let months = date.after(retired);
            ledger.note("date", weights.retired, || {
                format!("retired {} before the paper", months_told(months))
            });
        }
        let gap = date.after(announced);
        if pan.clues.announcing {
            let apart = f64::from(gap.abs());
            let near =
                weights.announcing_months.iter().copied().filter(|months| apart <= *months).reduce(f64::min);
            let weight = match near {
                Some(months) => {
                    -f64::from(self.index.share_announced(date, months as f32).ln()) * weights.announcing
                }
                None => weights.announcing_another,
            };
            ledger.note("date", weight, || format!("presented here, and announced {}", shown()));
            return;
        }
        if pan.clues.latest && gap > 0.0 {
            let halvings = f64::from(gap) / weights.latest_half_life.max(0.1);
            let weight = -(halvings * std::f64::consts::LN_2).min(weights.latest_most);
            ledger.note_at("latest", weight, pan.clues.mention, || {
                format!("announced {} before the paper, which speaks of the latest", months_told(gap))
            });
        }
        let own = self.authors_nearness(pan) > 0.0;
        let days = f64::from(gap.abs()) * f64::from(DAYS_A_MONTH);
        if own && !pan.clues.own && days <= f64::from(weights.presented_here_days) && date.is_exact() {
            ledger.note("date", weights.presented_here, || {
                format!("announced {}, with this paper, and the paper does not call it its own", shown())
            });
            return;
        }
        if gap >= 0.0 {
            return; // its age is in the prior
        }
        let usable = pan.facts.internal.is_some_and(|internal| date.after(internal) >= 0.0);
        let months = -gap;
        let outside = !own && pan.clues.paper.authors_known && date.is_exact();
        let (weight, why) = if own && usable {
            (0.0, "its makers used it before")
        } else if f64::from(months) <= f64::from(weights.eve_days) / f64::from(DAYS_A_MONTH)
            && (!own || usable)
        {
            (if outside { weights.eve_outside } else { weights.eve }, "just before")
        } else if own && f64::from(months) <= weights.own_before_months {
            (weights.own_before, "its makers may have had it")
        } else {
            (weights.before, "nobody had it")
        };
        ledger.note("date", weight, || {
            let paper = match pan.clues.paper.date_of_citations {
                true => "the newest work that the paper cites",
                false => "the paper",
            };
            format!("announced {}, {} after {paper}: {why}", shown(), months_told(months))
        });
    }

    /// Months and years that the text gives.
    fn weigh_told_dates(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let (clues, weights) = (pan.clues, &self.weights.date);
        self.weigh_earlier_use(pan, ledger);
        if clues.months.is_empty() && clues.years.is_empty() {
            return;
        }
        let Some(date) = pan.system.announced else { return };
        let known_to_month = date.earliest().month() == date.latest().month();
        let month = date.earliest().month() - 1;
        let age = clues.paper.date.zip(pan.facts.announced).map_or(0.0, |(now, then)| now.after(then));
        let recent = (-2.0..12.0).contains(&age);
        if known_to_month && recent && clues.months.iter().any(|told| i8::try_from(*told) == Ok(month)) {
            ledger.note("date-told", weights.month, || {
                format!("the text tells of {}, it was announced {date}", weights.months[month as usize])
            });
        } else if age >= 0.0 && clues.years.contains(&date.year()) && !self.is_year_of_paper(pan, date.year())
        {
            ledger.note("date-told", weights.year, || {
                format!("the text tells of {}, as it was announced", date.year())
            });
        }
    }
}

impl Scales<'_> {
    /// A year in which the text says it was used, and which came before its announcement.
    fn weigh_earlier_use(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let latest = pan.clues.years_told.iter().max();
        let (Some(latest), Some(date)) = (latest, pan.system.announced) else { return };
        if !pan.clues.announcing && date.year() > *latest && !self.is_year_of_paper(pan, *latest) {
            ledger.note("date-told", self.weights.date.told_before, || {
                format!("the sentence tells of {latest}, it was announced {date}")
            });
        }
    }

    /// Whether the paper itself was written in a year: then the year tells nothing.
    fn is_year_of_paper(&self, pan: &Pan<'_>, year: i16) -> bool {
        pan.clues.paper.date.is_some_and(|date| (date.middle() / 12.0).floor() as i16 == year)
    }
}

/// A stretch of time for a person.
fn months_told(months: f32) -> String {
    match months {
        months if months < 1.0 => format!("{:.0} days", (months * DAYS_A_MONTH).max(1.0)),
        months if months < 1.5 => "one month".to_string(),
        months if months < 24.0 => format!("{months:.0} months"),
        months => format!("{:.0} years", months / 12.0),
    }
}
