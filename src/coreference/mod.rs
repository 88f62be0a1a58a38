//! Whole-document coreference: ties descriptions to the names that the same paper gives elsewhere.
//!
//! There is one module for each way: names beside a description (`beside`), sentences that say what it is or
//! is called (`predicates`), sizes that only one name carries (`sizes`), roles that the paper fills
//! (`roles`), the same words elsewhere (`same_words`), lists and tables that fill sets (`sets`, `tables`),
//! headings (`headings`) and cited works (`citations`). The ways are tried in that order, and the first that
//! finds names is kept. Only sentences that hold a name or a description are read, each once.

mod beside;
mod citations;
mod fillers;
mod headings;
mod lists;
mod names;
mod paper;
mod predicates;
mod reading;
mod roles;
mod same_words;
mod sets;
mod sizes;
mod tables;
mod ties;
mod words;

use std::sync::OnceLock;

use crate::catalogue::{CoreferenceWords, EntityType, Kind, Systems};
use crate::detect::{Detected, Mention};
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
    /// Built when the first paper cites a work beside a description: few do, and building takes a while.
    cited: OnceLock<CitedSystems>,
}

impl Coreference {
    /// Prepares the words and systems of a catalogue.
    pub fn new(words: &CoreferenceWords, systems: &Systems) -> Self {
        Self { words: Words::new(words), systems: systems.clone(), cited: OnceLock::new() }
    }

    /// Ties the described mentions of a paper to the mentions that name their systems, and records how each
    /// got its names.
    pub fn tie(&self, document: &Document, outline: &Outline, detected: &mut Detected) {
        if !detected.mentions.iter().any(can_be_tied) {
            return;
        }
        let names = PaperNames::new(document, detected, &self.systems);
        let sources = Sources { document, detected, words: &self.words };
        let paper = Paper::new(sources, names, |at| outline.kind_at(at));
        let mut ties = Ties::new(&paper, detected, &self.systems);
        beside::keep_names_beside(&mut ties);
        predicates::tie_by_predicates(&mut ties);
        let fillers = Fillers::new(&ties, &self.words);
        sizes::tie_by_size(&mut ties, &fillers, &self.systems);
        roles::tie_by_role(&mut ties, &fillers, &self.words);
        same_words::tie_by_same_words(&mut ties);
        sets::tie_sets(&mut ties, &fillers, &self.words);
        same_words::tie_by_same_words(&mut ties);
        headings::tie_by_heading(&mut ties, &fillers);
        citations::tie_by_citation(&mut ties, &|| {
            self.cited.get_or_init(|| CitedSystems::new(&self.systems))
        });
        let reported: Vec<usize> = paper.reported().collect();
        let found = ties.into_found();
        for (mention, tie) in detected.mentions.iter_mut().zip(found) {
            let Some(tie) = tie else { continue };
            mention.named_by = tie.names;
            mention.named_by.sort_unstable();
            mention.named_by.dedup();
            mention.naming = tie.naming.map(Box::new);
        }
        for index in reported {
            detected.mentions[index].reported = true;
        }
    }
}

/// Tests whether names are to be looked for, or the names beside the mention to be checked.
fn can_be_tied(mention: &Mention) -> bool {
    let points_to_names = mention.kind == Kind::Anaphoric && !mention.named_by.is_empty();
    paper::is_to_be_named(mention) || points_to_names && mention.entity_type == EntityType::Model
}

#[cfg(test)]
mod tests;
