//! The comment that silences a finding, placed where it does not change the rendered text.

use byname::suppress::Syntax;
use gen_lsp_types::{Position, Range, TextEdit};

use super::lines::{Encoding, Lines};

/// Returns the edit that silences the findings of a rule on a line.
pub(super) fn silencing(
    (text, lines): (&str, &Lines),
    line: u32,
    syntax: Syntax,
    rule: &str,
    encoding: Encoding,
) -> Option<TextEdit> {
    let written = lines.line(text, line)?;
    let start = lines.offset(text, Position { line, character: 0 }, encoding);
    let insert = |at: usize, new_text: String| {
        let place = lines.position(text, start + at, encoding);
        Some(TextEdit { range: Range { start: place, end: place }, new_text })
    };
    match syntax {
        Syntax::Percent if has_comment(written) => {
            // Behind another comment it would be a part of that.
            let indent: String = written.chars().take_while(|letter| matches!(letter, ' ' | '\t')).collect();
            let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            insert(0, format!("{indent}% byname: ignore-next-line[{rule}]{end}"))
        }
        Syntax::Percent => insert(written.trim_end().len(), format!(" % byname: ignore[{rule}]")),
        // A comment on a line of its own would part the paragraph.
        Syntax::Markup => insert(end_of_markdown(written), format!(" <!-- byname: ignore[{rule}] -->")),
    }
}

fn has_comment(line: &str) -> bool {
    let mut escaped = false;
    line.bytes().any(|byte| {
        let is_sign = byte == b'%' && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_sign
    })
}

/// Returns the end of the content of a Markdown line: before the backslash of a hard break, the bar that ends
/// a table row, or the closing signs of a heading.
fn end_of_markdown(line: &str) -> usize {
    let line = line.trim_end();
    let inner = if line.trim_start().starts_with('|') {
        line.strip_suffix('|').unwrap_or(line)
    } else if line.starts_with('#') {
        line.trim_end_matches('#')
    } else {
        line.strip_suffix('\\').unwrap_or(line)
    };
    let inner = inner.trim_end().len();
    if inner == 0 { line.len() } else { inner }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silenced(text: &str, line: u32, syntax: Syntax) -> String {
        let lines = Lines::new(text);
        let edit = silencing((text, &lines), line, syntax, "a/b", Encoding::Utf16).unwrap();
        let at = lines.offset(text, edit.range.start, Encoding::Utf16);
        format!("{}{}{}", &text[..at], edit.new_text, &text[at..])
    }

    #[test]
    fn latex_gets_a_comment_at_the_end_of_the_line_or_before_one_that_has_one() {
        assert_eq!(silenced("é 😀 a\nb", 0, Syntax::Percent), "é 😀 a % byname: ignore[a/b]\nb");
        assert_eq!(silenced("a 5\\%  \nb", 0, Syntax::Percent), "a 5\\% % byname: ignore[a/b]  \nb");
        assert_eq!(
            silenced("x\r\n  a % b\r\n", 1, Syntax::Percent),
            "x\r\n  % byname: ignore-next-line[a/b]\r\n  a % b\r\n"
        );
    }

    #[test]
    fn markdown_gets_a_comment_within_the_paragraph_the_row_or_the_heading() {
        let silenced = |text| silenced(text, 0, Syntax::Markup);
        assert_eq!(silenced("a b  \nc"), "a b <!-- byname: ignore[a/b] -->  \nc");
        assert_eq!(silenced("a\\\nc"), "a <!-- byname: ignore[a/b] -->\\\nc");
        assert_eq!(silenced("| a | b |\n"), "| a | b <!-- byname: ignore[a/b] --> |\n");
        assert_eq!(silenced("## A b ##\n"), "## A b <!-- byname: ignore[a/b] --> ##\n");
    }

    #[test]
    fn a_line_that_is_not_there_is_not_silenced() {
        assert_eq!(silencing(("a", &Lines::new("a")), 7, Syntax::Percent, "a/b", Encoding::Utf8), None);
    }
}
