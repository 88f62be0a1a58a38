//! The detector: a catalogue made ready, and the way of a prose through it.

use std::collections::HashSet;
use std::ops::Range;

use super::QuantityMention;
use super::anchor::{AnchoredThings, Anchors};
use super::attribute::AttributeReader;
use super::ballot::Ballots;
use super::code::has_underscore;
use super::coinage::{Coinage, CoinedName};
use super::columns::Columns;
use super::contexts::ContextWeights;
use super::labels::LabelWords;
use super::mention::{Detected, Mention};
use super::name::{KnownName, NameBook, NameMention};
use super::naming::NamingGrammar;
use super::noun_phrase::Grammar;
use super::paper_facts::{PaperConditions, PaperFacts};
use super::progress::{Progress, named_mention};
use super::quantity_finder::QuantityFinder;
use super::regex_matches::RegexMatches;
use super::regex_search::RegexSearch;
use super::sentence::{sentences, with_rows};
use super::sentence_reader::Workspace;
use super::short_forms::short_forms;
use super::unit::Marks;
use super::vocabulary::{Vocabulary, WordId};
use super::vote::RuleSet;
use crate::catalogue::{
    ClassId, ClassSet, Contexts, EntityType, Group, Kind, Lexicon, NameMap, Organisations, QuantityWords,
    Rule, RuleId, Trait, spelling_key,
};
use crate::document::{ByteSpan, Outline, SectionKind};

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
    /// The ids of the rules, by their places in the catalogue.
    pub(super) rule_names: Vec<Box<str>>,
    pub(super) coinage: Coinage,
    pub(super) names: NameBook,
    pub(super) entity_types: Vec<EntityType>,
    pub(super) attributes: AttributeReader,
    pub(super) quantities: QuantityFinder,
    /// The ids of organisations, by the keys of their names; empty where no rule reads names.
    pub(super) makers: NameMap<Box<str>>,
    pub(super) marks: Marks,
    pub(super) labels: LabelWords,
    abbreviation: Option<ClassId>,
    pub(super) variant: ClassSet,
    pub(super) of: ClassSet,
    pub(super) naming_head: ClassSet,
    columns: Columns,
    tier: ClassSet,
}

/// How many words the opening of a sentence has that gives a name.
const LONGEST_OPENING: usize = 6;

/// What a detector is built from.
#[derive(Debug, Clone, Copy)]
pub struct DetectorParts<'a> {
    /// The word lists.
    pub lexicon: &'a Lexicon,
    /// The rules.
    pub rules: &'a [Rule],
    /// What the words in and around a phrase say of its kind.
    pub contexts: &'a Contexts,
    /// The words of quantities.
    pub quantities: &'a QuantityWords,
    /// What each system is, by its id.
    pub entity_types: &'a [EntityType],
    /// Who makes them.
    pub organisations: &'a Organisations,
}

impl Detector {
    /// Makes a catalogue ready.
    pub fn new<'a>(parts: DetectorParts<'_>, names: impl Iterator<Item = KnownName<'a>>) -> Self {
        let mut vocabulary = Vocabulary::new(parts.lexicon);
        let rules = RuleSet::new(parts.rules, |rule| rule.names.is_none(), &mut vocabulary);
        let coinage = Coinage::new(parts.rules, parts.lexicon, &mut vocabulary);
        let names = NameBook::new(names, |word| vocabulary.look_up(word) != WordId::default());
        let anchors = Anchors::new(parts.lexicon, parts.quantities, &names);
        let marks = Marks::new(parts.lexicon);
        // Last, since a word that only contexts know is no common word to those above.
        let contexts = ContextWeights::new(parts.contexts, parts.rules, &mut vocabulary, marks);
        let class = |name: &str| parts.lexicon.class(name).map(ClassSet::one).unwrap_or_default();
        Self {
            anchors,
            grammar: Grammar::new(parts.lexicon),
            naming: NamingGrammar::new(parts.lexicon),
            rules,
            regexes: RegexSearch::new(parts.rules),
            papers: PaperConditions::new(parts.rules, parts.organisations),
            contexts,
            rule_names: parts.rules.iter().map(|rule| rule.name.as_str().into()).collect(),
            coinage,
            names,
            entity_types: parts.entity_types.to_vec(),
            attributes: AttributeReader::new(parts.lexicon),
            quantities: QuantityFinder::new(parts.quantities),
            makers: makers(parts.rules, parts.organisations),
            marks,
            labels: LabelWords::new(parts.lexicon),
            abbreviation: parts.lexicon.class("abbreviation"),
            variant: class("variant"),
            of: class("of"),
            naming_head: class("naming-head"),
            columns: Columns::new(parts.lexicon),
            tier: class("tier"),
            vocabulary,
        }
    }

    /// Gives rules other weights than those of the catalogue; a weight of 0 takes a rule out.
    pub fn reweigh(&mut self, weight_of: &dyn Fn(RuleId) -> f64) {
        self.rules.reweigh(weight_of);
        self.coinage.reweigh(weight_of);
    }

    /// Gives contexts other weights than those of the catalogue.
    pub fn reweigh_contexts(&mut self, contexts: &Contexts, rules: &[Rule]) {
        self.contexts = ContextWeights::new(contexts, rules, &mut self.vocabulary, self.marks);
    }

    /// Finds every mention of a prose that is body all over.
    pub fn detect(&self, prose: &str) -> Detected {
        self.detect_in(prose, &Outline::default())
    }

    /// Finds every mention of a prose, but for its bibliography.
    pub fn detect_in(&self, prose: &str, outline: &Outline) -> Detected {
        self.detect_and_count(prose, (outline, None), Progress::default(), None)
    }

    /// The same in a paper of which more is known; rules that ask for other papers have no vote.
    pub fn detect_in_paper(&self, prose: &str, outline: &Outline, paper: PaperFacts<'_>) -> Detected {
        self.detect_and_count(prose, (outline, Some(paper)), Progress::default(), None)
    }

    /// The same, with the rules alone to decide: what an example of a rule is tried with.
    pub fn detect_by_rules_in(&self, prose: &str, outline: &Outline) -> Detected {
        let progress = Progress { rules_alone: true, ..Progress::default() };
        self.detect_and_count(prose, (outline, None), progress, None)
    }

    /// The quantities of a text, taken as one sentence.
    pub fn quantities_in(&self, text: &str) -> Vec<QuantityMention> {
        let mut found = Vec::new();
        self.quantities.find(text, ByteSpan::new(0, text.len()), &mut found);
        found
    }

    /// Every vote of the rules on a prose that is body all over.
    pub fn ballots(&self, prose: &str) -> Ballots {
        self.ballots_in(prose, &Outline::default(), None)
    }

    /// Every vote of the rules on a prose, but for its bibliography.
    pub fn ballots_in(&self, prose: &str, outline: &Outline, paper: Option<PaperFacts<'_>>) -> Ballots {
        let mut ballots = Ballots::default();
        let progress = Progress { ballots: Some(Vec::new()), ..Progress::default() };
        self.detect_and_count(prose, (outline, paper), progress, Some(&mut ballots));
        ballots
    }

    /// How many head words and names stand in a prose, which tells how much memory it takes to read it. Counting
    /// ends once there are more than `most`.
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
        mut progress: Progress,
        ballots: Option<&mut Ballots>,
    ) -> Detected {
        let AnchoredThings { names, heads } = self.anchors.find(prose, &self.names);
        let (names, labels) = self.labels.sift(prose, names, &self.vocabulary);
        progress.labels = labels;
        let all_sentences = sentences(prose, &self.vocabulary, self.abbreviation);
        let all_sentences = with_rows(all_sentences, prose, |at| !outline.kind_at(at).is_searched());
        let mut detected = Detected::default();
        progress.names_in_paper = names.len();
        let mut workspace = Workspace::default();
        let mut anchored = anchored_sentences(&all_sentences, &names, &heads);
        let mut matches = self.regexes.search(prose, &all_sentences, |at| outline.kind_at(at).is_searched());
        matches.close(paper.map(|paper| self.papers.closed(paper)).unwrap_or_default());
        anchor_matches(&matches, &all_sentences, &mut anchored);
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
        if let Some(ballots) = ballots {
            ballots.phrases = progress.ballots.take().unwrap_or_default();
            ballots.names = progress.candidates.ballots();
        }
        for mention in progress.mentions.iter_mut().filter(|mention| mention.kind != Kind::Named) {
            // What an acronym is made of tells of no system.
            if outline.is_expansion(mention.span) {
                mention.kind = Kind::NoMention;
            }
        }
        let mut coined = self.coinage.names(std::mem::take(&mut progress.candidates));
        self.columns.coin(prose, &rows_of_tables, &progress.mentions, &self.vocabulary, &mut coined);
        self.dismiss_labels(prose, &mut coined, &mut progress);
        let no_names = coined.iter().filter(|word| !word.is_name);
        detected.dismissed = std::mem::take(&mut progress.dismissed);
        detected.dismissed.extend(no_names.map(|word| Mention {
            kind: Kind::NoMention,
            votes: word.votes.clone(),
            ..named_mention(word.first, word.first, word.entity_type)
        }));
        let sentence_at = |span: ByteSpan| {
            let at = all_sentences.partition_point(|sentence| sentence.end <= span.start);
            all_sentences.get(at).copied().unwrap_or(span)
        };
        let gives_names = |span: ByteSpan| outline.kind_at(span.start).gives_names();
        let is_tier = |word: &str| self.vocabulary.classes(self.vocabulary.look_up(word)).has_any(self.tier);
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
    /// Whether a sentence begins with words that give a name: "We call it".
    fn opens_with_label(&self, prose: &str, sentence: ByteSpan) -> bool {
        let words = sentence.of(prose).split_ascii_whitespace().take(LONGEST_OPENING);
        let found = self.vocabulary.phrase_at(words.map(|word| self.vocabulary.look_up(word)));
        found.is_some_and(|(word, _)| self.naming.gives_name(self.vocabulary.classes(word)))
    }

    /// Takes labels of the paper's own parts, identifiers, and words set in capitals that it writes in small
    /// letters too out of what may be names.
    fn dismiss_labels(&self, prose: &str, coined: &mut [CoinedName], progress: &mut Progress) {
        let is_none =
            |name: &str| has_underscore(name) || self.labels.is_coined_label(name, &self.vocabulary);
        progress.coined.retain(|span| !is_none(span.of(prose)));
        progress.labelled.retain(|span| !is_none(span.of(prose)));
        for (_, spans) in &mut progress.names_beside {
            spans.retain(|span| !is_none(span.of(prose)));
        }
        let names = coined.iter_mut().filter(|word| word.is_name).collect::<Vec<_>>();
        let written_small = written_small(prose, names.iter().map(|word| &*word.name));
        for word in names {
            if is_none(&word.name) || written_small.contains(&*word.name.to_ascii_lowercase()) {
                word.is_name = false;
            }
        }
    }

    /// Reads what is no sentence but may hold names: the row of a table, the line of a listing. False if it
    /// holds none.
    fn read_row(
        &self,
        prose: &str,
        row: ByteSpan,
        workspace: &mut Workspace,
        progress: &mut Progress,
    ) -> bool {
        // Looked at by itself, no name in it goes on in the next row.
        let mut names = self.anchors.find(row.of(prose), &self.names).names;
        for name in &mut names {
            name.span = ByteSpan::new(row.start + name.span.start, row.start + name.span.end);
        }
        names.retain(|name| self.labels.is_name(prose, name.span, &progress.labels, &self.vocabulary));
        if !names.is_empty() {
            self.read_names(prose, row, &names, workspace, progress);
        }
        !names.is_empty()
    }
}

/// Bytes of a prose whose names and head words are counted at once.
const PIECE: usize = 64 << 10;

/// Where a piece of a prose ends: between words, or between letters where there is nothing else.
fn end_of_piece(prose: &str, start: usize) -> usize {
    let Some(piece) = prose.as_bytes().get(start..start + PIECE) else { return prose.len() };
    let mut end = start + memchr::memrchr2(b' ', b'\n', piece).unwrap_or(PIECE).max(1);
    while !prose.is_char_boundary(end) {
        end += 1;
    }
    end
}

/// Letters that a word set in capitals must have to be looked for in small ones: shorter ones are abbreviations
/// that some other word is like.
const SHORTEST_CAPITALS: usize = 5;

/// Which words set in capitals stand in small letters too, in those.
fn written_small<'p>(prose: &'p str, names: impl Iterator<Item = &'p str>) -> HashSet<String> {
    let capitals = names
        .filter(|name| name.len() >= SHORTEST_CAPITALS && name.bytes().all(|byte| byte.is_ascii_uppercase()));
    let wanted: HashSet<String> = capitals.map(str::to_ascii_lowercase).collect();
    if wanted.is_empty() {
        return wanted;
    }
    let words = prose.split(|c: char| !c.is_alphabetic());
    words.filter(|word| wanted.contains(*word)).map(str::to_string).collect()
}

/// The ids of organisations by the keys of their names, where a group of a rule may hold one.
fn makers(rules: &[Rule], organisations: &Organisations) -> NameMap<Box<str>> {
    let mut regexes = rules.iter().filter_map(|rule| rule.wanted.regex.as_ref());
    if !regexes.any(|regex| regex.groups().any(|group| group == Group::Told(Trait::Organisation))) {
        return NameMap::default();
    }
    let mut makers = NameMap::default();
    for (_, organisation) in organisations.iter() {
        for name in organisation.names() {
            makers.entry(spelling_key(name).into()).or_insert_with(|| organisation.id.as_str().into());
        }
    }
    makers
}

/// Lets sentences be read in which a match may be a mention of its own.
fn anchor_matches(matches: &RegexMatches, sentences: &[ByteSpan], anchored: &mut [Option<Range<usize>>]) {
    for found in matches.found.iter().filter(|found| found.stands_for.is_some()) {
        let place = sentences.partition_point(|sentence| sentence.end <= found.span.start);
        if let Some(here) = anchored.get_mut(place) {
            here.get_or_insert(0..0);
        }
    }
}

/// For each sentence that holds a name or a head word, which of the names stand in it.
fn anchored_sentences(
    sentences: &[ByteSpan],
    names: &[NameMention],
    heads: &[usize],
) -> Vec<Option<Range<usize>>> {
    let (mut name, mut head) = (0, 0);
    let of_sentence = |sentence: &ByteSpan| {
        let (first_name, first_head) = (name, head);
        name += names[name..].iter().take_while(|found| found.span.start < sentence.end).count();
        head += heads[head..].iter().take_while(|at| **at < sentence.end).count();
        (name > first_name || head > first_head).then_some(first_name..name)
    };
    sentences.iter().map(of_sentence).collect()
}
