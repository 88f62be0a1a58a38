//! JSON Schemas of catalogue files, with which editors complete and check them, and of results.

mod config;
mod form;
mod import;
mod kinds;
mod quantities;
mod results;
mod rule;
mod rule_of_thumb;

use byname::named_enum;
use serde_json::{Value, json};

named_enum! {
    /// A kind of file that has a schema.
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
        /// One line of what `scan --format jsonl` writes
        Results => "results",
    }
}

impl FileKind {
    /// Returns a one-line description of the contents of such files.
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
            Self::Results => "What was found in one paper",
        }
    }

    /// Returns a glob pattern for such files, relative to the folder of the catalogue.
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
            Self::Results => "*.jsonl",
        }
    }

    /// Returns the schema of such files, in JSON Schema draft 7, which TOML editors support.
    pub fn schema(self) -> Value {
        let mut schema = kinds::form(self).schema();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("$schema".to_string(), json!("http://json-schema.org/draft-07/schema#"));
            schema.insert("title".to_string(), format!("byname: {}", self.place()).into());
            schema.insert("description".to_string(), self.about().into());
        }
        schema
    }

    /// Returns the schema as the text of a file.
    pub fn schema_text(self) -> String {
        format!("{:#}\n", self.schema())
    }

    /// Returns the name of the file that holds the schema.
    pub fn file_name(self) -> String {
        format!("{self}.schema.json")
    }
}

#[cfg(test)]
mod schema_tests;
