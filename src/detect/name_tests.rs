use super::*;
use proptest::prelude::*;

fn book(names: &[(&str, bool)]) -> NameIndex {
    NameIndex::new(
        [],
        names.iter().enumerate().map(|(index, (name, common_word))| KnownName {
            name,
            system: SystemId(index as u32),
            common_word: *common_word,
            uses: index as u32,
        }),
    )
    .beginning_ordinary(|word| word == "llama")
}

fn found(book: &NameIndex, text: &str) -> Option<String> {
    book.beginning_of(text).map(|name| name.span.of(text).to_string())
}

#[test]
fn every_spelling_of_a_name_is_the_name() {
    let book = book(&[("GPT-4", false), ("GPT-4o", false), ("Llama 3.1", false)]);
    for text in ["GPT-4 x", "gpt4", "GPT 4,", "GPT_4", "GPT\u{2011}4", "GPT\u{a0}4", "GPT\u{202f}4"] {
        assert!(found(&book, text).is_some(), "{text}");
    }
    assert_eq!(found(&book, "GPT4o is").as_deref(), Some("GPT4o"));
    assert_eq!(found(&book, "llama-3.1 70B").as_deref(), Some("llama-3.1"));
}

#[test]
fn any_dash_is_a_hyphen_to_a_name() {
    let book = book(&[("GPT-4", false), ("Claude 3", false)]);
    for dash in ["\u{2010}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"] {
        for name in [format!("GPT{dash}4"), format!("Claude{dash}3")] {
            assert_eq!(found(&book, &format!("{name} x")), Some(name));
        }
    }
}

#[test]
fn letters_without_case_and_raised_marks_end_a_name() {
    let book = book(&[("GPT-4", false)]);
    for after in ["\u{548c}", "\u{306f}", "\u{b97c}", "\u{2074}", "\u{b3}", "\u{ff0c}"] {
        assert_eq!(found(&book, &format!("GPT-4{after}")).as_deref(), Some("GPT-4"), "{after}");
    }
}

#[test]
fn a_space_may_stand_before_the_number_of_a_name() {
    let book = book(&[("Qwen", false), ("Qwen2.5", false)]);
    assert_eq!(found(&book, "Qwen 2.5 7B").as_deref(), Some("Qwen 2.5"));
    assert_eq!(found(&book, "qwen 2.5").as_deref(), Some("qwen"), "no name is written so");
}

#[test]
fn a_later_part_of_a_name_may_be_parted_before_a_capital() {
    let book = book(&[("Orvex/DailyMail", false), ("DailyMail", false)]);
    for text in ["Orvex/Daily Mail on", "Orvex/Daily-Mail", "Orvex/DailyMail"] {
        assert!(found(&book, text).is_some_and(|name| name.ends_with("Mail")), "{text}");
    }
    for text in ["Orvex/Daily mail", "Orvex/Daily  Mail", "Orvex/Daily Mails9", "Orvex/D", "Daily Mail"] {
        assert_eq!(found(&book, text), None, "{text}");
    }
}

#[test]
fn a_longer_word_or_version_is_another_name() {
    let book = book(&[("GPT-3", false), ("Bard", true)]);
    let next = book.beginning_of("GPT-3.5 Pro").unwrap();
    assert_eq!((next.span.end, next.other_version), ("GPT-3.5".len(), true));
    assert!(!book.beginning_of("GPT-3.").unwrap().other_version);
    assert_eq!(found(&book, "GPT-3.512"), None);
    assert_eq!(found(&book, "GPT-35"), None);
    assert_eq!(found(&book, "GPT-3. It").as_deref(), Some("GPT-3"));
}

#[test]
fn a_quote_a_dash_or_an_ellipsis_ends_a_name_and_a_letter_does_not() {
    let book = book(&[("GPT-4", false)]);
    for text in ["GPT-4\u{201d}", "GPT-4\u{2014}x", "GPT-4\u{2026}", "GPT-4\u{fffd}", "GPT-4s\u{2019}"] {
        assert!(found(&book, text).is_some(), "{text}");
    }
    assert_eq!(found(&book, "GPT-4é"), None);
    assert_eq!(found(&book, "GPT-4Ω"), None);
}

#[test]
fn only_what_is_no_capitalised_word_has_a_plural() {
    let book = book(&[("Gato", false), ("ViT", false), ("T5", false)]);
    assert_eq!(found(&book, "Gatos"), None);
    assert_eq!(found(&book, "ViTs").as_deref(), Some("ViTs"));
    assert_eq!(found(&book, "T5s").as_deref(), Some("T5s"));
}

#[test]
fn an_ordinary_word_counts_in_its_exact_spelling_only() {
    let article = book(&[("The Heap", true)]);
    assert_eq!(found(&article, "the Heap is").as_deref(), Some("the Heap"));
    assert_eq!(found(&article, "the heap is"), None);
    let book = book(&[("MUM", true)]);
    assert!(found(&book, "MUM").is_some());
    assert!(found(&book, "Mum").is_none());
}

#[test]
fn among_systems_of_one_name_the_most_used_comes_first() {
    let book = book(&[("CLIP", false), ("Clip", false)]);
    assert_eq!(book.beginning_of("CLIP").unwrap().systems, [SystemId(1), SystemId(0)]);
}

proptest! {
    #[test]
    fn a_found_name_lies_on_character_bounds(text in "(gpt|GPT)[- 4os.é\u{2011}]{0,8}\\PC{0,4}") {
        let book = book(&[("GPT-4", false), ("GPT-4o", false), ("GPTé", false)]);
        if let Some(name) = found(&book, &text) {
            prop_assert!(!name.is_empty());
        }
    }
}
