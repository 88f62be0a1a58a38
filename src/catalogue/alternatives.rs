//! Patterns with one alternative removed, to test whether the rule needs that alternative.

use super::{Element, Lexicon, Pattern};

impl Pattern {
    /// Returns, for each alternative of each choice, the alternative in pattern notation and the pattern
    /// without it.
    pub fn without_each_alternative(&self, lexicon: &Lexicon) -> Vec<(String, Pattern)> {
        match self {
            Self::Unit(_) => Vec::new(),
            Self::Sequence(parts) => replaced(parts, lexicon, Self::Sequence),
            Self::Choice(options) => {
                let mut found: Vec<(String, Pattern)> = (0..options.len())
                    .filter(|_| options.len() > 1)
                    .map(|place| {
                        let mut rest = options.clone();
                        let taken = rest.remove(place);
                        (taken.written(lexicon), Self::Choice(rest))
                    })
                    .collect();
                found.extend(replaced(options, lexicon, Self::Choice));
                found
            }
            Self::Repeat { inner, optional, many } => inner
                .without_each_alternative(lexicon)
                .into_iter()
                .map(|(taken, inner)| {
                    let inner = Box::new(inner);
                    (taken, Self::Repeat { inner, optional: *optional, many: *many })
                })
                .collect(),
        }
    }

    /// Writes the pattern in its notation.
    pub fn written(&self, lexicon: &Lexicon) -> String {
        let joined = |parts: &[Self], between: &str| {
            parts.iter().map(|part| part.written(lexicon)).collect::<Vec<_>>().join(between)
        };
        match self {
            Self::Unit(element) => element.written(lexicon),
            Self::Sequence(parts) => joined(parts, " "),
            Self::Choice(options) => format!("({})", joined(options, " | ")),
            Self::Repeat { inner, optional, many } => {
                let sign = match (optional, many) {
                    (true, false) => "?",
                    (true, true) => "*",
                    (false, _) => "+",
                };
                match **inner {
                    Self::Sequence(_) => format!("({}){sign}", inner.written(lexicon)),
                    _ => format!("{}{sign}", inner.written(lexicon)),
                }
            }
        }
    }
}

/// Returns the pattern once for each alternative of each part, with that alternative removed.
fn replaced(
    parts: &[Pattern],
    lexicon: &Lexicon,
    whole: fn(Vec<Pattern>) -> Pattern,
) -> Vec<(String, Pattern)> {
    let mut found = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        for (taken, without) in part.without_each_alternative(lexicon) {
            let mut parts = parts.to_vec();
            parts[place] = without;
            found.push((taken, whole(parts)));
        }
    }
    found
}

impl Element {
    fn written(&self, lexicon: &Lexicon) -> String {
        let name = |class: &super::ClassId| {
            lexicon.classes.get(usize::from(class.0)).map_or("", |class| class.name.as_str())
        };
        match self {
            Self::Word(word) if word.chars().all(|c| c.is_alphanumeric() || c == '\'') => word.clone(),
            Self::Word(word) => format!("\"{word}\""),
            Self::Class(class) => format!("{{{}}}", name(class)),
            Self::NotClass(class) => format!("{{!{}}}", name(class)),
            Self::Any => "_".to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alternative_is_taken_out_once() {
        let lexicon = Lexicon::default();
        let pattern = Pattern::parse("a (b | c (d | e)+)? \"(\"", |_| None).unwrap();
        let found: Vec<(String, String)> = pattern
            .without_each_alternative(&lexicon)
            .into_iter()
            .map(|(taken, rest)| (taken, rest.written(&lexicon)))
            .collect();
        let expected = [
            ("b", "a (c (d | e)+)? \"(\""),
            ("c (d | e)+", "a (b)? \"(\""),
            ("d", "a (b | c (e)+)? \"(\""),
            ("e", "a (b | c (d)+)? \"(\""),
        ];
        assert_eq!(found, expected.map(|(taken, rest)| (taken.to_string(), rest.to_string())));
        assert!(Pattern::parse("a b", |_| None).unwrap().without_each_alternative(&lexicon).is_empty());
    }
}
