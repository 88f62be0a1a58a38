//! Sizes as written in catalogue files: `137B`, `1.5T`, `825GB`, `3.55e23`.

/// The unit of a size, which determines its notations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeUnit {
    /// Parameters, tokens, examples: a number with K, M, B or T, or a plain number.
    Count,
    /// Bytes: a number with KB, MB, GB, TB or PB.
    Bytes,
    /// Floating-point operations, chips, days: a plain number, also with an exponent.
    Plain,
}

impl SizeUnit {
    /// Returns a hint on the notation, for the help of a fault.
    pub fn notation(self) -> &'static str {
        match self {
            Self::Count => "write a number with K, M, B or T, such as \"137B\" or \"1.5T\"",
            Self::Bytes => "write a number with KB, MB, GB, TB or PB, such as \"825GB\"",
            Self::Plain => "write a number, such as 2048 or \"3.55e23\"",
        }
    }

    fn factor(self, suffix: &str) -> Option<f64> {
        Some(match (self, suffix) {
            (Self::Count | Self::Plain, "") => 1.0,
            (Self::Count, "K") | (Self::Bytes, "KB") => 1e3,
            (Self::Count, "M") | (Self::Bytes, "MB") => 1e6,
            (Self::Count, "B") | (Self::Bytes, "GB") => 1e9,
            (Self::Count, "T") | (Self::Bytes, "TB") => 1e12,
            (Self::Bytes, "PB") => 1e15,
            _ => return None,
        })
    }
}

/// Parses a size; `None` for an unknown notation and for anything not above 0.
pub fn parse_size(text: &str, unit: SizeUnit) -> Option<f64> {
    let text = text.trim();
    let end = match unit {
        SizeUnit::Plain => text.len(),
        SizeUnit::Count | SizeUnit::Bytes => {
            text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len())
        }
    };
    let (number, suffix) = text.split_at(end);
    // Names of floats such as "inf" parse too; only digits may begin a size.
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = number.parse::<f64>().ok()? * unit.factor(suffix)?;
    (value.is_finite() && value > 0.0).then_some(value)
}

/// Formats an amount for people: `137B`, `1.4T`, `3.6e23`.
pub fn show_amount(value: f64) -> String {
    let scaled = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")]
        .into_iter()
        .find(|(factor, _)| value >= *factor * 0.9995);
    match scaled {
        _ if value >= 1e16 => format!("{value:.2e}"),
        Some((factor, suffix)) => format!("{}{suffix}", three_digits(value / factor)),
        None => three_digits(value),
    }
}

/// Formats a value with at most three significant digits, without trailing zeros.
fn three_digits(value: f64) -> String {
    let decimals = if value >= 99.95 {
        0
    } else if value >= 9.995 {
        1
    } else {
        2
    };
    let text = format!("{value:.decimals$}");
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_notation_is_read() {
        assert_eq!(parse_size("137B", SizeUnit::Count), Some(137e9));
        assert_eq!(parse_size("1.5T", SizeUnit::Count), Some(1.5e12));
        assert_eq!(parse_size("50000", SizeUnit::Count), Some(5e4));
        assert_eq!(parse_size("825GB", SizeUnit::Bytes), Some(825e9));
        assert_eq!(parse_size("3.55e23", SizeUnit::Plain), Some(3.55e23));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in ["", "B", "-7B", "0B", "7 b", "7X", "infB", "1e400", "7GB"] {
            assert_eq!(parse_size(text, SizeUnit::Count), None, "{text}");
        }
        assert_eq!(parse_size("825B", SizeUnit::Bytes), None);
        assert_eq!(parse_size("nan", SizeUnit::Plain), None);
    }

    #[test]
    fn an_amount_is_shown_as_papers_write_it() {
        for (value, shown) in [
            (137e9, "137B"),
            (1.4e12, "1.4T"),
            (671e9, "671B"),
            (999.9e9, "1T"),
            (7.0, "7"),
            (3.55e23, "3.55e23"),
        ] {
            assert_eq!(show_amount(value), shown);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            for unit in [SizeUnit::Count, SizeUnit::Bytes, SizeUnit::Plain] {
                if let Some(value) = parse_size(&text, unit) {
                    prop_assert!(value > 0.0 && value.is_finite());
                    prop_assert!(!show_amount(value).is_empty());
                }
            }
        }
    }
}
