//! Faults as workflow commands of GitHub Actions, which displays them beside the changed lines.

use std::fmt::Write as _;

use super::{level, message_with_help};
use crate::catalogue::Fault;
use crate::report::visible;

/// Formats faults as one command per line.
pub fn faults_github(faults: &[Fault]) -> String {
    let mut text = String::new();
    for fault in faults {
        let _ = writeln!(
            text,
            "::{} file={},line={},col={},endColumn={},title={}::{}",
            level(fault),
            property(&fault.file),
            fault.line,
            fault.column,
            fault.end_column(),
            property(&format!("byname: {}", fault.check)),
            value(&message_with_help(fault))
        );
    }
    text
}

/// Escapes a text for the part of a command after its second pair of colons.
pub(in crate::report) fn value(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a text for a property, which comes before that.
pub(in crate::report) fn property(text: &str) -> String {
    value(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::faults::samples::faults;

    #[test]
    fn each_fault_is_one_command_whatever_it_says() {
        insta::assert_snapshot!(faults_github(&faults()));
    }
}
