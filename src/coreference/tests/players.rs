//! Tests of how a paper says which system does a part of its work, or all of it.

use super::try_all;

#[test]
fn what_a_role_gives_tells_who_plays_it() {
    let row = |sentence: &'static str, expected: &'static str| (sentence, "a proprietary judge", expected);
    try_all(&[
        row("# Method\n\nA proprietary judge reads them. All judgments were made by GPT-4.", "GPT-4"),
        row("# Method\n\nA proprietary judge reads them. The ratings come from GPT-4.", "GPT-4"),
        row("# Method\n\nA proprietary judge reads them. GPT-4 rates each answer.", "GPT-4"),
        row("# Method\n\nA proprietary judge reads them. GPT-4 scores best of all.", ""),
        row("# Method\n\nA proprietary judge reads them. Grading was done on answers by GPT-4.", ""),
    ]);
}

#[test]
fn what_is_said_of_all_experiments_names_the_model_of_the_paper() {
    let row = |sentence: &'static str, expected: &'static str| (sentence, "a proprietary model", expected);
    try_all(&[
        row(
            "# Method\n\nThe planner asks a proprietary model. All experiments use GPT-4. Llama 3 is slow.",
            "GPT-4",
        ),
        row(
            "# Method\n\nThe planner asks a proprietary model. We use GPT-4 unless stated otherwise.",
            "GPT-4",
        ),
        row(
            "# Method\n\nThe planner asks a proprietary model. All experiments use GPT-4 or, at times, PaLM 2 once.",
            "",
        ),
        row("# Method\n\nThe planner asks a proprietary model. GPT-4 is slow.", ""),
        (
            "# Method\n\nThe planner asks the largest proprietary model. GPT-4 is slow.",
            "the largest proprietary model",
            "GPT-4",
        ),
        row("# Method\n\nThe planner asks a proprietary model. GPT-4 and PaLM 2 are slow.", ""),
        row("# Method\n\nThe planner asks a proprietary model. Orvex-2 is slow.", ""),
        row("The planner asks a proprietary model. GPT-4 is slow.", ""),
    ]);
}

#[test]
fn the_only_system_of_a_kind_is_what_the_kind_stands_for() {
    let row = |sentence: &'static str, expected: &'static str| {
        (sentence, "a proprietary speech recognition model", expected)
    };
    try_all(&[
        row(
            "# Method\n\nCalls went to a proprietary speech recognition model. We ran Nova-2 and GPT-4.",
            "Nova-2",
        ),
        row("# Method\n\nCalls went to a proprietary speech recognition model. We ran GPT-4 and PaLM 2.", ""),
        row(
            "# Method\n\nCalls went to a proprietary speech recognition model. We ran Nova-2 and Whisper.",
            "",
        ),
        row(
            "# Related work\n\nMiller ran Nova-2 and GPT-4.\n\n# Method\n\nCalls went to a proprietary speech recognition model.",
            "",
        ),
    ]);
}

#[test]
fn a_player_of_a_role_is_not_the_model_told_of_before() {
    for (later, expected) in [
        ("The reward model is PaLM 2.", ""),
        ("The embedding model is PaLM 2.", ""),
        ("The model is PaLM 2.", "PaLM 2"),
    ] {
        let text = format!("# Method\n\nWe gave 400 texts to a proprietary LLM. {later}");
        try_all(&[(&text, "a proprietary LLM", expected)]);
    }
}

#[test]
fn a_role_is_filled_however_the_paper_words_it() {
    let text = |words: &str| format!("# Method\n\nA proprietary judge reads the answers.\n\n{words}");
    for words in [
        "The judge is set to GPT-4.",
        "The judge is powered by GPT-4.",
        "The judge is implemented with GPT-4.",
        "The judge is \u{201c}GPT-4\u{201d} of June.",
        "Our judge, Acme's GPT-4, saw no labels.",
        "All answers were graded by Acme's GPT-4.",
        "GPT-4 (June 2024) scores each answer.",
        "# Judge selection\n\nWe use GPT-4 with fixed seeds.",
        "GPT-4 at temperature 0 serves as the judge.",
        "Claude 3 has a high failure rate, with PaLM 2 at 5, and GPT-4 is the judge.",
        "We grade the answers with GPT-4.",
        "| Set | Judge |\n|---|---|\n| Dev | GPT-4 |\n| Test | GPT-4 |\n",
    ] {
        assert_eq!(super::names(&text(words), "a proprietary judge"), "GPT-4", "{words}");
    }
    let many = "| Set | Judge |\n|---|---|\n| Dev | GPT-4 |\n| Test | Llama 3 |\n";
    assert_eq!(super::names(&text(many), "a proprietary judge"), "", "two play the role");
}

#[test]
fn what_the_next_sentence_uses_for_nothing_else_is_meant() {
    let row = |sentence: &'static str, expected: &'static str| (sentence, "a proprietary model", expected);
    try_all(&[
        row(
            "We ran a proprietary model on 400 items. We used GPT-4 with default settings. PaLM 2 is slow.",
            "GPT-4",
        ),
        row("We ran a proprietary model on 400 items. We used the GPT-4 implementation of before.", ""),
        row(
            "We ran a proprietary model on 400 items. We chose GPT-4 because it is fast. PaLM 2 is slow.",
            "GPT-4",
        ),
        row("We ran a proprietary model on 400 items. We used GPT-4 to grade. PaLM 2 is slow.", ""),
        row("We ran it on 400 items. As a proprietary model we take GPT-4. PaLM 2 is slow.", "GPT-4"),
        row("We ran a proprietary model on 400 items. We used GPT-4 as well as PaLM 2.", ""),
    ]);
}

#[test]
fn what_all_experiments_use_is_what_a_verb_of_any_role_tells_of() {
    try_all(&[(
        "# Method\n\nA proprietary model rewrites the 400 questions.\n\n# Setup\n\nAll experiments use GPT-4. PaLM 2 is \
         slow.",
        "a proprietary model",
        "GPT-4",
    )]);
}

#[test]
fn an_action_has_its_means_behind_the_object_and_no_source() {
    let text = |words: &str| {
        format!("# Method\n\nA proprietary model is used to label the posts.\n\n{words}\n\nPaLM 2 is slow.")
    };
    for (words, expected) in [
        ("We label all posts with GPT-4.", "GPT-4"),
        ("We label all posts from GPT-4.", ""),
        ("They label all posts with GPT-4.", ""),
    ] {
        assert_eq!(super::names(&text(words), "a proprietary model"), expected, "{words}");
    }
}

#[test]
fn what_is_called_by_a_role_that_no_name_plays_is_named_by_what_it_does() {
    let text = |words: &str| {
        format!(
            "# Method\n\nWe use a strong teacher model to label the 900 posts.\n\n{words}\n\nPaLM 2 is slow."
        )
    };
    let names = |words: &str| super::names(&text(words), "a strong teacher model");
    assert_eq!(names("We label all posts with GPT-4."), "GPT-4");
    assert_eq!(names("We label all posts with GPT-4. The teacher is Llama 3."), "Llama 3");
}

#[test]
fn what_is_used_for_the_same_is_the_same() {
    let text =
        |words: &str| format!("# Method\n\nWe use a proprietary model to answer the letters.\n\n{words}");
    for (words, expected) in [
        ("We used GPT-4 to answer letters.", "GPT-4"),
        ("GPT-4 was used to answer all letters.", "GPT-4"),
        ("We answer all letters with GPT-4.", "GPT-4"),
        ("We used GPT-4 to answer calls. PaLM 2 is slow.", ""),
        ("We used GPT-4 to answer letters. We used PaLM 2 to answer letters.", ""),
        ("We did not use GPT-4 to answer letters. PaLM 2 is slow.", ""),
    ] {
        assert_eq!(super::names(&text(words), "a proprietary model"), expected, "{words}");
    }
}

#[test]
fn a_metric_plays_no_role_of_a_language_model() {
    let text = |name: &str| {
        format!(
            "# Method\n\nThe 900 answers were graded by a 7B LLM judge.\n\nWe score all answers with {name}."
        )
    };
    assert_eq!(super::names(&text("COMET"), "a 7B LLM judge"), "");
    assert_eq!(super::names(&text("Mistral-7B"), "a 7B LLM judge"), "Mistral-7B");
}
