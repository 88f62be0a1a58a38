//! The words that link descriptions to names elsewhere in the same paper.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::single_file::read_single_file;
use super::{CatalogueFile, Fault, Layer};
use crate::named_enum;

/// The path of the file within a catalogue folder.
pub(super) const FILE: &str = "coreference.toml";

named_enum! {
    /// The function of a word between a description and a name.
    pub enum Cue {
        /// "the judge *is* X"
        Copula => "copula",
        /// "we *use* X"
        Use => "use",
        /// "graded *by* X"
        Agent => "agent",
        /// "X *for* grading"
        Purpose => "purpose",
        /// "X *as* the judge"
        AsRole => "as-role",
        /// "which *we call* X"
        Call => "call",
        /// "*We call it* X", of the system introduced in the sentence before
        CallIt => "call-it",
        /// "models *such as* X"
        Members => "members",
        /// "*the latest* X": words that may precede a name or a role
        Filler => "filler",
        /// "*another* judge"
        Other => "other",
        /// "a *separate* judge": it is none of the systems told of before
        Apart => "apart",
        /// "a *human* judge": what fills the role is not a trained system
        Flesh => "flesh",
        /// "a closed model (cheaper *than* X)": X is another system
        Compared => "compared",
        /// "Smith *et al.* use X": others did it, not this paper
        Reported => "reported",
        /// "X *introduces* a benchmark": the subject is what it presents
        Introduces => "introduces",
        /// "Miller et al. *showed*": what others did in a study of theirs
        Reports => "reports",
        /// "*Table* 2 has all six"
        Table => "table",
        /// "we *evaluate* A and B"
        Study => "study",
        /// "*Models.* A and B"
        SetHeading => "set-heading",
        /// "Judge *prompt*": stands in a heading beside a role and says no more of who plays it
        HeadingFiller => "heading-filler",
        /// "three *models*": head nouns of sets that say no more than "several systems"
        SetNoun => "set-noun",
        /// "this *network*": nouns that take up whatever stood before
        Vague => "vague",
        /// "a *chatbot*": what products that are no models by themselves are called
        Product => "product",
        /// "the X *system* is": a noun behind the name of a system that says what it is
        Head => "head",
        /// "X (Y *backbone*)": Y is a part of X
        Component => "component",
        /// "three model *families*": whose members are fewer families than systems
        Families => "families",
        /// "A *and* B"
        List => "list",
        /// "the size *of* X is", where X is no subject
        Governor => "governor",
        /// "R1 *from* DeepSeek": leads from a name to its maker
        Maker => "maker",
        /// "an LLM judge *via* X": leads from a description to the system that does its work
        Through => "through",
        /// "X *via* Y": leads from a system to what it runs on
        Host => "host",
        /// "the judge is *set to* X": leads from a role to its player behind a copula
        Set => "set",
        /// "labels *come from* X": leads from what a role gives to its player
        Source => "source",
        /// "GPT-4 labels *every* post": begins the object of an action
        Object => "object",
        /// "*All experiments* use X": what is said holds for the whole study
        Throughout => "throughout",
        /// "X scores best despite *being* a small model": the subject stands elsewhere in the sentence
        Being => "being",
        /// "we do *not* run A and B"
        Negation => "negation",
        /// "X, *which* is a closed model"
        Relative => "relative",
        /// "we chose X *because*"
        Remark => "remark",
        /// "*It* is X"
        It => "it",
        /// "*They* are X and Y"
        They => "they",
        /// "*The* models are X and Y"
        The => "the",
        /// "the 14B variant *of* X"
        Of => "of",
        /// "the 14B *variant* of X"
        PartNoun => "part-noun",
        /// "*We* use X": the authors of this paper
        We => "we",
    }
}

/// A role of a system in a study: judge, teacher, retriever.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Role {
    /// Its id in the file.
    pub id: String,
    /// Nouns for a system in the role.
    pub nouns: Vec<String>,
    /// Verbs for what a system in the role does, in every form.
    pub verbs: Vec<String>,
    /// Phrases for what a system in the role is used for, as in "we use X for grading".
    pub deeds: Vec<String>,
    /// `true` if a study has several systems in the role at once, each on its own.
    pub many: bool,
    /// `true` if who is in the role changes from place to place, so that one place tells nothing of another.
    pub local: bool,
}

/// The roles, and the cues that lead from a description to a name.
#[derive(Debug, Clone, Default)]
pub struct CoreferenceWords {
    /// The roles, in the order of their ids.
    pub roles: Vec<Role>,
    cues: BTreeMap<Cue, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileTable {
    role: BTreeMap<String, RoleTable>,
    cue: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleTable {
    /// For readers of the file only.
    #[serde(rename = "about")]
    _about: Option<String>,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    verbs: Vec<Spanned<String>>,
    #[serde(default)]
    deeds: Vec<Spanned<String>>,
    #[serde(default)]
    many: bool,
    #[serde(default)]
    local: bool,
}

impl CoreferenceWords {
    /// Reads the files of all layers; a later layer adds to the earlier ones.
    ///
    /// # Errors
    /// Returns faults for a file of another shape, an unknown cue, an empty word, and a noun that belongs to
    /// two roles.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        let mut all: Self = read_single_file(layers, FILE, Self::add)?;
        all.roles.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(all)
    }

    /// Returns the words of a cue.
    pub fn cue(&self, cue: Cue) -> &[String] {
        self.cues.get(&cue).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, file: &CatalogueFile, table: FileTable, faults: &mut Vec<Fault>) {
        for (id, words) in table.role {
            for noun in &words.nouns {
                let text = noun.get_ref().to_lowercase();
                if let Some(other) =
                    self.roles.iter().find(|role| role.id != id && role.nouns.contains(&text))
                {
                    let message = format!("`{text}` is a noun of the role `{}` too", other.id);
                    let fault = Fault::at(file, noun.span().start, message);
                    faults.push(fault.help("a noun tells one role: take it out of one of the two"));
                }
            }
            let place = self.roles.iter().position(|role| role.id == id).unwrap_or_else(|| {
                self.roles.push(Role { id, ..Role::default() });
                self.roles.len() - 1
            });
            let role = &mut self.roles[place];
            role.many |= words.many;
            role.local |= words.local;
            for (from, to) in [
                (words.nouns, &mut role.nouns),
                (words.verbs, &mut role.verbs),
                (words.deeds, &mut role.deeds),
            ] {
                add_words(file, from, to, faults);
            }
        }
        for (name, words) in table.cue {
            match name.get_ref().parse::<Cue>() {
                Ok(cue) => add_words(file, words, self.cues.entry(cue).or_default(), faults),
                Err(cause) => {
                    let fault = Fault::at(file, name.span().start, cause);
                    faults.push(fault.help("these are the cues that the program looks for"));
                }
            }
        }
    }
}

/// Adds words in lower case, each once; an entry without letters or digits is a fault.
fn add_words(
    file: &CatalogueFile,
    words: Vec<Spanned<String>>,
    to: &mut Vec<String>,
    faults: &mut Vec<Fault>,
) {
    for word in words {
        let text = word.get_ref().trim().to_lowercase();
        if !text.contains(char::is_alphanumeric) {
            let fault = Fault::at(file, word.span().start, "an entry without a word");
            faults.push(fault.help("write a word, or several with spaces between them"));
        } else if !to.contains(&text) {
            to.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Result<CoreferenceWords, Vec<Fault>> {
        let layer = |text: &&str| Layer::of_texts("x", [(FILE, *text)]);
        CoreferenceWords::read(&texts.iter().map(layer).collect::<Vec<_>>())
    }

    #[test]
    fn a_later_layer_adds_to_roles_and_cues() {
        let words = read(&[
            "[role.judge]\nabout='x'\nnouns=['judge']\n[cue]\ncopula=['is']",
            "[role.judge]\nnouns=['Umpire']\nverbs=['blows']\n[role.cook]\nnouns=['cook']\n[cue]\ncopula=['is', 'was']",
        ])
        .unwrap();
        let ids: Vec<&str> = words.roles.iter().map(|role| role.id.as_str()).collect();
        assert_eq!(ids, ["cook", "judge"]);
        assert_eq!(words.roles[1].nouns, ["judge", "umpire"]);
        assert_eq!(words.cue(Cue::Copula), ["is", "was"]);
        assert!(words.cue(Cue::Call).is_empty());
    }

    #[test]
    fn each_fault_is_told_at_its_place() {
        for (text, place, cause) in [
            ("[role.a]\nnouns=['x']\n[role.b]\nnouns=['y',\n 'x']", (5, 2), "role `a` too"),
            ("[cue]\ncopula=['is']\nzeta=['x']", (3, 1), "`zeta` is none of"),
            ("[cue]\ncopula=['is', ' -']", (2, 15), "without a word"),
            ("[role.a]\nzzz=['x']", (2, 1), "`zzz`"),
        ] {
            let faults = read(&[text]).unwrap_err();
            assert_eq!((faults[0].line, faults[0].column), place, "{text}");
            assert!(faults[0].message.contains(cause), "{}", faults[0].message);
        }
    }
}
