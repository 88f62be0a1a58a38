//! What is looked at before a PDF is read, for PDFs may be made to do harm: streams that unpack to
//! gigabytes, pages that are their own parents, drawings that hold themselves.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use flate2::bufread::ZlibDecoder;
use memchr::memmem;
use pdf_extract::{Dictionary, Document as File, Object, ObjectId};

use crate::document::panics::without_panic;
use crate::document::{ReadError, ReadLimits};

/// How many times the size limit of a paper all streams of its PDF may unpack to, pictures aside.
const STREAMS: u64 = 4;
/// How deep drawings may lie in each other, and pages in their tree.
const NESTING: usize = 24;
/// Bytes before a stream in which its dictionary is looked for.
const HEAD: usize = 1024;

/// Unpacks all streams but pictures, and keeps nothing.
pub(super) fn check_streams(bytes: &[u8], limits: ReadLimits) -> Result<(), ReadError> {
    let limit = (limits.size as u64).saturating_mul(STREAMS);
    let mut total = 0;
    let mut buffer = vec![0; 64 << 10];
    let mut from = 0;
    while let Some(found) = memmem::find(bytes.get(from..).unwrap_or_default(), b"stream") {
        let at = from + found;
        from = at + "stream".len();
        let head = bytes.get(at.saturating_sub(HEAD)..at).unwrap_or_default();
        let head = memmem::rfind(head, b" obj").map_or(head, |start| &head[start..]);
        if bytes.get(..at).is_some_and(|before| before.ends_with(b"end")) || is_picture(head) {
            continue;
        }
        if memmem::find_iter(head, b"FlateDecode").count() > 1 {
            let message = "a stream of this PDF is packed twice, which no paper needs; write the PDF anew";
            return Err(ReadError::new("too-large", message));
        }
        let start = from
            + bytes
                .get(from..)
                .map_or(0, |rest| rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count());
        let mut unpacked = ZlibDecoder::new(bytes.get(start..).unwrap_or_default());
        // What is no packed stream fails at once.
        while let Ok(count @ 1..) = unpacked.read(&mut buffer) {
            total += count as u64;
            if total > limit {
                let message = format!(
                    "its streams unpack to more than {STREAMS} times the size limit of a paper; --max-document-size \
                     raises the limit"
                );
                return Err(ReadError::new("too-large", message));
            }
        }
    }
    Ok(())
}

fn is_picture(head: &[u8]) -> bool {
    memmem::find(head, b"/Subtype/Image").is_some() || memmem::find(head, b"/Subtype /Image").is_some()
}

/// Opens a PDF, with the empty password where it has one.
pub(super) fn load(bytes: &[u8]) -> Result<File, ReadError> {
    let broken = |cause: &str| {
        ReadError::new(
            "broken-pdf",
            format!("this PDF cannot be opened: {cause}; open and save it with another program"),
        )
    };
    let mut file = match without_panic(|| File::load_mem(bytes)) {
        Some(Ok(file)) => file,
        Some(Err(error)) => return Err(broken(&error.to_string())),
        None => return Err(broken("it is damaged")),
    };
    if file.is_encrypted() {
        let opened = without_panic(|| file.decrypt("").is_ok());
        if opened != Some(true) {
            return Err(ReadError::new(
                "encrypted",
                "this PDF is locked with a password; save it without one",
            ));
        }
    }
    Ok(file)
}

/// Empties pictures, and refuses pages and drawings that lie in themselves.
pub(super) fn check_structure(file: &mut File, limits: ReadLimits) -> Result<(), ReadError> {
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
        {
            stream.content = Vec::new();
            stream.dict.remove(b"Filter");
        }
    }
    let cyclic = || {
        ReadError::new(
            "broken-pdf",
            "objects of this PDF lie in themselves; open and save it with another program",
        )
    };
    let pages: Vec<ObjectId> =
        without_panic(|| file.page_iter().take(limits.pages).collect()).ok_or_else(cyclic)?;
    let mut costs =
        Costs { file, known: HashMap::new(), open: HashSet::new(), limit: (limits.size as u64) * STREAMS };
    let mut total = 0u64;
    for page in pages {
        let resources = inherited_resources(file, page).ok_or_else(cyclic)?;
        let content = file.get_page_content(page).unwrap_or_default();
        total = total.saturating_add(costs.of(&content, resources, 0).ok_or_else(cyclic)?);
        if total > costs.limit {
            let message = "its drawings repeat each other without end; write the PDF anew";
            return Err(ReadError::new("too-large", message));
        }
    }
    Ok(())
}

/// The resources of a page; none where its parents go round in a circle.
fn inherited_resources(file: &File, page: ObjectId) -> Option<Option<&Dictionary>> {
    let mut node = file.get_dictionary(page).ok();
    for _ in 0..=NESTING {
        let Some(dictionary) = node else { return Some(None) };
        // The box of the page is looked for in the same way, up to the root.
        if dictionary.get(b"Parent").is_err() {
            let own = file.get_dictionary(page).ok();
            return Some(resources_of(file, own));
        }
        node = dictionary
            .get(b"Parent")
            .and_then(Object::as_reference)
            .and_then(|id| file.get_dictionary(id))
            .ok();
    }
    None
}

/// The resources of a page or, where it has none, of a node above it.
fn resources_of<'f>(file: &'f File, mut node: Option<&'f Dictionary>) -> Option<&'f Dictionary> {
    for _ in 0..=NESTING {
        let dictionary = node?;
        if let Ok(found) = dictionary.get(b"Resources") {
            return file.dereference(found).ok().and_then(|(_, found)| found.as_dict().ok());
        }
        node = dictionary
            .get(b"Parent")
            .and_then(Object::as_reference)
            .and_then(|id| file.get_dictionary(id))
            .ok();
    }
    None
}

/// What it costs to draw: bytes of all drawings, as often as they are drawn.
struct Costs<'f> {
    file: &'f File,
    known: HashMap<ObjectId, u64>,
    open: HashSet<ObjectId>,
    limit: u64,
}

impl Costs<'_> {
    /// The cost of a drawing; none where one lies in itself, or too deep.
    fn of(&mut self, content: &[u8], resources: Option<&Dictionary>, depth: usize) -> Option<u64> {
        if depth > NESTING {
            return None;
        }
        let mut cost = content.len() as u64;
        let drawings = resources
            .and_then(|resources| resources.get(b"XObject").ok())
            .and_then(|found| self.file.dereference(found).ok())
            .and_then(|(_, found)| found.as_dict().ok());
        for (name, object) in drawings.into_iter().flat_map(Dictionary::iter) {
            let call = [b"/", name.as_slice(), b" Do"].concat();
            let calls = memmem::find_iter(content, &call).count() as u64;
            if calls == 0 {
                continue; // a drawing may see itself among the things of its page
            }
            let Ok(id) = object.as_reference() else { continue };
            if let Some(inner) = self.of_drawing(id, resources, depth)? {
                cost = cost.saturating_add(inner.saturating_mul(calls));
            }
        }
        Some(cost.min(self.limit + 1))
    }

    fn of_drawing(&mut self, id: ObjectId, outer: Option<&Dictionary>, depth: usize) -> Option<Option<u64>> {
        if let Some(known) = self.known.get(&id) {
            return Some(Some(*known));
        }
        let Ok(stream) = self.file.get_object(id).and_then(Object::as_stream) else { return Some(None) };
        if !self.open.insert(id) {
            return None;
        }
        let resources = stream
            .dict
            .get(b"Resources")
            .ok()
            .and_then(|found| self.file.dereference(found).ok())
            .and_then(|(_, found)| found.as_dict().ok())
            .or(outer);
        let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        let cost = self.of(&content, resources, depth + 1)?;
        self.open.remove(&id);
        self.known.insert(id, cost.max(1));
        Some(Some(cost.max(1)))
    }
}

/// What a PDF says of itself.
#[derive(Debug, Default)]
pub(super) struct Information {
    pub(super) title: Option<String>,
}

/// Reads the information dictionary.
pub(super) fn information(file: &File) -> Information {
    let title = file
        .trailer
        .get(b"Info")
        .and_then(|info| file.dereference(info))
        .and_then(|(_, info)| info.as_dict())
        .and_then(|info| info.get(b"Title"))
        .ok()
        .and_then(|title| pdf_extract::decode_text_string(title).ok());
    let is_title = |title: &String| title.split_whitespace().count() > 1 && !title.contains(['\\', '/', '_']);
    Information { title: title.map(|title| title.trim().to_string()).filter(is_title) }
}
