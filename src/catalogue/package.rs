//! `byname-package.toml`: the name and metadata of a layer, what it needs, and what it switches off.

use semver::{Version, VersionReq};

use super::entry::{EntryReader, Text};
use super::parsed::{Content, Table, Value};
use super::{Catalogue, CatalogueFile, Fault, Layer};
use crate::document::PartialDate;

/// The file that makes a layer a package.
pub(super) const FILE: &str = "byname-package.toml";

/// The name of the program among the needs of a package.
const PROGRAM: &str = "byname";

const KEYS: &[&str] = &["name", "version", "date", "licence", "description", "needs", "off"];

/// The metadata of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its name: lower-case letters, digits and hyphens.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// The date of its last edit.
    pub date: Option<PartialDate>,
    /// Its licence, as an SPDX expression.
    pub licence: String,
    /// Its contents, in one line.
    pub description: String,
    /// The names and versions of the packages that must be below it; `byname` is the program.
    pub needs: Vec<Need>,
    /// Ids of rules below it that no longer vote.
    pub rules_off: Vec<Mentioned>,
    /// Ids of systems below it that are left out.
    pub systems_off: Vec<Mentioned>,
    /// Names of rules of thumb below it that no longer count.
    pub rules_of_thumb_off: Vec<Mentioned>,
}

/// A package that another one needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Its name.
    pub name: String,
    /// The versions that satisfy the need.
    pub versions: VersionReq,
    /// Byte offset of the need in the file.
    pub offset: usize,
}

/// An id in the file of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Mentioned {
    /// The id.
    pub id: String,
    /// Byte offset of the id in the file.
    pub offset: usize,
}

impl Layer {
    /// Returns the file that makes the layer a package.
    pub(super) fn package_file(&self) -> Option<&CatalogueFile> {
        self.files.iter().find(|file| file.path == FILE)
    }

    /// Reads the package metadata of the layer; `None` for a plain folder.
    ///
    /// # Errors
    ///
    /// Returns every fault of its `byname-package.toml`.
    pub fn package(&self) -> Result<Option<Package>, Vec<Fault>> {
        let Some(file) = self.package_file() else { return Ok(None) };
        let mut faults = Vec::new();
        let package = read(file, &mut faults);
        if faults.is_empty() { Ok(package) } else { Err(faults) }
    }
}

fn read(file: &CatalogueFile, faults: &mut Vec<Fault>) -> Option<Package> {
    let mut reader = EntryReader { file, faults };
    let (mut name, mut version, mut licence, mut description) = (None, None, None, None);
    let (mut date, mut needs, mut rules_off, mut systems_off) = (None, Vec::new(), Vec::new(), Vec::new());
    let mut rules_of_thumb_off = Vec::new();
    for (key, value) in reader.document()? {
        match key.name {
            "name" => name = reader.text("name", value).filter(|name| is_name(&mut reader, name)),
            "version" => {
                version = reader.text("version", value).and_then(|text| read_version(&mut reader, &text))
            }
            "date" => date = reader.date("date", value, jiff::civil::Date::MAX),
            "licence" => licence = reader.text("licence", value),
            "description" => description = reader.text("description", value),
            "needs" => needs = read_needs(&mut reader, value),
            "off" => {
                for (key, value) in table(&mut reader, "off", value) {
                    match key.name {
                        "rules" => rules_off = mentioned(reader.texts("rules", value)),
                        "systems" => systems_off = mentioned(reader.texts("systems", value)),
                        "rules-of-thumb" => {
                            rules_of_thumb_off = mentioned(reader.texts("rules-of-thumb", value))
                        }
                        _ => reader.unknown_key(&key, &["rules", "systems", "rules-of-thumb"]),
                    }
                }
            }
            _ => reader.unknown_key(&key, KEYS),
        }
    }
    for (key, is_missing) in [
        ("name", name.is_none()),
        ("version", version.is_none()),
        ("licence", licence.is_none()),
        ("description", description.is_none()),
    ] {
        if is_missing && reader.faults.is_empty() {
            reader.fault_with_help(0, format!("the package has no `{key}`"), format!("write {key} = \"…\""));
        }
    }
    Some(Package {
        name: name?.value.to_string(),
        version: version?,
        date: date.map(|date| date.value),
        licence: licence?.value.to_string(),
        description: description?.value.to_string(),
        needs,
        rules_off,
        systems_off,
        rules_of_thumb_off,
    })
}

fn table<'a>(reader: &mut EntryReader<'a, '_>, key: &str, value: Value<'a>) -> Table<'a> {
    let offset = value.start();
    match value.content {
        Content::Table(table) => table,
        _ => {
            reader.fault(offset, format!("`{key}` must be a table; write [{key}]"));
            Table::default()
        }
    }
}

fn mentioned(texts: Vec<Text<'_>>) -> Vec<Mentioned> {
    texts.into_iter().map(|text| Mentioned { id: text.value.to_string(), offset: text.offset }).collect()
}

fn is_name(reader: &mut EntryReader<'_, '_>, name: &Text<'_>) -> bool {
    let is_sound = name.value.len() <= 64
        && name.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let cause = match name.value {
        PROGRAM => format!("a package cannot be called `{PROGRAM}`, as the program is"),
        _ if is_sound => return true,
        other => format!("`{other}` is no name for a package"),
    };
    reader.fault_with_help(name.offset, cause, "use up to 64 small letters, digits and hyphens");
    false
}

fn read_version(reader: &mut EntryReader<'_, '_>, text: &Text<'_>) -> Option<Version> {
    let read = Version::parse(text.value);
    if let Err(error) = &read {
        let message = format!("`{}` is no version: {error}", text.value);
        reader.fault_with_help(text.offset, message, "write three numbers, as in \"1.0.0\"");
    }
    read.ok()
}

fn read_needs<'a>(reader: &mut EntryReader<'a, '_>, value: Value<'a>) -> Vec<Need> {
    let mut needs = Vec::new();
    for (name, value) in table(reader, "needs", value) {
        let offset = name.start();
        let Some(text) = reader.text("needs", value) else { continue };
        match VersionReq::parse(text.value) {
            Ok(versions) => needs.push(Need { name: name.name.to_string(), versions, offset }),
            Err(error) => {
                let message = format!("`{}` names no versions: {error}", text.value);
                reader.fault_with_help(
                    text.offset,
                    message,
                    "write \">=1.2\" or \"1.2\", which is up to 2.0",
                );
            }
        }
    }
    needs
}

/// Reads the package metadata of every layer and reports conflicts: a package that occurs twice, and one that
/// needs what is not below it.
pub(super) fn read_packages(layers: &[Layer], faults: &mut Vec<Fault>) -> Vec<Option<Package>> {
    let packages: Vec<Option<Package>> = layers
        .iter()
        .map(|layer| {
            layer.package().unwrap_or_else(|found| {
                faults.extend(found);
                None
            })
        })
        .collect();
    for (index, (layer, package)) in layers.iter().zip(&packages).enumerate() {
        let (Some(package), Some(file)) = (package, layer.package_file()) else { continue };
        let called = |name: &str, among: &[Option<Package>]| {
            among.iter().position(|other| other.as_ref().is_some_and(|other| other.name == name))
        };
        if let Some(other) = called(&package.name, &packages[..index]) {
            let (name, other) = (&package.name, &layers[other].name);
            let offset = file.text.find(name.as_str()).unwrap_or_default();
            let message = format!("the package `{name}` is laid on twice: as {other} and as {}", layer.name);
            faults.push(Fault::at(file, offset, message).help("leave one of them out, or rename one"));
        }
        for need in &package.needs {
            if let Some((message, help)) = unmet(need, &packages, index, called(&need.name, &packages)) {
                faults.push(Fault::at(file, need.offset, message).help(help));
            }
        }
    }
    packages
}

/// Returns why a need of the package at `index` is not met, and how to fix it; `None` if it is met.
fn unmet(
    need: &Need,
    packages: &[Option<Package>],
    index: usize,
    place: Option<usize>,
) -> Option<(String, String)> {
    let Need { name, versions, .. } = need;
    let found = match place {
        _ if name == PROGRAM => Version::parse(env!("CARGO_PKG_VERSION")).ok()?,
        Some(place) if place >= index => {
            let message = format!("the package needs `{name}`, which does not lie below it");
            return Some((message, format!("give `{name}` before this package")));
        }
        Some(place) => packages[place].as_ref()?.version.clone(),
        None => {
            let message = format!("the package needs `{name}`, which is not given");
            return Some((message, format!("lay `{name}` on with --catalog, before this package")));
        }
    };
    (!versions.matches(&found)).then(|| {
        let message = format!("the package needs `{name}` {versions}, and this is {found}");
        (message, format!("get another version of `{name}`, or of this package"))
    })
}

impl Catalogue {
    /// Returns the date of the last edit of the built-in catalogue.
    pub(super) fn built_in_date() -> Option<PartialDate> {
        Layer::built_in_package().package().ok().flatten().and_then(|package| package.date)
    }
}

#[cfg(test)]
#[path = "package_tests.rs"]
mod tests;
