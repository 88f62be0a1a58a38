//! The files under `rules-of-thumb/`: their format and its checks.

use toml::Spanned;
use toml::de::DeValue;

use super::entry::{At, Entry, EntryReader, Text, Value};
use super::expression::{Role, read_expression};
use super::organisation::owned;
use super::rule_of_thumb::{FOLDER, Surroundings};
use super::size::{SizeUnit, show_amount};
use super::{
    CatalogueFile, Circumstances, Fault, Favour, FavourTarget, HEAVIEST, Kind, LinkExample, Measure,
    OrganisationId, RuleOfThumb, RuleStatus, SizeRange, SystemId, Trait,
};
use crate::document::ByteSpan;

const KEYS: &[&str] = &["why", "sources", "when", "unless", "favours", "status", "example"];
const EXAMPLE_KEYS: &[&str] = &["text", "date", "organisations", "system", "expect"];
const FAVOUR_KEYS: &[&str] = &["system", "family", "maker", "weight"];
/// Keys of `when` besides measures and traits.
const WHEN_KEYS: &[&str] = &["authors", "told", "from", "to", "type", "kind", "phrases", "regex"];

/// Returns every key of `when` and `unless`.
fn keys_of_when() -> Vec<&'static str> {
    [WHEN_KEYS, Measure::NAMES, Trait::NAMES].concat()
}

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

struct FileReader<'a, 'f> {
    reader: EntryReader<'a, 'f>,
    around: &'f Surroundings<'f>,
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
            given.push(key.get_ref().to_string());
            match key.get_ref().as_ref() {
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
        let offset = value.span().start;
        let sources = self.reader.texts("sources", value);
        if sources.is_empty() {
            self.reader.fault(offset, "`sources` names none");
        }
        let is_address = |text: &str| {
            ["https://", "http://", "arxiv:", "doi:"]
                .iter()
                .any(|start| text.strip_prefix(start).is_some_and(|rest| !rest.is_empty()))
        };
        for source in sources.iter().filter(|source| !is_address(&source.value)) {
            let message = format!("`{}` is no public address", source.value);
            self.reader.fault_with_help(
                source.offset,
                message,
                "write \"https://…\", \"arxiv:2101.00001\" or \"doi:…\"",
            );
        }
        owned(sources)
    }

    fn table(&mut self, key: &str, value: Value<'a>) -> Option<Entry<'a>> {
        let offset = value.span().start;
        match value.into_inner() {
            DeValue::Table(table) => Some(table),
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

    fn parsed_text<T: std::str::FromStr<Err = String>>(&mut self, text: &Text<'a>) -> Option<T> {
        text.value.parse().map_err(|error: String| self.reader.fault(text.offset, error)).ok()
    }

    fn circumstances(&mut self, part: &str, value: Value<'a>) -> Circumstances {
        let offset = value.span().start;
        let mut asked = Circumstances::default();
        let (mut from, mut to) = (None, None);
        let known = keys_of_when();
        for (key, value) in self.table(part, value).unwrap_or_default() {
            let (name, place) = (key.get_ref().as_ref(), key.span().start);
            if matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()) {
                self.reader.fault_with_help(
                    place,
                    format!("`{name}` asks for nothing"),
                    "name something, or take the key out",
                );
                continue;
            }
            match name {
                "authors" => asked.authors = self.organisations(name, value),
                "told" => asked.stated_organisations = self.organisations(name, value),
                "from" => from = self.reader.date(name, value, self.around.today),
                "to" => to = self.reader.date(name, value, self.around.today),
                "type" => asked.types = self.list(name, value),
                "kind" => asked.kinds = self.kinds(name, value),
                "phrases" => {
                    asked.phrases = owned(self.reader.texts(name, value));
                    asked.phrases.iter_mut().for_each(|phrase| *phrase = phrase.to_lowercase());
                }
                "regex" => self.regex(value, &mut asked),
                _ => match (name.parse::<Measure>(), name.parse::<Trait>()) {
                    (Ok(measure), _) => asked.sizes.extend(self.range(measure, value)),
                    (_, Ok(of)) => asked.traits.push((of, self.told_values(of, value))),
                    _ => self.reader.unknown_key(&key, &known),
                },
            }
        }
        if let (Some(from), Some(to)) = (&from, &to)
            && from.value.earliest() > to.value.latest()
        {
            let message = format!("`from` lies after `to`: {} after {}", from.value, to.value);
            self.reader.fault_with_help(from.offset, message, "the earlier date stands under `from`");
        }
        (asked.from, asked.to) = (from.map(|date| date.value), to.map(|date| date.value));
        if asked.is_empty() && self.reader.faults.is_empty() {
            let message = match part {
                "when" => {
                    "`when` asks for nothing: the rule of thumb would speak for its system in every paper"
                }
                _ => "`unless` names nothing",
            };
            self.reader.fault_with_help(
                offset,
                message,
                "name `authors`, `from`, `to`, `parameters`, `phrases`, ...",
            );
        }
        asked
    }

    fn organisations(&mut self, key: &str, value: Value<'a>) -> Vec<OrganisationId> {
        let names = self.reader.texts(key, value);
        names.iter().filter_map(|name| self.organisation(name)).collect()
    }

    fn organisation(&mut self, id: &Text<'a>) -> Option<OrganisationId> {
        let found = self.around.organisations.by_id(&id.value);
        if found.is_none() {
            let message = format!("unknown organisation `{}`", id.value);
            self.reader.fault_with_help(id.offset, message, "write the id of one in organisations.toml");
        }
        found
    }

    /// Looks up a system; an unknown id is a fault unless the system is switched off.
    fn system(&mut self, id: &Text<'a>) -> Option<SystemId> {
        let found = self.around.systems.by_id(&id.value);
        if found.is_none() && !self.around.systems_off.contains(id.value.as_ref()) {
            let message = format!("unknown system `{}`", id.value);
            self.reader.fault_with_help(
                id.offset,
                message,
                "write the id of one; `byname systems list` shows them",
            );
        }
        found
    }

    fn list<T: std::str::FromStr<Err = String>>(&mut self, key: &str, value: Value<'a>) -> Vec<T> {
        let texts = self.reader.texts(key, value);
        texts.iter().filter_map(|text| self.parsed_text(text)).collect()
    }

    fn kinds(&mut self, key: &str, value: Value<'a>) -> Vec<Kind> {
        let texts = self.reader.texts(key, value);
        let mut kinds = Vec::new();
        for text in &texts {
            match text.value.as_ref() {
                "described" => kinds.push(Kind::Described),
                "own" => kinds.push(Kind::Own),
                other => {
                    let message = format!("`{other}` is none of: described, own");
                    self.reader.fault(text.offset, message);
                }
            }
        }
        kinds
    }

    /// Reads values of a trait, each of which a class of the lexicon must express.
    fn told_values(&mut self, of: Trait, value: Value<'a>) -> Vec<String> {
        let texts = self.reader.texts(of.name(), value);
        let tells = |value: &str| {
            let mut expressed = self.around.lexicon.classes.iter().filter_map(|class| class.tells.as_ref());
            expressed.any(|(about, says)| *about == of && says == value)
        };
        let unknown: Vec<&Text<'a>> = texts.iter().filter(|text| !tells(&text.value)).collect();
        for text in unknown {
            let message = format!("no word of the lexicon tells the {of} `{}`", text.value);
            let mut known: Vec<&str> = self
                .around
                .lexicon
                .classes
                .iter()
                .filter_map(|class| class.tells.as_ref())
                .filter(|(about, _)| *about == of)
                .map(|(_, says)| says.as_str())
                .collect();
            known.sort_unstable();
            known.dedup();
            let help = match known.is_empty() {
                true => "no class tells any; `tells` of a class says what its words tell".to_string(),
                false => format!("it tells: {}", known.join(", ")),
            };
            self.reader.fault_with_help(text.offset, message, help);
        }
        owned(texts)
    }

    /// Reads a range, such as `{ from = "60B", to = "150B" }`.
    fn range(&mut self, measure: Measure, value: Value<'a>) -> Option<SizeRange> {
        let offset = value.span().start;
        let unit = match measure {
            Measure::Bytes => SizeUnit::Bytes,
            Measure::Compute | Measure::Chips | Measure::Days | Measure::Layers | Measure::Width => {
                SizeUnit::Plain
            }
            _ => SizeUnit::Count,
        };
        let mut range = SizeRange { measure, from: 0.0, to: f64::INFINITY };
        let table = self.table(measure.name(), value)?;
        if table.is_empty() {
            self.reader.fault_with_help(
                offset,
                format!("`{measure}` asks for nothing"),
                "write { from = \"60B\", to = \"150B\" }",
            );
        }
        for (key, value) in table {
            let end = match key.get_ref().as_ref() {
                "from" => &mut range.from,
                "to" => &mut range.to,
                _ => {
                    self.reader.unknown_key(&key, &["from", "to"]);
                    continue;
                }
            };
            if let Some(size) = self.reader.sizes(key.get_ref(), value, unit).first() {
                *end = *size;
            }
        }
        if range.from > range.to {
            let (from, to) = (show_amount(range.from), show_amount(range.to));
            self.reader.fault(offset, format!("`{measure}` runs from {from} down to {to}"));
        }
        Some(range)
    }

    fn regex(&mut self, value: Value<'a>, asked: &mut Circumstances) {
        let span = value.span();
        let Some(text) = self.reader.text("regex", value) else { return };
        let source = Some(Spanned::new(span, text.value.to_string()));
        let EntryReader { file, faults } = &mut self.reader;
        asked.regex = read_expression(source, Role::Unless, file, self.around.lexicon, faults);
    }

    fn favours(&mut self, value: Value<'a>) -> Vec<Favour> {
        let offset = value.span().start;
        let entries = self.reader.entries("favours", value);
        if entries.is_empty() && self.reader.faults.is_empty() {
            self.reader.fault(offset, "`favours` names nothing");
        }
        entries.into_iter().filter_map(|entry| self.favour(entry)).collect()
    }

    fn favour(&mut self, entry: At<Entry<'a>>) -> Option<Favour> {
        let (mut targets, mut weight) = (0, None);
        let mut target = None;
        for (key, value) in entry.value {
            match key.get_ref().as_ref() {
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
        let offset = value.span().start;
        let weight = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
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

    fn example(&mut self, entry: At<Entry<'a>>) -> Option<LinkExample> {
        let (mut text, mut near_miss) = (None, false);
        let mut example = LinkExample {
            text: String::new(),
            expected: None,
            system: None,
            date: None,
            organisations: Vec::new(),
            line: Fault::at(self.reader.file, entry.offset, "").line,
        };
        for (key, value) in entry.value {
            match key.get_ref().as_ref() {
                "text" => text = self.reader.text("text", value),
                "date" => {
                    example.date = self.reader.date("date", value, self.around.today).map(|date| date.value)
                }
                "organisations" => example.organisations = owned(self.reader.texts("organisations", value)),
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
        example.line = Fault::at(self.reader.file, text.offset, "").line;
        let marked = match (text.value.find('['), text.value.find(']')) {
            (Some(open), Some(close)) if open + 1 < close => Some(ByteSpan::new(open, close - 1)),
            _ => None,
        };
        match (near_miss, marked) {
            (false, None) => {
                let help = "put [brackets] around it, or add `expect = \"none\"`";
                self.reader.fault_with_help(text.offset, "the example does not mark the description", help);
            }
            (true, Some(_)) => {
                self.reader.fault(text.offset, "a near miss marks nothing: take the brackets out");
            }
            _ => {}
        }
        example.expected = marked.filter(|_| !near_miss);
        example.text = match marked {
            Some(_) => text.value.replacen('[', "", 1).replacen(']', "", 1),
            None => text.value.into_owned(),
        };
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
