//! Tests of how descriptions of data sets come to their names.

use super::tests::try_all;

#[test]
fn a_data_set_is_named_by_what_the_paper_says_of_it() {
    try_all(&[
        (
            "# Data\n\nHotpotQA [5] is a large question answering benchmark with two steps a question.",
            "a large question answering benchmark",
            "HotpotQA",
        ),
        (
            "# Data\n\nWe trained on CoNLL-2003 (Sang et al., 2003), a widely used corpus of news.",
            "a widely used corpus",
            "CoNLL-2003",
        ),
        (
            "# Data\n\nThe study took 900 letters from an old public corpus, which we call LetterBank.",
            "an old public corpus",
            "LetterBank",
        ),
        (
            "# Data\n\nWe evaluate on three public benchmarks: SQuAD, HotpotQA and TriviaQA.",
            "three public benchmarks",
            "SQuAD | HotpotQA | TriviaQA",
        ),
    ]);
}

#[test]
fn a_model_never_names_a_data_set_nor_a_data_set_a_model() {
    try_all(&[
        ("# Data\n\nGPT-4 was tried on a private corpus of letters.", "a private corpus", ""),
        ("# Data\n\nWe tried two public corpora: with GPT-4 and Llama 3.", "two public corpora", ""),
        ("# Data\n\nSQuAD was answered by a commercial model.", "a commercial model", ""),
    ]);
}
