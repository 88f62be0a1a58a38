//! The named systems and the facts about each.

use super::{EntityType, Measure, OrganisationId, SystemId};
use crate::document::PartialDate;
use crate::named_enum;

named_enum! {
    /// The access that people outside its organisation have to a system.
    pub enum Access {
        /// The weights, or the data, can be obtained and used freely.
        Open => "open",
        /// The weights, or the data, can be obtained under conditions.
        OpenRestricted => "open-restricted",
        /// It is available over an API.
        Api => "api",
        /// It is available in a product only.
        Hosted => "hosted",
        /// Nobody outside can use it.
        Unreleased => "unreleased",
    }
}

/// A system: a model, a data set, or software.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct System {
    /// Its id in files.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub entity_type: EntityType,
    /// The head of its family; `None` for the head itself and for a system without a family.
    pub family: Option<SystemId>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Those of its names that are also ordinary words.
    pub common_words: Vec<String>,
    /// Its makers.
    pub organisations: Vec<OrganisationId>,
    /// The date of its public announcement.
    pub announced: Option<PartialDate>,
    /// The date since when its makers have used it themselves.
    pub internal_since: Option<PartialDate>,
    /// The date since when `access` applies, if later than the announcement.
    pub released: Option<PartialDate>,
    /// The access before `released`; `None` for no access.
    pub access_before: Option<Access>,
    /// The date since when nobody can use it.
    pub retired: Option<PartialDate>,
    /// The access of people outside its organisation.
    pub access: Option<Access>,
    /// Names of the accelerators.
    pub hardware: Vec<String>,
    /// Types of its input and output: `text`, `image`, `audio`.
    pub modalities: Vec<String>,
    /// Domains and tasks that it is for.
    pub domains: Vec<String>,
    /// Features of its architecture.
    pub architecture: Vec<String>,
    /// The systems that it was made from.
    pub base: Vec<SystemId>,
    /// Names of the data that it was trained on.
    pub datasets: Vec<String>,
    /// Phrases that papers use in place of its name.
    pub described_as: Vec<String>,
    /// Words of texts about it: its purpose, its components, its benchmarks.
    pub keywords: Vec<String>,
    /// Titles of the papers that present it: others use words of the title when they leave out the name of
    /// the system.
    pub titles: Vec<String>,
    /// arXiv ids of its papers.
    pub arxiv: Vec<String>,
    /// Number of papers of a sample that name it: the sum of its counts in [`Uses`](super::Uses) or, without counts, the
    /// number in its entry.
    pub uses: u32,
    /// The sources of the facts.
    pub sources: Vec<String>,
    /// The keys whose facts are uncertain.
    pub doubtful: Vec<String>,
    /// The layer that it comes from, as an index into the catalogue's `origins`.
    pub layer: usize,
    /// Its amounts by measure: parameters, tokens, bytes and so on.
    pub(super) amounts: [Vec<f64>; Measure::ALL.len()],
}

impl System {
    /// Iterates over its name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Returns the amounts that its entry gives for a measure, in the order of the entry. Words are compared
    /// with tokens, since entries count only those.
    pub fn amounts(&self, measure: Measure) -> &[f64] {
        let measure = if measure == Measure::Words { Measure::Tokens } else { measure };
        &self.amounts[measure as usize]
    }

    /// Returns whether a name of the system is also an ordinary word.
    pub fn is_common_word(&self, name: &str) -> bool {
        self.common_words.iter().any(|word| word == name)
    }

    /// Returns whether the fact under a key is uncertain.
    pub fn is_doubtful(&self, key: &str) -> bool {
        self.doubtful.iter().any(|doubtful| doubtful == key)
    }
}
