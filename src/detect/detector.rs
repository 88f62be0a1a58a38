//! The detector: a catalogue made ready, and the way of a prose through it.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::attribute::{self, AttributeReader};
use super::mention::{Detected, Mention, Vote};
use super::name::{KnownName, NameBook, NameMention};
use super::naming::NamingGrammar;
use super::noun_phrase::{Grammar, NounPhrase};
use super::sentence::sentences;
use super::token::{Token, tokenise};
use super::unit::{Marks, Unit, join};
use super::vocabulary::Vocabulary;
use super::vote::{PhraseFacts, RuleSet, Scene, decide};
use super::{Attributes, QuantityFinder, QuantityMention};
use crate::catalogue::{
    ClassId, ClassSet, Condition, EntityType, Kind, Lexicon, QuantityWords, Rule, SystemId,
};
use crate::document::ByteSpan;

/// Finds mentions. Built once from a catalogue, then shared by all threads.
#[derive(Debug)]
pub struct Detector {
    anchors: AhoCorasick,
    /// For every anchor: what names begin with it, or nothing where it is a head word.
    anchor_names: Vec<Option<Box<str>>>,
    vocabulary: Vocabulary,
    grammar: Grammar,
    naming: NamingGrammar,
    rules: RuleSet,
    names: NameBook,
    entity_types: Vec<EntityType>,
    attributes: AttributeReader,
    quantities: QuantityFinder,
    marks: Marks,
    abbreviation: Option<ClassId>,
    variant: ClassSet,
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

/// What is remembered while a prose is read.
#[derive(Default)]
struct Progress {
    mentions: Vec<Mention>,
    /// For each mention with names beside it: its index and the names.
    named: Vec<(usize, Vec<ByteSpan>)>,
    introduced: [bool; EntityType::ALL.len()],
}

/// Buffers that one sentence after another uses.
#[derive(Default)]
struct Workspace {
    tokens: Vec<Token>,
    units: Vec<Unit>,
    name_spans: Vec<ByteSpan>,
    quantities: Vec<QuantityMention>,
    phrases: Vec<NounPhrase>,
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
        let names = NameBook::new(names);
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
            .kind(Some(AhoCorasickKind::DFA))
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
        self.add_coined(prose, &mut progress);
        detected.mentions = progress.in_order();
        detected
    }

    /// The names of the prose, and where head words stand.
    fn anchors_of(&self, prose: &str) -> (Vec<NameMention>, Vec<usize>) {
        let bytes = prose.as_bytes();
        let mut names: Vec<NameMention> = Vec::new();
        let mut heads = Vec::new();
        for found in self.anchors.find_iter(prose) {
            let begins_word = found.start() == 0 || !bytes[found.start() - 1].is_ascii_alphanumeric();
            if !begins_word {
                continue;
            }
            match &self.anchor_names[found.pattern().as_usize()] {
                None => {
                    if !bytes.get(found.end()).is_some_and(u8::is_ascii_alphanumeric) {
                        heads.push(found.start());
                    }
                }
                Some(piece) => {
                    let free = names.last().is_none_or(|last| last.span.end <= found.start());
                    if free && let Some(name) = self.names.name_at(prose, found.start(), piece) {
                        names.push(name);
                    }
                }
            }
        }
        (names, heads)
    }

    fn read_sentence(
        &self,
        prose: &str,
        sentence: ByteSpan,
        names: &[NameMention],
        workspace: &mut Workspace,
        progress: &mut Progress,
    ) {
        let Workspace { tokens, units, name_spans, quantities, phrases } = workspace;
        tokens.clear();
        units.clear();
        phrases.clear();
        name_spans.clear();
        quantities.clear();
        tokenise(prose, sentence, &self.vocabulary, tokens);
        self.quantities.find(prose, sentence, quantities);
        name_spans.extend(names.iter().map(|name| self.with_version(name.span, tokens, prose)));
        join(tokens, name_spans, quantities, &self.vocabulary, self.marks, units);

        for (name, span) in names.iter().zip(name_spans.iter()) {
            let entity_type =
                name.systems.first().and_then(|system| self.entity_types.get(system.0 as usize));
            let mut mention =
                named_mention(*span, sentence, entity_type.copied().unwrap_or(EntityType::Model));
            mention.systems = name.systems.clone();
            progress.mentions.push(mention);
        }

        let mut sentence_classes = ClassSet::default();
        units.iter().for_each(|unit| sentence_classes.extend(unit.classes));
        for head in 0..units.len() {
            if let Some(phrase) = self.grammar.phrase_at(units, head, prose) {
                if !self.is_named_kind(units, phrase) {
                    phrases.push(phrase);
                }
            }
        }
        let attached: Vec<Option<usize>> =
            quantities.iter().map(|quantity| attribute::attach(quantity, phrases, units)).collect();
        let mut skip_to = 0;
        for (index, phrase) in phrases.iter().enumerate() {
            if skip_to > phrase.head {
                continue; // an abbreviation in brackets: it says again what the phrase before it said
            }
            let after = self.naming.after(units, *phrase, prose);
            skip_to = after;
            let beside = self.naming.names_beside(units, *phrase, after);
            let sized = quantities
                .iter()
                .zip(&attached)
                .any(|(quantity, to)| *to == Some(index) && quantity.measure == super::Measure::Parameters);
            let mut facts = PhraseFacts::default();
            let later = progress.introduced[phrase.entity_type as usize];
            for (condition, holds) in [
                (Condition::Plural, phrase.plural),
                (Condition::Singular, !phrase.plural),
                (Condition::Bare, phrase.determiner.is_none()),
                (Condition::First, !later),
                (Condition::Later, later),
                (Condition::NamedBeside, !beside.is_empty()),
                (Condition::NotNamedBeside, beside.is_empty()),
                (Condition::Sized, sized),
                (Condition::Model, phrase.entity_type == EntityType::Model),
                (Condition::Dataset, phrase.entity_type == EntityType::Dataset),
            ] {
                facts.set(condition, holds);
            }
            let scene = Scene { units, sentence_classes, phrase: *phrase, after, facts };
            let mut votes = self.rules.votes(&scene);
            let Some((kind, confidence)) = decide(&mut votes) else { continue };

            let mut attributes = Attributes::default();
            self.attributes.read_traits(&units[phrase.start..=phrase.head], &mut attributes);
            let clause_end = phrases.get(index + 1).map_or(units.len(), |next| next.start.max(after));
            self.attributes.read_traits(&units[after.min(clause_end)..clause_end], &mut attributes);
            attributes.count = self.attributes.count(units, *phrase, prose);
            for (quantity, to) in quantities.iter().zip(&attached) {
                if *to == Some(index) && attributes.quantity(quantity.measure).is_none() {
                    attributes.quantities.push((quantity.measure, quantity.quantity.clone()));
                }
            }
            if !matches!(kind, Kind::Generic) {
                progress.introduced[phrase.entity_type as usize] = true;
            }
            if !beside.is_empty() {
                progress.named.push((progress.mentions.len(), beside));
            }
            progress.mentions.push(Mention {
                kind,
                entity_type: phrase.entity_type,
                span: ByteSpan::new(units[phrase.start].span.start, units[phrase.head].span.end),
                sentence,
                plural: phrase.plural,
                confidence,
                votes,
                attributes,
                systems: Vec::new(),
                named_by: Vec::new(),
            });
        }
    }

    /// Whether a phrase is a name with a head behind it ("the GPT-4 model"): the name says it all.
    fn is_named_kind(&self, units: &[Unit], phrase: NounPhrase) -> bool {
        let is_name = |at: usize| units[at].classes.has_any(ClassSet::one(self.marks.name));
        let joined = |at: usize| units[at].classes.has_any(ClassSet::one(self.marks.joined));
        // "the baseline GPT-4 model"
        let goes_on = phrase.head + 2 < units.len()
            && is_name(phrase.head + 1)
            && self.grammar.head(&units[phrase.head + 2]).is_some();
        goes_on || (phrase.start..phrase.head).any(|at| is_name(at) && !joined(at + 1))
    }

    /// Extends a name over the version, size and variant behind it: "Llama 3.1 70B Instruct".
    fn with_version(&self, span: ByteSpan, tokens: &[Token], prose: &str) -> ByteSpan {
        let mut end = span.end;
        let first = tokens.partition_point(|token| token.span.start < end);
        for token in &tokens[first..] {
            let gap = token.span.start - end;
            let word = token.span.of(prose);
            let variant = self.vocabulary.classes(token.word).has_any(self.variant);
            let belongs = if token.shape.joined {
                variant || token.shape.capital || word.bytes().any(|byte| byte.is_ascii_digit())
            } else {
                gap == 1 && (is_size(word) || variant && token.shape.capital || is_version(word))
            };
            if token.shape.sign || !belongs {
                break;
            }
            end = token.span.end;
        }
        ByteSpan::new(span.start, end)
    }

    /// Adds a mention for every name that only the paper knows, and ties names to phrases.
    fn add_coined(&self, prose: &str, progress: &mut Progress) {
        let known = progress.mentions.len();
        let mut coined: Vec<(ByteSpan, EntityType)> = Vec::new();
        for (index, names) in &progress.named {
            let entity_type = progress.mentions[*index].entity_type;
            for span in names {
                let is_known = progress.mentions[..known]
                    .iter()
                    .any(|mention| mention.kind == Kind::Named && mention.span.overlaps(*span));
                if !is_known && !coined.iter().any(|(other, _)| other.overlaps(*span)) {
                    coined.push((*span, entity_type));
                }
            }
        }
        for (span, entity_type) in coined {
            let sentence = progress
                .mentions
                .iter()
                .find(|mention| mention.sentence.contains(span))
                .map_or(span, |mention| mention.sentence);
            debug_assert!(!span.of(prose).is_empty());
            progress.mentions.push(named_mention(span, sentence, entity_type));
        }
        for (index, names) in std::mem::take(&mut progress.named) {
            let by = names.iter().filter_map(|span| {
                progress
                    .mentions
                    .iter()
                    .position(|mention| mention.kind == Kind::Named && mention.span.overlaps(*span))
            });
            let by: Vec<usize> = by.collect();
            progress.mentions[index].named_by = by;
        }
    }
}

impl Progress {
    /// The mentions in the order of the text, their links renumbered.
    fn in_order(self) -> Vec<Mention> {
        let mut order: Vec<usize> = (0..self.mentions.len()).collect();
        order.sort_by_key(|index| (self.mentions[*index].span, *index));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut mentions: Vec<Option<Mention>> = self.mentions.into_iter().map(Some).collect();
        let mut sorted = Vec::with_capacity(mentions.len());
        for old in order {
            if let Some(mut mention) = mentions[old].take() {
                mention.named_by.iter_mut().for_each(|link| *link = place[*link]);
                mention.named_by.sort_unstable();
                mention.named_by.dedup();
                sorted.push(mention);
            }
        }
        sorted
    }
}

fn named_mention(span: ByteSpan, sentence: ByteSpan, entity_type: EntityType) -> Mention {
    Mention {
        kind: Kind::Named,
        entity_type,
        span,
        sentence,
        plural: false,
        confidence: 1.0,
        votes: Vec::<Vote>::new(),
        attributes: Attributes::default(),
        systems: Vec::<SystemId>::new(),
        named_by: Vec::new(),
    }
}

/// Whether a word is a size: "70B", "1.5b", "350M".
fn is_size(word: &str) -> bool {
    let digits = word.trim_end_matches(['B', 'b', 'M', 'm', 'T']);
    digits.len() + 1 == word.len() && is_version(digits)
}

/// Whether a word is a short number, as versions are: "3", "3.1".
fn is_version(word: &str) -> bool {
    (1..=4).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && word.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && !(word.len() >= 3 && !word.contains('.'))
}
