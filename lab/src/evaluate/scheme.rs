//! The meaning of the labels of a gold file: the kinds and types of mention that each stands for.

use std::path::{Path, PathBuf};

use byname::catalogue::{CatalogueFile, EntityType, Fault, Kind, LoadError};
use byname::named_enum;
use serde::Deserialize;
use toml::Spanned;

named_enum! {
    /// The unit of the offsets of a gold file.
    pub enum Offsets {
        /// Bytes of UTF-8, as in the program's own output.
        Bytes => "bytes",
        /// Characters, as most annotation tools count.
        Characters => "characters",
    }
}

named_enum! {
    /// The criterion by which a found mention counts as partly right.
    pub enum Partial {
        /// It overlaps a gold mention of its label. One mention may match several.
        Overlap => "overlap",
        /// It shares its head with a gold mention of its label: both end at about the same place, or one ends
        /// inside the other. Each mention matches at most one.
        Head => "head",
    }
}

/// One label of a gold file.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The name of the label in the gold file.
    pub name: String,
    /// The types of entity that it stands for.
    pub types: Vec<EntityType>,
    /// The kinds of mention that it stands for.
    pub kinds: Vec<Kind>,
    /// `true` if its mentions must be found; those of other labels count neither way.
    pub counted: bool,
    /// Weight of one of its mentions in a fit; by default 1, or 0 if it is not counted.
    pub weight: f64,
}

impl Label {
    fn holds(&self, kind: Kind, entity_type: EntityType) -> bool {
        self.kinds.contains(&kind) && self.types.contains(&entity_type)
    }
}

/// The format and labels by which gold files are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// The field of a record that holds its id.
    pub id_field: String,
    /// The field of a record that holds its mentions.
    pub mentions_field: String,
    /// The unit of offsets in records. Stand-off files always count characters.
    pub offsets: Offsets,
    /// The criterion for partly right mentions.
    pub partial: Partial,
    /// Weight of one noun phrase of these files in a fit.
    pub weight: f64,
    /// Weight in a fit of a mention of which the person was not sure, relative to a sure one; 0 to 1.
    pub unsure: f64,
    /// Set when the texts were chosen for the mentions that they hold. How often each kind occurs in them then
    /// says nothing about other papers; a fit of contexts estimates that apart and leaves it out.
    pub chosen: bool,
    /// The labels.
    pub labels: Vec<Label>,
    /// Labels of the gold files to ignore, since the program does not look for what they mark.
    pub ignore: Vec<String>,
}

impl Default for Scheme {
    /// Returns the scheme of the program's own format, with a label for each kind and type, such as
    /// `described-model`.
    fn default() -> Self {
        let reported = Kind::ALL.iter().filter(|kind| **kind != Kind::NoMention);
        let of_kind = |kind: &Kind| {
            let kind = *kind;
            EntityType::ALL.iter().map(move |entity_type| Label {
                name: format!("{kind}-{entity_type}"),
                types: vec![*entity_type],
                kinds: vec![kind],
                counted: true,
                weight: 1.0,
            })
        };
        Self {
            id_field: "id".to_string(),
            mentions_field: "mentions".to_string(),
            offsets: Offsets::Bytes,
            partial: Partial::Overlap,
            weight: 1.0,
            unsure: 0.0,
            chosen: false,
            labels: reported.flat_map(of_kind).collect(),
            ignore: Vec::new(),
        }
    }
}

impl Scheme {
    /// Returns the label of a mention in a gold file, by its name there; `None` for one to ignore.
    ///
    /// # Errors
    /// Fails if the scheme does not know the name.
    pub fn label_named(&self, name: &str) -> Result<Option<usize>, String> {
        let label = self.labels.iter().position(|label| label.name == name);
        if label.is_some() || self.ignore.iter().any(|ignored| ignored == name) {
            return Ok(label);
        }
        let known: Vec<&str> = self.labels.iter().map(|label| label.name.as_str()).collect();
        Err(format!("label `{name}` is none of: {}; --labels can say what it means", known.join(", ")))
    }

    /// Returns the label of a found mention; `None` if the gold files do not annotate such mentions.
    pub fn label_of(&self, kind: Kind, entity_type: EntityType) -> Option<usize> {
        self.labels.iter().position(|label| label.holds(kind, entity_type))
    }
}

/// Gold files and the scheme by which they are read.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldDescription {
    /// The files and folders that the description lists, resolved against its own folder.
    pub files: Vec<PathBuf>,
    /// The scheme by which they are read.
    pub scheme: Scheme,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DescriptionEntry {
    #[serde(default)]
    files: Vec<Spanned<String>>,
    id_field: Option<String>,
    mentions_field: Option<String>,
    offsets: Option<Offsets>,
    partial: Option<Partial>,
    weight: Option<Spanned<f64>>,
    unsure: Option<Spanned<f64>>,
    #[serde(default)]
    chosen: bool,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    label: Vec<Spanned<LabelEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LabelEntry {
    name: String,
    types: Option<Vec<EntityType>>,
    kinds: Option<Vec<Kind>>,
    #[serde(default = "yes")]
    counted: bool,
    weight: Option<f64>,
}

fn yes() -> bool {
    true
}

impl GoldDescription {
    /// Reads a description of gold files. The labels of [`Scheme::default`] apply if it gives none.
    ///
    /// # Errors
    /// Every fault of the file, such as unknown keys, a label without kinds, or two labels with the same
    /// meaning.
    pub fn read(path: &Path) -> Result<Self, LoadError> {
        let mut file = CatalogueFile {
            shown: path.display().to_string(),
            path: String::new(),
            text: String::new().into(),
        };
        match std::fs::read_to_string(path) {
            Ok(text) => file.text = text.into(),
            Err(error) => {
                return Err(LoadError {
                    faults: vec![Fault::at(&file, 0, format!("cannot be read: {error}"))],
                });
            }
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&file, folder)
    }

    fn parse(file: &CatalogueFile, folder: &Path) -> Result<Self, LoadError> {
        let entry: DescriptionEntry = file.parse().map_err(|fault| LoadError { faults: vec![fault] })?;
        let mut faults = Vec::new();
        let mut scheme = Scheme::default();
        if let Some(weight) = entry.weight {
            if !(weight.get_ref().is_finite() && *weight.get_ref() > 0.0) {
                faults.push(Fault::at(file, weight.span().start, "`weight` must be above 0"));
            }
            scheme.weight = weight.into_inner();
        }
        if let Some(unsure) = entry.unsure {
            if !(0.0..=1.0).contains(unsure.get_ref()) {
                faults.push(Fault::at(file, unsure.span().start, "`unsure` lies between 0 and 1"));
            }
            scheme.unsure = unsure.into_inner();
        }
        scheme.id_field = entry.id_field.unwrap_or(scheme.id_field);
        scheme.mentions_field = entry.mentions_field.unwrap_or(scheme.mentions_field);
        scheme.offsets = entry.offsets.unwrap_or(scheme.offsets);
        scheme.partial = entry.partial.unwrap_or(scheme.partial);
        scheme.chosen = entry.chosen;
        scheme.ignore = entry.ignore;
        if !entry.label.is_empty() {
            scheme.labels = read_labels(entry.label, file, &mut faults);
        }
        if faults.is_empty() {
            let files = entry.files.into_iter().map(|name| folder.join(name.into_inner()));
            Ok(Self { files: files.collect(), scheme })
        } else {
            Err(LoadError { faults })
        }
    }
}

fn read_labels(
    entries: Vec<Spanned<LabelEntry>>,
    file: &CatalogueFile,
    faults: &mut Vec<Fault>,
) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for entry in entries {
        let at = entry.span().start;
        let LabelEntry { name, types, kinds, counted, weight } = entry.into_inner();
        if weight.is_some_and(|weight| !(weight.is_finite() && weight >= 0.0)) {
            faults.push(Fault::at(file, at, format!("the weight of label `{name}` must not be below 0")));
        }
        let label = Label {
            name,
            types: types.unwrap_or_else(|| EntityType::ALL.to_vec()),
            kinds: kinds.unwrap_or_else(|| {
                Kind::ALL.iter().copied().filter(|kind| *kind != Kind::NoMention).collect()
            }),
            counted,
            weight: weight.unwrap_or(if counted { 1.0 } else { 0.0 }),
        };
        if label.kinds.is_empty() || label.types.is_empty() || label.kinds.contains(&Kind::NoMention) {
            let message = format!("label `{}` stands for no mention", label.name);
            faults.push(Fault::at(file, at, message).help("give it `kinds` and `types` that are reported"));
        }
        for other in &labels {
            let shared = other
                .types
                .iter()
                .any(|entity_type| other.kinds.iter().any(|kind| label.holds(*kind, *entity_type)));
            if shared || other.name == label.name {
                let message = format!("labels `{}` and `{}` mean the same mentions", other.name, label.name);
                let help = "let every kind and type belong to one label, named once";
                faults.push(Fault::at(file, at, message).help(help));
            }
        }
        labels.push(label);
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<GoldDescription, LoadError> {
        let file = CatalogueFile { shown: "gold.toml".into(), path: String::new(), text: text.into() };
        GoldDescription::parse(&file, Path::new("sets"))
    }

    #[test]
    fn every_reported_mention_has_one_label_by_default() {
        let scheme = Scheme::default();
        assert_eq!(scheme.labels.len(), 18);
        let label = scheme.label_of(Kind::Own, EntityType::Dataset).unwrap();
        assert_eq!(scheme.labels[label].name, "own-dataset");
        assert_eq!(scheme.label_of(Kind::NoMention, EntityType::Model), None);
    }

    #[test]
    fn a_description_names_files_and_labels() {
        let gold = parse(
            "files = ['a.jsonl']\noffsets = 'characters'\npartial = 'head'\n\
             [[label]]\nname = 'Data'\ntypes = ['dataset']\nkinds = ['named']\n",
        )
        .unwrap();
        assert_eq!(gold.files, [Path::new("sets/a.jsonl")]);
        assert_eq!((gold.scheme.offsets, gold.scheme.partial), (Offsets::Characters, Partial::Head));
        assert_eq!(gold.scheme.label_of(Kind::Named, EntityType::Dataset), Some(0));
        assert_eq!(gold.scheme.label_of(Kind::Named, EntityType::Model), None);
    }

    #[test]
    fn faults_name_their_line_and_cause() {
        for (text, place, cause) in [
            ("ofsets = 'bytes'", "gold.toml:1:1", "unknown field `ofsets`"),
            ("weight = 0.0", "gold.toml:1:10", "above 0"),
            ("\n[[label]]\nname = 'a'\nkinds = []", "gold.toml:2:1", "stands for no mention"),
            ("[[label]]\nname = 'a'\n[[label]]\nname = 'b'\nkinds = ['own']", "gold.toml:3:1", "`a` and `b`"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.starts_with(place) && message.contains(cause), "{message}");
        }
    }
}
