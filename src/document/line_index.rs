//! Lines and columns of a text.

use memchr::memchr_iter;

/// Distance in bytes between offsets whose character count is stored.
const BLOCK: usize = 512;

/// A position as shown by editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Finds the line and column of any byte, in time independent of the length of its line.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Number of characters that start before each block; empty for a text of one block.
    blocks: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Builds the index in one pass over a text.
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1));
        let mut blocks = Vec::new();
        if text.len() > BLOCK {
            let mut before = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                blocks.push(before);
                before += characters(block);
            }
            blocks.push(before);
        }
        Self { text, starts, blocks }
    }

    /// Returns the indexed text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the position of a byte; past the end of the text, that of the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.line_start(line);
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// Returns the offset of the first byte of a line, counted from 1.
    pub fn line_start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// Returns the offset after the last byte of a line, without its line break.
    pub fn line_end(&self, line: usize) -> usize {
        let end = match self.starts.get(line) {
            Some(next) => next - 1,
            None => return self.text.len(),
        };
        if self.text.as_bytes()[..end].ends_with(b"\r") { end - 1 } else { end }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let before = self.blocks.get(block).copied().unwrap_or(0);
        let from = if self.blocks.is_empty() { 0 } else { block * BLOCK };
        before + characters(&self.text.as_bytes()[from..offset])
    }
}

/// Counts the characters that start in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let text = "né\r\nzwei\n\nvier";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text.find(needle).unwrap());
        assert_eq!(at("n"), Position { line: 1, column: 1 });
        assert_eq!(at("\r"), Position { line: 1, column: 3 });
        assert_eq!(at("wei"), Position { line: 2, column: 2 });
        assert_eq!(at("vier"), Position { line: 4, column: 1 });
        assert_eq!(index.position(999), Position { line: 4, column: 5 });
        assert_eq!(&text[index.line_start(1)..index.line_end(1)], "né");
        assert_eq!(&text[index.line_start(3)..index.line_end(3)], "");
        assert_eq!(&text[index.line_start(4)..index.line_end(4)], "vier");
    }

    #[test]
    fn every_offset_of_a_long_text_agrees_with_plain_counting() {
        let text = "ä word 漢字\nand then a line ".repeat(700);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().step_by(37) {
            let before = &text[..offset];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let expected = Position {
                line: before.matches('\n').count() + 1,
                column: before[line_start..].chars().count() + 1,
            };
            assert_eq!(index.position(offset), expected);
        }
    }
}
