//! Tests of the reader of system files.

use crate::catalogue::{Layer, Measure, Organisations, SystemId, Systems};

fn layer(path: &str, text: &str) -> Layer {
    Layer::of_texts("x", [(path, text)])
}

fn read(texts: &[&str]) -> Result<Systems, String> {
    let organisations =
        Organisations::read(&[layer("organisations.toml", "[[organisation]]\nid='acme'\nname='Acme'\n")])
            .unwrap();
    let layers: Vec<Layer> = texts.iter().map(|text| layer("systems/acme.toml", text)).collect();
    Systems::read(&layers, &organisations, "2026-11-23".parse().unwrap())
        .map_err(|faults| faults.iter().map(|fault| format!("{fault}\n")).collect())
}

const ONE: &str = "organisation='acme'\n[[system]]\nid='a'\nname='Alpha'\ntype='model'\nparameters=['7B','70B']\n\
                   announced='2021-05'\naliases=['A-1']\nsources=['s']\n";

#[test]
fn an_entry_takes_the_organisation_of_its_file() {
    let systems = read(&[ONE]).unwrap();
    let alpha = systems.get(systems.by_id("a").unwrap()).unwrap();
    assert_eq!((alpha.amounts(Measure::Parameters), alpha.organisations.len()), ([7e9, 70e9].as_slice(), 1));
}

#[test]
fn further_organisations_stand_beside_the_one_of_the_file() {
    let organisations =
        "[[organisation]]\nid='acme'\nname='Acme'\n[[organisation]]\nid='bolt'\nname='Bolt'\n";
    let organisations = Organisations::read(&[layer("organisations.toml", organisations)]).unwrap();
    let text = format!(
        "{ONE}organisations=['bolt','acme']\n[[system]]\nid='b'\nname='B'\ntype='model'\n\
                        organisations=['bolt']\nsources=['s']\n"
    );
    let systems =
        Systems::read(&[layer("systems/acme.toml", &text)], &organisations, "2026-11-23".parse().unwrap())
            .unwrap();
    let makers = |id: &str| {
        let system = systems.get(systems.by_id(id).unwrap()).unwrap();
        let names = system.organisations.iter().map(|id| organisations.get(*id).unwrap().id.clone());
        names.collect::<Vec<String>>()
    };
    assert_eq!(makers("b"), ["acme", "bolt"]);
    assert_eq!(makers("a"), ["bolt", "acme"], "named once");
}

#[test]
fn a_later_layer_replaces_a_system_and_adds_others() {
    let more = "[[system]]\nid='a'\nname='Alpha 2'\ntype='model'\nsources=['s']\n\
                [[system]]\nid='b'\nname='Beta'\ntype='dataset'\nfamily='a'\nbase='a'\nsources=['s']\n";
    let systems = read(&[ONE, more]).unwrap();
    assert_eq!(systems.len(), 2);
    assert_eq!(systems.get(SystemId(0)).unwrap().name, "Alpha 2");
    assert_eq!(systems.get(SystemId(1)).unwrap().family, Some(SystemId(0)));
}

#[test]
fn faults_tell_place_and_cause() {
    let with = |line: &str| format!("{ONE}{line}\n");
    let second =
        |lines: &str| format!("{ONE}[[system]]\nname='Beta'\ntype='model'\nsources=['s']\n{lines}\n");
    for (text, message) in [
        (with("colour='red'"), "x/systems/acme.toml:10:1: unknown key `colour`"),
        (with("family='x'"), "10:8: unknown family `x`"),
        (with("base=['x']"), "10:7: unknown base `x`"),
        (with("organisations=['x']"), "10:16: unknown organisation `x`"),
        (with("tokens='-3B'"), "10:8: `tokens` must be above 0, not `-3B`"),
        (with("tokens=['3B','3X']"), "10:14: `tokens` has no known notation: `3X`"),
        (with("tokens='0B'"), "10:8: `tokens` has no known notation: `0B`"),
        (with("bytes='825B'"), "write a number with KB"),
        (with("internal-since='2021-06'"), "10:16: used inside from 2021-06"),
        (with("retired='2020'"), "10:9: retired in 2020 before it was announced"),
        (with("retired='2027-01-01'"), "10:9: `retired` is in the future"),
        (with("retired='soon'"), "`soon` is no date"),
        (with("access='maybe'"), "10:8: `maybe` is none of: open"),
        (second("id='a'"), "14:4: system id `a` is used twice"),
        (second("id='b'\naliases=['a 1']"), "15:10: `a 1` is a name of `b` and of `a`"),
        ("[[system]]\nid='c'\nname='C'\ntype='model'\n".to_string(), "2:4: system `c` has no sources"),
        ("[[system]]\nid='c'\nsources=['s']\n".to_string(), "2:4: system `c` has no name"),
        ("system=3\n".to_string(), "1:8: `system` must be a list of tables"),
        ("[[system]]\nid=\n".to_string(), "x/systems/acme.toml:2:"),
    ] {
        let faults = read(&[&text]).unwrap_err();
        assert!(faults.contains(message), "{faults}should tell {message}");
    }
}

#[test]
fn two_spellings_of_one_name_are_one_too_many() {
    let again = ONE.replace("['A-1']", "['A-1',\n'a 1']");
    let message = "x/systems/acme.toml:9:1: system `a` is called `a 1` twice";
    assert!(read(&[&again]).unwrap_err().contains(message));
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let faults = read(&[&format!("{ONE}colour='red'\nfamily='x'\ntokens='x'\n")]).unwrap_err();
    assert_eq!(faults.matches("x/systems/acme.toml:").count(), 3, "{faults}");
}

#[test]
fn systems_of_different_types_may_share_a_name() {
    let dataset = format!("{ONE}[[system]]\nid='b'\nname='Alpha'\ntype='dataset'\nsources=['s']\n");
    assert_eq!(read(&[&dataset]).unwrap().len(), 2);
}
