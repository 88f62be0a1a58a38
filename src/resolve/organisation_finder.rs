//! Recognition of organisations in a text: by name, by a phrase that denotes them, by their location.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use foldhash::fast::FixedState;

use crate::catalogue::{NameMap, OrganisationId, Organisations, spelling_key};
use crate::detect::{FirstRuns, first_run};
use crate::document::{ByteSpan, floor_to_character};

/// The way in which a text refers to an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganisationCue {
    /// By one of its names.
    Name,
    /// By a phrase that denotes it: "the maker of ChatGPT".
    Phrase,
    /// By its location.
    Place,
}

/// A text that refers to one or more organisations.
#[derive(Debug)]
struct Pattern {
    text: Box<str>,
    meant: Vec<(OrganisationId, OrganisationCue)>,
}

/// A finder of organisations.
#[derive(Debug)]
pub struct OrganisationFinder {
    patterns: Vec<Pattern>,
    /// The patterns, the longest first, by the hashes of the letters or digits that they begin with.
    by_run: HashMap<u32, Vec<u32>, FixedState>,
    /// The letters or digits that patterns begin with.
    first_runs: FirstRuns,
    by_name: NameMap<OrganisationId>,
    /// The first words of names; `None` where several organisations share them.
    by_beginning: NameMap<Option<OrganisationId>>,
    by_domain: NameMap<OrganisationId>,
    /// Words before an organisation with which authors state where the work was done.
    cues: Option<AhoCorasick>,
}

/// Maximum distance in bytes from a cue to the start of an organisation.
const CUE_REACH: usize = 24;
/// Maximum distance in bytes from a cue to the end of an organisation.
const CUE_WINDOW: usize = 80;

impl OrganisationFinder {
    /// Creates a finder of a catalogue's organisations.
    pub fn new(organisations: &Organisations, cues: &[String]) -> Self {
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut places: NameMap<usize> = NameMap::default();
        let (mut by_name, mut by_domain) = (NameMap::default(), NameMap::default());
        let mut by_beginning: NameMap<Option<OrganisationId>> = NameMap::default();
        for (id, organisation) in organisations.iter() {
            let names = organisation.names().map(|text| (text, OrganisationCue::Name));
            let phrases =
                organisation.described_as.iter().map(|text| (text.as_str(), OrganisationCue::Phrase));
            let seats = organisation.places.iter().map(|text| (text.as_str(), OrganisationCue::Place));
            for (text, telling) in names.chain(phrases).chain(seats) {
                let key = text.to_lowercase();
                let place = *places.entry(key.into()).or_insert_with(|| {
                    patterns.push(Pattern { text: text.into(), meant: Vec::new() });
                    patterns.len() - 1
                });
                patterns[place].meant.push((id, telling));
            }
            for name in organisation.names() {
                by_name.entry(spelling_key(name).into()).or_insert(id);
                for (end, _) in name.match_indices(' ') {
                    let known = by_beginning.entry(spelling_key(&name[..end]).into()).or_insert(Some(id));
                    if *known != Some(id) {
                        *known = None;
                    }
                }
            }
            for domain in &organisation.email_domains {
                by_domain.insert(domain.to_lowercase().into(), id);
            }
        }
        let mut by_run: HashMap<u32, Vec<u32>, FixedState> = HashMap::default();
        for (place, pattern) in patterns.iter().enumerate().filter(|(_, pattern)| !pattern.text.is_empty()) {
            let run = first_run(pattern.text.as_bytes()).1;
            by_run.entry(run).or_default().push(place as u32); // far fewer than 2^32
        }
        for places in by_run.values_mut() {
            places.sort_by_key(|place| std::cmp::Reverse(patterns[*place as usize].text.len()));
        }
        let first_runs = FirstRuns::new(patterns.iter().map(|pattern| pattern.text.as_bytes()));
        let cues = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(cues).ok();
        Self { patterns, by_run, first_runs, by_name, by_beginning, by_domain, cues }
    }

    /// Calls `found` with each organisation in a text: how it is referred to, how many organisations the same
    /// words can denote, and where it is.
    pub fn find(&self, text: &str, mut found: impl FnMut(OrganisationId, OrganisationCue, usize, ByteSpan)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let (length, hash) = first_run(&bytes[at..]);
            let stands_free = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            let may_begin = stands_free && self.first_runs.may_hold(hash);
            let Some(pattern) = may_begin.then(|| self.longest_at(&bytes[at..], hash)).flatten() else {
                at += length.max(1);
                continue;
            };
            let start = at;
            at += pattern.text.len();
            if bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            let Some(written) = text.get(start..at) else { continue };
            for (id, telling) in &pattern.meant {
                // Names such as "Meta" and "Apple" are words too; only the written form is a name.
                if *telling == OrganisationCue::Phrase || written == pattern.text.as_ref() {
                    found(*id, *telling, pattern.meant.len(), ByteSpan::new(start, at));
                }
            }
        }
    }

    /// Returns the longest pattern that a text begins with in any case, given the hash of its first run.
    fn longest_at(&self, bytes: &[u8], run: u32) -> Option<&Pattern> {
        let patterns = self.by_run.get(&run)?.iter().filter_map(|place| self.patterns.get(*place as usize));
        let begins = |text: &str| {
            bytes.get(..text.len()).is_some_and(|there| there.eq_ignore_ascii_case(text.as_bytes()))
        };
        patterns.into_iter().find(|pattern| begins(&pattern.text))
    }

    /// Adds the organisation of an author, given an affiliation or an e-mail address.
    pub fn of_affiliation(&self, affiliation: &str, found: &mut Vec<OrganisationId>) {
        let mut add = |id: OrganisationId| {
            if !found.contains(&id) {
                found.push(id);
            }
        };
        if let Some(id) = self.by_name.get(spelling_key(affiliation).as_ref()) {
            return add(*id);
        }
        if let Some(id) = self.of_domain(affiliation.rsplit('@').next().unwrap_or_default()) {
            return add(id);
        }
        let mut inside = false;
        self.find(affiliation, |id, telling, _, _| {
            if telling == OrganisationCue::Name {
                inside = true;
                add(id);
            }
        });
        if !inside {
            // "Acme" stands for "Acme Research" where nobody else is called so.
            let begun = self.by_beginning.get(spelling_key(affiliation).as_ref()).copied().flatten();
            begun.into_iter().for_each(add);
        }
    }

    /// Adds the organisations at which authors say that they did the work: "during an internship at Acme".
    pub fn of_acknowledgements(&self, text: &str, found: &mut Vec<OrganisationId>) {
        for cue in self.cues.iter().flat_map(|cues| cues.find_iter(text)) {
            let end = floor_to_character(text, cue.end() + CUE_WINDOW);
            let mut first = None;
            self.find(text.get(cue.end()..end).unwrap_or_default(), |id, telling, meanings, at| {
                if telling == OrganisationCue::Name
                    && meanings == 1
                    && first.is_none()
                    && at.start <= CUE_REACH
                {
                    first = Some(id);
                }
            });
            if let Some(id) = first.filter(|id| !found.contains(id)) {
                found.push(id);
            }
        }
    }

    /// Adds the organisations of the e-mail addresses in a text.
    pub fn of_addresses(&self, text: &str, found: &mut Vec<OrganisationId>) {
        for at in memchr::memchr_iter(b'@', text.as_bytes()) {
            let rest = text.get(at + 1..).unwrap_or_default();
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
                .unwrap_or(rest.len());
            let known = self.of_domain(rest[..end].trim_end_matches('.'));
            found.extend(known.filter(|id| !found.contains(id)));
        }
    }

    /// Returns the organisation of a domain, or of a domain above it.
    fn of_domain(&self, domain: &str) -> Option<OrganisationId> {
        if !domain.contains('.') || domain.contains(' ') {
            return None;
        }
        let domain = domain.to_ascii_lowercase();
        let mut rest = domain.as_str();
        loop {
            if let Some(id) = self.by_domain.get(rest) {
                return Some(*id);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;

    #[test]
    fn an_affiliation_is_known_by_name_and_by_address() {
        let organisations = samples::organisations();
        let finder = OrganisationFinder::new(&organisations, &[]);
        for affiliation in ["Acme", "acme", "Acme Research, Toronto", "jo@mail.acme.example"] {
            let mut found = Vec::new();
            finder.of_affiliation(affiliation, &mut found);
            assert_eq!(found, [organisations.by_id("acme").unwrap()], "{affiliation}");
        }
        let mut found = Vec::new();
        finder.of_addresses("{jo, al}@acme.example, x@nowhere.example.", &mut found);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn the_beginning_of_one_name_only_is_enough() {
        let organisations = samples::organisations();
        let finder = OrganisationFinder::new(&organisations, &[]);
        let mut found = Vec::new();
        finder.of_affiliation("Old", &mut found);
        assert_eq!(found, [organisations.by_id("uni").unwrap()]);
    }

    #[test]
    fn a_word_inside_a_word_or_in_lower_case_is_no_name() {
        let finder = OrganisationFinder::new(&samples::organisations(), &[]);
        let mut found = 0;
        finder.find("acme, Acmeology", |_, _, _, _| found += 1);
        assert_eq!(found, 0);
        finder.find("the Toronto maker of anvils", |_, _, _, _| found += 1);
        assert_eq!(found, 2);
    }
}
