//! A failure is shown once to a user who sees both the report and the messages.

use crate::support::{Folder, scan};

#[test]
fn a_report_for_people_tells_failures_and_the_messages_do_not_repeat_them() {
    let folder = Folder::new().with("a.md", "A text.");
    for format in ["text", "concise"] {
        let run = folder.byname(&["scan", "nope.tex", "a.md", "--format", format]);
        assert_eq!((run.status, run.stdout.matches("nope.tex").count()), (Some(3), 1), "{}", run.stdout);
        assert_eq!(run.stderr, "", "{format}");
    }
}

#[test]
fn where_the_report_is_for_a_program_or_a_file_the_messages_tell_them() {
    let folder = Folder::new().with("a.md", "A text.");
    let message = "error: nope.tex: no such file or folder; check the path\n";
    assert_eq!(folder.byname(&scan(&["nope.tex", "a.md"])).stderr, message);
    assert_eq!(folder.byname(&["scan", "nope.tex", "--output", "out.txt"]).stderr, message);
}
