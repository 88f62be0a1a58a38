//! The prose under construction, with its map.

use memchr::memchr3;

use super::entities::entity;
use crate::document::{ByteSpan, SourceMap, SourceText};

/// The writer of running text into the prose. White space collapses as in HTML: a run of it is one blank.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    source: &'a str,
    bytes: &'a SourceText,
    pub(super) text: String,
    pub(super) map: SourceMap,
    /// `true` if a block has ended since the last text.
    broken: bool,
    /// Pending white space, which counts only between words.
    blank: Option<ByteSpan>,
    /// Set while the cells of a table are written, in which blocks are treated like words.
    pub(super) is_table: bool,
    /// End of the last text in the source.
    read_to: usize,
    /// The pending separator of cells.
    border: Option<Border>,
}

/// The separator between two cells of a table.
#[derive(Debug, Clone, Copy)]
struct Border {
    /// `true` if a row has ended.
    row: bool,
    /// Number of cells of the row that have ended since.
    cells: u8,
    span: ByteSpan,
}

impl<'a> Flow<'a> {
    pub(super) fn new(source: &'a str, bytes: &'a SourceText) -> Self {
        let text = String::with_capacity(source.len() / 2);
        let map = SourceMap::default();
        Self {
            source,
            bytes,
            text,
            map,
            broken: false,
            blank: None,
            is_table: false,
            read_to: 0,
            border: None,
        }
    }

    /// Ends a cell of a table that spans `columns` columns.
    pub(super) fn end_cell(&mut self, columns: u8, span: ByteSpan) {
        self.blank = None;
        let border = self.border.get_or_insert(Border { row: false, cells: 0, span });
        border.cells = border.cells.saturating_add(columns.max(1));
    }

    /// Ends a row of a table. Empty cells at its end are left out.
    pub(super) fn end_row(&mut self, span: ByteSpan) {
        self.blank = None;
        // Before the first text of a table, nothing needs to be parted.
        let row = !self.broken && !self.text.is_empty();
        self.border = Some(Border { row, cells: 0, span });
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        (self.is_table, self.border) = (false, None);
        self.end_block();
    }

    /// Returns the text of the pending separator of cells.
    fn border_marks(&self) -> String {
        let Some(border) = self.border else { return String::new() };
        let begins_row = border.row || self.broken || self.text.is_empty();
        let mut marks = if border.row { "\n" } else { "" }.to_string();
        for cell in 0..border.cells {
            marks.push_str(if cell == 0 && !begins_row { " | " } else { "| " });
        }
        marks
    }

    /// Ends a paragraph.
    pub(super) fn end_block(&mut self) {
        if self.is_table {
            let at = self.read_to;
            return self.white_space(ByteSpan::new(at, at));
        }
        self.broken = !self.text.is_empty();
        self.blank = None;
    }

    /// Returns the offset at which the next text will begin.
    pub(super) fn next_start(&self) -> usize {
        let begins = self.broken || self.border.is_some() || self.text.is_empty();
        let blank = usize::from(self.blank.is_some() && !begins);
        self.text.len() + self.border_marks().len() + if self.broken { 2 } else { blank }
    }

    /// Adds white space at a place in the source.
    pub(super) fn white_space(&mut self, span: ByteSpan) {
        match &mut self.blank {
            Some(blank) => blank.end = span.end.max(blank.end),
            None => self.blank = Some(span),
        }
    }

    fn begin(&mut self) {
        let mut blank = self.blank.take();
        if let Some(border) = self.border {
            let marks = self.border_marks();
            (self.border, blank) = (None, None);
            if std::mem::take(&mut self.broken) {
                self.text.push_str("\n\n");
            }
            if !marks.is_empty() {
                self.replace(&marks, border.span);
            }
        }
        if std::mem::take(&mut self.broken) {
            self.text.push_str("\n\n");
        } else if let Some(span) = blank
            && !self.text.is_empty()
        {
            if span.of(self.source) == " " {
                self.bytes.push_run(&mut self.map, self.text.len(), span);
                self.text.push(' ');
            } else {
                self.replace(" ", span);
            }
        }
    }

    fn replace(&mut self, text: &str, span: ByteSpan) {
        let start = self.text.len();
        self.text.push_str(text);
        self.map.push_replaced(
            ByteSpan::new(start, self.text.len()),
            ByteSpan::new(self.bytes.to_source(span.start), self.bytes.to_source(span.end)),
        );
    }

    /// Adds text that is written differently at its place in the source.
    pub(super) fn replaced(&mut self, text: &str, span: ByteSpan) {
        if !text.is_empty() {
            self.begin();
            self.replace(text, span);
            self.read_to = span.end;
        }
    }

    fn literal(&mut self, span: ByteSpan) {
        if span.is_empty() {
            return;
        }
        self.begin();
        self.bytes.push_run(&mut self.map, self.text.len(), span);
        self.text.push_str(span.of(self.source));
        self.read_to = span.end;
    }

    /// Adds the text at a place in the source; `has_entities` says whether `&` begins an entity.
    pub(super) fn source_text(&mut self, span: ByteSpan, has_entities: bool) {
        let written = span.of(self.source);
        let bytes = written.as_bytes();
        let (mut done, mut at) = (0, 0);
        while let Some(found) = next_special(bytes, at, has_entities) {
            // One blank between two words is text like any other.
            if bytes[found] == b' ' && found > done && bytes.get(found + 1).is_some_and(|next| is_word(*next))
            {
                at = found + 1;
                continue;
            }
            let (length, meaning) = special(&written[found..]);
            if length == 0 {
                at = found + 1;
                continue;
            }
            let place = ByteSpan::new(span.start + found, span.start + found + length);
            self.literal(ByteSpan::new(span.start + done, place.start));
            match meaning {
                Special::Blank => self.white_space(place),
                Special::Nothing => {}
                Special::Text(text) => self.replaced(&text, place),
            }
            at = found + length;
            done = at;
        }
        self.literal(ByteSpan::new(span.start + done, span.end));
    }
}

/// The meaning of a character sequence that does not stand for itself.
enum Special {
    Blank,
    /// Invisible characters: soft hyphens, zero-width joiners.
    Nothing,
    Text(String),
}

fn is_word(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != b'&' && byte != 0xC2 && byte != 0xE2 && byte != 0xEF
}

/// Returns the index of the next byte that may begin a special sequence.
fn next_special(bytes: &[u8], from: usize, has_entities: bool) -> Option<usize> {
    let is_special = |byte: &u8| match byte {
        b' ' | b'\n' | b'\t' | b'\r' | 0x0C | 0xC2 | 0xE2 | 0xEF => true,
        b'&' => has_entities,
        _ => false,
    };
    // Long stretches without a blank are rare, and short ones are walked quicker than searched.
    let rest = bytes.get(from..)?;
    match rest.iter().take(64).position(is_special) {
        Some(at) => Some(from + at),
        None if rest.len() <= 64 => None,
        None => {
            let far = memchr3(b' ', b'\n', b'&', &rest[64..]).map_or(rest.len(), |at| at + 64);
            rest[64..far]
                .iter()
                .position(is_special)
                .map(|at| from + 64 + at)
                .or_else(|| (far < rest.len()).then_some(from + far))
        }
    }
}

/// Returns the length and the meaning of the sequence at the start of a text; a length of 0 for an ordinary
/// character.
fn special(text: &str) -> (usize, Special) {
    if text.starts_with('&') {
        let Some((length, meant)) = entity(text) else { return (0, Special::Nothing) };
        let meaning = match special(&meant) {
            (whole, special) if whole == meant.len() && !meant.starts_with('&') => special,
            _ => Special::Text(meant),
        };
        return (length, meaning);
    }
    let blank = text.bytes().take_while(u8::is_ascii_whitespace).count();
    if blank > 0 {
        return (blank, Special::Blank);
    }
    let Some(letter) = text.chars().next() else { return (0, Special::Nothing) };
    let meaning = match letter {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Special::Text(" ".to_string()),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Special::Nothing,
        _ => return (0, Special::Nothing),
    };
    (letter.len_utf8(), meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (String, SourceMap) {
        let bytes = SourceText::default();
        let mut flow = Flow::new(source, &bytes);
        flow.source_text(ByteSpan::new(0, source.len()), true);
        (flow.text, flow.map)
    }

    #[test]
    fn white_space_is_one_blank_and_none_at_the_edges() {
        assert_eq!(read("  a  b\n\n c d ").0, "a b c d");
        assert_eq!(read("a&nbsp;b\u{A0}c co&shy;op\u{AD}s").0, "a b c coops");
    }

    #[test]
    fn entities_are_put_in_and_lead_back_to_where_they_stand() {
        let source = "caf&eacute;s &amp; R&D &lt;b> x&#32;&#32;y &nosuch; &amp;amp;";
        let (text, map) = read(source);
        assert_eq!(text, "cafés & R&D <b> x y &nosuch; &amp;");
        let at = |word: &str| {
            let start = text.find(word).unwrap();
            map.to_source(ByteSpan::new(start, start + word.len())).of(source)
        };
        assert_eq!(at("cafés"), "caf&eacute;s");
        assert_eq!((at("é"), at("x y"), at("R&D")), ("&eacute;", "x&#32;&#32;y", "R&D"));
    }

    #[test]
    fn long_words_are_read_whole() {
        let long = "x".repeat(200);
        assert_eq!(read(&format!("{long}&amp;{long} {long}é")).0, format!("{long}&{long} {long}é"));
    }
}
