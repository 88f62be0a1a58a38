//! Lays a system of one's own over the built-in catalogue, and asks what a description may stand for.

#![allow(clippy::print_stdout)]

use byname::catalogue::Layer;
use byname::{Catalogue, Document, Engine, ScanOptions};

const SYSTEM: &str = r#"
[[system]]
id = "zorbo"
name = "Zorbo"
type = "model"
announced = "2024-03"
parameters = ["61.5B"]
modalities = ["text"]
sources = ["https://example.org/zorbo"]
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let layers = [Layer::built_in(), Layer::of_texts("mine", [("systems/zorbo.toml", SYSTEM)])];
    let engine = Engine::new(Catalogue::load(&layers)?);
    let description = Document::from_prose("description", "a language model with 61.5B parameters");
    let known = ScanOptions { date: Some("2024-06".parse()?), ..ScanOptions::default() };
    for candidate in engine.rank(&description, &known).candidates.iter().take(3) {
        println!("{:5.1} %  {}", 100.0 * candidate.probability, candidate.name);
    }
    Ok(())
}
