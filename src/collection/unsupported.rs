//! Recognition of papers in formats that are not read, so that nobody takes them for read.

use std::path::Path;

use crate::document::ReadError;

/// The file extensions of papers in formats that are not read, which are counted apart in folders.
const ENDINGS: &[&str] =
    &["docx", "doc", "odt", "rtf", "epub", "rst", "typ", "org", "ipynb", "ps", "djvu", "lyx"];

/// Returns whether a file has the extension of a paper in a format that is not read.
pub(super) fn has_unsupported_ending(path: &Path) -> bool {
    ending_of(path).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn ending_of(path: &Path) -> Option<String> {
    path.extension()?.to_str().map(str::to_ascii_lowercase)
}

/// Refuses a file whose beginning, or whose name along with it, shows a format that is not read.
pub(super) fn refuse_unsupported(path: &Path, start: &[u8]) -> Result<(), ReadError> {
    refuse_unsupported_content(start)?;
    let begins = |mark: u8| start.trim_ascii_start().first() == Some(&mark);
    let ending = ending_of(path).unwrap_or_default();
    match ending.as_str() {
        "ipynb" if begins(b'{') => Err(convertible("a notebook", "jupyter nbconvert --to markdown")),
        "json" if begins(b'[') => Err(of_records("a list in JSON", "jq -c '.[]' papers.json > papers.jsonl")),
        "csv" | "tsv" => Err(of_records("a table", "mlr --icsv --ojsonl cat papers.csv > papers.jsonl")),
        _ => Ok(()),
    }
}

/// Refuses bytes that begin as a format that is not read, whatever their name.
pub(super) fn refuse_unsupported_content(start: &[u8]) -> Result<(), ReadError> {
    let pandoc = "pandoc -t plain FILE | byname scan -";
    if start.starts_with(b"{\\rtf") {
        return Err(convertible("RTF", pandoc));
    }
    if start.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(convertible("an old office file (.doc)", "save it as PDF or text, or convert it"));
    }
    if start.starts_with(b"%!PS") {
        return Err(convertible("PostScript", "ps2pdf FILE paper.pdf"));
    }
    // In a zip archive, the name of the first member follows its header of 30 bytes.
    let member = start.starts_with(b"PK\x03\x04").then(|| start.get(30..)).flatten();
    let is_office = member.is_some_and(|name| {
        [&b"[Content_Types].xml"[..], b"_rels/", b"word/", b"mimetype"]
            .iter()
            .any(|mark| name.starts_with(mark))
    });
    if is_office { Err(convertible("an office file or a book (.docx, .odt, .epub)", pandoc)) } else { Ok(()) }
}

fn convertible(what: &str, how: &str) -> ReadError {
    ReadError::new(
        "unsupported-format",
        format!("this is {what}, which is not read; convert it first: {how}"),
    )
}

fn of_records(what: &str, how: &str) -> ReadError {
    let message = format!(
        "this is {what}, and records are read as JSON lines, one object a line with `id` and `text`; convert it \
         first: {how}"
    );
    ReadError::new("unsupported-format", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_refused_with_a_way_out() {
        let refused = |name: &str, start: &[u8]| refuse_unsupported(Path::new(name), start).err();
        let docx = [b"PK\x03\x04".as_slice(), &[0; 26], b"[Content_Types].xml"].concat();
        for (name, start) in [
            ("a.docx", docx.as_slice()),
            ("a.txt", b"{\\rtf1"),
            ("a.doc", b"\xD0\xCF\x11\xE0\xA1"),
            ("a.ipynb", b" {\"cells\": []}"),
            ("a.JSON", b"\n[{}]"),
            ("a.csv", b"id,text\n"),
        ] {
            let error = refused(name, start).unwrap();
            assert_eq!(error.kind, "unsupported-format", "{name}");
            assert!(error.message.contains("convert it first: "), "{name}: {}", error.message);
        }
        let zip = [b"PK\x03\x04".as_slice(), &[0; 26], b"main.tex"].concat();
        for (name, start) in
            [("a.zip", zip.as_slice()), ("a.json", b"{\"text\": 1}"), ("a.rst", b"Text"), ("-", b"[1] cited")]
        {
            assert_eq!(refused(name, start), None, "{name}");
        }
    }
}
