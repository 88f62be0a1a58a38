//! The papers that present systems, indexed by the data that bibliographies give.

use super::words::for_each_word;
use crate::catalogue::{NameMap, System, SystemId};
use crate::document::CitedWork;

/// The systems of each paper. Several systems can share one, as the sizes of a family do.
#[derive(Debug, Default)]
pub(super) struct Papers {
    /// Systems by arXiv id and by the words of the title.
    systems: NameMap<Vec<SystemId>>,
}

impl Papers {
    /// Adds the papers of a system.
    pub fn add(&mut self, id: SystemId, system: &System) {
        let titles = system.titles.iter().map(|title| folded(title));
        let papers = system.arxiv.iter().map(|arxiv| arxiv.as_str().into()).chain(titles);
        for paper in papers {
            if !paper.is_empty() {
                self.systems.entry(paper).or_default().push(id);
            }
        }
    }

    /// Returns the systems that a cited work presents.
    pub fn systems(&self, work: &CitedWork) -> Vec<SystemId> {
        let arxiv = work.arxiv.as_deref().and_then(|arxiv| self.systems.get(arxiv));
        let title = || work.title.as_deref().and_then(|title| self.systems.get(&*folded(title)));
        arxiv.or_else(title).cloned().unwrap_or_default()
    }
}

/// Returns the words of a title in the form that linking compares.
fn folded(title: &str) -> Box<str> {
    let mut words = String::with_capacity(title.len());
    for_each_word(title, |word, _| {
        words.push_str(word);
        words.push(' ');
    });
    words.into()
}
