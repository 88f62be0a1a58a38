//! Assembly of the document when everything is read.

use super::flow::{Blank, Flow, Hole, Run};
use super::reader::Reader;
use crate::document::{ByteSpan, Citation, Document, SourceFile, SourceMap};

/// Maximum number of bytes between two words with set-off initials.
const BETWEEN_INITIALS: usize = 24;

/// The lengths of the text filled into the holes.
#[derive(Debug, Default)]
struct Shifts {
    /// The offset of each hole, and the total length filled in up to and including it.
    holes: Vec<(usize, usize)>,
}

impl Shifts {
    /// Returns the new offset of a place; `after` says whether it comes after the holes at that very offset.
    fn moved(&self, at: usize, after: bool) -> usize {
        let before = self.holes.partition_point(|hole| hole.0 < at || (after && hole.0 == at));
        at + before.checked_sub(1).map_or(0, |index| self.holes[index].1)
    }
}

impl Reader<'_> {
    /// Ends the running text.
    pub(super) fn end_text(&mut self) {
        self.close_groups(0);
        while self.flows.len() > 1 {
            let Some(flow) = self.flows.pop() else { break };
            self.flow().add_later(flow);
        }
        self.flow().end_paragraph();
        self.close_headings(0);
        // What comes after is read part by part: the authors, the bibliography.
        (self.ended, self.muted, self.silent) = (false, false, false);
    }

    /// Moves prose, map, sections, citations and bibliography into a document.
    pub(super) fn assemble(mut self, document: &mut Document) {
        let flow = self.flows.pop().unwrap_or_default();
        let shifts = self.fill(&flow, document);
        document.source_map = self.map(&flow, &shifts, document);
        document.expansions = self.expansions(&flow, &shifts);
        document.sections = flow.sections;
        for section in &mut document.sections {
            section.span.start = shifts.moved(section.span.start, false);
            section.span.end = shifts.moved(section.span.end, true);
        }
        document.sections.sort_by_key(|section| (section.span.start, usize::MAX - section.span.end));
        document.bibliography = self.works.into_bibliography();
    }

    /// Returns the phrases whose words have set-off initials: `\textbf{L}ogic with \textbf{A}gents`.
    fn expansions(&self, flow: &Flow, shifts: &Shifts) -> Vec<ByteSpan> {
        let mut found: Vec<(ByteSpan, usize)> = Vec::new();
        for pair in flow.runs.windows(2) {
            let [letter, rest] = pair else { continue };
            if !self.is_set_off(flow, *letter, *rest) {
                continue;
            }
            let after = &flow.text[rest.start..rest.end];
            let word = after.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(after.len());
            let end = rest.start + word;
            match found.last_mut() {
                // A few words without such a letter may stand between: "of", "and".
                Some((last, letters)) if is_in_one_phrase(&flow.text, last.end, letter.start) => {
                    last.end = end;
                    *letters += 1;
                }
                _ => found.push((ByteSpan::new(letter.start, end), 1)),
            }
        }
        let several = found.into_iter().filter(|(_, letters)| *letters > 1);
        let moved = |(span, _): (ByteSpan, usize)| {
            ByteSpan::new(shifts.moved(span.start, true), shifts.moved(span.end, false))
        };
        several.map(moved).collect()
    }

    /// Returns whether a run is the initial of a word that continues in the next run, with the end of a
    /// group between.
    fn is_set_off(&self, flow: &Flow, letter: Run, rest: Run) -> bool {
        let text = &flow.text[letter.start..letter.end];
        let begins_word = !flow.text[..letter.start].ends_with(char::is_alphanumeric);
        let goes_on = flow.text[rest.start..].starts_with(char::is_lowercase);
        let source = self.expander.files.open.get(letter.from.file as usize);
        let between = source.filter(|_| letter.from.file == rest.from.file);
        let between =
            between.and_then(|file| file.text.get(letter.from.end as usize..rest.from.start as usize));
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none()
            && letter.literal
            && rest.literal
            && letter.end == rest.start
            && begins_word
            && goes_on
            && between.is_some_and(|between| !between.is_empty() && between.bytes().all(|byte| byte == b'}'))
    }

    /// Fills the holes of the text, and returns the lengths filled in.
    fn fill(&self, flow: &Flow, document: &mut Document) -> Shifts {
        let mut shifts = Shifts::default();
        let (mut from, mut added) = (0, 0);
        for hole in &flow.holes {
            document.prose.push_str(&flow.text[from..hole.at]);
            from = hole.at;
            let start = document.prose.len();
            match &hole.blank {
                Blank::Citation(cite) => {
                    let (text, works) = self.works.text(cite);
                    document.prose.push_str(&text);
                    let span = ByteSpan::new(start, document.prose.len());
                    document.citations.push(Citation { span, works });
                }
                Blank::Reference { key, style } => {
                    document.prose.push_str(&self.references.text(key, *style));
                }
            }
            added += document.prose.len() - start;
            shifts.holes.push((hole.at, added));
        }
        document.prose.push_str(&flow.text[from..]);
        shifts
    }

    /// Builds the map back to the files. Files without prose are left out of the document.
    fn map(&self, flow: &Flow, shifts: &Shifts, document: &mut Document) -> SourceMap {
        let mut map = SourceMap::default();
        let mut numbers: Vec<Option<u32>> = vec![None; self.expander.files.open.len()];
        let mut enter = |file: u32, map: &mut SourceMap, document: &mut Document| {
            let number = match numbers.get_mut(file as usize) {
                None => return false,
                Some(number) => *number.get_or_insert_with(|| {
                    if file == 0 {
                        return 0;
                    }
                    let open = &self.expander.files.open[file as usize];
                    let path = self.expander.files.shown(&open.path);
                    let text = open.source.clone().with_text(open.text.to_string());
                    document.included.push(SourceFile { path, text });
                    u32::try_from(document.included.len()).unwrap_or(u32::MAX)
                }),
            };
            map.enter_file(number);
            true
        };
        let mut holes = flow.holes.iter().enumerate().peekable();
        let mut fill =
            |until: usize,
             map: &mut SourceMap,
             document: &mut Document,
             enter: &mut dyn FnMut(u32, &mut SourceMap, &mut Document) -> bool| {
                while let Some((index, hole)) = holes.next_if(|(_, hole)| hole.at <= until) {
                    self.map_hole(index, hole, shifts, map, document, enter);
                }
            };
        for run in &flow.runs {
            fill(run.start, &mut map, document, &mut enter);
            if !enter(run.from.file, &mut map, document) {
                continue;
            }
            let start = shifts.moved(run.start, true);
            let source = &self.expander.files.open[run.from.file as usize].source;
            let place = ByteSpan::new(run.from.start as usize, run.from.end as usize);
            if run.literal {
                source.push_run(&mut map, start, place);
            } else {
                let span = ByteSpan::new(start, start + (run.end - run.start));
                map.push_replaced(
                    span,
                    ByteSpan::new(source.to_source(place.start), source.to_source(place.end)),
                );
            }
        }
        fill(usize::MAX, &mut map, document, &mut enter);
        map
    }

    fn map_hole(
        &self,
        index: usize,
        hole: &Hole,
        shifts: &Shifts,
        map: &mut SourceMap,
        document: &mut Document,
        enter: &mut dyn FnMut(u32, &mut SourceMap, &mut Document) -> bool,
    ) {
        if !enter(hole.from.file, map, document) {
            return;
        }
        let before = index.checked_sub(1).map_or(0, |index| shifts.holes[index].1);
        let span = ByteSpan::new(hole.at + before, hole.at + shifts.holes[index].1);
        let source = &self.expander.files.open[hole.from.file as usize].source;
        let place = ByteSpan::new(
            source.to_source(hole.from.start as usize),
            source.to_source(hole.from.end as usize),
        );
        map.push_replaced(span, place);
    }
}

/// Returns whether two words are in one phrase: at most a few words between them, and no punctuation.
fn is_in_one_phrase(text: &str, end: usize, start: usize) -> bool {
    let between = text.get(end..start).unwrap_or_default();
    let is_word = |letter: char| letter.is_alphanumeric() || letter.is_whitespace() || letter == '-';
    between.len() <= BETWEEN_INITIALS && between.chars().all(is_word)
}
