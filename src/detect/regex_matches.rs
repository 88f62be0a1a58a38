//! Matches of regular expressions in one paper, and the noun phrases that they touch.
//!
//! A match votes on the first noun phrase that it touches and that the rule's other keys allow. If it touches
//! none, it is a mention itself.

use std::cell::Cell;

use super::mention::Vote;
use super::noun_phrase::{Grammar, NounPhrase};
use super::unit::Unit;
use crate::catalogue::{ClassId, EntityType, Group, Kind, RuleId, Scope};
use crate::document::ByteSpan;

/// One match of a rule's regular expression, or its part in one sentence.
#[derive(Debug)]
pub struct Found {
    /// The rule.
    pub rule: RuleId,
    /// The number of the match in the paper that it is a part of.
    pub number: u32,
    /// The bytes of the prose that the rule votes on: its group `mention`, or the whole match.
    pub span: ByteSpan,
    /// Set when those are the bounds of the mention.
    pub gives_bounds: bool,
    /// The type of the mention that the match makes if it touches no noun phrase; `None` if it makes none.
    pub stands_for: Option<EntityType>,
    /// The groups that state facts on the system, with their places.
    pub groups: Vec<(Group, ByteSpan)>,
}

/// State of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Use {
    /// It has not touched a noun phrase so far.
    #[default]
    None,
    /// It touched a noun phrase.
    Touched,
    /// Its rule voted on a noun phrase.
    Voted,
}

/// All matches in one paper.
#[derive(Debug, Default)]
pub struct RegexMatches {
    /// The matches, in order of their start.
    pub found: Vec<Found>,
    /// The paragraphs, if a rule needs them.
    pub paragraphs: Vec<ByteSpan>,
    uses: Vec<Cell<Use>>,
    /// The rules that the facts on the paper close, in order.
    closed: Vec<RuleId>,
}

impl RegexMatches {
    /// Registers a match and returns its number.
    pub fn new_match(&mut self) -> u32 {
        self.uses.push(Cell::default());
        (self.uses.len() - 1) as u32 // far fewer than 2^32 matches
    }

    /// Removes the matches of rules whose conditions the paper does not meet; `rules` is sorted.
    pub fn close(&mut self, rules: Vec<RuleId>) {
        self.found.retain(|found| rules.binary_search(&found.rule).is_err());
        self.closed = rules;
    }

    /// Sorts the matches by place, as look-up by sentence requires.
    pub fn put_in_order(&mut self) {
        self.found.sort_by_key(|found| (found.span.start, found.span.end, found.rule));
    }

    /// Returns the paragraph of a sentence.
    pub fn paragraph_at(&self, sentence: ByteSpan) -> Option<ByteSpan> {
        let place = self.paragraphs.partition_point(|paragraph| paragraph.end <= sentence.start);
        self.paragraphs.get(place).copied().filter(|paragraph| paragraph.start <= sentence.start)
    }

    /// Returns the matches in a sentence.
    pub fn of_sentence<'a>(&'a self, prose: &'a str, sentence: ByteSpan) -> SentenceMatches<'a> {
        let first = self.found.partition_point(|found| found.span.start < sentence.start);
        let count = self.found[first..].partition_point(|found| found.span.start < sentence.end);
        SentenceMatches { all: self, found: &self.found[first..first + count], prose, sentence }
    }
}

/// The matches in one sentence.
#[derive(Debug, Clone, Copy)]
pub struct SentenceMatches<'a> {
    all: &'a RegexMatches,
    found: &'a [Found],
    prose: &'a str,
    sentence: ByteSpan,
}

impl<'a> SentenceMatches<'a> {
    /// Returns whether the sentence has no matches.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns whether the conditions of a rule on the paper are not met.
    pub fn is_closed(self, rule: RuleId) -> bool {
        self.all.closed.binary_search(&rule).is_ok()
    }

    /// Returns the text of the sentence or of its paragraph.
    pub fn text(&self, scope: Scope) -> &'a str {
        let span = match scope {
            Scope::Sentence => self.sentence,
            Scope::Paragraph => self.all.paragraph_at(self.sentence).unwrap_or(self.sentence),
        };
        span.of(self.prose)
    }

    /// Iterates over the matches that touch a span and have not led to a vote yet.
    pub fn touching(self, span: ByteSpan) -> impl Iterator<Item = &'a Found> {
        let free = move |found: &&Found| self.use_of(found).get() != Use::Voted;
        self.found.iter().filter(move |found| found.span.overlaps(span)).filter(free)
    }

    /// Records that the rule of a match voted.
    pub fn voted(&self, found: &Found) {
        self.use_of(found).set(Use::Voted);
    }

    fn use_of(&self, found: &Found) -> &'a Cell<Use> {
        &self.all.uses[found.number as usize]
    }

    /// Iterates over the matches on a span that led to a vote.
    fn behind(self, vote: &Vote, span: ByteSpan) -> impl Iterator<Item = &'a Found> {
        let rule = vote.rule;
        self.found.iter().filter(move |found| found.rule == rule && found.span.overlaps(span))
    }

    /// Returns whether one of the votes on a span comes from a match.
    pub fn speak_in(self, votes: &[Vote], span: ByteSpan) -> bool {
        votes.iter().any(|vote| self.behind(vote, span).next().is_some())
    }

    /// Returns the bounds from the heaviest vote that gives any, with the kind that it votes for.
    pub fn bounds(self, votes: &[Vote], span: ByteSpan) -> Option<(Kind, ByteSpan)> {
        if self.is_empty() {
            return None;
        }
        let given = votes.iter().filter_map(|vote| {
            let found = self.behind(vote, span).find(|found| found.gives_bounds)?;
            Some((vote, found.span))
        });
        let heaviest = given.max_by(|(one, _), (other, _)| one.weight.total_cmp(&other.weight));
        heaviest.map(|(vote, span)| (vote.kind, span))
    }

    /// Returns the groups of the matches behind votes on a span, the heaviest vote's first.
    pub fn groups(self, votes: &[Vote], span: ByteSpan) -> Vec<(Group, ByteSpan)> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut votes: Vec<&Vote> = votes.iter().collect();
        votes.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        votes
            .into_iter()
            .flat_map(|vote| self.behind(vote, span))
            .flat_map(|found| found.groups.clone())
            .collect()
    }

    /// Adds a phrase for each match that touches none and may be a mention. Returns the bounds of the added
    /// phrases, by index of all phrases; the list is empty if none was added.
    pub fn add_phrases(
        self,
        units: &[Unit],
        grammar: &Grammar,
        name: ClassId,
        speaks: impl Fn(RuleId) -> bool,
        phrases: &mut Vec<NounPhrase>,
    ) -> Vec<Option<ByteSpan>> {
        if self.is_empty() {
            return Vec::new();
        }
        let span_of =
            |phrase: &NounPhrase| ByteSpan::new(units[phrase.start].span.start, units[phrase.head].span.end);
        let mut made: Vec<(NounPhrase, ByteSpan)> = Vec::new();
        for found in self.found {
            // Both stand in the order of the text, and phrases do not overlap.
            let near = phrases.partition_point(|phrase| span_of(phrase).end <= found.span.start);
            if phrases.get(near).is_some_and(|phrase| span_of(phrase).overlaps(found.span)) {
                let used = self.use_of(found);
                used.set(used.get().max(Use::Touched));
                continue;
            }
            let Some(stands_for) = found.stands_for.filter(|_| self.use_of(found).get() == Use::None) else {
                continue;
            };
            let first = units.partition_point(|unit| unit.span.end <= found.span.start);
            let count = units[first..].partition_point(|unit| unit.span.start < found.span.end);
            let covered = &units[first..first + count];
            let overlaps = made.last().is_some_and(|(last, _)| last.head >= first);
            if covered.iter().all(|unit| unit.has(name)) || overlaps || !speaks(found.rule) {
                continue; // a name is one already, and so is what another rule found
            }
            made.push((grammar.phrase_over(units, first, first + count - 1, stands_for), found.span));
        }
        if made.is_empty() {
            return Vec::new();
        }
        let mut bounds = vec![None; phrases.len()];
        for (phrase, span) in made {
            let place = phrases.partition_point(|other| other.start < phrase.start);
            phrases.insert(place, phrase);
            bounds.insert(place, Some(span));
        }
        bounds
    }
}
