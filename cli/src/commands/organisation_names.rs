//! Notes on organisations given by the user that the catalogue does not know.

use byname::catalogue::Catalogue;
use strsim::jaro_winkler;

/// Least similarity of a name that is suggested.
const ALIKE: f64 = 0.85;

/// Returns a note for each name that holds no name of an organisation of the catalogue: it is most often
/// misspelled, and counts as one that made none of the systems.
pub(super) fn unknown_organisations(catalogue: &Catalogue, given: &[String]) -> Vec<String> {
    given.iter().filter(|name| !is_known(catalogue, name)).map(|name| note(catalogue, name)).collect()
}

fn is_known(catalogue: &Catalogue, given: &str) -> bool {
    let given = words_of(given);
    catalogue.organisations.iter().flat_map(|(_, known)| known.names().chain([known.id.as_str()])).any(
        |name| {
            let name = words_of(name);
            !name.is_empty() && given.windows(name.len()).any(|part| part == name)
        },
    )
}

fn words_of(name: &str) -> Vec<String> {
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn note(catalogue: &Catalogue, given: &str) -> String {
    let names = catalogue.organisations.iter().flat_map(|(_, known)| known.names());
    let near = names.map(|name| (jaro_winkler(&name.to_lowercase(), &given.to_lowercase()), name));
    let nearest = near.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
    let suggestion = nearest.map(|(_, name)| format!("; did you mean {name}?")).unwrap_or_default();
    format!("no organisation `{given}` is known, so it counts as one that made no known system{suggestion}")
}
