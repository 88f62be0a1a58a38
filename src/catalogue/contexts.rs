//! `contexts.toml`: weights of the words in and around a phrase for each kind of mention, fitted to gold
//! annotations.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use memchr::memmem::FinderRev;
use serde::Deserialize;
use toml::Spanned;

use super::written_text::offset_in_source;
use super::{CatalogueFile, EntityType, Fault, Kind, Layer};
use crate::named_enum;

/// The path of the file within a catalogue folder.
pub(super) const FILE: &str = "contexts.toml";
/// The only version of the file that this program reads. It changes whenever the meaning of a template does.
pub const VERSION: i64 = 1;
/// What stands between a word and its weights.
const DIVIDER: &str = " : ";
/// The largest accepted weight, in log-odds: odds of e^20 to one.
const LARGEST: f64 = 20.0;

named_enum! {
    /// A feature of a noun phrase. Its value is a word, a number or a name.
    pub enum Template {
        /// The head word.
        Head => "head",
        /// The determiner, count or possessive.
        Determiner => "determiner",
        /// The determiner, and the grammatical number of the phrase.
        DeterminerNumber => "determiner-number",
        /// The entity type that the head stands for, and the grammatical number of the phrase.
        Type => "type",
        /// A word of the phrase before its head.
        Inside => "inside",
        /// The word right before the phrase.
        Before1 => "before-1",
        /// The second word before it.
        Before2 => "before-2",
        /// The third word before it.
        Before3 => "before-3",
        /// The fourth word before it.
        Before4 => "before-4",
        /// The word right after the phrase.
        After1 => "after-1",
        /// The second word after it.
        After2 => "after-2",
        /// The third word after it.
        After3 => "after-3",
        /// The fourth word after it.
        After4 => "after-4",
        /// The word before the phrase, and the determiner of the phrase.
        BeforeDeterminer => "before-determiner",
        /// Number of words from the first word of the phrase to its head, at most 4.
        Length => "length",
        /// Position of the phrase among the noun phrases of its sentence, from 0, at most 2.
        Order => "order",
        /// 1 if the phrase states a number of parameters, else 0.
        Sized => "sized",
        /// Number of numbers and amounts in the sentence, at most 2.
        Figures => "figures",
        /// 1 if the sentence contains a per cent sign, else 0.
        Percent => "percent",
        /// Number of known names before the phrase in its sentence, at most 2.
        NamesBefore => "names-before",
        /// Number of known names after the phrase in its sentence, at most 2.
        NamesAfter => "names-after",
        /// Number of names right beside the phrase, as names of its own, at most 2.
        NamesBeside => "names-beside",
        /// Number of known names in the paper, at most 4.
        NamesInPaper => "names-in-paper",
        /// The quarter of the text in which the sentence stands, 0 to 3.
        Place => "place",
        /// The length of the text: 0 for a sentence or two, 1 to 3 for a paragraph or an abstract, 4 for some
        /// pages, 5 for a paper.
        TextLength => "text-length",
        /// The section kind of the sentence.
        Section => "section",
        /// 1 if the paper mentioned an entity of this type before, else 0.
        Introduced => "introduced",
        /// 1 if the same noun, singular or plural, occurred before in the paper, else 0.
        SeenNoun => "seen-noun",
        /// A rule that votes on the phrase.
        Rule => "rule",
    }
}

/// Weights for all kinds, in log-odds, indexed as [`Kind::ALL`].
pub type KindWeights = [f32; Kind::ALL.len()];

/// One value of a template, with its weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// The template.
    pub template: Template,
    /// The value of the template: a word or two in lower case, a number, or a name.
    pub value: Box<str>,
    /// The weights of the value for each kind.
    pub weights: KindWeights,
}

/// Fitted weights of the words around phrases.
#[derive(Debug, Clone, PartialEq)]
pub struct Contexts {
    /// Factor of the summed rule votes, beside the contexts; 1 where there are no contexts.
    pub rules: f64,
    /// The entity types that the gold annotations cover; phrases of other types are left to the rules.
    pub types: Vec<EntityType>,
    /// The weight of each kind before any context.
    pub bias: KindWeights,
    /// All contexts, sorted by template, then by value.
    pub all: Vec<Context>,
}

impl Default for Contexts {
    /// Returns no contexts, so that rules alone decide.
    fn default() -> Self {
        Self { rules: 1.0, types: Vec::new(), bias: KindWeights::default(), all: Vec::new() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    version: Spanned<i64>,
    rules: Spanned<f64>,
    types: Vec<EntityType>,
    bias: Option<Spanned<String>>,
    #[serde(default)]
    template: Vec<TemplateEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateEntry {
    name: Spanned<String>,
    weights: Spanned<String>,
}

impl Contexts {
    /// Reads the file of the last layer that has one. Weights fitted together belong together, so a layer
    /// replaces all of them.
    ///
    /// # Errors
    /// Returns faults for a file that is not TOML of this shape or has another version, an unknown template
    /// or kind, and a weight that is not a number from -20 to 20.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        let mut files = layers.iter().flat_map(|layer| &layer.files);
        let Some(file) = files.rfind(|file| file.path == FILE) else {
            return Ok(Self::default());
        };
        let entry: FileEntry = file.parse().map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        if *entry.version.get_ref() != VERSION {
            let message = format!(
                "this file is of version {}, and the program reads {VERSION}",
                entry.version.get_ref()
            );
            let fault = Fault::at(file, entry.version.span().start, message);
            faults.push(fault.help("fit the weights again: byname rules tune GOLD --write FILE"));
        }
        let rules = *entry.rules.get_ref();
        if !(0.0..=LARGEST).contains(&rules) {
            faults.push(Fault::at(file, entry.rules.span().start, "`rules` lies between 0 and 20"));
        }
        let mut bias = KindWeights::default();
        if let Some(written) = &entry.bias {
            match read_weights(written.get_ref()) {
                Ok(weights) => bias = weights,
                Err(message) => faults.push(Fault::at(file, written.span().start, message)),
            }
        }
        let mut all = Vec::new();
        for template in &entry.template {
            match template.name.get_ref().parse::<Template>() {
                Ok(name) => read_lines(file, name, &template.weights, &mut all, &mut faults),
                Err(message) => {
                    faults.push(Fault::at(file, template.name.span().start, message));
                }
            }
        }
        all.sort_by(|one, other| (one.template, &one.value).cmp(&(other.template, &other.value)));
        if faults.is_empty() { Ok(Self { rules, types: entry.types, bias, all }) } else { Err(faults) }
    }

    /// Writes the contexts as the text of a `contexts.toml`, with `about` as a comment on top.
    pub fn file(&self, about: &str) -> String {
        let mut text = String::new();
        for line in about.lines() {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!("version = {VERSION}\nrules = {:.2}\n", self.rules));
        let types: Vec<String> = self.types.iter().map(|name| format!("\"{name}\"")).collect();
        text.push_str(&format!("types = [{}]\n", types.join(", ")));
        text.push_str(&format!("bias = '{}'\n", written(&self.bias)));
        let mut last = None;
        for context in &self.all {
            if last != Some(context.template) {
                if last.is_some() {
                    text.push_str("'''\n");
                }
                text.push_str(&format!("\n[[template]]\nname = '{}'\nweights = '''\n", context.template));
                last = Some(context.template);
            }
            text.push_str(&format!("{} : {}\n", context.value, written(&context.weights)));
        }
        if last.is_some() {
            text.push_str("'''\n");
        }
        text
    }
}

/// Reads the lines of one template: `with : described 0.41, generic -0.20`.
fn read_lines(
    file: &CatalogueFile,
    template: Template,
    weights: &Spanned<String>,
    all: &mut Vec<Context>,
    faults: &mut Vec<Fault>,
) {
    let text = weights.get_ref();
    let mut seen: HashSet<&str, FixedState> = HashSet::default();
    let divider = FinderRev::new(DIVIDER);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let mut fault = |message: String| {
            let place = offset_in_source(&file.text, weights.span(), start);
            let help =
                "a line is a word, ` : ` and kinds with their weights: with : described 0.41, generic -0.2";
            faults.push(Fault::at(file, place, message).help(help));
        };
        let divided = divider.rfind(line.as_bytes()).map(|at| (&line[..at], &line[at + DIVIDER.len()..]));
        let Some((value, kind_weights)) = divided else {
            fault(format!("`{line}` has no ` : ` between a word and its weights"));
            continue;
        };
        if !seen.insert(value) {
            fault(format!("`{value}` stands twice under `{template}`"));
            continue;
        }
        match read_weights(kind_weights) {
            Ok(weights) => all.push(Context { template, value: value.into(), weights }),
            Err(message) => fault(message),
        }
    }
}

fn read_weights(text: &str) -> Result<KindWeights, String> {
    let mut weights = KindWeights::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (kind, number) =
            part.split_once(' ').ok_or_else(|| format!("`{part}` is no kind with a weight"))?;
        let kind: Kind = kind.parse()?;
        let weight: f64 = number.trim().parse().map_err(|_| format!("`{number}` is no number"))?;
        if !(-LARGEST..=LARGEST).contains(&weight) {
            return Err(format!("`{number}` does not lie between -20 and 20"));
        }
        weights[kind as usize] = weight as f32; // two digits behind the point
    }
    Ok(weights)
}

/// Writes weights in the notation of a line, leaving out those that round to 0.
fn written(weights: &KindWeights) -> String {
    let parts = Kind::ALL.iter().filter_map(|kind| {
        let number = format!("{:.2}", weights[*kind as usize]);
        (!number.trim_matches(['-', '0', '.']).is_empty()).then(|| format!("{kind} {number}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Contexts, Vec<Fault>> {
        let below =
            "version = 1\nrules = 0.1\ntypes = []\n[[template]]\nname = 'head'\nweights = 'gone : own 1'\n";
        let layer = |text| Layer::of_texts("x", [(FILE, text)]);
        Contexts::read(&[layer(below), layer(text)])
    }

    #[test]
    fn what_is_written_is_read_again_and_a_layer_replaces_all() {
        let mut weights = KindWeights::default();
        weights[Kind::Described as usize] = 0.41;
        weights[Kind::Generic as usize] = -0.2;
        let context = |template, value: &str| Context { template, value: value.into(), weights };
        let contexts = Contexts {
            rules: 0.75,
            types: vec![EntityType::Model],
            bias: weights,
            all: vec![context(Template::Head, "language model"), context(Template::After1, ":")],
        };
        assert_eq!(read(&contexts.file("Fitted.")).unwrap(), contexts);
    }

    #[test]
    fn faults_name_their_line_and_cause() {
        let template = |lines: &str| {
            format!(
                "version = 1\nrules = 1.0\ntypes = []\n[[template]]\nname = 'head'\nweights = '''\na : own 1\n{lines}\n'''\n"
            )
        };
        for (text, line, cause) in [
            ("version = 7\nrules = 1.0\ntypes = []\n".to_string(), 1, "of version 7"),
            ("version = 1\nrules = -1.0\ntypes = []\n".into(), 2, "between 0 and 20"),
            (
                "version = 1\nrules = 1.0\ntypes = []\n[[template]]\nname = 'zzz'\nweights = ''\n".into(),
                5,
                "`zzz` is none of",
            ),
            (template("b own 1"), 8, "no ` : `"),
            (template("b : wrong 1"), 8, "`wrong` is none of"),
            (template("b : own much"), 8, "`much` is no number"),
            (template("b : own nan"), 8, "between -20 and 20"),
            (template("a : own 2"), 8, "stands twice"),
        ] {
            let faults = read(&text).unwrap_err();
            assert!(faults[0].line == line && faults[0].message.contains(cause), "{text}: {:?}", faults[0]);
        }
    }
}
