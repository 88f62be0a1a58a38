//! The available settings.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use byname::catalogue::Level;
use byname::document::PartialDate;
use byname::report::Shown;
use byname::scan::Criteria;
use serde::{Deserialize, Serialize};

use super::{FailOn, Glob, Share, Size};

/// All keys of `byname.toml`. An unknown key is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
    /// Another file, whose values apply where this one sets none; relative to the folder of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend: Option<PathBuf>,
    /// Catalogue folders to lay over the built-in one, in this order.
    pub catalog: Vec<PathBuf>,
    /// Mentions to report.
    pub mentions: Shown,
    /// Profile (set of checks) to apply: a profile of the catalogue.
    pub profile: String,
    /// Levels of rules of the profile, by their ids, where they differ from the profile.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, Level>,
    /// Least probability that a reference is particular and never named in its paper; a finding below it is a
    /// hint.
    pub min_confidence: Share,
    /// Lowest level that is shown.
    pub level: Level,
    /// Lowest level of a finding that makes the exit status 1.
    pub fail_on: FailOn,
    /// Probability, from 0 to 1, that the first candidate must reach to be the answer; the catalogue's if not
    /// set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<Share>,
    /// Date of papers that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Organisations of the authors of papers that state none.
    pub organisation: Vec<String>,
    /// Field of records that holds the text; if not set, `text`, `abstract`, `body_text` or `pdf_parse`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_field: Option<String>,
    /// Field of records that holds the id.
    pub id_field: String,
    /// Paths to leave out of folders, as in a `.gitignore`, relative to the folder of the file that sets
    /// them.
    pub exclude: Vec<Glob>,
    /// Files to read in folders even if their extensions, names or contents are not those of papers; read as
    /// plain text unless their content shows another format.
    pub include: Vec<Glob>,
    /// Number of threads; if not set, one for each processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jobs: Option<NonZeroUsize>,
    /// Folder in which results are kept, so that unchanged papers are not read again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<PathBuf>,
    /// Size of the largest paper to read, in bytes or with a unit.
    pub max_document_size: Size,
    /// Largest depth to which files, macros and elements may be nested in one paper.
    pub max_depth: NonZeroUsize,
    /// Largest size to which a packed file may unpack, as a multiple of its own size.
    pub max_unpacking: NonZeroUsize,
    /// Largest number of pages read of a PDF.
    pub max_pages: NonZeroUsize,
    /// Values for some paths only; if several match a path, the last wins.
    #[serde(rename = "override", skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// Values for some paths only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// The paths, as in a `.gitignore`, relative to the folder of the file.
    pub paths: Vec<Glob>,
    /// Date of papers that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Organisations of the authors of papers that state none.
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
            profile: Criteria::PROFILE.to_string(),
            levels: BTreeMap::new(),
            min_confidence: Share(Criteria::LEAST_CONFIDENCE),
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
