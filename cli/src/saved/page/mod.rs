//! Saved results as an HTML page: a summary, charts, and a table to filter and search.
//!
//! The page needs no network and no other file. It contains all of its data as JSON, which its script reads;
//! without the script it shows the same charts and the first references. Only its own style and its own
//! script may run in it, whatever a paper contains: its content security policy lists their hashes.

mod chart;
mod data;
mod pictures;
mod plain;
mod summary;

use std::fmt::Write as _;
use std::io::{self, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::escape;
use sha2::{Digest as _, Sha256};

use super::Gathered;
use super::gathered::Row;
use data::PageData;
use summary::{footer, number, summary};

const STYLE: &str = include_str!("report.css");
const DETAIL_SCRIPT: &str = include_str!("detail.js");
const TABLE_SCRIPT: &str = include_str!("table.js");
const FILTER_SCRIPT: &str = include_str!("filter.js");
const BROWSE: &str = include_str!("browse.html");

/// Most bytes of references in the table of the first page.
const MOST_OF_REFERENCES: usize = 6_000_000;
/// Most bytes of data on a page.
const MOST_OF_DATA: usize = 12_000_000;

/// Number of bytes at the start of a page that are searched for its title and style.
const HEAD: usize = 64 << 10;

/// A report on saved results: one page, or if that would be too long, a first page with all filters and
/// further pages with the rest.
#[derive(Debug)]
pub struct Page<'g> {
    gathered: &'g Gathered,
    /// Number of lines of the results that could not be read.
    broken_lines: usize,
    /// Number of references in the table of the first page, and of those whose details it holds.
    references: usize,
    details: usize,
    /// Names of the further pages, and the range of references on each.
    further: Vec<(String, std::ops::Range<usize>)>,
}

impl<'g> Page<'g> {
    /// Divides the results into pages. `name` returns the name of the page with a number from 2; without it
    /// there is one page only, and what does not fit is left out.
    pub fn new(gathered: &'g Gathered, broken_lines: usize, name: Option<&dyn Fn(usize) -> String>) -> Self {
        Self::within(gathered, broken_lines, name, (MOST_OF_REFERENCES, MOST_OF_DATA))
    }

    fn within(
        gathered: &'g Gathered,
        broken_lines: usize,
        name: Option<&dyn Fn(usize) -> String>,
        (most_of_references, most_of_data): (usize, usize),
    ) -> Self {
        let rows = &gathered.rows;
        let mut data = PageData::new(gathered);
        let fits = |data: &PageData<'_>, most: usize| data.size() < most;
        let mut filled = |most: usize, add: &dyn Fn(&mut PageData<'g>, &Row)| {
            rows.iter()
                .take_while(|row| {
                    let goes_on = fits(&data, most);
                    if goes_on {
                        add(&mut data, row);
                    }
                    goes_on
                })
                .count()
        };
        let references = filled(most_of_references, &|data, row| data.add_reference(row));
        let details = filled(most_of_data, &|data, row| data.add_detail(row)).min(references);
        let mut page = Self { gathered, broken_lines, references, details, further: Vec::new() };
        let Some(name) = name else { return page };
        let mut start = details;
        while start < rows.len() {
            let mut data = PageData::new(gathered);
            let mut end = start;
            while let Some(row) = rows.get(end).filter(|_| end == start || fits(&data, most_of_data)) {
                data.add_reference(row);
                data.add_detail(row);
                end += 1;
            }
            page.further.push((name(page.further.len() + 2), start..end));
            start = end;
        }
        page
    }

    /// Returns the names of the further pages.
    pub fn further(&self) -> impl Iterator<Item = &str> {
        self.further.iter().map(|(name, _)| name.as_str())
    }

    /// Writes the first page.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut body = String::new();
        let _ = writeln!(body, "<header>\n<h1>Systems that papers leave nameless</h1>");
        summary(self.gathered, self.broken_lines, &mut body);
        body.push_str("</header>\n<main>\n<section id=\"pictures\" aria-label=\"Pictures\">\n");
        if !self.gathered.nameless().is_empty() {
            pictures::pictures(self.gathered, &mut body);
        }
        body.push_str("</section>\n");
        body.push_str(BROWSE);
        plain::plain_table(self.gathered, &mut body);
        body.push_str("</main>\n");
        footer(self, &mut body);
        let mut data = PageData::new(self.gathered);
        let rows = &self.gathered.rows;
        rows.iter().take(self.references).for_each(|row| data.add_reference(row));
        rows.iter().take(self.details).for_each(|row| data.add_detail(row));
        let parts: Vec<(usize, String)> =
            self.further.iter().map(|(name, range)| (range.start, name.clone())).collect();
        write_page("byname: systems that papers leave nameless", &body, data, (0, &parts), out)
    }

    /// Writes the further page at an index of [`Page::further`].
    ///
    /// # Errors
    /// See [`Page::write`].
    pub fn write_further(&self, place: usize, out: &mut dyn io::Write) -> io::Result<()> {
        let Some((_, range)) = self.further.get(place) else { return Ok(()) };
        let title = further_title(place + 2);
        let mut body = format!("<header>\n<h1>{title}</h1>\n");
        let _ = writeln!(
            body,
            "<p class=\"found\">References {} to {} of {}, which the first page had no room for.</p>\n</header>",
            number(range.start + 1),
            number(range.end),
            number(self.gathered.rows.len())
        );
        body.push_str("<main>\n");
        body.push_str(BROWSE);
        body.push_str("<noscript><p>This page needs its script.</p></noscript>\n</main>\n");
        let mut data = PageData::new(self.gathered);
        for row in self.gathered.rows.get(range.clone()).unwrap_or_default() {
            data.add_reference(row);
            data.add_detail(row);
        }
        write_page(&title, &body, data, (range.start, &[]), out)
    }
}

/// Returns whether `page` is the further page with that number of some report, as [`Page::write_further`]
/// writes it.
///
/// # Errors
/// When it cannot be read.
pub fn is_further(page: impl io::Read, number: usize) -> io::Result<bool> {
    let mut start = Vec::new();
    page.take(HEAD as u64).read_to_end(&mut start)?;
    let (title, start) = (further_title(number), String::from_utf8_lossy(&start));
    let written_by_it = format!("<title>{title}</title>\n<style>");
    Ok(start.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>") && start.contains(&written_by_it))
}

fn further_title(number: usize) -> String {
    format!("Systems that papers leave nameless, page {number}")
}

fn write_page(
    title: &str,
    body: &str,
    data: PageData<'_>,
    (first, parts): (usize, &[(usize, String)]),
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let script = [FILTER_SCRIPT, DETAIL_SCRIPT, TABLE_SCRIPT].concat();
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(&script)
    );
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"generator\" content=\"byname\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n{body}<script type=\"application/json\" id=\"data\">",
        escape(title)
    )?;
    let mut json = Vec::new();
    data.write(first, parts, &mut json);
    out.write_all(&json)?;
    write!(out, "</script>\n<script>{script}</script>\n</body>\n</html>\n")
}

/// Escapes a text for HTML. Control characters are already made visible in gathered texts.
fn html(text: &str) -> String {
    escape(text).into_owned()
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
