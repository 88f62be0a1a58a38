//! Votes of rules on noun phrases; the kind with the largest sum wins.

use super::automaton::{Automaton, Direction};
use super::mention::Vote;
use super::noun_phrase::NounPhrase;
use super::regex_matches::SentenceMatches;
use super::rule_index::{Commonness, RuleIndex};
use super::unit::Unit;
use super::vocabulary::Vocabulary;
use crate::catalogue::{
    ClassSet, Condition, Expression, Kind, PlacedPatterns, Rule, RuleId, RuleStatus, Scope, applies_to,
};
use crate::document::{ByteSpan, SectionKind};

/// The facts on a phrase besides its words that the `when` conditions of rules test.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PhraseFacts(u32);

impl PhraseFacts {
    /// Records a condition if it holds.
    pub fn set(&mut self, condition: Condition, holds: bool) {
        if holds {
            self.0 |= 1 << condition as u32;
        }
    }

    fn of(conditions: &[Condition]) -> Self {
        let mut facts = Self::default();
        conditions.iter().for_each(|condition| facts.set(*condition, true));
        facts
    }

    fn holds_all(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }
}

/// A sentence, and the rules that it does not rule out.
#[derive(Debug)]
pub struct SentenceContext<'a> {
    units: &'a [Unit],
    /// The union of its units' classes.
    pub(super) classes: ClassSet,
    section: SectionKind,
    /// The matches of regular expressions in it.
    pub(super) matches: SentenceMatches<'a>,
    /// The indices of rules indexed by words of the sentence that may vote, in order.
    open: Vec<u32>,
}

/// A phrase in its sentence, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct VotedPhrase<'a> {
    /// The sentence.
    pub context: &'a SentenceContext<'a>,
    /// The phrase.
    pub phrase: NounPhrase,
    /// The unit after the phrase and its bracketed abbreviations.
    pub after: usize,
    /// The facts besides its words.
    pub facts: PhraseFacts,
}

impl<'a> VotedPhrase<'a> {
    /// Returns the units of the phrase.
    fn words(&self) -> &'a [Unit] {
        &self.context.units[self.phrase.start..=self.phrase.head]
    }

    /// Returns the bytes of the phrase.
    fn span(&self) -> ByteSpan {
        let units = self.context.units;
        ByteSpan::new(units[self.phrase.start].span.start, units[self.phrase.head].span.end)
    }

    /// Returns the units before it.
    fn before(&self) -> &'a [Unit] {
        &self.context.units[..self.phrase.start]
    }

    /// Returns the units behind it and its bracketed abbreviations.
    fn behind(&self) -> &'a [Unit] {
        &self.context.units[self.after..]
    }
}

#[derive(Debug, Default)]
struct CompiledPlaces {
    phrase: Option<Automaton>,
    before: Option<Automaton>,
    after: Option<Automaton>,
    sentence: Option<Automaton>,
}

impl CompiledPlaces {
    fn new(places: &PlacedPatterns, vocabulary: &mut Vocabulary) -> Self {
        let mut compile = |place: &Option<crate::catalogue::RulePattern>, direction| {
            place.as_ref().map(|place| Automaton::new(&place.pattern, direction, vocabulary))
        };
        Self {
            phrase: compile(&places.phrase, Direction::Forward),
            before: compile(&places.before, Direction::Backward),
            after: compile(&places.after, Direction::Forward),
            sentence: compile(&places.sentence, Direction::Forward),
        }
    }

    /// Returns whether the pattern of the sentence matches, if there is one.
    fn sentence_matches(&self, units: &[Unit]) -> bool {
        self.sentence.as_ref().is_none_or(|automaton| automaton.matches_within(units))
    }

    /// Returns whether the patterns of the phrase and of its surroundings match. The latter mostly fail at
    /// their first unit, so they are tried first.
    fn phrase_matches(&self, voted: &VotedPhrase<'_>) -> bool {
        self.before.as_ref().is_none_or(|automaton| automaton.matches_from_edge(voted.before()))
            && self.after.as_ref().is_none_or(|automaton| automaton.matches_from_edge(voted.behind()))
            && self.phrase.as_ref().is_none_or(|automaton| automaton.matches_all(voted.words()))
    }

    fn any_match(&self, voted: &VotedPhrase<'_>) -> bool {
        self.before.as_ref().is_some_and(|automaton| automaton.matches_from_edge(voted.before()))
            || self.after.as_ref().is_some_and(|automaton| automaton.matches_from_edge(voted.behind()))
            || self.phrase.as_ref().is_some_and(|automaton| automaton.matches_all(voted.words()))
            || self.sentence.as_ref().is_some_and(|automaton| automaton.matches_within(voted.context.units))
    }

    fn required(&self) -> (ClassSet, ClassSet) {
        let of = |automaton: &Option<Automaton>| {
            automaton.as_ref().map(|automaton| automaton.required).unwrap_or_default()
        };
        let phrase = of(&self.phrase);
        let mut sentence = phrase;
        for automaton in [&self.before, &self.after, &self.sentence] {
            sentence.extend(of(automaton));
        }
        (phrase, sentence)
    }
}

#[derive(Debug)]
struct CompiledRule {
    id: RuleId,
    kind: Kind,
    weight: f64,
    nameless: f64,
    facts: PhraseFacts,
    /// The parts of a paper in which the rule applies; empty for all.
    sections: Vec<SectionKind>,
    /// Classes that the phrase must have somewhere, tested before any automaton runs.
    phrase_classes: ClassSet,
    /// Classes that the sentence must have somewhere.
    sentence_classes: ClassSet,
    /// Sets of classes, of each of which the phrase must have at least one.
    phrase_one_of: Vec<ClassSet>,
    wanted: CompiledPlaces,
    unless: CompiledPlaces,
    /// A regular expression that must not match the sentence or paragraph.
    unless_regex: Option<Box<(Expression, Scope)>>,
}

/// All rules, ready to vote.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<CompiledRule>,
    /// Rules that need a word of the phrase.
    by_phrase: RuleIndex,
    /// Rules that need a word anywhere in the sentence, and those that need none.
    by_sentence: RuleIndex,
    /// Rules that need a match of their regular expression, in order.
    by_regex: Vec<(RuleId, u32)>,
}

/// Number of rules for which there is room from the start.
const USUALLY_OPEN: usize = 64;

/// Ratio of the length of a sentence to that of a phrase, by which a word required in the phrase is rarer.
const PHRASES_IN_SENTENCE: f64 = 6.0;

impl RuleSet {
    /// Compiles the wanted rules that are not disabled, and adds their words to the vocabulary.
    pub fn new(rules: &[Rule], wanted: impl Fn(&Rule) -> bool, vocabulary: &mut Vocabulary) -> Self {
        let commonness = Commonness::new(vocabulary);
        let votes = |rule: &Rule| rule.status == RuleStatus::Stable && wanted(rule);
        let voting = rules.iter().enumerate().filter(|(_, rule)| votes(rule));
        let mut set = Self {
            rules: Vec::new(),
            by_phrase: RuleIndex::default(),
            by_sentence: RuleIndex::default(),
            by_regex: Vec::new(),
        };
        for (index, rule) in voting {
            let wanted = CompiledPlaces::new(&rule.wanted, vocabulary);
            let (phrase_classes, sentence_classes) = wanted.required();
            let of_phrase = commonness.rarest(wanted.phrase.iter(), vocabulary);
            let beside = [&wanted.before, &wanted.after, &wanted.sentence].into_iter().flatten();
            let place = set.rules.len() as u32; // far fewer than 2^32
            let id = RuleId(index as u32); // far fewer than 2^32
            match (of_phrase, commonness.rarest(beside, vocabulary)) {
                _ if rule.wanted.regex.is_some() => set.by_regex.push((id, place)),
                (Some((keys, share)), other)
                    if other.as_ref().is_none_or(|(_, other)| share <= other * PHRASES_IN_SENTENCE) =>
                {
                    set.by_phrase.add(place, Some(keys));
                }
                (_, keys) => set.by_sentence.add(place, keys.map(|(keys, _)| keys)),
            }
            set.rules.push(CompiledRule {
                id,
                kind: rule.kind,
                weight: rule.weight,
                nameless: rule.nameless,
                facts: PhraseFacts::of(&rule.when),
                sections: rule.sections.clone(),
                phrase_classes,
                sentence_classes,
                phrase_one_of: wanted
                    .phrase
                    .as_ref()
                    .map(|phrase| phrase.required_one_of.clone())
                    .unwrap_or_default(),
                wanted,
                unless: CompiledPlaces::new(&rule.unless, vocabulary),
                unless_regex: rule.unless.regex.clone().map(|regex| Box::new((regex, rule.scope))),
            });
        }
        set
    }

    /// Replaces the weights of rules.
    pub fn reweigh(&mut self, weight_of: &dyn Fn(RuleId) -> f64) {
        for rule in &mut self.rules {
            rule.weight = weight_of(rule.id);
        }
    }

    /// Evaluates once everything that rules require of a sentence of these units and classes.
    pub fn context<'a>(
        &self,
        units: &'a [Unit],
        (classes, section): (ClassSet, SectionKind),
        matches: SentenceMatches<'a>,
    ) -> SentenceContext<'a> {
        let mut context = SentenceContext { units, classes, section, matches, open: Vec::new() };
        let mut open = Vec::with_capacity(USUALLY_OPEN);
        self.by_sentence.each(units, classes, |rule| open.push(rule));
        open.sort_unstable();
        open.dedup();
        open.retain(|place| {
            let rule = &self.rules[*place as usize];
            rule.allows(&context) && rule.wanted.sentence_matches(units)
        });
        context.open = open;
        context
    }

    /// Returns every vote on a phrase, in the order of the rules.
    pub fn votes(&self, voted: &VotedPhrase<'_>) -> Vec<Vote> {
        let mut phrase_classes = ClassSet::default();
        for unit in voted.words() {
            phrase_classes.extend(unit.classes);
        }
        let votes_for = |rule: &CompiledRule| {
            voted.facts.holds_all(rule.facts)
                && phrase_classes.has_all(rule.phrase_classes)
                && rule.phrase_one_of.iter().all(|classes| phrase_classes.has_any(*classes))
                && rule.wanted.phrase_matches(voted)
                && !rule.unless.any_match(voted)
                && !voted.context.matches.is_closed(rule.id)
                && !rule.is_barred(voted.context.matches)
        };
        let mut votes = Vec::new();
        self.by_phrase.each(voted.words(), phrase_classes, |place| {
            let rule = &self.rules[place as usize];
            if rule.allows(voted.context)
                && votes_for(rule)
                && rule.wanted.sentence_matches(voted.context.units)
            {
                votes.push(rule.vote());
            }
        });
        if !voted.context.matches.is_empty() {
            self.votes_of_matches(voted, &votes_for, &mut votes);
        }
        let open = voted.context.open.iter().map(|place| &self.rules[*place as usize]);
        votes.extend(open.filter(|rule| votes_for(rule)).map(CompiledRule::vote));
        votes.sort_by_key(|vote| vote.rule);
        votes.dedup_by_key(|vote| vote.rule);
        votes
    }
}

impl RuleSet {
    /// Returns whether a rule with a regular expression votes with a positive weight.
    pub fn speaks(&self, rule: RuleId) -> bool {
        self.of_regex(rule).is_some_and(|rule| rule.weight > 0.0)
    }

    fn of_regex(&self, rule: RuleId) -> Option<&CompiledRule> {
        let place = self.by_regex.binary_search_by_key(&rule, |(rule, _)| *rule).ok()?;
        self.rules.get(self.by_regex[place].1 as usize)
    }

    /// Adds the votes of rules whose regular expression touches the phrase. Each match leads to one vote.
    fn votes_of_matches(
        &self,
        voted: &VotedPhrase<'_>,
        votes_for: &impl Fn(&CompiledRule) -> bool,
        votes: &mut Vec<Vote>,
    ) {
        for found in voted.context.matches.touching(voted.span()) {
            let Some(rule) = self.of_regex(found.rule) else { continue };
            if rule.allows(voted.context)
                && votes_for(rule)
                && rule.wanted.sentence_matches(voted.context.units)
            {
                voted.context.matches.voted(found);
                votes.push(rule.vote());
            }
        }
    }
}

impl CompiledRule {
    fn vote(&self) -> Vote {
        Vote { rule: self.id, kind: self.kind, weight: self.weight, nameless: self.nameless }
    }

    /// Returns whether the sentence or paragraph matches the expression that must not match.
    fn is_barred(&self, matches: SentenceMatches<'_>) -> bool {
        self.unless_regex.as_ref().is_some_and(|unless| unless.0.is_match(matches.text(unless.1)))
    }

    /// Returns whether the classes of a sentence and its section leave the rule possible.
    fn allows(&self, context: &SentenceContext<'_>) -> bool {
        applies_to(&self.sections, context.section) && context.classes.has_all(self.sentence_classes)
    }
}
