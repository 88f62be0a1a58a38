//! Lexicon classes: the named word lists that rules and the noun phrase grammar are built from.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use serde::Deserialize;
use toml::Spanned;

use super::class_set::{ClassId, ClassSet, MAX_CLASSES};
use super::expression::ClassReadings;
use super::{CatalogueFile, EntityType, Fault, Trait};

/// The built-in classes, with descriptions: the program assigns them by the form of a unit of text, not by
/// its words.
pub const BUILT_IN_CLASSES: &[(&str, &str)] = &[
    ("name", "the name of a system of the catalogue, or one that the paper coins"),
    ("number", "a word that begins with a digit: 12, 3.5, 7B"),
    ("size", "a count of parameters: 7B, 137-billion-parameter"),
    ("quantity", "any stated quantity, a size too"),
    ("capitalised", "a word that begins with a capital letter"),
    ("acronym", "a word of two or more capital letters"),
    ("mixed-case", "a word with capitals or digits inside, as coined names have"),
    ("unlisted", "a word in no class of the lexicon"),
    ("joined", "a word joined to the one before it by a hyphen"),
    ("maker", "the name of an organisation that may make systems: a company, a laboratory, a community"),
];

/// A class of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Its name in rules.
    pub name: String,
    /// A one-sentence description of the class.
    pub about: String,
    /// Its words and phrases, in lower case.
    pub words: Vec<String>,
    /// The class itself and every class that it belongs to.
    pub lineage: ClassSet,
    /// The trait of a system that a word of the class expresses, and its value.
    pub tells: Option<(Trait, String)>,
    /// For words that can end a mention: the entity type that they stand for.
    pub head: Option<EntityType>,
    /// For heads: `true` if they stand for several entities.
    pub plural: bool,
    /// For counts: the number that every word of the class means.
    pub count: Option<u32>,
    /// For counts: the number that each word means, where the words differ.
    pub numbers: BTreeMap<String, u32>,
}

/// The classes of a catalogue. Clones share them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lexicon {
    /// The classes, built-in ones first.
    pub classes: Arc<Vec<Class>>,
    by_name: Arc<HashMap<String, ClassId, FixedState>>,
    /// The classes as parts of regular expressions.
    pub(super) readings: ClassReadings,
    /// Set when all of the catalogue is the built-in one, whose expressions are known to be sound.
    pub(super) is_built_in: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClassEntry {
    about: Option<String>,
    #[serde(default, rename = "in")]
    parents: Vec<Spanned<String>>,
    #[serde(default)]
    tells: BTreeMap<Spanned<String>, String>,
    head: Option<EntityType>,
    #[serde(default)]
    plural: bool,
    count: Option<u32>,
    /// Words of the class that mean a number each.
    #[serde(default)]
    numbers: BTreeMap<Spanned<String>, u32>,
    #[serde(default)]
    words: Vec<Spanned<String>>,
}

impl Lexicon {
    /// Returns the class of a name as a set; empty if there is no such class.
    pub fn set_of(&self, name: &str) -> ClassSet {
        self.class(name).map(ClassSet::one).unwrap_or_default()
    }

    /// Returns the words of a class, without those of the classes in it.
    pub fn words_of(&self, class: ClassSet) -> Vec<String> {
        let found = self.classes.iter().find(|other| self.set_of(&other.name) == class);
        found.map(|class| class.words.clone()).unwrap_or_default()
    }

    /// Returns every class except the built-in ones.
    pub fn listed(&self) -> ClassSet {
        let mut listed = ClassSet::default();
        let is_built_in = |class: &&Class| BUILT_IN_CLASSES.iter().any(|(name, _)| *name == class.name);
        for class in self.classes.iter().filter(|class| !is_built_in(class)) {
            listed.extend(self.set_of(&class.name));
        }
        listed
    }

    /// Reads the files under `lexicon/`; a class defined in several files gets the words of all.
    pub fn read(files: &[&CatalogueFile]) -> Result<Self, Vec<Fault>> {
        let mut lexicon = Self::default();
        let mut faults = Vec::new();
        for (name, about) in BUILT_IN_CLASSES {
            lexicon.add(name, about);
        }
        let built_in = lexicon.classes.len();

        let mut parents = Vec::new();
        for file in files {
            let entries: BTreeMap<Spanned<String>, ClassEntry> = match file.parse() {
                Ok(entries) => entries,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            for (name, entry) in entries {
                let at = name.span().start;
                let name = name.into_inner();
                let id = match lexicon.class(&name) {
                    Some(id) if usize::from(id.0) < built_in => {
                        faults.push(
                            Fault::at(
                                file,
                                at,
                                format!("class `{name}` is built in and cannot be given words"),
                            )
                            .help("choose another name for the class"),
                        );
                        continue;
                    }
                    Some(id) => id,
                    None if lexicon.classes.len() == MAX_CLASSES => {
                        faults.push(
                            Fault::at(
                                file,
                                at,
                                format!("class `{name}` is one too many: a catalogue holds {MAX_CLASSES}"),
                            )
                            .help("join classes that no rule tells apart"),
                        );
                        continue;
                    }
                    None => match &entry.about {
                        Some(about) => lexicon.add(&name, about),
                        None => {
                            faults.push(
                                Fault::at(file, at, format!("class `{name}` does not say what it is"))
                                    .help("add `about = \"...\"`; only a class that another file describes can go without"),
                            );
                            continue;
                        }
                    },
                };
                lexicon.fill(id, entry, file, &mut parents, &mut faults);
            }
        }
        lexicon.link(parents, &mut faults);
        if faults.is_empty() { Ok(lexicon) } else { Err(faults) }
    }

    /// Returns the class of a name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.by_name.get(name).copied()
    }

    fn add(&mut self, name: &str, about: &str) -> ClassId {
        let id = ClassId(self.classes.len() as u8); // MAX_CLASSES fits
        Arc::make_mut(&mut self.by_name).insert(name.to_string(), id);
        Arc::make_mut(&mut self.classes).push(Class {
            name: name.to_string(),
            about: about.to_string(),
            words: Vec::new(),
            lineage: ClassSet::one(id),
            tells: None,
            head: None,
            plural: false,
            count: None,
            numbers: BTreeMap::new(),
        });
        id
    }

    fn fill<'a>(
        &mut self,
        id: ClassId,
        entry: ClassEntry,
        file: &'a CatalogueFile,
        parents: &mut Vec<(ClassId, Spanned<String>, &'a CatalogueFile)>,
        faults: &mut Vec<Fault>,
    ) {
        let class = &mut Arc::make_mut(&mut self.classes)[usize::from(id.0)];
        // Another file may list a word again, as a copied catalogue does; one list may not.
        let listed_before: HashSet<String, FixedState> = class.words.iter().cloned().collect();
        let mut seen: HashSet<String, FixedState> = HashSet::default();
        let numbers = entry.numbers.into_iter().map(|(word, number)| (word, Some(number)));
        for (word, number) in numbers.chain(entry.words.into_iter().map(|word| (word, None))) {
            let at = word.span().start;
            let word = word.into_inner();
            if word.trim().is_empty() {
                faults.push(Fault::at(file, at, "an empty word").help("take it out"));
            } else if word.chars().any(char::is_uppercase) {
                faults.push(
                    Fault::at(file, at, format!("`{word}` has a capital letter"))
                        .help("write words in lower case; text is matched without regard to case"),
                );
            } else if !seen.insert(word.clone()) {
                faults.push(Fault::at(file, at, format!("`{word}` stands twice in class `{}`", class.name)));
            } else {
                class.numbers.extend(number.map(|number| (word.clone(), number)));
                if !listed_before.contains(&word) {
                    class.words.push(word);
                }
            }
        }
        for (wanted, value) in entry.tells {
            match wanted.get_ref().parse() {
                Ok(wanted) => class.tells = Some((wanted, value)),
                Err(problem) => faults.push(Fault::at(file, wanted.span().start, problem)),
            }
        }
        class.head = entry.head.or(class.head);
        class.plural |= entry.plural;
        class.count = entry.count.or(class.count);
        parents.extend(entry.parents.into_iter().map(|parent| (id, parent, file)));
    }

    /// Fills the lineage of every class: the classes that it belongs to, directly or through others.
    fn link(&mut self, parents: Vec<(ClassId, Spanned<String>, &CatalogueFile)>, faults: &mut Vec<Fault>) {
        let mut edges = Vec::new();
        for (child, parent, file) in parents {
            match self.class(parent.get_ref()) {
                Some(id) => edges.push((child, id)),
                None => faults.push(
                    Fault::at(file, parent.span().start, format!("there is no class `{}`", parent.get_ref()))
                        .help("define it in a file under lexicon/, with `about`"),
                ),
            }
        }
        for _ in 0..self.classes.len() {
            let mut changed = false;
            for (child, parent) in &edges {
                let inherited = self.classes[usize::from(parent.0)].lineage;
                let lineage = &mut Arc::make_mut(&mut self.classes)[usize::from(child.0)].lineage;
                changed |= !lineage.has_all(inherited);
                lineage.extend(inherited);
            }
            if !changed {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> CatalogueFile {
        CatalogueFile::new("lexicon/x.toml", text)
    }

    #[test]
    fn a_set_gives_its_classes_in_order() {
        let mut set = ClassSet::default();
        for class in [255, 0, 64, 63, 191] {
            set.insert(ClassId(class));
        }
        assert_eq!(set.iter().map(|class| class.0).collect::<Vec<_>>(), [0, 63, 64, 191, 255]);
        assert_eq!(ClassSet::default().iter().next(), None);
    }

    #[test]
    fn a_class_belongs_to_its_parents_parents() {
        let text = "[a]\nabout='x'\nin=['b']\nwords=['one']\n[b]\nabout='x'\nin=['c']\n[c]\nabout='x'\n";
        let lexicon = Lexicon::read(&[&file(text)]).unwrap();
        let class = |name: &str| lexicon.class(name).unwrap();
        assert!(lexicon.classes[usize::from(class("a").0)].lineage.has(class("c")));
        assert!(!lexicon.classes[usize::from(class("c").0)].lineage.has(class("a")));
    }

    #[test]
    fn a_second_file_adds_words_to_a_class() {
        let first = file("[a]\nabout='x'\nwords=['one']\n");
        let second = file("[a]\nwords=['two']\n");
        let lexicon = Lexicon::read(&[&first, &second]).unwrap();
        assert_eq!(lexicon.classes[usize::from(lexicon.class("a").unwrap().0)].words, ["one", "two"]);
    }

    #[test]
    fn a_second_file_may_list_a_word_again() {
        let file = file("[a]\nabout='x'\nwords=['one']\n");
        let lexicon = Lexicon::read(&[&file, &file]).unwrap();
        assert_eq!(lexicon.classes[usize::from(lexicon.class("a").unwrap().0)].words, ["one"]);
    }

    #[test]
    fn each_fault_names_its_line_and_cause() {
        for (text, line, cause) in [
            ("[a]\nabout='x'\nwords=['One']\n", 3, "capital letter"),
            ("[a]\nabout='x'\nin=['nowhere']\n", 3, "there is no class `nowhere`"),
            ("[a]\nwords=['one']\n", 1, "does not say what it is"),
            ("[a]\nabout='x'\ncolour='red'\n", 3, "unknown field `colour`"),
            ("[a]\nabout='x'\ntells={mood='good'}\n", 3, "`mood` is none of"),
            ("[name]\nwords=['one']\n", 1, "is built in"),
            ("[a]\nabout='x'\nwords=['one', 'one']\n", 3, "stands twice"),
        ] {
            let faults = Lexicon::read(&[&file(text)]).unwrap_err();
            assert_eq!(faults.len(), 1, "{text}");
            assert_eq!(faults[0].line, line, "{text}: {}", faults[0]);
            assert!(faults[0].message.contains(cause), "{}", faults[0]);
        }
    }
}
