//! `measurements.toml`: how often rules were right on annotated papers, kept apart from the rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{CatalogueFile, Fault, Rule};
use crate::document::PartialDate;

/// The path of the file within a catalogue folder.
pub const MEASUREMENTS: &str = "measurements.toml";

/// Standard deviations on each side of a 95 percent interval.
const INSIDE: f64 = 1.959_964;

/// The measured precision of a rule: how often its votes were for the right kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measurement {
    /// Number of votes on phrases whose kind the gold annotations give.
    pub hits: usize,
    /// Number of those votes that were for that kind.
    pub right: usize,
    /// The day of the measurement, as `2026-11-23`.
    pub date: String,
}

impl Measurement {
    /// Returns the fraction of votes that were right, 0 to 1; `None` without votes.
    pub fn precision(&self) -> Option<f64> {
        (self.hits > 0).then(|| self.right as f64 / self.hits as f64)
    }

    /// Returns the 95 percent interval of the precision, after Wilson (1927), which also holds for few votes;
    /// 0 to 1 without votes.
    pub fn interval(&self) -> (f64, f64) {
        let Some(share) = self.precision() else { return (0.0, 1.0) };
        let (count, squared) = (self.hits as f64, INSIDE * INSIDE);
        let middle = share + squared / (2.0 * count);
        let spread = INSIDE * (share * (1.0 - share) / count + squared / (4.0 * count * count)).sqrt();
        let scale = 1.0 + squared / count;
        (((middle - spread) / scale).max(0.0), ((middle + spread) / scale).min(1.0))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasurementsFile {
    date: Spanned<String>,
    /// For readers of the file only.
    #[serde(rename = "gold")]
    _gold: Vec<String>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<MeasurementTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasurementTable {
    hits: usize,
    right: usize,
}

/// Gives rules the measurements of a file. An id of no rule is a fault, as are more right votes than votes
/// and an invalid date.
pub(super) fn apply_measurements(file: &CatalogueFile, rules: &mut [Rule], faults: &mut Vec<Fault>) {
    const HELP: &str = "`byname rules measure GOLD --write DIR` writes the file again";
    let read: MeasurementsFile = match file.parse() {
        Ok(read) => read,
        Err(fault) => {
            faults.push(fault.help(HELP));
            return;
        }
    };
    let date_at = read.date.span().start;
    let date = read.date.into_inner();
    if let Err(error) = date.parse::<PartialDate>() {
        faults.push(Fault::at(file, date_at, format!("`date`: {error}")).help(HELP));
    }
    for (id, table) in read.rules {
        let at = table.span().start;
        let MeasurementTable { hits, right } = table.into_inner();
        if right > hits {
            faults.push(Fault::at(file, at, "more votes are right than there are").help(HELP));
        }
        match rules.iter_mut().find(|rule| rule.name == *id.get_ref()) {
            Some(rule) => rule.measured = Some(Measurement { hits, right, date: date.clone() }),
            None => faults.push(
                Fault::at(file, id.span().start, format!("there is no rule `{}`", id.get_ref()))
                    .help("take the line out if the rule is gone"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Layer};

    fn load(text: &str) -> Result<Catalogue, String> {
        let layer = Layer::of_texts("x", [(MEASUREMENTS, text)]);
        Catalogue::load(&[Layer::built_in(), layer]).map_err(|error| error.to_string())
    }

    #[test]
    fn the_interval_is_that_of_wilson() {
        let interval = |right, hits| Measurement { hits, right, date: String::new() }.interval();
        // Table values for 8 of 10 and 0 of 10.
        let (low, high) = interval(8, 10);
        assert!((low - 0.4902).abs() < 1e-3 && (high - 0.9433).abs() < 1e-3, "{low} {high}");
        let (low, high) = interval(0, 10);
        assert!(low.abs() < 1e-12 && (high - 0.2775).abs() < 1e-3, "{low} {high}");
        assert_eq!(interval(0, 0), (0.0, 1.0));
    }

    #[test]
    fn a_rule_carries_its_measurement() {
        let text = "date = '2026-11-23'\ngold = ['a.jsonl']\n[rules]\n'own/our' = { hits = 10, right = 8 }\n";
        let catalogue = load(text).unwrap();
        let rule = catalogue.rules.iter().find(|rule| rule.name == "own/our").unwrap();
        let expected = Measurement { hits: 10, right: 8, date: "2026-11-23".into() };
        assert_eq!(rule.measured, Some(expected));
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, place, cause) in [
            ("date = 'soon'\ngold = []\n", "x/measurements.toml:1:8", "`date`"),
            (
                "date = '2026'\ngold = []\n[rules]\n'own/hour' = { hits = 1, right = 1 }\n",
                "x/measurements.toml:4:1",
                "no rule `own/hour`",
            ),
            (
                "date = '2026'\ngold = []\n[rules]\n'own/our' = { hits = 1, right = 2 }\n",
                "x/measurements.toml:4:13",
                "more votes",
            ),
            ("gold = []\n", "x/measurements.toml:1:1", "date"),
        ] {
            let message = load(text).unwrap_err();
            assert!(message.starts_with(place) && message.contains(cause), "{message}");
        }
    }
}
