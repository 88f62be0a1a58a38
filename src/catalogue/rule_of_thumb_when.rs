//! The tables `when` and `unless` of rules of thumb: their format and its checks.

use toml::Spanned;

use super::entry::{EntryReader, Text};
use super::expression::{Role, read_expression};
use super::organisation::owned;
use super::parsed::{Content, Value};
use super::rule_of_thumb_file::FileReader;
use super::size::show_amount;
use super::{Circumstances, Kind, Measure, OrganisationId, SizeRange, SystemId, SystemKey, Trait};

/// Keys of `when` besides measures and traits.
const WHEN_KEYS: &[&str] = &["authors", "told", "from", "to", "type", "kind", "phrases", "regex"];

/// Returns every key of `when` and `unless`.
fn keys_of_when() -> Vec<&'static str> {
    [WHEN_KEYS, Measure::NAMES, Trait::NAMES].concat()
}

impl<'a> FileReader<'a, '_> {
    pub(super) fn circumstances(&mut self, part: &str, value: Value<'a>) -> Circumstances {
        let offset = value.start();
        let mut asked = Circumstances::default();
        let (mut from, mut to) = (None, None);
        let known = keys_of_when();
        for (key, value) in self.table(part, value).unwrap_or_default() {
            let (name, place) = (key.name, key.start());
            if matches!(&value.content, Content::Array(items) if items.is_empty()) {
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
                    asked.phrases = self.reader.strings(name, value);
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

    pub(super) fn organisation(&mut self, id: &Text<'a>) -> Option<OrganisationId> {
        let found = self.around.organisations.by_id(id.value);
        if found.is_none() {
            let message = format!("unknown organisation `{}`", id.value);
            self.reader.fault_with_help(id.offset, message, "write the id of one in organisations.toml");
        }
        found
    }

    /// Looks up a system; an unknown id is a fault unless the system is switched off.
    pub(super) fn system(&mut self, id: &Text<'a>) -> Option<SystemId> {
        let found = self.around.systems.by_id(id.value);
        if found.is_none() && !self.around.systems_off.contains(id.value) {
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
            match text.value {
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
        for text in &texts {
            if let Some((message, help)) = self.around.lexicon.untold(of, text.value) {
                self.reader.fault_with_help(text.offset, message, help);
            }
        }
        owned(texts)
    }

    /// Reads a range, such as `{ from = "60B", to = "150B" }`.
    fn range(&mut self, measure: Measure, value: Value<'a>) -> Option<SizeRange> {
        let offset = value.start();
        let unit = SystemKey::unit_of(measure);
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
            let end = match key.name {
                "from" => &mut range.from,
                "to" => &mut range.to,
                _ => {
                    self.reader.unknown_key(&key, &["from", "to"]);
                    continue;
                }
            };
            if let Some(size) = self.reader.sizes(key.name, value, unit).first() {
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
}
