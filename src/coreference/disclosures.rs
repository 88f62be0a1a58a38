//! Statements on the use of AI, whose sentences share the names that one of them gives.

use super::paper::Sentence;
use super::sets::MOST_NAMES;
use super::ties::{Ties, naming};
use crate::detect::Way;
use crate::document::SectionKind;

/// Most sentences between a description and the names of its statement.
const FARTHEST: usize = 3;

/// Ties descriptions of all that was used to the names in the same statement: "We polished it with AI-based tools (A and
/// B). AI tools also helped with code", "It was written with A. Whatever came of LLM assistance was checked", "Language
/// models were used in two roles: A wrote code, B checked it".
pub(super) fn tie_in_disclosures(ties: &mut Ties<'_, '_>) {
    for (place, sentence) in ties.paper.sentences.iter().enumerate() {
        if sentence.section != SectionKind::Disclosure {
            continue;
        }
        for index in &sentence.described {
            // "LLM assistance" is all help, as "AI tools" are.
            let mention = ties.mention(*index);
            let is_all = mention.plural && ties.count_of(*index).is_none() || mention.is_kept_back();
            if !is_all || !ties.names_of(*index).is_empty() {
                continue;
            }
            let is_near = |other: &&Sentence<'_>| {
                other.part == sentence.part && other.section == SectionKind::Disclosure
            };
            let before = ties.paper.sentences[..place].iter().rev().take(FARTHEST).filter(is_near);
            let from_here = ties.paper.sentences[place..].iter().take(FARTHEST + 1).filter(is_near);
            let names: Vec<usize> = before.chain(from_here).flat_map(Sentence::names).collect();
            let names = ties.paper.trusted(&names);
            let Some(first) = names.first().filter(|_| names.len() <= MOST_NAMES) else { continue };
            let at = ties.mention(*first).span;
            ties.set(*index, &names, Some(naming(Way::Set, "names in the same statement", at)));
        }
    }
}
