//! Numbers with one decimal, for people. What rounds to zero is `0.0`, without a sign.

/// Formats a number to one decimal.
pub fn decimal(number: f64) -> String {
    without_sign_of_zero(format!("{number:.1}"))
}

/// Formats a weight to one decimal, with its sign.
pub fn signed(weight: f64) -> String {
    without_sign_of_zero(format!("{weight:+.1}"))
}

fn without_sign_of_zero(mut written: String) -> String {
    if matches!(written.as_str(), "-0.0" | "+0.0") {
        written.remove(0);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_has_no_sign_nor_has_what_rounds_to_it() {
        assert_eq!([-0.0, -0.04, 0.04, -0.06, 1.25].map(decimal), ["0.0", "0.0", "0.0", "-0.1", "1.2"]);
        assert_eq!(
            [-0.0, 0.0, -0.04, 0.04, -0.06, 3.9].map(signed),
            ["0.0", "0.0", "0.0", "0.0", "-0.1", "+3.9"]
        );
    }
}
