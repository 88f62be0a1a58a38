//! The date of a paper, and its source.

use super::bibliography::arxiv_of;
use super::{Document, PartialDate, floor_to_character};
use crate::named_enum;

named_enum! {
    /// The source of a paper's date.
    pub enum DateSource {
        /// A statement in the paper or its record.
        Stated => "stated",
        /// The paper's arXiv identifier, which begins with year and month.
        Arxiv => "arxiv",
        /// The year in the name of its LaTeX class or style, written for a venue of that year.
        ClassFile => "class-file",
        /// The year of the newest work that it cites, as the paper can hardly be older.
        CitedWorks => "cited-works",
        /// The user's input.
        Given => "given",
    }
}

/// Plausible years of cited works and of class files.
const YEARS: std::ops::Range<i16> = 1990..2100;
/// Number of bytes at the start of a prose that are searched for the arXiv stamp.
const HEADER: usize = 4096;

impl Document {
    /// Returns the date of the paper and its source, falling back to the newest work that it cites.
    pub fn dated(&self) -> Option<(PartialDate, DateSource)> {
        if let Some(date) = self.date {
            return Some((date, self.date_source.unwrap_or(DateSource::Stated)));
        }
        Some((year(self.newest_year_cited()?)?, DateSource::CitedWorks))
    }

    /// Removes a date that the document states, for it is of another one; what else tells its date is used instead.
    pub(crate) fn forget_stated_date(&mut self) {
        if self.date_source == Some(DateSource::Stated) {
            (self.date, self.date_source) = (None, None);
            settle_date(self, None);
        }
    }

    /// Returns the year of the newest work cited: in the bibliography, or else in citations in the prose.
    pub fn newest_year_cited(&self) -> Option<i16> {
        let works = self.bibliography.iter().filter_map(|work| work.date).map(PartialDate::year);
        works.filter(|year| YEARS.contains(year)).max().or_else(|| newest_in_brackets(&self.prose))
    }
}

/// Sets the source of the date and, if no date is stated, the date itself: from the arXiv identifier in the
/// document, in the path or in the stamp, or else from the year of a class file.
pub(super) fn settle_date(document: &mut Document, class_year: Option<i16>) {
    if document.date.is_some() {
        document.date_source = Some(DateSource::Stated);
        return;
    }
    document.arxiv =
        document.arxiv.take().or_else(|| arxiv_id(&document.id)).or_else(|| stamp_of(&document.prose));
    let by_number = document.arxiv.as_deref().and_then(arxiv_date).map(|date| (date, DateSource::Arxiv));
    // Who cites newer works than its template can know took an old one.
    let newest = document.newest_year_cited();
    let class_year = class_year.filter(|year| newest.is_none_or(|newest| newest <= *year));
    let by_class = || Some((year(class_year?)?, DateSource::ClassFile));
    if let Some((date, source)) = by_number.or_else(by_class) {
        (document.date, document.date_source) = (Some(date), Some(source));
    }
}

fn year(year: i16) -> Option<PartialDate> {
    year.to_string().parse().ok()
}

/// Returns the year in the name of a class or a style: `neurips_2024`, `iclr2026_conference`, `aaai24`.
pub(super) fn year_of_class(name: &str) -> Option<i16> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut numbers = name.split(|letter: char| !letter.is_ascii_digit());
    numbers.find_map(|digits| {
        let number = digits.parse::<i16>().ok()?;
        match digits.len() {
            4 => Some(number),
            // Names of packages end in small numbers too; those of venues are long, and of our time.
            2 if letters >= 4 && (15..=40).contains(&number) => Some(2000 + number),
            _ => None,
        }
        .filter(|year| YEARS.contains(year))
    })
}

/// Returns the arXiv identifier, without version, that a path is named after: `2004.14974` for
/// `papers/2004.14974v2.tar.gz`.
pub(super) fn arxiv_id(path: &str) -> Option<String> {
    path.rsplit(['/', '\\']).find_map(|name| {
        let id: String =
            name.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
        let (month, number) = id.trim_end_matches('.').split_once('.')?;
        let rest = &name[month.len() + 1 + number.len()..];
        let is_id = month.len() == 4
            && matches!(number.len(), 4 | 5)
            && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_month = matches!(month.get(2..)?.parse::<u8>(), Ok(1..=12));
        (is_id && is_month && (rest.is_empty() || rest.starts_with(['v', '.', '-', '_'])))
            .then(|| format!("{month}.{number}"))
    })
}

/// Returns the month in which the paper with an identifier was submitted to arXiv.
pub(super) fn arxiv_date(id: &str) -> Option<PartialDate> {
    format!("20{}-{}", id.get(..2)?, id.get(2..4)?).parse().ok()
}

/// Returns the identifier in the stamp that arXiv prints on a paper: "arXiv:2403.01234v1 [cs.CL] 1 Mar
/// 2024". Identifiers of cited works are not followed by a subject in brackets.
fn stamp_of(prose: &str) -> Option<String> {
    let end = floor_to_character(prose, HEADER);
    prose[..end].match_indices("arXiv:").find_map(|(at, mark)| {
        let rest = &prose[at + mark.len()..end];
        let stamp = rest.split_once('[').map_or("", |(before, _)| before).trim_end();
        let is_number = |letter: char| letter.is_ascii_digit() || ".v".contains(letter);
        (stamp.len() <= 16 && stamp.chars().all(is_number)).then(|| arxiv_of(stamp)).flatten()
    })
}

/// Returns the newest year of citations such as "(Brown et al., 2020)" and "Brown et al. (2020)".
fn newest_in_brackets(prose: &str) -> Option<i16> {
    let bytes = prose.as_bytes();
    let ends = memchr::memchr3_iter(b')', b';', b']', bytes);
    let year_before = |end: usize| {
        // "2020a" and "2020b" are of the same year.
        let end = if bytes.get(end.checked_sub(1)?)?.is_ascii_lowercase() { end - 1 } else { end };
        let start = end.checked_sub(4)?;
        let year = prose.get(start..end)?.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
        let before = prose.get(..start)?;
        let cites = before.ends_with(", ") || before.ends_with("al. (") || before.ends_with("al. [");
        cites.then_some(year)
    };
    ends.filter_map(year_before).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CitedWork;
    use proptest::prelude::*;

    fn settled(mut document: Document, class_year: Option<i16>) -> Option<(String, &'static str)> {
        settle_date(&mut document, class_year);
        document.dated().map(|(date, source)| (date.to_string(), source.name()))
    }

    fn citing(year: &str) -> Document {
        let work = CitedWork { date: year.parse().ok(), ..CitedWork::default() };
        Document { bibliography: vec![work], ..Document::from_prose("2403.01234v2.tex", "Text.") }
    }

    #[test]
    fn what_is_stated_goes_before_numbers_and_these_before_class_files() {
        let stated = Document { date: "2023-05".parse().ok(), ..citing("2022") };
        assert_eq!(settled(stated, Some(2024)), Some(("2023-05".into(), "stated")));
        assert_eq!(settled(citing("2022"), Some(2025)), Some(("2024-03".into(), "arxiv")));
        let unnumbered = |year| Document { id: "main.tex".into(), ..citing(year) };
        assert_eq!(settled(unnumbered("2022"), Some(2024)), Some(("2024".into(), "class-file")));
        assert_eq!(settled(unnumbered("2022"), None), Some(("2022".into(), "cited-works")));
        // An old template does not make a paper old.
        assert_eq!(settled(unnumbered("2026"), Some(2024)), Some(("2026".into(), "cited-works")));
        assert_eq!(settled(Document::from_prose("main.tex", "Text."), None), None);
    }

    #[test]
    fn the_stamp_of_arxiv_dates_a_text_and_a_cited_number_does_not() {
        let stamped = Document::from_prose("a.txt", "arXiv:2403.01234v1 [cs.CL] 1 Mar\n\nText.");
        assert_eq!(settled(stamped, None), Some(("2024-03".into(), "arxiv")));
        let cited = Document::from_prose("a.txt", "See arXiv:2005.14165, and [1].");
        assert_eq!(settled(cited, None), None);
    }

    #[test]
    fn class_files_name_the_year_of_their_venue() {
        for (name, year) in [
            ("neurips_2024", Some(2024)),
            ("iclr2026_conference", Some(2026)),
            ("style/acl2023", Some(2023)),
            ("aaai24", Some(2024)),
            ("naaclhlt2019", Some(2019)),
            ("algorithm2e", None),
            ("utf8x", None),
            ("t1enc12", None),
            ("acl", None),
            ("glyph9999", None),
        ] {
            assert_eq!(year_of_class(name), year, "{name}");
        }
    }

    #[test]
    fn arxiv_identifiers_are_read_from_paths() {
        assert_eq!(arxiv_id("x/2004.14974v2.tar.gz").as_deref(), Some("2004.14974"));
        assert_eq!(arxiv_id("scifact-2004.14974/main.tex"), None);
        assert_eq!(arxiv_id("2004.14974/main.tex").as_deref(), Some("2004.14974"));
        assert_eq!(arxiv_id("2004.149/2099.123456.tex"), None);
        assert_eq!(arxiv_date("2004.14974").unwrap().to_string(), "2020-04");
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_for_dates(
            text in "\\PC{0,60}(arXiv:)?[(;, )]{0,3}(20[0-9]{2}[a-z.]?)?[0-9]{0,5}[)\\];\\[]?\\PC{0,9}"
        ) {
            let mut document = Document::from_prose(text.clone(), text.clone());
            settle_date(&mut document, year_of_class(&text));
            let _ = document.dated();
        }
    }
}
