//! The entry point of the library: a catalogue prepared for use, and the methods that run papers through it.

use std::sync::OnceLock;

use crate::catalogue::{Catalogue, Contexts, EntityType, EvidenceWeights, Kind, Layer, LoadError};
use crate::coreference::Coreference;
use crate::detect::{Detected, Detector, DetectorParts, Mention, PaperFacts, VoteTrace};
use crate::document::{ByteSpan, Document, Outline, PartialDate};
use crate::resolve::{Linker, Ranking, Reference, State, take_as_mention};

/// The build of the program: its version and a hash of the source of this library. Two builds with the same
/// value give the same results for the same input, catalogue and options.
pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("BYNAME_SOURCE_HASH"));

/// The date of the catalogue that ships in the program, as YYYY-MM-DD.
pub const CATALOGUE_DATE: &str = env!("BYNAME_CATALOGUE_DATE");

/// Metadata supplied by the user for papers that state none themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanOptions {
    /// The date of every paper that gives none.
    pub date: Option<PartialDate>,
    /// Organisations of the authors of every paper that gives none.
    pub organisations: Vec<String>,
}

/// The mentions and references found in one paper.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Findings {
    /// Every mention, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Every reference, in the order of their first mentions.
    pub references: Vec<Reference>,
}

impl Findings {
    /// Returns the references to systems that the paper never names, both linked and unresolved ones.
    pub fn nameless(&self) -> impl Iterator<Item = &Reference> {
        self.references
            .iter()
            .filter(|reference| matches!(reference.state, State::Linked | State::Unresolved))
    }

    /// Iterates over the mentions of a reference, in the order of the text.
    pub fn mentions_of(&self, reference: &Reference) -> impl Iterator<Item = &Mention> + Clone {
        reference.mentions.iter().filter_map(|index| self.mentions.get(*index))
    }

    /// Returns the mention at which a reference is shown: the first that is no name, else the first. A name can
    /// stand before the words that hide it, and what is to be said of the reference is about those.
    pub fn shown_mention(&self, reference: &Reference) -> Option<&Mention> {
        let mut mentions = self.mentions_of(reference);
        let first = mentions.clone().next();
        mentions.find(|mention| mention.kind != Kind::Named).or(first)
    }

    /// Returns the first mention with this span.
    pub fn mention_at(&self, span: ByteSpan) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.span == span)
    }

    /// Returns the reference of the mention with this index.
    pub fn reference_of(&self, mention: usize) -> Option<&Reference> {
        self.references.iter().find(|reference| reference.mentions.contains(&mention))
    }

    /// Returns the index of the reference of each mention.
    pub fn references_of_mentions(&self) -> Vec<Option<usize>> {
        let mut reference_of = vec![None; self.mentions.len()];
        for (id, reference) in self.references.iter().enumerate() {
            for mention in &reference.mentions {
                if let Some(slot) = reference_of.get_mut(*mention) {
                    *slot = Some(id);
                }
            }
        }
        reference_of
    }

    /// Returns the mention that gives the name of the system behind a mention of a reference, if the paper
    /// names it.
    pub fn name_of(&self, reference: &Reference, mention: &Mention) -> Option<&Mention> {
        let partners = mention.named_by.iter().chain(&reference.mentions);
        let mut partners = partners.filter_map(|index| self.mentions.get(*index));
        partners.find(|partner| partner.kind == Kind::Named)
    }
}

/// A catalogue prepared for reading papers. Cheap to share between threads.
#[derive(Debug)]
pub struct Engine {
    catalogue: Catalogue,
    /// Built when a text is first searched: commands that only list the catalogue search none.
    detector: OnceLock<Detector>,
    coreference: OnceLock<Coreference>,
    linker: Linker,
}

impl Engine {
    /// Creates an engine with the catalogue that ships in the program. This takes about as long as reading a
    /// long paper: create one engine and share it.
    ///
    /// # Errors
    ///
    /// None in a released program: its tests load this same catalogue.
    pub fn built_in() -> Result<Self, LoadError> {
        Ok(Self::new(Catalogue::built_in()?))
    }

    /// Creates an engine from a catalogue.
    pub fn new(catalogue: Catalogue) -> Self {
        let Catalogue { systems, organisations, evidence, word_shares, rules_of_thumb, .. } = &catalogue;
        let linker = Linker::new(systems, organisations, evidence, word_shares)
            .with_rules_of_thumb(rules_of_thumb.clone());
        Self { detector: OnceLock::new(), coreference: OnceLock::new(), linker, catalogue }
    }

    /// Reloads word lists, quantities and rules from `layers`, whose other files must be unchanged. Systems
    /// and everything that links to them are kept. On an error, the engine stays as it was.
    ///
    /// # Errors
    ///
    /// Every fault of every file.
    pub fn reread_words(&mut self, layers: &[Layer]) -> Result<(), LoadError> {
        self.catalogue.reread_words(layers)?;
        self.detector = OnceLock::new();
        Ok(())
    }

    /// Returns the engine's catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Returns the detector, which finds mentions.
    pub fn detector(&self) -> &Detector {
        if self.detector.get().is_none() {
            // Before, not within, so that it is not made by one thread while others wait.
            self.catalogue.prepare_detection();
        }
        self.detector.get_or_init(|| detector_of(&self.catalogue))
    }

    /// Changes the detector, which is built first if need be.
    fn change_detector(&mut self, change: impl FnOnce(&mut Detector, &Catalogue)) {
        let mut detector = self.detector.take().unwrap_or_else(|| detector_of(&self.catalogue));
        change(&mut detector, &self.catalogue);
        self.detector = OnceLock::from(detector);
    }

    fn coreference(&self) -> &Coreference {
        let Catalogue { coreference, systems, .. } = &self.catalogue;
        self.coreference.get_or_init(|| Coreference::new(coreference, systems))
    }

    /// Returns the linker, which links references to systems.
    pub fn linker(&self) -> &Linker {
        &self.linker
    }

    /// Replaces the catalogue's evidence weights. Mentions detected earlier remain valid.
    pub fn reweigh_evidence(&mut self, weights: EvidenceWeights) {
        self.linker.reweigh(&weights);
        self.catalogue.evidence = weights;
    }

    /// Replaces the catalogue's context weights.
    pub fn reweigh_contexts(&mut self, contexts: Contexts) {
        self.change_detector(|detector, catalogue| detector.reweigh_contexts(&contexts, &catalogue.rules));
        self.catalogue.contexts = contexts.into();
    }

    /// Replaces rule weights of the detector, indexed by the rule's position in the catalogue. A weight of 0
    /// disables a rule; a rule without a weight keeps that of the catalogue.
    pub fn reweigh(&mut self, weights: &[f64]) {
        self.change_detector(|detector, catalogue| {
            detector.reweigh(&|rule| {
                let place = rule.0 as usize;
                let written = || catalogue.rules.get(place).map_or(0.0, |rule| rule.weight);
                weights.get(place).copied().unwrap_or_else(written)
            });
        });
    }

    /// Removes from a document's organisations the entries that are none: template text, or the domain of a
    /// mail service. Where the sample authors of a template are left, all of them go, with the date that is stated.
    pub fn drop_placeholders(&self, document: &mut Document) {
        let organisations = &self.catalogue.organisations;
        if document.organisations.iter().any(|name| organisations.is_of_sample(name)) {
            document.organisations.clear();
            document.forget_stated_date();
        }
        document.organisations.retain(|name| !self.catalogue.organisations.is_placeholder(name));
    }

    /// Splits a paper into its parts, by its format and by the headings that the catalogue knows.
    pub fn outline(&self, document: &Document) -> Outline {
        Outline::new(document, &self.catalogue.headings)
    }

    /// Finds the mentions of one paper and determines which of them name which others. The bibliography is
    /// not searched.
    pub fn detect(&self, document: &Document) -> Detected {
        self.detect_under(document, &ScanOptions::default())
    }

    fn detect_under(&self, document: &Document, options: &ScanOptions) -> Detected {
        if document.prose.trim_start().is_empty() {
            return Detected::default(); // what finds mentions is not made for nothing
        }
        let outline = self.outline(document);
        let paper = facts(document, options);
        let mut detected = self.detector().detect_in_paper(&document.prose, &outline, paper);
        self.coreference().tie(document, &outline, self.linker.gates(), &mut detected);
        detected
    }

    /// Returns every vote of the rules on one paper.
    pub fn trace_votes(&self, document: &Document) -> VoteTrace {
        let options = ScanOptions::default();
        let paper = facts(document, &options);
        self.detector().trace_votes_in(&document.prose, &self.outline(document), Some(paper))
    }

    /// Finds and links the references of one paper.
    pub fn scan(&self, document: &Document) -> Findings {
        self.scan_with(document, &ScanOptions::default())
    }

    /// Finds and links the references of one paper, with `options` filling in metadata that the paper does
    /// not state.
    pub fn scan_with(&self, document: &Document, options: &ScanOptions) -> Findings {
        let detected = self.detect_under(document, options);
        let references = self.linker.resolve(document, &detected, options);
        Findings { mentions: detected.mentions, references }
    }

    /// Ranks the systems that a free-text description, the whole prose of `document`, may refer to. Only
    /// rules are applied to it: contexts are fitted to papers, not to descriptions.
    pub fn rank(&self, document: &Document, options: &ScanOptions) -> Ranking {
        let mut detected = self.detector().detect_by_rules_in(&document.prose, &self.outline(document));
        let short = self.catalogue.evidence.words.shortest_presentation;
        take_as_mention(&document.prose, short, &self.catalogue.lexicon, &mut detected);
        self.linker.rank(document, &detected, options)
    }
}

/// Returns the metadata that a paper states, completed by what the user supplied where the paper is silent.
fn facts<'a>(document: &'a Document, options: &'a ScanOptions) -> PaperFacts<'a> {
    let organisations = match document.organisations.as_slice() {
        [] => options.organisations.as_slice(),
        given => given,
    };
    PaperFacts { date: document.date.or(options.date), organisations }
}

/// Creates the detector for a catalogue.
fn detector_of(catalogue: &Catalogue) -> Detector {
    let types: Vec<EntityType> = catalogue.systems.types().collect();
    let parts = DetectorParts {
        lexicon: &catalogue.lexicon,
        rules: &catalogue.rules,
        contexts: &catalogue.contexts,
        quantities: &catalogue.quantities,
        entity_types: &types,
        organisations: &catalogue.organisations,
    };
    Detector::new(parts, catalogue.systems.names())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;
    use crate::document::{DateSource, Section, SectionKind};

    #[test]
    fn what_is_left_of_a_sample_paper_tells_nothing_of_the_authors_or_the_date() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let read = |first: &str| {
            let mut document = Document {
                organisations: vec![first.to_string(), "Tsinghua University".to_string()],
                date: "2018".parse().ok(),
                date_source: Some(DateSource::Stated),
                ..Document::default()
            };
            engine.drop_placeholders(&mut document);
            (document.organisations.len(), document.date.is_some())
        };
        assert_eq!(read("The Kumquat Consortium"), (0, false));
        assert_eq!(read("Acme"), (2, true));
    }

    /// Returns a paper with the sentence under each of the given headings.
    fn paper(sentence: &str, headings: &[&str]) -> Document {
        let mut document = Document::default();
        for heading in headings {
            let start = document.prose.len();
            document.prose.push_str(&format!("{heading}\n\n{sentence}\n\n"));
            document.sections.push(Section {
                kind: SectionKind::Body,
                heading: Some((*heading).to_string()),
                depth: 1,
                span: ByteSpan::new(start, document.prose.len()),
            });
        }
        document
    }

    #[test]
    fn the_bibliography_is_not_searched() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let document = paper("We asked GPT-4 and a large language model.", &["Method", "References"]);
        let found = engine.scan(&document).mentions;
        let references = document.prose.find("References").unwrap();
        assert!(!found.is_empty() && found.iter().all(|mention| mention.span.start < references));
    }

    #[test]
    fn a_rule_looks_in_the_sections_that_it_names() {
        let text = "summary='s'\nwhy='w'\nkind='described'\nphrase='{one} zorbly {model}'\nweight=9.0\n\
                    section=['related-work']\n[[example]]\ntext='They ran [a zorbly model].'\n\
                    [[example]]\ntext='They ran [] it.'\nexpect='none'\n";
        let text = text.replace("[] ", "");
        let path = "rules/described/zorbly.toml".to_string();
        let file = CatalogueFile { shown: path.clone(), path, text: text.into() };
        let layers = [Layer::built_in(), Layer { name: "x".into(), files: vec![file] }];
        let engine = Engine::new(Catalogue::load(&layers).unwrap());
        let document = paper("They ran a zorbly model.", &["Method", "Related work"]);
        let detected = engine.detect(&document);
        let voted = |mention: &&Mention| mention.votes.iter().any(|vote| (vote.weight - 9.0).abs() < 1e-9);
        let found: Vec<_> = detected.mentions.iter().filter(voted).collect();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].section), (Kind::Described, SectionKind::RelatedWork));
    }
}
