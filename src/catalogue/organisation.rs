//! The organisations that make systems and write papers.

use std::borrow::Cow;
use std::sync::Arc;

use super::entry::{At, EntryReader, Text};
use super::parsed::Table;
use super::{CatalogueFile, Fault, Layer, OrganisationId};
use crate::catalogue::names::{NameMap, spelling_key};
use crate::named_enum;

named_enum! {
    /// The kind of an organisation.
    pub enum OrganisationKind {
        /// A company.
        Company => "company",
        /// A university.
        University => "university",
        /// A laboratory or institute.
        Laboratory => "laboratory",
        /// People who work together without a company.
        Community => "community",
        /// A state or another public body.
        Public => "public",
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Its id in files.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its kind.
    pub kind: Option<OrganisationKind>,
    /// The organisation that it belongs to.
    pub parent: Option<OrganisationId>,
    /// Domains of the e-mail addresses of its people.
    pub email_domains: Vec<String>,
    /// Cities and countries by which papers refer to it: "a Toronto company".
    pub places: Vec<String>,
    /// Phrases by which papers refer to it: "the maker of ChatGPT".
    pub described_as: Vec<String>,
}

/// The organisations of a catalogue.
/// Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Organisations(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    list: Vec<Organisation>,
    by_id: NameMap<OrganisationId>,
    placeholders: Vec<String>,
    samples: Vec<String>,
}

const KEYS: &[&str] = &["id", "name", "aliases", "kind", "parent", "email-domains", "places", "described-as"];

/// The path of the file within a catalogue folder.
const FILE: &str = "organisations.toml";

struct Draft<'a> {
    file: &'a CatalogueFile,
    layer: usize,
    id: Text<'a>,
    parent: Option<Text<'a>>,
    organisation: Organisation,
}

impl Organisations {
    /// Reads the organisations of every layer; a later layer adds organisations or replaces those of the same
    /// id.
    ///
    /// # Errors
    ///
    /// Returns every fault, in the order of the files.
    pub fn read(layers: &[Layer]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        let (mut placeholders, mut samples) = (Vec::new(), Vec::new());
        let mut places: NameMap<usize> = NameMap::default();
        for (layer, file) in
            layers.iter().enumerate().flat_map(|(at, layer)| layer.files.iter().map(move |file| (at, file)))
        {
            if file.path != FILE {
                continue;
            }
            for draft in read_file(file, layer, (&mut placeholders, &mut samples), &mut faults) {
                match places.get(draft.id.value).copied() {
                    Some(place) if drafts[place].layer == layer => {
                        let message = format!("organisation id `{}` is used twice", draft.id.value);
                        faults.push(
                            Fault::at(file, draft.id.offset, message).help("give one of them another id"),
                        );
                    }
                    Some(place) => drafts[place] = draft,
                    None => {
                        places.insert(draft.id.value.into(), drafts.len());
                        drafts.push(draft);
                    }
                }
            }
        }
        let mut organisations = Known { placeholders, samples, ..Known::default() };
        for (index, draft) in drafts.iter().enumerate() {
            organisations.by_id.insert(draft.id.value.into(), OrganisationId(index as u32));
        }
        for mut draft in drafts {
            if let Some(parent) = draft.parent {
                draft.organisation.parent = organisations.by_id.get(parent.value).copied();
                if draft.organisation.parent.is_none() {
                    let message = format!("unknown parent organisation `{}`", parent.value);
                    faults.push(
                        Fault::at(draft.file, parent.offset, message)
                            .help("a parent is the id of another organisation"),
                    );
                }
            }
            organisations.list.push(draft.organisation);
        }
        if faults.is_empty() { Ok(Self(Arc::new(organisations))) } else { Err(faults) }
    }

    /// Returns the organisation with an id.
    pub fn by_id(&self, id: &str) -> Option<OrganisationId> {
        self.0.by_id.get(id).copied()
    }

    /// Returns an organisation.
    pub fn get(&self, id: OrganisationId) -> Option<&Organisation> {
        self.0.list.get(id.0 as usize)
    }

    /// Returns whether the text in the place of an affiliation is not one: words of a template, the domain of
    /// a mail service, a remark on whom to write to.
    pub fn is_placeholder(&self, affiliation: &str) -> bool {
        let written = affiliation.trim().to_lowercase();
        self.0.placeholders.iter().any(|placeholder| {
            let words = placeholder.trim_matches('*');
            match (placeholder.starts_with('*'), placeholder.ends_with('*')) {
                (true, true) => written.contains(words),
                (true, false) => written.ends_with(words),
                (false, true) => written.starts_with(words),
                (false, false) => written == words,
            }
        })
    }

    /// Returns whether an affiliation stands only in the sample paper that comes with a template, so that nothing
    /// which stands beside it was written by the authors.
    pub fn is_of_sample(&self, affiliation: &str) -> bool {
        self.0.samples.contains(&affiliation.trim().to_lowercase())
    }

    /// Iterates over all organisations with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (OrganisationId, &Organisation)> {
        self.0
            .list
            .iter()
            .enumerate()
            .map(|(index, organisation)| (OrganisationId(index as u32), organisation))
    }

    /// Returns the number of organisations.
    pub fn len(&self) -> usize {
        self.0.list.len()
    }

    /// Returns whether there are no organisations.
    pub fn is_empty(&self) -> bool {
        self.0.list.is_empty()
    }

    /// Iterates over an organisation and all that it belongs to, itself first, at most eight.
    pub fn lineage(&self, id: OrganisationId) -> impl Iterator<Item = OrganisationId> {
        let parent = |id: &OrganisationId| self.get(*id).and_then(|organisation| organisation.parent);
        std::iter::successors(Some(id), parent).take(8) // a ring of parents must not hang the program
    }

    /// Returns whether two organisations are the same or belong to the same one.
    pub fn related(&self, one: OrganisationId, other: OrganisationId) -> bool {
        one == other || self.lineage(one).any(|above| self.lineage(other).any(|other| other == above))
    }
}

fn read_file<'a>(
    file: &'a CatalogueFile,
    layer: usize,
    (placeholders, samples): (&mut Vec<String>, &mut Vec<String>),
    faults: &mut Vec<Fault>,
) -> Vec<Draft<'a>> {
    let mut reader = EntryReader { file, faults };
    let mut drafts = Vec::new();
    for (key, value) in reader.document().unwrap_or_default() {
        match key.name {
            "organisation" => {
                for entry in reader.entries("organisation", value) {
                    drafts.extend(read_entry(&mut reader, entry, layer));
                }
            }
            "placeholders" | "samples" => {
                let written = reader.strings(key.name, value).into_iter();
                let texts = if key.name == "samples" { &mut *samples } else { &mut *placeholders };
                texts.extend(written.map(|text| text.trim().to_lowercase()));
            }
            _ => reader.unknown_key(&key, &["organisation", "placeholders", "samples"]),
        }
    }
    drafts
}

fn read_entry<'a>(reader: &mut EntryReader<'a, '_>, entry: At<Table<'a>>, layer: usize) -> Option<Draft<'a>> {
    let (mut id, mut name, mut parent, mut kind) = (None, None, None, None);
    let (mut aliases, mut email_domains, mut places, mut described_as) = (vec![], vec![], vec![], vec![]);
    for (key, value) in entry.value {
        match key.name {
            "id" => id = reader.text("id", value),
            "name" => name = reader.text("name", value),
            "parent" => parent = reader.text("parent", value),
            "kind" => {
                if let Some(written) = reader.text("kind", value) {
                    kind = written
                        .value
                        .parse()
                        .map_err(|error: String| reader.fault(written.offset, error))
                        .ok();
                }
            }
            "aliases" => aliases = reader.strings("aliases", value),
            "email-domains" => email_domains = reader.strings("email-domains", value),
            "places" => places = reader.strings("places", value),
            "described-as" => described_as = reader.strings("described-as", value),
            _ => reader.unknown_key(&key, KEYS),
        }
    }
    let Some(id) = id else {
        reader.fault_with_help(entry.offset, "an organisation without id", "write id = \"…\" in lower case");
        return None;
    };
    let Some(name) = name else {
        reader.fault(id.offset, format!("organisation `{}` has no name", id.value));
        return None;
    };
    let organisation = Organisation {
        id: id.value.to_string(),
        name: name.value.to_string(),
        aliases,
        kind,
        parent: None,
        email_domains,
        places,
        described_as,
    };
    Some(Draft { file: reader.file, layer, id, parent, organisation })
}

/// Returns the strings without their offsets.
pub(super) fn owned(texts: Vec<Text<'_>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value.to_string()).collect()
}

impl Organisation {
    /// Iterates over its name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Returns whether a text is one of its names in any spelling.
    pub fn is_called(&self, text: &str) -> bool {
        let wanted: Cow<'_, str> = spelling_key(text);
        self.names().any(|name| spelling_key(name) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(text: &str) -> Layer {
        Layer::of_texts("x", [(FILE, text)])
    }

    const TWO: &str = "[[organisation]]\nid='acme'\nname='Acme'\nkind='company'\nplaces=['Toronto']\n\
                       [[organisation]]\nid='acme-lab'\nname='Acme Lab'\nparent='acme'\n";

    #[test]
    fn a_laboratory_is_related_to_its_parent() {
        let organisations = Organisations::read(&[layer(TWO)]).unwrap();
        let (acme, lab) = (organisations.by_id("acme").unwrap(), organisations.by_id("acme-lab").unwrap());
        assert!(organisations.related(acme, lab) && organisations.related(lab, acme));
        assert!(organisations.get(lab).unwrap().is_called("acme-LAB"));
    }

    #[test]
    fn a_later_layer_replaces_an_organisation() {
        let later = layer("[[organisation]]\nid='acme'\nname='Acme Corporation'\n");
        let organisations = Organisations::read(&[layer(TWO), later]).unwrap();
        assert_eq!(organisations.len(), 2);
        assert_eq!(organisations.get(OrganisationId(0)).unwrap().name, "Acme Corporation");
    }

    #[test]
    fn faults_tell_place_and_cause() {
        for (text, message) in [
            ("[[organisation]]\nid='a'\nname='A'\ncolour='red'\n", "4:1: unknown key `colour`"),
            ("[[organisation]]\nid='a'\nname='A'\nparent='b'\n", "4:8: unknown parent organisation `b`"),
            (
                "[[organisation]]\nid='a'\nname='A'\n[[organisation]]\nid='a'\nname='B'\n",
                "5:4: organisation id `a` is used twice",
            ),
            ("[[organisation]]\nid='a'\nname='A'\nkind='ship'\n", "4:6: `ship` is none of: company"),
            ("[[organisation]]\nname='A'\n", "an organisation without id"),
            ("[[organisation]\n", "x/organisations.toml:1:"),
        ] {
            let faults = Organisations::read(&[layer(text)]).unwrap_err();
            assert!(faults[0].to_string().contains(message), "{} should tell {message}", faults[0]);
        }
    }

    #[test]
    fn a_ring_of_parents_ends() {
        let ring = "[[organisation]]\nid='a'\nname='A'\nparent='b'\n[[organisation]]\nid='b'\nname='B'\nparent='a'\n";
        let organisations = Organisations::read(&[layer(ring)]).unwrap();
        assert!(organisations.related(OrganisationId(0), OrganisationId(1)));
    }

    #[test]
    fn templates_and_mail_services_are_no_affiliations() {
        let text = format!("placeholders = ['*Address line*', 'mail.example', 'write to*']\n{TWO}");
        let organisations = Organisations::read(&[layer(&text)]).unwrap();
        for text in ["Affiliation / Address line 1, City", "Mail.example", "Write to Ann"] {
            assert!(organisations.is_placeholder(text), "{text}");
        }
        for text in ["Acme", "mail.example.org", "We write to", "Address"] {
            assert!(!organisations.is_placeholder(text), "{text}");
        }
    }
}
