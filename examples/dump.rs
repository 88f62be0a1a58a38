//! scratch
use byname::collection::{Input, Format, read_input};
use byname::document::ReadLimits;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let path = std::path::Path::new(&args[1]);
    let input = Input::file(path);
    let format = input.format.unwrap_or(Format::Plain);
    let start = Instant::now();
    match read_input(&input, format, ReadLimits::default()) {
        Err(e) => { eprintln!("ERR {} {}", e.kind, e.message); std::process::exit(3) }
        Ok((d, e)) => {
            let t = start.elapsed();
            let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
            eprintln!("{}: {:.1} MB/s  title={:?} date={:?} arxiv={:?}\n  orgs={:?}\n  authors={:?}\n  works={} citations={} sections={} notes={:?} error={:?}", args[1], size as f64 / 1e6 / t.as_secs_f64(), d.title, d.date.map(|d| d.to_string()), d.arxiv, d.organisations, d.authors, d.bibliography.len(), d.citations.len(), d.sections.len(), d.notes, e);
            if args.len() > 2 { for s in &d.sections { eprintln!("   {:?} {} {:?} {}..{}", s.kind, s.depth, s.heading, s.span.start, s.span.end); }
              for w in d.bibliography.iter().take(5) { eprintln!("   {:?}", w); }
              for c in d.citations.iter().take(5) { eprintln!("   {:?} {:?}", &d.prose[c.span.start..c.span.end], c.works); } }
            println!("{}", d.prose);
        }
    }
}
