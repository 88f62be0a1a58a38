//! Examples of rules, which mark what must be found in `[brackets]`.

use crate::document::ByteSpan;

/// Returns an example without its brackets, and the span between them; `None` if nothing is marked.
pub(super) fn read_marked(example: &str) -> Option<(String, ByteSpan)> {
    let (open, close) = (example.find('[')?, example.find(']')?);
    let text = || example.replacen('[', "", 1).replacen(']', "", 1);
    (open + 1 < close).then(|| (text(), ByteSpan::new(open, close - 1)))
}

/// Returns a text with a span in brackets, as examples are written.
pub fn marked(text: &str, span: Option<ByteSpan>) -> String {
    match span {
        Some(span) => format!("{}[{}]{}", &text[..span.start], span.of(text), &text[span.end..]),
        None => text.to_string(),
    }
}
