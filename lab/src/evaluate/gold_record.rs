//! Gold from records: one paper per line, with its mentions and links.

use byname::document::{ByteSpan, Document, ReadError, RecordFields, read_record};
use serde_json::{Map, Value};

use super::Scheme;
use super::gold::{GoldDocument, GoldLink, GoldMention, OffsetReader};

/// Reads one record of a gold file. `place` is its file and line.
///
/// A mention is an object with `start`, `end`, and a `label`, or a `kind` with or without a `type`; or a list
/// of start, end and label. Its `text` is checked if given; `"sure": false` leaves a mention open; `names`
/// are those that the text gives. A link is a record with an `answer` and optionally the text of a `mention`,
/// or a member of `references` with an `answer`.
///
/// # Errors
/// Fails if the record cannot be read as a paper, or if a mention or a link is not of this form.
pub fn read_gold_record(line: &[u8], scheme: &Scheme, place: &str) -> Result<GoldDocument, ReadError> {
    let fields = RecordFields { text: None, id: scheme.id_field.clone() };
    let mut document = read_record(line, &fields, place)?;
    let record: Map<String, Value> = serde_json::from_slice(line)
        .map_err(|error| ReadError::new("invalid-json", format!("not a JSON object: {error}")))?;
    if let (None, Some(id)) = (record.get(&scheme.id_field), record.get("document").and_then(Value::as_str)) {
        document.id = id.to_string();
    }
    let fault = |message: String| ReadError::new("invalid-gold", message);
    let references = record.get("references").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let marked = record.get(&scheme.mentions_field);
    let mut mentions = Vec::new();
    let mut reference_spans = vec![Vec::new(); references.len()];
    if let Some(marked) = marked {
        let items = marked
            .as_array()
            .ok_or_else(|| fault(format!("`{}` is no list of mentions", scheme.mentions_field)))?;
        let offsets = OffsetReader::new(&document.prose, scheme.offsets);
        for (index, item) in items.iter().enumerate() {
            let read = read_mention(item, scheme, &offsets, references)
                .map_err(|message| fault(format!("mention {}: {message}", index + 1)))?;
            let Some(mention) = read else { continue };
            let reference = item.get("reference").and_then(|id| place_of_reference(references, id));
            if let Some(spans) = reference.and_then(|reference| reference_spans.get_mut(reference)) {
                spans.push(mention.span);
            }
            mentions.push(mention);
        }
    }
    let links = read_links(&record, references, reference_spans, &document).map_err(fault)?;
    Ok(GoldDocument { document, marked: marked.is_some(), mentions, links })
}

fn read_mention(
    item: &Value,
    scheme: &Scheme,
    offsets: &OffsetReader<'_>,
    references: &[Value],
) -> Result<Option<GoldMention>, String> {
    let number = |value: Option<&Value>| value.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let (start, end) = match item {
        Value::Array(parts) => (number(parts.first()), number(parts.get(1))),
        _ => (number(item.get("start")), number(item.get("end"))),
    };
    let (Some(start), Some(end)) = (start, end) else {
        return Err("it has no `start` and `end` that are whole numbers".to_string());
    };
    let span = match item.get("text").and_then(Value::as_str) {
        Some(text) => offsets.span_of(start, end, text)?,
        None => offsets.span(start, end)?,
    };
    let Some(label) = read_label(item, scheme)? else { return Ok(None) };
    let sure = item.get("sure").and_then(Value::as_bool).unwrap_or(true);
    let reference = item.get("reference").and_then(|id| place_of_reference(references, id));
    let names = item
        .get("names")
        .or(reference.and_then(|index| references[index].get("names")))
        .map(|names| strings(names, "names"))
        .transpose()?;
    let counted = scheme.labels.get(label).is_some_and(|label| label.counted);
    Ok(Some(GoldMention { span, label, owed: sure && counted, sure, names }))
}

/// Returns the label of a mention: `label` or `kind`, joined with `type` if there is such a label.
fn read_label(item: &Value, scheme: &Scheme) -> Result<Option<usize>, String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let third = item.as_array().and_then(|parts| parts.get(2)).and_then(Value::as_str);
    let Some(name) = third.or(text("label")).or(text("kind")) else {
        return Err("it has no `label` and no `kind`".to_string());
    };
    let with_type = text("type").map(|entity_type| scheme.label_named(&format!("{name}-{entity_type}")));
    with_type.and_then(Result::ok).map_or_else(|| scheme.label_named(name), Ok)
}

fn place_of_reference(references: &[Value], id: &Value) -> Option<usize> {
    references.iter().position(|reference| !id.is_null() && reference.get("id") == Some(id))
}

fn read_links(
    record: &Map<String, Value>,
    references: &[Value],
    reference_spans: Vec<Vec<ByteSpan>>,
    document: &Document,
) -> Result<Vec<GoldLink>, String> {
    let mut links = Vec::new();
    for (reference, spans) in references.iter().zip(reference_spans) {
        if let Some(answer) = reference.get("answer") {
            if spans.is_empty() {
                return Err("a reference has an `answer` and no mention that names it as `reference`".into());
            }
            links.push(link(spans, answer, reference.get("acceptable"))?);
        }
    }
    if let Some(answer) = record.get("answer") {
        let spans = match record.get("mention").and_then(Value::as_str) {
            Some(mention) if !mention.is_empty() => {
                let start = document
                    .prose
                    .find(mention)
                    .ok_or_else(|| format!("`mention`: \"{mention}\" does not stand in the text"))?;
                vec![ByteSpan::new(start, start + mention.len())]
            }
            _ => Vec::new(),
        };
        links.push(link(spans, answer, record.get("acceptable"))?);
    }
    Ok(links)
}

fn link(spans: Vec<ByteSpan>, answer: &Value, acceptable: Option<&Value>) -> Result<GoldLink, String> {
    let answers = strings(answer, "answer")?;
    let acceptable = acceptable.map(|names| strings(names, "acceptable")).transpose()?.unwrap_or_default();
    Ok(GoldLink { spans, answers, acceptable })
}

/// Reads a list of texts from a list, a single text, or null for none.
fn strings(value: &Value, key: &str) -> Result<Vec<String>, String> {
    let fault = || format!("`{key}` is no list of texts");
    match value {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_string).ok_or_else(fault)).collect()
        }
        _ => Err(fault()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{Label, Offsets};

    fn read(line: &str) -> Result<GoldDocument, ReadError> {
        read_gold_record(line.as_bytes(), &Scheme::default(), "g.jsonl:3")
    }

    #[test]
    fn the_shape_of_the_programs_own_output_is_gold() {
        let gold = read(
            r#"{"document":"d","text":"né: a model","mentions":[{"kind":"described","type":"model","start":5,"end":12,"text":"a model","reference":4}],"references":[{"id":4,"names":["Foo"],"answer":["Foo 2"],"acceptable":["Foo"]}]}"#,
        )
        .unwrap();
        assert_eq!((gold.document.id.as_str(), gold.marked), ("d", true));
        let mention = &gold.mentions[0];
        assert_eq!(mention.span.of(&gold.document.prose), "a model");
        assert_eq!(Scheme::default().labels[mention.label].name, "described-model");
        assert_eq!((mention.owed, mention.names.as_deref()), (true, Some(&["Foo".to_string()][..])));
        assert_eq!(gold.links[0].spans, [mention.span]);
        assert_eq!(
            (gold.links[0].answers.as_slice(), gold.links[0].acceptable.as_slice()),
            (&["Foo 2".to_string()][..], &["Foo".to_string()][..])
        );
    }

    #[test]
    fn a_scheme_names_fields_and_labels() {
        let scheme = Scheme {
            mentions_field: "gold".into(),
            offsets: Offsets::Characters,
            labels: vec![Label {
                name: "M".into(),
                types: vec![],
                kinds: vec![],
                counted: true,
                weight: 1.0,
            }],
            ignore: vec!["X".into()],
            ..Scheme::default()
        };
        let line = r#"{"id":"d","text":"né: a model","gold":[[4,11,"M"],[0,2,"X"],{"start":0,"end":2,"label":"M","sure":false}]}"#;
        let gold = read_gold_record(line.as_bytes(), &scheme, "p").unwrap();
        let found: Vec<(&str, bool)> = gold
            .mentions
            .iter()
            .map(|mention| (mention.span.of(&gold.document.prose), mention.owed))
            .collect();
        assert_eq!(found, [("a model", true), ("né", false)]);
    }

    #[test]
    fn a_record_without_marks_may_be_a_link_alone() {
        let gold = read(r#"{"text":"A model of 7B.","mention":"A model","answer":"Foo"}"#).unwrap();
        assert!(!gold.marked);
        assert_eq!(gold.links[0].spans, [ByteSpan::new(0, 7)]);
        let whole = read(r#"{"text":"A model of 7B.","answer":null}"#).unwrap();
        assert!(whole.links[0].spans.is_empty() && whole.links[0].answers.is_empty());
    }

    #[test]
    fn faults_say_which_mention_and_why() {
        for (rest, cause) in [
            (
                r#""mentions":[{"kind":"own","type":"model","start":0}]"#,
                "mention 1: it has no `start` and `end`",
            ),
            (r#""mentions":[{"start":0,"end":1}]"#, "mention 1: it has no `label`"),
            (
                r#""mentions":[[0,1,"own-model"],[0,1,"own"]]"#,
                "mention 2: label `own` is none of: named-model",
            ),
            (r#""mentions":[[0,99,"own-model"]]"#, "mention 1: no text stands at 0 to 99"),
            (r#""mentions":{}"#, "`mentions` is no list"),
            (r#""mention":"the model","answer":["x"]"#, "\"the model\" does not stand in the text"),
            (r#""answer":7"#, "`answer` is no list of texts"),
            (r#""references":[{"id":1,"answer":["x"]}]"#, "no mention that names it"),
        ] {
            let error = read(&format!(r#"{{"text":"A model.",{rest}}}"#)).unwrap_err();
            assert!(error.kind == "invalid-gold" && error.message.contains(cause), "{error}");
        }
    }
}
