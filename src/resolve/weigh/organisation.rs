//! The maker of a system against the authors and against the organisations that the text tells of.

use super::super::clues::{OrganisationClue, Place};
use super::super::organisation_finder::Telling;
use super::{Ledger, Pan, Scales};
use crate::catalogue::{Access, OrganisationId, OrganisationKind};

impl Scales<'_> {
    /// How near an organisation is to the makers: 1 for one of them, less for a related one.
    pub(in super::super) fn nearness(&self, id: OrganisationId, makers: &[OrganisationId]) -> f64 {
        if makers.contains(&id) {
            return 1.0;
        }
        let related = makers.iter().any(|maker| self.organisations.related(id, *maker));
        if related { self.weights.organisation.related } else { 0.0 }
    }

    fn name_of(&self, id: OrganisationId) -> &str {
        self.organisations.get(id).map_or("?", |organisation| organisation.name.as_str())
    }

    fn maker_of(&self, pan: &Pan<'_>) -> &str {
        pan.system.organisations.first().map_or("somebody", |id| self.name_of(*id))
    }

    /// How near the authors are to the makers.
    pub(super) fn authors_nearness(&self, pan: &Pan<'_>) -> f64 {
        let makers = &pan.system.organisations;
        pan.clues.paper.authors.iter().map(|author| self.nearness(*author, makers)).fold(0.0, f64::max)
    }

    pub(super) fn weigh_authors(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let weights = &self.weights.organisation;
        let (clues, paper) = (pan.clues, pan.clues.paper);
        let nearness = self.authors_nearness(pan);
        let closed = self.access_then(pan) == Some(Access::Unreleased);
        let of_firm = closed && self.is_of_firm(pan);
        if nearness > 0.0 {
            let by_access = match (closed, of_firm) {
                (true, true) => weights.unreleased_of_firm,
                (true, false) => weights.unreleased,
                (false, _) => weights.released,
            };
            let in_house = if clues.in_house || clues.own { weights.in_house } else { 0.0 };
            let surprise = self.makers_surprise(pan);
            let weight = if clues.announcing {
                weights.announcing * surprise
            } else {
                by_access + in_house + weights.using * surprise
            };
            ledger.note("organisation", weight * nearness, || {
                let name = self.maker_of(pan);
                let authors = if paper.authors.len() == 1 { "every author is" } else { "authors are" };
                let place = if nearness < 1.0 { "in a house tied to" } else { "at" };
                match (in_house > 0.0, closed) {
                    (true, _) => format!("in-house, and {authors} {place} {name}"),
                    (false, true) => format!("{authors} {place} {name}, and only its people can use it"),
                    (false, false) => format!("{authors} {place} {name}"),
                }
            });
        } else if paper.authors_known {
            let (weight, why) = if clues.in_house {
                (weights.in_house_elsewhere, "in-house, but no author is")
            } else if clues.own {
                (weights.own_elsewhere, "the authors' own, but no author is")
            } else if of_firm {
                (weights.unreleased_of_firm_elsewhere, "kept inside, but no author is")
            } else if closed {
                (weights.unreleased_elsewhere, "not released, and no author is")
            } else {
                return;
            };
            ledger.note("organisation", weight, || format!("{why} at {}", self.maker_of(pan)));
        }
    }

    /// Whether a firm or a laboratory made it first of all.
    fn is_of_firm(&self, pan: &Pan<'_>) -> bool {
        let first = pan.system.organisations.first().and_then(|id| self.organisations.get(*id));
        first.is_some_and(|maker| {
            matches!(maker.kind, Some(OrganisationKind::Company | OrganisationKind::Laboratory))
        })
    }

    /// How telling it is that one of the authors' organisations made a system: the less they made,
    /// the more.
    fn makers_surprise(&self, pan: &Pan<'_>) -> f64 {
        let made: f32 = pan.clues.paper.authors.iter().map(|author| self.index.share_made(*author)).sum();
        -f64::from(made.clamp(1e-4, 1.0).ln())
    }

    pub(super) fn weigh_told_organisations(&self, pan: &Pan<'_>, ledger: &mut impl Ledger) {
        let weights = &self.weights.organisation;
        let makers = &pan.system.organisations;
        let mut best: Option<(f64, &OrganisationClue)> = None;
        let mut another: Option<(f64, &OrganisationClue)> = None;
        for clue in &pan.clues.organisations {
            let left = if clue.place == Place::Neighbour { weights.neighbour } else { 1.0 };
            let ambiguity = (clue.meanings as f64).ln() * 0.5;
            let nearness = self.nearness(clue.id, makers);
            if nearness == 0.0 {
                if clue.telling == Telling::Name && another.is_none_or(|(before, _)| left > before) {
                    another = Some((left, clue));
                }
                continue;
            }
            let full = match clue.telling {
                Telling::Name => weights.named,
                Telling::Phrase => (weights.described - ambiguity).max(0.2),
                Telling::Place => (weights.described * 0.7 - ambiguity).max(0.1),
            };
            let weight = full * left * nearness;
            if best.is_none_or(|(before, _)| weight > before) {
                best = Some((weight, clue));
            }
        }
        if let Some((weight, clue)) = best {
            let written = &clue.written;
            ledger.note_at("organisation-told", weight, Some(clue.span), || match clue.telling {
                Telling::Name => format!("the text names {written}"),
                Telling::Phrase => format!("\"{written}\" can be {}", self.maker_of(pan)),
                Telling::Place => format!("{} is in {written}", self.maker_of(pan)),
            });
        } else if let Some((left, clue)) = another {
            ledger.note_at("organisation-told", weights.another_named * left, Some(clue.span), || {
                format!("the text names {}, and it is by {}", self.name_of(clue.id), self.maker_of(pan))
            });
        }
    }
}
