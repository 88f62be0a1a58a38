//! Reading of one sentence: its units, its noun phrases, the votes on them and their attributes.

use super::address::whole_address;
use super::attribute;
use super::code::is_in_code;
use super::contexts::PhraseContext;
use super::decision::{Decision, decide};
use super::detector::Detector;
use super::document_state::DocumentState;
use super::elided::{Elided, elided};
use super::elided_sizes::elided_sizes;
use super::mention::Mention;
use super::name::NameMention;
use super::noun_phrase::NounPhrase;
use super::regex_matches::SentenceMatches;
use super::token::{Token, tokenise};
use super::unit::{Unit, join};
use super::version::{is_other_version, with_checkpoint, with_prefix, with_version};
use super::vote::{PhraseFacts, SentenceContext, VotedPhrase};
use super::{Attributes, Measure, PhraseVotes, QuantityMention};
use crate::catalogue::{ClassSet, Condition, EntityType, Kind};
use crate::document::{ByteSpan, SectionKind};

/// Buffers that are reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct SentenceBuffers {
    tokens: Vec<Token>,
    units: Vec<Unit>,
    name_spans: Vec<ByteSpan>,
    /// The quantities of the sentence that was read last.
    pub quantities: Vec<QuantityMention>,
    phrases: Vec<NounPhrase>,
    /// For each quantity the index of the phrase that it belongs to.
    attached: Vec<Option<usize>>,
}

/// Number of tokens for which there is room from the start: most sentences have fewer.
const ROOM: usize = 64;

impl SentenceBuffers {
    /// Makes room for most sentences.
    pub fn new() -> Self {
        Self { tokens: Vec::with_capacity(ROOM), units: Vec::with_capacity(ROOM), ..Self::default() }
    }
}

/// A sentence while it is read.
struct Reading<'a> {
    prose: &'a str,
    sentence: ByteSpan,
    section: SectionKind,
    units: &'a [Unit],
    context: SentenceContext<'a>,
    quantities: &'a [QuantityMention],
    phrases: &'a [NounPhrase],
    attached: &'a [Option<usize>],
    /// The bounds of phrases that only a regular expression found.
    made: &'a [Option<ByteSpan>],
}

impl Detector {
    /// Reads one sentence of a section, given the catalogue's names and the matches in it.
    pub(super) fn read_sentence(
        &self,
        prose: &str,
        (sentence, section): (ByteSpan, SectionKind),
        (names, matches): (&[NameMention], SentenceMatches<'_>),
        workspace: &mut SentenceBuffers,
        progress: &mut DocumentState,
    ) {
        let SentenceBuffers { tokens, units, name_spans, quantities, phrases, attached } = workspace;
        tokens.clear();
        units.clear();
        name_spans.clear();
        quantities.clear();
        phrases.clear();
        attached.clear();

        tokenise(prose, sentence, &self.vocabulary, tokens);
        self.quantities.find(prose, sentence, quantities);
        self.add_names(prose, sentence, names, tokens, name_spans, progress);
        join(tokens, name_spans, quantities, &self.vocabulary, self.marks, units);
        let mut classes = ClassSet::default();
        units.iter().for_each(|unit| classes.extend(unit.classes));
        if self.naming.may_coin(classes) {
            self.naming.coined(units, &mut progress.coined);
        }
        if self.naming.gives_name(classes) {
            self.naming.labelled(units, &mut progress.labelled);
        }
        self.name_discovery.read(prose, units, (classes, section), matches, &mut progress.candidates);
        for phrase in (0..units.len()).filter_map(|at| self.grammar.found_at(units, at, prose)) {
            // "a set of models" is one phrase, and "a set" no other
            while phrases.last().is_some_and(|last: &NounPhrase| last.head >= phrase.start) {
                phrases.pop();
            }
            phrases.push(phrase);
        }
        let speaks = |rule| self.rules.speaks(rule);
        let made = matches.add_phrases(units, &self.grammar, self.marks.name, speaks, phrases);
        attached.extend(quantities.iter().map(|quantity| {
            attribute::attach(quantity, phrases, (prose, units), (self.of, self.marks.name))
        }));

        if phrases.is_empty() {
            return;
        }
        let context = self.rules.context(units, (classes, section), matches);
        let made = &made;
        let reading =
            Reading { prose, sentence, section, units, context, quantities, phrases, attached, made };
        let mut skip_to = 0;
        for (index, phrase) in reading.phrases.iter().enumerate() {
            if skip_to <= phrase.head {
                skip_to = self.read_phrase(&reading, index, progress);
            }
        }
    }

    /// Reads text that is no sentence but may hold names: the row of a table, the line of a listing.
    pub(super) fn read_names(
        &self,
        prose: &str,
        row: ByteSpan,
        names: &[NameMention],
        workspace: &mut SentenceBuffers,
        progress: &mut DocumentState,
    ) {
        let SentenceBuffers { tokens, name_spans, .. } = workspace;
        tokens.clear();
        name_spans.clear();
        tokenise(prose, row, &self.vocabulary, tokens);
        self.add_names(prose, row, names, tokens, name_spans, progress);
    }

    /// Adds the catalogue's names in a sentence, extended by their prefixes and versions, and elided names
    /// behind them.
    fn add_names(
        &self,
        prose: &str,
        sentence: ByteSpan,
        names: &[NameMention],
        tokens: &[Token],
        spans: &mut Vec<ByteSpan>,
        progress: &mut DocumentState,
    ) {
        for name in names {
            // "GPT-5.1 Codex" is no Codex
            if spans.last().is_some_and(|last| last.overlaps(name.span)) {
                continue;
            }
            let span = with_version(name.span, tokens, prose, &self.vocabulary, self.variant);
            let span = if name.after_maker { span } else { with_prefix(span, tokens, prose) };
            let span = with_checkpoint(span, tokens, prose);
            let span = whole_address(span, prose, names);
            spans.push(span);
            let entity_type =
                name.systems.first().and_then(|system| self.entity_types.get(system.0 as usize));
            let mut mention = Mention::by_name(
                entity_type.copied().or(name.entity_type).unwrap_or(EntityType::Model),
                span,
                sentence,
            );
            // A version that the catalogue does not know is not another member of the family.
            let other = name.other_version
                || mention.entity_type == EntityType::Model && is_other_version(name.span, span, prose);
            if span.start == name.span.start && !other {
                mention.systems.clone_from(&name.systems);
            }
            let entity_type = mention.entity_type;
            progress.mentions.push(mention);
            let joins = |word: &str| self.vocabulary.is_in(word, self.conjunction);
            let mut members = elided(prose, span, &self.names, |word| self.is_variant(word), joins);
            if members.is_empty() && entity_type == EntityType::Model {
                members = self.elided_sizes(prose, span);
            }
            for member in members {
                if member.span.end > sentence.end || names.iter().any(|name| name.span.overlaps(member.span))
                {
                    break;
                }
                spans.push(member.span);
                progress.mentions.push(Mention {
                    systems: member.systems,
                    full_name: Some(member.full.into()),
                    ..Mention::by_name(entity_type, member.span, sentence)
                });
            }
        }
    }

    fn elided_sizes(&self, prose: &str, name: ByteSpan) -> Vec<Elided> {
        let joins = |word: &str| self.vocabulary.is_in(word, self.conjunction);
        let may_follow = |word: &str| self.vocabulary.is_in(word, self.behind_size);
        elided_sizes(prose, name, &self.names, joins, may_follow)
    }

    fn is_variant(&self, word: &str) -> bool {
        self.vocabulary.is_in(word, self.variant)
    }

    /// Lets the rules vote on a phrase and keeps it as a mention. Returns the unit after it: an abbreviation
    /// in brackets repeats the phrase and is no mention of its own.
    fn read_phrase(&self, reading: &Reading<'_>, index: usize, progress: &mut DocumentState) -> usize {
        let Reading { prose, sentence, section, units, .. } = *reading;
        let phrase = reading.phrases[index];
        let after = self.naming.after(units, phrase, prose);
        let mut beside = self.naming.names_beside(units, phrase, after, prose);
        let count = || self.attributes.count(units, phrase, prose).filter(|count| *count > 1);
        if let Some(count) = (!beside.is_empty()).then(count).flatten() {
            let members = self.naming.counted_members(units, after, count as usize, prose);
            beside = members.filter(|members| members.len() > beside.len()).unwrap_or(beside);
        }
        let label =
            beside.is_empty().then(|| self.naming.placed_label(units, phrase, after, prose)).flatten();
        beside.extend(label);
        let introduced = progress.introduced[phrase.entity_type as usize];
        let facts = reading.facts(index, introduced, !beside.is_empty());
        let made = reading.made.get(index).copied().flatten();
        let span = made.unwrap_or(ByteSpan::new(units[phrase.start].span.start, units[phrase.head].span.end));
        if is_in_code(prose, span) {
            return after;
        }
        let mut votes = self.rules.votes(&VotedPhrase { context: &reading.context, phrase, after, facts });
        if made.is_some() && !reading.context.matches.speak_in(&votes, span) {
            return after; // no noun phrase, so that no other rule can make a mention of it
        }
        let context = PhraseContext {
            prose,
            units,
            classes: reading.context.classes,
            sentence_start: sentence.start,
            phrase,
            after,
            order: index,
            section,
            introduced,
            seen_noun: progress.seen_nouns.saw(units[phrase.head].span.of(prose)),
            names_beside: beside.len(),
            names_in_paper: progress.names_in_paper,
            votes: &votes,
        };
        let bounds = reading.context.matches.bounds(&votes, span);
        if let Some(phrase_votes) = &mut progress.phrase_votes {
            let contexts = self.contexts.answers(&context, &self.rule_names);
            let span = bounds.map_or(span, |(_, bounds)| bounds);
            phrase_votes.push(PhraseVotes {
                span,
                entity_type: phrase.entity_type,
                votes: votes.clone(),
                contexts,
            });
        }
        // Contexts were fitted to noun phrases.
        let is_weighed = self.contexts.know(phrase.entity_type) && made.is_none();
        let has_contexts = is_weighed && !progress.rules_alone;
        let contexts = has_contexts.then(|| self.contexts.score(&context));
        let scale = if has_contexts { self.contexts.rules } else { 1.0 };
        let Some(Decision { kind, chances }) = decide(&mut votes, contexts, scale) else { return after };
        if kind == Kind::Named {
            // "the GPT-4 model": the name in or behind the phrase is the mention
            let end = units.get(after).map_or(span.end, |unit| unit.span.end);
            let phrase = ByteSpan::new(span.start, end);
            let mut here =
                progress.mentions.iter_mut().rev().take_while(|mention| mention.sentence == sentence);
            if let Some(name) =
                here.find(|mention| mention.kind == Kind::Named && mention.span.overlaps(phrase))
            {
                name.votes.extend(votes);
            }
            return after;
        }

        let mut attributes = self.attributes_of(reading, index, after);
        let groups = reading.context.matches.groups(&votes, span);
        self.add_group_attributes(prose, &groups, reading.quantities, &mut attributes);
        let span = bounds.filter(|(of, _)| *of == kind).map_or(span, |(_, bounds)| bounds);
        let mention = Mention {
            section,
            plural: phrase.plural,
            takes_up: self.grammar.takes_up(units, phrase),
            definite: self.grammar.is_definite(units, phrase),
            confidence: f64::from(chances[kind as usize]),
            chances,
            votes,
            attributes,
            ..Mention::new(kind, phrase.entity_type, span, sentence)
        };
        if kind == Kind::NoMention {
            if !mention.votes.is_empty() {
                progress.dismissed.push(mention);
            }
            return after;
        }
        if phrase.head > phrase.start
            && !phrase.plural
            && units[phrase.head].classes.has_any(self.naming_head)
        {
            let slots = name_slots(units, phrase).map(|slot| (progress.mentions.len(), slot));
            progress.name_slots.extend(slots);
        }
        progress.introduced[phrase.entity_type as usize] |= kind != Kind::Generic;
        progress.labelled.extend(label);
        if !beside.is_empty() {
            progress.names_beside.push((progress.mentions.len(), beside));
        }
        progress.mentions.push(mention);
        after
    }

    /// Collects the attributes that a phrase, and the words from it to the next one, state.
    fn attributes_of(&self, reading: &Reading<'_>, index: usize, after: usize) -> Attributes {
        let Reading { prose, units, phrases, .. } = *reading;
        let phrase = phrases[index];
        let mut attributes = Attributes::default();
        self.attributes.read_traits(&units[phrase.start..=phrase.head], &mut attributes);
        let clause_end = phrases.get(index + 1).map_or(units.len(), |next| next.start.max(after));
        self.attributes.read_traits(&units[after.min(clause_end)..clause_end], &mut attributes);
        attributes.count = self.attributes.count(units, phrase, prose);
        // What the phrase itself says comes before what stands around it.
        let span = ByteSpan::new(units[phrase.start].span.start, units[phrase.head].span.end);
        for inside in [true, false] {
            for (quantity, to) in reading.quantities.iter().zip(reading.attached) {
                let is_wanted = *to == Some(index) && span.overlaps(quantity.span) == inside;
                if is_wanted && attributes.quantity(quantity.measure).is_none() {
                    attributes.quantities.push((quantity.measure, quantity.quantity.clone()));
                }
            }
        }
        attributes
    }
}

impl Reading<'_> {
    /// Collects the conditions of rules that a phrase fulfils.
    fn facts(&self, index: usize, introduced: bool, named_beside: bool) -> PhraseFacts {
        let phrase = self.phrases[index];
        let mut quantities = self.quantities.iter().zip(self.attached);
        let sized = quantities.any(|(found, to)| *to == Some(index) && found.measure == Measure::Parameters);
        let mut facts = PhraseFacts::default();
        for condition in Condition::ALL {
            let holds = match condition {
                Condition::Plural => phrase.plural,
                Condition::Singular => !phrase.plural,
                Condition::Bare => phrase.determiner.is_none(),
                Condition::First => !introduced,
                Condition::Later => introduced,
                Condition::NamedBeside => named_beside,
                Condition::NotNamedBeside => !named_beside,
                Condition::Sized => sized,
                Condition::NotSized => !sized,
                Condition::Model => phrase.entity_type == EntityType::Model,
                Condition::Dataset => phrase.entity_type == EntityType::Dataset,
            };
            facts.set(*condition, holds);
        }
        facts
    }
}

/// Iterates over where a phrase holds its name: before its head, and before a bracket that stands there, or with its
/// head: "the Orvex corpus", "the Orvex Letters (OL) corpus", "the Orvex Corpus".
fn name_slots(units: &[Unit], phrase: NounPhrase) -> impl Iterator<Item = ByteSpan> {
    let before = |back: usize| phrase.head.checked_sub(back).filter(|at| *at >= phrase.start);
    let is_bracket = |open: &usize| units[*open].sign && units[phrase.head - 1].sign;
    let slots = [Some(phrase.head), before(1), before(3).filter(is_bracket).and(before(4))];
    slots.into_iter().flatten().map(|at| units[at].span)
}
