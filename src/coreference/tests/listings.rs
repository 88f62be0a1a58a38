//! Tests of lists anywhere in a paper that fill a set.

#[test]
fn headings_in_a_row_that_are_names_are_a_list() {
    let part = |name: &str| format!("### 3.1 {name}\n\nIt does well on code.\n\n");
    let paper = |parts: &[&str]| {
        let parts: String = parts.iter().map(|name| part(name)).collect();
        format!("# Intro\n\nWe evaluate three LLMs on 400 items.\n\n## Models\n\n{parts}")
    };
    let names = |parts: &[&str]| super::names(&paper(parts), "three LLMs");
    assert_eq!(names(&["GPT-4", "Llama 3", "PaLM 2"]), "GPT-4 | Llama 3 | PaLM 2");
    assert_eq!(names(&["GPT-4", "Costs", "Llama 3", "PaLM 2"]), "", "what stands between them ends the row");
}

#[test]
fn the_only_names_of_a_paper_fill_a_set_that_counts_as_many() {
    let paper = |set: &str, more: &str| {
        format!(
            "# Method\n\nWe use {set} on 400 items.\n\n# Results\n\nOf GPT-4, Claude 3 and PaLM 2 the first was best. {more}"
        )
    };
    let names = |set: &str, more: &str| super::names(&paper(set, more), set);
    assert_eq!(names("three proprietary models", ""), "GPT-4 | Claude 3 | PaLM 2");
    assert_eq!(names("three proprietary models", "Grok-2 was slow."), "", "a fourth is named");
    assert_eq!(names("three open-weight models", ""), "", "none of them is open");
    assert_eq!(names("three proprietary text-to-image models", ""), "", "none of them draws");
}

#[test]
fn lines_in_a_row_that_begin_with_a_name_are_a_list() {
    let names = |rows: &str| {
        let text = format!(
            "We evaluate two proprietary models (Table 1).\n\nTable 1: Accuracy\n\n{rows}\n\nThat was all."
        );
        let document = crate::document::read_plain("a.txt", text.into());
        super::names_of(&super::ENGINE, &document, "two proprietary models")
    };
    assert_eq!(names("Model  Acc\nGPT-4   50.2\nClaude 3  51.4"), "GPT-4 | Claude 3");
    assert_eq!(names("\u{2022} GPT-4\n\u{2022} Claude 3"), "GPT-4 | Claude 3");
    assert_eq!(names("1. GPT-4: of June\n2. Claude 3: of May"), "GPT-4 | Claude 3");
    assert_eq!(names("GPT-4 failed here, and\nClaude 3 failed there."), "", "running text");
}

#[test]
fn what_a_set_is_compared_with_does_not_fill_it() {
    let text = |more: &str| format!("# Method\n\nThree proprietary LLMs answered 400 items. {more}");
    for (more, expected) in [
        ("We compare them with the baselines GPT-4, Claude 3 and PaLM 2.", ""),
        ("Prior work used GPT-4, Claude 3 and PaLM 2.", ""),
        ("Tools such as GPT-4, Claude 3 and PaLM 2 were not tested.", ""),
        ("We ran GPT-4, Claude 3 and PaLM 2.", "GPT-4 | Claude 3 | PaLM 2"),
    ] {
        assert_eq!(super::names(&text(more), "three proprietary LLMs"), expected, "{more}");
    }
    let baselines =
        "# Method\n\nThree proprietary baselines were run. The baselines are GPT-4, Claude 3 and PaLM 2.";
    assert_eq!(super::names(baselines, "three proprietary baselines"), "GPT-4 | Claude 3 | PaLM 2");
}
