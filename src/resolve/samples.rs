//! A small fictitious catalogue shared by the tests of linking.

use crate::catalogue::{CatalogueFile, EvidenceWeights, Later, Layer, Organisations, Systems, WordShares};

const ORGANISATIONS: &str = r#"
[[organisation]]
id = "acme"
name = "Acme"
kind = "company"
email-domains = ["acme.example"]
places = ["Toronto"]
described-as = ["maker of anvils"]
[[organisation]]
id = "bolt"
name = "Bolt"
kind = "company"
[[organisation]]
id = "uni"
name = "Old University"
kind = "university"
"#;

const SYSTEMS: &str = r#"
[[system]]
id = "anvil"
name = "Anvil"
type = "model"
organisations = ["acme"]
announced = "2021-05-18"
internal-since = "2021-01"
access = "unreleased"
parameters = ["2B", "8B", "137B"]
vocabulary = "32K"
layers = 64
width = 8192
tokens = "2.8T"
modalities = ["text"]
domains = ["dialogue"]
described-as = ["model trained on web documents and dialogue"]
sources = ["s"]
[[system]]
id = "bolt-1"
name = "Bolt One"
type = "model"
organisations = ["bolt"]
announced = "2020-06"
title = "Bolt One: a Hammer in 3 Parts"
arxiv = "2006.01234"
released = "2021-11"
access = "api"
parameters = ["175B"]
modalities = ["text"]
uses = 15
sources = ["s"]
[[system]]
id = "bolt-2"
name = "Bolt Two"
type = "model"
aliases = ["B2"]
organisations = ["bolt"]
announced = "2023-03"
access = "api"
modalities = ["text", "image"]
uses = 40
sources = ["s"]
[[system]]
id = "bolt-2-small"
name = "Bolt Two Small"
type = "model"
family = "bolt-2"
organisations = ["bolt"]
announced = "2023-03"
access = "api"
modalities = ["text", "image"]
uses = 30
sources = ["s"]
[[system]]
id = "pile"
name = "Heap"
type = "dataset"
organisations = ["acme"]
announced = "2019-06"
access = "unreleased"
examples = "300M"
modalities = ["image"]
described-as = ["internal collection of labelled pictures"]
sources = ["s"]
"#;

fn layer(path: &str, text: &str) -> Layer {
    let file = CatalogueFile { shown: path.into(), path: path.into(), text: text.into() };
    Layer { name: "samples".into(), files: vec![file] }
}

/// Returns the organisations: Acme, Bolt, and an Old University.
pub fn organisations() -> Organisations {
    Organisations::read(&[layer("organisations.toml", ORGANISATIONS)]).unwrap()
}

/// Returns the systems, along with many small ones, so that a rare size is rare. Few of those have a maker, so that no
/// maker has most of the systems.
pub fn systems() -> Systems {
    let mut text = SYSTEMS.to_string();
    for at in 0..60 {
        let size = if at % 3 == 0 { "7B".to_string() } else { format!("{}.3B", at + 1) };
        let maker = if at < 10 { "organisations=['uni']\n" } else { "" };
        text.push_str(&format!(
            "[[system]]\nid='s{at}'\nname='Small {at}'\ntype='model'\n{maker}announced='2023-0{}'\n\
             access='open'\nparameters='{size}'\nmodalities=['text']\nsources=['s']\n",
            at % 9 + 1
        ));
    }
    Systems::read(&[layer("systems/all.toml", &text)], &organisations(), "2026-11-23".parse().unwrap())
        .unwrap()
}

/// Returns shares of a few words; every other word is rare.
pub fn shares() -> Later<WordShares> {
    let text = "rest = 0.1\n[[band]]\nshare = 40.0\nwords = 'model trained on data'";
    let file = CatalogueFile { shown: "w".into(), path: "word-shares.toml".into(), text: text.into() };
    WordShares::read(&[Layer { name: "test".into(), files: vec![file] }]).unwrap().into()
}

/// Returns the weights that ship with the program.
pub fn weights() -> EvidenceWeights {
    EvidenceWeights::read(&[Layer::built_in()]).unwrap()
}
