//! The files under `rules-of-thumb/`: their format and its checks.

use super::entry::{At, EntryReader, Text};
use super::marked_example::read_marked;
use super::organisation::owned;
use super::parsed::{Content, Table, Value};
use super::rule_of_thumb::{FOLDER, Surroundings};
use super::{
    CatalogueFile, Circumstances, Fault, Favour, FavourTarget, HEAVIEST, LinkExample, RuleOfThumb, RuleStatus,
};

const KEYS: &[&str] = &["why", "sources", "when", "unless", "favours", "status", "example"];
const EXAMPLE_KEYS: &[&str] = &["text", "date", "organisations", "system", "expect"];
const FAVOUR_KEYS: &[&str] = &["system", "family", "maker", "weight"];
/// Reads a rule of thumb.
pub(super) fn read_file(
    file: &CatalogueFile,
    layer: usize,
    around: &Surroundings<'_>,
) -> Result<RuleOfThumb, Vec<Fault>> {
    let mut faults = Vec::new();
    let reader = EntryReader { file, faults: &mut faults };
    let rule = FileReader { reader, around }.read(layer);
    match rule {
        Some(rule) if faults.is_empty() => Ok(rule),
        _ => Err(faults),
    }
}

pub(super) struct FileReader<'a, 'f> {
    pub(super) reader: EntryReader<'a, 'f>,
    pub(super) around: &'f Surroundings<'f>,
}

impl<'a> FileReader<'a, '_> {
    fn read(mut self, layer: usize) -> Option<RuleOfThumb> {
        let file = self.reader.file;
        let name = file.path.strip_prefix(FOLDER).unwrap_or(&file.path).trim_end_matches(".toml");
        let mut rule = RuleOfThumb {
            name: name.to_string(),
            file: file.shown.clone(),
            layer,
            why: String::new(),
            sources: Vec::new(),
            when: Circumstances::default(),
            unless: Circumstances::default(),
            favours: Vec::new(),
            status: RuleStatus::Stable,
            examples: Vec::new(),
        };
        let mut given = Vec::new();
        for (key, value) in self.reader.document()? {
            given.push(key.name.to_string());
            match key.name {
                "why" => {
                    rule.why =
                        self.reader.text("why", value).map_or_else(String::new, |text| text.value.into())
                }
                "sources" => rule.sources = self.sources(value),
                "when" => rule.when = self.circumstances("when", value),
                "unless" => rule.unless = self.circumstances("unless", value),
                "favours" => rule.favours = self.favours(value),
                "status" => rule.status = self.parsed("status", value).unwrap_or_default(),
                "example" => rule.examples = self.examples(value),
                _ => self.reader.unknown_key(&key, KEYS),
            }
        }
        let missing = ["why", "sources", "when", "favours"].into_iter();
        for key in missing.filter(|key| !given.iter().any(|given| given == key)) {
            let help = match key {
                "when" => "say when it holds: [when] with `authors`, `from`, `to`, ...",
                "favours" => "write favours = [{ system = \"…\", weight = 1.5 }]",
                "sources" => "write sources = [\"https://…\"]: where that is told",
                _ => "write why = \"…\": the reason, in a line",
            };
            self.reader.fault_with_help(0, format!("the rule of thumb has no `{key}`"), help);
        }
        let is_asked =
            |wanted: bool| rule.examples.iter().any(|example| example.expected.is_some() == wanted);
        if !is_asked(true) {
            let help = "add [[example]] with a `text` that marks the description in [brackets]";
            self.reader.fault_with_help(
                0,
                "the rule of thumb has no example that it leads to the right system",
                help,
            );
        }
        if !is_asked(false) {
            let help = "add [[example]] with a `text` to which it must not apply and `expect = \"none\"`";
            self.reader.fault_with_help(0, "the rule of thumb has no near miss", help);
        }
        // A system that a package took out is favoured by nothing.
        if rule.favours.is_empty() {
            rule.status = RuleStatus::Off;
        }
        Some(rule)
    }

    fn sources(&mut self, value: Value<'a>) -> Vec<String> {
        let offset = value.start();
        let sources = self.reader.texts("sources", value);
        if sources.is_empty() {
            self.reader.fault(offset, "`sources` names none");
        }
        let is_address = |text: &str| {
            ["https://", "http://", "arxiv:", "doi:"]
                .iter()
                .any(|start| text.strip_prefix(start).is_some_and(|rest| !rest.is_empty()))
        };
        for source in sources.iter().filter(|source| !is_address(source.value)) {
            let message = format!("`{}` is no public address", source.value);
            self.reader.fault_with_help(
                source.offset,
                message,
                "write \"https://…\", \"arxiv:2101.00001\" or \"doi:…\"",
            );
        }
        owned(sources)
    }

    pub(super) fn table(&mut self, key: &str, value: Value<'a>) -> Option<Table<'a>> {
        let offset = value.start();
        match value.content {
            Content::Table(table) => Some(table),
            _ => {
                self.reader.fault(offset, format!("`{key}` must be a table"));
                None
            }
        }
    }

    /// Parses a value of an enum.
    fn parsed<T: std::str::FromStr<Err = String>>(&mut self, key: &str, value: Value<'a>) -> Option<T> {
        let text = self.reader.text(key, value)?;
        self.parsed_text(&text)
    }

    pub(super) fn parsed_text<T: std::str::FromStr<Err = String>>(&mut self, text: &Text<'a>) -> Option<T> {
        text.value.parse().map_err(|error: String| self.reader.fault(text.offset, error)).ok()
    }

    fn favours(&mut self, value: Value<'a>) -> Vec<Favour> {
        let offset = value.start();
        let entries = self.reader.entries("favours", value);
        if entries.is_empty() && self.reader.faults.is_empty() {
            self.reader.fault(offset, "`favours` names nothing");
        }
        entries.into_iter().filter_map(|entry| self.favour(entry)).collect()
    }

    fn favour(&mut self, entry: At<Table<'a>>) -> Option<Favour> {
        let (mut targets, mut weight) = (0, None);
        let mut target = None;
        for (key, value) in entry.value {
            match key.name {
                "weight" => weight = Some(self.weight(value)),
                name @ ("system" | "family" | "maker") => {
                    targets += 1;
                    let Some(id) = self.reader.text(name, value) else { continue };
                    target = match name {
                        "system" => self.system(&id).map(FavourTarget::System),
                        "family" => self.system(&id).map(FavourTarget::Family),
                        _ => self.organisation(&id).map(FavourTarget::Maker),
                    };
                }
                _ => self.reader.unknown_key(&key, FAVOUR_KEYS),
            }
        }
        if targets != 1 {
            let help = "write { system = \"…\", weight = 1.5 }, or `family` or `maker` in place of `system`";
            self.reader.fault_with_help(
                entry.offset,
                "what is favoured is one system, family or maker",
                help,
            );
        }
        if weight.is_none() {
            self.reader.fault_with_help(
                entry.offset,
                "what is favoured has no `weight`",
                "add `weight = 1.5`, in log-odds",
            );
        }
        Some(Favour { target: target?, weight: weight.flatten()? })
    }

    fn weight(&mut self, value: Value<'a>) -> Option<f64> {
        let offset = value.start();
        let weight = match value.content {
            Content::Integer(digits, _) | Content::Float(digits) => digits.parse::<f64>().ok(),
            _ => None,
        };
        match weight {
            Some(weight) if weight > 0.0 && weight <= HEAVIEST => Some(weight),
            Some(_) => {
                let message = format!("a weight lies above 0 and up to {HEAVIEST}");
                self.reader.fault_with_help(
                    offset,
                    message,
                    "0.7 doubles the odds, 2.3 makes them ten times as high",
                );
                None
            }
            None => {
                self.reader.fault(offset, "a weight is a number");
                None
            }
        }
    }

    fn examples(&mut self, value: Value<'a>) -> Vec<LinkExample> {
        let entries = self.reader.entries("example", value);
        entries.into_iter().filter_map(|entry| self.example(entry)).collect()
    }

    fn example(&mut self, entry: At<Table<'a>>) -> Option<LinkExample> {
        let (mut text, mut near_miss) = (None, false);
        let mut example = LinkExample {
            text: String::new(),
            expected: None,
            system: None,
            date: None,
            organisations: Vec::new(),
            line: self.reader.file.line_at(entry.offset),
        };
        for (key, value) in entry.value {
            match key.name {
                "text" => text = self.reader.text("text", value),
                "date" => {
                    example.date = self.reader.date("date", value, self.around.today).map(|date| date.value)
                }
                "organisations" => example.organisations = self.reader.strings("organisations", value),
                "system" => {
                    let id = self.reader.text("system", value);
                    example.system = id.and_then(|id| self.system(&id));
                }
                "expect" => near_miss = self.expects_none(value),
                _ => self.reader.unknown_key(&key, EXAMPLE_KEYS),
            }
        }
        let Some(text) = text else {
            self.reader.fault(entry.offset, "an example without `text`");
            return None;
        };
        example.line = self.reader.file.line_at(text.offset);
        let marked = read_marked(text.value);
        match (near_miss, &marked) {
            (false, None) => {
                let help = "put [brackets] around it, or add `expect = \"none\"`";
                self.reader.fault_with_help(text.offset, "the example does not mark the description", help);
            }
            (true, Some(_)) => {
                self.reader.fault(text.offset, "a near miss marks nothing: take the brackets out");
            }
            _ => {}
        }
        let (text, expected) =
            marked.map_or((text.value.to_string(), None), |(text, span)| (text, Some(span)));
        example.expected = expected.filter(|_| !near_miss);
        example.text = text;
        Some(example)
    }

    fn expects_none(&mut self, value: Value<'a>) -> bool {
        let Some(expect) = self.reader.text("expect", value) else { return false };
        if expect.value != "none" {
            let message = format!("`{}` cannot be expected", expect.value);
            self.reader.fault_with_help(
                expect.offset,
                message,
                "leave `expect` out, or write \"none\" for a near miss",
            );
        }
        expect.value == "none"
    }
}
