//! Conditions of a rule on the paper: its date and its authors' organisations.

use std::collections::HashMap;

use toml::Spanned;

use super::{CatalogueFile, Fault, Layer, Organisations, Rule};
use crate::document::PartialDate;

/// Conditions on a paper. A paper that does not state a date or organisation does not meet a condition on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PaperCondition {
    /// The earliest date of the paper.
    pub since: Option<PartialDate>,
    /// The latest date of the paper.
    pub until: Option<PartialDate>,
    /// Ids of organisations, one of which must be that of an author; empty for any.
    pub organisations: Vec<String>,
    /// Byte offset of the first of them in the file of the rule.
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

    /// Returns whether there are no conditions.
    pub fn is_empty(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.organisations.is_empty()
    }

    /// Returns whether every day that a date may mean is within the range; `false` without a date unless any
    /// date is allowed.
    pub fn allows_date(&self, date: Option<PartialDate>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        date.is_some_and(|date| {
            self.since.is_none_or(|since| since.earliest() <= date.earliest())
                && self.until.is_none_or(|until| date.latest() <= until.latest())
        })
    }

    /// Returns the conditions as text, each with its key in the file.
    pub fn keys(&self) -> Vec<(&'static str, String)> {
        let dates = [("since", self.since), ("until", self.until)];
        let dates = dates.into_iter().filter_map(|(key, date)| Some((key, date?.to_string())));
        let organisations = self.organisations.join(", ");
        dates.chain((!organisations.is_empty()).then_some(("organisation", organisations))).collect()
    }
}

/// Reports rules that require an organisation that is not in the catalogue.
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
