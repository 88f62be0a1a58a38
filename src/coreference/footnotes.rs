//! Footnotes that name what the description before their mark stands for: "a hosted model^1", "1: GPT-4 of
//! June 2024".

use super::paper::Paper;
use super::ties::{Ties, naming};
use crate::detect::Way;
use crate::document::{ByteSpan, SectionKind};

/// Most bytes of the source between the end of a description and the text of its footnote: a full stop and
/// "\\footnote{\\url{".
const LONGEST_COMMAND: usize = 24;

/// Ties descriptions without names to those in the footnotes right behind them.
pub(super) fn tie_by_footnote(ties: &mut Ties<'_, '_>) {
    let paper = ties.paper;
    let mut footnotes: Vec<Footnote> = Footnote::all(paper).collect();
    if footnotes.is_empty() {
        return;
    }
    footnotes.sort_unstable_by_key(|note| (note.file, note.source));
    for (index, sentence) in ties.open() {
        if sentence.section == SectionKind::Footnote {
            continue;
        }
        let mention = ties.mention(index);
        let map = &paper.document.source_map;
        let (end, file) = (map.to_source(mention.span).end, map.file_of(mention.span));
        let next = footnotes.partition_point(|note| (note.file, note.source) < (file, end));
        let is_behind = |note: &&Footnote| note.file == file && note.source <= end + LONGEST_COMMAND;
        let Some(note) = footnotes.get(next).filter(is_behind) else { continue };
        let Some(names) = names_in(paper, note.prose) else { continue };
        let names = if mention.plural { names } else { &names[..1] };
        let names = paper.trusted(names);
        if let Some(first) = names.first() {
            let at = ties.mention(*first).span;
            ties.set(index, &names, Some(naming(Way::Beside, "the footnote behind it names it", at)));
        }
    }
}

/// A footnote of the paper.
struct Footnote {
    prose: ByteSpan,
    /// Where its text begins in the source, and the number of the file.
    source: usize,
    file: usize,
}

impl Footnote {
    fn all(paper: &Paper<'_>) -> impl Iterator<Item = Self> {
        let document = paper.document;
        let notes = document.sections.iter().filter(|section| section.kind == SectionKind::Footnote);
        notes.map(|section| {
            let text = section.span.of(&document.prose);
            let start = section.span.start + (text.len() - text.trim_start().len());
            let first = ByteSpan::new(start, section.span.end.min(start + 1));
            Self {
                prose: section.span,
                source: document.source_map.to_source(first).start,
                file: document.source_map.file_of(first),
            }
        })
    }
}

/// Returns the first run of names in a part of the prose.
fn names_in<'p>(paper: &'p Paper<'_>, part: ByteSpan) -> Option<&'p [usize]> {
    let first = paper.sentences.partition_point(|sentence| sentence.reading.span.end <= part.start);
    let inside = paper.sentences[first..].iter().take_while(|other| other.reading.span.start < part.end);
    inside.into_iter().flat_map(|sentence| &sentence.runs).next().map(|run| run.names.as_slice())
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use crate::catalogue::Catalogue;
    use crate::document::{NoFiles, ReadLimits, read_latex};

    #[test]
    fn the_footnote_right_behind_a_description_names_it() {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let names = |text: &str| {
            let source = format!("\\documentclass{{article}}\\begin{{document}}\n{text}\n\\end{{document}}");
            let paper = read_latex("p.tex", "p.tex", source.into_bytes(), &NoFiles, ReadLimits::default());
            let document = paper.unwrap().document;
            let mentions = engine.detect(&document).mentions;
            let described =
                mentions.iter().find(|mention| mention.span.of(&document.prose) == "a proprietary LLM");
            let names = described.unwrap().named_by.iter();
            names.map(|name| mentions[*name].written_name(&document.prose)).collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("We gave 400 texts to a proprietary LLM.\\footnote{GPT-4 of June 2023.}", "GPT-4"),
            (
                "We gave 400 texts to a proprietary LLM\\footnote{\\url{https://huggingface.co/acme/orvex-v2}} twice.",
                "orvex-v2",
            ),
            ("We gave 400 texts to a proprietary LLM.\\footnote{It cost 30 dollars.}", ""),
            (
                "We gave 400 texts to a proprietary LLM. It read all of them twice in the end.\\footnote{GPT-4 did not.}",
                "",
            ),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
