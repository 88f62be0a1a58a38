//! The detector: a prepared catalogue, and the steps that it takes with a prose.

use super::QuantityMention;
use super::anchor::{AnchoredThings, Anchors, head_words};
use super::anchored::{anchor, anchored_sentences};
use super::attribute::AttributeReader;
use super::columns::Columns;
use super::contexts::ContextWeights;
use super::document_state::DocumentState;
use super::hub_address::Hubs;
use super::labels::LabelWords;
use super::maker_behind::move_to_versions;
use super::mention::{Detected, Mention};
use super::name::KnownName;
use super::name_discovery::NameDiscovery;
use super::name_index::NameIndex;
use super::name_size::sizes_in_names;
use super::naming::NamingGrammar;
use super::noun_phrase::Grammar;
use super::paper_facts::{PaperConditions, PaperFacts};
use super::quantity_finder::QuantityFinder;
use super::regex_search::RegexSearch;
use super::sentence::{sentences, with_rows};
use super::sentence_reader::SentenceBuffers;
use super::short_forms::short_forms;
use super::unit::Marks;
use super::vocabulary::Vocabulary;
use super::vote::RuleSet;
use super::vote_trace::VoteTrace;
use crate::at_once::at_once;
use crate::catalogue::{
    ClassSet, Contexts, EntityType, GrammarClasses, Kind, Lexicon, NameMap, Organisation, OrganisationKind,
    Organisations, QuantityWords, Rule, RuleId, spelling_key,
};
use crate::document::{ByteSpan, Outline, SectionKind, ceil_to_character};

/// Finds mentions. Built once from a catalogue, then shared by all threads.
#[derive(Debug)]
pub struct Detector {
    anchors: Anchors,
    pub(super) vocabulary: Vocabulary,
    pub(super) grammar: Grammar,
    pub(super) naming: NamingGrammar,
    pub(super) rules: RuleSet,
    regexes: RegexSearch,
    papers: PaperConditions,
    pub(super) contexts: ContextWeights,
    /// The ids of the rules, in the order of the catalogue.
    pub(super) rule_names: Vec<Box<str>>,
    pub(super) name_discovery: NameDiscovery,
    pub(super) names: NameIndex,
    pub(super) entity_types: Vec<EntityType>,
    pub(super) attributes: AttributeReader,
    pub(super) quantities: QuantityFinder,
    /// The ids of organisations, by the spelling keys of their names.
    pub(super) makers: NameMap<Box<str>>,
    pub(super) marks: Marks,
    pub(super) labels: LabelWords,
    hubs: Hubs,
    abbreviation: ClassSet,
    pub(super) variant: ClassSet,
    pub(super) of: ClassSet,
    preposition: ClassSet,
    pub(super) conjunction: ClassSet,
    /// Words that may stand behind a list of sizes which stand for systems.
    pub(super) behind_size: ClassSet,
    pub(super) naming_head: ClassSet,
    columns: Columns,
    tier: ClassSet,
}

/// Returns the classes of all these sets.
fn joined(sets: [ClassSet; 4]) -> ClassSet {
    sets.into_iter().fold(ClassSet::default(), |mut all, set| {
        all.extend(set);
        all
    })
}

/// Most words of a sentence opening that gives a name: "We call it".
const LONGEST_OPENING: usize = 6;

/// The parts of a catalogue that a detector is built from.
#[derive(Debug, Clone, Copy)]
pub struct DetectorParts<'a> {
    /// The word lists.
    pub lexicon: &'a Lexicon,
    /// The rules.
    pub rules: &'a [Rule],
    /// The weights of words in and around a phrase for each kind.
    pub contexts: &'a Contexts,
    /// The words of quantities.
    pub quantities: &'a QuantityWords,
    /// The type of each system, indexed by its id.
    pub entity_types: &'a [EntityType],
    /// The organisations that make systems.
    pub organisations: &'a Organisations,
}

impl Detector {
    /// Builds a detector.
    pub fn new<'a>(parts: DetectorParts<'_>, names: impl Iterator<Item = KnownName<'a>> + Send) -> Self {
        let marks = Marks::new(parts.lexicon);
        let aside = || {
            let DetectorParts { lexicon, rules, quantities, organisations, .. } = parts;
            let heads = head_words(lexicon, quantities);
            let names = NameIndex::new(heads.iter().map(String::as_str), names);
            (names, RegexSearch::new(rules), QuantityFinder::new(quantities), makers(organisations))
        };
        let ((names, regexes, quantities, makers), of_words) = at_once(aside, || {
            let mut vocabulary = Vocabulary::new(parts.lexicon);
            let rules = RuleSet::new(parts.rules, |rule| rule.names.is_none(), &mut vocabulary);
            let name_discovery = NameDiscovery::new(parts.rules, parts.lexicon, &mut vocabulary);
            // A word that only contexts or names know is no ordinary one.
            let ordinary = 1..vocabulary.len();
            let contexts = ContextWeights::new(parts.contexts, parts.rules, &mut vocabulary, marks);
            vocabulary.add_names(makers_of_systems(parts.organisations), marks.maker);
            (vocabulary, ordinary, rules, name_discovery, contexts)
        });
        let (vocabulary, ordinary, rules, name_discovery, contexts) = of_words;
        let is_ordinary = |word: &str| ordinary.contains(&(vocabulary.look_up(word).0 as usize));
        let names = names.beginning_ordinary(is_ordinary);
        let classes = GrammarClasses::of(parts.lexicon);
        Self {
            anchors: Anchors::new(parts.quantities),
            grammar: Grammar::new(parts.lexicon),
            naming: NamingGrammar::new(parts.lexicon),
            rules,
            regexes,
            papers: PaperConditions::new(parts.rules, parts.organisations),
            contexts,
            rule_names: parts.rules.iter().map(|rule| rule.name.as_str().into()).collect(),
            name_discovery,
            names,
            entity_types: parts.entity_types.to_vec(),
            attributes: AttributeReader::new(parts.lexicon),
            quantities,
            makers,
            marks,
            labels: LabelWords::new(parts.lexicon),
            hubs: Hubs::new(parts.lexicon),
            abbreviation: classes.abbreviation,
            variant: classes.variant,
            of: classes.of,
            preposition: classes.preposition,
            conjunction: classes.conjunction,
            behind_size: joined([classes.head, classes.preposition, classes.verb_form, classes.copula]),
            naming_head: classes.naming_head,
            columns: Columns::new(parts.lexicon),
            tier: classes.tier,
            vocabulary,
        }
    }

    /// Replaces the weights of rules; a weight of 0 disables a rule.
    pub fn reweigh(&mut self, weight_of: &dyn Fn(RuleId) -> f64) {
        self.rules.reweigh(weight_of);
        self.name_discovery.reweigh(weight_of);
    }

    /// Replaces the weights of contexts.
    pub fn reweigh_contexts(&mut self, contexts: &Contexts, rules: &[Rule]) {
        self.contexts = ContextWeights::new(contexts, rules, &mut self.vocabulary, self.marks);
    }

    /// Finds every mention in a prose without sections, all of it body text.
    pub fn detect(&self, prose: &str) -> Detected {
        self.detect_in(prose, &Outline::default())
    }

    /// Finds every mention in a prose, except in its references and checklist. Tables and listings yield only
    /// names.
    pub fn detect_in(&self, prose: &str, outline: &Outline) -> Detected {
        self.detect_and_count(prose, (outline, None), DocumentState::default(), None)
    }

    /// Does the same as [`Self::detect_in`] with facts on the paper: rules whose conditions it does not meet
    /// have no vote.
    pub fn detect_in_paper(&self, prose: &str, outline: &Outline, paper: PaperFacts<'_>) -> Detected {
        self.detect_and_count(prose, (outline, Some(paper)), DocumentState::default(), None)
    }

    /// Does the same as [`Self::detect_in`] with the rules alone, without contexts, as the examples of rules
    /// are tested.
    pub fn detect_by_rules_in(&self, prose: &str, outline: &Outline) -> Detected {
        let progress = DocumentState { rules_alone: true, ..DocumentState::default() };
        self.detect_and_count(prose, (outline, None), progress, None)
    }

    /// Returns the quantities of a text, taken as one sentence.
    pub fn quantities_in(&self, text: &str) -> Vec<QuantityMention> {
        let mut found = Vec::new();
        self.quantities.find(text, ByteSpan::new(0, text.len()), &mut found);
        found
    }

    /// Returns every vote of the rules on a prose without sections, all of it body text.
    pub fn trace_votes(&self, prose: &str) -> VoteTrace {
        self.trace_votes_in(prose, &Outline::default(), None)
    }

    /// Returns every vote of the rules on a prose, except in its references and checklist.
    pub fn trace_votes_in(&self, prose: &str, outline: &Outline, paper: Option<PaperFacts<'_>>) -> VoteTrace {
        let mut trace = VoteTrace::default();
        let progress = DocumentState { phrase_votes: Some(Vec::new()), ..DocumentState::default() };
        self.detect_and_count(prose, (outline, paper), progress, Some(&mut trace));
        trace
    }

    /// Counts the head words and names in a prose, from which the memory that reading it takes can be
    /// estimated. Counting stops once there are more than `most`.
    pub fn count_anchored(&self, prose: &str, most: usize) -> usize {
        let (mut count, mut start) = (0, 0);
        while start < prose.len() && count <= most {
            let end = end_of_piece(prose, start);
            let found = self.anchors.find(&prose[start..end], &self.names);
            count += found.names.len() + found.heads.len();
            start = end;
        }
        count
    }

    fn detect_and_count(
        &self,
        prose: &str,
        (outline, paper): (&Outline, Option<PaperFacts<'_>>),
        mut progress: DocumentState,
        trace: Option<&mut VoteTrace>,
    ) -> Detected {
        let AnchoredThings { names, heads } = self.anchors.find(prose, &self.names);
        let (mut names, labels) = self.labels.sift(prose, names, &self.vocabulary);
        self.hubs.add_names(prose, &mut names);
        move_to_versions(prose, &self.names, &self.vocabulary, self.preposition, &mut names);
        progress.labels = labels;
        let all_sentences = sentences(prose, &self.vocabulary, self.abbreviation);
        let all_sentences = with_rows(all_sentences, prose, |at| !outline.kind_at(at).is_searched());
        let mut detected = Detected::default();
        progress.names_in_paper = names.len();
        let mut workspace = SentenceBuffers::new();
        let mut anchored = anchored_sentences(&all_sentences, &names, &heads);
        let mut matches = self.regexes.search(prose, &all_sentences, |at| outline.kind_at(at));
        matches.close(paper.map(|paper| self.papers.closed(paper)).unwrap_or_default());
        let of_mentions = matches.found.iter().filter(|found| found.stands_for.is_some());
        anchor(of_mentions.map(|found| found.span.start), &all_sentences, &mut anchored);
        anchor(sizes_in_names(prose), &all_sentences, &mut anchored);
        let mut rows_of_tables = Vec::new();
        let is_anchored = |index: usize| anchored.get(index).is_some_and(Option::is_some);
        for (index, sentence) in all_sentences.iter().enumerate() {
            let section = outline.kind_at(sentence.start);
            if section == SectionKind::Table {
                rows_of_tables.push(*sentence);
            }
            if !section.is_searched() {
                if section.gives_names() && self.read_row(prose, *sentence, &mut workspace, &mut progress) {
                    detected.sentences.push(*sentence);
                }
                continue;
            }
            if let Some(names_here) = &anchored[index] {
                let found = (&names[names_here.clone()], matches.of_sentence(prose, *sentence));
                self.read_sentence(prose, (*sentence, section), found, &mut workspace, &mut progress);
                detected.quantities.append(&mut workspace.quantities);
            } else if index > 0 && is_anchored(index - 1) && self.opens_with_label(prose, *sentence) {
                // "We call it X.", where nothing else tells that X is a name
                let found = (&[][..], matches.of_sentence(prose, *sentence));
                self.read_sentence(prose, (*sentence, section), found, &mut workspace, &mut progress);
                detected.quantities.append(&mut workspace.quantities);
            } else if is_anchored(index + 1) || index > 0 && is_anchored(index - 1) {
                self.quantities.find(prose, *sentence, &mut detected.quantities);
            } else {
                continue;
            }
            detected.sentences.push(*sentence);
        }
        if let Some(trace) = trace {
            trace.phrases = progress.phrase_votes.take().unwrap_or_default();
            trace.names = progress.candidates.votes();
        }
        for mention in progress.mentions.iter_mut().filter(|mention| mention.kind != Kind::Named) {
            // What an acronym is made of tells of no system.
            if outline.is_expansion(mention.span) {
                mention.kind = Kind::NoMention;
            }
        }
        let mut coined = self.name_discovery.names(std::mem::take(&mut progress.candidates));
        self.columns.coin(prose, &rows_of_tables, &progress.mentions, &self.vocabulary, &mut coined);
        self.dismiss_labels(prose, &mut coined, &mut progress);
        let no_names = coined.iter().filter(|word| !word.is_name);
        detected.dismissed = std::mem::take(&mut progress.dismissed);
        detected.dismissed.extend(no_names.map(|word| Mention {
            kind: Kind::NoMention,
            votes: word.votes.clone(),
            ..Mention::by_name(word.entity_type, word.first, word.first)
        }));
        let sentence_at = |span: ByteSpan| {
            let at = all_sentences.partition_point(|sentence| sentence.end <= span.start);
            all_sentences.get(at).copied().unwrap_or(span)
        };
        let gives_names = |span: ByteSpan| outline.kind_at(span.start).gives_names();
        let is_tier = |word: &str| self.vocabulary.is_in(word, self.tier);
        let short = short_forms(prose, &progress.mentions, is_tier);
        let short = short.into_iter().filter(|form| gives_names(form.span));
        progress.mentions.extend(short.map(|form| {
            let sentence = sentence_at(form.span);
            form.mention(sentence)
        }));
        detected.mentions = progress.finish(prose, &coined, sentence_at, gives_names);
        for mention in &mut detected.mentions {
            mention.section = outline.kind_at(mention.span.start);
        }
        detected
    }
}

impl Detector {
    /// Returns whether a sentence begins with words that give a name: "We call it".
    fn opens_with_label(&self, prose: &str, sentence: ByteSpan) -> bool {
        let words = sentence.of(prose).split_ascii_whitespace().take(LONGEST_OPENING);
        let found = self.vocabulary.phrase_at(words.map(|word| self.vocabulary.look_up(word)));
        found.is_some_and(|(word, _)| self.naming.gives_name(self.vocabulary.classes(word)))
    }

    /// Reads text that is no sentence but may hold names: the row of a table, the line of a listing. Returns
    /// `false` if it holds none.
    fn read_row(
        &self,
        prose: &str,
        row: ByteSpan,
        workspace: &mut SentenceBuffers,
        progress: &mut DocumentState,
    ) -> bool {
        // Looked at by itself, no name in it goes on in the next row.
        let mut names = self.anchors.find(row.of(prose), &self.names).names;
        for name in &mut names {
            name.span = ByteSpan::new(row.start + name.span.start, row.start + name.span.end);
        }
        self.labels.retain_names(prose, &mut names, &progress.labels, &self.vocabulary);
        if !names.is_empty() {
            self.read_names(prose, row, &names, workspace, progress);
        }
        !names.is_empty()
    }
}

/// Number of bytes in which names and head words are counted at a time.
const PIECE: usize = 64 << 10;

/// Returns the end of a piece of prose: between words or, failing that, between characters.
fn end_of_piece(prose: &str, start: usize) -> usize {
    let Some(piece) = prose.as_bytes().get(start..start + PIECE) else { return prose.len() };
    ceil_to_character(prose, start + memchr::memrchr2(b' ', b'\n', piece).unwrap_or(PIECE).max(1))
}

/// Maps the spelling keys of organisations' names to their ids, if a rule has a group for organisations.
fn makers(organisations: &Organisations) -> NameMap<Box<str>> {
    let mut makers = NameMap::default();
    for (_, organisation) in organisations.iter() {
        for name in organisation.names() {
            makers.entry(spelling_key(name).into()).or_insert_with(|| organisation.id.as_str().into());
        }
    }
    makers
}

/// Iterates over the names of the organisations that may make systems and are called by their names: not
/// universities and public bodies, whose names say where people work.
fn makers_of_systems(organisations: &Organisations) -> impl Iterator<Item = &str> {
    let makes = |of: &Organisation| {
        use OrganisationKind::{Community, Company, Laboratory};
        matches!(of.kind, Some(Company | Laboratory | Community))
    };
    organisations.iter().map(|(_, of)| of).filter(move |of| makes(of)).flat_map(Organisation::names)
}
