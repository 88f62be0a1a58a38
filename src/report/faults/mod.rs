//! Faults of catalogue files: for users, programs and code-review services.

mod github;
mod json;
mod sarif;
mod text;

pub use github::faults_github;
pub(super) use github::{property as github_property, value as github_value};
pub use json::faults_json;
pub use sarif::faults_sarif;
pub(super) use sarif::uri;
pub use text::faults_text;

use crate::catalogue::Fault;

/// Returns `error` or `warning`.
fn level(fault: &Fault) -> &'static str {
    if fault.check.is_warning() { "warning" } else { "error" }
}

/// Returns the message, followed by the help if there is any.
fn message_with_help(fault: &Fault) -> String {
    match &fault.help {
        Some(help) => format!("{}\n{help}", fault.message),
        None => fault.message.clone(),
    }
}

#[cfg(test)]
mod samples {
    use crate::catalogue::{CatalogueFile, Check, Fault};

    /// Returns an error and a warning in one file.
    pub(super) fn faults() -> Vec<Fault> {
        let file = CatalogueFile {
            shown: "own/rules/described/a rule.toml".into(),
            path: String::new(),
            text: "summary = 's'\nphrase = \"é {modle} (big | _)\"\n".into(),
        };
        let at = |text: &str| file.text.find(text).unwrap();
        vec![
            Fault::at(&file, at("{modle}"), "there is no lexicon class `modle`")
                .help("did you mean {model}?"),
            Fault::over(&file, at("big")..at("big") + 3, "another alternative says 100%\nof this")
                .of(Check::NeedlessAlternative),
        ]
    }
}
