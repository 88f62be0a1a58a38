//! Elements that XHTML writes short, `<script src="a.js"/>`, whose text HTML would read up to the end of the page.

use std::borrow::Cow;

/// Elements whose content HTML reads as text, without tags in it.
const RAW_TEXT: &[&str] = &[
    "script",
    "style",
    "title",
    "textarea",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "xmp",
    "plaintext",
];

/// Number of bytes at the start of a page in which it says that it is XHTML.
const HEAD: usize = 2048;

/// Returns the page with a comment of the same length in place of each short element, if it is XHTML.
pub(super) fn without_short_elements(source: &str) -> Cow<'_, str> {
    let head = &source[..crate::document::floor_to_character(source, HEAD)];
    if !head.trim_start().starts_with("<?xml") && !head.contains("http://www.w3.org/1999/xhtml") {
        return Cow::Borrowed(source);
    }
    let mut masked = String::new();
    let mut written = 0;
    for (at, _) in source.match_indices('<') {
        let Some(length) = source.get(at..).filter(|_| at >= written).and_then(short_element) else {
            continue;
        };
        masked.push_str(&source[written..at]);
        masked.push_str("<!--");
        masked.extend(std::iter::repeat_n('.', length - COMMENT));
        masked.push_str("-->");
        written = at + length;
    }
    if written == 0 {
        return Cow::Borrowed(source);
    }
    masked.push_str(&source[written..]);
    Cow::Owned(masked)
}

/// Length of an empty comment.
const COMMENT: usize = "<!---->".len();

/// Returns the length in bytes of the short element at the start of a text.
fn short_element(text: &str) -> Option<usize> {
    const LONGEST: usize = 1000;
    let inside = text.strip_prefix('<')?;
    let name = inside.as_bytes().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_raw = |name: &str| RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name));
    inside.get(..name).filter(|name| is_raw(name))?;
    let tag = &text[..crate::document::floor_to_character(text, LONGEST)];
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate().skip(1 + name) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => {
                return (tag.as_bytes().get(at - 1) == Some(&b'/') && at + 1 >= COMMENT).then_some(at + 1);
            }
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_elements_of_xhtml_are_comments_of_their_length() {
        let xml = "<?xml version=\"1.0\"?>";
        for (page, read) in [
            ("<title/>We", "<!--.-->We"),
            ("<SCRIPT src='a/>b' />é<br/>", "<!--..............-->é<br/>"),
            ("<script>a</script><script", "<script>a</script><script"),
            ("<xmp/>x", "<xmp/>x"),
        ] {
            assert_eq!(without_short_elements(&format!("{xml}{page}")), format!("{xml}{read}"));
            assert_eq!(without_short_elements(page), page, "in HTML it has no end");
        }
    }
}
