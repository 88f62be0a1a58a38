//! Descriptions that a citation identifies: "the baseline of Fried et al."

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::paper::Sentence;
use super::ties::{Ties, naming};
use crate::catalogue::{Cue, EntityType, SystemId, Systems, spelling_key};
use crate::detect::{Naming, Way};
use crate::document::{ByteSpan, CitedWork};

/// Largest distance, in bytes, from the end of a description to the start of its citation.
const REACH: usize = 12;

/// The systems of one type in a catalogue, indexed by the works that present them.
#[derive(Debug, Default)]
pub(super) struct CitedSystems {
    by_arxiv: HashMap<Box<str>, SystemId, FixedState>,
    by_title: HashMap<Box<str>, SystemId, FixedState>,
    by_name: HashMap<Box<str>, SystemId, FixedState>,
}

impl CitedSystems {
    /// Indexes the works of a catalogue. Where several systems share a work, the head of their family is
    /// kept.
    pub fn new(systems: &Systems, entity_type: EntityType) -> Self {
        let mut all = Self::default();
        for (id, system) in systems.iter().filter(|(_, system)| system.entity_type == entity_type) {
            let is_head = system.family.is_none();
            let add = |map: &mut HashMap<Box<str>, SystemId, FixedState>, key: &str| {
                if is_head {
                    map.insert(key.into(), id);
                } else {
                    map.entry(key.into()).or_insert(id);
                }
            };
            system.arxiv.iter().for_each(|arxiv| add(&mut all.by_arxiv, arxiv));
            system.titles.iter().for_each(|title| add(&mut all.by_title, &spelling_key(title)));
            for name in system.names().filter(|name| !system.is_common_word(name)) {
                add(&mut all.by_name, &spelling_key(name));
            }
        }
        all
    }

    /// Returns the system that a work presents.
    fn of_work(&self, work: &CitedWork) -> Option<SystemId> {
        let by_arxiv = || self.by_arxiv.get(work.arxiv.as_deref()?).copied();
        let by_title = |title: &str| self.by_title.get(spelling_key(title).as_ref()).copied();
        // "Orvex: A Language Model for Letters", "Orvex technical report"
        let by_name = |title: &str| {
            let name = title.split_once(": ").map_or(title, |(name, _)| name);
            let report = title.get(..title.len().saturating_sub(REPORT.len()));
            let report = report.filter(|name| title[name.len()..].eq_ignore_ascii_case(REPORT));
            let named = |name: &str| self.by_name.get(spelling_key(name).as_ref()).copied();
            named(name).or_else(|| report.and_then(named))
        };
        let title = work.title.as_deref();
        title.and_then(|title| by_title(title).or_else(|| by_name(title))).or_else(by_arxiv)
    }
}

/// The words that end the titles of reports on one system.
const REPORT: &str = " technical report";

/// Ties descriptions to the systems of the works that they cite, or notes that a citation identifies them.
pub(super) fn tie_by_citation<'c>(ties: &mut Ties<'_, '_>, cited: &dyn Fn() -> &'c CitedSystems) {
    for (index, sentence) in ties.open() {
        let plural = ties.mention(index).plural;
        let Some((works, at, of)) = citation_behind(ties, index, sentence) else { continue };
        let bibliography = &ties.paper.document.bibliography;
        let presented = |work: &usize| bibliography.get(*work).and_then(|work| cited().of_work(work));
        if plural {
            set_of_works(ties, index, (works.len(), works.iter().filter_map(presented)), at);
            continue;
        }
        let system = match &works[..] {
            [work] => presented(work),
            _ => None,
        };
        let title = works.first().and_then(|work| ties.paper.document.bibliography.get(*work)?.title.clone());
        let words =
            title.map_or_else(|| "a citation".to_string(), |title| format!("a citation of \"{title}\""));
        let naming = naming(Way::Citation, words, at);
        match system.map(|system| (system, ties.paper.names.of_system(system))) {
            Some((_, Some(name))) => {
                ties.set(index, &[name], Some(naming));
            }
            Some((system, None)) => {
                ties.set_cited(index, Naming { cited: Some(system), ..naming });
            }
            None if of => ties.set_cited(index, naming),
            None => {}
        }
    }
}

/// Ties a set to the systems that the works cited behind it present; these are only some of it if not every work is known.
fn set_of_works(
    ties: &mut Ties<'_, '_>,
    index: usize,
    (works, systems): (usize, impl Iterator<Item = SystemId>),
    at: ByteSpan,
) {
    let systems: Vec<SystemId> = systems.collect();
    let Some(first) = systems.first() else { return };
    let names: Vec<usize> = systems.iter().filter_map(|system| ties.paper.names.of_system(*system)).collect();
    let naming = Naming { partial: names.len() < works, ..naming(Way::Citation, "citations", at) };
    if names.is_empty() || !ties.set(index, &names, Some(naming.clone())) {
        ties.set_cited(index, Naming { cited: Some(*first), ..naming });
    }
}

/// Finds the works cited right behind a description. Returns them with the place of the citation and whether
/// the description is said to be theirs ("of").
fn citation_behind(
    ties: &Ties<'_, '_>,
    index: usize,
    sentence: &Sentence<'_>,
) -> Option<(Vec<usize>, ByteSpan, bool)> {
    let reading = &sentence.reading;
    let span = ties.mention(index).span;
    let (_, end) = reading.pieces_in(span);
    let whole = reading.cue(end, Cue::Governor);
    let citations = &ties.paper.document.citations;
    let next = citations.partition_point(|citation| citation.span.start < span.end);
    if let Some(citation) = citations.get(next).filter(|citation| citation.span.start <= span.end + REACH) {
        let between = ByteSpan::new(span.end, citation.span.start);
        let (from, to) = reading.pieces_in(between);
        let direct = from >= to || whole.is_some_and(|after| after >= to);
        return direct.then(|| (citation.works.clone(), citation.span, whole.is_some()));
    }
    // Where citations are not marked: "the baseline of Fried et al."
    let author = whole?;
    let is_name = reading.pieces.get(author)?.first.is_uppercase();
    let others = (author + 1..author + 4).any(|at| reading.cue(at, Cue::Reported).is_some());
    (is_name && others).then(|| (Vec::new(), reading.pieces[author].span, true))
}
