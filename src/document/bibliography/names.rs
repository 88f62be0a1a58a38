//! Author names as written in BibTeX.

/// Splits a field into names, at each "and" outside of braces.
pub(super) fn parts(field: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut at) = (0usize, 0, 0);
    let bytes = field.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if byte.is_ascii_whitespace() && depth == 0 => {
                let rest = &bytes[at + 1..];
                let is_and =
                    rest.len() > 3 && rest[..3].eq_ignore_ascii_case(b"and") && rest[3].is_ascii_whitespace();
                if is_and {
                    found.push(field[start..at].trim());
                    at += 4;
                    start = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found.push(field[start..].trim());
    found.retain(|name| !name.is_empty());
    found
}

/// Returns a name with given names first: `Brown, Tom B.` becomes `Tom B. Brown`. `latex` converts LaTeX to
/// text.
pub(super) fn spoken(name: &str, latex: &mut dyn FnMut(&str) -> String) -> String {
    match split_comma(name) {
        Some((family, given)) => format!("{} {}", latex(given), latex(family)).trim().to_string(),
        None => latex(name),
    }
}

/// Returns the part of a name by which citations refer to its author. `latex` converts LaTeX to text.
pub(super) fn family(name: &str, latex: &mut dyn FnMut(&str) -> String) -> String {
    if let Some((family, _)) = split_comma(name) {
        return latex(family);
    }
    // A name in braces is that of a body: {OpenAI}.
    if name.starts_with('{') && name.ends_with('}') {
        return latex(name);
    }
    let plain = latex(name);
    let words: Vec<&str> = plain.split(' ').collect();
    // Small words before the family name belong to it: "van der Berg".
    let small = words.iter().position(|word| word.chars().next().is_some_and(char::is_lowercase));
    let from = small.filter(|at| *at > 0 && *at + 1 < words.len()).unwrap_or(words.len().saturating_sub(1));
    words.get(from..).unwrap_or_default().join(" ")
}

/// Splits a name into family and given names at the comma outside of braces. Of two commas, "Jr." is between
/// them and left out.
fn split_comma(name: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    let is_outside = |(_, letter): &(usize, char)| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *letter == ',' && depth == 0
    };
    let commas: Vec<usize> = name.char_indices().filter(is_outside).map(|(at, _)| at).collect();
    let (first, last) = (commas.first()?, commas.last()?);
    Some((name[..*first].trim(), name[last + 1..].trim()))
}

/// Returns the authors as printed in a citation: "Brown", "Brown and Mann", "Brown et al.".
pub(super) fn label(families: &[String], has_more: bool) -> Option<String> {
    match families {
        [] => None,
        [one] if !has_more => Some(one.clone()),
        [one, two] if !has_more => Some(format!("{one} and {two}")),
        [one, ..] => Some(format!("{one} et al.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace(['{', '}'], "")
    }

    #[test]
    fn names_are_parted_and_turned() {
        let field = "Brown, Tom B. and {Barnes and Noble}\n and Jan van der Berg AND {OpenAI}";
        let names = parts(field);
        assert_eq!(names, ["Brown, Tom B.", "{Barnes and Noble}", "Jan van der Berg", "{OpenAI}"]);
        let spoken: Vec<String> = names.iter().map(|name| spoken(name, &mut plain)).collect();
        assert_eq!(spoken, ["Tom B. Brown", "Barnes and Noble", "Jan van der Berg", "OpenAI"]);
        let families: Vec<String> = names.iter().map(|name| family(name, &mut plain)).collect();
        assert_eq!(families, ["Brown", "Barnes and Noble", "van der Berg", "OpenAI"]);
        assert_eq!(label(&families, false).as_deref(), Some("Brown et al."));
        assert_eq!(label(&families[..2], false).as_deref(), Some("Brown and Barnes and Noble"));
    }
}
