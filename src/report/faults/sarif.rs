//! Faults in the Static Analysis Results Interchange Format, version 2.1.0.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{level, message_with_help};
use crate::catalogue::{Check, Fault};

/// All faults as one SARIF log.
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

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::faults::samples::faults;

    #[test]
    fn a_log_names_every_check_and_places_every_fault() {
        let log = faults_sarif(&faults());
        let (run, rules) = (&log["runs"][0], &log["runs"][0]["tool"]["driver"]["rules"]);
        assert_eq!(rules.as_array().map(Vec::len), Some(Check::ALL.len()));
        insta::assert_json_snapshot!(run["results"]);
    }
}
