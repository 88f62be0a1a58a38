//! Search for a system by what the user calls it.

use byname::catalogue::{Catalogue, System, SystemId, spelling_key};

use super::status::CommandError;

/// Least similarity of a suggested name, from 0 to 1.
const ALIKE: f64 = 0.85;
/// Most names that are suggested.
const SUGGESTED: usize = 5;

/// Finds the system with an id, a name or an alias, in any case and with or without hyphens.
pub(super) fn find<'c>(
    catalogue: &'c Catalogue,
    wanted: &str,
) -> Result<(SystemId, &'c System), CommandError> {
    let by_id = |id: SystemId| catalogue.system(id).map(|system| (id, system));
    if let Some(found) = catalogue.systems.by_id(wanted).and_then(by_id) {
        return Ok(found);
    }
    let key = spelling_key(wanted);
    let found: Vec<(SystemId, &System)> = catalogue
        .systems
        .iter()
        .filter(|(_, system)| called(system).any(|name| spelling_key(name) == key))
        .collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(CommandError::new(format!("there is no system `{wanted}`")).help(nearest(catalogue, &key))),
        several => {
            let ids: Vec<String> =
                several.iter().map(|(_, system)| format!("{} ({})", system.id, system.entity_type)).collect();
            Err(CommandError::new(format!("`{wanted}` is a name of more than one system"))
                .help(format!("give the id of one: {}", ids.join(", "))))
        }
    }
}

/// Returns whether each word occurs in the id, a name or an organisation of a system.
pub(super) fn holds(catalogue: &Catalogue, system: &System, words: &[String]) -> bool {
    let makers = system.organisations.iter().filter_map(|maker| catalogue.organisations.get(*maker));
    let texts: Vec<_> =
        called(system).chain(makers.flat_map(|maker| maker.names())).map(spelling_key).collect();
    words.iter().all(|word| {
        let word = spelling_key(word);
        texts.iter().any(|text| text.contains(word.as_ref()))
    })
}

/// Iterates over the id and all names of a system.
fn called(system: &System) -> impl Iterator<Item = &str> {
    std::iter::once(system.id.as_str()).chain(system.names())
}

/// Returns a help text with the names most similar to `key`.
fn nearest(catalogue: &Catalogue, key: &str) -> String {
    let nearness = |system: &System| {
        let of_name = |name: &str| {
            let name = spelling_key(name);
            // Part of a name is near to it, however long the rest of the name is.
            let part = key.chars().count() > 2 && name.contains(key);
            strsim::jaro_winkler(&name, key).max(if part { ALIKE } else { 0.0 })
        };
        called(system).map(of_name).fold(0.0, f64::max)
    };
    let mut near: Vec<(f64, &System)> = catalogue
        .systems
        .iter()
        .map(|(_, system)| (nearness(system), system))
        .filter(|(nearness, _)| *nearness >= ALIKE)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let names: Vec<String> =
        near.iter().take(SUGGESTED).map(|(_, system)| format!("{} ({})", system.name, system.id)).collect();
    if names.is_empty() {
        "`byname systems list` shows all systems".to_string()
    } else {
        format!("did you mean {}?", names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_found_by_any_spelling_of_its_name() {
        let catalogue = Catalogue::built_in().unwrap();
        for wanted in ["lamda", "LaMDA", "LAMDA-137b", "la mda"] {
            assert_eq!(find(&catalogue, wanted).unwrap().1.id, "lamda", "{wanted}");
        }
        let Err(CommandError::Wrong { help: Some(help), .. }) = find(&catalogue, "lamdda") else {
            panic!("no such system")
        };
        assert!(help.contains("LaMDA (lamda)"), "{help}");
        let Err(CommandError::Wrong { help: Some(help), .. }) = find(&catalogue, "qqqqqqqq") else {
            panic!("no such system")
        };
        assert!(help.contains("systems list"), "{help}");
    }

    #[test]
    fn every_word_must_stand_somewhere() {
        let catalogue = Catalogue::built_in().unwrap();
        let lamda = find(&catalogue, "lamda").unwrap().1;
        let holds = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
            holds(&catalogue, lamda, &words)
        };
        assert!(holds(&["google", "LAMDA"]) && holds(&[]) && holds(&["dialog-applications"]));
        assert!(!holds(&["google", "gopher"]));
    }
}
