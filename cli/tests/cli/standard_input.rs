//! Standard input is read as text, or as records where it starts like one; ids and facts are kept.

use crate::support::{Folder, scan};

#[test]
fn text_on_standard_input_is_one_paper() {
    let run = Folder::new().byname_with(&scan(&["-"]), b"A day in June.\n{\"not\": \"a record\"}\n");
    assert_eq!((run.status, run.fates()), (Some(0), vec!["-".to_string()]));
    let run = Folder::new().byname_with(&scan(&["-"]), b"");
    assert_eq!((run.status, run.fates()), (Some(0), vec!["-".to_string()]));
}

#[test]
fn records_on_standard_input_are_papers() {
    let run = Folder::new()
        .byname_with(&scan(&["-"]), b"\xEF\xBB\xBF\n{\"id\": \"a\", \"text\": \"x\"}\n{\"text\": \"y\"}\n{");
    assert_eq!(
        (run.status, run.fates()),
        (Some(3), vec!["a".into(), "-:3".into(), "-:4 invalid-json".to_string()])
    );
}

#[test]
fn the_user_names_the_fields_of_records() {
    let record = br#"{"doi": "10.1/x", "id": 3, "body": "B", "title": "T", "date": "2021-08", "organisations": ["O"]}"#;
    let run = Folder::new().byname_with(&scan(&["-", "--id-field", "doi", "--text-field", "body"]), record);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let document = &run.documents()[0];
    assert_eq!(document["document"], "10.1/x");
    assert_eq!(document["title"], "T");
    assert_eq!(document["date"], "2021-08");
    assert_eq!(document["organisations"], serde_json::json!(["O"]));
    let run = Folder::new().byname_with(&scan(&["-", "--text-field", "abstract"]), record);
    assert_eq!(run.status, Some(3));
    assert!(run.stderr.contains("error: -:1: the record has no `abstract`"), "{}", run.stderr);
}

#[test]
fn what_the_user_knows_fills_what_a_paper_leaves_out() {
    let records = b"{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"b\", \"text\": \"x\", \"date\": \"2020\"}\n";
    let run =
        Folder::new().byname_with(&scan(&["-", "--date", "2021-08", "--organisation", "Google"]), records);
    let dates: Vec<_> = run.documents().iter().map(|document| document["date"].clone()).collect();
    assert_eq!(dates, ["2021-08", "2020"]);
    assert_eq!(run.documents()[0]["organisations"], serde_json::json!(["Google"]));
}

#[test]
fn a_paper_is_called_by_the_path_that_the_user_gave() {
    let folder = Folder::new().with("p/a.txt", "x");
    for (given, id) in
        [("p/a.txt", "p/a.txt"), ("./p/a.txt", "./p/a.txt"), ("p", "p/a.txt"), (".", "p/a.txt")]
    {
        assert_eq!(folder.byname(&scan(&[given])).fates(), [id]);
    }
    assert_eq!(folder.byname(&scan(&[])).fates(), ["p/a.txt"]);
}
