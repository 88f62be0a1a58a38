//! Settings that a `byname.toml` which comes with the papers may not make.

use crate::support::{Folder, scan};

const PAPER: &str = "We asked a large language model with 137B parameters to grade the essays.\n";

#[test]
fn results_are_kept_only_where_the_user_says() {
    let folder = Folder::new().with("p/byname.toml", "cache = \"kept\"\n").with("p/a.md", PAPER);
    let run = folder.byname(&scan(&["p"]));
    assert_eq!(run.status, Some(1));
    let note = "note: `cache` in p/byname.toml:1 is not used, since the papers may come with that file; give \
                --cache DIR, or the file with --config\n";
    assert_eq!(run.stderr, note);
    assert!(!folder.path("p/kept").exists());
    assert!(!folder.byname(&["config", "p"]).stdout.contains("cache"));
    let run = folder.byname(&scan(&["p", "--cache", "own"]));
    assert_eq!((run.stderr.as_str(), folder.path("own").exists()), ("", true));
    let run = folder.byname(&scan(&["p", "--config", "p/byname.toml"]));
    assert!(folder.path("p/kept").exists(), "{}", run.stderr);
}

#[test]
fn a_folder_may_not_ask_for_more_threads_than_there_are_processors() {
    let folder = Folder::new().with("p/byname.toml", "jobs = 100000\n").with("p/a.md", PAPER);
    let run = folder.byname(&scan(&["p"]));
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.starts_with("note: `jobs` in p/byname.toml:1 is 100000; the "), "{}", run.stderr);
    assert_eq!(run.stderr.matches("`jobs`").count(), 1, "{}", run.stderr);
    let run = folder.byname(&scan(&["p", "--jobs", "3"]));
    assert!(run.status == Some(1) && !run.stderr.contains("`jobs`"), "{}", run.stderr);
    let run = folder.byname(&scan(&["p", "--jobs", "100000"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("at most 256 threads can be used"), "{}", run.stderr);
}

#[test]
fn names_of_a_package_do_not_act_on_a_terminal() {
    let system = "organisation = \"google\"\n[[system]]\nid = \"odd\"\nname = \"Odd\\u001b[31m One\"\n\
                  type = \"model\"\nsources = [\"https://example.org/\\u0007\"]\n";
    let folder = Folder::new().with("own/systems/odd.toml", system);
    for args in [&["systems", "list", "odd"][..], &["systems", "show", "odd"]] {
        let run = folder.byname(&[args, &["--catalog", "own"]].concat());
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains("Odd\\u{1b}[31m One"), "{}", run.stdout);
        assert!(!run.stdout.contains(['\u{1b}', '\u{7}']), "{}", run.stdout);
    }
}

#[test]
fn a_file_beside_papers_leads_to_none_outside_of_them() {
    let folder = Folder::new()
        .with("p/a.md", PAPER)
        .with("secret.toml", "password = \"hunter2\"\n")
        .with("own/lexicon/x.toml", "password = \"hunter2\"\n");
    let refusal = |extend: &str| {
        std::fs::write(folder.path("p/byname.toml"), extend).unwrap();
        let run = folder.byname(&scan(&["p"]));
        assert_eq!(run.status, Some(2), "{extend}");
        assert!(!run.stderr.contains("password") && !run.stderr.contains("hunter2"), "{}", run.stderr);
        run.stderr
    };
    let of_a_secret = refusal("extend = \"../secret.toml\"\n");
    assert!(
        of_a_secret.starts_with("error: p/byname.toml:1:1: `extend` leads out of the folder of the papers\n")
    );
    // Nor does it tell what is there.
    assert_eq!(refusal("extend = \"../nothing.toml\"\n"), of_a_secret);
    assert!(refusal("catalog = [\"../own\"]\n").contains("`catalog` leads out of the folder of the papers"));
    // Who names the file answers for it, and is told what is wrong with what it leads to.
    let run = folder.byname(&scan(&["p", "--config", "p/byname.toml"]));
    assert!(run.stderr.starts_with("error: p/../own/lexicon/x.toml:1:"), "{}", run.stderr);
    std::fs::write(folder.path("byname.toml"), "fail-on = \"never\"\n").unwrap();
    std::fs::write(folder.path("p/byname.toml"), "extend = \"../byname.toml\"\n").unwrap();
    assert_eq!(folder.byname(&scan(&["p"])).status, Some(0));
}

#[cfg(unix)]
#[test]
fn a_file_beside_papers_is_no_link_out_of_them_and_no_giant() {
    let folder = Folder::new().with("p/a.md", PAPER).with("secret", "password = \"hunter2\"\n");
    std::os::unix::fs::symlink(folder.path("secret"), folder.path("p/byname.toml")).unwrap();
    let run = folder.byname(&scan(&["p"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("is a link that leads out of the folder of the papers"), "{}", run.stderr);
    assert!(!run.stderr.contains("password"), "{}", run.stderr);
    std::fs::remove_file(folder.path("p/byname.toml")).unwrap();
    std::fs::write(folder.path("p/byname.toml"), "# \n".repeat(400_000)).unwrap();
    let run = folder.byname(&scan(&["p"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("is larger than 1 MiB"), "{}", run.stderr);
}

#[test]
fn a_folder_may_not_ask_for_more_room_than_is_usual() {
    let settings = "max-document-size = \"900GiB\"\nmax-depth = 1000000\nmax-pages = 5\n";
    let folder = Folder::new().with("p/byname.toml", settings).with("p/a.md", PAPER);
    let run = folder.byname(&scan(&["p"]));
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    for note in
        ["`max-document-size` in p/byname.toml:1 is not used", "`max-depth` in p/byname.toml:2 is not used"]
    {
        assert!(run.stderr.contains(note), "{}", run.stderr);
    }
    assert!(!run.stderr.contains("max-pages"), "{}", run.stderr);
    let run = folder.byname(&scan(&["p", "--max-depth", "300", "--max-document-size", "1MiB"]));
    assert!(!run.stderr.contains("not used"), "{}", run.stderr);
}
