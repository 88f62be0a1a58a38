use toml::de::{DeTable, DeValue};

use super::*;
use crate::catalogue::Layer;

/// Holds a table against what the parser of TOML gives, with all places.
fn hold(table: Table<'_>, parsed: DeTable<'_>) {
    assert_eq!(table.len(), parsed.len());
    for ((key, value), (parsed_key, parsed_value)) in table.zip(parsed) {
        assert_eq!((key.name, key.start()), (parsed_key.get_ref().as_ref(), parsed_key.span().start));
        hold_value(value, parsed_value);
    }
}

fn hold_value(value: Value<'_>, parsed: toml::Spanned<DeValue<'_>>) {
    assert_eq!(value.span(), parsed.span());
    match (value.content, parsed.into_inner()) {
        (Content::Text(text), DeValue::String(parsed)) => assert_eq!(text, parsed),
        (Content::Integer(digits, radix), DeValue::Integer(parsed)) => {
            assert_eq!((digits, radix), (parsed.as_str(), parsed.radix()));
        }
        (Content::Float(digits), DeValue::Float(parsed)) => assert_eq!(digits, parsed.as_str()),
        (Content::Boolean(flag), DeValue::Boolean(parsed)) => assert_eq!(flag, parsed),
        (Content::Date(date), DeValue::Datetime(parsed)) => assert_eq!(date, parsed.to_string()),
        (Content::Array(items), DeValue::Array(parsed)) => {
            assert_eq!(items.len(), parsed.len());
            items.zip(parsed).for_each(|(item, parsed)| hold_value(item, parsed));
        }
        (Content::Table(table), DeValue::Table(parsed)) => hold(table, parsed),
        (content, parsed) => panic!("{content:?} is not {parsed:?}"),
    }
}

#[test]
fn what_was_parsed_when_the_program_was_built_is_what_the_text_says() {
    for file in Layer::built_in().files {
        assert!(file.text.parsed.get().is_some(), "{}", file.path);
        hold(file.text.table().unwrap(), DeTable::parse(&file.text).unwrap().into_inner());
        let written: toml::Table = toml::from_str(&file.text).unwrap();
        assert_eq!(file.text.read::<toml::Table>().unwrap(), written, "{}", file.path);
    }
}

#[test]
fn every_kind_of_value_is_kept_with_its_place() {
    let text = "a = 'x'\n\"b\\u0041\" = \"\\\"é\"\nc = [1, 0xf_f, -2.5e3, inf, true, false]\n\
                d.e = 2021-05-18\nf = '''\nlong\n'text'\n'''\ng = \"\"\nh = ''\n\
                [[i]]\nj = { k = \"\"\"one \\\n  two\"\"\" }\n[[i]]\n[l.m]\n";
    let file = CatalogueText::from(text);
    hold(file.table().unwrap(), DeTable::parse(text).unwrap().into_inner());
    assert!(CatalogueText::from("a = ").table().is_err());
}

#[test]
fn serde_reads_from_both_the_same() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        name: toml::Spanned<String>,
        size: Option<toml::Spanned<f64>>,
        words: std::collections::BTreeMap<toml::Spanned<String>, Vec<String>>,
    }

    let text = "name = \"a\\tb\"\nsize = 3\n[words]\none = ['x']\n'two' = []\n";
    let file = CatalogueText::from(text);
    let of_text: File = file.read().unwrap();
    file.table().unwrap();
    assert_eq!(file.read::<File>().unwrap(), of_text);
    assert_eq!(of_text.name.span(), 7..13);

    let wrong = CatalogueText::from("nome = 1\n");
    let before = wrong.read::<File>().unwrap_err();
    wrong.table().unwrap();
    assert_eq!(wrong.read::<File>().unwrap_err(), before);
}
