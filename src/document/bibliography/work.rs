//! Metadata of a cited work.

use super::database::DatabaseEntry;
use super::names;
use crate::document::{CitedWork, PartialDate};

/// A cited work and the label of its authors in citations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::document) struct Work {
    pub(in crate::document) cited: CitedWork,
    /// The label, such as "Brown et al."
    pub(in crate::document) label: Option<String>,
}

/// Creates the work from an entry; `latex` converts LaTeX to text.
pub(in crate::document) fn work_of(entry: &DatabaseEntry<'_>, latex: &mut dyn FnMut(&str) -> String) -> Work {
    let mut field = |name: &str| entry.field(name).map(&mut *latex).filter(|value| !value.is_empty());
    let title = field("title");
    let year = field("year").or_else(|| field("date"));
    let date = year.and_then(|year| {
        let month = entry.field("month").unwrap_or_default();
        date_of(&format!("{month} {year}"))
    });
    let doi = field("doi").map(|doi| bare_doi(&doi).to_string());
    let fields = ["eprint", "url", "journal", "note", "howpublished", "volume", "archiveprefix"];
    let arxiv = fields.iter().filter_map(|name| entry.field(name)).find_map(arxiv_of).or_else(|| {
        // A DOI of arXiv holds the identifier.
        doi.as_deref().and_then(arxiv_of)
    });
    let written = entry.field("author").or_else(|| entry.field("editor")).unwrap_or_default();
    let (others, people): (Vec<&str>, Vec<&str>) =
        names::parts(written).into_iter().partition(|name| name.eq_ignore_ascii_case("others"));
    let families: Vec<String> = people.iter().take(3).map(|name| names::family(name, latex)).collect();
    let label = names::label(&families, !others.is_empty());
    let authors = people.iter().map(|name| names::spoken(name, latex)).collect();
    Work { cited: CitedWork { key: entry.key.to_string(), title, authors, date, arxiv, doi }, label }
}

fn bare_doi(doi: &str) -> &str {
    doi.find("10.").map_or(doi, |at| &doi[at..])
}

/// Returns the arXiv identifier in a text, without its version.
pub(in crate::document) fn arxiv_of(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    memchr::memchr_iter(b'.', bytes).find_map(|dot| {
        let before = bytes[..dot].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let after = digits(dot + 1);
        let month = text.get(dot.checked_sub(2)?..dot)?.parse::<u8>().ok()?;
        let is_id = before == 4 && matches!(after, 4 | 5) && (1..=12).contains(&month);
        is_id.then(|| text[dot - 4..dot + 1 + after].to_string())
    })
}

/// Parses a date in words and numbers: a year of four digits, and a month before or after it.
///
/// Months are recognised by their first three letters, as BibTeX abbreviates them, and by number in dates
/// such as `2021-08-15`.
pub(in crate::document) fn date_of(text: &str) -> Option<PartialDate> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let pieces: Vec<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let is_year = |piece: &&&str| piece.len() == 4 && matches!(piece.parse::<u16>(), Ok(1500..=2199));
    let year = pieces.iter().position(|piece| is_year(&piece))?;
    let written = |piece: &&str| {
        let start = piece.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start).map(|index| index + 1)
    };
    let number = |index: usize, most: usize| {
        let piece = pieces.get(index)?;
        let found = piece.parse::<usize>().ok().filter(|number| (1..=most).contains(number))?;
        (piece.len() <= 2).then_some(found)
    };
    let month = pieces.iter().find_map(written).or_else(|| number(year + 1, 12));
    let day = number(year + 2, 31).filter(|_| number(year + 1, 12).is_some());
    let year = pieces[year];
    let shown = match (month, day) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        _ => year.to_string(),
    };
    shown.parse().or_else(|_| year.parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::bibliography::entries;

    #[test]
    fn a_work_is_told_by_its_entry() {
        let text = "@article{b20, title={Of {Size}}, author={Brown, Tom and Mann, B. and others}, year={2020}, \
                    month=may, journal={arXiv preprint arXiv:2005.14165v4}, doi={https://doi.org/10.1/x.y}}";
        let entry = entries(text).next().unwrap();
        let work = work_of(&entry, &mut |latex| latex.replace(['{', '}'], ""));
        assert_eq!(work.label.as_deref(), Some("Brown et al."));
        assert_eq!(work.cited.title.as_deref(), Some("Of Size"));
        assert_eq!(work.cited.authors, ["Tom Brown", "B. Mann"]);
        assert_eq!(work.cited.date.unwrap().to_string(), "2020-05");
        assert_eq!(work.cited.arxiv.as_deref(), Some("2005.14165"));
        assert_eq!(work.cited.doi.as_deref(), Some("10.1/x.y"));
    }

    #[test]
    fn dates_are_read_in_their_usual_forms() {
        let date = |text: &str| date_of(text).map(|date| date.to_string());
        assert_eq!(date("August 2021").as_deref(), Some("2021-08"));
        assert_eq!(date("2021-08-15").as_deref(), Some("2021-08-15"));
        assert_eq!(date("15 Sept. 2021").as_deref(), Some("2021-09"));
        assert_eq!(date("2021/8").as_deref(), Some("2021-08"));
        assert_eq!(date("July 5, 2023").as_deref(), Some("2023-07"));
        assert_eq!(date("in 1999").as_deref(), Some("1999"));
        assert_eq!(date("today"), None);
    }
}
