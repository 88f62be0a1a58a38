//! Checks for rules of thumb that favour a system at a time when nobody could use it.

use byname::catalogue::{Catalogue, Check, Fault, FavourTarget, Layer, RuleOfThumb, RuleStatus, System};

/// Reports every active rule of thumb that ends before a system it favours was available, or begins after it
/// was retired.
pub(super) fn look(catalogue: &Catalogue, layers: &[Layer], faults: &mut Vec<Fault>) {
    let used = catalogue.rules_of_thumb.iter().filter(|rule| rule.status != RuleStatus::Off);
    for rule in used {
        let favoured = rule.favours.iter().filter_map(|favour| match favour.target {
            FavourTarget::System(id) => catalogue.system(id),
            // Members of a family may be older or newer than its head.
            FavourTarget::Family(_) | FavourTarget::Maker(_) => None,
        });
        faults.extend(favoured.filter_map(|system| untimely(rule, system, layers)));
    }
}

fn untimely(rule: &RuleOfThumb, system: &System, layers: &[Layer]) -> Option<Fault> {
    let begins = system.internal_since.or(system.announced);
    let (key, message) = match (rule.when.to, begins, rule.when.from, system.retired) {
        (Some(to), Some(begins), _, _) if to.latest() < begins.earliest() => {
            ("to", format!("`to` lies before anybody had `{}`: {to} before {begins}", system.id))
        }
        (_, _, Some(from), Some(retired)) if retired.latest() < from.earliest() => {
            ("from", format!("`from` lies after the end of `{}`: {from} after {retired}", system.id))
        }
        _ => return None,
    };
    // Of two layers whose files are shown alike, the later one holds what counts.
    let file = layers.iter().flat_map(|layer| &layer.files).rfind(|file| file.shown == rule.file)?;
    let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        if is_key(line) {
            let length = line.trim_end().len();
            return Some(Fault::over(file, at..at + length, message).of(Check::Contradiction));
        }
        at += line.len();
    }
    Some(Fault::at(file, 0, message).of(Check::Contradiction))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(time: &str) -> Vec<String> {
        let text = format!(
            "why = 'w'\nsources = ['arxiv:2101.00001']\nfavours = [{{ system = 'gpt-4', weight = 1 }}]\n\
             [when]\n{time}\n[[example]]\ntext = 'We ran [a model].'\n[[example]]\ntext = 'We ran.'\nexpect = 'none'\n"
        );
        let layers = [Layer::built_in(), Layer::of_texts("x", [("rules-of-thumb/mine.toml", text)])];
        let catalogue = Catalogue::load(&layers).unwrap();
        let mut faults = Vec::new();
        look(&catalogue, &layers, &mut faults);
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_time_before_the_system_is_warned_of_in_its_line() {
        let messages = warnings("to = '2020-05'");
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(
            messages[0].starts_with("x/rules-of-thumb/mine.toml:5:1: `to` lies before anybody had `gpt-4`")
        );
        assert_eq!(warnings("from = '2023-05'\nto = '2024'"), Vec::<String>::new());
    }
}
