//! The detector: a catalogue made ready, and the way of a prose through it.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

use super::attribute::AttributeReader;
use super::mention::Detected;
use super::name::{KnownName, NameBook, NameMention};
use super::naming::NamingGrammar;
use super::noun_phrase::Grammar;
use super::progress::Progress;
use super::quantity_finder::QuantityFinder;
use super::sentence::sentences;
use super::sentence_reader::Workspace;
use super::unit::Marks;
use super::vocabulary::{Vocabulary, WordId};
use super::vote::RuleSet;
use crate::catalogue::{ClassId, ClassSet, EntityType, Lexicon, QuantityWords, Rule};

/// Finds mentions. Built once from a catalogue, then shared by all threads.
#[derive(Debug)]
pub struct Detector {
    anchors: AhoCorasick,
    /// For every anchor: what names begin with it, or nothing where it is a head word.
    anchor_names: Vec<Option<Box<str>>>,
    pub(super) vocabulary: Vocabulary,
    pub(super) grammar: Grammar,
    pub(super) naming: NamingGrammar,
    pub(super) rules: RuleSet,
    names: NameBook,
    pub(super) entity_types: Vec<EntityType>,
    pub(super) attributes: AttributeReader,
    pub(super) quantities: QuantityFinder,
    pub(super) marks: Marks,
    abbreviation: Option<ClassId>,
    pub(super) variant: ClassSet,
}

/// What a detector is built from.
#[derive(Debug, Clone, Copy)]
pub struct DetectorParts<'a> {
    /// The word lists.
    pub lexicon: &'a Lexicon,
    /// The rules.
    pub rules: &'a [Rule],
    /// The words of quantities.
    pub quantities: &'a QuantityWords,
    /// What each system is, by its id.
    pub entity_types: &'a [EntityType],
}

impl Detector {
    /// Makes a catalogue ready.
    ///
    /// # Errors
    ///
    /// When the anchors do not fit one automaton, which takes millions of names.
    pub fn new<'a>(
        parts: DetectorParts<'_>,
        names: impl Iterator<Item = KnownName<'a>>,
    ) -> Result<Self, aho_corasick::BuildError> {
        let mut vocabulary = Vocabulary::new(parts.lexicon);
        let rules = RuleSet::new(parts.rules, &mut vocabulary);
        let names = NameBook::new(names, |word| vocabulary.look_up(word) != WordId::default());
        let mut patterns: Vec<Box<str>> = Vec::new();
        let mut anchor_names = Vec::new();
        let heads = parts.lexicon.classes.iter().filter(|class| class.head.is_some());
        for word in heads.flat_map(|class| &class.words) {
            patterns.push(word.rsplit([' ', '-']).next().unwrap_or(word).into());
            anchor_names.push(None);
        }
        let mut beginnings: Vec<&str> = names.anchors().collect();
        beginnings.sort_unstable(); // a stable build, whatever the order of the hash map
        for beginning in beginnings {
            patterns.push(beginning.into());
            anchor_names.push(Some(beginning.into()));
        }
        let anchors = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .dense_depth(3)
            .build(patterns.iter().map(AsRef::as_ref as fn(&Box<str>) -> &str))?;
        Ok(Self {
            anchors,
            anchor_names,
            grammar: Grammar::new(parts.lexicon),
            naming: NamingGrammar::new(parts.lexicon),
            rules,
            names,
            entity_types: parts.entity_types.to_vec(),
            attributes: AttributeReader::new(parts.lexicon),
            quantities: QuantityFinder::new(parts.quantities),
            marks: Marks::new(parts.lexicon),
            abbreviation: parts.lexicon.class("abbreviation"),
            variant: parts.lexicon.class("variant").map(ClassSet::one).unwrap_or_default(),
            vocabulary,
        })
    }

    /// Finds every mention of a prose.
    pub fn detect(&self, prose: &str) -> Detected {
        let (names, anchors) = self.anchors_of(prose);
        let all_sentences = sentences(prose, &self.vocabulary, self.abbreviation);
        let mut detected = Detected::default();
        let mut progress = Progress::default();
        let mut workspace = Workspace::default();
        let (mut name, mut anchor) = (0, 0);
        let mut told = 0; // sentences up to here are in `detected.sentences`
        for (index, sentence) in all_sentences.iter().enumerate() {
            let first_name = name;
            while names.get(name).is_some_and(|found| found.span.start < sentence.end) {
                name += 1;
            }
            let first_anchor = anchor;
            while anchors.get(anchor).is_some_and(|at| *at < sentence.end) {
                anchor += 1;
            }
            if name == first_name && anchor == first_anchor {
                continue;
            }
            let from = told.max(index.saturating_sub(1));
            told = (index + 2).min(all_sentences.len());
            for neighbour in &all_sentences[from..told] {
                detected.sentences.push(*neighbour);
                if *neighbour != *sentence {
                    self.quantities.find(prose, *neighbour, &mut detected.quantities);
                }
            }
            self.read_sentence(prose, *sentence, &names[first_name..name], &mut workspace, &mut progress);
            detected.quantities.append(&mut workspace.quantities);
        }
        detected.quantities.sort_by_key(|found| found.span.start);
        detected.quantities.dedup_by(|a, b| a.span == b.span);
        detected.mentions = progress.finish(prose, |span| {
            let at = all_sentences.partition_point(|sentence| sentence.end <= span.start);
            all_sentences.get(at).copied().unwrap_or(span)
        });
        detected
    }

    /// The names of the prose, and where head words stand.
    fn anchors_of(&self, prose: &str) -> (Vec<NameMention>, Vec<usize>) {
        let bytes = prose.as_bytes();
        let mut names: Vec<NameMention> = Vec::new();
        let mut heads = Vec::new();
        let mut from = 0;
        while let Some(found) = self.anchors.find(Input::new(prose).span(from..prose.len())) {
            // What is no name after all must not hide a name or head that begins further on in it.
            let word =
                bytes[found.start()..found.end()].iter().take_while(|byte| byte.is_ascii_alphanumeric());
            from = found.start() + word.count().max(1);
            while !prose.is_char_boundary(from) {
                from += 1;
            }
            if found.start() > 0 && bytes[found.start() - 1].is_ascii_alphanumeric() {
                continue;
            }
            match &self.anchor_names[found.pattern().as_usize()] {
                None => {
                    if !bytes.get(found.end()).is_some_and(u8::is_ascii_alphanumeric) {
                        heads.push(found.start());
                    }
                }
                Some(beginning) => {
                    if let Some(name) = self.names.name_at(prose, found.start(), beginning) {
                        from = name.span.end;
                        names.push(name);
                    }
                }
            }
        }
        (names, heads)
    }
}
