//! Checks for word classes that nothing uses.

use byname::catalogue::{Catalogue, Check, Class, ClassSet, Fault, GrammarClasses, Layer};
use toml::de::DeTable;

/// Reports every class that carries no meaning by itself and that no rule and no grammar uses, directly or
/// through a class that it belongs to.
pub(super) fn look(catalogue: &Catalogue, layers: &[Layer], faults: &mut Vec<Fault>) {
    let lexicon = &catalogue.lexicon;
    let mut used = ClassSet::default();
    catalogue.rules.iter().for_each(|rule| used.extend(rule.classes()));
    for class in lexicon.classes.iter().filter(|class| speaks(class)) {
        used.extend(lexicon.set_of(&class.name));
    }
    GrammarClasses::NAMES.iter().for_each(|name| used.extend(lexicon.set_of(name)));
    for (file, name, at) in layers.iter().flat_map(names_of) {
        let Some(class) = lexicon.class(&name).and_then(|id| lexicon.classes.get(usize::from(id.0))) else {
            continue;
        };
        if !class.lineage.has_any(used) {
            faults.push(
                Fault::at(file, at, format!("nothing uses the class `{name}`"))
                    .of(Check::UnusedClass)
                    .help("let a rule ask for it, give it `tells`, or put it `in` a class that is used"),
            );
        }
    }
}

/// Returns whether the words of a class carry meaning wherever they occur: a trait, a head word's type or a
/// count.
fn speaks(class: &Class) -> bool {
    class.tells.is_some() || class.head.is_some() || class.count.is_some()
}

/// Returns the classes of a layer's lexicon files, each with its file and byte offset.
fn names_of(layer: &Layer) -> Vec<(&byname::catalogue::CatalogueFile, String, usize)> {
    let mut names = Vec::new();
    for file in layer.files.iter().filter(|file| file.path.starts_with("lexicon/")) {
        let Ok(table) = DeTable::parse(&file.text) else { continue };
        for (name, _) in table.into_inner() {
            let at = name.span().start;
            names.push((file, name.into_inner().into_owned(), at));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::check::samples::warnings_of_files;

    #[test]
    fn a_class_of_a_layer_that_nothing_uses_is_told() {
        let lexicon = "[idle]\nabout = 'x'\nwords = ['zorp']\n\n[told]\nabout = 'x'\ntells = { access = 'open' }\nwords = ['zarp']\n\n[below]\nabout = 'x'\nin = ['modifier']\nwords = ['zirp']\n\n[further]\nabout = 'x'\nin = ['language-head']\nwords = ['zurp']\n";
        let warnings = warnings_of_files(&[("lexicon/own.toml", lexicon)]);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(
            warnings[0].starts_with("x/lexicon/own.toml:1:2: nothing uses the class `idle`"),
            "{warnings:?}"
        );
    }
}
