//! Evidence from dates: whether a system could be used, or was news, when the paper was written.

use super::super::clues::Proximity;
use super::super::stated_date::{Event, StatedDate};
use super::super::time::{DAYS_A_MONTH, Stretch};
use super::{CandidateContext, EvidenceSink, Scorer};
use crate::document::PartialDate;

/// Half a year, in months.
const HALF_A_YEAR: f64 = 6.0;
const MONTHS_A_YEAR: f32 = 12.0;
/// Exponent with which it becomes less likely, the earlier before the announcement, that makers had a system.
const STEEPNESS: f64 = 1.5;
/// Threshold in log-odds: uptake is noted only if its weight is below it.
const HARDLY: f64 = -0.05;
/// Number of times that the missing users must have halved for their weight to be far above [`HARDLY`].
const LONG_AFTER: f64 = 8.0;

impl Scorer<'_> {
    pub(super) fn weigh_date(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let weights = &self.weights.date;
        let Some(announced) = candidate.facts.announced else {
            if let Some(date) = candidate.clues.date {
                // It was out by then with the chance that any system was.
                let out = f64::from(self.index.share_announced_by(date).ln());
                let unknown = || "when it was announced is not known".to_string();
                evidence.note("date", weights.undated + out, unknown);
            }
            return;
        };
        let shown =
            || candidate.system.announced.map(|date: PartialDate| date.to_string()).unwrap_or_default();
        self.weigh_stated_dates(candidate, evidence);
        let Some(date) = candidate.clues.date else { return };

        if let Some(retired) = candidate.facts.retired.filter(|retired| date.after(*retired) > 0.0) {
            let months = date.after(retired);
            evidence.note("date", weights.retired, || {
                format!("retired {} before the paper", months_told(months))
            });
        }
        let gap = date.after(announced);
        if candidate.clues.announcing {
            let apart = f64::from(gap.abs());
            let near =
                weights.announcing_months.iter().copied().filter(|months| apart <= *months).reduce(f64::min);
            let weight = match near {
                Some(months) => {
                    -f64::from(self.index.share_announced(date, months as f32).ln()) * weights.announcing
                }
                None => weights.announcing_another,
            };
            evidence.note("date", weight, || format!("presented here, and announced {}", shown()));
            return;
        }
        if candidate.clues.latest && gap > 0.0 {
            let halvings = f64::from(gap) / weights.latest_half_life.max(0.1);
            let weight = -(halvings * std::f64::consts::LN_2).min(weights.latest_most);
            evidence.note_at("latest", weight, candidate.clues.mention, || {
                format!("announced {} before the paper, which speaks of the latest", months_told(gap))
            });
        }
        let own = candidate.authors_nearness > 0.0;
        let days = f64::from(gap.abs()) * f64::from(DAYS_A_MONTH);
        if own && !candidate.clues.own && days <= f64::from(weights.presented_here_days) && date.is_exact() {
            evidence.note("date", weights.presented_here, || {
                format!("announced {}, with this paper, and the paper does not call it its own", shown())
            });
            return;
        }
        let inside = candidate.facts.internal.filter(|internal| own && date.after(*internal) >= 0.0);
        if inside.is_some() {
            evidence.note("date", weights.used_inside, || {
                "its makers are known to have used it then".to_string()
            });
        }
        if gap >= 0.0 {
            if inside.is_none() {
                self.weigh_uptake(candidate, (date, announced), own, &shown, evidence);
            }
            return; // its age is in the prior
        }
        let months = -gap;
        // Where nobody says who writes, it may be its makers; of what they call their own it is.
        let may_be_own =
            !candidate.clues.paper.authors_known && (candidate.clues.own || candidate.clues.in_house);
        let (weight, why) = if own || may_be_own {
            self.before_for_makers(candidate, date, f64::from(months))
        } else {
            let others = self.before_for_others(f64::from(months));
            let makers = match candidate.clues.paper.authors_known {
                true => 0.0,
                false => {
                    weights.makers_write * self.before_for_makers(candidate, date, f64::from(months)).0.exp()
                }
            };
            ((others.exp() + makers).ln().max(weights.before), "nobody had it")
        };
        evidence.note("date", weight, || {
            format!("announced {}, {} after {}: {why}", shown(), months_told(months), dated(candidate))
        });
    }

    /// Returns the weight, with its reason, of the makers' having a system some months before they announced
    /// it: the earlier, the less likely, and hardly a year before.
    fn before_for_makers(
        &self,
        candidate: &CandidateContext<'_>,
        date: Stretch,
        months: f64,
    ) -> (f64, &'static str) {
        let weights = &self.weights.date;
        let missing = match candidate.facts.internal.map(|internal| -f64::from(date.after(internal))) {
            Some(missing) if missing <= 0.0 => return (0.0, "its makers used it before"),
            // Where it is known from when they used it, what lies before that counts the more.
            Some(missing) => (missing * 3.0).max(months),
            None => months,
        };
        let weight = weights.own_eve + weights.own_before * (missing / HALF_A_YEAR).powf(STEEPNESS);
        (weight.max(weights.before), "its makers may have had it")
    }

    /// Returns the weight of outsiders' having a system some months before it was announced: on the eve as
    /// few as on the day itself, and months before nobody.
    fn before_for_others(&self, months: f64) -> f64 {
        let weights = &self.weights.date;
        let eve = weights.uptake_least.clamp(1e-4, 1.0).ln();
        let part = (months / weights.before_months.max(0.1)).min(1.0);
        eve + (weights.before - eve) * part
    }

    /// Weighs the share of eventual users who had a system by the date of the paper; its makers adopt it
    /// sooner.
    fn weigh_uptake(
        &self,
        candidate: &CandidateContext<'_>,
        (date, announced): (Stretch, Stretch),
        own: bool,
        shown: &dyn Fn() -> String,
        evidence: &mut impl EvidenceSink,
    ) {
        let weights = &self.weights.date;
        let months = f64::from(date.middle() - announced.middle()).max(0.0);
        // As of most systems: so late, nothing of note is missing, which need not be worked out.
        if !own && months > LONG_AFTER * weights.uptake_months.max(0.01) {
            return;
        }
        let missing = (-months / weights.uptake_months.max(0.01)).exp2();
        let least = weights.uptake_least.clamp(1e-4, 1.0);
        let weight = match own {
            true => weights.own_eve * missing,
            false => (least + (1.0 - least) * (1.0 - missing)).ln(),
        };
        if weight < HARDLY {
            evidence.note("date", weight, || {
                format!(
                    "announced {}, {} before {}: few had it yet",
                    shown(),
                    months_told(months as f32),
                    dated(candidate)
                )
            });
        }
    }

    /// Weighs dates stated in the text against the date of the announcement.
    fn weigh_stated_dates(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let dates = &candidate.clues.dates;
        if dates.is_empty() {
            return;
        }
        let (Some(announced), Some(date)) = (candidate.facts.announced, candidate.system.announced) else {
            return;
        };
        self.weigh_earlier_use(candidate, announced, evidence);
        let (weights, now) = (&self.weights.date, candidate.clues.paper.date);
        let stated_dates = dates.iter().filter_map(|(stated, _)| Some((stated, stated.stretch(now)?)));
        let mut best: Option<(f64, &StatedDate)> = None;
        let (mut another, mut released) = (None, false);
        for (stated, stretch) in stated_dates {
            let tells = stated.event == Event::Release;
            released |= tells;
            if !tells && !stated.is_near() && self.is_year_of_paper(candidate, stated) {
                continue; // it tells of the paper, not of the system
            }
            let near = if stated.is_near() { weights.told_months as f32 } else { 0.0 };
            // Sources differ by a day or two, and an entry may give the month alone.
            let slack = if stated.day.is_some() { weights.told_days as f32 / DAYS_A_MONTH } else { near };
            let apart = announced.after(stretch).abs();
            if apart <= slack {
                let surprise = -f64::from(self.index.share_announced(stretch, slack).ln());
                let weight = surprise * if tells { weights.told } else { weights.told_elsewhere };
                if best.is_none_or(|(before, _)| weight > before) {
                    best = Some((weight, stated));
                }
            } else if tells && apart > near {
                another = Some(stated);
            }
        }
        match (best, another) {
            (Some((weight, stated)), _) => evidence.note_at("date-told", weight, Some(stated.span), || {
                format!("the text tells of {}, it was announced {date}", shown(stated, &weights.months))
            }),
            (None, Some(stated)) if released => {
                evidence.note_at("date-told", weights.told_another, Some(stated.span), || {
                    format!("the text tells of {}, it was announced {date}", shown(stated, &weights.months))
                });
            }
            (None, _) => {}
        }
    }

    /// Weighs a date at which the text says that the system was used, if it precedes the announcement.
    fn weigh_earlier_use(
        &self,
        candidate: &CandidateContext<'_>,
        announced: Stretch,
        evidence: &mut impl EvidenceSink,
    ) {
        let (weights, now) = (&self.weights.date, candidate.clues.paper.date);
        let near = candidate.clues.dates.iter().filter(|(_, place)| *place != Proximity::Neighbour);
        let stated_dates = near.filter_map(|(stated, _)| Some((stated, stated.stretch(now)?)));
        let Some((stated, stretch)) = stated_dates.max_by(|a, b| a.1.to.total_cmp(&b.1.to)) else { return };
        let gap = announced.after(stretch);
        let of_use = stated.event != Event::Release && !self.is_year_of_paper(candidate, stated);
        let is_weighed = candidate.clues.date == Some(stretch); // as the date of its use
        if !is_weighed && !candidate.clues.announcing && of_use && gap > 0.0 {
            let times = if gap > MONTHS_A_YEAR { 2.0 } else { 1.0 };
            evidence.note_at("date-told", weights.told_before * times, Some(stated.span), || {
                let date = candidate.system.announced.map(|date| date.to_string()).unwrap_or_default();
                format!("the sentence tells of {}, it was announced {date}", shown(stated, &weights.months))
            });
        }
    }

    /// Returns whether a date is only the year in which the paper itself was written, which is no clue.
    fn is_year_of_paper(&self, candidate: &CandidateContext<'_>, stated: &StatedDate) -> bool {
        let year = candidate.clues.paper.date.map(|date| (date.middle() / MONTHS_A_YEAR).floor() as i16);
        !stated.is_near() && stated.year.is_some() && stated.year == year
    }
}

/// Names, for users, the source of the date of a description.
fn dated(candidate: &CandidateContext<'_>) -> &'static str {
    match (candidate.clues.date == candidate.clues.paper.date, candidate.clues.paper.date_of_citations) {
        (false, _) => "its use",
        (true, true) => "the newest work that the paper cites",
        (true, false) => "the paper",
    }
}

/// Formats a date as the text states it, for users.
fn shown(stated: &StatedDate, months: &[String]) -> String {
    let month = months.get(usize::from(stated.months.0)).map_or("", String::as_str);
    let capital = |month: &str| match month.split_at_checked(1) {
        Some((first, rest)) => first.to_uppercase() + rest,
        None => String::new(),
    };
    if let Some(day) = stated.day {
        let year = stated.year.map(|year| format!(" {year}")).unwrap_or_default();
        return format!("{day} {}{year}", capital(month));
    }
    match (stated.year, stated.months.0 == stated.months.1) {
        (Some(year), true) => format!("{} {year}", capital(month)),
        (Some(year), false) if stated.is_near() => format!("a part of {year}"),
        (Some(year), false) => year.to_string(),
        (None, _) => capital(month),
    }
}

/// Formats a period given in months, for users.
fn months_told(months: f32) -> String {
    match months {
        months if months * DAYS_A_MONTH < 1.5 => "one day".to_string(),
        months if months < 1.0 => format!("{:.0} days", months * DAYS_A_MONTH),
        months if months < 1.5 => "one month".to_string(),
        months if months < 24.0 => format!("{months:.0} months"),
        months => format!("{:.0} years", months / 12.0),
    }
}
