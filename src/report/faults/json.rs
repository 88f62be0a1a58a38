//! Faults as JSON, for programs.

use serde_json::{Value, json};

use super::level;
use crate::catalogue::Fault;

/// Returns all faults as one JSON value.
pub fn faults_json(faults: &[Fault]) -> Value {
    let warnings = faults.iter().filter(|fault| fault.check.is_warning()).count();
    json!({
        "errors": faults.len() - warnings,
        "warnings": warnings,
        "faults": faults.iter().map(fault_json).collect::<Vec<_>>(),
    })
}

fn fault_json(fault: &Fault) -> Value {
    json!({
        "level": level(fault),
        "check": fault.check,
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "end_column": fault.end_column(),
        "text": fault.marked(),
        "message": fault.message,
        "help": fault.help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::faults::samples::faults;

    #[test]
    fn a_program_gets_place_text_cause_and_help() {
        insta::assert_json_snapshot!(faults_json(&faults()));
    }
}
