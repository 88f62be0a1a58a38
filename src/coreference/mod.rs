//! Whole-document coreference: ties descriptions to the names that the same paper gives elsewhere.
//!
//! There is one module for each way: names beside a description (`beside`), sentences that say what it is or is called
//! (`predicates`, `next_sentence`), footnotes (`footnotes`), sizes that only one name carries (`sizes`), roles that the
//! paper fills (`roles`), the same deeds (`deeds`), the same words elsewhere (`same_words`), lists and tables that fill
//! sets (`sets`, `paragraph_sets`, `listings`, `tables`), headings (`headings`), kinds that only one name is of
//! (`kinds`), the only names of a paper (`only_names`), statements on the use of AI (`disclosures`) and cited works
//! (`citations`). The ways are tried in that order, the same words once more after the sets, and the first that finds
//! names is kept. Then short names are written out (`full_names`). Only sentences that hold a name or a description are
//! read, each once. Models and data sets are tied apart, each to names of its own type. Fewer ways lead to the names of
//! data sets: names beside them, predicates, footnotes, the same words and citations.

mod beside;
mod citations;
mod deeds;
mod disclosures;
mod fillers;
mod footnotes;
mod full_names;
mod headings;
mod kinds;
mod listings;
mod lists;
mod names;
mod next_sentence;
mod only_names;
mod other_names;
mod paper;
mod paragraph_sets;
mod predicates;
mod reading;
mod roles;
mod same_words;
mod sets;
mod sizes;
mod stem;
mod tables;
mod ties;
mod words;

use std::sync::OnceLock;

use crate::catalogue::{CoreferenceWords, EntityType, Kind, Systems};
use crate::detect::{Detected, Gates, Mention};
use crate::document::{Document, Outline};

use citations::CitedSystems;
use fillers::Fillers;
use names::PaperNames;
use paper::{Paper, Sources};
use ties::Ties;
use words::Words;

/// Everything from a catalogue that tying descriptions to names needs.
#[derive(Debug)]
pub struct Coreference {
    words: Words,
    systems: Systems,
    /// For each type, built when the first paper cites a work beside a description of it: few do, and building
    /// takes a while.
    cited: [OnceLock<CitedSystems>; EntityType::ALL.len()],
}

impl Coreference {
    /// Prepares the words and systems of a catalogue.
    pub fn new(words: &CoreferenceWords, systems: &Systems) -> Self {
        Self { words: Words::new(words), systems: systems.clone(), cited: Default::default() }
    }

    /// Ties the described mentions of a paper to the mentions that name their systems, and records how each
    /// got its names. `gates` tell which systems are of a kind that a description states.
    pub(crate) fn tie(&self, document: &Document, outline: &Outline, gates: &Gates, detected: &mut Detected) {
        for mention in detected.mentions.iter_mut().filter(|mention| mention.kind == Kind::Anaphoric) {
            mention.tells_noun = !reading::is_plain(&document.prose, mention.span, &self.words);
        }
        for entity_type in [EntityType::Model, EntityType::Dataset] {
            if detected.mentions.iter().any(|mention| can_be_tied(mention, entity_type)) {
                self.tie_all_of(entity_type, (document, outline), gates, detected);
            }
        }
    }

    fn tie_all_of(
        &self,
        entity_type: EntityType,
        (document, outline): (&Document, &Outline),
        gates: &Gates,
        detected: &mut Detected,
    ) {
        let names = PaperNames::new(document, detected, &self.systems, entity_type);
        let sources = Sources { document, detected, words: &self.words, entity_type };
        let paper = Paper::new(sources, names, |at| outline.kind_at(at));
        let mut ties = Ties::new(&paper, detected, &self.systems);
        beside::keep_names_beside(&mut ties);
        predicates::tie_by_predicates(&mut ties);
        footnotes::tie_by_footnote(&mut ties);
        let mut in_unnamed_roles = Vec::new();
        if entity_type == EntityType::Model {
            let fillers = Fillers::new(&ties, &self.words);
            sizes::tie_by_size(&mut ties, &fillers, &self.systems);
            roles::tie_by_role(&mut ties, &fillers, &self.words, (gates, &self.systems));
            deeds::tie_by_deed(&mut ties, gates, &self.systems);
            same_words::tie_by_same_words(&mut ties);
            sets::tie_sets(&mut ties, &fillers);
            same_words::tie_by_same_words(&mut ties);
            headings::tie_by_heading(&mut ties, &fillers);
            kinds::tie_by_kind(&mut ties, gates, &self.systems);
            only_names::tie_by_only_names(&mut ties, &fillers, gates, &self.systems);
            same_words::refine_families(&mut ties);
            disclosures::tie_in_disclosures(&mut ties);
            in_unnamed_roles = roles::in_unnamed_roles(&ties, &fillers, &self.words);
        } else {
            same_words::tie_by_same_words(&mut ties);
        }
        full_names::write_out(&mut ties);
        citations::tie_by_citation(&mut ties, &|| {
            self.cited[entity_type as usize].get_or_init(|| CitedSystems::new(&self.systems, entity_type))
        });
        let reported = paper.reported(&detected.mentions);
        let reported_ones = match entity_type {
            EntityType::Model => paper.reported_ones(&detected.mentions),
            _ => Vec::new(),
        };
        let others = ties.described_that(Ties::is_other);
        let set_apart = ties.described_that(Ties::is_set_apart);
        let found = ties.into_found();
        for (mention, tie) in detected.mentions.iter_mut().zip(found) {
            let Some(tie) = tie else { continue };
            mention.named_by = tie.names;
            mention.named_by.sort_unstable();
            mention.named_by.dedup();
            mention.naming = tie.naming.map(Box::new);
        }
        let mut mark = |indices: Vec<usize>, flag: fn(&mut Mention)| {
            indices.into_iter().for_each(|index| flag(&mut detected.mentions[index]));
        };
        mark(reported, |mention| mention.reported = true);
        mark(reported_ones, |mention| mention.reported_one = true);
        mark(others, |mention| mention.says_other = true);
        mark(set_apart, |mention| mention.set_apart = true);
        mark(in_unnamed_roles, |mention| mention.plays_unnamed_role = true);
    }
}

/// Tests whether a mention is of a type, and names are to be looked for or those beside it to be checked.
fn can_be_tied(mention: &Mention, entity_type: EntityType) -> bool {
    let points_to_names = mention.kind == Kind::Anaphoric && !mention.named_by.is_empty();
    paper::is_to_be_named(mention, entity_type) || points_to_names && mention.entity_type == entity_type
}

#[cfg(test)]
mod beside_tests;
#[cfg(test)]
mod data_set_tests;
#[cfg(test)]
mod tests;
