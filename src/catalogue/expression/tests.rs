use proptest::prelude::*;

use super::reading::ExpressionError;
use super::*;
use crate::catalogue::{CatalogueFile, Lexicon};

fn lexicon() -> Lexicon {
    let text = "[model]\nabout='x'\nhead='model'\nwords=['model', 'language model']\n\
                [small-model]\nabout='x'\nin=['model']\nwords=['small-model']\n[empty]\nabout='x'\nwords=[]";
    let file = CatalogueFile::new("l", text);
    Lexicon::read(&[&file]).unwrap()
}

fn parse(source: &str, role: Role) -> Result<Expression, ExpressionError> {
    Expression::parse(source, ByteSpan::new(0, source.len()), role, &lexicon())
}

fn read(source: &str) -> Expression {
    parse(source, Role::Wanted).unwrap()
}

fn found<'t>(source: &str, text: &'t str) -> Vec<&'t str> {
    read(source).matches(text).into_iter().map(|found| &text[found.span]).collect()
}

#[test]
fn blanks_are_any_white_space_and_a_full_stop_is_any_sign() {
    assert_eq!(found("large model", "large\n  model, large model"), ["large\n  model", "large model"]);
    assert_eq!(found("a.{1,3}b", "a\n\nb"), ["a\n\nb"]);
    assert_eq!(found("(?x) large \\x20 model # so", "large model"), ["large model"]);
}

#[test]
fn a_class_is_any_of_its_words_in_any_case_and_over_hyphens() {
    assert_eq!(
        found("an? {{model}}", "a Language-Model, a small model, a model, a modeller"),
        ["a Language-Model", "a small model", "a model"]
    );
    assert_eq!(found("\\{\\{model\\}\\}", "{{model}}"), ["{{model}}"]);
}

#[test]
fn groups_give_bounds_amounts_and_words() {
    let expression = read("(?<mention>O\\((?<context_length>\\d+)\\) beast)(?: by (?<organisation>\\w+))?");
    let text = "an O(100) beast by Acme";
    let [found] = &expression.matches(text)[..] else { panic!() };
    let groups: Vec<_> = found.groups.iter().map(|(group, range)| (*group, &text[range.clone()])).collect();
    assert_eq!(
        groups,
        [
            (Group::Mention, "O(100) beast"),
            (Group::Amount(Measure::ContextLength), "100"),
            (Group::Trait(Trait::Organisation), "Acme")
        ]
    );
    assert!(expression.gives_bounds() && !read("a+").gives_bounds());
}

#[test]
fn each_fault_is_told_with_its_place_and_a_way_out() {
    let long = "a".repeat(5_000);
    for (source, marked, cause, help) in [
        ("a(b", "(", "unclosed group", "crate `regex`"),
        ("ab[c-", "[", "unclosed character class", "crate `regex`"),
        ("a\\q", "\\q", "unrecognized escape", "crate `regex`"),
        ("\\p{Nope}+", "\\p{Nope}", "Unicode property not found", "crate `regex`"),
        ("x(?=y)", "(?=", "look-around", "crate `regex`"),
        ("a*", "a*", "matches the empty text", "without `?`"),
        ("\\b", "\\b", "matches the empty text", "without `?`"),
        ("a[^\\s\\S]", "a[^\\s\\S]", "no text can match", "take it out"),
        ("(?<mention>a*)b", "mention", "can match the empty text", "write `+`"),
        ("(?<parametres>\\d)", "parametres", "no group `parametres`", "did you mean `parameters`?"),
        ("(?<zorp>\\d)", "zorp", "no group `zorp`", "groups are mention, parameters, "),
        ("a {{modle}}", "{{modle}}", "no lexicon class `modle`", ""),
        ("a {{size}}", "{{size}}", "has no words", "pattern beside the `regex`"),
        ("a {{empty}}", "{{empty}}", "has no words", "give the class words"),
        ("a {{}}", "{{}}", "no class stands", "{{model}}"),
        ("a {{model", "{{", "never closed", "\\{"),
        ("a[{{model}}]", "{{model}}", "cannot stand here", "outside of `[ ]`"),
        ("{{model}} of (", "(", "unclosed group in `{{model}} of (`", "crate `regex`"),
        ("(?:\\w{90}){90}", "(?:\\w{90}){90}", "too large", "repeat less"),
        (&long, &long, "5000 bytes", "as a class"),
    ] {
        let error = parse(source, Role::Wanted).unwrap_err();
        assert!(error.message.contains(cause), "{source}: {error:?}");
        let range = error.range.start..error.range.end.min(source.len());
        assert_eq!(&source[range], marked, "{source}: {error:?}");
        let advice = error.help.unwrap_or_else(|| "crate `regex`".to_string());
        assert!(advice.contains(help), "{source}: {advice}");
    }
    let error = parse("(?<parameters>a)", Role::Unless).unwrap_err();
    assert!(error.message.contains("means nothing in what must not be there"), "{error:?}");
    let error = parse("(?<mention>a)", Role::Notation).unwrap_err();
    assert!(error.message.contains("no group `mention`"), "{error:?}");
    assert!(parse("abc", Role::Notation).unwrap_err().message.contains("which part of it is the number"));
}

#[test]
fn every_match_holds_one_of_the_rarest_texts() {
    let literals = |source: &str| -> Option<Vec<String>> {
        let expression = read(source);
        let literals = expression.literals()?;
        Some(literals.texts.iter().map(|text| String::from_utf8(text.to_vec()).unwrap()).collect())
    };
    let some = |texts: &[&str]| Some(texts.iter().map(|text| text.to_string()).collect::<Vec<_>>());
    assert_eq!(literals("O\\(\\d+\\)"), some(&["o("]));
    assert_eq!(literals("\\w+ (?:granted|given) \\w+"), some(&["given", "granted"]));
    assert_eq!(literals("(?i)Gherkin"), some(&["gherkin"]));
    assert_eq!(literals("(?i)skill"), some(&["skill"]));
    assert_eq!(literals("gherkins?"), some(&["gherkin", "gherkins"]));
    assert_eq!(literals("an? {{model}} kept secret"), some(&["secret"]));
    assert_eq!(literals("(?:[bB]ig|very) gherkin"), some(&["gherkin"]));
    assert_eq!(literals("(?:secret)*a model"), some(&["model"]));
    assert_eq!(literals("X{4,}|\\*{3,}"), some(&["***", "xxxx"]));
    assert_eq!(literals("\\d+ \\w+"), None);
    assert_eq!(literals("(?:gherkin|\\d+) x"), None);
    assert_eq!(literals("ab"), None);
    let also = |source: &str| -> Vec<usize> {
        read(source)
            .literals()
            .map(|literals| literals.also.iter().map(|set| set.len()).collect())
            .unwrap_or_default()
    };
    assert_eq!(also("(?:made|built) by gherkins (?:from|with|under)"), [2, 3], "each set is asked for");
    assert_eq!(also("gherkins (?:made|built)?"), Vec::<usize>::new(), "what may be missing is not");
    assert_eq!(also("(?:gherkin|secret)s"), Vec::<usize>::new(), "what leads there is not asked again");
    assert_eq!(also("(?i)secrets (?:kept|made)"), [2], "whatever the case");
    assert!(read("(?i)skill").literals().unwrap().odd_cases);
}

#[test]
fn what_stands_beside_the_rarest_texts_is_known() {
    let beside = |source: &str| -> (Option<usize>, Option<usize>) {
        let expression = read(source);
        let literals = expression.literals().unwrap();
        (literals.before.as_ref().map(|set| set.len()), literals.after.as_ref().map(|set| set.len()))
    };
    assert_eq!(beside("(?:big|small) gherkins? (?:of|from|by)"), (Some(2), Some(3)));
    assert_eq!(
        beside("(?<mention>an? (?:\\w+ )?{{model}}) gherkin"),
        (Some(2), None),
        "last words of a class"
    );
    assert_eq!(beside("\\w+ gherkin \\d+"), (None, None), "where anything may stand");
    assert_eq!(beside("big-gherkin of"), (None, Some(1)), "white space only");
    assert_eq!(beside("(?:big )?gherkin"), (None, None), "what may be missing");
    assert_eq!(beside("big gherkin(?: of)?"), (Some(1), None));
}

#[test]
fn groups_keep_their_numbers_beside_classes() {
    let expression = read("({{model}}) of (?<parameters>\\d+) {{model}} (?<tokens>\\d+)");
    let text = "the language model of 12 model 345";
    let found = expression.matches(text);
    let groups: Vec<&str> = found[0].groups.iter().map(|(_, range)| &text[range.clone()]).collect();
    assert_eq!(groups, ["12", "345"]);
}

#[test]
fn each_alternative_is_taken_out_once() {
    let without = |source: &str| -> Vec<(String, String)> {
        let found = read(source).without_each_alternative(&lexicon());
        found.into_iter().map(|(taken, rest)| (taken, rest.source)).collect()
    };
    let pair = |taken: &str, rest: &str| (taken.to_string(), rest.to_string());
    assert_eq!(
        without("x(?:b|c(?:d|e))y|{{model}}"),
        [
            pair("x(?:b|c(?:d|e))y", "{{model}}"),
            pair("{{model}}", "x(?:b|c(?:d|e))y"),
            pair("b", "x(?:c(?:d|e))y|{{model}}"),
            pair("c(?:d|e)", "x(?:b)y|{{model}}"),
            pair("d", "x(?:b|c(?:e))y|{{model}}"),
            pair("e", "x(?:b|c(?:d))y|{{model}}"),
        ]
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_reading_panic(
        source in "[a-z(){}|?*+.\\\\\\[\\]<>^$ {}-]{0,30}|(\\(\\?<mention>a|\\{\\{model\\}\\}|\\||[a-z é]|\\)){0,12}|.{0,20}",
        text in ".{0,40}",
    ) {
        for role in [Role::Wanted, Role::Unless, Role::Notation] {
            match parse(&source, role) {
                Ok(expression) => {
                    for found in expression.matches(&text) {
                        prop_assert!(text.get(found.span).is_some_and(|text| !text.is_empty()));
                    }
                    expression.without_each_alternative(&lexicon());
                }
                Err(error) => prop_assert!(error.range.start <= source.len()),
            }
        }
    }

    #[test]
    fn a_match_without_its_texts_is_never_missed(
        source in "(?:(?:\\(\\?:abc\\|de k\\)|\\(\\?i:Ask\\)|large|[a-c]|x\\?|\\[sk\\]|\\(\\?:y\\|zoo\\)\\*|\\{\\{model\\}\\}|\\\\w\\+|\\\\b| |  )){1,7}",
        text in "(?:abc|de  k|ASK|aſk|AS\u{212a}|large|[a-c]|x|s|k|y|zoo|é|Model|language-model| | |\u{a0}){0,12}",
    ) {
        if let Ok(expression) = parse(&source, Role::Wanted)
            && expression.is_match(&text)
            && let Some(literals) = expression.literals()
        {
            let lowered = text.to_ascii_lowercase();
            let holds = |wanted: &[u8]| lowered.as_bytes().windows(wanted.len()).any(|part| part == wanted);
            let odd = literals.odd_cases && ODD_CASES.iter().any(|odd| text.contains(*odd));
            // A text with the right neighbours; those of a text inside of another do not count.
            let stands = |wanted: &[u8]| {
                let places = 0..=lowered.len().saturating_sub(wanted.len());
                places.into_iter().filter(|at| lowered.as_bytes()[*at..].starts_with(wanted)).any(|at| {
                    let (left, right) = (&lowered[..at], &lowered[at + wanted.len()..]);
                    let (before, after) = (left.trim_end(), right.trim_start());
                    literals.before.as_ref().is_none_or(|set| {
                        before.len() < left.len() && set.iter().any(|one| before.as_bytes().ends_with(one))
                    }) && literals.after.as_ref().is_none_or(|set| {
                        after.len() < right.len() && set.iter().any(|one| after.as_bytes().starts_with(one))
                    })
                })
            };
            prop_assert!(odd || literals.texts.iter().any(|text| stands(text)), "{source} {text} {literals:?}");
            for set in &literals.also {
                prop_assert!(odd || set.iter().any(|text| holds(text)), "{source} {text} {set:?}");
            }
        }
    }
}
