//! Faults in the Static Analysis Results Interchange Format, version 2.1.0.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{level, message_with_help};
use crate::catalogue::{Check, Fault};

/// Returns all faults as one SARIF log.
pub fn faults_sarif(faults: &[Fault]) -> Value {
    let rules: Vec<Value> = Check::ALL
        .iter()
        .map(|check| json!({"id": check.name(), "shortDescription": {"text": check.about()}}))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "byname", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": faults.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn result(fault: &Fault) -> Value {
    let region = json!({
        "startLine": fault.line,
        "startColumn": fault.column,
        "endColumn": fault.end_column(),
    });
    json!({
        "ruleId": fault.check.name(),
        "level": level(fault),
        "message": {"text": message_with_help(fault)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&fault.file)}, "region": region}}],
    })
}

/// Converts a path to a URI reference: without `./` for a path below the working directory, and with
/// `file://` for any other.
pub(in crate::report) fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut clean = normal(&path);
    if clean.starts_with("../")
        && let Ok(folder) = std::env::current_dir()
    {
        clean = normal(&format!("{}/{clean}", folder.display()).replace('\\', "/"));
    }
    let mut uri = String::with_capacity(clean.len() + 8);
    if clean.starts_with('/') {
        uri.push_str("file://");
    } else if let [drive, b':', b'/', ..] = clean.as_bytes()
        && drive.is_ascii_alphabetic()
    {
        uri.push_str(&format!("file:///{}:", char::from(*drive)));
        clean.drain(..2);
    }
    for byte in clean.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// Returns a path without `.` and without folders cancelled by `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    if parts.is_empty() { path.to_string() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::faults::samples::faults;

    #[test]
    fn paths_are_written_as_code_review_finds_them() {
        for (path, written) in [
            ("./a.md", "a.md"),
            ("a/./b/../c d.md", "a/c%20d.md"),
            ("././p//a.md", "p/a.md"),
            ("/tmp/a.md", "file:///tmp/a.md"),
            ("C:\\p\\a.md", "file:///C:/p/a.md"),
            ("2108.00001", "2108.00001"),
            (".", "."),
        ] {
            assert_eq!(uri(path), written, "{path}");
        }
        assert!(uri("../a.md").starts_with("file:///"));
    }

    #[test]
    fn a_log_names_every_check_and_places_every_fault() {
        let log = faults_sarif(&faults());
        let (run, rules) = (&log["runs"][0], &log["runs"][0]["tool"]["driver"]["rules"]);
        assert_eq!(rules.as_array().map(Vec::len), Some(Check::ALL.len()));
        insta::assert_json_snapshot!(run["results"]);
    }
}
