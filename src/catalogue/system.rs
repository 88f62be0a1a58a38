//! The named systems, and what is known of each.

use std::sync::Arc;

use super::names::NameMap;
use super::{
    EntityType, Fault, Layer, OrganisationId, Organisations, SystemId, Uses, named_enum, system_file,
};
use crate::document::PartialDate;

named_enum! {
    /// How people outside can get at a system.
    pub enum Access {
        /// Its weights, or the data, can be had and used freely.
        Open => "open",
        /// They can be had under conditions.
        OpenRestricted => "open-restricted",
        /// It is reached over an interface for programs.
        Api => "api",
        /// It is reached in a product only.
        Hosted => "hosted",
        /// Nobody outside can use it.
        Unreleased => "unreleased",
    }
}

/// One system: a model, a data set, or software.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// Its id in files.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub entity_type: EntityType,
    /// The head of its family; none where it is the head itself or stands alone.
    pub family: Option<SystemId>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Those of its names that are ordinary words too.
    pub common_words: Vec<String>,
    /// Its makers.
    pub organisations: Vec<OrganisationId>,
    /// When the world heard of it.
    pub announced: Option<PartialDate>,
    /// From when its makers used it themselves.
    pub internal_since: Option<PartialDate>,
    /// From when people outside could get at it as `access` says, where that was after it was announced.
    pub released: Option<PartialDate>,
    /// How they could get at it before that; not at all where nothing is said.
    pub access_before: Option<Access>,
    /// From when nobody could use it any more.
    pub retired: Option<PartialDate>,
    /// How people outside get at it.
    pub access: Option<Access>,
    /// Its sizes, in parameters.
    pub parameters: Vec<f64>,
    /// Parameters at work on one token.
    pub active_parameters: Vec<f64>,
    /// Tokens that it was trained on, or that it holds.
    pub tokens: Vec<f64>,
    /// Images, pairs, documents that it was trained on, or that it holds.
    pub examples: Vec<f64>,
    /// Bytes of its data.
    pub bytes: Vec<f64>,
    /// Training compute in floating-point operations.
    pub compute: Vec<f64>,
    /// Accelerators by name.
    pub hardware: Vec<String>,
    /// How many accelerators.
    pub chips: Vec<f64>,
    /// Days of training.
    pub days: Vec<f64>,
    /// Tokens that it can attend to.
    pub context: Vec<f64>,
    /// Entries of its vocabulary.
    pub vocabulary: Vec<f64>,
    /// Layers on top of each other.
    pub layers: Vec<f64>,
    /// Numbers that a layer hands on for each token.
    pub width: Vec<f64>,
    /// What goes in and comes out: `text`, `image`, `audio`.
    pub modalities: Vec<String>,
    /// What it is for.
    pub domains: Vec<String>,
    /// How it is built.
    pub architecture: Vec<String>,
    /// The systems that it was made from.
    pub base: Vec<SystemId>,
    /// Names of the data that it was trained on.
    pub datasets: Vec<String>,
    /// What papers say in place of its name.
    pub described_as: Vec<String>,
    /// Words that texts on it use: what it does, what it is made of, what it was measured on.
    pub keywords: Vec<String>,
    /// Titles of the papers that present it: the words of a paper's title are those in which others
    /// speak of the system when they leave the name out.
    pub titles: Vec<String>,
    /// Its papers on arXiv.
    pub arxiv: Vec<String>,
    /// How many papers of a sample name it: the sum of its counts in [`Uses`], else what its entry says.
    pub uses: u32,
    /// Where the facts are from.
    pub sources: Vec<String>,
    /// The keys whose facts are not sure.
    pub doubtful: Vec<String>,
    /// The layer that it comes from, as a place in the catalogue's `origins`.
    pub layer: usize,
}

impl System {
    /// Its name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Whether one of its names is an ordinary word too.
    pub fn is_common_word(&self, name: &str) -> bool {
        self.common_words.iter().any(|word| word == name)
    }

    /// Whether a fact of it is not sure.
    pub fn is_doubtful(&self, key: &str) -> bool {
        self.doubtful.iter().any(|doubtful| doubtful == key)
    }
}

/// All systems. Copies share them: there are thousands.
#[derive(Debug, Clone, Default)]
pub struct Systems {
    list: Arc<[Box<System>]>,
    by_id: Arc<NameMap<SystemId>>,
    uses: Arc<Uses>,
}

impl Systems {
    /// Reads the systems of every layer; a later layer adds some, or replaces one of the same id.
    /// No date of a system may lie after `today`.
    ///
    /// # Errors
    ///
    /// Every fault, in the order of the files.
    pub fn read(
        layers: &[Layer],
        organisations: &Organisations,
        today: jiff::civil::Date,
    ) -> Result<Self, Vec<Fault>> {
        let (list, uses) = system_file::read(layers, organisations, today)?;
        let by_id: NameMap<SystemId> = list
            .iter()
            .enumerate()
            .map(|(index, system)| (system.id.as_str().into(), SystemId(index as u32)))
            .collect();
        Ok(Self { list, by_id: Arc::new(by_id), uses: Arc::new(uses) })
    }

    /// The system with an id of the files.
    pub fn by_id(&self, id: &str) -> Option<SystemId> {
        self.by_id.get(id).copied()
    }

    /// A system.
    pub fn get(&self, id: SystemId) -> Option<&System> {
        self.list.get(id.0 as usize).map(AsRef::as_ref)
    }

    /// How many papers of a sample name each, half-year by half-year.
    pub fn uses(&self) -> &Uses {
        &self.uses
    }

    /// Every system with its place.
    pub fn iter(&self) -> impl Iterator<Item = (SystemId, &System)> {
        self.list.iter().enumerate().map(|(index, system)| (SystemId(index as u32), system.as_ref()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
