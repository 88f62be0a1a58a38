//! The papers that present systems, indexed by the data that bibliographies give.

use std::sync::OnceLock;

use super::words::for_each_word;
use crate::catalogue::{NameMap, SystemId, Systems};
use crate::document::CitedWork;

/// The systems of each paper. Several systems can share one, as the sizes of a family do.
#[derive(Debug)]
pub(super) struct Papers {
    systems: Systems,
    /// Systems by arXiv id and by the words of the title, collected for the first cited work.
    of_papers: OnceLock<NameMap<Vec<SystemId>>>,
}

impl Papers {
    /// Prepares to look for the papers of systems.
    pub fn new(systems: &Systems) -> Self {
        Self { systems: systems.clone(), of_papers: OnceLock::new() }
    }

    fn of_papers(&self) -> &NameMap<Vec<SystemId>> {
        self.of_papers.get_or_init(|| {
            let mut of_papers: NameMap<Vec<SystemId>> = NameMap::default();
            for (id, system) in self.systems.iter() {
                let titles = system.titles.iter().map(|title| folded(title));
                let papers = system.arxiv.iter().map(|arxiv| Box::from(arxiv.as_str())).chain(titles);
                for paper in papers {
                    if !paper.is_empty() {
                        of_papers.entry(paper).or_default().push(id);
                    }
                }
            }
            of_papers
        })
    }

    /// Returns the systems that a cited work presents.
    pub fn systems(&self, work: &CitedWork) -> Vec<SystemId> {
        let arxiv = work.arxiv.as_deref().and_then(|arxiv| self.of_papers().get(arxiv));
        let title = || work.title.as_deref().and_then(|title| self.of_papers().get(&*folded(title)));
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
