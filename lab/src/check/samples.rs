//! Sample layers for the tests of the checks.

use byname::catalogue::{Catalogue, Check, Fault, Layer};

use super::warnings;

fn faults(files: &[(&str, &str)]) -> Vec<Fault> {
    let layers = [Layer::built_in(), Layer::of_texts("x", files.iter().copied())];
    let catalogue = Catalogue::load(&layers).unwrap();
    let mut found = warnings(&catalogue, &layers);
    found.retain(|fault| fault.file.starts_with("x/"));
    found
}

fn rule(keys: &str) -> String {
    format!(
        "summary = 's'\nwhy = 'w'\n{keys}\nweight = 1.0\n[[example]]\ntext = 'We ran [a model].'\n\
         [[example]]\ntext = 'Hm.'\nexpect = 'none'\n"
    )
}

/// Returns the texts marked by the warnings of one check on a rule with these keys.
pub(super) fn marked_of(keys: &str, check: Check) -> Vec<String> {
    let found = faults(&[("rules/described/own.toml", &rule(keys))]);
    let found = found.into_iter().filter(|fault| fault.check == check);
    found.map(|fault| fault.marked().trim_matches('\'').to_string()).collect()
}

/// Returns the warnings on a rule with these keys.
pub(super) fn warnings_of(keys: &str) -> Vec<String> {
    warnings_of_rules(&[("described/own", keys)])
}

/// Returns the warnings on rules with these ids and keys.
pub(super) fn warnings_of_rules(rules: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(String, String)> =
        rules.iter().map(|(id, keys)| (format!("rules/{id}.toml"), rule(keys))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    warnings_of_files(&files)
}

/// Returns the warnings on a layer of these files.
pub(super) fn warnings_of_files(files: &[(&str, &str)]) -> Vec<String> {
    faults(files).iter().map(ToString::to_string).collect()
}
