//! The works that a Markdown paper cites, of which only the keys are known.

use std::collections::HashMap;

use crate::document::CitedWork;

/// The cited works, in the order of their first citation.
#[derive(Debug, Default)]
pub(super) struct CitedWorks {
    pub(super) works: Vec<CitedWork>,
    by_key: HashMap<String, usize>,
}

impl CitedWorks {
    /// Returns a citation as printed, with the indexes of its works.
    pub(super) fn cite(&mut self, keys: &[String]) -> (String, Vec<usize>) {
        let works: Vec<usize> = keys
            .iter()
            .map(|key| {
                *self.by_key.entry(key.clone()).or_insert_with(|| {
                    self.works.push(CitedWork { key: key.clone(), ..CitedWork::default() });
                    self.works.len() - 1
                })
            })
            .collect();
        let numbers: Vec<String> = works.iter().map(|work| (work + 1).to_string()).collect();
        (format!("[{}]", numbers.join(", ")), works)
    }
}
