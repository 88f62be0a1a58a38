//! The weights of each clue, as tables of `evidence.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Measure;

/// Defines tables of weights: structs whose keys are written with hyphens, without unknown keys.
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

pub(super) use weights;

weights! {
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
        /// The same for a date that is stated to the day, in days.
        told_days: f64,
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
        /// The entry is of a kind that words of the sentences hint at.
        hinted: f64,
        /// The kinds, by name.
        kind: BTreeMap<String, KindOfSystem>,
    }

    /// A kind of systems.
    struct KindOfSystem {
        /// Phrases for such a system in texts, in lower case.
        phrases: Vec<String>,
        /// Words of texts in which such systems are used, in lower case: they state no kind, but hint at it.
        signs: Vec<String>,
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
