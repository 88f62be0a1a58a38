//! Files that configure the program: the catalogue, settings, and tables to import.

use std::sync::OnceLock;

use byname::catalogue::{Catalogue, CatalogueFile, Layer};
use byname_cli::config::Configuration;
use byname_lab::import::ImportFormats;

use super::target;
use crate::driver::Target;
use crate::seeds::with;

pub fn catalogue() -> Target {
    // The first line of an input is the path that it takes in the catalogue.
    let layer = Layer::built_in();
    let wanted =
        |file: &&CatalogueFile| !file.path.starts_with("tests/") && !file.path.starts_with("imports/");
    let seeds = layer
        .files
        .iter()
        .filter(wanted)
        .map(|file| format!("{}\n{}", file.path, file.text).into_bytes())
        .collect();
    let tokens = &[
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\"",
        "'",
        "=",
        ",",
        "\n",
        "|",
        "(",
        ")",
        "?",
        "*",
        "{model}",
        "{one}",
        "weight = ",
        "phrase = \"",
        "id = \"",
        "name = \"",
        "parameters = ",
        "announced = \"",
        "2023-13",
        "1e400",
        "nan",
        "-0",
        "[[example]]",
        "text = \"",
        "expect = \"",
        "a",
        " ",
        "\"\"\"",
        "[[system]]",
        "[[rule]]",
        "words = [",
        "in = [",
        "\\u0000",
        "~",
        "...",
        "+",
        "<",
    ];
    Target {
        short: 4,
        ..target("catalogue", seeds, tokens, |bytes| {
            static BASE: OnceLock<Layer> = OnceLock::new();
            let base = BASE.get_or_init(|| {
                let mut layer = Layer::built_in();
                // What is large takes long to make ready, and says the same many times.
                layer.files.retain(|file| {
                    let is_large = ["systems/", "rules/", "tests/", "contexts.toml", "uses.toml"];
                    !is_large.iter().any(|start| file.path.starts_with(start))
                });
                layer
            });
            let text = String::from_utf8_lossy(bytes);
            let (path, text) = text.split_once('\n').unwrap_or(("rules/described/x.toml", &text));
            let own = Layer::of_texts("own", [(path, text)]);
            match Catalogue::load(&[base.clone(), own]) {
                Ok(catalogue) => drop(byname::Engine::new(catalogue)),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        })
    }
}

pub fn settings() -> Target {
    let tokens = &[
        "[",
        "]",
        "[[override]]\n",
        "paths = [",
        "extend = ",
        "\"../",
        "byname.toml\"",
        "jobs = ",
        "cache = ",
        "catalog = [",
        "exclude = [\"",
        "**",
        "{a,",
        "[!",
        "max-depth = ",
        "date = \"",
        "levels = {",
        "floor = ",
        "\"",
        "'",
        "=",
        "\n",
        "999999999999999999999",
        "\"64MiB\"",
        "0x",
        "nan",
        ".",
        "a.b.",
    ];
    let own = "jobs = 3\ndate = \"2023-05\"\nexclude = [\"a/**\", \"!b\"]\nmax-document-size = \"3MiB\"\nmin-confidence = 0.5\n[levels]\n\
               \"disclosure/nameless\" = \"note\"\n[[override]]\npaths = [\"c/*.md\"]\norganisation = [\"Google\"]\n";
    let seeds = with(Vec::new(), &[byname_cli::config::TEMPLATE, own, "extend = \"byname.toml\"\n"]);
    target("settings", seeds, tokens, |bytes| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("byname.toml");
        std::fs::write(&path, bytes).unwrap();
        match Configuration::read(&path) {
            Ok(configuration) => {
                if configuration.settings().is_ok() {
                    let rules = configuration.path_rules().unwrap();
                    rules.known(&folder.path().join("c/d.md"));
                    rules.excludes(&folder.path().join("a/b/c"), false);
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    })
}

fn import(format: &str, bytes: &[u8]) {
    static FORMATS: OnceLock<ImportFormats> = OnceLock::new();
    let formats = FORMATS.get_or_init(|| ImportFormats::read(&[Layer::built_in()]).unwrap());
    let today = jiff::civil::date(2026, 1, 1);
    let (_, faults) = formats.by_name(format).unwrap().read(bytes, "table", today);
    assert!(faults.iter().all(|fault| fault.line >= 1 && !fault.message.is_empty()));
}

pub fn import_csv() -> Target {
    let own = "Model,Organization,Publication date,Parameters,Domain,Model accessibility,Base model,Link\nGherkin 9,Gherkin Works,2024-03-01,9000000000,\
               Language,Open weights (unrestricted),,https://arxiv.org/abs/2403.00001\nlamda,Google,2021-05-18,2.0E12,\"Language,Vision\",Unreleased,,\n";
    let tokens = &[",", "\"", "\n", "\r\n", "\"\"", "1e999", "9B", "2024-13", "Model", ";"];
    Target {
        short: 40,
        ..target("import_csv", with(Vec::new(), &[own]), tokens, |bytes| import("epoch", bytes))
    }
}

pub fn import_json() -> Target {
    let own = "[{\"name\": \"Gherkin 9\", \"organisations\": [\"Google\"], \"parameters\": 9000000000},\n {\"name\": \"LaMDA\", \"announced\": \"2021-05\"}]";
    let tokens =
        &["{", "}", "[", "]", "\"", ":", ",", "\n", "\"name\":", "null", "1e999", "\\u0000", "\\ud800"];
    Target {
        short: 40,
        ..target("import_json", with(Vec::new(), &[own]), tokens, |bytes| import("json", bytes))
    }
}

pub fn import_yaml() -> Target {
    let own = "models:\n  - name: google/gherkin-9\n    display_name: Gherkin 9\n    creator_organization_name: Google\n    access: open\n    num_parameters: \
               9000000000\n    release_date: 2024-03-01\n    tags: [TEXT_MODEL_TAG, &a b, *a]\n";
    let tokens = &[
        "- ",
        ": ",
        "\n  ",
        "&a ",
        "*a",
        "[",
        "]",
        "{",
        "}",
        "? ",
        "|\n",
        ">\n",
        "!!str ",
        "---\n",
        "...\n",
        "#",
        "\"",
        "'",
        "<<: *a",
        "%YAML 1.2\n",
    ];
    Target {
        short: 40,
        ..target("import_yaml", with(Vec::new(), &[own]), tokens, |bytes| import("helm", bytes))
    }
}
