//! The facts of an entry by the keys of the system files: what pages of systems show and imports compare with.

use super::{Access, Catalogue, Measure, SizeUnit, System, SystemKey};
use crate::document::PartialDate;

/// What the catalogue holds of a system under one key.
#[derive(Debug, Clone, PartialEq)]
pub enum SystemFact {
    /// A text; empty if the value is unknown.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// A number of papers.
    Count(u32),
    /// A list of amounts.
    Amounts {
        /// The amounts.
        amounts: Vec<f64>,
        /// What they measure.
        measure: Measure,
        /// The unit in which the files write them.
        notation: SizeUnit,
    },
    /// Another entry of the catalogue: its id and name.
    Entry(Option<(String, String)>),
    /// Other entries of the catalogue: their ids and names.
    Entries(Vec<(String, String)>),
}

impl System {
    /// Returns its id and its name.
    pub fn entry(&self) -> (String, String) {
        (self.id.clone(), self.name.clone())
    }

    /// Returns the value that its entry has under a key.
    pub fn value(&self, key: &SystemKey, catalogue: &Catalogue) -> SystemFact {
        use SystemFact::{Amounts, Count, Entries, Entry, Text, Texts};

        let date = |date: Option<PartialDate>| Text(date.map(|date| date.to_string()).unwrap_or_default());
        let access =
            |access: Option<Access>| Text(access.map(|access| access.to_string()).unwrap_or_default());
        let texts = |values: &[String]| Texts(values.to_vec());
        if let Some((measure, notation)) = key.amounts() {
            return Amounts { amounts: self.amounts(measure).to_vec(), measure, notation };
        }
        match key.name {
            "id" => Text(self.id.clone()),
            "name" => Text(self.name.clone()),
            "type" => Text(self.entity_type.to_string()),
            "aliases" => texts(&self.aliases),
            "common-words" => texts(&self.common_words),
            "organisations" => {
                let makers = self.organisations.iter().filter_map(|id| catalogue.organisations.get(*id));
                Entries(makers.map(|maker| (maker.id.clone(), maker.name.clone())).collect())
            }
            "family" => Entry(self.family.and_then(|id| catalogue.system(id)).map(Self::entry)),
            "base" => {
                let bases = self.base.iter().filter_map(|id| catalogue.system(*id));
                Entries(bases.map(Self::entry).collect())
            }
            "announced" => date(self.announced),
            "internal-since" => date(self.internal_since),
            "released" => date(self.released),
            "retired" => date(self.retired),
            "access" => access(self.access),
            "access-before" => access(self.access_before),
            "hardware" => texts(&self.hardware),
            "modalities" => texts(&self.modalities),
            "domains" => texts(&self.domains),
            "architecture" => texts(&self.architecture),
            "datasets" => texts(&self.datasets),
            "described-as" => texts(&self.described_as),
            "keywords" => texts(&self.keywords),
            "title" => texts(&self.titles),
            "uses" => Count(self.uses),
            "arxiv" => texts(&self.arxiv),
            "sources" => texts(&self.sources),
            "doubtful" => texts(&self.doubtful),
            // A test of the page of a system holds that no key comes to this.
            _ => Text(String::new()),
        }
    }
}
