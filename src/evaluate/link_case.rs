//! Gold descriptions, read once and linked again with every try of other weights.

use rayon::prelude::*;

use super::evaluation::{names_of, reference_at, told};
use super::link_score::Ranked;
use super::{GoldLink, GoldSet, Known};
use crate::detect::Detected;
use crate::document::Document;
use crate::engine::{Engine, ScanOptions};
use crate::resolve::Candidate;

/// A paper with gold links, and what was detected in it. Detection does not rest on the weights of clues.
#[derive(Debug)]
pub(super) struct LinkCase<'g> {
    /// The place of its gold set and of what is told of it, among all pairs of both.
    pub view: usize,
    /// The id of the paper.
    pub id: &'g str,
    /// Its descriptions.
    pub links: Vec<&'g GoldLink>,
    document: Document,
    detected: Detected,
}

impl<'g> LinkCase<'g> {
    /// All papers of the sets that have links, once for each of `known`.
    pub fn of_sets(engine: &Engine, sets: &'g [GoldSet], known: &[Known]) -> Vec<Self> {
        let mut wanted = Vec::new();
        for (set, gold) in sets.iter().enumerate() {
            for (place, told) in known.iter().enumerate() {
                let linked = gold.documents.iter().filter(|paper| !paper.links.is_empty());
                wanted.extend(linked.map(|paper| (set * known.len() + place, paper, *told)));
            }
        }
        wanted
            .into_par_iter()
            .map(|(view, paper, known)| {
                let document = told(&paper.document, known);
                let detected = engine.detect(&document);
                let links = paper.links.iter().collect();
                Self { view, id: &paper.document.id, links, document, detected }
            })
            .collect()
    }

    /// What the engine says of each link.
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
