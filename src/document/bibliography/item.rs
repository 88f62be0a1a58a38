//! Entries of a printed bibliography: `\bibitem`.

use super::work::{Work, arxiv_of, date_of};
use crate::document::{CitedWork, single_spaced};

/// One entry as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::document) struct Item {
    pub(in crate::document) key: String,
    /// The label printed for citations of it, such as "Brown et al.(2020)Brown, Mann".
    pub(in crate::document) label: Option<String>,
    pub(in crate::document) text: String,
}

impl Work {
    /// Creates the work from an entry whose parts are separated by `mark`.
    pub(in crate::document) fn from_item(item: &Item, mark: char) -> Self {
        let clean = |text: &str| {
            let words = single_spaced(text);
            words.trim_end_matches(['.', ',', ' ']).to_string()
        };
        let parts: Vec<String> = item.text.split(mark).map(clean).collect();
        let whole = parts.join(". ");
        // Styles that print quotes put the title into them; the others give it a part of its own.
        let quoted =
            whole.split_once('“').and_then(|(_, rest)| rest.split_once('”')).map(|(title, _)| clean(title));
        let title = quoted.or_else(|| parts.get(1).cloned()).filter(|title| !title.is_empty());
        let (label, labelled_date) = item.label.as_deref().map_or((None, None), label_of);
        let date = labelled_date.or_else(|| last_year(&whole));
        let authors = parts.first().filter(|_| parts.len() > 1).map_or_else(Vec::new, |names| people(names));
        let doi =
            whole.find("10.").filter(|at| whole[..*at].to_ascii_lowercase().contains("doi")).map(|at| {
                whole[at..]
                    .split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches(['.', ','])
                    .to_string()
            });
        let cited = CitedWork { key: item.key.clone(), title, authors, date, arxiv: arxiv_of(&whole), doi };
        Self { cited, label }
    }
}

/// Returns the authors and the year of a label: `Brown et al.(2020)Brown, Mann`.
fn label_of(label: &str) -> (Option<String>, Option<crate::document::PartialDate>) {
    let Some((authors, rest)) = label.split_once('(') else { return (None, None) };
    let year = rest.split(')').next().and_then(date_of);
    (Some(authors.trim().to_string()).filter(|authors| !authors.is_empty() && year.is_some()), year)
}

/// Returns the last year in a text, since the title may contain another before it. Four digits that a dash, a
/// colon or a full stop joins to others are pages or part of an identifier: "2038–2047", "2005.14165". Digits of
/// a month or a day are fewer.
fn last_year(text: &str) -> Option<crate::document::PartialDate> {
    const JOINS: [char; 4] = ['-', '–', '—', ':'];
    let leading = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let trailing = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
    let is_alone = |start: usize, piece: &str| {
        let (before, rest) = (&text[..start], &text[start + piece.len()..]);
        let before = before.trim_end().strip_suffix(JOINS).map_or(0, |before| trailing(before.trim_end()));
        let after = rest.trim_start().strip_prefix(JOINS).map_or(0, |after| leading(after.trim_start()));
        let behind_point = rest.strip_prefix('.').map_or(0, leading);
        before.max(after).max(behind_point) < FEWEST_DIGITS_OF_PAGES
    };
    let pieces = text.split(|letter: char| !letter.is_ascii_digit()).filter(|piece| piece.len() == 4);
    let years = pieces.filter(|piece| is_alone(piece.as_ptr() as usize - text.as_ptr() as usize, piece));
    years.filter_map(date_of).next_back()
}

/// Fewest digits joined to a number of four that make the two a range of pages or an identifier.
const FEWEST_DIGITS_OF_PAGES: usize = 3;

/// Splits a list of names: "Tom Brown, Benjamin Mann, and Nick Ryder".
fn people(names: &str) -> Vec<String> {
    let names = names.split([',', ';']).flat_map(|part| part.split(" and ")).map(|name| {
        let name = name.trim();
        name.strip_prefix("and ").unwrap_or(name).to_string()
    });
    names.filter(|name| !name.is_empty() && !name.starts_with("et al")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(label: Option<&str>, text: &str) -> Work {
        Work::from_item(&Item { key: "k".into(), label: label.map(str::to_string), text: text.into() }, '|')
    }

    #[test]
    fn printed_entries_are_taken_apart() {
        let found = work(
            Some("Brown et al.(2020)Brown, Mann"),
            "Tom Brown, Benjamin Mann, and Nick Ryder.|Models of 1984 words.|arXiv preprint arXiv:2005.14165, 2020.",
        );
        assert_eq!(found.label.as_deref(), Some("Brown et al."));
        assert_eq!(found.cited.title.as_deref(), Some("Models of 1984 words"));
        assert_eq!(found.cited.authors, ["Tom Brown", "Benjamin Mann", "Nick Ryder"]);
        assert_eq!(found.cited.date.unwrap().to_string(), "2020");
        assert_eq!(found.cited.arxiv.as_deref(), Some("2005.14165"));
    }

    #[test]
    fn pages_and_identifiers_are_no_years() {
        let year = |text: &str| work(None, text).cited.date.map(|date| date.to_string());
        assert_eq!(year("A. Vas.|Traces.|In Proc. ACL 2019, pages 2038–2047.").as_deref(), Some("2019"));
        assert_eq!(year("A. Vas.|Traces.|Proc. ACL, 2019, 35:2040 - 2047.").as_deref(), Some("2019"));
        assert_eq!(year("A. Vas.|Traces.|2021. arXiv:1907.01234.").as_deref(), Some("2021"));
        assert_eq!(year("A. Vas.|Traces.|Pages 2038-2047.").as_deref(), None);
        assert_eq!(year("A. Vas.|Traces.|Nature 123 2018. 45.").as_deref(), Some("2018"));
        assert_eq!(year("A. Vas.|Traces.|Accessed 2023-05-12.").as_deref(), Some("2023"));
    }

    #[test]
    fn a_title_in_quotes_is_found_without_parts() {
        let found = work(None, "A. Vas and N. Sha, “Attention,” in Proc. 2017, doi: 10.1/ab.");
        assert_eq!(found.cited.title.as_deref(), Some("Attention"));
        assert_eq!(found.cited.date.unwrap().to_string(), "2017");
        assert_eq!(found.cited.doi.as_deref(), Some("10.1/ab"));
    }
}
