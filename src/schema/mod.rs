//! JSON Schemas of the files of a catalogue, by which editors complete and check them.

mod config;
mod form;
mod kinds;
mod rule_of_thumb;

use serde_json::{Value, json};

use crate::catalogue::named_enum;

named_enum! {
    /// A kind of catalogue file.
    pub enum FileKind {
        /// `rules/KIND/NAME.toml`
        Rule => "rule",
        /// `rules-of-thumb/NAME.toml`
        RuleOfThumb => "rule-of-thumb",
        /// `lexicon/NAME.toml`
        Lexicon => "lexicon",
        /// `quantities/NAME.toml`
        Quantities => "quantities",
        /// `profiles/NAME.toml`
        Profile => "profile",
        /// `systems/NAME.toml`
        Systems => "systems",
        /// `organisations.toml`
        Organisations => "organisations",
        /// `evidence.toml`
        Evidence => "evidence",
        /// `weights.toml`
        Weights => "weights",
        /// `contexts.toml`
        Contexts => "contexts",
        /// `word-shares.toml`
        WordShares => "word-shares",
        /// `uses.toml`
        Uses => "uses",
        /// `sections.toml`
        Sections => "sections",
        /// `no-papers.toml`
        NoPapers => "no-papers",
        /// `coreference.toml`
        Coreference => "coreference",
        /// `measurements.toml`
        Measurements => "measurements",
        /// `tests/NAME.toml`
        Tests => "tests",
        /// `imports/NAME.toml`
        Import => "import",
        /// `byname-package.toml`
        Package => "package",
        /// `byname.toml`
        Config => "config",
    }
}

impl FileKind {
    /// What such files hold.
    fn about(self) -> &'static str {
        match self {
            Self::Rule => "One rule of byname, with its reasons and examples",
            Self::RuleOfThumb => "Who used which system and when, as people of the field know it",
            Self::Lexicon => "Classes: named lists of words",
            Self::Quantities => "How numbers, units and \"about\" are written",
            Self::Profile => "What a collection of papers may ask of each of them",
            Self::Systems => "Named models, data sets and software of one maker",
            Self::Organisations => "Makers of systems, and employers of authors",
            Self::Evidence => "How much each clue counts, in natural log-odds",
            Self::Weights => "Weights of rules, under the rules' ids",
            Self::Contexts => "What the words in and around a phrase say of its kind",
            Self::WordShares => "How common words are in papers",
            Self::Uses => "How many papers of a sample name each system, half-year by half-year",
            Self::NoPapers => "What lies in folders beside papers and is none",
            Self::Sections => "Headings that tell what part of a paper follows",
            Self::Coreference => "Words by which a description is tied to its name elsewhere in a paper",
            Self::Measurements => "How often rules were right on marked papers",
            Self::Tests => "Short texts with what must be found in them",
            Self::Import => "How a table of another project is read",
            Self::Package => "What a package is called, what it needs and what it switches off",
            Self::Config => "How byname runs on the papers in a folder and below it",
        }
    }

    /// Where such files stand in a catalogue folder, as a glob pattern.
    pub fn place(self) -> &'static str {
        match self {
            Self::Rule => "rules/**/*.toml",
            Self::RuleOfThumb => "rules-of-thumb/**/*.toml",
            Self::Lexicon => "lexicon/**/*.toml",
            Self::Quantities => "quantities/**/*.toml",
            Self::Profile => "profiles/**/*.toml",
            Self::Systems => "systems/**/*.toml",
            Self::Import => "imports/**/*.toml",
            Self::Tests => "tests/**/*.toml",
            Self::Sections => "sections.toml",
            Self::NoPapers => "no-papers.toml",
            Self::Coreference => "coreference.toml",
            Self::Measurements => "measurements.toml",
            Self::Organisations => "organisations.toml",
            Self::Evidence => "evidence.toml",
            Self::Weights => "weights.toml",
            Self::Contexts => "contexts.toml",
            Self::WordShares => "word-shares.toml",
            Self::Uses => "uses.toml",
            Self::Package => "byname-package.toml",
            Self::Config => "byname.toml",
        }
    }

    /// The schema of such files, in draft 7, which editors of TOML read.
    pub fn schema(self) -> Value {
        let mut schema = kinds::form(self).schema();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("$schema".to_string(), json!("http://json-schema.org/draft-07/schema#"));
            schema.insert("title".to_string(), format!("byname: {}", self.place()).into());
            schema.insert("description".to_string(), self.about().into());
        }
        schema
    }

    /// The schema as it is kept in a file.
    pub fn schema_text(self) -> String {
        format!("{:#}\n", self.schema())
    }

    /// What the file with the schema is called.
    pub fn file_name(self) -> String {
        format!("{self}.schema.json")
    }
}

#[cfg(test)]
mod schema_tests;
