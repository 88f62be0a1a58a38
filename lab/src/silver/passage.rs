//! One passage, from which the name is taken out.

use byname::catalogue::{Kind, SystemId, Systems};
use byname::detect::{Detected, Mention};
use byname::document::{ByteSpan, Document};
use serde::Serialize;

/// A description whose system is known, in the form of a casebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SilverCase {
    /// The id of the paper; from its second case on with `#2`, `#3`.
    pub id: String,
    /// The date of the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The organisations of its authors, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<String>,
    /// The paragraph, without the name.
    pub text: String,
    /// The description, where it first occurs in the text.
    pub mention: String,
    /// The name of the system.
    pub answer: Vec<String>,
    /// Its other names, and those of its family.
    pub acceptable: Vec<String>,
}

/// Returns the cases of one paper, in the order of the text.
pub(super) fn cases(document: &Document, detected: &Detected, systems: &Systems) -> Vec<SilverCase> {
    let mut cases = Vec::new();
    for description in &detected.mentions {
        let Some((name, system)) = only_name(description, detected) else { continue };
        let around = paragraph(&document.prose, description.span.start);
        let Some(cut) = cut(&document.prose, description.span, name.span, around) else { continue };
        let text = [
            document.prose.get(around.start..cut.start).unwrap_or_default(),
            document.prose.get(cut.end..around.end).unwrap_or_default(),
        ]
        .concat();
        let mention = description.span.of(&document.prose);
        let is_first = text.find(mention) == Some(description.span.start - around.start);
        if !is_first || is_named_again(&text, detected, (name, system), around, &document.prose) {
            continue;
        }
        let Some((answer, acceptable)) = names_of(system, systems) else { continue };
        let id = match cases.len() {
            0 => document.id.clone(),
            before => format!("{}#{}", document.id, before + 1),
        };
        cases.push(SilverCase {
            id,
            date: document.date.map(|date| date.to_string()),
            organisations: document.organisations.clone(),
            text,
            mention: mention.to_string(),
            answer: vec![answer],
            acceptable,
        });
    }
    cases
}

/// Returns the one name that names a description of a single system, if the catalogue knows it.
fn only_name<'d>(description: &Mention, detected: &'d Detected) -> Option<(&'d Mention, SystemId)> {
    if description.kind != Kind::Described || description.plural {
        return None;
    }
    let &[name] = description.named_by.as_slice() else { return None };
    let name = detected.mentions.get(name).filter(|name| name.span.start >= description.span.end)?;
    Some((name, *name.systems.first()?))
}

/// Returns the paragraph around a byte of a prose.
fn paragraph(prose: &str, at: usize) -> ByteSpan {
    const BREAK: &str = "\n\n";
    let start = prose.get(..at).and_then(|before| before.rfind(BREAK)).map_or(0, |place| place + BREAK.len());
    let after = prose.get(at..).and_then(|after| after.find(BREAK));
    ByteSpan::new(start, after.map_or(prose.len(), |place| at + place))
}

/// Returns what to take out: a name in parentheses, or between two commas, behind the description.
fn cut(prose: &str, description: ByteSpan, name: ByteSpan, around: ByteSpan) -> Option<ByteSpan> {
    let between = prose.get(description.end..name.start)?.trim();
    let after = prose.get(name.end..around.end)?;
    match between {
        "(" => {
            let closing =
                after.find(|c: char| !c.is_whitespace()).filter(|at| after[*at..].starts_with(')'))?;
            Some(ByteSpan::new(description.end, name.end + closing + 1))
        }
        "," if after.starts_with(',') => Some(ByteSpan::new(description.end, name.end + 1)),
        "," if after.starts_with('.') => Some(ByteSpan::new(description.end, name.end)),
        _ => None,
    }
}

/// Returns whether the rest of a paragraph still gives the name, or names the same system.
fn is_named_again(
    text: &str,
    detected: &Detected,
    (name, system): (&Mention, SystemId),
    around: ByteSpan,
    prose: &str,
) -> bool {
    let written = name.span.of(prose).to_lowercase();
    let others = detected
        .mentions
        .iter()
        .filter(|other| other.kind == Kind::Named && other.span != name.span && around.contains(other.span));
    text.to_lowercase().contains(&written) || others.into_iter().any(|other| other.systems.contains(&system))
}

/// Returns the name of a system, and all that would be right as well.
fn names_of(id: SystemId, systems: &Systems) -> Option<(String, Vec<String>)> {
    let system = systems.get(id)?;
    let head = system.family.unwrap_or(id);
    let family = systems.iter().filter(|(other, member)| *other == head || member.family == Some(head));
    let mut acceptable: Vec<String> =
        family.flat_map(|(_, member)| member.names()).chain(system.names()).map(str::to_string).collect();
    acceptable.sort_unstable();
    acceptable.dedup();
    acceptable.retain(|name| *name != system.name);
    Some((system.name.clone(), acceptable))
}

#[cfg(test)]
mod tests {
    use byname::Engine;
    use byname::catalogue::Catalogue;
    use byname::collection::Task as _;

    use super::super::MakeCases;
    use super::*;

    fn cases_of(text: &str) -> Vec<SilverCase> {
        let engine = Engine::new(Catalogue::built_in().unwrap());
        let mut document = Document::from_prose("letters", text);
        document.date = "2023-06-02".parse().ok();
        MakeCases { engine: &engine }.paper(document, None)
    }

    #[test]
    fn a_name_in_parentheses_is_taken_out_of_its_paragraph() {
        let text = "Letters are old.\n\nWe sorted 400 letters with a commercial large language model (GPT-4) at \
                    temperature 0.\n\nThey were long.";
        let cases = cases_of(text);
        assert_eq!(cases.len(), 1, "{cases:?}");
        let case = &cases[0];
        assert_eq!(
            (case.id.as_str(), case.date.as_deref(), case.mention.as_str(), case.answer.as_slice()),
            ("letters", Some("2023-06-02"), "a commercial large language model", &["GPT-4".to_string()][..])
        );
        assert_eq!(
            case.text,
            "We sorted 400 letters with a commercial large language model at temperature 0."
        );
        assert!(!case.acceptable.contains(&"GPT-4".to_string()));
    }

    #[test]
    fn a_paragraph_that_names_the_system_again_makes_no_case() {
        let again = "We sorted 400 letters with a commercial large language model (GPT-4) at temperature 0, \
                     since GPT-4 is strong.";
        let unknown =
            "We sorted 400 letters with a commercial large language model (Zorgon-9) at temperature 0.";
        for text in [again, unknown] {
            assert_eq!(cases_of(text), [], "{text}");
        }
    }

    #[test]
    fn any_text_can_be_asked_for_its_cases() {
        for text in ["", "(", "a model (", "a large language model (GPT-4", "é (GPT-4), a 7B model, LaMDA"] {
            let cases = cases_of(text);
            assert!(cases.iter().all(|case| case.text.contains(&case.mention)), "{text}");
        }
    }
}
