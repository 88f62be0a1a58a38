//! Reading bytes from files while detecting changes to them.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::latex_archive::read_latex_archive_bytes;
use super::latex_folder::LatexFolder;
use super::packing::Packing;
use super::unsupported::refuse_unsupported_content;
use super::{Format, Input, InputSource};
use crate::document::{
    Document, NoFiles, ProjectFiles, ReadError, ReadLimits, read_html, read_latex, read_markdown, read_plain,
    read_xml,
};

/// Number of decompressed bytes used to recognise the format of a packed input.
const LOOK: u64 = 4096;

/// A file that is checked for changes of length while it is read.
#[derive(Debug)]
pub(super) struct Watched {
    file: File,
    /// Its length when it was opened; `None` for pipes and devices, which have no length.
    length: Option<u64>,
    read: u64,
}

impl Watched {
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|error| io_error(&error))?;
        let metadata = file.metadata().map_err(|error| io_error(&error))?;
        if metadata.is_dir() {
            return Err(ReadError::new("unreadable", "it is now a folder and no longer a file"));
        }
        let length = (metadata.is_file() && metadata.len() > 0).then_some(metadata.len());
        Ok(Self { file, length, read: 0 })
    }

    /// Returns the length that the file reports, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length.unwrap_or(0)
    }

    /// Returns an error if the file has become longer or shorter since it was opened. Called after reading.
    pub(super) fn changed(&self) -> Option<ReadError> {
        let before = self.length?;
        let now = self.file.metadata().map_or(self.read, |metadata| metadata.len());
        if now == before && self.read == before {
            return None;
        }
        Some(ReadError::new(
            "changed",
            format!(
                "the file changed while it was read: {before} bytes at first, {now} at the end, {} read; run again \
                 when it is at rest",
                self.read
            ),
        ))
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read += count as u64;
        Ok(count)
    }
}

/// Converts an I/O error to the kind and message that are reported.
pub(super) fn io_error(error: &io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::new("not-found", "no such file or folder; check the path"),
        io::ErrorKind::PermissionDenied => {
            ReadError::new("unreadable", "permission denied; check who may read it")
        }
        io::ErrorKind::UnexpectedEof => ReadError::new(
            "truncated",
            "unexpected end of file; download it again (the part before it was read)",
        ),
        // Only what unpacks to too much ends so, and its error tells the limit.
        io::ErrorKind::FileTooLarge => ReadError::new("too-large", error.to_string()),
        _ => ReadError::new("unreadable", format!("cannot be read: {error}")),
    }
}

pub(super) fn too_large(limit: usize) -> ReadError {
    ReadError::new(
        "too-large",
        format!("larger than {}; --max-document-size raises the limit", shown_size(limit)),
    )
}

pub(super) fn shown_size(bytes: usize) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] {
        if bytes >= unit && bytes.is_multiple_of(unit) {
            return format!("{} {name}", bytes / unit);
        }
    }
    format!("{bytes} bytes")
}

/// A document, and the reason why it may be incomplete.
pub(super) type ReadPaper = (Document, Option<ReadError>);

/// Reads one paper from bytes. Their format follows from `named`, the format of their name, and from how they
/// begin. For LaTeX, they are a single file, read without the files that it includes, or a whole archive.
///
/// # Errors
/// When the bytes are not a paper.
pub fn read_document(
    id: &str,
    named: Option<Format>,
    bytes: Vec<u8>,
    limits: ReadLimits,
) -> Result<ReadPaper, ReadError> {
    let (format, bytes) = unpacked(named, bytes, limits)?;
    usable(match format {
        Format::Pdf => read_pdf_bytes(id, &bytes, limits)?,
        Format::Archive => read_latex_archive_bytes(id, bytes, limits)?,
        Format::Markdown => (read_markdown(id, bytes), None),
        Format::Html => read_html(id, bytes, limits),
        Format::Xml => read_xml(id, bytes, limits)?,
        Format::Parquet => return Err(no_stream_of_rows()),
        Format::Plain | Format::Records | Format::Packed => (read_plain(id, bytes), None),
        Format::Latex => {
            let paper = read_latex(id, id, bytes, &NoFiles, limits)?;
            (paper.document, paper.error)
        }
    })
}

/// Refuses a paper whose places in the source could not all be kept.
fn usable(read: ReadPaper) -> Result<ReadPaper, ReadError> {
    if read.0.source_map.is_full() { Err(too_many_runs()) } else { Ok(read) }
}

/// Returns the error for a paper in which so many signs are replaced that their places would take too much memory.
pub(super) fn too_many_runs() -> ReadError {
    let message = "it has more than two million replaced signs (entities, escapes, ligatures, hyphens), too many for one \
                   paper; part it into its papers";
    ReadError::new("too-large", message)
}

#[cfg(feature = "pdf")]
fn read_pdf_bytes(id: &str, bytes: &[u8], limits: ReadLimits) -> Result<ReadPaper, ReadError> {
    crate::document::read_pdf(id, bytes, limits)
}

#[cfg(not(feature = "pdf"))]
fn read_pdf_bytes(_: &str, _: &[u8], _: ReadLimits) -> Result<ReadPaper, ReadError> {
    let message = "this program was built without the reading of PDFs; build it with the feature `pdf`";
    Err(ReadError::new("unknown-format", message))
}

/// Returns the rows of a Parquet file as lines of JSON.
#[cfg(feature = "parquet")]
pub(super) fn read_rows(path: &Path, limits: ReadLimits) -> Result<Box<dyn Read>, ReadError> {
    Ok(Box::new(super::rows::Rows::open(path, limits)?))
}

#[cfg(not(feature = "parquet"))]
pub(super) fn read_rows(_: &Path, _: ReadLimits) -> Result<Box<dyn Read>, ReadError> {
    let message =
        "this program was built without the reading of Parquet; build it with the feature `parquet`";
    Err(ReadError::new("unknown-format", message))
}

/// Returns the error for Parquet in a stream: Parquet locates its rows by an index at its end.
fn no_stream_of_rows() -> ReadError {
    let message = "this is Parquet, which is read from a file of its own; it is no text, or stands in a stream or an \
                   archive";
    ReadError::new("unknown-format", message)
}

/// Returns the format of the bytes, and the bytes decompressed where they are packed. Archives stay as they
/// are; their reader unpacks them.
fn unpacked(
    named: Option<Format>,
    bytes: Vec<u8>,
    limits: ReadLimits,
) -> Result<(Format, Vec<u8>), ReadError> {
    refuse_unsupported_content(&bytes)?;
    let (format, packing) = recognise(named, &bytes);
    let bytes = match (format, packing) {
        (Format::Packed, _) => {
            return Err(ReadError::new("unknown-format", "compressed twice or corrupt; decompress it once"));
        }
        (Format::Records, Some(_)) => {
            let message = "this packed file holds records; give it as a file of its own";
            return Err(ReadError::new("unknown-format", message));
        }
        (Format::Archive, _) | (_, None) => bytes,
        (_, Some(packing)) => {
            let mut reader = packing.unpack(Cursor::new(bytes), limits.unpacking);
            read_bounded(&mut reader, limits.size, 0)?
        }
    };
    refuse_binary(format, &bytes)?;
    Ok((format, bytes))
}

/// Determines the format of an input by its name and its first bytes, looking into packed data, and how it is
/// packed.
pub(super) fn recognise(named: Option<Format>, start: &[u8]) -> (Format, Option<Packing>) {
    let Some(packing) = Packing::of_content(start) else { return (Format::of_content(named, start), None) };
    let mut inside = Vec::new();
    // The beginning may end in the midst of a block; what could be unpacked of it is enough, or
    // the name has to do.
    let _ = packing.unpack(start, usize::MAX).take(LOOK).read_to_end(&mut inside);
    let named = named.filter(|named| *named != Format::Packed);
    (Format::of_content(named, &inside), Some(packing))
}

fn refuse_binary(format: Format, bytes: &[u8]) -> Result<(), ReadError> {
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if matches!(format, Format::Pdf | Format::Parquet | Format::Archive | Format::Packed) || is_utf16 {
        return Ok(());
    }
    if bytes.iter().take(1024).any(|byte| *byte == 0) {
        return Err(ReadError::new(
            "unknown-format",
            "this is not text: it holds zero bytes; give text, Markdown, LaTeX, HTML, XML, PDF or JSON Lines",
        ));
    }
    Ok(())
}

/// Reads the bytes of a file that holds one paper. The second value reports that the file changed meanwhile.
///
/// # Errors
/// When the file cannot be read or is larger than the limit.
pub(super) fn read_bytes(path: &Path, limits: ReadLimits) -> Result<(Vec<u8>, Option<ReadError>), ReadError> {
    let mut watched = Watched::open(path)?;
    if watched.length() > limits.size as u64 {
        return Err(too_large(limits.size));
    }
    let expected = usize::try_from(watched.length()).unwrap_or(0);
    let bytes = read_bounded(&mut watched, limits.size, expected)?;
    Ok((bytes, watched.changed()))
}

/// Reads a file that holds one paper. The second value is the reason why the paper may be incomplete.
///
/// # Errors
/// When the file cannot be read, is larger than the limit, or is not text.
pub fn read_input(input: &Input, format: Format, limits: ReadLimits) -> Result<ReadPaper, ReadError> {
    let InputSource::File(path) = &input.place else {
        return Err(ReadError::new("internal", "standard input is no file"));
    };
    let (bytes, changed) = read_bytes(path, limits)?;
    let (document, error) = read_found(path, input, Some(format), bytes, limits)?;
    Ok((document, error.or(changed)))
}

/// Reads a paper from the bytes of its file; LaTeX is read with the files that it includes.
pub(super) fn read_found(
    path: &Path,
    input: &Input,
    named: Option<Format>,
    bytes: Vec<u8>,
    limits: ReadLimits,
) -> Result<ReadPaper, ReadError> {
    let (folder, main) = LatexFolder::of_input(path, input.folder.as_deref());
    read_with_files(&input.shown, named, bytes, (&folder, &main), limits)
}

/// Reads a paper from the bytes of its file. For LaTeX, included files come from the files of its project, in
/// which the paper has the given path.
pub(super) fn read_with_files(
    shown: &str,
    named: Option<Format>,
    bytes: Vec<u8>,
    (files, main): (&dyn ProjectFiles, &str),
    limits: ReadLimits,
) -> Result<ReadPaper, ReadError> {
    if recognise(named, &bytes) != (Format::Latex, None) {
        return read_document(shown, named, bytes, limits);
    }
    refuse_binary(Format::Latex, &bytes)?;
    let paper = read_latex(shown, main, bytes, files, limits)?;
    usable((paper.document, paper.error))
}

/// Reads everything up to `limit` bytes, since a file can grow and a pipe has no length. Reserves room for
/// the `expected` length, so that a large paper is not held twice while it is read.
pub(super) fn read_bounded(
    reader: &mut impl Read,
    limit: usize,
    expected: usize,
) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(expected.min(limit) + 1);
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| io_error(&error))?;
    if bytes.len() > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_grows_while_it_is_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "one").unwrap();
        let mut watched = Watched::open(&path).unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b" two").unwrap();
        assert_eq!(read_bounded(&mut watched, 100, 3).unwrap(), b"one two");
        assert!(watched.changed().unwrap().message.contains("3 bytes at first, 7 at the end"));
        let mut calm = Watched::open(&path).unwrap();
        read_bounded(&mut calm, 100, 0).unwrap();
        assert_eq!(calm.changed(), None);
    }

    #[test]
    fn limits_and_formats_are_checked() {
        assert!(read_bounded(&mut &b"abcd"[..], 4, 0).is_ok());
        assert!(
            read_bounded(&mut &b"abcde"[..], 4, 0).unwrap_err().message.starts_with("larger than 4 bytes")
        );
        assert_eq!(too_large(64 << 20).message.split(';').next(), Some("larger than 64 MiB"));
        let kind = |bytes: &[u8]| {
            read_document("a", None, bytes.to_vec(), ReadLimits::default()).map_err(|error| error.kind)
        };
        assert_eq!(kind(b"%PDF-1.5 x").err(), Some("broken-pdf"));
        assert_eq!(kind(b"a\0b").err(), Some("unknown-format"));
        assert!(kind(b"text").is_ok());
    }
}
