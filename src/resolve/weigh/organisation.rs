//! Evidence from the maker of a system, compared with the authors and with the organisations in the text.

use super::super::clues::{Clues, OrganisationClue, Proximity};
use super::super::organisation_finder::OrganisationCue;
use super::{CandidateContext, EvidenceSink, Scorer};
use crate::catalogue::{Access, OrganisationId, OrganisationKind};

impl Scorer<'_> {
    /// Returns how close an organisation is to the makers: 1 for one of them, less for a related one, 0
    /// otherwise.
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

    fn maker_of(&self, candidate: &CandidateContext<'_>) -> &str {
        candidate.makers.first().map_or("somebody", |id| self.name_of(*id))
    }

    /// Returns how close the authors are to the makers, from 0 to 1.
    pub(super) fn authors_nearness(&self, clues: &Clues<'_>, makers: &[OrganisationId]) -> f64 {
        clues.paper.authors.iter().map(|author| self.nearness(*author, makers)).fold(0.0, f64::max)
    }

    pub(super) fn weigh_authors(&self, candidate: &CandidateContext<'_>, evidence: &mut impl EvidenceSink) {
        let weights = &self.weights.organisation;
        let (clues, paper) = (candidate.clues, candidate.clues.paper);
        let nearness = candidate.authors_nearness;
        let closed = candidate.access_then == Some(Access::Unreleased);
        let of_firm = closed && self.is_of_firm(candidate);
        if nearness > 0.0 {
            let by_access = match (closed, of_firm) {
                (true, true) => weights.unreleased_of_firm,
                (true, false) => weights.unreleased,
                (false, _) => weights.released,
            };
            let in_house = if clues.in_house || clues.own { weights.in_house } else { 0.0 };
            let surprise = self.makers_surprise(candidate);
            let weight = if clues.announcing {
                weights.announcing * surprise
            } else {
                by_access + in_house + weights.using * surprise
            };
            evidence.note("organisation", weight * nearness, || {
                let name = self.maker_of(candidate);
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
            evidence.note("organisation", weight, || format!("{why} at {}", self.maker_of(candidate)));
        }
    }

    /// Returns whether the first maker of the system is a company or a laboratory.
    fn is_of_firm(&self, candidate: &CandidateContext<'_>) -> bool {
        let first = candidate.makers.first().and_then(|id| self.organisations.get(*id));
        first.is_some_and(|maker| {
            matches!(maker.kind, Some(OrganisationKind::Company | OrganisationKind::Laboratory))
        })
    }

    /// Returns how informative it is that one of the authors' organisations made a system: the fewer systems
    /// they made, the more.
    fn makers_surprise(&self, candidate: &CandidateContext<'_>) -> f64 {
        let made: f32 =
            candidate.clues.paper.authors.iter().map(|author| self.index.share_made(*author)).sum();
        -f64::from(made.clamp(1e-4, 1.0).ln())
    }

    pub(super) fn weigh_told_organisations(
        &self,
        candidate: &CandidateContext<'_>,
        evidence: &mut impl EvidenceSink,
    ) {
        let weights = &self.weights.organisation;
        let makers = candidate.makers;
        let mut best: Option<(f64, &OrganisationClue)> = None;
        let mut another: Option<(f64, &OrganisationClue)> = None;
        // "Google's thinking model" is not by whoever else the text names.
        let is_at_mention = |clue: &OrganisationClue| {
            clue.place == Proximity::Mention && clue.telling == OrganisationCue::Name
        };
        let least = if candidate.clues.organisations.iter().any(is_at_mention) {
            Proximity::Mention
        } else {
            Proximity::Neighbour
        };
        for clue in candidate.clues.organisations.iter().filter(|clue| clue.place >= least) {
            let left = if clue.place == Proximity::Neighbour { weights.neighbour } else { 1.0 };
            let nearness = self.nearness(clue.id, makers);
            if nearness == 0.0 {
                if clue.telling == OrganisationCue::Name && another.is_none_or(|(before, _)| left > before) {
                    another = Some((left, clue));
                }
                continue;
            }
            let ambiguity = || (clue.meanings as f64).ln() * 0.5;
            let full = match clue.telling {
                OrganisationCue::Name => weights.named,
                OrganisationCue::Phrase => (weights.described - ambiguity()).max(0.2),
                OrganisationCue::Place => (weights.described * 0.7 - ambiguity()).max(0.1),
            };
            let weight = full * left * nearness;
            if best.is_none_or(|(before, _)| weight > before) {
                best = Some((weight, clue));
            }
        }
        if let Some((weight, clue)) = best {
            let written = &clue.written;
            evidence.note_at("organisation-told", weight, Some(clue.span), || match clue.telling {
                OrganisationCue::Name => format!("the text names {written}"),
                OrganisationCue::Phrase => format!("\"{written}\" can be {}", self.maker_of(candidate)),
                OrganisationCue::Place => format!("{} is in {written}", self.maker_of(candidate)),
            });
        } else if let Some((left, clue)) = another {
            evidence.note_at("organisation-told", weights.another_named * left, Some(clue.span), || {
                format!("the text names {}, and it is by {}", self.name_of(clue.id), self.maker_of(candidate))
            });
        }
    }
}
