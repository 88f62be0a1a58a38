//! Text with spans marked by `[brackets]`. A bracket or backslash of the text itself is escaped with `\`.

use byname::document::ByteSpan;
use serde::{Deserialize, Serialize};

/// A text and the spans that are marked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MarkedText {
    /// The text without marks.
    pub text: String,
    /// The marked spans, in bytes of the text, in order; none overlaps another and none is empty.
    pub spans: Vec<ByteSpan>,
}

impl MarkedText {
    /// Parses the bracket notation.
    ///
    /// # Errors
    /// One sentence that says what is wrong: a bracket is never closed, never opened, inside another, or
    /// empty.
    pub fn read(marked: &str) -> Result<Self, String> {
        let mut read = Self { text: String::with_capacity(marked.len()), spans: Vec::new() };
        let mut open = None;
        let mut characters = marked.chars();
        while let Some(character) = characters.next() {
            match (character, open) {
                ('\\', _) => read.text.push(characters.next().unwrap_or('\\')),
                ('[', None) => open = Some(read.text.len()),
                ('[', Some(_)) => {
                    return Err("a bracket opens inside another; write \\[ for one of the text".into());
                }
                (']', Some(start)) if start == read.text.len() => {
                    return Err("nothing stands between the brackets".into());
                }
                (']', Some(start)) => {
                    read.spans.push(ByteSpan::new(start, read.text.len()));
                    open = None;
                }
                (']', None) => {
                    return Err("a bracket closes that none opens; write \\] for one of the text".into());
                }
                _ => read.text.push(character),
            }
        }
        if open.is_some() {
            return Err("a bracket is never closed; write \\[ for one of the text".into());
        }
        Ok(read)
    }

    /// Returns the text in the bracket notation.
    pub fn written(&self) -> String {
        let mut written = String::with_capacity(self.text.len() + 2 * self.spans.len());
        let mut at = 0;
        for span in &self.spans {
            push_escaped(&mut written, self.text.get(at..span.start).unwrap_or_default());
            written.push('[');
            push_escaped(&mut written, self.text.get(span.start..span.end).unwrap_or_default());
            written.push(']');
            at = span.end;
        }
        push_escaped(&mut written, self.text.get(at..).unwrap_or_default());
        written
    }
}

impl TryFrom<String> for MarkedText {
    type Error = String;

    fn try_from(marked: String) -> Result<Self, String> {
        Self::read(&marked)
    }
}

impl From<MarkedText> for String {
    fn from(text: MarkedText) -> Self {
        text.written()
    }
}

fn push_escaped(written: &mut String, text: &str) {
    for character in text.chars() {
        if matches!(character, '[' | ']' | '\\') {
            written.push('\\');
        }
        written.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn brackets_mark_and_escaped_ones_do_not() {
        let read = MarkedText::read(r"[A model] \[12\] beats [it] \\.").unwrap();
        assert_eq!(read.text, r"A model [12] beats it \.");
        let texts: Vec<&str> = read.spans.iter().map(|span| span.of(&read.text)).collect();
        assert_eq!(texts, ["A model", "it"]);
    }

    #[test]
    fn each_fault_is_told() {
        for (marked, cause) in
            [("a [b", "never closed"), ("a b]", "none opens"), ("a []", "nothing"), ("[a [b]]", "inside")]
        {
            assert!(MarkedText::read(marked).unwrap_err().contains(cause), "{marked}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(before in ".{0,9}", inside in ".{1,9}", after in ".{0,9}") {
            let span = ByteSpan::new(before.len(), before.len() + inside.len());
            let text = MarkedText { text: format!("{before}{inside}{after}"), spans: vec![span] };
            prop_assert_eq!(MarkedText::read(&text.written()).unwrap(), text);
        }
    }
}
