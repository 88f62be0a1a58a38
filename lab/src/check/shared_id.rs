//! Checks for entries with the same id in two packages that do not depend on each other.

use std::collections::HashMap;

use byname::catalogue::{Catalogue, CatalogueFile, Check, Fault, Layer};
use toml::de::{DeTable, DeValue};

/// Reports every rule, rule of thumb and system of a package that replaces one of another package without
/// listing that package under `[needs]`. The lowest layer is exempt, since it is there to be changed.
pub(super) fn look(catalogue: &Catalogue, layers: &[Layer], faults: &mut Vec<Fault>) {
    let mut seen: HashMap<(&str, String), &str> = HashMap::new();
    for (layer, origin) in layers.iter().zip(&catalogue.origins).skip(1) {
        let Some(package) = &origin.package else { continue };
        let needs = |name: &str| package.needs.iter().any(|need| need.name == name);
        for (what, id, file, at) in ids(layer) {
            let key = (what, id);
            if let Some(other) = seen.get(&key).filter(|other| !needs(other)) {
                let (what, id) = (key.0, &key.1);
                let message = format!("the {what} `{id}` takes the place of that of the package `{other}`");
                faults.push(Fault::at(file, at, message).of(Check::SharedId).help(format!(
                    "give it another id, or write under [needs] that this package builds on `{other}`"
                )));
            }
            seen.insert(key, &package.name);
        }
    }
}

/// Returns the rules, rules of thumb and systems of a layer, each with its file and byte offset.
fn ids(layer: &Layer) -> Vec<(&'static str, String, &CatalogueFile, usize)> {
    let mut ids = Vec::new();
    for file in &layer.files {
        if let Some(rule) = file.path.strip_prefix("rules/") {
            ids.push(("rule", rule.trim_end_matches(".toml").to_string(), file, 0));
        } else if let Some(rule) = file.path.strip_prefix("rules-of-thumb/") {
            ids.push(("rule of thumb", rule.trim_end_matches(".toml").to_string(), file, 0));
        } else if file.path.starts_with("systems/") {
            ids.extend(systems(&file.text).into_iter().map(|(id, at)| ("system", id, file, at)));
        }
    }
    ids
}

fn systems(text: &str) -> Vec<(String, usize)> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let Some(DeValue::Array(entries)) = table.get_ref().get("system").map(|value| value.get_ref()) else {
        return Vec::new();
    };
    let id = |entry: &toml::Spanned<DeValue<'_>>| match entry.get_ref() {
        DeValue::Table(entry) => match entry.get("id").map(|id| (id.get_ref(), id.span().start)) {
            Some((DeValue::String(id), at)) => Some((id.to_string(), at)),
            _ => None,
        },
        _ => None,
    };
    entries.iter().filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::warnings;

    fn layer(name: &str, needs: &str) -> Layer {
        let package = format!(
            "name = '{name}'\nversion = '1.0.0'\nlicence = 'MIT'\ndescription = 'd'\n[needs]\n{needs}"
        );
        let system =
            format!("[[system]]\nid = 'bolt-9'\nname = 'Bolt 9'\ntype = 'model'\nsources = ['{name}']\n");
        Layer::of_texts(name, [("byname-package.toml", package), ("systems/a.toml", system)])
    }

    #[test]
    fn an_id_that_two_packages_share_is_told_unless_one_builds_on_the_other() {
        let shared = |needs: &str| -> Vec<String> {
            let layers = [Layer::built_in(), layer("one", ""), layer("two", needs)];
            let faults = warnings(&Catalogue::load(&layers).unwrap(), &layers);
            faults.iter().filter(|fault| fault.check == Check::SharedId).map(ToString::to_string).collect()
        };
        let messages = shared("");
        assert_eq!(messages.len(), 1);
        assert!(
            messages[0].starts_with(
                "two/systems/a.toml:2:6: the system `bolt-9` takes the place of that of the package `one`"
            ),
            "{messages:?}"
        );
        assert!(shared("one = '1'").is_empty());
    }
}
