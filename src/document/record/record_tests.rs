use super::super::reader_promises::{assert_kept, shown};
use super::*;

fn read(line: &str) -> Result<Document, ReadError> {
    read_record(line.as_bytes(), &RecordFields::default(), "a.jsonl:7")
}

#[test]
fn the_usual_fields_are_read() {
    let document = read(
        r#"{"id":"x","text":"We \"ran\" it.","title":"T","date":"2021-08","organisations":["A","B"],"z":[1]}"#,
    )
    .unwrap();
    assert_eq!((document.id.as_str(), document.prose.as_str()), ("x", "We \"ran\" it."));
    assert_eq!(document.title.as_deref(), Some("T"));
    assert_eq!(document.organisations, ["A", "B"]);
    assert_eq!(document.date.unwrap().to_string(), "2021-08");
}

#[test]
fn text_stands_before_abstract_and_abstract_before_nothing() {
    assert_eq!(read(r#"{"abstract":"A","text":"T"}"#).unwrap().prose, "T");
    assert_eq!(read(r#"{"title":"T","abstract":"A","text":null}"#).unwrap().prose, "A");
    assert_eq!(read(r#"{"text":""}"#).unwrap().prose, "");
    assert_eq!(read(r#"{"text":"T"}"#).unwrap().id, "a.jsonl:7");
    assert_eq!(read(r#"{"id":12,"text":"T","date":2021}"#).unwrap().id, "12");
}

#[test]
fn the_content_may_be_a_text_alone() {
    assert_eq!(read(r#"{"content":"A \"bot\" ran."}"#).unwrap().prose, "A \"bot\" ran.");
    assert_eq!(read(r#"{"content":{"text":"It ran."}}"#).unwrap().prose, "It ran.");
    assert_eq!(read(r#"{"content":null,"abstract":"A"}"#).unwrap().prose, "A");
    assert_eq!(read(r#"{"content":7}"#).unwrap_err().kind, "invalid-record");
}

#[test]
fn the_paragraphs_of_s2orc_are_joined() {
    let body = r#"{"abstract":[{"text":"A","section":"x"}],"body_text":[{"text":"B"},{"text":"C"}]}"#;
    assert_eq!(read(body).unwrap().prose, "A\n\nB\n\nC");
    let nested = r#"{"pdf_parse":{"abstract":[],"body_text":[{"text":"B"}],"bib_entries":{}}}"#;
    assert_eq!(read(nested).unwrap().prose, "B");
}

#[test]
fn the_user_names_the_fields() {
    let fields = RecordFields { text: Some("body".into()), id: "doi".into() };
    let document = read_record(br#"{"doi":"10.1/x","body":"B","text":"T"}"#, &fields, "p").unwrap();
    assert_eq!((document.id.as_str(), document.prose.as_str()), ("10.1/x", "B"));
    let error = read_record(br#"{"text":"T"}"#, &fields, "p").unwrap_err();
    assert!(error.message.contains("no `body`"), "{error}");
}

#[test]
fn json_as_some_programs_write_it_is_read() {
    for (line, prose) in [
        (r#"{"id":"x","text":"We ask.","year":NaN}"#, "We ask."),
        (r#"{"id":"x","text":"lone \ud83d here"}"#, "lone \u{FFFD} here"),
        ("{\"id\":\"x\",\"text\":\"a\tb\"}", "a\tb"),
    ] {
        let document = read(line).unwrap();
        assert_eq!(document.prose, prose);
        assert_eq!(document.notes[0].kind, "mended-json");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_field_and_column() {
    let fault = |line: &str| {
        let error = read(line).unwrap_err();
        format!("{}: {}", error.kind, error.message)
    };
    insta::assert_snapshot!(
        [
            r#"{"id":"x","text":7}"#,
            r#"{"id":"x","text":"a""#,
            r#"{"id":"x","text":"a"} {}"#,
            r#"{"text":"a","body_text":[{"txt":"b"}]}"#,
            r#"{"text":"a","organisations":[{"name":"b"}]}"#,
            r#"{"id":"x"}"#,
            r#"["a"]"#,
            "text",
            "{\"text\":\"a\\qb\"}",
        ]
        .map(fault)
        .join("\n"), @r"
    invalid-record: column 18: `text`: invalid type: integer `7`, expected a string or a list of strings
    invalid-json: column 20: not a JSON object on one line: EOF while parsing an object
    invalid-json: column 23: not a JSON object on one line: trailing characters
    invalid-record: column 37: `body_text`: expected a string or an object with a `text`
    invalid-record: column 29: `organisations`: invalid type: map, expected a string
    invalid-record: the record has no text: none of `text`, `abstract`, `abstract_inverted_index`, `body_text`, `pdf_parse` and `content` is there; name the field that holds it with --text-field
    invalid-record: column 1: invalid type: sequence, expected a JSON object
    invalid-json: column 2: not a JSON object on one line: expected ident
    invalid-json: column 12: not a JSON object on one line: invalid escape
    ");
}

#[test]
fn bad_bytes_in_a_record_are_replaced_with_a_note() {
    let document = read_record(b"{\"text\":\"caf\xE9 x\"}", &RecordFields::default(), "p").unwrap();
    assert_eq!(document.prose, "caf\u{FFFD} x");
    assert_eq!(document.notes[0].kind, "invalid-utf8");
}

#[test]
fn s2orc_has_sections_citations_and_works() {
    let record = r#"{"paper_id":"77","year":2021,"authors":[{"first":"Ada","last":"Byron","affiliation":
        {"institution":"Example University"}}],"abstract":[{"text":"Short.","section":"Abstract"}],
        "body_text":[{"text":"é [1] was asked.","section":"Related work","sec_num":"2.1",
        "cite_spans":[{"start":2,"end":5,"ref_id":"BIBREF0"}]},{"text":"More.","section":"Related work"}],
        "bib_entries":{"BIBREF0":{"title":"Of size","authors":[{"first":"B","last":"Okri"}],"year":2020,
        "other_ids":{"arXiv":["2005.14165"]}}},"back_matter":[{"text":"Thanks.","section":"Acknowledgements"}]}"#;
    insta::assert_snapshot!(shown(&read(record).unwrap()));
}

#[test]
fn s2orc_of_today_is_one_text_with_places() {
    let text =
        "Of size\n\nAbstract text.\n\nMéthod\nWe ask [1].\n\n[1] Okri. Of models. arXiv:2005.14165, 2020.";
    let place = |part: &str| {
        let start =
            text.chars().count() - text.split_once(part).unwrap().1.chars().count() - part.chars().count();
        format!("\"start\":{start},\"end\":\"{}\"", start + part.chars().count())
    };
    let list =
        |part: &str, attributes: &str| format!("[{{{},\"attributes\":{{{attributes}}}}}]", place(part));
    let annotations = serde_json::json!({
        "title": list("Of size", ""),
        "abstract": list("Abstract text.", ""),
        "sectionheader": list("Méthod", "\"n\":\"1.\""),
        "bibref": list("[1]", "\"ref_id\":\"b0\""),
        "bibentry": list("[1] Okri. Of models. arXiv:2005.14165, 2020.", "\"id\":\"b0\""),
        "bibtitle": list("Of models", ""),
        "author": serde_json::Value::Null,
    });
    let record = serde_json::json!({"corpusid": 5, "externalids": {"arxiv": "2101.00001"},
        "content": {"text": text, "annotations": annotations}});
    insta::assert_snapshot!(shown(&read(&record.to_string()).unwrap()));
}

#[test]
fn a_first_of_january_stands_for_its_year() {
    let date = |record: &str| read(record).unwrap().date.unwrap().to_string();
    assert_eq!(date(r#"{"text":"T","created":"2019-01-01T00:00:00.000Z","source":"s2orc/train"}"#), "2019");
    assert_eq!(date(r#"{"text":"T","year":2019,"created":"2019-05-02"}"#), "2019-05-02");
    assert_eq!(date(r#"{"text":"T","year":2019,"date":"2018-01-01"}"#), "2018-01-01");
}

proptest::proptest! {
    #[test]
    fn places_of_records_hold_whatever_they_say(
        text in "[a-zé漢 ]{0,20}", spans in proptest::collection::vec((0..30usize, 0..30usize), 0..6)
    ) {
        let spans: Vec<_> = spans.iter().map(|(start, end)| serde_json::json!({"start": start, "end": end,
            "ref_id": "b0", "attributes": {"ref_id": "b0", "id": "b0"}})).collect();
        let list = serde_json::Value::from(spans);
        let old = serde_json::json!({"body_text": [{"text": text, "section": "S", "cite_spans": list}],
            "bib_entries": {"b0": {}}});
        let new = serde_json::json!({"content": {"text": text, "annotations":
            {"bibref": list, "bibentry": list.to_string(), "sectionheader": list, "title": list}}});
        for record in [old, new] {
            let document = read(&record.to_string()).unwrap();
            assert_kept(&document, document.prose.as_bytes());
        }
    }
}

#[test]
fn titles_are_shown_without_markup() {
    for (written, shown) in [
        ("On <i>items</i> of\\n  a <sub>2</sub>", "On items of a 2"),
        ("R&amp;D with p < 0.05 <b", "R&D with p < 0.05 <b"),
        ("<scp>Orvex</scp>", "Orvex"),
    ] {
        let document = read(&format!("{{\"title\":\"{written}\",\"text\":\"a\"}}")).unwrap();
        assert_eq!(document.title.as_deref(), Some(shown));
    }
}

#[test]
fn an_index_of_words_is_an_abstract() {
    let document = read(
        r#"{"id":"W1","publication_date":"2023-05-04","abstract_inverted_index":{"a":[2,4],"We":[0],"ask":[1],"bot,":[3],"twin.":[5]}}"#,
    )
    .unwrap();
    assert_eq!(document.prose, "We ask a bot, a twin.");
    assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some("2023-05-04"));
    let long =
        format!(r#"{{"abstract_inverted_index":{{"{}":[{}0]}}}}"#, "w".repeat(100_000), "0,".repeat(99));
    assert!(read(&long).unwrap_err().message.contains("at most 8388608 are read"));
    assert!(read(r#"{"abstract_inverted_index":{"a":["x"]}}"#).is_err());
}
