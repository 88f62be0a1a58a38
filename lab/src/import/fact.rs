//! Facts of a row, in the notation of the catalogue.

use std::collections::BTreeMap;

use byname::catalogue::{Access, EntityType, SizeUnit, SystemKey, SystemValue, parse_size};
use byname::document::{PartialDate, single_spaced};
use byname::named_enum;
use jiff::civil::Date;

named_enum! {
    /// Keys of the system files that a table can give.
    pub enum FactKey {
        /// The name of the system.
        Name => "name",
        /// Its type: a model, a data set or software.
        Type => "type",
        /// Other names.
        Aliases => "aliases",
        /// Its makers, by name or id.
        Organisations => "organisations",
        /// Date of its public announcement.
        Announced => "announced",
        /// Date from which its makers used it themselves.
        InternalSince => "internal-since",
        /// Date from which nobody could use it any more.
        Retired => "retired",
        /// The way in which outsiders get access to it.
        Access => "access",
        /// Its sizes in parameters.
        Parameters => "parameters",
        /// Parameters active for one token.
        ActiveParameters => "active-parameters",
        /// Tokens that it was trained on, or that it holds.
        Tokens => "tokens",
        /// Examples that it was trained on, or that it holds.
        Examples => "examples",
        /// Bytes of its data.
        Bytes => "bytes",
        /// Training compute in floating-point operations.
        Compute => "compute",
        /// Names of its accelerators.
        Hardware => "hardware",
        /// Number of accelerators.
        Chips => "chips",
        /// Days of training.
        Days => "days",
        /// Context length in tokens.
        Context => "context",
        /// Number of entries of its vocabulary.
        Vocabulary => "vocabulary",
        /// Number of layers.
        Layers => "layers",
        /// Width: numbers per token that one layer passes to the next.
        Width => "width",
        /// Its modalities: text, image, audio.
        Modalities => "modalities",
        /// Its fields and tasks.
        Domains => "domains",
        /// Its architecture.
        Architecture => "architecture",
        /// The systems it was built from, by name or id.
        Base => "base",
        /// The data that it was trained on.
        Datasets => "datasets",
        /// Title of its paper.
        Title => "title",
        /// The arXiv id of its paper.
        Arxiv => "arxiv",
        /// Sources of the facts.
        Sources => "sources",
    }
}

impl FactKey {
    /// Returns the unit of its amounts; `None` if it holds no amounts.
    pub(super) fn unit(self) -> Option<SizeUnit> {
        self.of_system()?.amounts().map(|(_, unit)| unit)
    }

    /// Returns whether a system has at most one value of the key.
    pub(super) fn is_single(self) -> bool {
        use SystemValue::{Access, Date, Text, Type};
        self.of_system().is_some_and(|key| matches!(key.holds, Text | Type | Date | Access))
    }

    /// Returns whether it holds a date.
    pub(super) fn is_date(self) -> bool {
        self.of_system().is_some_and(|key| key.holds == SystemValue::Date)
    }

    /// Returns the key of the system files; a test holds that there is one.
    pub(super) fn of_system(self) -> Option<&'static SystemKey> {
        SystemKey::by_name(self.name())
    }

    /// Returns a value in the notation of the catalogue, with amounts divided by `divide_by`. Dates after
    /// `today` are refused.
    ///
    /// # Errors
    /// A message on what is wrong with the value and what to write.
    pub(super) fn normal(self, value: &str, divide_by: f64, today: Date) -> Result<String, String> {
        if let Some(unit) = self.unit() {
            let amount = value.parse().ok().filter(|amount: &f64| amount.is_finite() && *amount > 0.0);
            let amount = amount
                .or_else(|| parse_size(value, unit))
                .map(|amount| amount / divide_by)
                .filter(|amount| *amount >= 1e-6);
            return match amount {
                Some(amount) => Ok(written(amount, unit)),
                None => Err(format!("`{self}` has no known notation: `{value}`; {}", unit.notation())),
            };
        }
        let wrong = |error: String| format!("`{self}`: {error}");
        match self {
            Self::Access => value.parse::<Access>().map(|access| access.to_string()).map_err(wrong),
            Self::Type => value.parse::<EntityType>().map(|of| of.to_string()).map_err(wrong),
            Self::Arxiv => {
                arxiv_id(value).ok_or_else(|| format!("`{self}`: `{value}` is no id such as 2101.00001"))
            }
            _ if self.is_date() => {
                // A time of day after the date tells nothing here.
                let day = value.split([' ', 'T']).next().unwrap_or_default();
                let date: PartialDate = day.parse().map_err(|error| format!("`{self}`: {error}"))?;
                if date.earliest() > today {
                    return Err(format!("`{self}` is in the future: {date}"));
                }
                Ok(date.to_string())
            }
            _ => Ok(single_spaced(value)),
        }
    }
}

/// Returns the arXiv id at the start of a text, without a version.
fn arxiv_id(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let id = text[..end].trim_end_matches('.');
    let (month, number) = id.split_once('.')?;
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    (month.len() == 4 && (4..=5).contains(&number.len()) && digits).then(|| id.to_string())
}

/// Returns an amount as system files write it, with at most six decimals; a plain one of 1e9 or more has an
/// exponent.
pub(super) fn written(amount: f64, unit: SizeUnit) -> String {
    let scales: &[(f64, &str)] = match unit {
        SizeUnit::Count => &[(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")],
        SizeUnit::Bytes => &[(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB")],
        SizeUnit::Plain => &[],
    };
    let scaled = scales.iter().find(|(scale, _)| amount >= *scale);
    match scaled {
        Some((scale, suffix)) => format!("{}{suffix}", rounded(amount / scale)),
        None if unit == SizeUnit::Bytes => format!("{}KB", rounded(amount / 1e3)),
        None if amount >= 1e9 => format!("{amount:e}"),
        None => rounded(amount),
    }
}

/// Formats a number with six decimals at most: only division gives more.
fn rounded(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// The facts of a row on one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSystem {
    /// The file and line of the row, as messages show them.
    pub place: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub entity_type: EntityType,
    /// The other facts, with at least one value for each key.
    pub facts: BTreeMap<FactKey, Vec<String>>,
}

impl ImportedSystem {
    /// Returns the values of a key; empty if it has none.
    pub fn values(&self, key: FactKey) -> &[String] {
        self.facts.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Returns its name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.values(FactKey::Aliases).iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 1);

    #[test]
    fn values_are_brought_to_our_notation() {
        let cases = [
            (FactKey::Parameters, "137000000000.0", "137B"),
            (FactKey::Parameters, "206.9M", "206.9M"),
            (FactKey::Parameters, "1.6e12", "1.6T"),
            (FactKey::Compute, "3.55E+23", "3.55e23"),
            (FactKey::Announced, "2021-05-18 00:00:00", "2021-05-18"),
            (FactKey::Announced, "2021-05-18T10:00:00Z", "2021-05-18"),
            (FactKey::Arxiv, "2201.08239v3", "2201.08239"),
            (FactKey::Arxiv, "2201.08239.pdf", "2201.08239"),
            (FactKey::Bytes, "825GB", "825GB"),
            (FactKey::Title, "Bolts  and\nnuts", "Bolts and nuts"),
        ];
        for (key, value, normal) in cases {
            assert_eq!(key.normal(value, 1.0, TODAY).unwrap(), normal, "{key} {value}");
        }
        assert_eq!(FactKey::Days.normal("36", 24.0, TODAY).unwrap(), "1.5");
    }

    #[test]
    fn what_means_nothing_is_refused_with_its_key() {
        let cases = [
            (FactKey::Parameters, "large"),
            (FactKey::Parameters, "-7B"),
            (FactKey::Compute, "inf"),
            (FactKey::Announced, "May 2021"),
            (FactKey::Announced, "2027-01"),
            (FactKey::Access, "ask us"),
            (FactKey::Type, "robot"),
            (FactKey::Arxiv, "bolts"),
        ];
        for (key, value) in cases {
            let error = key.normal(value, 1.0, TODAY).unwrap_err();
            assert!(error.contains(key.name()), "{error}");
        }
    }

    proptest! {
        #[test]
        fn a_written_amount_reads_back(digits in 1u32..100_000, exponent in 0i32..16) {
            let amount = f64::from(digits) * 10f64.powi(exponent);
            for unit in [SizeUnit::Count, SizeUnit::Bytes, SizeUnit::Plain] {
                let back = parse_size(&written(amount, unit), unit).unwrap();
                prop_assert!((back / amount - 1.0).abs() < 1e-5, "{amount} {back}");
            }
        }

        #[test]
        fn any_value_is_read_or_refused(value in "\\PC{0,12}") {
            for key in FactKey::ALL {
                let _ = key.normal(&value, 1.0, TODAY);
            }
        }
    }
}
