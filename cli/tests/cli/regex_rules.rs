//! Regular expressions in rules: their matches, faults in them, and their treatment by the tools for rules.

use std::fs;

use crate::support::{Folder, scan};

/// Returns a rule file with `keys` from line 3 on.
fn rule(keys: &str) -> String {
    format!(
        "summary = 's'\nwhy = 'w'\n{keys}\nweight = 2.5\n\
         [[example]]\ntext = 'They asked [an O(100b) beast] twice.'\n\
         [[example]]\ntext = 'They asked a beast twice.'\nexpect = 'none'\n"
    )
}

const BEAST: &str = "regex = '(?<mention>an? (?<parameters>O\\(\\d+b\\)) (?:beast|giant))'";

#[test]
fn a_syntax_error_is_marked_with_its_column_in_the_file() {
    let folder = Folder::new()
        .with("own/rules/described/literal.toml", rule("regex = 'an O\\((\\d+b beast'"))
        .with("own/rules/described/escaped.toml", rule("regex = \"an O\\\\((\\\\d+b\\\\) [z-a]\""))
        .with("own/rules/described/long.toml", rule("regex = '''\nan \\p{Nope} beast'''"))
        .with("own/rules/described/class.toml", rule("regex = 'an {{modle}}'"))
        .with("own/rules/described/group.toml", rule("regex = 'an (?<parametres>x)'"))
        .with("own/rules/described/scope.toml", rule("phrase = '{one} {model}'\nscope = 'paragraph'"));
    let run = folder.byname(&["rules", "check", "own"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(2), ""));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn what_cannot_be_used_is_refused_with_the_reason_and_a_way_out() {
    for (keys, place, cause, help) in [
        ("regex = '(?:\\w{90}){90}'", "3:9", "too large", "repeat less"),
        ("regex = 'a*'", "3:9", "matches the empty text", "without `?`"),
        ("regex = 'a'\nunless-regex = '(?<mention>b)'", "4:20", "means nothing", "(?:"),
        ("regex = 'a {{size}}'", "3:12", "has no words", "pattern beside"),
        ("regex = 'a'\nscope = 'page'", "4:9", "unknown variant `page`", ""),
        ("regex = 'a'\nsince = 'May'", "4:9", "`since`", "2021-09"),
        ("regex = 'a'\nsince = '2022'\nuntil = '2021'", "5:9", "no paper was written", "exchange"),
        ("regex = 'a'\norganisation = ['googel']", "4:17", "unknown organisation `googel`", "all ids"),
    ] {
        let folder = Folder::new().with("own/rules/described/mine.toml", rule(keys));
        let run = folder.byname(&["rules", "check", "own"]);
        assert_eq!(run.status, Some(2), "{keys}");
        let at = format!("mine.toml:{place}");
        for part in [at.as_str(), cause, help] {
            assert!(run.stdout.contains(part), "{keys}: {part}: {}", run.stdout);
        }
    }
}

#[test]
fn the_tools_for_rules_treat_it_as_any_rule() {
    let paper = "We rent an O(100b) beast. We saw an O(20b) giant.\n";
    let folder = Folder::new().with("a.txt", paper).with("own/rules/described/beast.toml", rule(BEAST));
    let own = |args: &[&str]| {
        let run = folder.byname(&[args, &["--catalog", "own"]].concat());
        assert!(matches!(run.status, Some(0 | 1)), "{args:?}: {}", run.stderr);
        run.stdout
    };
    assert_eq!(own(&["rules", "test", "described/beast"]), "2 passed, 0 failed\n");
    let shown = own(&["rules", "show", "described/beast"]);
    assert!(shown.contains("  regex            (?<mention>an? "), "{shown}");
    let listed = own(&["rules", "list", "--class", "model", "--kind", "described"]);
    assert!(!listed.contains("described/beast"), "{listed}");
    let explained = own(&["explain", "a.txt"]);
    assert!(explained.contains("`an O(100b) beast` is a mention of kind described"), "{explained}");
    assert!(explained.contains("described/beast +2.5"), "{explained}");
    assert!(explained.contains("parameters the order of 100B"), "{explained}");
    let open = own(&["rules", "coverage"]);
    assert!(open.contains("described/beast regex: giant"), "{open}");
    assert!(!open.contains("described/beast regex: beast"), "{open}");
    let changed = own(&["rules", "impact", "--against", "built-in", "a.txt"]);
    assert!(changed.contains("2 added, 0 removed"), "{changed}");
    assert!(changed.contains("described/beast"), "{changed}");
    let gold = r#"{"id": "a", "text": "We rent an O(100b) beast.", "mentions":
        [{"kind": "described", "type": "model", "start": 8, "end": 24, "text": "an O(100b) beast"}]}"#;
    fs::write(folder.path("gold.jsonl"), gold.replace('\n', " ")).unwrap();
    let measured = own(&["rules", "measure", "gold.jsonl"]);
    assert!(measured.contains("described/beast      1      1      100.0"), "{measured}");
    let ablated = own(&["rules", "ablate", "gold.jsonl"]);
    let lost = ablated.lines().find(|line| line.contains("described/beast")).unwrap_or_default();
    assert!(lost.contains("described-model -100.00"), "{ablated}");
    // As with patterns, a snapshot keeps what was found.
    fs::create_dir_all(folder.path("own/tests")).unwrap();
    fs::write(folder.path("own/tests/a.txt"), paper).unwrap();
    own(&["rules", "review", "own/tests", "--accept"]);
    assert!(own(&["rules", "test", "own/tests"]).ends_with("1 passed, 0 failed\n"));
}

#[test]
fn a_rule_may_ask_for_the_date_and_the_house_of_a_paper() {
    let keys = format!("{BEAST}\nsince = '2021-06'\nuntil = '2022'\norganisation = ['google']");
    let folder = Folder::new()
        .with("a.txt", "We rent an O(100b) beast.\n")
        .with("own/rules/described/beast.toml", rule(&keys));
    let found = |more: &[&str]| {
        let args = [&scan(&["a.txt", "--catalog", "own"])[..], more].concat();
        let run = folder.byname(&args);
        run.documents()[0]["references"].as_array().unwrap().len()
    };
    assert_eq!(found(&["--date", "2021-09", "--organisation", "Google Research, Mountain View"]), 1);
    assert_eq!(found(&["--date", "2021-05", "--organisation", "Google Research"]), 0);
    assert_eq!(found(&["--date", "2021", "--organisation", "Google Research"]), 0);
    assert_eq!(found(&["--date", "2021-09", "--organisation", "Acme"]), 0);
    assert_eq!(found(&["--date", "2021-09"]), 0);
    // An example is tried as if it stood in such a paper.
    let run = folder.byname(&["rules", "test", "described/beast", "--catalog", "own"]);
    assert_eq!(run.stdout, "2 passed, 0 failed\n");
}

#[test]
fn a_new_rule_may_look_with_a_regular_expression() {
    let folder = Folder::new();
    let new = |catalogue: &str, id: &str, more: &[&str]| {
        let example = "They asked [an O(100b) beast] twice.";
        let args = ["rules", "new", id, "--kind", "described", "--catalog", catalogue, "--example", example];
        folder.byname(&[&args, more].concat())
    };
    let run = new("drafts", "drafted", &["--regex"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let text = fs::read_to_string(folder.path("drafts/rules/described/drafted.toml")).unwrap();
    insta::assert_snapshot!(text);
    let run = new("own", "given", &["--regex", "O\\(\\d+b\\) beast"]);
    assert!(run.stderr.contains("no mention has the marked bounds; found: \"O(100b) beast\""), "{run:?}");
    let run = new("own", "given", &["--regex", "an? O\\(\\d+b\\) beast"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let run = new("own", "broken", &["--regex", "an? O\\((\\d+b\\) beast"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("this is no regular expression: unclosed group"), "{}", run.stderr);
}

#[test]
fn two_hundred_expressions_without_a_text_to_look_for_are_told_with_what_they_cost() {
    let folder = (0..200).fold(Folder::new(), |folder, number| {
        let path = format!("own/rules/described/r{number}.toml");
        folder.with(&path, rule(&format!("regex = '\\d{{{number},}}\\w \\w+'")))
    });
    let run = folder.byname(&["rules", "check", "own"]);
    assert!(run.stdout.contains("the expression is slow: it needs no particular text"), "{}", run.stdout);
    assert!(run.stdout.contains(" % more than a scan takes (all 200 such: "), "{}", run.stdout);
    assert!(run.stdout.ends_with("0 errors, 200 warnings\n"), "{}", run.stdout);
}

#[test]
fn a_notation_of_a_catalogue_is_read_and_tested() {
    let notation =
        "[[notation]]\nabout = 'cooks'\nregex = '(?<parameters>\\d+) baker''s dozens? of billions'\n";
    let notation = notation.replace("''", "\u{2019}").replace("regex = ", "factor = 13e9\nregex = ");
    let examples = "[[notation.example]]\ntext = 'a model of [2 baker\u{2019}s dozens of billions]'\nreads = '26B parameters'\n\
                    [[notation.example]]\ntext = 'a baker'\nexpect = 'none'\n";
    let folder = Folder::new()
        .with("a.txt", "We asked a language model of 10 baker\u{2019}s dozens of billions.\n")
        .with("own/quantities/mine.toml", format!("{notation}{examples}"));
    let run = folder.byname(&["explain", "a.txt", "--catalog", "own"]);
    assert!(run.stdout.contains("parameters 130B"), "{}", run.stdout);
    let passed = |folder: &Folder, args: &[&str]| {
        let run = folder.byname(&[&["rules", "test"], args].concat());
        run.stdout.lines().last().unwrap().split(' ').next().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(passed(&folder, &["--catalog", "own"]), passed(&folder, &[]) + 2);
    let wrong = format!("{notation}{examples}").replace("26B", "27B");
    let folder = folder.with("own/quantities/mine.toml", wrong);
    let run = folder.byname(&["rules", "test", "--catalog", "own"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("mine.toml:6: the quantity reads `26B parameters`"), "{}", run.stdout);
}
