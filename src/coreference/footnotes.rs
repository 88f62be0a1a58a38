//! Footnotes that name what the description before their mark stands for: "a hosted model^1", "1: GPT-4 of
//! June 2024".

use super::names::Trust;
use super::paper::Paper;
use super::ties::{Ties, naming};
use crate::detect::Way;
use crate::document::{ByteSpan, Footnote, SectionKind};

/// Most bytes of the source between the end of a description and the text of its footnote, where it has no mark of its
/// own: a full stop and "\\footnote{\\url{".
const LONGEST_COMMAND: usize = 24;

/// Most bytes of the prose between the end of a description and the mark of its footnote: a quotation mark and a full
/// stop.
const FARTHEST_MARK: usize = 6;

/// Ties descriptions without names to those in the footnotes right behind them.
pub(super) fn tie_by_footnote(ties: &mut Ties<'_, '_>) {
    let paper = ties.paper;
    let footnotes = Footnotes::of(paper);
    if footnotes.in_place.is_empty() && footnotes.marked.is_empty() {
        return;
    }
    for (index, sentence) in ties.open() {
        if sentence.section == SectionKind::Footnote {
            continue;
        }
        let mention = ties.mention(index);
        let Some(note) = footnotes.behind(paper, mention.span) else { continue };
        let Some(names) = names_in(paper, note) else { continue };
        let names = if mention.plural { names } else { &names[..1] };
        let mut trusted = paper.trusted(names);
        if trusted.is_empty() && ties.may_be_software(index, &sentence.reading) {
            let is_software =
                |name: &&usize| paper.names.get(**name).is_some_and(|name| name.trust == Trust::Software);
            trusted = names.iter().filter(is_software).copied().collect();
        }
        let names = trusted;
        if let Some(first) = names.first() {
            let at = ties.mention(*first).span;
            ties.set(index, &names, Some(naming(Way::Beside, "the footnote behind it names it", at)));
        }
    }
}

/// The footnotes of a paper.
struct Footnotes<'p> {
    /// Those that the format ties to their marks, in the order of the marks.
    marked: &'p [Footnote],
    /// All, in the order of the source: where they stand in the place of their marks, nothing else tells the marks.
    in_place: Vec<InPlace>,
}

/// A footnote by its place in the source.
struct InPlace {
    text: ByteSpan,
    /// Where its text begins in the source, and the number of the file.
    source: usize,
    file: usize,
}

impl<'p> Footnotes<'p> {
    fn of(paper: &'p Paper<'_>) -> Self {
        let document = paper.document;
        let notes = document.sections.iter().filter(|section| section.kind == SectionKind::Footnote);
        let in_place = notes.map(|section| {
            let text = section.span.of(&document.prose);
            let start = section.span.start + (text.len() - text.trim_start().len());
            let first = ByteSpan::new(start, section.span.end.min(start + 1));
            InPlace {
                text: section.span,
                source: document.source_map.to_source(first).start,
                file: document.source_map.file_of(first),
            }
        });
        let mut in_place: Vec<InPlace> = in_place.collect();
        in_place.sort_unstable_by_key(|note| (note.file, note.source));
        Self { marked: &document.footnotes, in_place }
    }

    /// Returns the text of the footnote right behind a description.
    fn behind(&self, paper: &Paper<'_>, described: ByteSpan) -> Option<ByteSpan> {
        let next = self.marked.partition_point(|note| note.mark < described.end);
        let is_at = |note: &&Footnote| {
            let is_near = note.mark <= described.end + FARTHEST_MARK;
            let between = paper.prose.get(described.end..note.mark).filter(|_| is_near);
            between.is_some_and(|between| !between.contains(|c: char| c.is_alphanumeric() || c == '\n'))
        };
        if let Some(note) = self.marked.get(next).filter(is_at) {
            return Some(note.text);
        }
        let map = &paper.document.source_map;
        let (end, file) = (map.to_source(described).end, map.file_of(described));
        let next = self.in_place.partition_point(|note| (note.file, note.source) < (file, end));
        let is_behind = |note: &&InPlace| note.file == file && note.source <= end + LONGEST_COMMAND;
        self.in_place.get(next).filter(is_behind).map(|note| note.text)
    }
}

/// Returns the first run of names in a part of the prose.
fn names_in<'p>(paper: &'p Paper<'_>, part: ByteSpan) -> Option<&'p [usize]> {
    let first = paper.sentences.partition_point(|sentence| sentence.reading.span.end <= part.start);
    let inside = paper.sentences[first..].iter().take_while(|other| other.reading.span.start < part.end);
    let sentence = inside.into_iter().find(|sentence| !sentence.runs.is_empty())?;
    // "Similar to X." and "As Smith et al. did with X." name something else.
    let first = sentence.runs.first()?;
    let is_other = sentence.reported || sentence.reading.sets_against(0, first.start);
    (!is_other).then_some(first.names.as_slice())
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::catalogue::Catalogue;
    use crate::coreference::tests::names_of;
    use crate::document::{NoFiles, ReadLimits, read_html, read_latex, read_markdown, read_xml};

    #[test]
    fn marks_of_every_format_lead_to_footnotes_at_the_end_of_the_paper() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let markdown = |text: &str| read_markdown("p.md", text.as_bytes().to_vec());
        let html = |text: &str| {
            let page = format!("<body><h2>Method</h2>{text}</body>");
            read_html("p.html", page.into_bytes(), ReadLimits::default()).0
        };
        let xml = |text: &str| read_xml("p.xml", text.as_bytes().to_vec(), ReadLimits::default()).unwrap().0;
        let jats = "<article><body><sec><title>Method</title><p>We gave 400 texts to a proprietary LLM<xref ref-type='fn' \
                    rid='n1'>1</xref> twice.</p></sec></body><back><fn-group><fn id='n0'><p>Claude 3.</p></fn>\
                    <fn id='n1'><p>GPT-4.</p></fn></fn-group></back></article>";
        let tei = "<TEI><text><body><div><head>Method</head><p>We gave 400 texts to a proprietary LLM <ref type='foot' \
                   target='#foot_1'>1</ref> twice.</p></div><note place='foot' xml:id='foot_0'>Claude 3.</note>\
                   <note place='foot' xml:id='foot_1'>GPT-4.</note></body></text></TEI>";
        for (document, expected) in [
            (
                markdown("We gave 400 texts to a proprietary LLM.[^b]\n\n[^a]: Claude 3.\n[^b]: GPT-4.\n"),
                "GPT-4",
            ),
            (
                markdown(
                    "We gave 400 texts to a proprietary LLM, and all were read by people.[^b]\n\n[^b]: Unlike GPT-4, they slept.",
                ),
                "",
            ),
            (
                html(
                    "<p>We gave 400 texts to a proprietary LLM<a href='#fn2' class='footnote-ref' role='doc-noteref'>\
                     <sup>2</sup></a>.</p><section class='footnotes'><ol><li id='fn1'><p>Claude 3.</p></li>\
                     <li id='fn2'><p>GPT-4.</p></li></ol></section>",
                ),
                "GPT-4",
            ),
            (
                html(
                    "<p>We gave 400 texts to a proprietary LLM<sup><a href='#fn:2'>2</a></sup>.</p><p id='fn:2'>GPT-4.</p>",
                ),
                "GPT-4",
            ),
            (
                html(
                    "<p>We gave 400 texts to a proprietary LLM<span class='ltx_note ltx_role_footnote'><sup \
                     class='ltx_note_mark'>2</sup><span class='ltx_note_outer'><span class='ltx_note_content'><sup \
                     class='ltx_note_mark'>2</sup>GPT-4.</span></span></span>.</p>",
                ),
                "GPT-4",
            ),
            (xml(jats), "GPT-4"),
            (xml(tei), "GPT-4"),
        ] {
            assert_eq!(
                names_of(&engine, &document, "a proprietary LLM"),
                expected,
                "{}",
                document.source_text()
            );
        }
    }

    #[test]
    fn the_footnote_right_behind_a_description_names_it() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let names = |text: &str| {
            let source = format!("\\documentclass{{article}}\\begin{{document}}\n{text}\n\\end{{document}}");
            let paper = read_latex("p.tex", "p.tex", source.into_bytes(), &NoFiles, ReadLimits::default());
            names_of(&engine, &paper.unwrap().document, "a proprietary LLM")
        };
        for (text, expected) in [
            ("We gave 400 texts to a proprietary LLM.\\footnote{GPT-4 of June 2023.}", "GPT-4"),
            (
                "We gave 400 texts to a proprietary LLM\\footnote{\\url{https://huggingface.co/acme/orvex-v2}} twice.",
                "orvex-v2",
            ),
            ("We gave 400 texts to a proprietary LLM.\\footnote{It cost 30 dollars.}", ""),
            ("We gave 400 texts to a proprietary LLM.\\footnote{Not GPT-4.}", ""),
            ("We gave 400 texts to a proprietary LLM.\\footnote{It is similar to GPT-4.}", ""),
            (
                "We gave 400 texts to a proprietary LLM. It read all of them twice in the end.\\footnote{GPT-4 did not.}",
                "",
            ),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
