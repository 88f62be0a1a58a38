//! Gold descriptions, detected once and linked again for each trial of other weights.

use byname::detect::Detected;
use byname::document::Document;
use byname::resolve::Candidate;
use byname::{Engine, ScanOptions};
use rayon::prelude::*;

use super::evaluation::{names_of, reference_at, with_known};
use super::link_score::Ranked;
use super::{GoldLink, GoldSet, Known};

/// A paper with gold links, and the mentions detected in it. Detection does not depend on the weights of
/// clues.
#[derive(Debug)]
pub(super) struct LinkCase<'g> {
    /// The index of its pair of gold set and known metadata, among all such pairs.
    pub view: usize,
    /// The id of the paper.
    pub id: &'g str,
    /// Its gold links.
    pub links: Vec<&'g GoldLink>,
    document: Document,
    detected: Detected,
}

impl<'g> LinkCase<'g> {
    /// Returns all papers of the sets that have links, once for each of `known`.
    pub fn of_sets(engine: &Engine, sets: &'g [GoldSet], known: &[Known]) -> Vec<Self> {
        let mut wanted = Vec::new();
        for (set, gold) in sets.iter().enumerate() {
            for (place, metadata) in known.iter().enumerate() {
                let linked = gold.documents.iter().filter(|paper| !paper.links.is_empty());
                wanted.extend(linked.map(|paper| (set * known.len() + place, paper, *metadata)));
            }
        }
        wanted
            .into_par_iter()
            .map(|(view, paper, known)| {
                let document = with_known(&paper.document, known);
                let detected = engine.detect(&document);
                let links = paper.links.iter().collect();
                Self { view, id: &paper.document.id, links, document, detected }
            })
            .collect()
    }

    /// Returns the engine's ranking for each link.
    pub fn ranked(&self, engine: &Engine) -> Vec<Ranked> {
        let (linker, options) = (engine.linker(), ScanOptions::default());
        let (document, detected) = (&self.document, &self.detected);
        let names = |candidate: &Candidate| names_of(engine, candidate);
        let in_text = self.links.iter().any(|link| !link.spans.is_empty());
        let references = if in_text { linker.resolve(document, detected, &options) } else { Vec::new() };
        let of_link = |link: &&GoldLink| {
            if link.spans.is_empty() {
                let ranking = linker.rank(document, detected, &options);
                return Ranked::new(ranking.state, &ranking.candidates, names);
            }
            let reference = reference_at(&detected.mentions, &references, &link.spans);
            reference.map_or_else(Ranked::default, |reference| {
                Ranked::new(reference.state, &reference.candidates, names)
            })
        };
        self.links.iter().map(of_link).collect()
    }
}
