use std::any::TypeId;

use super::*;
use crate::config::TEMPLATE;

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn read(&self, name: &str) -> Result<Configuration, String> {
        let path = fs::canonicalize(self.0.path()).unwrap().join(name);
        Configuration::read(&path)
            .map_err(|error| error.to_string().replace(&format!("{}/", path.parent().unwrap().display()), ""))
    }
}

#[test]
fn the_nearer_file_wins_key_by_key_and_options_win_over_both() {
    let folder = Folder::with(&[
        ("byname.toml", "fail-on = \"note\"\nid-field = \"doi\"\ncatalog = [\"mine\"]\n"),
        ("a/byname.toml", "extend = \"../byname.toml\"\n\nid-field = \"key\"\n"),
    ]);
    let mut configuration = folder.read("a/byname.toml").unwrap();
    configuration.set("jobs", "--jobs", 3);
    let settings = configuration.settings().unwrap();
    assert_eq!((settings.fail_on.name(), settings.id_field.as_str()), ("note", "key"));
    assert_eq!(settings.jobs.unwrap().get(), 3);
    let top = fs::canonicalize(folder.0.path()).unwrap();
    assert_eq!(settings.catalog, [top.join("mine")]);
    let origins: Vec<String> = configuration
        .entries()
        .filter(|(_, entry)| entry.origin != Origin::Default)
        .map(|(key, entry)| format!("{key} {}", entry.origin).replace(&format!("{}/", top.display()), ""))
        .collect();
    assert_eq!(
        origins,
        ["catalog byname.toml:3", "fail-on byname.toml:1", "id-field a/byname.toml:3", "jobs --jobs"]
    );
}

#[test]
fn every_fault_names_its_place_and_what_is_wrong() {
    for (text, expected) in [
        ("\ncatalogue = []\n", "byname.toml:2:1: unknown field `catalogue`"),
        ("fail-on = \"warn\"\n", "byname.toml:1:11: unknown variant `warn`"),
        ("floor = 1.5\n", "byname.toml:1:9: write a number from 0 to 1"),
        ("max-document-size = \"5 elephants\"\n", "byname.toml:1:21: write a number of bytes"),
        ("date = \"yesterday\"\n", "byname.toml:1:8: "),
        ("date = 07:30:00\n", "byname.toml:1:8: a time of day is no date"),
        ("date = 7\n", "byname.toml:1:8: "),
        ("exclude = [\"a/**\", \"[z-a]\"]\n", "byname.toml:1:11: not a pattern of paths"),
        ("jobs = 0\n", "byname.toml:1:8: "),
        ("[[override]]\npaths = [\"a\"]\njobs = 3\n", "byname.toml:3:1: unknown field `jobs`"),
        ("[[override]]\ndate = \"2020\"\n", "byname.toml:1:1: missing field `paths`"),
        ("jobs = \n", "byname.toml:1:8: "),
        ("extend = \"no.toml\"\n", "byname.toml:1:1: no.toml cannot be read"),
        ("extend = \"byname.toml\"\n", "byname.toml:1:1: `extend` forms a cycle"),
    ] {
        let message = Folder::with(&[("byname.toml", text)]).read("byname.toml").unwrap_err();
        assert!(message.starts_with(expected), "{text}\n{message}");
    }
}

#[test]
fn the_template_changes_nothing_and_shows_every_key() {
    let settings =
        Folder::with(&[("byname.toml", TEMPLATE)]).read("byname.toml").unwrap().settings().unwrap();
    assert_eq!(settings, Settings::default());
    let opened: String = TEMPLATE
        .lines()
        .filter_map(|line| {
            line.strip_prefix("# ").filter(|line| line.contains(" = ") || line.starts_with('['))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let shown: toml::Table = opened.parse().unwrap();
    let all: Settings = shown.clone().try_into().unwrap();
    let rewritten = toml::Table::try_from(&all).unwrap();
    assert_eq!(shown, rewritten, "the template shows other keys than there are, or in another notation");
    let defaults = toml::Table::try_from(Settings::default()).unwrap();
    for (key, value) in &defaults {
        assert_eq!(shown.get(key), Some(value), "{key} is shown with another value than the one that holds");
    }
}

#[test]
fn rules_on_paths_are_seen_from_the_file_that_has_them() {
    let folder = Folder::with(&[
        (
            "byname.toml",
            "exclude = [\"old/\", \"*.bak.md\"]\ninclude = [\"*.rst\"]\norganisation = [\"A\"]\n",
        ),
        (
            "a/byname.toml",
            "extend = \"../byname.toml\"\n[[override]]\npaths = [\"2023/**\"]\ndate = \"2023\"\n\
             [[override]]\npaths = [\"2023/b.md\"]\norganisation = [\"B\"]\n",
        ),
    ]);
    let top = fs::canonicalize(folder.0.path()).unwrap();
    let rules = folder.read("byname.toml").unwrap().path_rules().unwrap();
    assert!(rules.excludes(&top.join("x/old"), true) && rules.excludes(&top.join("old/a.md"), false));
    assert!(rules.excludes(&top.join("a.bak.md"), false) && !rules.excludes(&top.join("a.md"), false));
    assert!(rules.includes(&top.join("x/a.rst")) && !rules.includes(Path::new("/elsewhere/a.rst")));
    let rules = folder.read("a/byname.toml").unwrap().path_rules().unwrap();
    let known = |path: &str| {
        let known = rules.known(&top.join(path));
        (known.date.map(|date| date.to_string()), known.organisations)
    };
    assert_eq!(known("a/2023/x.md"), (Some("2023".into()), vec!["A".to_string()]));
    assert_eq!(known("a/2023/b.md"), (Some("2023".into()), vec!["B".to_string()]));
    assert_eq!(known("2023/b.md"), (None, vec!["A".to_string()]));
}

#[test]
fn every_key_holds_for_the_whole_run_or_is_known_to_differ_from_path_to_path() {
    let schema = crate::schema::FileKind::Config.schema();
    let keys = schema["properties"].as_object().unwrap().keys();
    let of_paths: Vec<&str> = keys.map(String::as_str).filter(|key| !RUN.contains(key)).collect();
    assert_eq!(of_paths, ["date", "exclude", "extend", "include", "organisation", "override"]);
}

#[test]
fn every_value_that_is_a_path_is_seen_from_the_folder_of_its_file() {
    fn is_path<T: 'static>(_: &T) -> bool {
        let paths = [TypeId::of::<PathBuf>(), TypeId::of::<Option<PathBuf>>(), TypeId::of::<Vec<PathBuf>>()];
        paths.contains(&TypeId::of::<T>())
    }
    // The compiler asks for a field that is missing here.
    macro_rules! path_keys {
        ($($field:ident),+) => {{
            let Settings { $($field),+ } = Settings::default();
            let fields = [$((stringify!($field), is_path(&$field))),+];
            fields.into_iter().filter_map(|(field, is_path)| is_path.then(|| field.replace('_', "-"))).collect()
        }};
    }
    let mut keys: Vec<String> = path_keys!(
        extend,
        catalog,
        mentions,
        profile,
        levels,
        min_confidence,
        level,
        fail_on,
        floor,
        date,
        organisation,
        text_field,
        id_field,
        exclude,
        include,
        jobs,
        cache,
        max_document_size,
        max_depth,
        max_unpacking,
        max_pages,
        overrides
    );
    // What a file extends is opened from its folder before its values are laid over others.
    keys.retain(|key| key != "extend");
    keys.sort_unstable();
    assert_eq!(keys, PATHS);
}

#[test]
fn a_date_is_read_however_it_is_written() {
    for (written, date) in [("2023", "2023"), ("2023-05-01", "2023-05-01"), ("\"2023-05\"", "2023-05")] {
        let folder = Folder::with(&[("byname.toml", &format!("date = {written}\n"))]);
        let settings = folder.read("byname.toml").unwrap().settings().unwrap();
        assert_eq!(settings.date.map(|date| date.to_string()).as_deref(), Some(date));
    }
}
