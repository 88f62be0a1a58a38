//! The kind of a system, by its input and output as a text states them: "a text-to-video model", "a speech
//! recogniser".
//!
//! However well everything else fits, a system of another kind is not meant. Texts state the kind in a
//! phrase, entries by the domains that the system is for.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use crate::catalogue::{GateWeights, System};

/// The kinds of systems, prepared for finding them in texts.
#[derive(Debug)]
pub(super) struct Gates {
    automaton: Option<AhoCorasick>,
    /// The kind of each phrase, as an index into `kinds`.
    of_phrase: Vec<usize>,
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    name: Box<str>,
    fits: Vec<String>,
    may: Vec<String>,
    excludes: Vec<String>,
}

/// The relation of a system to the kinds that a text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passage {
    /// It is of a stated kind.
    Fits,
    /// No kind is stated, or the stated kinds and the known domains decide nothing.
    Open,
    /// It is of none of the stated kinds.
    Shut,
}

impl Gates {
    /// Prepares the kinds of a catalogue.
    pub fn new(weights: &GateWeights) -> Self {
        let (mut phrases, mut of_phrase) = (Vec::new(), Vec::new());
        let mut kinds = Vec::with_capacity(weights.kind.len());
        for (name, kind) in &weights.kind {
            of_phrase.extend(kind.phrases.iter().map(|_| kinds.len()));
            phrases.extend(kind.phrases.iter().map(String::as_bytes));
            kinds.push(Kind {
                name: name.as_str().into(),
                fits: kind.fits.clone(),
                may: kind.may.clone(),
                excludes: kind.excludes.clone(),
            });
        }
        // Without an automaton every system passes.
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(phrases)
            .ok();
        Self { automaton, of_phrase, kinds }
    }

    /// Adds the kinds that a text states to `stated`.
    pub fn read(&self, text: &str, stated: &mut Vec<usize>) {
        let bytes = text.as_bytes();
        let goes_on = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        for hit in self.automaton.iter().flat_map(|automaton| automaton.find_iter(text)) {
            let plural = bytes.get(hit.end()) == Some(&b's');
            let end = hit.end() + usize::from(plural);
            if goes_on(bytes.get(end)) || hit.start() > 0 && goes_on(bytes.get(hit.start() - 1)) {
                continue;
            }
            let kind = self.of_phrase[hit.pattern().as_usize()];
            if !stated.contains(&kind) {
                stated.push(kind);
            }
        }
    }

    /// Compares a system with the stated kinds. If a text states two kinds, one is enough: "a protein
    /// language model" is not a model of language.
    pub fn passage(&self, stated: &[usize], system: &System) -> Passage {
        if stated.is_empty() || system.domains.is_empty() {
            return Passage::Open;
        }
        let kinds = || stated.iter().filter_map(|kind| self.kinds.get(*kind));
        let any_of = |list: &[String]| system.domains.iter().any(|domain| list.contains(domain));
        let all_of = |list: &[String]| system.domains.iter().all(|domain| list.contains(domain));
        if kinds().any(|kind| any_of(&kind.fits)) {
            Passage::Fits
        } else if kinds().any(|kind| all_of(&kind.may)) {
            Passage::Open
        } else if kinds().any(|kind| !kind.fits.is_empty() || all_of(&kind.excludes)) {
            Passage::Shut
        } else {
            Passage::Open
        }
    }

    /// Returns the names of kinds that a text states, for users.
    pub fn names(&self, stated: &[usize]) -> String {
        let names: Vec<String> = stated
            .iter()
            .filter_map(|kind| self.kinds.get(*kind))
            .map(|kind| kind.name.replace('-', " "))
            .collect();
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;

    fn kinds_in(text: &str) -> String {
        let gates = Gates::new(&samples::weights().gate);
        let mut stated = Vec::new();
        gates.read(text, &mut stated);
        gates.names(&stated)
    }

    fn passage(text: &str, domains: &[&str]) -> Passage {
        let gates = Gates::new(&samples::weights().gate);
        let mut stated = Vec::new();
        gates.read(text, &mut stated);
        let mut system = samples::systems().iter().next().unwrap().1.clone();
        system.domains = domains.iter().map(ToString::to_string).collect();
        gates.passage(&stated, &system)
    }

    #[test]
    fn kinds_are_read_as_whole_phrases() {
        assert_eq!(kinds_in("Two Text-to-Image models"), "image generation");
        assert_eq!(kinds_in("contexts and basrecognition"), "");
    }

    #[test]
    fn a_system_that_gives_out_something_else_does_not_pass() {
        assert_eq!(passage("a text-to-video model", &["video generation"]), Passage::Fits);
        assert_eq!(passage("a text-to-video model", &["language"]), Passage::Shut);
        assert_eq!(passage("a commercial speech recogniser", &["language", "vision"]), Passage::Shut);
        assert_eq!(passage("a large language model", &["image generation"]), Passage::Shut);
    }

    #[test]
    fn where_nothing_is_told_or_known_every_system_passes() {
        assert_eq!(passage("a model", &["image generation"]), Passage::Open);
        assert_eq!(passage("a text-to-video model", &[]), Passage::Open);
        assert_eq!(passage("a text-to-video model", &["video"]), Passage::Open);
        assert_eq!(passage("a text-to-video model", &["language", "video"]), Passage::Shut);
        assert_eq!(passage("a large language model", &["language", "speech recognition"]), Passage::Open);
    }

    #[test]
    fn a_protein_language_model_is_one_of_proteins() {
        assert_eq!(passage("a protein language model", &["protein"]), Passage::Fits);
        assert_eq!(passage("a protein language model", &["language"]), Passage::Shut);
    }
}
