//! The letters of each page and their places.

use pdf_extract::{
    ColorSpace, Document as File, MediaBox, ObjectId, OutputDev, OutputError, Path, Transform,
    output_doc_page,
};
use rayon::prelude::*;

use super::actual_text;
use crate::document::bibliography::arxiv_of;
use crate::document::panics::without_panic;
use crate::document::{ReadError, ReadLimits};

/// A letter on a page, or several drawn as one. Lengths are in points, from the upper left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The baseline.
    pub(super) base: f64,
    pub(super) size: f64,
    /// `true` if the PDF says that a word begins here.
    pub(super) begins: bool,
}

/// The result of reading the pages.
#[derive(Debug, Default)]
pub(super) struct ReadPages {
    pub(super) pages: Vec<Vec<Glyph>>,
    /// Number of letters without a meaning.
    pub(super) unread: usize,
    /// The identifier in the mark at the side of arXiv papers.
    pub(super) arxiv: Option<String>,
    pub(super) fault: Option<ReadError>,
}

/// Number of bytes of a paper that one letter with its place costs.
const PLACED: usize = 16;
/// Number of pages that are read in parallel, and then joined in order.
const AT_ONCE: usize = 16;

/// Reads the letters of all pages, each by itself, so that a broken page does not affect the others. Most of
/// the time goes into the fonts of each page, so several pages are read in parallel.
pub(super) fn pages(file: &File, limits: ReadLimits) -> ReadPages {
    let mut read = ReadPages::default();
    let ids: Vec<ObjectId> = file.page_iter().take(limits.pages.saturating_add(1)).collect();
    let count = ids.len();
    let numbers: Vec<usize> = (1..=count.min(limits.pages)).collect();
    let mut left = limits.size / PLACED;
    let mut broken = Vec::new();
    for numbers in numbers.chunks(AT_ONCE) {
        let pages: Vec<(usize, Page, bool)> = numbers
            .par_iter()
            .map(|number| {
                let wanted = u32::try_from(*number).unwrap_or(u32::MAX);
                let mut page = Page {
                    left,
                    turn: ids.get(number - 1).map_or(0, |id| turn_of(file, *id)),
                    ..Page::default()
                };
                let done = without_panic(|| output_doc_page(file, &mut page, wanted));
                page.take_turned();
                (*number, page, matches!(done, Some(Ok(()))))
            })
            .collect();
        for (number, page, is_whole) in pages {
            let taken = page.glyphs.iter().map(|glyph| glyph.text.len()).sum::<usize>();
            let is_full = page.is_full || taken > left;
            left = left.saturating_sub(taken);
            read.unread += page.unread;
            if number == 1 {
                read.arxiv = page.sideways.split_once("arXiv:").and_then(|(_, rest)| arxiv_of(rest));
            }
            read.pages.push(page.glyphs);
            if is_full {
                let message = "it holds more letters than a paper; what came after them was left out; --max-document-size raises \
                     the limit";
                read.fault = Some(ReadError::new("too-large", message));
                return read;
            }
            if !is_whole {
                broken.push(number.to_string());
            }
        }
    }
    if count > limits.pages {
        let message = format!(
            "it has more than {0} pages; the first {0} were read; --max-pages raises the limit",
            limits.pages
        );
        read.fault = Some(ReadError::new("too-large", message));
    } else if !broken.is_empty() {
        let more = broken.len().saturating_sub(5);
        broken.truncate(5);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!(
            "pages that cannot be read in full: {}{more}; open and save it with another program",
            broken.join(", ")
        );
        read.fault = Some(ReadError::new("broken-pdf", message));
    }
    read
}

/// A page in the order of drawing.
#[derive(Debug, Default)]
struct Page {
    glyphs: Vec<Glyph>,
    top: f64,
    begins: bool,
    unread: usize,
    sideways: String,
    left: usize,
    is_full: bool,
    /// Clockwise rotation of the page when shown, in quarter turns.
    turn: u8,
    /// The right edge of the page.
    edge: f64,
    /// The replacement text of the next letters; empty once written.
    actual: Option<String>,
    /// Letters written upwards and downwards, with their places on the page rotated for reading.
    turned: [Vec<Glyph>; 2],
}

/// Returns the rotation of a page, either its own or inherited, in quarter turns.
fn turn_of(file: &File, page: ObjectId) -> u8 {
    const DEEPEST: usize = 32;
    let mut id = page;
    for _ in 0..DEEPEST {
        let Ok(dictionary) = file.get_dictionary(id) else { return 0 };
        if let Ok(degrees) = dictionary.get_deref(b"Rotate", file).and_then(|turn| turn.as_i64()) {
            return u8::try_from(degrees.div_euclid(90).rem_euclid(4)).unwrap_or(0);
        }
        let Ok(parent) = dictionary.get(b"Parent").and_then(|parent| parent.as_reference()) else { return 0 };
        id = parent;
    }
    0
}

/// Rotates a direction or a place clockwise by quarter turns.
fn turned(quarters: u8, (x, y): (f64, f64)) -> (f64, f64) {
    match quarters % 4 {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

impl Page {
    /// Takes the sideways letters as the page if they are the great majority: tables on their side have
    /// pages of their own.
    fn take_turned(&mut self) {
        for glyphs in std::mem::take(&mut self.turned) {
            if glyphs.len() > 2 * self.glyphs.len() {
                self.glyphs = glyphs;
            }
        }
    }
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        (self.top, self.edge) = match self.turn {
            1 => (-media.llx, media.ury),
            2 => (-media.lly, -media.llx),
            3 => (media.urx, -media.lly),
            _ => (media.ury, media.urx),
        };
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let begins = std::mem::take(&mut self.begins);
        let (along, up) =
            (turned(self.turn, (place.m11, place.m12)), turned(self.turn, (place.m21, place.m22)));
        let (mut x, mut y) = turned(self.turn, (place.m31, place.m32));
        y = self.top - y;
        // What is written sideways is no running text, unless the whole page is: marks of archives, labels of axes.
        let is_sideways = along.1.abs() > along.0.abs();
        if is_sideways {
            if self.sideways.len() < 200 {
                self.sideways.push_str(text);
            }
            (x, y) = if along.1 > 0.0 { (self.top - y, x) } else { (y, self.edge - x) };
        }
        let length = |(x, y): (f64, f64)| if x.abs() > y.abs() { x.abs() } else { y.abs() };
        let (across, down) = (length(along) * font_size, length(up) * font_size);
        let size = (across * down).sqrt();
        let actual = self.actual.as_mut().map(std::mem::take);
        if actual.as_ref().is_some_and(String::is_empty) {
            let right = x + width.max(0.0) * across;
            if let Some(last) = self.glyphs.last_mut().filter(|_| right.is_finite() && !is_sideways) {
                last.right = last.right.max(right);
            }
            return Ok(());
        }
        let text = actual.as_deref().unwrap_or(text);
        if text.chars().all(|letter| letter == '\u{FFFD}' || (letter.is_control() && !letter.is_whitespace()))
        {
            self.unread += usize::from(!text.is_empty());
            return Ok(());
        }
        let Some(left) = self.left.checked_sub(text.len()) else {
            self.is_full = true;
            return Err(OutputError::FormatError(std::fmt::Error));
        };
        self.left = left;
        if [x, y, size, width].iter().all(|number| number.is_finite()) && size > 0.0 {
            let right = x + width.max(0.0) * across;
            let glyph = Glyph { text: text.to_string(), left: x, right, base: y, size, begins };
            match is_sideways {
                true => self.turned[usize::from(along.1 < 0.0)].push(glyph),
                false => self.glyphs.push(glyph),
            }
        }
        Ok(())
    }

    fn stroke(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.actual = Some(actual_text::text_of(path));
        Ok(())
    }

    fn fill(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        self.actual = None;
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.begins = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
