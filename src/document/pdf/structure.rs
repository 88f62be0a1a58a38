//! Preparation of the pages of a PDF for reading: each is reduced to its text, and its fonts to their stated
//! size.

use std::collections::{BTreeSet, HashMap, HashSet};

use pdf_extract::{Dictionary, Document as File, Object, ObjectId, Stream, dictionary};

use super::content::{Part, Reduced, Refused, Resources, reduce};
use super::font_map;
use super::guard::{STREAMS, plain};
use super::syntax::is_nested;
use super::unpack::Budget;
use crate::document::panics::without_panic;
use crate::document::{ReadError, ReadLimits};

/// Maximum nesting depth of drawings, and of pages in their tree.
const NESTING: usize = 24;
/// Maximum number of widths of a single-byte font, with a margin for faults.
const WIDTHS: usize = 1000;
/// Maximum size in bytes of an encoding table, which splits strings into letters.
const ENCODING: usize = 64 << 10;
/// Maximum total size of the fonts of all pages, as a multiple of a paper's size limit: each page reads its
/// own.
const FONTS: u64 = 1;

/// Prepares pages for reading, and rejects pages and drawings that contain themselves.
pub(super) fn prepare(file: &mut File, limits: ReadLimits) -> Result<(), ReadError> {
    let mut budget = Budget { left: limits.size.saturating_mul(STREAMS) };
    empty_pictures(file);
    let fonts = prepare_fonts(file, &mut budget)?;
    let pages: Vec<ObjectId> =
        without_panic(|| file.page_iter().take(limits.pages.saturating_add(1)).collect())
            .ok_or_else(cyclic)?;
    flatten_tree(file, &pages);
    let mut drawer = Drawer { file, budget, fonts, known: HashMap::new(), open: HashSet::new() };
    let limit = (limits.size as u64).saturating_mul(FONTS);
    let (mut words, mut font_bytes) = (0u64, 0u64);
    let mut contents = Vec::new();
    for page in pages.iter().take(limits.pages) {
        let resources = inherited_resources(drawer.file, *page).ok_or_else(cyclic)?;
        let content = drawer.content_of(*page)?;
        let drawn = drawer.draw(&content, resources, 0).map_err(read_error)?;
        words = words.saturating_add(drawn.words);
        font_bytes =
            font_bytes.saturating_add(drawn.fonts.iter().filter_map(|font| drawer.fonts.get(font)).sum());
        if words > limit || font_bytes > limit {
            return Err(read_error(Refused::TooLarge));
        }
        contents.push((*page, drawn.bytes));
    }
    let drawings: Vec<(ObjectId, Vec<u8>)> =
        drawer.known.into_iter().filter_map(|(id, drawn)| drawn.map(|drawn| (id, drawn.bytes))).collect();
    for (page, content) in contents {
        let content = file.add_object(Stream::new(Dictionary::new(), content));
        if let Ok(page) = file.get_dictionary_mut(page) {
            page.set("Contents", content);
        }
    }
    for (id, content) in drawings {
        if let Ok(Object::Stream(stream)) = file.get_object_mut(id) {
            stream.set_plain_content(content);
        }
    }
    Ok(())
}

fn cyclic() -> ReadError {
    ReadError::new("broken-pdf", "this PDF has circular references; open and save it with another program")
}

fn read_error(refused: Refused) -> ReadError {
    match refused {
        Refused::Cyclic => cyclic(),
        Refused::TooLarge => {
            let message =
                "its pages draw more text, or use more fonts, than any paper has; create the PDF again";
            ReadError::new("too-large", message)
        }
    }
}

fn empty_pictures(file: &mut File) {
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
        {
            stream.set_plain_content(Vec::new());
        }
    }
}

/// Puts all pages under one node, since each page is looked up from the root.
fn flatten_tree(file: &mut File, pages: &[ObjectId]) {
    let kids: Vec<Object> = pages.iter().map(|page| Object::Reference(*page)).collect();
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let root = file.add_object(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    if let Ok(catalogue) = file.catalog_mut() {
        catalogue.set("Pages", root);
    }
}

/// The parts of fonts referenced in the dictionaries of a file.
#[derive(Debug, Default)]
struct FontParts {
    maps: BTreeSet<ObjectId>,
    encodings: BTreeSet<ObjectId>,
    programs: BTreeSet<ObjectId>,
    widths: BTreeSet<ObjectId>,
}

impl FontParts {
    fn add(&mut self, object: &mut Object) {
        match object {
            Object::Dictionary(dictionary) => self.add_dictionary(dictionary),
            Object::Stream(stream) => self.add_dictionary(&mut stream.dict),
            Object::Array(items) => items.iter_mut().for_each(|item| self.add(item)),
            _ => {}
        }
    }

    fn add_dictionary(&mut self, dictionary: &mut Dictionary) {
        // These programs are unpacked and then not looked at.
        dictionary.remove(b"FontFile2");
        if dictionary.get(b"Widths").and_then(Object::as_array).is_ok_and(|widths| widths.len() > WIDTHS) {
            dictionary.remove(b"Widths");
        }
        let refers = |key: &[u8]| dictionary.get(key).and_then(Object::as_reference).ok();
        self.maps.extend(refers(b"ToUnicode"));
        self.encodings.extend(refers(b"Encoding"));
        self.programs.extend(refers(b"FontFile"));
        self.programs.extend(refers(b"FontFile3"));
        self.widths.extend(refers(b"Widths"));
        dictionary.iter_mut().for_each(|(_, value)| self.add(value));
    }
}

/// Unpacks the parts of fonts, each once, and bounds them; returns the size of each part in bytes.
fn prepare_fonts(file: &mut File, budget: &mut Budget) -> Result<HashMap<ObjectId, u64>, ReadError> {
    let mut parts = FontParts::default();
    file.objects.values_mut().for_each(|object| parts.add(object));
    let mut sizes = HashMap::new();
    let resolved = |file: &File, id: &ObjectId| {
        let (found, _) = file.dereference(&Object::Reference(*id)).ok()?;
        found
    };
    for id in &parts.widths {
        if let Some(id) = resolved(file, id)
            && let Ok(Object::Array(widths)) = file.get_object_mut(id)
        {
            widths.truncate(WIDTHS);
        }
    }
    for (kind, ids) in [(0, &parts.maps), (1, &parts.encodings), (2, &parts.programs)] {
        for first in ids {
            let Some(id) = resolved(file, first) else { continue };
            let Ok(Object::Stream(stream)) = file.get_object_mut(id) else { continue };
            let Some(content) = plain(stream, budget)? else { continue };
            let content = match kind {
                0 => font_map::clean(&content).into_owned(),
                1 if content.len() > ENCODING || is_nested(&content) => Vec::new(),
                2 if is_nested(clear_part(&content)) => Vec::new(),
                _ => content,
            };
            sizes.insert(*first, content.len() as u64);
            stream.set_plain_content(content);
        }
    }
    Ok(sizes)
}

/// Returns the unencrypted part of a font program, with its tables.
fn clear_part(program: &[u8]) -> &[u8] {
    let end = memchr::memmem::find(program, b"eexec").unwrap_or(if program.starts_with(b"%!") {
        program.len()
    } else {
        0
    });
    program.get(..end).unwrap_or_default()
}

/// Returns the resources of a page; `None` if its parents form a cycle.
fn inherited_resources(file: &File, page: ObjectId) -> Option<Option<&Dictionary>> {
    let mut node = file.get_dictionary(page).ok();
    for _ in 0..=NESTING {
        let Some(dictionary) = node else { return Some(None) };
        // The box of the page is looked for in the same way, up to the root.
        if dictionary.get(b"Parent").is_err() {
            let own = file.get_dictionary(page).ok();
            return Some(resources_of(file, own));
        }
        node = parent_of(file, dictionary);
    }
    None
}

/// Returns the parent of a node in the page tree.
fn parent_of<'f>(file: &'f File, node: &Dictionary) -> Option<&'f Dictionary> {
    node.get(b"Parent").and_then(Object::as_reference).and_then(|id| file.get_dictionary(id)).ok()
}

/// Returns the resources of a page or, if it has none, of the nearest node above it.
fn resources_of<'f>(file: &'f File, mut node: Option<&'f Dictionary>) -> Option<&'f Dictionary> {
    for _ in 0..=NESTING {
        let dictionary = node?;
        if let Ok(found) = dictionary.get(b"Resources") {
            return file.dereference(found).ok().and_then(|(_, found)| found.as_dict().ok());
        }
        node = parent_of(file, dictionary);
    }
    None
}

/// A content with everything that it draws.
#[derive(Debug, Clone, Default)]
struct Drawn {
    bytes: Vec<u8>,
    shows_text: bool,
    /// Number of its words and of those of what it draws, counted each time it is drawn.
    words: u64,
    /// Parts of the fonts that it uses.
    fonts: BTreeSet<ObjectId>,
}

/// The reducer of pages and their drawings.
#[derive(Debug)]
struct Drawer<'f> {
    file: &'f File,
    budget: Budget,
    /// The size in bytes of the parts of fonts.
    fonts: HashMap<ObjectId, u64>,
    /// The reduced drawings; `None` for an object that is not a drawing.
    known: HashMap<ObjectId, Option<Drawn>>,
    open: HashSet<ObjectId>,
}

impl<'f> Drawer<'f> {
    /// Returns the content of a page itself.
    fn content_of(&mut self, page: ObjectId) -> Result<Vec<u8>, ReadError> {
        let mut content = Vec::new();
        for id in self.file.get_page_contents(page) {
            if let Ok(stream) = self.file.get_object(id).and_then(Object::as_stream) {
                self.budget.spend(64)?;
                let found = plain(stream, &mut self.budget)?;
                content.extend_from_slice(found.as_deref().unwrap_or(&stream.content));
                content.push(b'\n');
            }
        }
        Ok(content)
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: Option<&'f Dictionary>,
        depth: usize,
    ) -> Result<Drawn, Refused> {
        if depth > NESTING {
            return Err(Refused::Cyclic);
        }
        let mut asked =
            Asked { drawer: self, resources, depth, words: 0, fonts: BTreeSet::new(), met: HashMap::new() };
        let Reduced { bytes, words, shows_text } = reduce(content, &mut asked)?;
        Ok(Drawn { bytes, shows_text, words: (words as u64).saturating_add(asked.words), fonts: asked.fonts })
    }

    fn entry(&self, resources: Option<&'f Dictionary>, kind: &[u8], name: &[u8]) -> Option<&'f Object> {
        let of_kind = resources?.get(kind).ok()?;
        let (_, of_kind) = self.file.dereference(of_kind).ok()?;
        of_kind.as_dict().ok()?.get(name).ok()
    }

    /// Reduces a drawing, once.
    fn drawing(&mut self, id: ObjectId, outer: Option<&'f Dictionary>, depth: usize) -> Result<(), Refused> {
        if self.known.contains_key(&id) {
            return Ok(());
        }
        let Ok(stream) = self.file.get_object(id).and_then(Object::as_stream) else {
            self.known.insert(id, None);
            return Ok(());
        };
        if !self.open.insert(id) {
            return Err(Refused::Cyclic);
        }
        let own = stream.dict.get(b"Resources").and_then(|found| self.file.dereference(found));
        let resources = own.ok().and_then(|(_, found)| found.as_dict().ok()).or(outer);
        let content = plain(stream, &mut self.budget).map_err(|_| Refused::TooLarge)?;
        let drawn = self.draw(content.as_deref().unwrap_or(&stream.content), resources, depth + 1)?;
        self.open.remove(&id);
        self.known.insert(id, Some(drawn));
        Ok(())
    }
}

/// The resources of one content, and their use.
struct Asked<'d, 'f> {
    drawer: &'d mut Drawer<'f>,
    resources: Option<&'f Dictionary>,
    depth: usize,
    words: u64,
    fonts: BTreeSet<ObjectId>,
    /// The drawings looked up so far, by name.
    met: HashMap<Vec<u8>, Option<u64>>,
}

impl Resources for Asked<'_, '_> {
    fn draw(&mut self, name: &[u8]) -> Result<Part, Refused> {
        let words = match self.met.get(name) {
            Some(words) => *words,
            None => {
                let words = self.look_up(name)?;
                self.met.insert(name.to_vec(), words);
                words
            }
        };
        let Some(words) = words else { return Ok(Part::Nothing) };
        self.words = self.words.saturating_add(words);
        Ok(Part::Text)
    }

    fn font(&mut self, name: &[u8]) {
        let file = self.drawer.file;
        let font = self.drawer.entry(self.resources, b"Font", name);
        let Some(font) =
            font.and_then(|found| file.dereference(found).ok()).and_then(|(_, font)| font.as_dict().ok())
        else {
            return;
        };
        let refers = |of: &Dictionary, key: &[u8]| of.get(key).and_then(Object::as_reference).ok();
        self.fonts.extend(refers(font, b"ToUnicode"));
        self.fonts.extend(refers(font, b"Encoding"));
        let descriptor = font.get(b"FontDescriptor").and_then(|found| file.dereference(found));
        if let Some(descriptor) = descriptor.ok().and_then(|(_, found)| found.as_dict().ok()) {
            self.fonts.extend(refers(descriptor, b"FontFile"));
            self.fonts.extend(refers(descriptor, b"FontFile3"));
        }
    }
}

impl Asked<'_, '_> {
    /// Reduces a drawing and returns its number of words; `None` if it shows no text.
    fn look_up(&mut self, name: &[u8]) -> Result<Option<u64>, Refused> {
        let Some(object) = self.drawer.entry(self.resources, b"XObject", name) else { return Ok(None) };
        let Ok((Some(id), _)) = self.drawer.file.dereference(object) else { return Ok(None) };
        self.drawer.drawing(id, self.resources, self.depth)?;
        let Some(Some(drawn)) = self.drawer.known.get(&id) else { return Ok(None) };
        self.fonts.extend(drawn.fonts.iter().copied());
        Ok(drawn.shows_text.then_some(drawn.words))
    }
}
