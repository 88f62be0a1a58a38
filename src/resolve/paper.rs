//! Clues from a paper as a whole: where its authors work, and when it was written.

use super::organisation_finder::OrganisationFinder;
use super::time::Stretch;
use crate::ScanOptions;
use crate::catalogue::OrganisationId;
use crate::document::{Document, floor_to_character};

/// Number of leading bytes that are searched for e-mail addresses if the authors are unknown.
const HEADER: usize = 4096;
/// The range of four-digit numbers that are taken as years.
pub(super) const YEARS: std::ops::Range<i16> = 1990..2100;
/// Number of months after the newest cited year within which a paper may still have been written.
const AFTER_NEWEST: f32 = 6.0;

/// The authors' organisations and the date of a paper, determined once for all its references.
#[derive(Debug, Clone, Default)]
pub(super) struct PaperClues {
    pub authors: Vec<OrganisationId>,
    pub authors_known: bool,
    pub date: Option<Stretch>,
    /// Set when the date is only that of the newest work that the paper cites.
    pub date_of_citations: bool,
}

impl PaperClues {
    /// Determines the clues from what a paper states and, where it is silent, from what the user supplied.
    pub fn of(document: &Document, options: &ScanOptions, finder: &OrganisationFinder) -> Self {
        let mut authors = Vec::new();
        let given =
            if document.organisations.is_empty() { &options.organisations } else { &document.organisations };
        for affiliation in given {
            finder.of_affiliation(affiliation, &mut authors);
        }
        if given.is_empty() {
            let end = floor_to_character(&document.prose, HEADER);
            finder.of_addresses(&document.prose[..end], &mut authors);
        }
        finder.of_acknowledgements(&document.prose, &mut authors);
        let authors_known = !given.is_empty() || !authors.is_empty();
        let stated = document.date.or(options.date).map(Stretch::of);
        let newest = || document.newest_year_cited().map(|year| Stretch::of_year_and(year, AFTER_NEWEST));
        let date = stated.or_else(newest);
        Self { authors, authors_known, date, date_of_citations: stated.is_none() && date.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CitedWork;
    use crate::resolve::samples;

    fn clues(document: &Document) -> PaperClues {
        let weights = samples::weights();
        let cues = &weights.organisation.affiliation_cues;
        PaperClues::of(
            document,
            &ScanOptions::default(),
            &OrganisationFinder::new(&samples::organisations(), cues),
        )
    }

    fn of_text(text: &str) -> PaperClues {
        clues(&Document::from_prose("p", text))
    }

    #[test]
    fn without_a_date_the_newest_work_cited_gives_it() {
        let mut document =
            Document::from_prose("p", "We follow Berg et al. (2016) and (Holm, 2017b; Lind, 2015).");
        let year = |clues: &PaperClues| clues.date.map(|date| (date.from / 12.0).floor());
        assert_eq!(year(&clues(&document)), Some(2017.0));
        let dated = |date: &str| CitedWork { date: date.parse().ok(), ..CitedWork::default() };
        document.bibliography = vec![dated("2019-05"), dated("2018")];
        let paper_clues = clues(&document);
        assert_eq!((year(&paper_clues), paper_clues.date_of_citations), (Some(2019.0), true));
        document.date = "2021-03".parse().ok();
        let paper_clues = clues(&document);
        assert_eq!((year(&paper_clues), paper_clues.date_of_citations), (Some(2021.0), false));
        assert!(of_text("The town will be larger (by 2040) than in 2019.").date.is_none());
    }

    #[test]
    fn acknowledgements_tell_where_the_work_was_done() {
        let none = of_text("The letters were sent to Acme. Bolt had none.");
        assert!(none.authors.is_empty() && !none.authors_known);
        let house = samples::organisations().by_id("acme").unwrap();
        let paper_clues =
            of_text("We thank our readers. This was done during an internship at Acme in Toronto.");
        assert_eq!((paper_clues.authors.as_slice(), paper_clues.authors_known), (&[house][..], true));
    }

    #[test]
    fn addresses_tell_the_authors_where_nothing_else_does() {
        let house = samples::organisations().by_id("acme").unwrap();
        assert_eq!(of_text("Ann Holm, ann@acme.example. We sorted letters.").authors, [house]);
    }
}
