//! Classes of a layer that nothing uses.

use toml::de::DeTable;

use crate::catalogue::{Catalogue, Check, ClassSet, Element, Fault, Layer};

/// Notes every class that a layer over the lowest one describes and that no rule asks for, directly or
/// through a class that it belongs to. The program itself knows classes of the lowest layer by name.
pub(super) fn look(catalogue: &Catalogue, layers: &[Layer], faults: &mut Vec<Fault>) {
    let lexicon = &catalogue.lexicon;
    let mut used = ClassSet::default();
    for rule in &catalogue.rules {
        for places in [&rule.wanted, &rule.unless] {
            used.extend(places.regex.as_ref().map(|regex| regex.classes).unwrap_or_default());
            for (_, pattern) in places.patterns() {
                pattern.pattern.for_each_element(&mut |element| {
                    if let Element::Class(class) | Element::NotClass(class) = element {
                        used.insert(*class);
                    }
                });
            }
        }
    }
    let Some((lowest, others)) = layers.split_first() else { return };
    for name in names_of(lowest).into_iter().map(|(_, name, _)| name) {
        used.extend(lexicon.class(&name).map(ClassSet::one).unwrap_or_default());
    }
    for (file, name, at) in others.iter().flat_map(names_of) {
        let Some(class) = lexicon.class(&name).and_then(|id| lexicon.classes.get(usize::from(id.0))) else {
            continue;
        };
        let speaks = class.tells.is_some() || class.head.is_some() || class.count.is_some();
        if !speaks && !class.lineage.has_any(used) {
            faults.push(
                Fault::at(file, at, format!("nothing uses the class `{name}`"))
                    .of(Check::UnusedClass)
                    .help("let a rule ask for it, give it `tells`, or put it `in` a class that is used"),
            );
        }
    }
}

/// The classes that the lexicon files of a layer hold, and where.
fn names_of(layer: &Layer) -> Vec<(&crate::catalogue::CatalogueFile, String, usize)> {
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
        let lexicon = "[idle]\nabout = 'x'\nwords = ['zorp']\n\n[told]\nabout = 'x'\ntells = { access = 'open' }\nwords = ['zarp']\n\n[below]\nabout = 'x'\nin = ['modifier']\nwords = ['zirp']\n";
        let warnings = warnings_of_files(&[("lexicon/own.toml", lexicon)]);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(
            warnings[0].starts_with("x/lexicon/own.toml:1:2: nothing uses the class `idle`"),
            "{warnings:?}"
        );
    }
}
