//! Conversion between paths and the URIs of clients.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// Characters to escape: all but those that a URI's path may hold unescaped.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':');

/// Returns the path of a URI; `None` if it is not a local file, such as a text that was never saved.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let path = rest.find('/').map(|at| rest.split_at(at))?;
    let path = Some(path.1).filter(|_| path.0.is_empty() || path.0.eq_ignore_ascii_case("localhost"))?;
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let is_drive = matches!(bytes[..], [b'/', drive, b':', ..] if drive.is_ascii_alphabetic());
    path_of_bytes(if cfg!(windows) && is_drive { &bytes[1..] } else { &bytes })
}

#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}

/// Returns the URI of a path.
pub(super) fn uri_of(path: &Path) -> String {
    let path = path.as_os_str().as_encoded_bytes();
    let path: Vec<u8> = if cfg!(windows) {
        path.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect()
    } else {
        path.to_vec()
    };
    let slash = if path.starts_with(b"/") { "" } else { "/" };
    format!("file://{slash}{}", percent_encode(&path, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_and_names_lead_to_each_other() {
        for (path, uri) in [
            ("/a/b.tex", "file:///a/b.tex"),
            ("/Übung 1/50%.md", "file:///%C3%9Cbung%201/50%25.md"),
            ("/a#b?c.txt", "file:///a%23b%3Fc.txt"),
        ] {
            assert_eq!(uri_of(Path::new(path)), uri);
            assert_eq!(path_of(uri).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(path_of("FILE://localhost/a").as_deref(), Some(Path::new("/a")));
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for uri in ["untitled:Untitled-1", "http://a/b.md", "file://server/a", "file:", "", "file://"] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
