//! Detection of the version of a system in a name.

/// Tests whether a name contains a version in the form that interfaces use: a day or a month written in
/// digits (`0613`, `2024-08-06`, `20240229`), recognised by a run of at least four digits.
pub(super) fn is_versioned(name: &str) -> bool {
    let longest = name.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
    longest.is_some_and(|digits| digits >= 4)
}

/// Tests whether a sentence states a year from 2015 to 2099, alone or within a date.
pub(super) fn tells_date(sentence: &str) -> bool {
    sentence.split(|letter: char| !letter.is_ascii_digit()).any(|number| {
        number.len() == 4 && number.parse::<u32>().is_ok_and(|year| (2015..2100).contains(&year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_run_of_digits_as_interfaces_write_it() {
        assert!(["gpt-4-0613", "gpt-4o-2024-08-06", "claude-3-opus-20240229"].into_iter().all(is_versioned));
        assert!(
            ["GPT-4", "ChatGPT", "GPT-3.5", "Llama 3.1 405B"].into_iter().all(|name| !is_versioned(name))
        );
    }

    #[test]
    fn a_year_is_a_date_and_a_count_is_none() {
        assert!(tells_date("We asked GPT-4 in May 2024."));
        assert!(!tells_date("We asked GPT-4 for 1200 essays and 20241 words."));
    }
}
