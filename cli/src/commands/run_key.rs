//! The key under which results are kept.

use byname::resolve::State;

use super::context::Context;
use super::load::Loaded;
use super::paper_options::{fields, limits};
use super::values::ScanFormat;
use crate::config::Settings;

/// Returns everything that results depend on apart from the papers: the key under which they are kept and
/// found.
pub(super) fn run_key(
    formats: &[ScanFormat],
    only: Option<State>,
    settings: &Settings,
    loaded: &Loaded,
    context: &Context,
) -> Vec<String> {
    let mut key = vec![
        byname::BUILD.to_string(),
        loaded.fingerprint.clone(),
        format!("{formats:?} {only:?}"),
        context.colours().to_string(),
    ];
    key.extend(of_settings(settings));
    key
}

/// Returns the settings' part of the key. Every setting is named here, so that a new one cannot be forgotten.
fn of_settings(settings: &Settings) -> [String; 4] {
    let Settings {
        mentions,
        profile,
        levels,
        min_confidence,
        level,
        floor,
        text_field: _, // in `fields`
        id_field: _,
        max_document_size: _, // in `limits`
        max_depth: _,
        max_unpacking: _,
        max_pages: _,
        // The fingerprint of the catalogue tells of it.
        catalog: _,
        // The key of each paper holds what is known of it.
        date: _,
        organisation: _,
        overrides: _,
        // They decide what is read, how, and what the exit status is, and no byte of a result.
        extend: _,
        fail_on: _,
        exclude: _,
        include: _,
        jobs: _,
        cache: _,
    } = settings;
    [
        format!("{profile} {levels:?} {min_confidence:?} {level}"),
        mentions.name().to_string(),
        format!("{floor:?}"),
        format!("{:?} {:?}", fields(settings), limits(settings)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Configuration;

    /// Keys that do not change the results kept for a paper, or that other parts of the key cover.
    const ELSEWHERE: [&str; 10] = [
        "extend",
        "catalog",
        "date",
        "organisation",
        "override",
        "fail-on",
        "exclude",
        "include",
        "jobs",
        "cache",
    ];

    /// Gives a key another value, for each key that affects results.
    fn other(key: &str, configuration: &mut Configuration) {
        match key {
            "mentions" => configuration.set("mentions", "x", "all"),
            "profile" => configuration.set("profile", "x", "versions"),
            "levels" => {
                let levels = std::collections::BTreeMap::from([("disclosure/nameless", "error")]);
                configuration.set("levels", "x", levels);
            }
            "min-confidence" => configuration.set("min-confidence", "x", 0.5),
            "level" => configuration.set("level", "x", "hint"),
            "floor" => configuration.set("floor", "x", 0.123),
            "text-field" => configuration.set("text-field", "x", "body"),
            "id-field" => configuration.set("id-field", "x", "doi"),
            "max-document-size" => configuration.set("max-document-size", "x", "1KiB"),
            "max-depth" => configuration.set("max-depth", "x", 3),
            "max-unpacking" => configuration.set("max-unpacking", "x", 3),
            "max-pages" => configuration.set("max-pages", "x", 3),
            key => panic!("`{key}` is new: put it into `of_settings` and here, or into ELSEWHERE"),
        }
    }

    #[test]
    fn every_key_that_shapes_results_makes_another_run() {
        let schema = crate::schema::FileKind::Config.schema();
        let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert!(keys.len() > ELSEWHERE.len());
        let usual = of_settings(&Configuration::defaults().settings().unwrap());
        for key in keys.into_iter().filter(|key| !ELSEWHERE.contains(&key.as_str())) {
            let mut configuration = Configuration::defaults();
            other(key, &mut configuration);
            assert_ne!(of_settings(&configuration.settings().unwrap()), usual, "{key}");
        }
    }
}
