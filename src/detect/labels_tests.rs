//! Guarantees of labels.

use super::*;
use crate::catalogue::CatalogueFile;
use crate::detect::marked_names::marked_names;

/// Returns the names that are kept of those that the prose has between brackets `[` and `]`.
fn kept(marked: &str) -> Vec<String> {
    let source = "[label-noun]\nabout='x'\nwords=['step','condition','conditions']\n[task-noun]\nabout='x'\nwords=['error']\n\
                  [measure]\nabout='x'\nwords=['mae','rmse']\n[conjunction]\nabout='x'\nwords=['and']\n[of]\nabout='x'\nwords=['of']\n[doubtful-name]\nabout='x'\nwords=['fisher','p3']\n\
                  [head]\nabout='x'\n[model]\nabout='x'\nin=['head']\nhead='model'\nwords=['model']\n[hardware-noun]\nabout='x'\nwords=['apple','chip']";
    let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: source.into() };
    let lexicon = Lexicon::read(&[&file]).unwrap();
    let (prose, names) = marked_names(marked);
    let (names, _) = LabelWords::new(&lexicon).sift(&prose, names, &Vocabulary::new(&lexicon));
    names.iter().map(|name| name.span.of(&prose).to_string()).collect()
}

#[test]
fn a_letter_in_a_row_of_numbers_is_a_label() {
    assert_eq!(kept("C1 and C2 fail, [C4] holds"), [""; 0]);
    assert_eq!(kept("pretrained on [C4] and C2"), ["C4"]);
    assert_eq!(kept("tiers T1/T2/T3 and [T5]."), [""; 0]);
    assert_eq!(kept("in condition [C4] we ask, on an [M4] chip"), [""; 0]);
    assert_eq!(kept("the [T5] model"), ["T5"]);
    assert_eq!(kept("from F3, [C4], O1 and T7"), [""; 0]);
    assert_eq!(kept("BERT, [T5], [C4] and more"), ["T5", "C4"]);
    assert_eq!(kept("on an Apple [M4]"), [""; 0]);
    assert_eq!(kept("condition A3, B3 and [C4]; conditions (D1)–([E5])"), [""; 0]);
    assert_eq!(kept("under this condition and [C4]"), ["C4"]);
}

#[test]
fn a_step_is_a_label_and_a_name_with_its_hyphen_is_none() {
    assert_eq!(kept("In [Step 2] we sort; [step-2] and [Step1] too"), [""; 0]);
    assert_eq!(kept("We ask [Step-2] of its maker"), ["Step-2"]);
    assert_eq!(kept("[Step-1] sorts, [Step-2] counts, Step-3 ends"), [""; 0]);
}

#[test]
fn commands_authors_and_owners_are_no_names() {
    assert_eq!(kept("with \\[Phi] and [Phi]-3"), ["Phi"]);
    assert_eq!(kept("[Wan] et al. and [Wan] 2.1"), ["Wan"]);
    assert_eq!(kept("([Qwen] Team, 2024; [DeepSeek]-AI, 2025)"), [""; 0]);
    assert_eq!(kept("[Qwen]/[Qwen]2.5-7B and meta-[llama]/[Llama]-3-8B"), ["Qwen", "Llama"]);
    assert_eq!(kept("[BERT]/[RoBERTa] and [GPT-4]/[Claude]"), ["BERT", "RoBERTa", "GPT-4", "Claude"]);
}

#[test]
fn parts_of_paths_and_addresses_are_no_names() {
    assert_eq!(
        kept("run [claude]/train.sh and src/[llama]/run.py, mail [bert]@x.org or a@[phi].org"),
        [""; 0]
    );
    assert_eq!(
        kept("[GPT-4]/[Claude-3.5]/[Llama]-2 and [BERT]/x."),
        ["GPT-4", "Claude-3.5", "Llama", "BERT"]
    );
}

#[test]
fn an_abbreviation_that_is_explained_otherwise_is_no_name() {
    assert_eq!(kept("the mean absolute error ([MAE]) falls; [MAE] is 0.3"), [""; 0]);
    assert_eq!(kept("masked autoencoders ([MAE]) see; [MAE] wins"), ["MAE", "MAE"]);
}

#[test]
fn a_measure_is_no_name_unless_the_paper_has_a_system_of_its_name() {
    assert_eq!(kept("[MAE] is 2.1 m, an [MAE] of 3; [MAE] falls"), [""; 0]);
    assert_eq!(kept("[MAE] and RMSE fall; a [MAE] model learns; [MAE] wins"), ["MAE", "MAE"]);
}

#[test]
fn a_doubtful_name_needs_a_head_somewhere() {
    assert_eq!(kept("the [Fisher] exact test and [Fisher] again"), [""; 0]);
    assert_eq!(kept("calls of the [Fisher] model; [Fisher] again"), ["Fisher", "Fisher"]);
    assert_eq!(kept("[Orvex] and [Fisher] were heard"), ["Orvex"]);
    assert_eq!(kept("[Orvex] and [P3] were heard; [P3] again"), ["Orvex", "P3", "P3"]);
    assert_eq!(kept("the [P3] (Orvex et al., 2021); [P3] again"), ["P3", "P3"]);
    assert_eq!(
        kept("the [P3] (see 2021) and [P3] again; [C4] and [P3]"),
        ["C4"],
        "labels are listed with anything"
    );
}

#[test]
fn the_number_of_a_product_is_no_name() {
    assert_eq!(kept("a chip [E5-2690 v4] and [E5-base], [T5-11B]"), ["E5-base", "T5-11B"]);
}

#[test]
fn a_citation_is_a_bracket_of_numbers_or_of_authors_with_a_year() {
    for (after, cites) in [
        (" [12] wins", true),
        (" [3, 4]", true),
        ("~(Orvex et al., 2022)", true),
        (" (Orvex & Miro 2022a) wins", true),
        (" (n = 2022)", false),
        (" (Orvex)", false),
        (" [a]", false),
        (" (Ōrvex, 2022", false),
        ("", false),
    ] {
        assert_eq!(is_cited(after), cites, "{after}");
    }
}

#[test]
fn labels_are_not_coined() {
    let source = "[label-noun]\nabout='x'\nwords=['seed']";
    let file = CatalogueFile { shown: "l".into(), path: "l".into(), text: source.into() };
    let lexicon = Lexicon::read(&[&file]).unwrap();
    let (labels, words) = (LabelWords::new(&lexicon), Vocabulary::new(&lexicon));
    for (name, is_label) in [
        ("C3", true),
        ("v8", true),
        ("V2.1", true),
        ("seed42", true),
        ("text8", false),
        ("K2.6", false),
        ("Foo-AI", true),
        ("Foo-3", false),
        ("\\method", true),
        ("20240131T0900Z", true),
        ("360Foo", false),
        ("smith2024judges", true),
        ("conll2003", false),
        ("Foo2024large", false),
    ] {
        assert_eq!(labels.is_coined_label(name, &words), is_label, "{name}");
    }
}
