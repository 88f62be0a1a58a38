//! Texts that are open in the editor.

use std::path::{Path, PathBuf};

use byname::collection::{Format, whole_path};
use gen_lsp_types::Range;
use serde_json::Value;

use super::lines::{Encoding, Lines};
use super::uri::path_of;

/// A text as it currently stands in the editor, saved or not.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Its URI, as the client writes it.
    pub(super) uri: String,
    /// Its path, without symbolic links; for a text that was never saved a made-up path that does not exist.
    pub(super) path: PathBuf,
    /// `true` if it is a file on disk.
    pub(super) is_file: bool,
    /// Its format; `None` for a text that is not a paper.
    pub(super) format: Option<Format>,
    /// Version number that the client gave to this state.
    pub(super) version: Option<i32>,
    pub(super) text: String,
    pub(super) lines: Lines,
}

impl Draft {
    pub(super) fn new(uri: &str, language: &str, version: Option<i32>, text: String) -> Self {
        let path = path_of(uri);
        let by_language = format_of_language(language);
        let format = path.as_deref().and_then(Format::of_path).or(by_language);
        let is_text = |format: &Format| {
            matches!(format, Format::Plain | Format::Markdown | Format::Latex | Format::Html | Format::Xml)
        };
        let ending = match by_language {
            Some(Format::Latex) => "tex",
            Some(Format::Markdown) => "md",
            Some(Format::Html) => "html",
            Some(Format::Xml) => "xml",
            _ => "txt",
        };
        Self {
            uri: uri.to_string(),
            is_file: path.is_some(),
            path: path.map_or_else(|| Path::new(uri).with_extension(ending), |path| whole_path(&path)),
            format: format.filter(is_text),
            version,
            lines: Lines::new(&text),
            text,
        }
    }

    /// Applies the changes that the client sent, in order. On an error, those before the faulty one stay
    /// applied.
    pub(super) fn change(&mut self, changes: &[Value], encoding: Encoding) -> Result<(), String> {
        for change in changes {
            let text = change.get("text").and_then(Value::as_str).ok_or("a change has no text")?;
            match change.get("range").filter(|range| !range.is_null()) {
                None => self.text = text.to_string(),
                Some(range) => {
                    let range: Range = serde_json::from_value(range.clone())
                        .map_err(|error| format!("a change has no range: {error}"))?;
                    let start = self.lines.offset(&self.text, range.start, encoding);
                    let end = self.lines.offset(&self.text, range.end, encoding);
                    if start > end {
                        return Err("the range of a change ends before it begins".to_string());
                    }
                    self.text.replace_range(start..end, text);
                }
            }
            self.lines = Lines::new(&self.text);
        }
        Ok(())
    }
}

/// Returns the format for a language identifier of the editor.
fn format_of_language(language: &str) -> Option<Format> {
    match language.to_ascii_lowercase().as_str() {
        "latex" | "tex" | "plaintex" | "context" | "rnoweb" => Some(Format::Latex),
        "markdown" | "quarto" | "rmd" | "pandoc" | "gfm" => Some(Format::Markdown),
        "plaintext" | "text" | "txt" => Some(Format::Plain),
        "html" => Some(Format::Html),
        "xml" => Some(Format::Xml),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn draft(text: &str) -> Draft {
        Draft::new("untitled:a", "latex", None, text.to_string())
    }

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> Value {
        let at = |place: (u32, u32)| json!({"line": place.0, "character": place.1});
        json!({"range": {"start": at(from), "end": at(to)}, "text": text})
    }

    #[test]
    fn changes_are_taken_over_one_after_the_other() {
        let mut draft = draft("one 😀\ntwo\n");
        draft.change(&[change((0, 4), (0, 6), "x"), change((0, 5), (1, 0), "y")], Encoding::Utf16).unwrap();
        assert_eq!(draft.text, "one xytwo\n");
        draft.change(&[change((0, 0), (9, 9), "é")], Encoding::Utf8).unwrap();
        assert_eq!(draft.text, "é");
        draft
            .change(&[json!({"text": "all"}), json!({"range": null, "text": "anew"})], Encoding::Utf8)
            .unwrap();
        assert_eq!(draft.text, "anew");
    }

    #[test]
    fn a_change_that_makes_no_sense_is_told_and_takes_nothing_away() {
        for bad in
            [json!(1), json!({"text": 1}), json!({"range": 7, "text": "x"}), change((1, 0), (0, 0), "x")]
        {
            let mut draft = draft("one\ntwo\n");
            assert!(draft.change(&[bad], Encoding::Utf16).is_err());
            assert_eq!(draft.text, "one\ntwo\n");
        }
    }

    #[test]
    fn the_ending_tells_the_format_and_else_the_language() {
        let format = |uri, language| Draft::new(uri, language, None, String::new()).format;
        assert_eq!(format("file:///a.md", "whatever"), Some(Format::Markdown));
        assert_eq!(format("untitled:x", "latex"), Some(Format::Latex));
        assert_eq!(format("file:///a.qmd", "quarto"), Some(Format::Markdown));
        for (uri, language) in
            [("file:///a.rs", "rust"), ("file:///a.jsonl", "text"), ("file:///a.pdf", "text")]
        {
            assert_eq!(format(uri, language), None, "{uri}");
        }
    }

    proptest! {
        #[test]
        fn no_change_breaks_a_text(text in "[a😀é\r\n]{0,12}", places in proptest::array::uniform4(0u32..9), new in "[b\n😀]{0,3}") {
            let [line, character, to_line, to_character] = places;
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let mut draft = draft(&text);
                let _ = draft.change(&[change((line, character), (to_line, to_character), &new)], encoding);
                prop_assert_eq!(&draft.lines, &Lines::new(&draft.text));
            }
        }
    }
}
