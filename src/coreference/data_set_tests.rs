//! Tests of how descriptions of data sets come to their names.

use super::tests::try_all;

#[test]
fn a_data_set_is_named_by_what_the_paper_says_of_it() {
    try_all(&[
        (
            "# Data\n\nHotpotQA [5] is an internal benchmark of 113k questions that a company collected.",
            "an internal benchmark",
            "HotpotQA",
        ),
        (
            "# Data\n\nWe trained on CoNLL-2003 (Sang et al., 2003), a proprietary corpus of news.",
            "a proprietary corpus",
            "CoNLL-2003",
        ),
        (
            "# Data\n\nThe study took 900 letters from an old public corpus, which we call LetterBank.",
            "an old public corpus",
            "LetterBank",
        ),
        (
            "# Data\n\nWe used three proprietary datasets: SQuAD, HotpotQA and TriviaQA.",
            "three proprietary datasets",
            "SQuAD | HotpotQA | TriviaQA",
        ),
    ]);
}

#[test]
fn a_model_never_names_a_data_set_nor_a_data_set_a_model() {
    try_all(&[
        ("# Data\n\nWe used two proprietary datasets, GPT-4 and Llama 3.", "two proprietary datasets", ""),
        ("# Data\n\nWe used a proprietary dataset: GPT-4 answered it.", "a proprietary dataset", ""),
        ("# Data\n\nWe used a proprietary model, SQuAD and TriviaQA.", "a proprietary model", ""),
    ]);
}
