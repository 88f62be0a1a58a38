//! Amounts that a paper states about a reference.

use std::borrow::Cow;

use super::{ClueReader, Clues, Proximity, SizeClue};
use crate::catalogue::{EntityType, SizeUnit, parse_size};
use crate::detect::{Detected, FARTHEST_OWNER, Measure, Mention, Precision, Quantity};
use crate::document::{ByteSpan, Document};
use crate::resolve::grouping::Group;
use crate::resolve::nearby::{starting_in, within};
use crate::resolve::weigh::targets;

/// Most amounts kept of one reference; one of more is no description of a system.
const MOST_SIZES: usize = 64;

/// Most bytes from a mention to the other end of an amount that belongs to it.
const REACH: usize = 2 * FARTHEST_OWNER;

/// Returns the part of the sentence of a mention in which an amount that belongs to the mention stands.
fn reach_of(mention: &Mention) -> ByteSpan {
    let (span, sentence) = (mention.span, mention.sentence);
    ByteSpan::new(
        span.start.saturating_sub(REACH).max(sentence.start),
        span.end.saturating_add(REACH).min(sentence.end),
    )
}

impl ClueReader<'_> {
    /// Collects the amounts of the mentions, and those nearby that belong to no other mention.
    pub(super) fn gather_sizes<'a>(
        &self,
        group: &Group,
        detected: &'a Detected,
        scopes: &[(ByteSpan, Proximity)],
        clues: &mut Clues<'a>,
    ) {
        for index in &group.mentions {
            for (measure, quantity) in &detected.mentions[*index].attributes.quantities {
                let around = reach_of(&detected.mentions[*index]);
                let found = starting_in(&detected.quantities, around, |found| found.span).find(|found| {
                    found.measure == *measure && found.quantity == *quantity && around.contains(found.span)
                });
                let span = found.map(|found| found.span);
                self.add_size(*measure, Cow::Borrowed(quantity), Proximity::Mention, span, clues);
            }
        }
        for (found, place) in within(&detected.quantities, scopes, |found| found.span) {
            // Mentions stand in the order of the text.
            let first = detected
                .mentions
                .partition_point(|mention| mention.span.start + 2 * REACH < found.span.start);
            let around = detected.mentions.iter().enumerate().skip(first);
            let mut around = around.take_while(|(_, mention)| mention.span.start <= found.span.end + REACH);
            let taken = around.any(|(index, mention)| {
                let has_it = mention
                    .attributes
                    .quantities
                    .iter()
                    .any(|(of, quantity)| *of == found.measure && *quantity == found.quantity);
                has_it
                    && mention.entity_type == group.entity_type
                    && reach_of(mention).contains(found.span)
                    && group.mentions.binary_search(&index).is_err()
            });
            if !taken {
                self.add_size(found.measure, Cow::Borrowed(&found.quantity), place, Some(found.span), clues);
            }
        }
    }

    /// Reads sizes of a short description before a word that is no known head: "a 671B mixture of experts",
    /// "a 7B base".
    pub(super) fn read_bare_sizes(&self, document: &Document, detected: &Detected, clues: &mut Clues<'_>) {
        let is_stated = clues.sizes.iter().any(|size| size.measure == Measure::Parameters);
        if is_stated || clues.entity_type != EntityType::Model {
            return;
        }
        let prose = document.prose.as_str();
        for word in prose.split_whitespace() {
            let start = word.as_ptr() as usize - prose.as_ptr() as usize;
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let scale = word.chars().next_back().is_some_and(|scale| matches!(scale, 'B' | 'b' | 'M' | 'T'));
            let size = parse_size(&word.to_uppercase(), SizeUnit::Count).filter(|_| scale);
            let Some(size) = size else { continue };
            let span = ByteSpan::new(start, start + word.len());
            // An amount of something else has its measure.
            if !detected.quantities.iter().any(|found| found.span.overlaps(span)) {
                let quantity = Cow::Owned(Quantity::new(size, Precision::Exact));
                self.add_size(Measure::Parameters, quantity, Proximity::Mention, Some(span), clues);
            }
        }
    }

    pub(super) fn add_size<'a>(
        &self,
        measure: Measure,
        quantity: Cow<'a, Quantity>,
        place: Proximity,
        span: Option<ByteSpan>,
        clues: &mut Clues<'a>,
    ) {
        let known = |size: &SizeClue<'_>| size.measure == measure && size.quantity == quantity;
        if clues.sizes.len() < MOST_SIZES && !clues.sizes.iter().any(known) {
            let targets = targets(measure, &quantity, self.index, &self.weights.size);
            if !targets.is_empty() {
                clues.sizes.push(SizeClue { measure, quantity, place, span, targets });
            }
        }
    }
}
