//! What a rule asks of the paper that it looks in: when it was written, and by whom.

use std::collections::HashMap;

use toml::Spanned;

use super::{CatalogueFile, Fault, Layer, Organisations, Rule};
use crate::document::PartialDate;

/// What must hold of a paper. A paper that does not tell is none of which it holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PaperCondition {
    /// The first date on which it may have been written.
    pub since: Option<PartialDate>,
    /// The last one.
    pub until: Option<PartialDate>,
    /// The organisations of which one must be that of an author, by id; none for any.
    pub organisations: Vec<String>,
    /// Where the first of them stands in the file of the rule.
    organisations_at: usize,
}

impl PaperCondition {
    /// Reads the keys of a rule.
    pub(super) fn read(
        (since, until): (Option<Spanned<String>>, Option<Spanned<String>>),
        organisations: Vec<Spanned<String>>,
        file: &CatalogueFile,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut date = |key: &str, given: Option<Spanned<String>>| {
            let given = given?;
            let read = given.get_ref().parse::<PartialDate>();
            read.map_err(|error| {
                let fault = Fault::at(file, given.span().start, format!("`{key}`: {error}"));
                faults.push(fault.help("write a year, a month or a day: \"2021\", \"2021-09\""));
            })
            .ok()
        };
        let at = until.as_ref().map_or(0, |until| until.span().start);
        let (since, until) = (date("since", since), date("until", until));
        if let (Some(since), Some(until)) = (since, until)
            && since.earliest() > until.latest()
        {
            faults.push(
                Fault::at(file, at, format!("no paper was written since {since} and until {until}"))
                    .help("exchange the two dates"),
            );
        }
        Self {
            since,
            until,
            organisations_at: organisations.first().map_or(0, |first| first.span().start),
            organisations: organisations.into_iter().map(Spanned::into_inner).collect(),
        }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.organisations.is_empty()
    }

    /// Whether a date is one that is asked for: every day that it may mean.
    pub fn allows_date(&self, date: Option<PartialDate>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        date.is_some_and(|date| {
            self.since.is_none_or(|since| since.earliest() <= date.earliest())
                && self.until.is_none_or(|until| date.latest() <= until.latest())
        })
    }

    /// As a person would say it, with the keys of its file.
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let dates = [("since", self.since), ("until", self.until)];
        let dates = dates.into_iter().filter_map(|(key, date)| Some((key, date?.to_string())));
        let organisations = self.organisations.join(", ");
        dates.chain((!organisations.is_empty()).then_some(("organisation", organisations))).collect()
    }
}

/// Refuses rules that ask for an organisation that the catalogue does not hold.
pub(super) fn check_organisations(
    rules: &[Rule],
    organisations: &Organisations,
    layers: &[Layer],
    faults: &mut Vec<Fault>,
) {
    if rules.iter().all(|rule| rule.paper.organisations.is_empty()) {
        return;
    }
    let files: HashMap<&str, &CatalogueFile> =
        layers.iter().flat_map(|layer| &layer.files).map(|file| (file.shown.as_str(), file)).collect();
    for rule in rules {
        let unknown = |id: &&String| !organisations.iter().any(|(_, known)| known.id == **id);
        let Some(file) = files.get(rule.file.as_str()) else { continue };
        for id in rule.paper.organisations.iter().filter(unknown) {
            let at = rule.paper.organisations_at;
            let at = at
                + file
                    .text
                    .get(at..)
                    .and_then(|rest| rest.find(id.as_str()))
                    .map_or(0, |found| found.saturating_sub(1));
            faults.push(
                Fault::at(file, at, format!("unknown organisation `{id}`"))
                    .help("organisations.toml lists all ids; one of a folder of your own stands in a file of that name there"),
            );
        }
    }
}
