//! XML papers: JATS of journals and TEI of GROBID, distinguished by their elements.

use super::dating::settle_date;
use super::jats::{is_jats, read_jats};
use super::markup::parse_xml;
use super::mend::mend_letters;
use super::source_text::{Decoded, decode};
use super::tei::{is_tei, read_tei};
use super::{Document, ReadError, ReadLimits};

/// Reads a paper in XML. The second value is the reason why it may be incomplete: the XML is broken or
/// nested too deeply. Declarations and references of a document type are never read.
///
/// # Errors
/// Returns an error if the XML is neither JATS nor TEI.
pub fn read_xml(
    id: impl Into<String>,
    bytes: Vec<u8>,
    limits: ReadLimits,
) -> Result<(Document, Option<ReadError>), ReadError> {
    let decoded = decode(bytes);
    let mut document = Document::called(id);
    let (tree, fault) = parse_xml(&decoded.text, limits.depth);
    if is_tei(&tree) {
        read_tei(&mut document, &tree, &decoded);
    } else if is_jats(&tree) {
        read_jats(&mut document, &tree, &decoded);
    } else if let Some(fault) = fault {
        return Err(fault);
    } else {
        let root = tree.children(tree.root()).find(|node| !tree.name(*node).is_empty());
        let name = root.map_or("nothing", |root| tree.name(root));
        let message = format!("this XML is neither JATS nor TEI: it holds <{name}>; give one of these");
        return Err(ReadError::new("unknown-format", message));
    }
    let Decoded { text, source, note } = decoded;
    document.source = source.with_text(text);
    mend_letters(&mut document);
    settle_date(&mut document, None);
    document.notes.extend(note);
    Ok((document, fault))
}
