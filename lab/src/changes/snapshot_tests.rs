//! Tests that snapshots read back unchanged, refuse other formats and follow a reviewer's decisions.

use super::*;

fn finding(line: usize, marked: &str, kind: Kind) -> Finding {
    Finding {
        line,
        kind,
        entity_type: EntityType::Model,
        text: MarkedText::read(marked).unwrap(),
        first: None,
        level: None,
        votes: Vec::new(),
    }
}

fn two() -> Vec<Finding> {
    let mut findings = vec![
        finding(2, r#"We ran [a "hidden" model] \[3\]."#, Kind::Described),
        finding(5, "[Models] learn.", Kind::Generic),
    ];
    findings[0].first = Some("LaMDA".into());
    findings
}

#[test]
fn a_snapshot_reads_back_as_it_was() {
    let mut snapshot = Snapshot::of(&two());
    snapshot.entries[1].todo = Some(Todo::Wrong);
    let written = snapshot.written().unwrap();
    insta::assert_snapshot!(written);
    assert_eq!(Snapshot::read("a", &written).unwrap(), snapshot);
}

#[test]
fn a_snapshot_of_another_format_is_refused_with_what_to_do() {
    for (text, place, cause) in [
        (
            "format = 2\nfindings = 'x'\n",
            "a.toml:1:10",
            "has format 2; this version of byname reads format 1",
        ),
        ("[[finding]]\nline = 1\n", "a.toml:1:1", "does not tell its `format`"),
        ("format = \"one\"\n", "a.toml:1:10", "invalid type"),
        ("format = 1\n[[finding]]\nline = 1\n", "a.toml:2:1", "missing field"),
        (
            "format = 1\n[[finding]]\nline=1\nkind='own'\ntype='model'\ntext='x [y'\n",
            "a.toml:6:7",
            "never closed",
        ),
    ] {
        let message = Snapshot::read("a.toml", text).unwrap_err().to_string();
        assert!(message.starts_with(place) && message.contains(cause), "{message}");
    }
}

#[test]
fn an_accepted_change_is_no_difference_any_more() {
    let mut snapshot = Snapshot::of(&two());
    let now =
        [finding(2, r#"We ran [a "hidden" model] \[3\]."#, Kind::Own), finding(7, "[It] ran.", Kind::Own)];
    let changes = snapshot.compare(&now);
    let names: Vec<&str> = changes.iter().map(SnapshotChange::name).collect();
    assert_eq!(names, ["other kind", "removed", "added"]);
    changes.iter().for_each(|change| snapshot.accept(change));
    assert_eq!(snapshot, Snapshot::of(&now));
}

#[test]
fn what_is_put_off_passes_until_it_is_mended() {
    let mut snapshot = Snapshot::of(&two());
    let mut worse = two();
    worse[0].kind = Kind::Generic;
    worse.remove(1);
    worse.push(finding(9, "[It] ran.", Kind::Own));
    snapshot.compare(&worse).iter().for_each(|change| snapshot.put_off(change));
    assert_eq!(snapshot.compare(&worse), []);
    let read = Snapshot::read("a", &snapshot.written().unwrap()).unwrap();
    assert_eq!(read, snapshot);

    // The old findings are back: all that was put off is mended, and taking it over leaves no mark.
    let mended = snapshot.compare(&two());
    assert!(mended.len() == 3 && mended.iter().all(|change| change.name() == "mended"), "{mended:?}");
    mended.iter().for_each(|change| snapshot.accept(change));
    assert_eq!(snapshot, Snapshot::of(&two()));
}
