//! The weights of evidence: how much each clue speaks for or against a candidate.
//!
//! `evidence.toml` explains every number beside the number; here stand their shapes.

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
    /// All of `evidence.toml`. Weights are natural log-odds.
    struct EvidenceWeights {
        /// What is believed before any clue.
        prior: PriorWeights,
        /// When a ranking is an answer.
        answer: AnswerWeights,
        /// Stated amounts.
        size: SizeWeights,
        /// Who made it, who writes.
        organisation: OrganisationWeights,
        /// When it could be used.
        date: DateWeights,
        /// Models, data sets, software.
        entity_type: TypeWeights,
        /// How it is reached: what a text says, by what a system's entry says.
        access: BTreeMap<String, BTreeMap<String, f64>>,
        /// How it stands among others.
        standing: StandingWeights,
        /// What goes in and comes out.
        modality: TraitWeights,
        /// What it is for.
        domain: TraitWeights,
        /// How it is built.
        architecture: TraitWeights,
        /// Kinds of systems that rule each other out.
        gate: GateWeights,
        /// Words that the text shares with an entry.
        words: WordWeights,
        /// Papers on the system that the text cites.
        citation: CitationWeights,
        /// Other systems that the text names.
        company: CompanyWeights,
        /// What people of the field know of who used what and when.
        rule_of_thumb: RuleOfThumbWeights,
        /// Whether a description is never named in its paper.
        nameless: NamelessWeights,
        /// The numbers that may be fitted, by their path, such as `prior.unknown`.
        tune: BTreeMap<String, Tunable>,
    }

    /// What speaks for and against that a description without a name beside it is particular and never named
    /// in its paper, beside what its words say. In log-odds.
    struct NamelessWeights {
        /// The paper is a whole one, with parts and headings, where most words stand in other company.
        whole_paper: f64,
        /// In a whole paper no words make it likelier than this, 0.5 to 1, that it is a description at all.
        surest: f64,
        /// A whole paper names systems of the same type; in full from `many_names` different ones on.
        names_others: f64,
        /// How many names are many.
        many_names: f64,
        /// A whole paper names no system of the type where it says what was done: it hides all of them.
        names_none: f64,
        /// It is a set, and the paper names half as many systems of the type as it counts, or more.
        set_among_names: f64,
        /// It tells a size, and the paper names a system of that size.
        size_among_names: f64,
        /// It is the best of those that the paper names.
        best_among_names: f64,
        /// It is a counted set, or the best, of which its sentence says that others ran it: the paper has no need to
        /// name it, and nothing that it names elsewhere speaks against it.
        reported: f64,
        /// It first stands in the abstract or the introduction of a whole paper, which tell names later.
        opening: f64,
        /// It first stands where a paper admits things: limitations, disclosures.
        admitting: f64,
        /// Its clause says who made it or that it is kept inside a house.
        house: f64,
        /// It is one that is told by how it is reached: not open, and behind an interface or a licence.
        sold: f64,
        /// Its clause tells a release.
        release: f64,
    }

    /// The range of a number that may be fitted.
    struct Tunable {
        /// The least that it may be.
        from: f64,
        /// The most that it may be.
        to: f64,
        /// The smallest change that is tried; above 0.
        step: f64,
    }

    /// What is believed before any clue.
    struct PriorWeights {
        /// How much more often a system is meant that is used more often: its share of papers to this power.
        uses_exponent: f64,
        /// The share of papers that may name a system which none of the sample names.
        unseen_share: f64,
        /// So many papers stand in for a season of which few were counted.
        stand_in_papers: f64,
        /// The part of its popularity that counts where its makers write of a system that only they can use.
        own_house: f64,
        /// The system was made from another, and the text tells of no tuning.
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
        /// The least that age leaves of a system's share.
        oldest_share: f64,
    }

    /// When a ranking is an answer.
    struct AnswerWeights {
        /// The probability that one system, one family or the systems of one maker must reach together.
        floor: f64,
        /// The part of the evidence that counts: clues overlap, and all together prove less than
        /// their sum.
        temper: f64,
        /// The same for a text that presents its system: it says more, and repeats itself more.
        temper_announced: f64,
        /// The chance, 0 to 1, that a text presents no system of the catalogue however well one fits it.
        doubt_announced: f64,
        /// How many candidates are told at most.
        most_candidates: usize,
        /// The least probability that a candidate is told with.
        least_probability: f64,
        /// The least that all candidates must reach together for any to be told.
        least_known: f64,
        /// Members of one family closer than this, in log-odds, are told as the family.
        family_tie: f64,
    }

    /// Stated amounts.
    struct SizeWeights {
        /// The share by which an exact amount may be off at least.
        exact_tolerance: f64,
        /// The share by which an amount written with one digit may be off at most.
        rounding_tolerance: f64,
        /// The share by which "about" may be off.
        about_tolerance: f64,
        /// The factor by which an order of magnitude may be off.
        order_factor: f64,
        /// The factor above "at least" (below "at most") within which an amount is likely.
        bound_factor: f64,
        /// What is left of a weight where an amount lies just outside its tolerance.
        near_miss: f64,
        /// What is left of a weight where the amount of the entry is doubtful.
        doubtful: f64,
        /// What is left where the amount stands in the sentence but not with the mention.
        sentence: f64,
        /// What is left where the amount stands in a neighbouring sentence.
        neighbour: f64,
        /// Taken off for each doubling of the number of sizes that an entry has.
        many_sizes: f64,
        /// The most that one amount can add.
        most: f64,
        /// What each measure is worth.
        measure: BTreeMap<Measure, MeasureWeights>,
    }

    /// What a measure is worth.
    struct MeasureWeights {
        /// The part of its surprise that a match adds.
        strength: f64,
        /// What a clear mismatch adds.
        mismatch: f64,
    }

    /// Who made it, who writes.
    struct OrganisationWeights {
        /// Values of traits that say a system belongs to the authors' organisation.
        in_house_values: Vec<String>,
        /// The text says in-house, and an author is at the maker.
        in_house: f64,
        /// The text says in-house, and no author is.
        in_house_elsewhere: f64,
        /// The authors' own system, and no author is at the maker.
        own_elsewhere: f64,
        /// A system that nobody outside can use, by an author's organisation.
        unreleased: f64,
        /// A system that nobody outside can use, and no author is at the maker.
        unreleased_elsewhere: f64,
        /// The same two for firms and laboratories, which keep systems to themselves; what others do not
        /// release, they hardly use later.
        unreleased_of_firm: f64,
        /// A system that nobody outside its firm or laboratory can use, and no author is there.
        unreleased_of_firm_elsewhere: f64,
        /// A system that anybody can use, by an author's organisation.
        released: f64,
        /// The maker stands in the sentence.
        named: f64,
        /// Another organisation than the maker does.
        another_named: f64,
        /// The part of its surprise that a maker among the authors of an announcing text adds.
        announcing: f64,
        /// What is left of both where it stands in a neighbouring sentence.
        neighbour: f64,
        /// The maker's place or another phrase for it stands in the text.
        described: f64,
        /// The part of its surprise that a maker among the authors of any other text adds.
        using: f64,
        /// Words behind the name of an organisation that make it a name of its hardware.
        hardware: Vec<String>,
        /// Words before an organisation by which authors tell where the work was done.
        affiliation_cues: Vec<String>,
        /// What is left where the two organisations only belong together.
        related: f64,
    }

    /// When it could be used.
    struct DateWeights {
        /// Months after its announcement in which half of those outside who will use a system do.
        uptake_months: f64,
        /// The part of them that has it on the first day, 0 to 1.
        uptake_least: f64,
        /// The chance that a paper which does not name its authors is by the makers of what it uses.
        makers_write: f64,
        /// An author's organisation made it, and is known to have used it by then beside presenting it.
        used_inside: f64,
        /// On the day that it was announced, by an author's organisation which is not known to have used it before.
        own_eve: f64,
        /// Half a year before it was announced, by an author's organisation; twice as early, somewhat more
        /// than twice as much.
        own_before: f64,
        /// Long before it was announced, and not by an author's organisation.
        before: f64,
        /// Months before its announcement from which that holds in full; it falls evenly to it.
        before_months: f64,
        /// No longer to be had.
        retired: f64,
        /// The entry gives no date.
        undated: f64,
        /// The part of its surprise that the date of an announcing text adds where it fits.
        announcing: f64,
        /// The text announces it, and its announcement lies elsewhere.
        announcing_another: f64,
        /// Months between the two within which a text can be its announcement, the nearest first.
        announcing_months: Vec<f64>,
        /// Announced with this paper by its own authors, and the mention is not of their own system.
        presented_here: f64,
        /// Days between paper and announcement within which the paper is the announcement.
        presented_here_days: u32,
        /// The sentence tells of a date, outside of brackets, and it was announced after that; after more
        /// than a year, twice that.
        told_before: f64,
        /// The part of its surprise that a date adds by which the text tells when the system came out.
        told: f64,
        /// The text tells when it came out, and it came out at another time.
        told_another: f64,
        /// Months by which such a date may be off.
        told_months: f64,
        /// The part of its surprise that a date adds that stands elsewhere in the text.
        told_elsewhere: f64,
        /// Words before a date that say a system came out then, folded as words are compared.
        release_words: Vec<String>,
        /// Words before a month and its year that say a system was used then, folded as words are compared.
        use_words: Vec<String>,
        /// Words for parts of a year, with the first and the last month of each.
        parts_of_year: BTreeMap<String, [u8; 2]>,
        /// Values of traits that say a system is the newest of its kind.
        latest_values: Vec<String>,
        /// Months after which the odds of being called so have halved.
        latest_half_life: f64,
        /// The most that age takes from a system that a text calls so.
        latest_most: f64,
        /// Names of the months, from January.
        months: Vec<String>,
    }

    /// Models, data sets, software.
    struct TypeWeights {
        /// The entry is of another type than the mention.
        another: f64,
    }

    /// How it stands among others.
    struct StandingWeights {
        /// Values that say a system is much used.
        popular: Vec<String>,
        /// Added for each factor e in uses where a text says so.
        popularity: f64,
        /// Values that say a system is among the most able of its day.
        able: Vec<String>,
        /// What that adds, by how people get at a system; not where the text tells that itself.
        able_access: BTreeMap<String, f64>,
        /// Months after which the odds of being called so have halved.
        able_half_life: f64,
        /// The most that age takes from a system that a text calls so.
        able_most: f64,
        /// Values that say a system is large.
        large: Vec<String>,
        /// Values that say a system is small.
        small: Vec<String>,
        /// Parameters from which a model is large.
        large_from: f64,
        /// Parameters up to which a model is small.
        small_up_to: f64,
        /// Added where the size word and the size disagree.
        disagree: f64,
    }

    /// A kind of trait.
    struct TraitWeights {
        /// The entry has what the text says.
        agree: f64,
        /// The entry says something else.
        disagree: f64,
        /// Which values of entries a value of a text stands for; an empty list tells nothing.
        means: BTreeMap<String, Vec<String>>,
    }

    /// Kinds of systems, by what goes in and comes out.
    struct GateWeights {
        /// The entry is of a kind that the text tells.
        fits: f64,
        /// It is of another kind.
        shut: f64,
        /// The kinds, by name.
        kind: BTreeMap<String, KindOfSystem>,
    }

    /// A kind of systems.
    struct KindOfSystem {
        /// What texts call such a system, in lower case.
        phrases: Vec<String>,
        /// What an entry of the kind is for, one of these; none where only `excludes` tells.
        fits: Vec<String>,
        /// An entry that is for nothing else than these may be one, or not.
        may: Vec<String>,
        /// An entry that is for nothing else than these is of another kind.
        excludes: Vec<String>,
    }

    /// Words that the text shares with an entry.
    struct WordWeights {
        /// The part of the log-odds of all words that they add.
        strength: f64,
        /// The chance that an abstract on a system holds a word of its entry that it would not hold
        /// by chance, 0 to 1.
        said: f64,
        /// The part of its log-odds that a word adds which the text does not hold.
        unsaid: f64,
        /// What is left of the whole where the text uses the system and does not present it.
        using: f64,
        /// How much more a word of the mention itself counts.
        mention: f64,
        /// The most that words can take away.
        least: f64,
        /// Rarity, in log-odds, up to which a word tells nothing.
        common: f64,
        /// What is left for a word of a neighbouring sentence.
        neighbour: f64,
        /// The share of systems above which a word leads to no candidate.
        most_shared: f64,
        /// The most that words can add.
        most: f64,
        /// The mention holds the word with which names of several systems begin, as "a GPT model" does.
        series: f64,
        /// Words that begin names of systems and mean no series, as "llm" does.
        no_series: Vec<String>,
        /// Words below which a text that does not say "our model" presents no system.
        shortest_presentation: f64,
        /// Words that tell of what was done to a system after its first training, folded likewise.
        tuning: Vec<String>,
        /// Words that tell nothing, folded as words are compared.
        plain: Vec<String>,
    }

    /// Papers on the system that the text cites.
    struct CitationWeights {
        /// Its paper is cited in the mention or right behind it.
        beside: f64,
        /// Its paper is cited elsewhere in the sentence.
        sentence: f64,
    }

    /// Rules of thumb, each with a weight of its own.
    struct RuleOfThumbWeights {
        /// The part of its weight that each adds.
        strength: f64,
        /// The most that all together can add for a system.
        most: f64,
    }

    /// Other systems that the text names.
    struct CompanyWeights {
        /// The text names this very system beside the mention.
        named_itself: f64,
        /// It names what the system was made from, or what was made from it.
        base: f64,
        /// It names another member of the system's family.
        sibling: f64,
        /// It names the data that the system was trained on.
        dataset: f64,
        /// What is left where the name stands in a neighbouring sentence.
        neighbour: f64,
    }
}

const FILE: &str = "evidence.toml";

impl EvidenceWeights {
    /// Reads the weights; a later layer may give single numbers anew.
    ///
    /// # Errors
    ///
    /// An unknown or missing key, or a value of the wrong kind, with its place.
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

    /// The number at a path of keys that are joined by dots, such as `size.measure.tokens.strength`;
    /// none where no decimal number stands there.
    pub fn number(&self, path: &str) -> Option<f64> {
        number_at(&toml::Value::try_from(self).ok()?, path)
    }

    /// The same weights with other numbers, each given with its path; none where [`Self::number`] knows
    /// no such path.
    pub fn with_numbers<'n>(&self, numbers: impl IntoIterator<Item = (&'n str, f64)>) -> Option<Self> {
        let mut all = toml::Value::try_from(self).ok()?;
        for (path, number) in numbers {
            let place = path.split('.').try_fold(&mut all, |value, key| value.get_mut(key))?;
            place.as_float()?;
            *place = toml::Value::Float(number);
        }
        all.try_into().ok()
    }

    /// What is wrong with the table of numbers that may be fitted; none where nothing is.
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

/// The decimal number at a path of keys.
fn number_at(all: &toml::Value, path: &str) -> Option<f64> {
    path.split('.').try_fold(all, |value, key| value.get(key))?.as_float()
}

/// Lays one table over another, key by key.
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

/// Where the key stands that a message speaks of in backticks.
fn place_of(text: &str, message: &str) -> usize {
    message.split('`').nth(1).and_then(|key| text.find(key)).unwrap_or(0)
}

#[cfg(test)]
#[path = "evidence_tests.rs"]
mod tests;
