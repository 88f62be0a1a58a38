//! The same input gives the same bytes, whatever the number of threads.

use crate::support::Folder;

fn papers() -> Folder {
    let records: String = (0..240)
        .map(|number| match number % 100 {
            7 => "{\"id\": broken\n".to_string(),
            _ => format!(
                "{{\"id\": \"r{number}\", \"text\": \"{} We graded {number} essays with a proprietary LLM.\"}}\n",
                "A day in June. ".repeat(number % 37)
            ),
        })
        .collect();
    let mut folder = Folder::new().with("m/records.jsonl", records);
    for number in 0..30 {
        let text =
            format!("# Paper {number}\n\nWe ask a leading chatbot {}.\n", "again and ".repeat(number * 9));
        folder = folder.with(&format!("m/{number:03}.md"), text);
    }
    folder
}

#[test]
fn one_two_and_five_jobs_agree_in_every_format() {
    let folder = papers();
    for format in ["jsonl", "json", "text"] {
        let run = |jobs: &str| {
            folder.byname(&["scan", "m", "lost.txt", "m/007.md", "--format", format, "--jobs", jobs])
        };
        let (one, two, five) = (run("1"), run("2"), run("5"));
        assert_eq!(one.status, Some(3));
        assert!(one.stdout == two.stdout && one.stdout == five.stdout, "{format}");
        assert!(
            one.stderr == two.stderr && one.stderr == five.stderr,
            "{format}: {}\n{}\n{}",
            one.stderr,
            two.stderr,
            five.stderr
        );
        if format == "json" {
            let whole: serde_json::Value = serde_json::from_str(&one.stdout).unwrap();
            assert_eq!(whole["documents"].as_array().unwrap().len(), 271);
            assert_eq!(whole["byname"], env!("CARGO_PKG_VERSION"));
            assert_eq!(whole["catalogue"].as_str().map(str::is_empty), Some(false));
        }
        if format == "jsonl" {
            let fates = one.fates();
            assert_eq!((fates.len(), fates[0].as_str()), (271, "m/000.md"));
            assert_eq!((fates[29].as_str(), fates[36].as_str()), ("r0", "m/records.jsonl:8 invalid-json"));
            assert_eq!((fates[269].as_str(), fates[270].as_str()), ("lost.txt not-found", "m/007.md"));
        }
    }
}
