//! Whether a system could be used, or was news, when the paper was written.

use super::super::clues::Place;
use super::super::time::{DAYS_A_MONTH, Stretch};
use super::super::told_date::{Event, ToldDate};
use super::{Ledger, Pan, Scales};
use crate::document::PartialDate;

/// Half a year, in months.
const HALF_A_YEAR: f64 = 6.0;
const MONTHS_A_YEAR: f32 = 12.0;
/// How much faster than evenly it becomes less likely that makers had a system already.
const STEEPNESS: f64 = 1.5;
/// An uptake that changes less, in log-odds, is not worth a word.
const HARDLY: f64 = -0.05;

impl Scales<'_> {
    pub(super) fn weigh_date(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let weights = &self.weights.date;
        let Some(announced) = pan.facts.announced else {
            if let Some(date) = pan.clues.date {
                // It was out by then with the chance that any system was.
                let out = f64::from(self.index.share_announced_by(date).ln());
                let unknown = || "when it was announced is not known".to_string();
                ledger.note("date", weights.undated + out, unknown);
            }
            return;
        };
        let shown = || pan.system.announced.map(|date: PartialDate| date.to_string()).unwrap_or_default();
        self.weigh_told_dates(pan, ledger);
        let Some(date) = pan.clues.date else { return };

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
        let inside = pan.facts.internal.filter(|internal| own && date.after(*internal) >= 0.0);
        if inside.is_some() {
            ledger.note("date", weights.used_inside, || {
                "its makers are known to have used it then".to_string()
            });
        }
        if gap >= 0.0 {
            if inside.is_none() {
                self.weigh_uptake(pan, (date, announced), own, &shown, ledger);
            }
            return; // its age is in the prior
        }
        let months = -gap;
        // Where nobody says who writes, it may be its makers; of what they call their own it is.
        let may_be_own = !pan.clues.paper.authors_known && (pan.clues.own || pan.clues.in_house);
        let (weight, why) = if own || may_be_own {
            self.before_for_makers(pan, date, f64::from(months))
        } else {
            let others = self.before_for_others(f64::from(months));
            let makers = match pan.clues.paper.authors_known {
                true => 0.0,
                false => weights.makers_write * self.before_for_makers(pan, date, f64::from(months)).0.exp(),
            };
            ((others.exp() + makers).ln().max(weights.before), "nobody had it")
        };
        ledger.note("date", weight, || {
            format!("announced {}, {} after {}: {why}", shown(), months_told(months), dated(pan))
        });
    }

    /// How far its makers can have had a system some months before they announced it: the earlier, the
    /// less likely, and hardly a year before.
    fn before_for_makers(&self, pan: &Pan<'_>, date: Stretch, months: f64) -> (f64, &'static str) {
        let weights = &self.weights.date;
        let missing = match pan.facts.internal.map(|internal| -f64::from(date.after(internal))) {
            Some(missing) if missing <= 0.0 => return (0.0, "its makers used it before"),
            // Where it is known from when they used it, what lies before that counts the more.
            Some(missing) => (missing * 3.0).max(months),
            None => months,
        };
        let weight = weights.own_eve + weights.own_before * (missing / HALF_A_YEAR).powf(STEEPNESS);
        (weight.max(weights.before), "its makers may have had it")
    }

    /// How far people outside can have had a system some months before it was announced: on the eve as
    /// few as on the day, and months before nobody.
    fn before_for_others(&self, months: f64) -> f64 {
        let weights = &self.weights.date;
        let eve = weights.uptake_least.clamp(1e-4, 1.0).ln();
        let part = (months / weights.before_months.max(0.1)).min(1.0);
        eve + (weights.before - eve) * part
    }

    /// How many of those who come to use a system had it by the date of the paper; its makers come to it sooner.
    fn weigh_uptake(
        &self,
        pan: &Pan<'_>,
        (date, announced): (Stretch, Stretch),
        own: bool,
        shown: &dyn Fn() -> String,
        ledger: &mut impl Ledger,
    ) {
        let weights = &self.weights.date;
        let months = f64::from(date.middle() - announced.middle()).max(0.0);
        let missing = (-months / weights.uptake_months.max(0.01)).exp2();
        let least = weights.uptake_least.clamp(1e-4, 1.0);
        let weight = match own {
            true => weights.own_eve * missing,
            false => (least + (1.0 - least) * (1.0 - missing)).ln(),
        };
        if weight < HARDLY {
            ledger.note("date", weight, || {
                format!(
                    "announced {}, {} before {}: few had it yet",
                    shown(),
                    months_told(months as f32),
                    dated(pan)
                )
            });
        }
    }

    /// Dates that the text tells of, against the one of its announcement.
    fn weigh_told_dates(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let (Some(announced), Some(date)) = (pan.facts.announced, pan.system.announced) else { return };
        let dates = &pan.clues.dates;
        if dates.is_empty() {
            return;
        }
        self.weigh_earlier_use(pan, announced, ledger);
        let (weights, now) = (&self.weights.date, pan.clues.paper.date);
        let told = dates.iter().filter_map(|(told, _)| Some((told, told.stretch(now)?)));
        let mut best: Option<(f64, &ToldDate)> = None;
        let (mut another, mut released) = (None, false);
        for (told, stretch) in told {
            let tells = told.event == Event::Release;
            released |= tells;
            if !tells && !told.is_near() && self.is_year_of_paper(pan, told) {
                continue; // it tells of the paper, not of the system
            }
            let slack = if told.is_near() { weights.told_months as f32 } else { 0.0 };
            let apart = announced.after(stretch).abs();
            if apart <= slack {
                let surprise = -f64::from(self.index.share_announced(stretch, slack).ln());
                let weight = surprise * if tells { weights.told } else { weights.told_elsewhere };
                if best.is_none_or(|(before, _)| weight > before) {
                    best = Some((weight, told));
                }
            } else if tells {
                another = Some(told);
            }
        }
        match (best, another) {
            (Some((weight, told)), _) => ledger.note_at("date-told", weight, Some(told.span), || {
                format!("the text tells of {}, it was announced {date}", shown(told, &weights.months))
            }),
            (None, Some(told)) if released => {
                ledger.note_at("date-told", weights.told_another, Some(told.span), || {
                    format!("the text tells of {}, it was announced {date}", shown(told, &weights.months))
                });
            }
            (None, _) => {}
        }
    }

    /// A date at which the text says it was used, and which came before its announcement.
    fn weigh_earlier_use(&self, pan: &Pan<'_>, announced: Stretch, ledger: &mut impl Ledger) {
        let (weights, now) = (&self.weights.date, pan.clues.paper.date);
        let near = pan.clues.dates.iter().filter(|(_, place)| *place != Place::Neighbour);
        let told = near.filter_map(|(told, _)| Some((told, told.stretch(now)?)));
        let Some((told, stretch)) = told.max_by(|a, b| a.1.to.total_cmp(&b.1.to)) else { return };
        let gap = announced.after(stretch);
        let of_use = told.event != Event::Release && !self.is_year_of_paper(pan, told);
        let is_weighed = pan.clues.date == Some(stretch); // as the date of its use
        if !is_weighed && !pan.clues.announcing && of_use && gap > 0.0 {
            let times = if gap > MONTHS_A_YEAR { 2.0 } else { 1.0 };
            ledger.note_at("date-told", weights.told_before * times, Some(told.span), || {
                let date = pan.system.announced.map(|date| date.to_string()).unwrap_or_default();
                format!("the sentence tells of {}, it was announced {date}", shown(told, &weights.months))
            });
        }
    }

    /// Whether a date is the year in which the paper itself was written: then it tells nothing.
    fn is_year_of_paper(&self, pan: &Pan<'_>, told: &ToldDate) -> bool {
        let year = pan.clues.paper.date.map(|date| (date.middle() / MONTHS_A_YEAR).floor() as i16);
        !told.is_near() && told.year.is_some() && told.year == year
    }
}

/// What the date of a description is the date of, for a person.
fn dated(pan: &Pan<'_>) -> &'static str {
    match (pan.clues.date == pan.clues.paper.date, pan.clues.paper.date_of_citations) {
        (false, _) => "its use",
        (true, true) => "the newest work that the paper cites",
        (true, false) => "the paper",
    }
}

/// A date as the text tells it, for a person.
fn shown(told: &ToldDate, months: &[String]) -> String {
    let month = months.get(usize::from(told.months.0)).map_or("", String::as_str);
    let capital = |month: &str| match month.split_at_checked(1) {
        Some((first, rest)) => first.to_uppercase() + rest,
        None => String::new(),
    };
    match (told.year, told.months.0 == told.months.1) {
        (Some(year), true) => format!("{} {year}", capital(month)),
        (Some(year), false) if told.is_near() => format!("a part of {year}"),
        (Some(year), false) => year.to_string(),
        (None, _) => capital(month),
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
