//! Citation commands, and their form in the prose.

use std::collections::HashMap;

use crate::document::CitedWork;
use crate::document::bibliography::Work;

/// The form of a citation in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CiteStyle {
    /// "(Brown et al., 2020)"
    Bracketed,
    /// "Brown et al., 2020", within existing brackets.
    Bare,
    /// "Brown et al. (2020)"
    Textual,
    /// "Brown et al."
    Authors,
    /// "2020"
    Year,
}

/// One citation command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cite {
    pub(super) keys: Vec<String>,
    pub(super) style: CiteStyle,
    /// Text before the works: "see".
    pub(super) before: String,
    /// Text after the works: "p. 3".
    pub(super) after: String,
}

/// The cited works, in the order of their first citation.
#[derive(Debug, Default)]
pub(super) struct Works {
    works: Vec<Work>,
    by_key: HashMap<String, usize>,
}

impl Works {
    /// Returns the index of a work, adding it if it has not been cited yet.
    pub(super) fn cite(&mut self, key: &str) -> usize {
        if let Some(found) = self.by_key.get(key) {
            return *found;
        }
        let number = self.works.len();
        self.by_key.insert(key.to_string(), number);
        self.works
            .push(Work { cited: CitedWork { key: key.to_string(), ..CitedWork::default() }, label: None });
        number
    }

    /// Returns whether a key is cited and its work has no title yet.
    pub(super) fn is_wanted(&self, key: &str) -> bool {
        self.by_key.get(key).is_some_and(|number| self.works[*number].cited.title.is_none())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// Adds facts about a cited work. Known facts are kept.
    pub(super) fn tell(&mut self, work: Work) {
        let Some(known) = self.by_key.get(&work.cited.key).map(|number| &mut self.works[*number]) else {
            return;
        };
        known.label = known.label.take().or(work.label);
        let (known, added) = (&mut known.cited, work.cited);
        known.title = known.title.take().or(added.title);
        known.date = known.date.or(added.date);
        known.arxiv = known.arxiv.take().or(added.arxiv);
        known.doi = known.doi.take().or(added.doi);
        if known.authors.is_empty() {
            known.authors = added.authors;
        }
    }

    /// Returns a citation as printed, with the indexes of its works.
    pub(super) fn text(&self, cite: &Cite) -> (String, Vec<usize>) {
        let numbers: Vec<usize> = cite.keys.iter().filter_map(|key| self.by_key.get(key).copied()).collect();
        let written = |number: &usize| -> Option<(&str, String)> {
            let work = self.works.get(*number)?;
            Some((work.label.as_deref()?, work.cited.date?.year().to_string()))
        };
        let after = if cite.after.is_empty() { String::new() } else { format!(", {}", cite.after) };
        let before = if cite.before.is_empty() { String::new() } else { format!("{} ", cite.before) };
        let Some(works) =
            numbers.iter().map(written).collect::<Option<Vec<_>>>().filter(|works| !works.is_empty())
        else {
            // Of a work without authors or year, the number and the notes are all there is to print.
            let shown: Vec<String> = numbers.iter().map(|number| (number + 1).to_string()).collect();
            return (format!("[{before}{}{after}]", shown.join(", ")), numbers);
        };
        let joined = |write: &dyn Fn(&str, &str) -> String| {
            works.iter().map(|(label, year)| write(label, year)).collect::<Vec<_>>().join("; ")
        };
        let text = match cite.style {
            CiteStyle::Bracketed => {
                format!("({before}{}{after})", joined(&|label, year| format!("{label}, {year}")))
            }
            CiteStyle::Bare => {
                format!("{before}{}{after}", joined(&|label, year| format!("{label}, {year}")))
            }
            CiteStyle::Textual => joined(&|label, year| format!("{label} ({before}{year}{after})")),
            CiteStyle::Authors => joined(&|label, _| label.to_string()),
            CiteStyle::Year => joined(&|_, year| year.to_string()),
        };
        (text, numbers)
    }

    /// Returns the bibliography of the document.
    pub(super) fn into_bibliography(self) -> Vec<CitedWork> {
        self.works.into_iter().map(|work| work.cited).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_written_as_sentences_need_them() {
        let mut works = Works::default();
        for (key, label, year) in [("b", "Brown et al.", "2020"), ("s", "Smith", "2019-04")] {
            works.cite(key);
            let cited =
                CitedWork { key: key.into(), date: Some(year.parse().unwrap()), ..CitedWork::default() };
            works.tell(Work { cited, label: Some(label.into()) });
        }
        works.cite("unknown");
        let text = |keys: &[&str], style, before: &str, after: &str| {
            let keys = keys.iter().map(ToString::to_string).collect();
            works.text(&Cite { keys, style, before: before.into(), after: after.into() }).0
        };
        assert_eq!(
            text(&["b", "s"], CiteStyle::Bracketed, "see", ""),
            "(see Brown et al., 2020; Smith, 2019)"
        );
        assert_eq!(text(&["b"], CiteStyle::Textual, "", "p. 3"), "Brown et al. (2020, p. 3)");
        assert_eq!(text(&["b"], CiteStyle::Bare, "", ""), "Brown et al., 2020");
        assert_eq!(text(&["s"], CiteStyle::Authors, "", ""), "Smith");
        assert_eq!(text(&["b"], CiteStyle::Year, "", ""), "2020");
        assert_eq!(text(&["b", "unknown"], CiteStyle::Bracketed, "", ""), "[1, 3]");
        assert_eq!(text(&["unknown"], CiteStyle::Bracketed, "GPT-4;", "p. 3"), "[GPT-4; 3, p. 3]");
    }
}
