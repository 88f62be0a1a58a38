//! Checks for facts about systems that cannot all be true.

use rayon::prelude::*;

use super::{CatalogueFile, Fault, Measure, System, SystemId, SystemKey};

/// Days by which a system may be announced before its base: a product is often shown months before the paper
/// on the system behind it.
const SHOWN_BEFORE_BASE: i32 = 366;

/// The file and position of a system.
pub(super) struct Placed<'a> {
    pub file: &'a CatalogueFile,
    /// The byte offset of its id.
    pub offset: usize,
}

/// Reports every system whose facts contradict each other or those of its base and family. `places` are in
/// the order of `systems`.
pub(super) fn refuse(systems: &[Box<System>], places: &[Placed<'_>], faults: &mut Vec<Fault>) {
    let faults_of = |(index, place): (usize, &Placed<'_>)| {
        let Some(system) = systems.get(index).map(AsRef::as_ref) else { return vec![] };
        let found = [
            ring(systems, index),
            before_base(systems, system),
            family_of_a_member(systems, system),
            more_at_work_than_there_are(system),
            common_word_of_no_name(system),
            doubt_of_no_fact(system),
            no_arxiv_id(system),
        ];
        let as_fault = |(message, help)| {
            let message = format!("system `{}` {message}", system.id);
            Fault::at(place.file, place.offset, message).help(help)
        };
        found.into_iter().flatten().map(as_fault).collect::<Vec<_>>()
    };
    let found: Vec<Fault> = places.par_iter().enumerate().flat_map_iter(faults_of).collect();
    faults.extend(found);
}

type Found = Option<(String, &'static str)>;

fn of(systems: &[Box<System>], id: SystemId) -> Option<&System> {
    systems.get(id.0 as usize).map(AsRef::as_ref)
}

/// Finds a system that is, over any number of steps, its own base.
fn ring(systems: &[Box<System>], start: usize) -> Found {
    let mut waiting = systems.get(start)?.base.clone();
    let mut seen = vec![];
    while let Some(base) = waiting.pop() {
        if base.0 as usize == start {
            return Some(("is made from itself".to_string(), "mend `base` of one in the ring"));
        }
        if !seen.contains(&base) {
            seen.push(base);
            waiting.extend(of(systems, base).iter().flat_map(|base| &base.base));
        }
    }
    None
}

fn before_base(systems: &[Box<System>], system: &System) -> Found {
    let announced = system.announced?;
    let base =
        system.base.iter().filter_map(|base| of(systems, *base)).find(|base| {
            base.announced.is_some_and(|base| announced.days_after(base) < -SHOWN_BEFORE_BASE)
        })?;
    let date = base.announced?;
    let message = format!("is announced in {announced}, over a year before its base `{}` in {date}", base.id);
    Some((message, "mend `base` or `announced`"))
}

fn family_of_a_member(systems: &[Box<System>], system: &System) -> Found {
    let head = of(systems, system.family?)?;
    let above = of(systems, head.family?)?;
    let message = format!("has the family `{}`, which belongs to the family `{}`", head.id, above.id);
    Some((message, "give the head of the whole family"))
}

fn more_at_work_than_there_are(system: &System) -> Found {
    let most = |measure| system.amounts(measure).iter().copied().reduce(f64::max);
    let (active, all) = (most(Measure::ActiveParameters)?, most(Measure::Parameters)?);
    (active > all).then(|| {
        ("has more active parameters than parameters".to_string(), "mend `active-parameters` or `parameters`")
    })
}

fn common_word_of_no_name(system: &System) -> Found {
    let stray = system.common_words.iter().find(|word| !system.names().any(|name| name == *word))?;
    Some((format!("is never called `{stray}`"), "`common-words` holds names of the system only"))
}

fn doubt_of_no_fact(system: &System) -> Found {
    let stray = system.doubtful.iter().find(|key| SystemKey::by_name(key).is_none())?;
    Some((format!("has no key `{stray}` that could be doubtful"), "`doubtful` holds keys of the entry only"))
}

fn no_arxiv_id(system: &System) -> Found {
    let digits = |text: &str, least, most| {
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_id = |id: &String| match (id.split_once('.'), id.split_once('/')) {
        (_, Some((_, number))) => digits(number, 7, 7),
        (Some((month, number)), None) => digits(month, 4, 4) && digits(number, 4, 5),
        _ => false,
    };
    let stray = system.arxiv.iter().find(|id| !is_id(id))?;
    Some((format!("has no arXiv paper `{stray}`"), "write an id such as \"2101.00001\", without a version"))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, Layer};

    /// Returns the faults of a layer with one system of these keys beside a sound one, `rivet`.
    fn faults(more: &str) -> Vec<String> {
        let head = "sources = ['own']\ntype = 'model'\n";
        let text = format!(
            "[[system]]\nid = 'rivet'\nname = 'Rivet Nine'\nannounced = '2024-03'\nfamily = 'rivet'\n{head}\
             [[system]]\nid = 'cog'\nname = 'Cog Nine'\nfamily = 'rivet'\nbase = 'bolt'\n{head}\
             [[system]]\nid = 'bolt'\nname = 'Bolt Nine'\n{head}{more}\n"
        );
        let layer = Layer::of_texts("x", [("systems/x.toml", text)]);
        match Catalogue::load(&[Layer::built_in(), layer]) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn what_cannot_all_be_true_is_refused_at_its_line() {
        let cases = [
            ("base = 'cog'", "`bolt` is made from itself"),
            ("base = 'rivet'\nannounced = '2022'", "over a year before its base `rivet` in 2024-03"),
            ("family = 'cog'", "has the family `cog`, which belongs to the family `rivet`"),
            ("parameters = '7B'\nactive-parameters = '9B'", "more active parameters than parameters"),
            ("common-words = ['Screw']", "is never called `Screw`"),
            ("doubtful = ['colour']", "has no key `colour`"),
            ("arxiv = '2101.00001v2'", "has no arXiv paper `2101.00001v2`"),
        ];
        for (more, message) in cases {
            let faults = faults(more);
            let found = faults.iter().find(|fault| fault.contains(message));
            assert!(
                found.is_some_and(|fault| fault.starts_with("x/systems/x.toml:16:")),
                "{more}: {faults:?}"
            );
        }
    }

    #[test]
    fn what_is_rare_but_true_is_let_pass() {
        for more in [
            "base = 'rivet'\nannounced = '2023-10'",
            "arxiv = ['2101.00001', 'cs/0101001']",
            "parameters = ['7B', '70B']\nactive-parameters = '9B'",
        ] {
            assert_eq!(faults(more), Vec::<String>::new(), "{more}");
        }
    }
}
