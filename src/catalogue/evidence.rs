//! The weights of evidence: how much each clue speaks for or against a candidate.
//!
//! `evidence.toml` explains every number next to its value; this module defines the types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Measure;
use super::{Fault, Layer};

macro_rules! weights {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
            #[serde(deny_unknown_fields, rename_all = "kebab-case")]
            pub struct $name { $($(#[$doc])* pub $field: $type,)+ }
        )+
    };
}

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
        /// Factor of the log-odds against `unknown`: clues overlap, and all together prove less than their
        /// sum.
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

    /// Weights of stated amounts.
    struct SizeWeights {
        /// Minimum relative tolerance of an exact amount.
        exact_tolerance: f64,
        /// Maximum relative tolerance of an exact amount, which one written with one digit reaches.
        rounding_tolerance: f64,
        /// Relative tolerance of an amount with "about".
        about_tolerance: f64,
        /// Factor by which an order of magnitude may be off.
        order_factor: f64,
        /// Factor above "at least" (below "at most") within which an amount is likely.
        bound_factor: f64,
        /// Factor of a weight where the amount is just outside its tolerance.
        near_miss: f64,
        /// Factor of a weight where the amount of the entry is doubtful.
        doubtful: f64,
        /// Factor of a weight where the amount is in the sentence of the mention but not part of the mention.
        sentence: f64,
        /// Factor of a weight where the amount is in a neighbouring sentence.
        neighbour: f64,
        /// Subtracted for each doubling of the number of sizes that an entry has.
        many_sizes: f64,
        /// Maximum weight of one amount.
        most: f64,
        /// Weights of each measure.
        measure: BTreeMap<Measure, MeasureWeights>,
    }

    /// Weights of one measure.
    struct MeasureWeights {
        /// Factor of the surprisal of a match: minus the log of the share of systems that match as well.
        strength: f64,
        /// Added for a clear mismatch.
        mismatch: f64,
    }

    /// Weights of makers, authors and named organisations.
    struct OrganisationWeights {
        /// Trait values that say a system belongs to the authors' organisation.
        in_house_values: Vec<String>,
        /// The text says in-house, and an author is at the maker.
        in_house: f64,
        /// The text says in-house, and no author is at the maker.
        in_house_elsewhere: f64,
        /// The mention is of the authors' own system, and no author is at the maker.
        own_elsewhere: f64,
        /// Nobody outside can use the system, and an author is at the maker.
        unreleased: f64,
        /// Nobody outside can use the system, and no author is at the maker.
        unreleased_elsewhere: f64,
        /// `unreleased` for firms and laboratories, which keep systems to themselves; what others do not
        /// release, they hardly use later.
        unreleased_of_firm: f64,
        /// `unreleased_elsewhere` for firms and laboratories.
        unreleased_of_firm_elsewhere: f64,
        /// Anybody can use the system, and an author is at the maker.
        released: f64,
        /// The sentence names the maker.
        named: f64,
        /// The sentence names another organisation than the maker.
        another_named: f64,
        /// Factor of the surprisal of a maker among the authors of a text that presents its system.
        announcing: f64,
        /// Factor of a named or described organisation in a neighbouring sentence.
        neighbour: f64,
        /// The text has the maker's city or country, or another phrase for the maker.
        described: f64,
        /// Factor of the surprisal of a maker among the authors of any other text.
        using: f64,
        /// Words after the name of an organisation that make it a name of its hardware or its services.
        hardware: Vec<String>,
        /// Words before an organisation with which authors state where the work was done.
        affiliation_cues: Vec<String>,
        /// Factor where the organisation is not the maker but is related to it, such as its owner.
        related: f64,
    }

    /// Weights of dates: when a system could be used.
    struct DateWeights {
        /// Months after its announcement by which half of the outside users that a system will have use it.
        uptake_months: f64,
        /// The fraction of those users on the first day, 0 to 1.
        uptake_least: f64,
        /// The probability that a paper which does not name its authors is by the makers of what it uses.
        makers_write: f64,
        /// An author's organisation made the system and is known to have used it by then, other than by
        /// presenting it.
        used_inside: f64,
        /// On the day of the announcement, for an author's organisation not known to have used the system
        /// before.
        own_eve: f64,
        /// Half a year before the announcement, for an author's organisation; grows with the lead time, to
        /// somewhat more than twice as much for twice as early.
        own_before: f64,
        /// Long before the announcement, for anyone but an author's organisation.
        before: f64,
        /// Months before the announcement from which `before` holds in full; the weight falls evenly to it.
        before_months: f64,
        /// The system was retired before the paper.
        retired: f64,
        /// The entry gives no date.
        undated: f64,
        /// Factor of the surprisal of an announcement near the date of a text that presents its system.
        announcing: f64,
        /// The text presents its system, and the announcement of the candidate is at another time.
        announcing_another: f64,
        /// Months between text and announcement within which the text can be the announcement, the nearest
        /// first.
        announcing_months: Vec<f64>,
        /// The system was announced with this paper by the paper's authors, and the mention is not of their
        /// own system.
        presented_here: f64,
        /// Maximum number of days between paper and announcement for `presented_here`.
        presented_here_days: u32,
        /// The sentence states a date, outside of brackets, and the system was announced after it; twice that
        /// if more than a year after.
        told_before: f64,
        /// Factor of the surprisal of a matching date at which, as the text says, the system was released.
        told: f64,
        /// The text states a release date, and the system was released at another time.
        told_another: f64,
        /// Months by which a stated release date may be off.
        told_months: f64,
        /// Factor of the surprisal of a matching date elsewhere in the text.
        told_elsewhere: f64,
        /// Words before a date that say a system was released then, folded as words are compared.
        release_words: Vec<String>,
        /// Words before a month and its year that say a system was used then, folded as words are compared.
        use_words: Vec<String>,
        /// Words for parts of a year, with the first and the last month of each, from 1.
        parts_of_year: BTreeMap<String, [u8; 2]>,
        /// Trait values that say a system is the newest of its kind.
        latest_values: Vec<String>,
        /// Months of age after which the odds of being called the latest have halved.
        latest_half_life: f64,
        /// The most that age takes from a system that a text calls the latest.
        latest_most: f64,
        /// Names of the months, from January.
        months: Vec<String>,
    }

    /// Weights of entity types: model, data set, software.
    struct TypeWeights {
        /// The entry is of another type than the mention.
        another: f64,
    }

    /// Weights of standing among other systems.
    struct StandingWeights {
        /// Trait values that say a system is much used.
        popular: Vec<String>,
        /// Added per unit of the natural log of its uses if the text calls the system much used.
        popularity: f64,
        /// Trait values that say a system is among the most able of its day.
        able: Vec<String>,
        /// Added for such a value, by the access of the system; not if the text itself states the access.
        able_access: BTreeMap<String, f64>,
        /// Months of age after which the odds of being called so have halved.
        able_half_life: f64,
        /// The most that age takes from a system that a text calls so.
        able_most: f64,
        /// Trait values that say a system is large.
        large: Vec<String>,
        /// Trait values that say a system is small.
        small: Vec<String>,
        /// Number of parameters from which a model is large.
        large_from: f64,
        /// Number of parameters up to which a model is small.
        small_up_to: f64,
        /// Added if the size word and the size disagree.
        disagree: f64,
    }

    /// Weights of one kind of trait.
    struct TraitWeights {
        /// The entry has a value that the text states.
        agree: f64,
        /// The entry has other values only.
        disagree: f64,
        /// The values of entries that each value of a text agrees with; a value with an empty list is
        /// ignored.
        means: BTreeMap<String, Vec<String>>,
    }

    /// Weights of kinds of systems, by input and output.
    struct GateWeights {
        /// The entry is of a kind that the text states.
        fits: f64,
        /// The entry is of another kind.
        shut: f64,
        /// The kinds, by name.
        kind: BTreeMap<String, KindOfSystem>,
    }

    /// A kind of systems.
    struct KindOfSystem {
        /// Phrases for such a system in texts, in lower case.
        phrases: Vec<String>,
        /// Domains one of which makes an entry belong to the kind; empty if only `excludes` decides.
        fits: Vec<String>,
        /// Domains that leave it open whether an entry belongs to the kind, if it has no others.
        may: Vec<String>,
        /// Domains that exclude an entry from the kind, if it has no others.
        excludes: Vec<String>,
    }

    /// Weights of words that the text shares with an entry.
    struct WordWeights {
        /// Factor of the summed log-odds of all words.
        strength: f64,
        /// The probability, 0 to 1, that an abstract on a system has a word of its entry other than by
        /// chance.
        said: f64,
        /// Factor of the log-odds of a word of the entry that the text does not have.
        unsaid: f64,
        /// Factor of the whole where the text uses the system and does not present it.
        using: f64,
        /// Factor of a word of the mention itself.
        mention: f64,
        /// The most that words can subtract.
        least: f64,
        /// Rarity, in log-odds, up to which a word leads to no candidate.
        common: f64,
        /// Factor of a word of a neighbouring sentence.
        neighbour: f64,
        /// The share of systems above which a word leads to no candidate.
        most_shared: f64,
        /// The most that words can add.
        most: f64,
        /// The mention has the word with which names of several systems begin, as in "a GPT model".
        series: f64,
        /// Words that begin names of systems but mean no series, such as "llm".
        no_series: Vec<String>,
        /// Number of words below which a text presents no system, unless it says "our model".
        shortest_presentation: f64,
        /// Words for what was done to a system after its first training, folded as words are compared.
        tuning: Vec<String>,
        /// Words that say nothing about any system, folded as words are compared.
        plain: Vec<String>,
    }

    /// Weights of cited papers on a system.
    struct CitationWeights {
        /// Its paper is cited in the mention or right after it.
        beside: f64,
        /// Its paper is cited elsewhere in the sentence.
        sentence: f64,
    }

    /// Weights of rules of thumb, beside the weight that each has of its own.
    struct RuleOfThumbWeights {
        /// Factor of the weight of each rule of thumb.
        strength: f64,
        /// The most that all of them together can add for one system.
        most: f64,
    }

    /// Weights of other systems that the text names.
    struct CompanyWeights {
        /// The text names this very system beside the mention.
        named_itself: f64,
        /// The text names what the system was made from, or what was made from it.
        base: f64,
        /// The text names another member of the system's family.
        sibling: f64,
        /// The text names the data that the system was trained on.
        dataset: f64,
        /// Factor where the name is in a neighbouring sentence.
        neighbour: f64,
    }
}

const FILE: &str = "evidence.toml";

impl EvidenceWeights {
    /// Reads the weights; a later layer may override single numbers.
    ///
    /// # Errors
    ///
    /// Returns a fault, with its position, for an unknown or missing key or a value of the wrong kind.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        let mut files = layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path == FILE);
        let Some(first) = files.next() else {
            let nowhere = super::CatalogueFile { shown: FILE.into(), path: FILE.into(), text: String::new() };
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
        match weights.fault_of_tune() {
            Some((path, message)) => Err(vec![Fault::at(last, last.text.find(path).unwrap_or(0), message)]),
            None => Ok(weights),
        }
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
    /// is none.
    fn fault_of_tune(&self) -> Option<(&str, String)> {
        let all = toml::Value::try_from(self).ok();
        self.tune.iter().find_map(|(path, range)| {
            let Some(number) = all.as_ref().and_then(|all| number_at(all, path)) else {
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
