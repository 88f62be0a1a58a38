//! `profiles/`: rules on what a collection of papers requires of each of them.

use serde::Deserialize;
use toml::Spanned;

use super::{CatalogueFile, EntityType, Fault, Layer};
use crate::named_enum;

named_enum! {
    /// The severity of a finding in a report.
    pub enum Level {
        /// A reference that a profile forbids.
        Error => "error",
        /// A described system that the paper never names.
        Warning => "warning",
        /// A described system that the same paper names elsewhere.
        Note => "note",
        /// A reference too doubtful to be reported, or of a type that the profile does not cover; shown on
        /// request only.
        Hint => "hint",
    }
}

/// The folder of profiles within a catalogue folder.
pub(super) const FOLDER: &str = "profiles/";

named_enum! {
    /// The finding that a rule of a profile reports.
    pub enum Finds {
        /// A described system that the paper never names.
        Nameless => "nameless",
        /// A described system that the paper names elsewhere.
        NamedElsewhere => "named-elsewhere",
        /// A model available only over an API or in a product, named without a version and in sentences
        /// without a date.
        Unversioned => "unversioned",
    }
}

impl Finds {
    /// Returns whether the finding is about descriptions without a name, rather than about names.
    pub fn is_nameless(self) -> bool {
        self != Self::Unversioned
    }
}

/// A profile: a set of rules for papers.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The name of its file, without the extension.
    pub name: String,
    /// A one-sentence summary of its requirements.
    pub summary: String,
    /// The entity types that it covers.
    pub types: Vec<EntityType>,
    /// Its rules, in the order of the file. Of several that report the same reference, the first counts.
    pub rules: Vec<ProfileRule>,
}

/// A rule of a profile.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProfileRule {
    /// Its id within the profile; `Profile::read` puts the profile's name before it: `disclosure/nameless`.
    pub id: String,
    /// The finding that it reports.
    pub finds: Finds,
    /// The severity of the finding.
    pub level: Level,
    /// The problem in general.
    pub title: String,
    /// The problem in one place of a paper. `{mention}`, `{type}` and `{names}` are filled in, and
    /// `{where}` by the line in which the paper gives the name.
    pub message: String,
    /// The message for a mention of several systems.
    #[serde(default)]
    pub message_set: Option<String>,
    /// The reason why the problem matters.
    pub why: String,
    /// Advice on what to write instead, filled in like the message.
    pub advice: String,
    /// The advice for a mention of several systems.
    #[serde(default)]
    pub advice_set: Option<String>,
    /// Ids of detection rules; a reference or name that one of them voted for is skipped.
    #[serde(default)]
    pub unless_voted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    summary: String,
    #[serde(default = "every_type")]
    types: Vec<EntityType>,
    rule: Vec<Spanned<ProfileRule>>,
}

fn every_type() -> Vec<EntityType> {
    EntityType::ALL.to_vec()
}

impl Profile {
    /// Reads the profiles of all layers; one of a later layer replaces one of the same name.
    ///
    /// # Errors
    /// Returns faults for files that are not profiles, and for rules of one profile with the same id.
    pub fn read_all(layers: &[Layer]) -> Result<Vec<Self>, Vec<Fault>> {
        let mut profiles: Vec<Self> = Vec::new();
        let mut faults = Vec::new();
        for file in layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path.starts_with(FOLDER))
        {
            match Self::read(file) {
                Ok(profile) => {
                    profiles.retain(|other| other.name != profile.name);
                    profiles.push(profile);
                }
                Err(fault) => faults.push(fault),
            }
        }
        profiles.sort_by(|one, other| one.name.cmp(&other.name));
        if faults.is_empty() { Ok(profiles) } else { Err(faults) }
    }

    fn read(file: &CatalogueFile) -> Result<Self, Fault> {
        let name = file.path.trim_start_matches(FOLDER).trim_end_matches(".toml").to_string();
        let read: ProfileFile = file.parse()?;
        let mut rules: Vec<ProfileRule> = Vec::new();
        for rule in read.rule {
            let at = rule.span().start;
            let rule = rule.into_inner();
            let id = format!("{name}/{}", rule.id);
            if rules.iter().any(|other| other.id == id) {
                return Err(Fault::at(
                    file,
                    at,
                    format!("two rules of this profile are called `{}`", rule.id),
                )
                .help("give one of them another id"));
            }
            rules.push(ProfileRule { id, ..rule });
        }
        Ok(Self { name, summary: read.summary, types: read.types, rules })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(path: &str, text: &str) -> Layer {
        Layer::of_texts("l", [(path, text)])
    }

    const RULE: &str = "[[rule]]\nid = 'x'\nfinds = 'nameless'\nlevel = 'error'\ntitle = 't'\nmessage = 'm'\nwhy = 'w'\nadvice = 'a'\n";

    #[test]
    fn a_profile_of_a_later_layer_replaces_one_of_the_same_name() {
        let mine = layer("profiles/disclosure.toml", &format!("summary = 'mine'\n{RULE}"));
        let profiles = Profile::read_all(&[Layer::built_in(), mine]).unwrap();
        let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        assert_eq!(names, ["blind-review", "disclosure", "versions"]);
        assert_eq!(profiles[1].rules[0].id, "disclosure/x");
        assert_eq!(profiles[1].rules[0].level, Level::Error);
    }

    #[test]
    fn a_profile_says_which_types_are_its_business() {
        let types =
            |text: &str| Profile::read_all(&[layer("profiles/p.toml", text)]).unwrap()[0].types.clone();
        assert_eq!(types(&format!("summary = 's'\n{RULE}")), EntityType::ALL);
        assert_eq!(types(&format!("summary = 's'\ntypes = ['dataset']\n{RULE}")), [EntityType::Dataset]);
        let built_in = Profile::read_all(&[Layer::built_in()]).unwrap();
        assert!(built_in.iter().all(|profile| !profile.types.contains(&EntityType::Software)));
    }

    #[test]
    fn faults_are_told_with_their_place() {
        let first_fault =
            |text: &str| Profile::read_all(&[layer("profiles/p.toml", text)]).unwrap_err()[0].to_string();
        assert!(
            first_fault(&format!("summary = 's'\n{RULE}{RULE}"))
                .contains("two rules of this profile are called `x`")
        );
        assert!(first_fault(&format!("summary = 's'\n{RULE}colour = 1\n")).contains("colour"));
        assert!(
            first_fault(&format!("summary = 's'\n{}", RULE.replace("nameless", "ghost"))).contains("ghost")
        );
    }
}
