//! An index of all nameless references that may be to one system, for a person or a spreadsheet.

use std::io;

use byname::catalogue::spelling_key;
use byname::report::{csv_record, decimal, plain_markdown, signed};

use super::Gathered;
use super::gathered::{CandidateRow, Paper, Rank, Row};

/// Titles of the columns of [`OfSystem::csv`].
const TITLES: [&str; 14] = [
    "system",
    "probability",
    "confidence",
    "document",
    "title",
    "date",
    "organisations",
    "file",
    "line",
    "column",
    "mention",
    "sentence",
    "state",
    "reasons",
];
/// Most reasons shown in a line of [`OfSystem::markdown`].
const MOST_REASONS: usize = 3;
/// Least similarity of a suggested name, from 0 to 1, and the most names that are suggested.
const ALIKE: f64 = 0.85;
const SUGGESTED: usize = 5;

/// The nameless references that may be to one system, most probable first.
#[derive(Debug)]
pub struct OfSystem<'g> {
    gathered: &'g Gathered,
    name: String,
    found: Vec<(&'g Row, &'g Paper, &'g CandidateRow)>,
    /// Number of references that are too uncertain to be listed.
    hints: usize,
}

impl<'g> OfSystem<'g> {
    /// Looks up a system by its id, or by its name in any spelling; `None` if it is a candidate of no
    /// reference.
    pub fn find(gathered: &'g Gathered, wanted: &str) -> Option<Self> {
        let key = spelling_key(wanted);
        let called = |name: &str| spelling_key(name) == key;
        let by_name = || {
            let names = gathered.system_names.iter().zip(gathered.systems.iter());
            let place = names.into_iter().position(|(name, id)| called(name) || called(id))?;
            u32::try_from(place).ok()
        };
        let system = gathered.systems.find(wanted).or_else(by_name)?;
        let mut found = Vec::new();
        let mut hints = 0;
        for row in &gathered.rows {
            let candidate = row.candidates.iter().find(|candidate| candidate.system == system);
            let (Some(candidate), Some(paper)) = (candidate, gathered.paper(row)) else { continue };
            match row.rank {
                Rank::Nameless => found.push((row, paper, candidate)),
                Rank::Doubtful => hints += 1,
                Rank::Named => {}
            }
        }
        found.sort_by(|a, b| b.2.probability.total_cmp(&a.2.probability));
        Some(Self { gathered, name: gathered.system_name(system).to_string(), found, hints })
    }

    /// Creates the empty index of a system that is a candidate of no reference.
    pub fn none(gathered: &'g Gathered, name: &str) -> Self {
        Self { gathered, name: name.to_string(), found: Vec::new(), hints: 0 }
    }

    /// Returns the names of systems in the results that are most similar to `wanted`.
    pub fn nearest(gathered: &Gathered, wanted: &str) -> Vec<String> {
        let key = spelling_key(wanted);
        let names = gathered.system_names.iter();
        let mut near: Vec<(f64, &String)> =
            names.map(|name| (strsim::jaro_winkler(&spelling_key(name), &key), name)).collect();
        near.retain(|(alike, _)| *alike >= ALIKE);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        near.into_iter().take(SUGGESTED).map(|(_, name)| name.clone()).collect()
    }

    /// Writes the index as a page in Markdown.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn markdown(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let expected: f64 = self.found.iter().map(|(_, _, of)| f64::from(of.probability)).sum();
        let mut papers: Vec<u32> = self.found.iter().map(|(row, ..)| row.paper).collect();
        papers.sort_unstable();
        papers.dedup();
        writeln!(out, "# {}: papers that may use it and do not say so\n", plain_markdown(&self.name))?;
        writeln!(
            out,
            "{} of {} papers hold {} nameless references that may be it; the expected number is {}. \
             {} more are hints that are too unsure to be listed.",
            papers.len(),
            self.gathered.documents,
            self.found.len(),
            decimal(expected),
            self.hints
        )?;
        if self.found.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "\n| probability | paper | date | sentence | reasons |\n| --- | --- | --- | --- | --- |"
        )?;
        for (row, paper, candidate) in &self.found {
            let named = paper.title.as_ref().map(|title| format!("{}, ", plain_markdown(title)));
            let reasons: Vec<String> = self
                .reasons(candidate)
                .filter(|(text, weight)| *weight > 0.0 && !text.starts_with("prior:"))
                .take(MOST_REASONS)
                .map(|(text, _)| plain_markdown(text))
                .collect();
            writeln!(
                out,
                "| {:.0} % | {}{}:{} | {} | {}**{}**{} | {} |",
                candidate.probability * 100.0,
                named.unwrap_or_default(),
                plain_markdown(&paper.id),
                row.place.1,
                paper.date.map(|date| date.to_string()).unwrap_or_default(),
                plain_markdown(&row.before),
                plain_markdown(&row.text),
                plain_markdown(&row.after),
                reasons.join("; ")
            )?;
        }
        Ok(())
    }

    /// Writes the index as CSV, one line per reference.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(&self, out: &mut dyn io::Write) -> io::Result<()> {
        csv_record(&TITLES.map(str::to_string), out)?;
        for (row, paper, candidate) in &self.found {
            let organisations = paper.organisations.iter();
            let reasons: Vec<String> = self
                .reasons(candidate)
                .map(|(text, weight)| format!("{text} ({})", signed(weight.into())))
                .collect();
            let (file, line, column) = row.place;
            let fields = [
                self.name.clone(),
                format!("{:.4}", candidate.probability),
                format!("{:.4}", row.confidence),
                paper.id.clone(),
                paper.title.clone().unwrap_or_default(),
                paper.date.map(|date| date.to_string()).unwrap_or_default(),
                organisations.map(|one| self.gathered.organisations.get(*one)).collect::<Vec<_>>().join("; "),
                self.gathered.words.get(file).to_string(),
                line.to_string(),
                column.to_string(),
                row.text.clone(),
                format!("{}{}{}", row.before, row.text, row.after),
                self.gathered.words.get(row.state).to_string(),
                reasons.join("; "),
            ];
            csv_record(&fields, out)?;
        }
        Ok(())
    }

    fn reasons(&self, candidate: &CandidateRow) -> impl Iterator<Item = (&str, f32)> {
        candidate.evidence.iter().map(|(clue, weight)| (self.gathered.clues.get(*clue), *weight))
    }
}

#[cfg(test)]
#[path = "of_system_tests.rs"]
mod tests;
