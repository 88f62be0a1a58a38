//! The kind of a system, by its input and output as a text states them: "a text-to-video model", "a speech
//! recogniser".
//!
//! However well everything else fits, a system of another kind is not meant. Texts state the kind in a
//! phrase, entries by the domains that the system is for. Where a text speaks of proteins or of voices, that is a
//! hint: a "language model" may then be one of proteins.

use std::ops::Range;
use std::sync::OnceLock;

use super::text_finder::TextFinder;
use crate::catalogue::{GateWeights, KindOfSystem, System, SystemId};

/// The kinds of systems, prepared for finding them in texts.
#[derive(Debug)]
pub(crate) struct Gates {
    phrases: KindWords,
    signs: KindWords,
    kinds: Vec<Kind>,
    /// A bit for each of the first 64 kinds that do more than exclude some domains.
    decisive: u64,
    /// For each system of a catalogue how it relates to the kinds, once that was asked for.
    known: OnceLock<Box<[OnceLock<Relations>]>>,
}

/// The kinds that a system relates to in each way, a bit for each kind.
#[derive(Debug, Clone, Copy)]
struct Relations {
    fits: u64,
    may: u64,
    excluded: u64,
}

/// Kinds that a text states and hints at, a bit for each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KindsTold {
    stated: u64,
    hinted: u64,
}

/// Words and phrases, each of one kind.
#[derive(Debug)]
struct KindWords {
    finder: TextFinder,
    /// The kind of each word, as an index into the kinds.
    kinds: Vec<usize>,
}

impl KindWords {
    fn new<'w>(words: impl Iterator<Item = (usize, &'w String)>) -> Self {
        let (kinds, words): (_, Vec<Box<[u8]>>) =
            words.map(|(kind, word)| (kind, word.as_bytes().into())).unzip();
        Self { finder: TextFinder::longest(words.into()), kinds }
    }

    /// Adds the kinds whose words stand in a text, in the singular or the plural.
    fn read(&self, text: &str, found: &mut Vec<usize>) {
        self.finder.each(text, |word, range| {
            if stands_free(text.as_bytes(), &range) {
                let kind = self.kinds[word];
                if !found.contains(&kind) {
                    found.push(kind);
                }
            }
        });
    }
}

/// Returns whether a word in a text, with the s of its plural, is no part of another one.
fn stands_free(text: &[u8], word: &Range<usize>) -> bool {
    let goes_on = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_plural = text.get(word.end) == Some(&b's');
    !goes_on(word.end + usize::from(is_plural)) && !word.start.checked_sub(1).is_some_and(goes_on)
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
pub(crate) enum Passage {
    /// It is of a stated kind.
    Fits,
    /// It is of a kind that the text hints at.
    Hinted,
    /// No kind is stated, or the stated kinds and the known domains decide nothing.
    Open,
    /// It is of none of the stated kinds.
    Shut,
}

impl Gates {
    /// Prepares the kinds of a catalogue.
    pub fn new(weights: &GateWeights) -> Self {
        let words = |of: fn(&KindOfSystem) -> &[String]| {
            KindWords::new(
                weights
                    .kind
                    .values()
                    .enumerate()
                    .flat_map(move |(place, kind)| of(kind).iter().map(move |word| (place, word))),
            )
        };
        let first = weights.kind.values().take(u64::BITS as usize).enumerate();
        let decisive = first.fold(0, |all, (place, kind)| all | u64::from(!kind.fits.is_empty()) << place);
        let kinds = weights.kind.iter().map(|(name, kind)| Kind {
            name: name.as_str().into(),
            fits: kind.fits.clone(),
            may: kind.may.clone(),
            excludes: kind.excludes.clone(),
        });
        Self {
            phrases: words(|kind| &kind.phrases),
            signs: words(|kind| &kind.signs),
            kinds: kinds.collect(),
            decisive,
            known: OnceLock::new(),
        }
    }

    /// Adds the kinds that a text states to `stated`.
    pub fn read(&self, text: &str, stated: &mut Vec<usize>) {
        self.phrases.read(text, stated);
    }

    /// Adds the kinds that words of a text hint at to `hinted`.
    pub fn read_signs(&self, text: &str, hinted: &mut Vec<usize>) {
        self.signs.read(text, hinted);
        self.phrases.read(text, hinted);
    }

    /// Packs the kinds that a text states and hints at; `None` if there are too many for it.
    pub fn told(&self, stated: &[usize], hinted: &[usize]) -> Option<KindsTold> {
        let packed = |kinds: &[usize]| kinds.iter().fold(0, |packed, kind| packed | 1 << kind);
        let is_few = self.kinds.len() <= u64::BITS as usize;
        is_few.then(|| KindsTold { stated: packed(stated), hinted: packed(hinted) })
    }

    /// Does the same as [`Self::passage`] for one of the `systems` of a catalogue. What it compares is worked out once
    /// for each of them.
    pub fn passage_of(&self, told: KindsTold, (id, system): (SystemId, &System), systems: usize) -> Passage {
        let KindsTold { stated, hinted } = told;
        if stated | hinted == 0 {
            return Passage::Open;
        }
        let known = self.known.get_or_init(|| (0..systems).map(|_| OnceLock::new()).collect());
        let relations = || self.relations(system);
        let Relations { fits, may, excluded } =
            known.get(id.0 as usize).map_or_else(relations, |known| *known.get_or_init(relations));
        if stated & fits != 0 {
            Passage::Fits
        } else if hinted & fits != 0 {
            if stated & self.decisive != 0 { Passage::Shut } else { Passage::Hinted }
        } else if stated & may == 0 && stated & (self.decisive | excluded) != 0 {
            Passage::Shut
        } else {
            Passage::Open
        }
    }

    fn relations(&self, system: &System) -> Relations {
        let domains = &system.domains;
        let mut relations = Relations { fits: 0, may: 0, excluded: 0 };
        for (place, kind) in self.kinds.iter().enumerate() {
            let any_of = |list: &[String]| domains.iter().any(|domain| list.contains(domain));
            let all_of = |list: &[String]| domains.iter().all(|domain| list.contains(domain));
            relations.fits |= u64::from(any_of(&kind.fits)) << place;
            // A system without domains may be of any kind.
            relations.may |= u64::from(all_of(&kind.may)) << place;
            relations.excluded |= u64::from(all_of(&kind.excludes)) << place;
        }
        relations
    }

    /// Compares a system with the stated kinds and with those that the text hints at. If a text states two
    /// kinds, one is enough: "a protein language model" is not a model of language.
    pub fn passage(&self, stated: &[usize], hinted: &[usize], system: &System) -> Passage {
        if system.domains.is_empty() || stated.is_empty() && hinted.is_empty() {
            return Passage::Open;
        }
        let any_of = |list: &[String]| system.domains.iter().any(|domain| list.contains(domain));
        let all_of = |list: &[String]| system.domains.iter().all(|domain| list.contains(domain));
        let any = |of: &[usize], holds: &dyn Fn(&Kind) -> bool| {
            of.iter().filter_map(|kind| self.kinds.get(*kind)).any(holds)
        };
        if any(stated, &|kind| any_of(&kind.fits)) {
            Passage::Fits
        } else if any(hinted, &|kind| any_of(&kind.fits)) {
            // What is called by another kind that does more than exclude some is not meant all the same.
            let is_other = any(stated, &|kind| !kind.fits.is_empty());
            if is_other { Passage::Shut } else { Passage::Hinted }
        } else if any(stated, &|kind| all_of(&kind.may)) {
            Passage::Open
        } else if any(stated, &|kind| !kind.fits.is_empty() || all_of(&kind.excludes)) {
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
    use crate::catalogue::{Catalogue, EvidenceWeights, Layer};

    fn weights() -> GateWeights {
        EvidenceWeights::read(&[Layer::built_in()]).unwrap().gate
    }

    fn any_system() -> System {
        Catalogue::built_in().unwrap().systems.iter().next().unwrap().1.clone()
    }

    fn kinds_in(text: &str) -> String {
        let gates = Gates::new(&weights());
        let mut stated = Vec::new();
        gates.read(text, &mut stated);
        gates.names(&stated)
    }

    fn passage(text: &str, domains: &[&str]) -> Passage {
        let gates = Gates::new(&weights());
        let mut stated = Vec::new();
        gates.read(text, &mut stated);
        let mut system = any_system();
        system.domains = domains.iter().map(ToString::to_string).collect();
        gates.passage(&stated, &[], &system)
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
    fn what_is_worked_out_once_for_a_system_is_what_a_comparison_gives() {
        let gates = Gates::new(&weights());
        let catalogue = Catalogue::built_in().unwrap();
        let kinds: Vec<usize> = (0..gates.kinds.len()).collect();
        let few = |from: usize| kinds.get(from..(from + 2).min(kinds.len())).unwrap_or_default();
        for (id, system) in catalogue.systems.iter().take(400) {
            for (stated, hinted) in kinds
                .iter()
                .flat_map(|at| [(few(*at), &[][..]), (&[][..], few(*at)), (few(*at), few(at / 2))])
            {
                let told = gates.told(stated, hinted).unwrap();
                let known = gates.passage_of(told, (id, system), catalogue.systems.len());
                assert_eq!(
                    known,
                    gates.passage(stated, hinted, system),
                    "{} {stated:?} {hinted:?}",
                    system.id
                );
            }
        }
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
    fn words_of_the_sentences_hint_at_a_kind_that_a_looser_name_would_shut_out() {
        let gates = Gates::new(&weights());
        let (mut stated, mut hinted) = (Vec::new(), Vec::new());
        gates.read("a masked language model", &mut stated);
        gates.read_signs("Each residue is embedded with a masked language model.", &mut hinted);
        let mut system = any_system();
        for (domains, stated, passage) in [
            (["protein"], &stated[..], Passage::Hinted),
            (["protein"], &[][..], Passage::Hinted),
            (["language"], &stated[..], Passage::Open),
            (["weather"], &stated[..], Passage::Shut),
        ] {
            system.domains = domains.iter().map(ToString::to_string).collect();
            assert_eq!(gates.passage(stated, &hinted, &system), passage, "{domains:?}");
        }
        let mut speech = Vec::new();
        gates.read("a speech recogniser", &mut speech);
        system.domains = vec!["protein".to_string()];
        assert_eq!(
            gates.passage(&speech, &hinted, &system),
            Passage::Shut,
            "what is stated is more than a hint"
        );
    }

    #[test]
    fn a_protein_language_model_is_one_of_proteins() {
        assert_eq!(passage("a protein language model", &["protein"]), Passage::Fits);
        assert_eq!(passage("a protein language model", &["language"]), Passage::Shut);
    }
}
