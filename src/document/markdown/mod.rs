//! Markdown: the prose is the running text, with a blank line between blocks.

mod cited_works;
mod html_blocks;
mod marks;
mod parts;
mod prose;
mod running_text;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use html_blocks::{parts_words, push_html};
use parts::Parts;
use prose::Prose;
use running_text::RunningText;

use super::dating::settle_date;
use super::footnote::Footnotes;
use super::mend::mend_letters;
use super::metadata::read_front_matter;
use super::raised::{raised, written};
use super::source_text::{Decoded, decode};
use super::{ByteSpan, Document, single_spaced};

/// Reads Markdown.
///
/// Paragraphs, headings, list items, quotations and footnotes are prose. Tables, with one row per line, and
/// code blocks are parts of their own; the text of HTML is read like any other. Citations are written as numbers, and
/// link targets, attributes and identifiers are left out. The title, the date and the
/// organisations come from the front matter; without one, the title is the first level-1 heading.
pub fn read_markdown(id: impl Into<String>, bytes: Vec<u8>) -> Document {
    let decoded = decode(bytes);
    let mut document = Document::called(id);
    let mut prose = Prose::new(&decoded);
    let mut parts = Parts::default();
    let mut running = RunningText::new(&decoded.text);
    // How many open blocks keep their text out of the prose.
    let mut apart = 0usize;
    let mut front_matter = None;
    let mut heading = None;
    let mut footnotes = Footnotes::default();
    // The label of the open footnote.
    let mut footnote = None;
    // Whether text stands between `<sup>` and its end.
    let mut is_raised = false;

    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
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
                    Tag::FootnoteDefinition(ref label) => footnote = Some(label.to_string()),
                    _ => {}
                }
                if !is_inline(&tag) {
                    prose.end_block();
                }
                parts.begin(&tag, &mut prose);
            }
            Event::End(tag) => {
                parts.end(tag, &mut prose);
                match tag {
                    TagEnd::FootnoteDefinition => {
                        if let Some(label) = footnote.take() {
                            footnotes.text(&label, parts.place(&prose));
                        }
                    }
                    TagEnd::Paragraph if apart == 0 => parts.end_paragraph(span.of(&decoded.text), &prose),
                    TagEnd::HtmlBlock => {
                        apart = apart.saturating_sub(1);
                        if apart == 0 {
                            push_html(&mut prose, &mut parts, &decoded.text, span);
                        }
                    }
                    TagEnd::Strikethrough => apart = apart.saturating_sub(1),
                    TagEnd::MetadataBlock(_) => {
                        apart = apart.saturating_sub(1);
                        read_front_matter(&mut document, &front_matter.take().unwrap_or_default());
                    }
                    TagEnd::Heading(HeadingLevel::H1) => {
                        let written = heading.take().and_then(|start: usize| prose.text.get(start..));
                        if let (None, Some(written)) = (&document.title, written) {
                            document.title = Some(single_spaced(written)).filter(|title| !title.is_empty());
                        }
                    }
                    _ => {}
                }
                if !is_inline_end(tag) {
                    is_raised = false;
                    prose.end_block();
                }
            }
            Event::Text(text) if front_matter.is_some() => {
                if let Some(block) = &mut front_matter {
                    block.push_str(&text);
                }
            }
            _ if apart > 0 => {}
            // The end of a line of code is one between two lines, and not behind the last.
            Event::Text(text) if parts.in_code && text.ends_with('\n') => {
                let line = text.trim_end_matches('\n');
                let cut = text.len() - line.len();
                prose.push(line, ByteSpan::new(span.start, span.end.saturating_sub(cut).max(span.start)));
                prose.end_row();
            }
            Event::Text(_) | Event::Code(_) if !parts.in_code && running.skips(span) => {}
            Event::Text(text) if is_raised => {
                let before = if prose.is_glued() { prose.text.as_str() } else { "" };
                let shown = written(raised(before, &text), &text);
                prose.push(&shown, span);
            }
            Event::Text(text) if parts.in_code => prose.push(&text, span),
            Event::Text(text) => running.push(&mut prose, &text, span),
            Event::Code(text) => prose.push_inside(&text, span),
            // Sizes stand in formulas, and rules read their notation: keep it with its dollars.
            Event::InlineMath(_) | Event::DisplayMath(_) => prose.push_source(span),
            Event::SoftBreak | Event::HardBreak => prose.push_blank(span),
            // A rule parts blocks, as the start of one does.
            Event::Rule => prose.end_block(),
            Event::InlineHtml(tag) if tag.starts_with("<sup") => is_raised = true,
            Event::InlineHtml(tag) if tag.starts_with("</sup") => is_raised = false,
            Event::InlineHtml(tag) if parts_words(&tag) => prose.push_blank(span),
            Event::FootnoteReference(label) => footnotes.mark(prose.text.len(), &*label),
            Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) => {}
        }
    }

    document.sections = parts.finish(&prose.text);
    document.footnotes = footnotes.finish();
    (document.prose, document.source_map) = (prose.text, prose.map);
    (document.citations, document.bibliography) = running.finish();
    let Decoded { text, source, note } = decoded;
    document.source = source.with_text(text);
    document.notes.extend(note);
    mend_letters(&mut document);
    settle_date(&mut document, None);
    document
}

/// Returns whether the text inside is not prose: markup, metadata, or what was struck out.
fn is_apart(tag: &Tag) -> bool {
    matches!(tag, Tag::HtmlBlock | Tag::MetadataBlock(_) | Tag::Strikethrough)
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
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
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
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
    )
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
            "A short title\n\nWe use a large\nmodel & code-002.\n\nlet a = 1;\n\na | b\nc | d\n\none\n\ntwo\n\nsaid\n\
             twice"
        );
        assert_eq!(document.title.as_deref(), Some("A short title"));
    }

    #[test]
    fn keys_and_identifiers_are_not_printed() {
        let document = read(
            "# Setup {#sec-orvex-2 .unnumbered}\n\nWe use a bot [@poe2020; see @may21, p. 3] and\n@poe2020 does {cite:p}`may21`.\n\n\
             ::: {#fig-a}\n[A bot]{.mark} ran, see @fig-orvex-3.\n:::\n\n```py\n@run20\nx {#y}\n```\n\n- [x] done\n\n> [!NOTE]\n> So.\n",
        );
        assert_eq!(
            document.prose,
            "Setup \n\nWe use a bot [1, 2] and\n[1] does [2].\n\nA bot ran, see ??.\n\n@run20\nx {#y}\n\ndone\n\nSo."
        );
        let cited: Vec<_> = document
            .citations
            .iter()
            .map(|citation| (citation.span.of(&document.prose), citation.works.clone()))
            .collect();
        assert_eq!(cited, [("[1, 2]", vec![0, 1]), ("[1]", vec![0]), ("[2]", vec![1])]);
        let keys: Vec<_> = document.bibliography.iter().map(|work| work.key.as_str()).collect();
        assert_eq!(keys, ["poe2020", "may21"]);
    }

    #[test]
    fn html_holds_prose() {
        let document = read(
            "One.\n\n<details><summary>More</summary>\nWe ask <b>a</b>\nbot &amp; it.\n</details>\n\n<p>Two.</p><p>Three.</p>\n\n\
             <!-- gone -->\n\n<script>gone</script>\n\n<table><tr><td>Orvex</td><td>7B</td></tr><tr><td>b</td></tr></table>\n\n\
             A language<br>model, a<br/> bot<span>s</span>.\n",
        );
        assert_eq!(
            document.prose,
            "One.\n\nMore\n\nWe ask a\nbot & it.\n\nTwo.\n\nThree.\n\nOrvex | 7B\nb\n\nA language model, a  bots."
        );
        let source = document.source.text(&document.prose).to_string();
        let start = document.prose.find("bot &").unwrap();
        assert_eq!(document.source_map.to_source(ByteSpan::new(start, start + 5)).of(&source), "bot &amp;");
        let tables: Vec<_> =
            document.sections.iter().map(|part| (part.kind.name(), part.span.of(&document.prose))).collect();
        assert_eq!(tables, [("table", "Orvex | 7B\nb")]);
        let code = read("<pre><code>ask it\nnow</code></pre>\n\nSo.\n");
        assert_eq!((code.prose.as_str(), code.sections[0].kind.name()), ("ask it\nnow\n\nSo.", "verbatim"));
    }

    #[test]
    fn a_note_in_the_text_is_a_bracket() {
        for (source, prose) in [
            ("We ask a bot^[GPT-4, in June.] once.", "We ask a bot (GPT-4, in June) once."),
            (
                "A bot^[It is *GPT-4*, see [@poe2020] or [here](x).] ran.",
                "A bot (It is GPT-4, see [1] or here) ran.",
            ),
            ("A bot^[two\nlines] ran, x^[] too.", "A bot (two\nlines) ran, x^[] too."),
            ("A bot^[of no end ran.", "A bot^[of no end ran."),
            ("A bot^[ends in @poe2020.] ran.", "A bot (ends in [1]) ran."),
        ] {
            assert_eq!(read(source).prose, prose, "{source}");
        }
    }

    #[test]
    fn a_paragraph_in_bold_type_is_a_heading() {
        let source = "# A\n\n**1. Models**\n\nWe ask. **So**\n\n**We ask it.**\n\n- **Item**\n\n**References:**\n\n**A** and **B**";
        let document = read(source);
        let headings: Vec<_> = document.sections.iter().filter_map(|part| part.heading.as_deref()).collect();
        assert_eq!(headings, ["A", "Models", "References"]);
    }

    #[test]
    fn what_is_struck_out_is_no_prose() {
        assert_eq!(
            read("We ask ~~a *secret* model~~ GPT-4.\n\n~~Gone.~~\n\nDone.").prose,
            "We ask  GPT-4.\n\nDone."
        );
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
    fn parts_are_marked() {
        let document = read(
            "# T\n\nA.[^1]\n\n## One\n\n| Role | |\n|---|---|\n| | Foo `9` |\n| x | |\n\n### In\n\n```py\ny\n\nz\n```\n\n## Two\n\n\
             [^1]: Noted.\n",
        );
        let parts: Vec<_> = document
            .sections
            .iter()
            .map(|part| (part.kind.name(), part.depth, part.span.of(&document.prose)))
            .collect();
        let one = "One\n\nRole\n| Foo 9\nx\n\nIn\n\ny\n\nz";
        assert_eq!(parts[0], ("body", 1, document.prose.as_str()));
        assert_eq!(parts[1], ("body", 2, format!("{one}\n\n").as_str()));
        assert_eq!(parts[2], ("table", 0, "Role\n| Foo 9\nx"));
        assert_eq!(parts[3], ("body", 3, "In\n\ny\n\nz\n\n"));
        assert_eq!(parts[4], ("verbatim", 0, "y\n\nz"));
        assert_eq!(parts[5], ("body", 2, "Two\n\nNoted."));
        assert_eq!(parts[6], ("footnote", 0, "Noted."));
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
