//! The meaning of the columns of a table, as described by the files under `imports/` of a catalogue.

use std::collections::BTreeMap;

use byname::catalogue::{EntityType, Layer, LoadError};
use jiff::civil::Date;
use serde::Deserialize;

use super::fact::{FactKey, ImportedSystem};
use super::table::{self, Row, RowFault, TableKind};

/// The folder of a catalogue that holds the import formats.
const FOLDER: &str = "imports/";
/// The separator of several values in one field of a table with the keys of byname.
const OWN_SPLIT: &str = ";";

/// A kind of table and the meaning of its columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImportFormat {
    /// The name that `--format` takes: that of its file.
    #[serde(skip)]
    pub name: String,
    /// A short description.
    pub about: String,
    /// The syntax of the table.
    pub table: TableKind,
    /// The key of a YAML file that holds the list of rows.
    list: Option<String>,
    /// The source of the facts; `None` if each row or file is its own source.
    source: Option<String>,
    /// The type of its systems if a row does not state it.
    #[serde(rename = "type")]
    entity_type: EntityType,
    #[serde(rename = "column")]
    columns: Vec<Column>,
}

/// The meaning of one column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Column {
    /// The headers that the column may have.
    of: Vec<String>,
    key: FactKey,
    /// The separator of several values in one field.
    split: Option<String>,
    /// Markers, one of which precedes a value: only the text after it counts, and a part without any is
    /// dropped.
    #[serde(default)]
    after: Vec<String>,
    /// The values of the table and those of the catalogue; an empty one of the catalogue drops the value.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// Drops values that `values` does not list.
    #[serde(default)]
    only_listed: bool,
    #[serde(default)]
    lower_case: bool,
    divide_by: Option<f64>,
    /// A condition on rows: in others, the column is not read.
    #[serde(rename = "where")]
    condition: Option<RowCondition>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowCondition {
    column: String,
    holds: String,
}

/// The formats of a catalogue, and `csv` and `json` with the keys of byname.
#[derive(Debug, Clone)]
pub struct ImportFormats(Vec<ImportFormat>);

impl ImportFormats {
    /// Reads the formats of all layers; a later layer replaces a format of the same name.
    ///
    /// # Errors
    /// A fault for every file that is not TOML of this shape.
    pub fn read(layers: &[Layer]) -> Result<Self, LoadError> {
        let mut formats = vec![ImportFormat::own(TableKind::Csv), ImportFormat::own(TableKind::Json)];
        let mut faults = Vec::new();
        for file in layers.iter().flat_map(|layer| &layer.files) {
            let Some(name) = file.path.strip_prefix(FOLDER) else { continue };
            match file.parse::<ImportFormat>() {
                Ok(mut format) => {
                    format.name = name.trim_end_matches(".toml").to_string();
                    formats.retain(|other| other.name != format.name);
                    formats.push(format);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self(formats)) } else { Err(LoadError { faults }) }
    }

    /// Returns the names of all formats, in alphabetical order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.iter().map(|format| format.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// Returns the format with this name.
    pub fn by_name(&self, name: &str) -> Option<&ImportFormat> {
        self.0.iter().find(|format| format.name == name)
    }

    /// Returns the format that knows most columns of a file, among those that its extension allows.
    pub fn of_file(&self, path: &str, bytes: &[u8]) -> Option<&ImportFormat> {
        let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
        let kind = match ending.as_str() {
            "csv" => TableKind::Csv,
            "json" | "jsonl" | "ndjson" => TableKind::Json,
            "yaml" | "yml" => TableKind::Yaml,
            _ => return None,
        };
        let known = |format: &ImportFormat| {
            let (rows, _) = table::read(bytes, kind, format.list.as_deref());
            rows.first().map_or(0, |row| {
                format
                    .columns
                    .iter()
                    .filter(|column| column.of.iter().any(|of| row.column(of).is_some()))
                    .count()
            })
        };
        // Of equals the first is taken, which is the one of our own keys.
        self.0.iter().filter(|format| format.table == kind).rev().max_by_key(|format| known(format))
    }
}

impl ImportFormat {
    /// Returns the format of a table whose columns are the keys of the system files.
    fn own(table: TableKind) -> Self {
        let column = |key: &FactKey| Column {
            of: vec![key.name().to_string()],
            key: *key,
            split: (!matches!(key, FactKey::Name | FactKey::Title)).then(|| OWN_SPLIT.to_string()),
            after: Vec::new(),
            values: BTreeMap::new(),
            only_listed: false,
            lower_case: false,
            divide_by: None,
            condition: None,
        };
        Self {
            name: table.name().to_string(),
            about: "our own keys".to_string(),
            table,
            list: None,
            source: None,
            entity_type: EntityType::Model,
            columns: FactKey::ALL.iter().map(column).collect(),
        }
    }

    /// Returns the systems of a table, and the faults of what could not be read. `file` is the source if the
    /// table names none; no date may lie after `today`.
    pub fn read(&self, bytes: &[u8], file: &str, today: Date) -> (Vec<ImportedSystem>, Vec<RowFault>) {
        let (rows, mut faults) = table::read(bytes, self.table, self.list.as_deref());
        let systems = rows.iter().filter_map(|row| self.system(row, file, today, &mut faults)).collect();
        faults.sort_by_key(|fault| fault.line);
        (systems, faults)
    }

    fn system(
        &self,
        row: &Row,
        file: &str,
        today: Date,
        faults: &mut Vec<RowFault>,
    ) -> Option<ImportedSystem> {
        let mut facts: BTreeMap<FactKey, Vec<String>> = BTreeMap::new();
        for column in &self.columns {
            for value in column.values(row) {
                match column.key.normal(&value, column.divide_by.unwrap_or(1.0), today) {
                    Ok(value) => {
                        let held = facts.entry(column.key).or_default();
                        if !held.contains(&value) {
                            held.push(value);
                        }
                    }
                    Err(message) => faults.push(RowFault { line: row.line, message }),
                }
            }
        }
        facts.retain(|key, values| {
            if key.is_single() && values.len() > 1 {
                let message = format!("`{key}` has more than one value: {}", values.join(", "));
                faults.push(RowFault { line: row.line, message });
            }
            !key.is_single() || values.len() == 1
        });
        let Some(name) = facts.remove(&FactKey::Name).and_then(|mut names| names.pop()) else {
            let headers = self.columns.iter().filter(|column| column.key == FactKey::Name);
            let headers: Vec<&str> = headers.flat_map(|column| &column.of).map(String::as_str).collect();
            let message = format!("this row has no name; it stands under `{}`", headers.join("` or `"));
            faults.push(RowFault { line: row.line, message });
            return None;
        };
        let entity_type = facts.remove(&FactKey::Type).and_then(|of| of.first()?.parse().ok());
        let sources = facts.entry(FactKey::Sources).or_default();
        if sources.is_empty() {
            sources.push(self.source.clone().unwrap_or_else(|| file.to_string()));
        }
        let place = format!("{file}:{}", row.line);
        Some(ImportedSystem { place, name, entity_type: entity_type.unwrap_or(self.entity_type), facts })
    }
}

impl Column {
    /// Returns the values of a row in this column, still in the notation of the table.
    fn values(&self, row: &Row) -> Vec<String> {
        let holds = |condition: &RowCondition| {
            let cell = row.column(&condition.column).unwrap_or_default();
            cell.iter().any(|value| value.contains(&condition.holds))
        };
        if !self.condition.as_ref().is_none_or(holds) {
            return Vec::new();
        }
        let cell = self.of.iter().find_map(|header| row.column(header)).unwrap_or_default();
        let parts = cell.iter().flat_map(|value| match &self.split {
            Some(split) => value.split(split.as_str()).collect(),
            None => vec![value.as_str()],
        });
        parts.filter_map(|part| self.value(part.trim())).collect()
    }

    fn value(&self, part: &str) -> Option<String> {
        let part = if self.after.is_empty() {
            part
        } else {
            self.after.iter().find_map(|after| part.split_once(after.as_str())).map(|(_, rest)| rest)?
        };
        let listed = self.values.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(part));
        let value = match listed {
            Some((_, ours)) => ours.clone(),
            None if self.only_listed => return None,
            None if self.lower_case => part.to_lowercase(),
            None => part.to_string(),
        };
        (!value.is_empty()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 1);

    fn formats() -> ImportFormats {
        ImportFormats::read(&[Layer::built_in()]).unwrap()
    }

    fn read(format: &str, text: &str) -> (Vec<ImportedSystem>, Vec<RowFault>) {
        formats().by_name(format).unwrap().read(text.as_bytes(), "a.csv", TODAY)
    }

    const EPOCH: &str = "Model,Organization,Publication date,Parameters,Training compute (FLOP),Domain,Task,\
        Model accessibility,Link,Training time (hours),Training dataset size (gradients)\n\
        Bolt 9,\"Acme,Cog Labs\",2024-03-01,9000000000,1.5e23,\"Language,Other\",Chat,\
        Open weights (unrestricted),https://arxiv.org/abs/2403.00001v2,48,2e12\n\
        Rivet,Acme,2024-03,,,Vision,,,https://example.org/rivet,,500000\n";

    #[test]
    fn columns_of_epoch_become_our_facts() {
        let (systems, faults) = read("epoch", EPOCH);
        assert_eq!(faults, []);
        let bolt = &systems[0];
        assert_eq!((bolt.name.as_str(), bolt.place.as_str()), ("Bolt 9", "a.csv:2"));
        for (key, values) in [
            (FactKey::Organisations, vec!["Acme", "Cog Labs"]),
            (FactKey::Parameters, vec!["9B"]),
            (FactKey::Compute, vec!["1.5e23"]),
            (FactKey::Domains, vec!["language", "chat"]),
            (FactKey::Access, vec!["open"]),
            (FactKey::Arxiv, vec!["2403.00001"]),
            (FactKey::Days, vec!["2"]),
            (FactKey::Tokens, vec!["2T"]),
            (FactKey::Sources, vec!["epoch"]),
        ] {
            assert_eq!(bolt.values(key), values, "{key}");
        }
        // Neither a link to elsewhere nor a count of images is taken for something else.
        let rivet = &systems[1];
        assert!(rivet.values(FactKey::Arxiv).is_empty() && rivet.values(FactKey::Tokens).is_empty());
    }

    #[test]
    fn the_list_of_helm_becomes_our_facts() {
        let yaml = "models:\n  - name: acme/bolt-9-chat\n    display_name: Bolt 9 Chat\n    access: limited\n    \
            num_parameters: 9000000000\n    release_date: 2024-03-01\n    tags: [TEXT_MODEL_TAG, ANY_TAG]\n";
        let (systems, faults) = read("helm", yaml);
        assert_eq!(faults, []);
        let names: Vec<&str> = systems[0].names().collect();
        assert_eq!(names, ["Bolt 9 Chat", "bolt-9-chat"]);
        assert_eq!(systems[0].values(FactKey::Access), ["api"]);
        assert_eq!(systems[0].values(FactKey::Announced), ["2024-03-01"]);
        assert_eq!(systems[0].values(FactKey::Modalities), ["text"]);
    }

    #[test]
    fn our_own_keys_need_no_format() {
        let json = "{\"name\": \"Bolt\", \"type\": \"dataset\", \"tokens\": \"2B\", \"domains\": [\"code\", \"law\"]}";
        let (systems, faults) = read("json", json);
        assert_eq!(faults, []);
        assert_eq!(systems[0].entity_type, EntityType::Dataset);
        assert_eq!(systems[0].values(FactKey::Domains), ["code", "law"]);
        assert_eq!(systems[0].values(FactKey::Sources), ["a.csv"]);
    }

    #[test]
    fn a_bad_fact_is_left_out_and_told() {
        let (systems, faults) =
            read("csv", "name,parameters,access\nBolt,big,open\n,7B,open\nCog,7B,open;api\n");
        assert_eq!(systems.len(), 2);
        assert!(systems[0].values(FactKey::Parameters).is_empty());
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 3, 4]);
        assert!(faults[1].message.contains("no name"), "{faults:?}");
        assert!(faults[2].message.contains("more than one value"), "{faults:?}");
    }

    #[test]
    fn the_format_is_told_by_ending_and_headers() {
        let formats = formats();
        let of = |path: &str, text: &str| formats.of_file(path, text.as_bytes()).map(|of| of.name.clone());
        assert_eq!(of("a.csv", EPOCH).as_deref(), Some("epoch"));
        assert_eq!(of("a.csv", "name,access\nBolt,open\n").as_deref(), Some("csv"));
        assert_eq!(of("a.JSONL", "{\"name\": \"Bolt\"}").as_deref(), Some("json"));
        assert_eq!(of("a.yaml", "models: []").as_deref(), Some("helm"));
        assert_eq!(of("a.txt", ""), None);
        assert_eq!(formats.names(), ["csv", "epoch", "helm", "json"]);
    }
}
