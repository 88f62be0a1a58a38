//! Prints the nameless systems of one paper: `cargo run --example one_paper -- paper.tex`.

#![allow(clippy::print_stdout)]

use byname::{Document, Engine};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("give the path of a paper")?;
    let document = Document::open(&path)?;
    let engine = Engine::built_in()?;
    let findings = engine.scan(&document);
    for reference in findings.nameless() {
        let Some(mention) = findings.shown_mention(reference) else { continue };
        let best = reference.candidates.first();
        let told = best.map_or("nobody can tell".to_string(), |best| {
            format!("{} with {:.0} %", best.name, 100.0 * best.probability)
        });
        println!("{}: `{}`: {told}", document.location(mention.span), mention.span.of(&document.prose));
    }
    Ok(())
}
