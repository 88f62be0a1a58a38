//! Search for the regular expressions of rules, in sentences that hold a text which they need.

use super::literal_index::{LiteralIndex, SetsHeld};
use super::regex_matches::{Found, RegexMatches};
use crate::catalogue::{
    Condition, EntityType, Expression, Group, Rule, RuleId, RuleStatus, Scope, applies_to,
};
use crate::document::{ByteSpan, SectionKind};

/// Longest paragraph, in bytes; a longer one is cut, so that no text can make a search long.
const LONGEST_PARAGRAPH: usize = 8_000;

/// The regular expressions of all rules that vote, with an index of the literals that they need.
#[derive(Debug, Default)]
pub struct RegexSearch {
    index: LiteralIndex,
    searched: Vec<Searched>,
    looks_at_paragraphs: bool,
}

#[derive(Debug)]
struct Searched {
    rule: RuleId,
    expression: Expression,
    scope: Scope,
    /// The type of the mention that a match makes on its own, if the rule lets it make one.
    stands_for: Option<EntityType>,
    /// The sections that the rule applies to; empty for all.
    sections: Vec<SectionKind>,
}

impl RegexSearch {
    /// Prepares the regular expressions of the rules that vote.
    pub fn new(rules: &[Rule]) -> Self {
        let voting = rules.iter().enumerate().filter(|(_, rule)| rule.status == RuleStatus::Stable);
        let searched: Vec<Searched> = voting
            .filter_map(|(index, rule)| {
                let is_data = rule.when.contains(&Condition::Dataset);
                let entity_type = if is_data { EntityType::Dataset } else { EntityType::Model };
                Some(Searched {
                    rule: RuleId(index as u32), // far fewer than 2^32
                    expression: rule.wanted.regex.clone()?,
                    scope: rule.scope,
                    stands_for: (rule.names.is_none() && rule.wanted.phrase.is_none()).then_some(entity_type),
                    sections: rule.sections.clone(),
                })
            })
            .collect();
        let expects_paragraphs = |rule: &Rule| rule.unless.regex.is_some() && rule.scope == Scope::Paragraph;
        Self {
            index: LiteralIndex::new(searched.iter().map(|searched| &searched.expression)),
            looks_at_paragraphs: searched.iter().any(|searched| searched.scope == Scope::Paragraph)
                || rules.iter().any(expects_paragraphs),
            searched,
        }
    }

    /// Searches the sentences of a prose, or their paragraphs, each for the rules that apply to its section.
    /// `section_at` returns the section at a byte of the prose.
    pub fn search(
        &self,
        prose: &str,
        sentences: &[ByteSpan],
        section_at: impl Fn(usize) -> SectionKind,
    ) -> RegexMatches {
        let mut matches = RegexMatches::default();
        if self.looks_at_paragraphs {
            matches.paragraphs = paragraphs(prose, sentences, &|at| section_at(at).is_searched());
        }
        if self.searched.is_empty() {
            return matches;
        }
        // Where each expression was searched for last.
        let mut last = vec![usize::MAX; self.searched.len()];
        // Apart, since searches in sentences and in paragraphs take turns.
        let (mut held_by_sentence, mut held_by_paragraph) = (SetsHeld::default(), SetsHeld::default());
        let mut look = |place: u32, sentence: ByteSpan, matches: &mut RegexMatches| {
            let searched = &self.searched[place as usize];
            let section = section_at(sentence.start);
            if !section.is_searched() || !applies_to(&searched.sections, section) {
                return;
            }
            let (window, held) = match searched.scope {
                Scope::Sentence => (sentence, &mut held_by_sentence),
                Scope::Paragraph => {
                    (matches.paragraph_at(sentence).unwrap_or(sentence), &mut held_by_paragraph)
                }
            };
            if std::mem::replace(&mut last[place as usize], window.start) != window.start
                && self.index.may_match(place, prose, window, held)
            {
                searched.look(prose, window, sentences, matches);
            }
        };
        let mut sentence = 0;
        self.index.each(prose, |at, place| {
            while sentences.get(sentence).is_some_and(|sentence| sentence.end <= at) {
                sentence += 1;
            }
            let Some(here) = sentences.get(sentence).filter(|here| here.start <= at) else { return };
            look(place, *here, &mut matches);
        });
        if !self.index.always().is_empty() {
            for here in sentences {
                self.index.always().iter().for_each(|place| look(*place, *here, &mut matches));
            }
        }
        matches.put_in_order();
        matches
    }
}

impl Searched {
    /// Searches one sentence or paragraph.
    fn look(&self, prose: &str, window: ByteSpan, sentences: &[ByteSpan], matches: &mut RegexMatches) {
        for found in self.expression.matches(window.of(prose)) {
            let in_prose = |range: &std::ops::Range<usize>| {
                ByteSpan::new(window.start + range.start, window.start + range.end)
            };
            let mut groups: Vec<(Group, ByteSpan)> =
                found.groups.iter().map(|(group, range)| (*group, in_prose(range))).collect();
            let bounds = groups.iter().position(|(group, _)| *group == Group::Mention);
            let bounds = bounds.map(|place| groups.remove(place).1);
            let touched = bounds.unwrap_or_else(|| in_prose(&found.span));
            // A match may go over several sentences; a mention stands in one.
            let first = sentences.partition_point(|sentence| sentence.end <= touched.start);
            let there = sentences[first..].iter().take_while(|sentence| sentence.start < touched.end);
            let there = there.take(if bounds.is_some() { 1 } else { usize::MAX });
            let parts: Vec<ByteSpan> =
                there.filter_map(|sentence| part_in(prose, touched, *sentence)).collect();
            let number = matches.new_match();
            for (place, part) in parts.iter().enumerate() {
                matches.found.push(Found {
                    rule: self.rule,
                    number,
                    span: *part,
                    gives_bounds: bounds.is_some(),
                    stands_for: self.stands_for.filter(|_| place + 1 == parts.len()),
                    groups: groups.clone(),
                });
            }
        }
    }
}

/// Returns the part of a span that lies in a sentence, without surrounding white space.
fn part_in(prose: &str, span: ByteSpan, sentence: ByteSpan) -> Option<ByteSpan> {
    let span = ByteSpan::new(span.start.max(sentence.start), span.end.min(sentence.end));
    let text = prose.get(span.start..span.end)?;
    let start = span.start + (text.len() - text.trim_start().len());
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| ByteSpan::new(start, start + trimmed.len()))
}

/// Returns the paragraphs of the searched sentences. A paragraph ends at a blank line.
fn paragraphs(prose: &str, sentences: &[ByteSpan], is_searched: &impl Fn(usize) -> bool) -> Vec<ByteSpan> {
    let mut paragraphs: Vec<ByteSpan> = Vec::new();
    let mut goes_on = false;
    for sentence in sentences {
        if !is_searched(sentence.start) {
            goes_on = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last)
                if goes_on
                    && prose[last.end..sentence.start].bytes().filter(|byte| *byte == b'\n').count() < 2
                    && sentence.end - last.start <= LONGEST_PARAGRAPH =>
            {
                last.end = sentence.end;
            }
            _ => paragraphs.push(*sentence),
        }
        goes_on = true;
    }
    paragraphs
}
