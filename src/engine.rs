//! The front door: a catalogue made ready, and papers run through it.

use crate::catalogue::{Catalogue, Contexts, EntityType, EvidenceWeights, Kind, Layer, LoadError};
use crate::coreference::Coreference;
use crate::detect::{Ballots, Detected, Detector, DetectorParts, KnownName, Mention, PaperFacts};
use crate::document::{Document, Outline, PartialDate};
use crate::resolve::{Linker, Ranking, Reference, State, take_as_mention};

/// Which build of the program this is: its version and a hash of its source. Two builds with the same
/// value give the same results for the same input, catalogue and options.
pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("BYNAME_SOURCE_HASH"));

/// What the user knows of every input, and what to report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanOptions {
    /// The date of every paper that gives none.
    pub date: Option<PartialDate>,
    /// Organisations of the authors of every paper that gives none.
    pub organisations: Vec<String>,
}

/// What was found in one paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Every mention, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Every reference, in the order of their first mentions.
    pub references: Vec<Reference>,
}

impl Findings {
    /// The references to systems that the paper never names: those that are linked, and those that stay unresolved.
    pub fn nameless(&self) -> impl Iterator<Item = &Reference> {
        self.references
            .iter()
            .filter(|reference| matches!(reference.state, State::Linked | State::Unresolved))
    }

    /// The first mention of a reference, which describes it where it is nameless.
    pub fn first_mention(&self, reference: &Reference) -> Option<&Mention> {
        reference.mentions.first().and_then(|index| self.mentions.get(*index))
    }

    /// The mention that gives the name of the system behind a mention of a reference, where the paper names it.
    pub fn name_of(&self, reference: &Reference, mention: &Mention) -> Option<&Mention> {
        let partners = mention.named_by.iter().chain(&reference.mentions);
        let mut partners = partners.filter_map(|index| self.mentions.get(*index));
        partners.find(|partner| partner.kind == Kind::Named)
    }
}

/// A catalogue made ready to read papers with. Cheap to share between threads.
#[derive(Debug)]
pub struct Engine {
    catalogue: Catalogue,
    detector: Detector,
    coreference: Coreference,
    linker: Linker,
}

impl Engine {
    /// An engine with the catalogue that ships in the program. Making it takes about as long as reading a long paper:
    /// make one, and share it.
    ///
    /// # Errors
    ///
    /// None in a released program: its tests load this very catalogue.
    pub fn built_in() -> Result<Self, LoadError> {
        Ok(Self::new(Catalogue::built_in()?))
    }

    /// Makes a catalogue ready.
    pub fn new(catalogue: Catalogue) -> Self {
        let Catalogue { systems, organisations, evidence, word_shares, rules_of_thumb, .. } = &catalogue;
        // They ask each other for nothing.
        let (detector, linker) = rayon::join(
            || detector_of(&catalogue),
            || Linker::new(systems, organisations, evidence, word_shares).with_rules_of_thumb(rules_of_thumb),
        );
        let coreference = Coreference::new(&catalogue.coreference, systems);
        Self { detector, coreference, linker, catalogue }
    }

    /// Reads word lists, quantities and rules anew from layers whose other files say what they said
    /// before; systems and what links to them stay as they are. On a fault all stays as it is.
    ///
    /// # Errors
    ///
    /// Every fault of every file.
    pub fn reread_words(&mut self, layers: &[Layer]) -> Result<(), LoadError> {
        self.catalogue.reread_words(layers)?;
        self.detector = detector_of(&self.catalogue);
        Ok(())
    }

    /// What the engine knows.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The part that finds mentions.
    pub fn detector(&self) -> &Detector {
        &self.detector
    }

    /// The part that links references.
    pub fn linker(&self) -> &Linker {
        &self.linker
    }

    /// Gives the clues other weights than those of the catalogue. What was detected before stays right.
    pub fn reweigh_evidence(&mut self, weights: EvidenceWeights) {
        self.linker.reweigh(&weights, &self.catalogue.word_shares);
        self.catalogue.evidence = weights;
    }

    /// Gives contexts other weights than those of the catalogue.
    pub fn reweigh_contexts(&mut self, contexts: Contexts) {
        self.detector.reweigh_contexts(&contexts, &self.catalogue.rules);
        self.catalogue.contexts = contexts;
    }

    /// Gives rules other weights than those of the catalogue, by their place in it; a weight of 0 takes a
    /// rule out. A rule without a weight keeps the one of the catalogue.
    pub fn reweigh(&mut self, weights: &[f64]) {
        let rules = &self.catalogue.rules;
        self.detector.reweigh(&|rule| {
            let place = rule.0 as usize;
            weights.get(place).copied().unwrap_or_else(|| rules.get(place).map_or(0.0, |rule| rule.weight))
        });
    }

    /// Takes out of a paper's organisations what is none: the words of a template, the domain of a mail service.
    pub fn drop_placeholders(&self, document: &mut Document) {
        document.organisations.retain(|name| !self.catalogue.organisations.is_placeholder(name));
    }

    /// The parts of a paper, by its format and by the headings that the catalogue knows.
    pub fn outline(&self, document: &Document) -> Outline {
        Outline::new(document, &self.catalogue.headings)
    }

    /// Finds the mentions of one paper, and which of them name which others. Its bibliography is not
    /// searched.
    pub fn detect(&self, document: &Document) -> Detected {
        self.detect_under(document, &ScanOptions::default())
    }

    fn detect_under(&self, document: &Document, options: &ScanOptions) -> Detected {
        let outline = self.outline(document);
        let paper = facts(document, options);
        let mut detected = self.detector.detect_in_paper(&document.prose, &outline, paper);
        self.coreference.tie(document, &outline, &mut detected);
        detected
    }

    /// Every vote of the rules on one paper.
    pub fn ballots(&self, document: &Document) -> Ballots {
        let options = ScanOptions::default();
        let paper = facts(document, &options);
        self.detector.ballots_in(&document.prose, &self.outline(document), Some(paper))
    }

    /// Finds and links the references of one paper.
    pub fn scan(&self, document: &Document) -> Findings {
        self.scan_with(document, &ScanOptions::default())
    }

    /// Finds and links the references of one paper, of which the caller knows what it does not say itself.
    pub fn scan_with(&self, document: &Document, options: &ScanOptions) -> Findings {
        let detected = self.detect_under(document, options);
        let references = self.linker.resolve(document, &detected, options);
        Findings { mentions: detected.mentions, references }
    }

    /// Ranks the systems that a free description, the whole prose of `document`, may stand for.
    /// Rules alone read it: contexts are fitted to papers, not to descriptions.
    pub fn rank(&self, document: &Document, options: &ScanOptions) -> Ranking {
        let mut detected = self.detector.detect_by_rules_in(&document.prose, &self.outline(document));
        let short = self.catalogue.evidence.words.shortest_presentation;
        take_as_mention(&document.prose, short, &self.catalogue.lexicon, &mut detected);
        self.linker.rank(document, &detected, options)
    }
}

/// What a paper says of itself, and what the user knows of it where it is silent.
fn facts<'a>(document: &'a Document, options: &'a ScanOptions) -> PaperFacts<'a> {
    let organisations = match document.organisations.as_slice() {
        [] => options.organisations.as_slice(),
        given => given,
    };
    PaperFacts { date: document.date.or(options.date), organisations }
}

/// The part that finds mentions by what a catalogue knows.
fn detector_of(catalogue: &Catalogue) -> Detector {
    let types: Vec<EntityType> = catalogue.systems.iter().map(|(_, system)| system.entity_type).collect();
    let names = catalogue.systems.iter().flat_map(|(id, system)| {
        system.names().map(move |name| KnownName {
            name,
            system: id,
            common_word: system.is_common_word(name),
            uses: system.uses,
        })
    });
    let parts = DetectorParts {
        lexicon: &catalogue.lexicon,
        rules: &catalogue.rules,
        contexts: &catalogue.contexts,
        quantities: &catalogue.quantities,
        entity_types: &types,
        organisations: &catalogue.organisations,
    };
    Detector::new(parts, names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;
    use crate::document::{ByteSpan, Section, SectionKind};

    /// A paper with the sentence under headings of these names.
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
        let file = CatalogueFile { shown: path.clone(), path, text };
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
