//! The weights of evidence: how much each clue speaks for or against a candidate.
//!
//! This module defines the types; comments in `evidence.toml` give the reasons for the values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clue_weights::{
    CitationWeights, CompanyWeights, DateWeights, GateWeights, OrganisationWeights, RuleOfThumbWeights,
    SizeWeights, StandingWeights, TraitWeights, TypeWeights, WordWeights, weights,
};
use super::{Fault, Layer, Trait};

weights! {
    /// The whole of `evidence.toml`. Weights are natural log-odds.
    struct EvidenceWeights {
        /// Prior odds, before any clue.
        prior: PriorWeights,
        /// Conditions under which a ranking gives an answer.
        answer: AnswerWeights,
        /// Weights of stated amounts.
        size: SizeWeights,
        /// Weights of makers, authors and named organisations.
        organisation: OrganisationWeights,
        /// Weights of dates: when a system could be used.
        date: DateWeights,
        /// Weights of entity types: model, data set, software.
        entity_type: TypeWeights,
        /// Weights of access: the access that the text states, then the access of the system's entry.
        access: BTreeMap<String, BTreeMap<String, f64>>,
        /// Weights of standing among other systems.
        standing: StandingWeights,
        /// Weights of modalities.
        modality: TraitWeights,
        /// Weights of domains: what a system is for.
        domain: TraitWeights,
        /// Weights of architectures.
        architecture: TraitWeights,
        /// Weights of kinds of systems that rule each other out.
        gate: GateWeights,
        /// Weights of words that the text shares with an entry.
        words: WordWeights,
        /// Weights of cited papers on a system.
        citation: CitationWeights,
        /// Weights of other systems that the text names.
        company: CompanyWeights,
        /// Weights of rules of thumb: what people in the field know of who used which system and when.
        rule_of_thumb: RuleOfThumbWeights,
        /// Weights for the confidence that a description is never named in its paper.
        nameless: NamelessWeights,
        /// The tunable numbers, by their path, such as `prior.unknown`.
        tune: BTreeMap<String, Tunable>,
    }

    /// Weights for and against the claim that a description without a name beside it is particular and never
    /// named in its paper, added to what its own words say. In log-odds.
    struct NamelessWeights {
        /// The document is a whole paper, with sections and headings, where most words occur in other
        /// contexts.
        whole_paper: f64,
        /// The share, 0 to 1, of the log-odds that words give a mention of being a description that counts in a
        /// whole paper: what its words tell of a description, they tell less of whether a name stands elsewhere.
        description: f64,
        /// The highest probability, 0.5 to 1, that words alone give a mention of being a description in a
        /// whole paper.
        surest: f64,
        /// A whole paper names systems of the same type; in full from `many_names` distinct ones on.
        names_others: f64,
        /// Number of distinct names from which `names_others` counts in full.
        many_names: f64,
        /// A whole paper names no system of the type where it reports what was done, so that it hides all of
        /// them.
        names_none: f64,
        /// A whole paper names no system of the type near any mention of the reference.
        no_name_near: f64,
        /// Greatest distance of a name that is near, in bytes of the prose.
        near: f64,
        /// The description plays a role in the study, such as that of the judge, for which the paper names no
        /// system.
        unnamed_role: f64,
        /// Its words set the description apart from the systems that the paper uses elsewhere: "a separate judge".
        apart: f64,
        /// The description is of a data set.
        data: f64,
        /// The reference is to a system of the authors' own.
        own: f64,
        /// The most confident mention is in the results of a whole paper, which speak of systems that were
        /// introduced before.
        results: f64,
        /// The description is a set, and the paper names at least half as many systems of the type as the set
        /// counts.
        set_among_names: f64,
        /// The description states a size, and the paper names a system of that size.
        size_among_names: f64,
        /// The description is of the best system, and the paper names several systems of the type.
        best_among_names: f64,
        /// The description is a counted set, or the best system, and its sentence says that others ran it:
        /// the paper has no need to name it, and no name elsewhere in the paper speaks against it.
        reported: f64,
        /// The description is of one model, and its sentence says that others ran it and names none before it.
        reported_one: f64,
        /// The most confident mention is in the abstract or the introduction of a whole paper, which give
        /// names later.
        opening: f64,
        /// The most confident mention is where a paper admits things: limitations, disclosures.
        admitting: f64,
        /// Its clause says who made it, or that it is kept inside an organisation.
        house: f64,
        /// The description is of a closed system, identified by how it is reached: behind an API or a
        /// licence.
        sold: f64,
        /// Its clause states a release.
        release: f64,
    }

    /// The range of a tunable number.
    struct Tunable {
        /// The lowest value.
        from: f64,
        /// The highest value.
        to: f64,
        /// The smallest change that tuning tries; above 0.
        step: f64,
    }

    /// The prior odds, before any clue.
    struct PriorWeights {
        /// Exponent of a system's share of papers: systems that are used more often are meant more often.
        uses_exponent: f64,
        /// The share of papers assumed to name a system that no paper of the sample names.
        unseen_share: f64,
        /// Pseudo-count, in papers, of a system's share in the whole sample, which decides in seasons of
        /// which few papers were counted.
        stand_in_papers: f64,
        /// Fraction of a system's popularity that counts where its makers write and only they can use it.
        own_house: f64,
        /// The system was made from another, and the text says nothing of tuning.
        derived: f64,
        /// Log-odds that a described system is not in the catalogue.
        unknown: f64,
        /// The same for a system that the text presents to the world.
        unknown_announced: f64,
        /// The same for the authors' own system.
        unknown_own: f64,
        /// The same for a set of systems.
        unknown_set: f64,
        /// Added for a system that the text keeps inside the authors' organisation: houses have many that
        /// nobody outside has heard of.
        unknown_in_house: f64,
        /// Months after which a system's share of use has halved.
        half_life_months: f64,
        /// The smallest fraction of a system's share that remains with age.
        oldest_share: f64,
    }

    /// Conditions under which a ranking gives an answer.
    struct AnswerWeights {
        /// The least probability of one system, of one family, or of the systems of one maker together, for
        /// it to be the answer.
        floor: f64,
        /// Factor of the log-odds against `unknown`: below 1 where overlapping clues prove less than their sum,
        /// above 1 where the single weights prove too little.
        temper: f64,
        /// The same for a text that presents its system: it says more, and repeats itself more.
        temper_announced: f64,
        /// The probability, 0 to 1, that a text presents no system of the catalogue however well one fits.
        doubt_announced: f64,
        /// Maximum number of reported candidates.
        most_candidates: usize,
        /// The least probability of a reported candidate.
        least_probability: f64,
        /// The least total probability of all candidates for any of them to be reported.
        least_known: f64,
        /// Members of one family closer than this, in log-odds, are reported as the family.
        family_tie: f64,
    }
}

pub(super) const FILE: &str = "evidence.toml";

impl EvidenceWeights {
    /// Reads the weights; a later layer may override single numbers.
    ///
    /// # Errors
    ///
    /// Returns a fault, with its position, for an unknown or missing key or a value of the wrong kind.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        let mut files = layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path == FILE);
        let Some(first) = files.next() else {
            let nowhere = super::CatalogueFile::new(FILE, String::new());
            return Err(vec![Fault::at(&nowhere, 0, "no layer of the catalogue holds this file")]);
        };
        let mut last = first;
        let mut weights: Self = first.parse().map_err(|fault| vec![fault])?;
        for file in files {
            last = file;
            let mut merged = toml::Table::try_from(&weights)
                .map_err(|error| vec![Fault::at(file, 0, error.to_string())])?;
            merge(&mut merged, file.parse().map_err(|fault| vec![fault])?);
            weights = merged.try_into().map_err(|error: toml::de::Error| {
                let message = error.message().lines().next().unwrap_or_default().to_string();
                vec![Fault::at(file, place_of(&file.text, &message), message)]
            })?;
        }
        let all =
            toml::Value::try_from(&weights).map_err(|error| vec![Fault::at(last, 0, error.to_string())])?;
        match weights.fault_of_numbers(&all).or_else(|| weights.fault_of_tune(&all)) {
            Some((key, message)) => Err(vec![Fault::at(last, last.text.find(key).unwrap_or(0), message)]),
            None => Ok(weights),
        }
    }

    /// Returns the values of traits that are weighed, each with its table and the traits that it may be of.
    pub(super) fn trait_values<'a>(&'a self) -> Vec<(&'static str, &'static [Trait], &'a str)> {
        let StandingWeights { popular, able, large, small, .. } = &self.standing;
        let mut values = Vec::new();
        let mut add = |table, of: &'static [Trait], found: Vec<&'a String>| {
            values.extend(found.into_iter().map(|value| (table, of, value.as_str())));
        };
        let house = self.organisation.in_house_values.iter().collect();
        add("organisation", &[Trait::Organisation, Trait::Access], house);
        add("date", &[Trait::Release], self.date.latest_values.iter().collect());
        add("access", &[Trait::Access], self.access.keys().collect());
        add("standing", &[Trait::Standing], popular.iter().chain(able).chain(large).chain(small).collect());
        add("modality", &[Trait::Modality], self.modality.means.keys().collect());
        add("domain", &[Trait::Domain], self.domain.means.keys().collect());
        add("architecture", &[Trait::Architecture], self.architecture.means.keys().collect());
        values
    }

    /// Returns the first number that none can be, with its key; `None` if all are sound. `all` holds these
    /// weights.
    fn fault_of_numbers<'a>(&self, all: &'a toml::Value) -> Option<(&'a str, String)> {
        if let Some(key) = endless_number(all) {
            return Some((key, format!("`{key}` must be a finite number")));
        }
        let NamelessWeights { surest, description, .. } = self.nameless;
        [("surest", surest, 0.5), ("description", description, 0.0)].into_iter().find_map(
            |(key, number, least)| {
                let message = format!("`{key}` of `nameless` lies between {least} and 1");
                (!(least..=1.0).contains(&number)).then_some((key, message))
            },
        )
    }

    /// Returns the number at a path of keys joined by dots, such as `size.measure.tokens.strength`; `None` if
    /// there is no decimal number.
    pub fn number(&self, path: &str) -> Option<f64> {
        number_at(&toml::Value::try_from(self).ok()?, path)
    }

    /// Returns the weights with other numbers, each given with its path; `None` if [`Self::number`] finds
    /// nothing at one of the paths.
    pub fn with_numbers<'n>(&self, numbers: impl IntoIterator<Item = (&'n str, f64)>) -> Option<Self> {
        let mut all = toml::Value::try_from(self).ok()?;
        for (path, number) in numbers {
            let place = path.split('.').try_fold(&mut all, |value, key| value.get_mut(key))?;
            place.as_float()?;
            *place = toml::Value::Float(number);
        }
        all.try_into().ok()
    }

    /// Returns the first fault of the table of tunable numbers, with the path of the number; `None` if there
    /// is none. `all` holds these weights.
    fn fault_of_tune(&self, all: &toml::Value) -> Option<(&str, String)> {
        self.tune.iter().find_map(|(path, range)| {
            let Some(number) = number_at(all, path) else {
                return Some((path.as_str(), format!("`tune`: no number stands at `{path}`")));
            };
            let fits = range.from <= number && number <= range.to && range.step > 0.0;
            (!fits).then(|| {
                let message =
                    format!("`tune`: {number} of `{path}` must lie from `from` to `to`, and `step` above 0");
                (path.as_str(), message)
            })
        })
    }
}

/// Returns the key of the first number that is infinite or no number.
fn endless_number(value: &toml::Value) -> Option<&str> {
    let is_endless = |value: &toml::Value| value.as_float().is_some_and(|number| !number.is_finite());
    value.as_table()?.iter().find_map(|(key, value)| {
        let is_bad = is_endless(value) || value.as_array().is_some_and(|all| all.iter().any(is_endless));
        if is_bad { Some(key.as_str()) } else { endless_number(value) }
    })
}

/// Returns the decimal number at a path of keys.
fn number_at(all: &toml::Value, path: &str) -> Option<f64> {
    path.split('.').try_fold(all, |value, key| value.get(key))?.as_float()
}

/// Merges one table over another, key by key.
fn merge(below: &mut toml::Table, above: toml::Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => merge(below, above),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// Returns the offset of the key that a message quotes in backticks; 0 if it is not found.
fn place_of(text: &str, message: &str) -> usize {
    message.split('`').nth(1).and_then(|key| text.find(key)).unwrap_or(0)
}

#[cfg(test)]
#[path = "evidence_tests.rs"]
mod tests;
