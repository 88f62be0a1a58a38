//! Markdown: the prose is the running text, a blank line between two blocks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::metadata::read_front_matter;
use super::source_text::{Decoded, decode};
use super::{ByteSpan, Document, SourceMap};

/// Reads Markdown.
///
/// Paragraphs, headings, list items, quotations and footnotes are prose. Code blocks, tables, HTML
/// and the targets of links are not. The title, the date and the organisations come from the front
/// matter; without one, the title is the first heading of the first level.
pub fn read_markdown(id: impl Into<String>, bytes: Vec<u8>) -> Document {
    let decoded = decode(bytes);
    let mut document = Document { id: id.into(), ..Document::default() };
    let mut prose =
        Prose { decoded: &decoded, text: String::new(), map: SourceMap::default(), broken: false };
    // How many open blocks keep their text out of the prose.
    let mut apart = 0usize;
    let mut front_matter = None;
    let mut heading = None;

    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&decoded.text, options).into_offset_iter() {
        let span = ByteSpan::new(range.start, range.end);
        match event {
            Event::Start(tag) => {
                if is_apart(&tag) {
                    apart += 1;
                }
                match tag {
                    Tag::MetadataBlock(_) => front_matter = Some(String::new()),
                    Tag::Heading { level: HeadingLevel::H1, .. } => heading = Some(prose.text.len()),
                    _ => {}
                }
                if !is_inline(&tag) {
                    prose.end_block();
                }
            }
            Event::End(tag) => {
                match tag {
                    TagEnd::CodeBlock | TagEnd::Table | TagEnd::HtmlBlock => {
                        apart = apart.saturating_sub(1);
                    }
                    TagEnd::MetadataBlock(_) => {
                        apart = apart.saturating_sub(1);
                        read_front_matter(&mut document, &front_matter.take().unwrap_or_default());
                    }
                    TagEnd::Heading(HeadingLevel::H1) => {
                        let written = heading.take().and_then(|start: usize| prose.text.get(start..));
                        if let (None, Some(written)) = (&document.title, written) {
                            document.title = Some(written.split_whitespace().collect::<Vec<_>>().join(" "))
                                .filter(|title| !title.is_empty());
                        }
                    }
                    _ => {}
                }
                if !is_inline_end(tag) {
                    prose.end_block();
                }
            }
            Event::Text(text) if front_matter.is_some() => {
                if let Some(block) = &mut front_matter {
                    block.push_str(&text);
                }
            }
            _ if apart > 0 => {}
            Event::Text(text) => prose.push(&text, span),
            Event::Code(text) => prose.push_inside(&text, span),
            // Sizes stand in formulas, and rules read their notation: keep it with its dollars.
            Event::InlineMath(_) | Event::DisplayMath(_) => prose.push_source(span),
            Event::SoftBreak | Event::HardBreak => prose.push_break(span),
            // A rule parts blocks, as the start of one does.
            Event::Rule => prose.end_block(),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    (document.prose, document.source_map) = (prose.text, prose.map);
    let Decoded { text, source, note } = decoded;
    document.source = source.with_text(text);
    document.notes.extend(note);
    document
}

/// Whether the text of a block is no prose.
fn is_apart(tag: &Tag) -> bool {
    matches!(tag, Tag::CodeBlock(_) | Tag::Table(_) | Tag::HtmlBlock | Tag::MetadataBlock(_))
}

fn is_inline(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// The prose as it grows, with its map.
struct Prose<'a> {
    decoded: &'a Decoded,
    text: String,
    map: SourceMap,
    /// Whether a block has ended since the last text.
    broken: bool,
}

impl Prose<'_> {
    fn end_block(&mut self) {
        self.broken = !self.text.is_empty();
    }

    /// Starts the next block, if one is due: the blank line belongs to no source, and the map has a
    /// gap there.
    fn begin(&mut self) -> usize {
        if std::mem::take(&mut self.broken) {
            self.text.push_str("\n\n");
        }
        self.text.len()
    }

    /// Adds text that stands at a span of the source, unchanged or written in another way there.
    fn push(&mut self, text: &str, span: ByteSpan) {
        if span.of(&self.decoded.text) == text {
            self.push_source(span);
        } else {
            self.push_replaced(text, span);
        }
    }

    /// Adds text that stands somewhere inside of a span, as the text of a code span does.
    fn push_inside(&mut self, text: &str, span: ByteSpan) {
        match span.of(&self.decoded.text).find(text) {
            Some(at) if !text.is_empty() => {
                self.push_source(ByteSpan::new(span.start + at, span.start + at + text.len()));
            }
            _ => self.push_replaced(text, span),
        }
    }

    fn push_source(&mut self, span: ByteSpan) {
        let at = self.begin();
        self.text.push_str(span.of(&self.decoded.text));
        self.decoded.source.push_run(&mut self.map, at, span);
    }

    fn push_replaced(&mut self, text: &str, span: ByteSpan) {
        let at = self.begin();
        self.text.push_str(text);
        let source = &self.decoded.source;
        self.map.push_replaced(
            ByteSpan::new(at, self.text.len()),
            ByteSpan::new(source.to_source(span.start), source.to_source(span.end)),
        );
    }

    /// Adds the end of a line inside of a block as one line feed.
    fn push_break(&mut self, span: ByteSpan) {
        match span.of(&self.decoded.text).find('\n') {
            Some(at) => self.push_source(ByteSpan::new(span.start + at, span.start + at + 1)),
            None => self.push_replaced("\n", span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Document {
        read_markdown("a.md", source.as_bytes().to_vec())
    }

    #[test]
    fn prose_is_the_running_text() {
        let document = read(concat!(
            "# A *short* title\n\nWe use [a large\nmodel](https://x.test/y_z) &amp; `code-002`.\n\n",
            "```\nlet a = 1;\n```\n\n<!-- byname: a note -->\n\n| a | b |\n|---|---|\n| c | d |\n\n",
            "- one\n- two\n\n> said\n> twice\n"
        ));
        assert_eq!(
            document.prose,
            "A short title\n\nWe use a large\nmodel & code-002.\n\none\n\ntwo\n\nsaid\ntwice"
        );
        assert_eq!(document.title.as_deref(), Some("A short title"));
    }

    #[test]
    fn front_matter_is_read_and_is_no_prose() {
        let document =
            read("---\ntitle: Of size\ndate: 2021-08\naffiliation: Google\n---\n\n# Another\n\nText.");
        assert_eq!(document.title.as_deref(), Some("Of size"));
        assert_eq!(document.date.unwrap().to_string(), "2021-08");
        assert_eq!(document.organisations, ["Google"]);
        assert_eq!(document.prose, "Another\n\nText.");
        let document = read("+++\ntitle = \"Of size\"\n+++\nText.");
        assert_eq!((document.title.as_deref(), document.prose.as_str()), (Some("Of size"), "Text."));
    }

    #[test]
    fn formulas_keep_their_notation() {
        let document = read("It has $\\mathcal{O}(10^{11})$ weights, 5\\% more *than* most.");
        assert_eq!(document.prose, "It has $\\mathcal{O}(10^{11})$ weights, 5% more than most.");
    }

    #[test]
    fn every_word_maps_to_itself_in_the_source() {
        let source =
            "\u{FEFF}# T\n\nWe ran *a **large** model* of\n~~two~~ labs, see [here](x \"y\") ![fig](z).\n";
        let document = read(source);
        let mut from = 0;
        for word in document.prose.split_whitespace() {
            let start = from + document.prose[from..].find(word).unwrap();
            from = start + word.len();
            for (at, character) in word.char_indices() {
                let span = ByteSpan::new(start + at, start + at + character.len_utf8());
                assert_eq!(document.source_map.to_source(span).of(source), character.to_string());
            }
        }
        let start = document.prose.find("a large model").unwrap();
        let span = document.source_map.to_source(ByteSpan::new(start, start + 13));
        assert_eq!(span.of(source), "a **large** model");
    }
}
