//! What can be set.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{FailOn, Glob, Share, Size};
use crate::catalogue::Level;
use crate::document::PartialDate;
use crate::report::Shown;

/// Every key of `byname.toml`. A key that is not here is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
    /// Another file whose values hold where this one says nothing; seen from the folder of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend: Option<PathBuf>,
    /// Catalogue folders to lay over the built-in one, in this order.
    pub catalog: Vec<PathBuf>,
    /// Which mentions are reported.
    pub mentions: Shown,
    /// What the papers are held against: a profile of the catalogue.
    pub profile: String,
    /// How much a rule of the profile weighs, by its id, where that differs from the profile.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, Level>,
    /// The least probability, that a reference is particular and never named in its paper, of what is no hint.
    pub min_confidence: Share,
    /// The lightest level that is shown.
    pub level: Level,
    /// The lightest finding that makes the exit status 1.
    pub fail_on: FailOn,
    /// The probability, from 0 to 1, that the first candidate must reach to be an answer; without it that
    /// of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<Share>,
    /// The date of papers that give none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Organisations of the authors of papers that give none.
    pub organisation: Vec<String>,
    /// The field of records that holds the text; without it `text`, `abstract`, `body_text` or `pdf_parse`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_field: Option<String>,
    /// The field of records that holds the id.
    pub id_field: String,
    /// What to leave out of folders, as in a `.gitignore`, seen from the folder of the file that says so.
    pub exclude: Vec<Glob>,
    /// Files to read in folders although their endings, names or contents are not those of papers; as text
    /// where their content tells no other format.
    pub include: Vec<Glob>,
    /// How many threads to use; without it one for each processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jobs: Option<NonZeroUsize>,
    /// A folder in which results are kept, so that papers which did not change are not read again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<PathBuf>,
    /// The largest paper to read, in bytes or with a unit.
    pub max_document_size: Size,
    /// How deep files, macros and elements may lie in each other in one paper.
    pub max_depth: NonZeroUsize,
    /// How many times its size a packed file may unpack to.
    pub max_unpacking: NonZeroUsize,
    /// How many pages of a PDF are read.
    pub max_pages: NonZeroUsize,
    /// Values for some paths only; of several that fit, the last wins.
    #[serde(rename = "override", skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// Values for some paths only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// The paths, as in a `.gitignore`, seen from the folder of the file.
    pub paths: Vec<Glob>,
    /// The date of papers that give none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Organisations of the authors of papers that give none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Vec<String>>,
}

const fn count(number: usize) -> NonZeroUsize {
    match NonZeroUsize::new(number) {
        Some(number) => number,
        None => NonZeroUsize::MIN,
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            extend: None,
            catalog: Vec::new(),
            mentions: Shown::Described,
            profile: "disclosure".to_string(),
            levels: BTreeMap::new(),
            min_confidence: Share(0.8),
            level: Level::Note,
            fail_on: FailOn::Warning,
            floor: None,
            date: None,
            organisation: Vec::new(),
            text_field: None,
            id_field: "id".to_string(),
            exclude: Vec::new(),
            include: Vec::new(),
            jobs: None,
            cache: None,
            max_document_size: Size(64 << 20),
            max_depth: count(200),
            max_unpacking: count(200),
            max_pages: count(2000),
            overrides: Vec::new(),
        }
    }
}
