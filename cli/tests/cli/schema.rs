//! `byname schema` prints the schemas that are kept under `schemas/`.

use std::fs;

use crate::support::Folder;

#[test]
fn each_schema_that_is_kept_is_the_one_that_is_printed() {
    let folder = Folder::new();
    assert_eq!(folder.byname(&["schema", "--write", "out"]).status, Some(0));
    let kept = format!("{}/schemas", concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut names = Vec::new();
    for entry in fs::read_dir(&kept).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let text = fs::read_to_string(format!("{kept}/{name}")).unwrap();
        assert_eq!(fs::read_to_string(folder.path("out").join(&name)).unwrap(), text, "{name}");
        let kind = name.trim_end_matches(".schema.json");
        assert_eq!(folder.byname(&["schema", kind]).stdout, text, "{name}");
        names.push(name);
    }
    assert_eq!(names.len(), fs::read_dir(folder.path("out")).unwrap().count());
}
