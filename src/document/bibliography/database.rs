//! Entries of a BibTeX database.
//!
//! Databases are written by hand and grow over years, so the parser is lenient: a syntax error costs only
//! its own field or entry.

/// One entry, with its fields as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::document) struct DatabaseEntry<'a> {
    /// The key by which papers cite it.
    pub(in crate::document) key: &'a str,
    /// Everything after the key, up to the brace that ends the entry.
    body: &'a str,
}

/// Iterates over the entries of a database in order, skipping comments, preambles and strings.
pub(in crate::document) fn entries(text: &str) -> impl Iterator<Item = DatabaseEntry<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('@')?;
            let after = &rest[at + 1..];
            let kind = after.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(after.len());
            rest = &after[kind..];
            let Some(open) = rest.trim_start().strip_prefix(['{', '(']) else { continue };
            if ["comment", "preamble", "string"].iter().any(|other| after[..kind].eq_ignore_ascii_case(other))
            {
                continue;
            }
            let end = end_of_entry(open);
            let inside = &open[..end];
            rest = &open[end..];
            let comma = inside.find([',', '\n']).unwrap_or(inside.len());
            let key = inside[..comma].trim();
            if !key.is_empty() {
                return Some(DatabaseEntry { key, body: inside.get(comma + 1..).unwrap_or_default() });
            }
        }
    })
}

/// Returns the offset of the brace that closes an entry. A missing one is assumed right before the next line
/// that begins with `@`.
fn end_of_entry(text: &str) -> usize {
    let mut depth = 0usize;
    let mut line_start = false;
    let mut next_entry = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            b'@' if line_start => {
                next_entry = next_entry.or(Some(at));
                // Two in a row: the brace is missing, and this is no entry inside of a field.
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
        line_start = byte == b'\n' || (line_start && byte.is_ascii_whitespace());
    }
    next_entry.unwrap_or(text.len())
}

impl<'a> DatabaseEntry<'a> {
    /// Returns the value of a field without its braces or quotes; names are matched case-insensitively.
    pub(in crate::document) fn field(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.body;
        loop {
            let equals = rest.find('=')?;
            let found = rest[..equals].trim_matches(|letter: char| letter.is_whitespace() || letter == ',');
            // What stands before an equals sign and is no name belongs to a field that is broken.
            let found =
                found.rsplit(|letter: char| letter.is_whitespace() || letter == ',').next().unwrap_or(found);
            let value = rest[equals + 1..].trim_start();
            let (value, after) = value_of(value);
            if found.eq_ignore_ascii_case(name) {
                return Some(value.trim()).filter(|value| !value.is_empty());
            }
            rest = after;
        }
    }
}

/// Splits a text into a value and the rest. Of values joined by `#`, only the first is returned.
fn value_of(text: &str) -> (&str, &str) {
    let (close, mut depth) = match text.as_bytes().first() {
        Some(b'{') => (b'}', 0usize),
        Some(b'"') => (b'"', 0),
        _ => {
            let end = text.find([',', '\n', '}']).unwrap_or(text.len());
            return (&text[..end], &text[end..]);
        }
    };
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if byte == close && depth == 0 => return (&text[1..at], &text[at + 1..]),
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    // Its end is missing: the line is all that can be trusted.
    let end = text.find('\n').unwrap_or(text.len());
    (&text[1..end.max(1)], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_all_their_forms() {
        let text = "@string{acl = {ACL}}\n@comment{x}\n@Article{one, Title = {A {B}\n c}, year=2020,\n author = \"D {\"}E\", journal = acl # { x} }\n@misc(two,\ttitle={T})";
        let found: Vec<DatabaseEntry> = entries(text).collect();
        assert_eq!(found.iter().map(|entry| entry.key).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(found[0].field("title"), Some("A {B}\n c"));
        assert_eq!(found[0].field("year"), Some("2020"));
        assert_eq!(found[0].field("author"), Some("D {\"}E"));
        assert_eq!(found[0].field("doi"), None);
        assert_eq!(found[1].field("TITLE"), Some("T"));
    }

    #[test]
    fn a_broken_entry_costs_no_other() {
        let text = "@article{one,\n title = {A,\n year = 2020\n}\n\n@article{two, title = {B}}\n@article{three title}\n@article{four, title = \"C, year = 2021}\n@book{five, title={D}}";
        let keys: Vec<&str> = entries(text).map(|entry| entry.key).collect();
        assert!(keys.contains(&"two") && keys.contains(&"five"), "{keys:?}");
        let titles: Vec<_> = entries(text).map(|entry| (entry.key, entry.field("title"))).collect();
        assert!(titles.contains(&("two", Some("B"))) && titles.contains(&("five", Some("D"))), "{titles:?}");
    }
}
