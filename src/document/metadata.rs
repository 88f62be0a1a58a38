//! The few facts that a paper states about itself in an unambiguous form.

use super::bibliography::date_of;
use super::{Document, PartialDate, ReadNote};

/// Sets the date from a date or a time stamp; text that is neither becomes a note.
pub(super) fn set_date(document: &mut Document, written: &str) {
    let written = written.trim();
    if written.is_empty() {
        return;
    }
    // "2021-08-15T10:00:00Z" and "2021-08-15 10:00" begin with the date.
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    match day.parse::<PartialDate>() {
        Ok(date) => document.date = Some(date),
        Err(error) => document
            .notes
            .push(ReadNote { kind: "unreadable-date", message: format!("the date was left out: {error}") }),
    }
}

/// Reads the front matter of a Markdown file: `key: value` or `key = "value"` lines, lists in brackets, and
/// lists with one dash item per line. Unknown keys are ignored.
pub(super) fn read_front_matter(document: &mut Document, block: &str) {
    let mut key = "";
    for line in block.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(item) = trimmed.strip_prefix("- ") {
            set(document, key, item);
            continue;
        }
        if line.starts_with([' ', '\t']) {
            continue; // inside of a value that we do not read
        }
        let Some(at) = trimmed.find([':', '=']) else { continue };
        key = trimmed[..at].trim();
        set(document, key, &trimmed[at + 1..]);
    }
}

fn set(document: &mut Document, key: &str, value: &str) {
    let value = value.trim();
    match key.to_ascii_lowercase().as_str() {
        "title" => {
            let title = unquote(value);
            if !title.is_empty() {
                document.title = Some(title.to_string());
            }
        }
        "date" => match written_date(unquote(value)) {
            Some(date) => document.date = Some(date),
            None => set_date(document, unquote(value)),
        },
        "organisation" | "organisations" | "organization" | "organizations" | "affiliation"
        | "affiliations" => {
            let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let parts: Vec<&str> = match list {
                Some(list) => list.split(',').collect(),
                None => vec![value],
            };
            let names = parts.into_iter().map(unquote).filter(|name| !name.is_empty());
            document.organisations.extend(names.map(str::to_string));
        }
        _ => {}
    }
}

/// Returns a date with the month as a word: "4 May 2023", "May 4, 2023".
fn written_date(value: &str) -> Option<PartialDate> {
    let has_word = value.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 2);
    date_of(value).filter(|_| has_word)
}

fn unquote(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.trim();
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &str) -> Document {
        let mut document = Document::default();
        read_front_matter(&mut document, block);
        document
    }

    #[test]
    fn yaml_and_toml_lines_are_read() {
        let yaml = read("title: \"A: B\"\ndate: 2021-08\norganisations:\n  - Google\n  - DeepMind\nx: y\n");
        assert_eq!(yaml.title.as_deref(), Some("A: B"));
        assert_eq!(yaml.date.unwrap().to_string(), "2021-08");
        assert_eq!(yaml.organisations, ["Google", "DeepMind"]);
        let toml = read("title = 'Two'\ndate = 2021-08-15T10:00:00Z\naffiliations = [\"A\", \"B\"]");
        assert_eq!(toml.title.as_deref(), Some("Two"));
        assert_eq!(toml.date.unwrap().to_string(), "2021-08-15");
        assert_eq!(toml.organisations, ["A", "B"]);
    }

    #[test]
    fn a_date_may_have_its_month_in_words() {
        for (written, expected) in [
            ("\"May 4, 2023\"", "2023-05"),
            ("4 May 2023", "2023-05"),
            ("March 2023", "2023-03"),
            ("2023-03-04 10:00", "2023-03-04"),
        ] {
            let document = read(&format!("date: {written}"));
            assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some(expected), "{written}");
            assert!(document.notes.is_empty());
        }
    }

    #[test]
    fn a_date_that_is_none_becomes_a_note() {
        let document = read("date: last spring");
        assert_eq!(document.date, None);
        assert_eq!(document.notes[0].kind, "unreadable-date");
    }
}
