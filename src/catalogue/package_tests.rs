use super::*;
use crate::catalogue::RuleStatus;

const HEAD: &str = "name = 'speech'\nversion = '1.2.0'\nlicence = 'CC0-1.0'\ndescription = 'd'\n";

fn layer(name: &str, files: &[(&str, &str)]) -> Layer {
    Layer::of_texts(name, files.iter().copied())
}

fn package(name: &str, text: &str) -> Layer {
    layer(name, &[(FILE, text)])
}

fn load(layers: &[Layer]) -> Result<Catalogue, String> {
    let layers: Vec<Layer> = std::iter::once(Layer::built_in()).chain(layers.iter().cloned()).collect();
    Catalogue::load(&layers).map_err(|error| error.to_string())
}

#[test]
fn the_built_in_catalogue_is_a_package_with_a_version_and_a_date() {
    let package = Layer::built_in().package().unwrap().unwrap();
    assert_eq!(package.name, "byname-patterns");
    assert!(package.date.is_some() && Catalogue::built_in_date() == package.date);
    let origins = load(&[]).unwrap().origins;
    assert_eq!(origins[0].to_string(), format!("byname-patterns {} (built-in)", package.version));
}

#[test]
fn a_package_says_what_it_is_and_what_it_needs() {
    let text = format!("{HEAD}date = 2026-05-01\n[needs]\nbyname = '>=0.1'\nbyname-patterns = '0.2'\n");
    let catalogue = load(&[package("own", &text)]).unwrap();
    let own = catalogue.origins[1].package.as_ref().unwrap();
    assert_eq!((own.name.as_str(), own.version.to_string()), ("speech", "1.2.0".to_string()));
    assert_eq!(own.needs.len(), 2);
    assert_eq!(catalogue.origins[1].to_string(), "speech 1.2.0 (own)");
}

#[test]
fn each_fault_of_a_package_names_its_line_and_cause() {
    for (old, new, place, cause) in [
        ("version = '1.2.0'\n", "", ":1:1", "the package has no `version`"),
        ("'1.2.0'", "'1.2'", ":2:11", "`1.2` is no version"),
        ("'speech'", "'Speech words'", ":1:8", "`Speech words` is no name"),
        ("'speech'", "'byname'", ":1:8", "as the program is"),
        ("licence", "license", ":3:1", "unknown key `license`"),
        ("description", "off = { word = [] }\ndescription", ":4:9", "unknown key `word`"),
        ("description", "needs = { byname = 'new' }\ndescription", ":4:20", "names no versions"),
    ] {
        let message = load(&[package("own", &HEAD.replace(old, new))]).unwrap_err();
        let wanted = format!("own/{FILE}{place}: ");
        assert!(message.starts_with(&wanted) && message.contains(cause), "{wanted}{cause}: {message}");
    }
}

#[test]
fn needs_that_are_not_met_are_told_with_what_to_do() {
    let needing = |what: &str| package("own", &format!("{HEAD}[needs]\n{what}\n"));
    let other = package("other", &HEAD.replace("speech", "other"));
    for (layers, cause, help) in [
        (vec![needing("byname = '>=99'")], "needs `byname` >=99, and this is 0.1", "get another version"),
        (vec![needing("other = '1'")], "needs `other`, which is not given", "with --catalog, before"),
        (vec![needing("other = '1'"), other.clone()], "does not lie below it", "give `other` before"),
        (vec![other.clone(), needing("other = '2'")], "needs `other` ^2, and this is 1.2.0", "get another"),
    ] {
        let message = load(&layers).unwrap_err();
        assert!(message.contains(":6:1: ") && message.contains(cause) && message.contains(help), "{message}");
    }
    assert!(load(&[other, needing("other = '>=1.1, <2'")]).is_ok());
}

#[test]
fn two_packages_of_one_name_are_refused() {
    let message = load(&[package("one", HEAD), package("two", HEAD)]).unwrap_err();
    assert!(message.starts_with("two/byname-package.toml:1:9: "), "{message}");
    assert!(message.contains("`speech` is laid on twice: as one and as two"), "{message}");
}

#[test]
fn a_package_switches_rules_and_systems_below_it_off_and_a_later_one_brings_them_back() {
    let off = package("own", &format!("{HEAD}[off]\nrules = ['described/access']\nsystems = ['lamda']\n"));
    let status = |catalogue: &Catalogue| {
        let rule = catalogue.rules.iter().find(|rule| rule.name == "described/access").unwrap();
        (rule.status, catalogue.systems.by_id("lamda").is_some())
    };
    assert_eq!(status(&load(&[]).unwrap()), (RuleStatus::Stable, true));
    let catalogue = load(std::slice::from_ref(&off)).unwrap();
    assert_eq!(status(&catalogue), (RuleStatus::Off, false));
    for (id, system) in catalogue.systems.iter() {
        assert_eq!(catalogue.systems.by_id(&system.id), Some(id));
    }
    let rule = Layer::built_in()
        .files
        .iter()
        .find(|file| file.path == "rules/described/access.toml")
        .unwrap()
        .text
        .clone();
    let system = "[[system]]\nid = 'lamda'\nname = 'LaMDA'\ntype = 'model'\nsources = ['own']\n";
    let back = layer("back", &[("rules/described/access.toml", &rule), ("systems/x.toml", system)]);
    let catalogue = load(&[off, back]).unwrap();
    assert_eq!(status(&catalogue), (RuleStatus::Stable, true));
    let lamda = catalogue.systems.by_id("lamda").and_then(|id| catalogue.systems.get(id)).unwrap();
    assert_eq!(catalogue.origins[lamda.layer].layer, "back");
}

#[test]
fn what_is_not_there_cannot_be_switched_off() {
    for key in ["rules", "systems"] {
        let message =
            load(&[package("own", &format!("{HEAD}[off]\n{key} = ['described/no-such']\n"))]).unwrap_err();
        assert!(message.starts_with(&format!("own/{FILE}:6:")), "{message}");
        assert!(message.contains("`described/no-such` below this package"), "{message}");
    }
}
