//! `byname resolve` ranks systems for one description, or for every record of a file.

use serde_json::Value;

use crate::support::Folder;

/// Returns the sum of all probabilities of a ranking.
fn mass(ranking: &Value) -> f64 {
    let candidates = ranking["candidates"].as_array().unwrap();
    let shown: f64 = candidates.iter().map(|candidate| candidate["probability"].as_f64().unwrap()).sum();
    shown + ranking["others"].as_f64().unwrap_or_default() + ranking["unknown"].as_f64().unwrap()
}

#[test]
fn a_description_is_ranked_with_its_evidence() {
    let folder = Folder::new();
    let args = ["resolve", "a 280B language model", "--organisation", "DeepMind", "--date", "2022-03"];
    let run = folder.byname(&args);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("Read as: parameters 280B"), "{}", run.stdout);
    let first = lines.iter().position(|line| line.contains("Gopher")).unwrap();
    assert!(lines[first].contains(" %  Gopher"), "{}", run.stdout);
    let evidence: Vec<&&str> = lines[first + 1..].iter().take_while(|line| !line.is_empty()).collect();
    assert!(evidence.first().unwrap().contains("(+"), "{}", run.stdout);
    assert!(evidence.last().unwrap().trim_start().starts_with("prior:"), "{}", run.stdout);
    assert!(lines.last().unwrap().ends_with("none in the catalogue"), "{}", run.stdout);
}

#[test]
fn the_ranking_as_data_has_the_shape_of_the_contract() {
    let folder = Folder::new();
    for format in ["json", "jsonl"] {
        let args = [
            "resolve",
            "a 280B language model",
            "--organisation",
            "DeepMind",
            "--format",
            format,
            "--top",
            "1",
        ];
        let run = folder.byname(&args);
        assert_eq!(run.status, Some(0));
        let ranking = &run.documents()[0];
        assert_eq!(ranking["document"], "description");
        assert_eq!(ranking["state"], "linked");
        assert_eq!(ranking["attributes"]["parameters"]["at"], 280e9);
        let candidates = ranking["candidates"].as_array().unwrap();
        assert_eq!(candidates.len(), 1);
        for key in ["system", "name", "aliases", "probability", "evidence"] {
            assert!(candidates[0].get(key).is_some(), "{key}");
        }
        assert!((mass(ranking) - 1.0).abs() < 2e-3, "{ranking}");
    }
}

#[test]
fn an_empty_description_is_refused() {
    let run = Folder::new().byname(&["resolve", " "]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr.contains("the description is empty") && run.stderr.contains("help:"),
        "{}",
        run.stderr
    );
}

const RECORDS: &str = "{\"id\": \"one\", \"text\": \"a 280B model\", \"date\": \"2022\", \"organisations\": [\"DeepMind\"]}\n\
    \n{\"id\": \"two\"\n{\"id\": \"three\", \"text\": \"\"}\n";

#[test]
fn a_broken_record_is_told_with_its_line_and_the_rest_goes_on() {
    let folder = Folder::new().with("r.jsonl", RECORDS);
    for (path, input) in [("r.jsonl", ""), ("-", RECORDS)] {
        let run = folder.byname_with(&["resolve", "--records", path], input.as_bytes());
        assert_eq!(run.status, Some(3));
        let rankings = run.documents();
        let ids: Vec<&str> = rankings.iter().map(|ranking| ranking["document"].as_str().unwrap()).collect();
        assert_eq!(ids, ["one", &format!("{path}:3"), "three"]);
        assert_eq!(rankings[0]["candidates"][0]["name"], "Gopher");
        assert_eq!(rankings[1]["errors"][0]["kind"], "invalid-json");
        assert!(rankings[0].get("errors").is_none());
        assert!(run.stderr.starts_with(&format!("error: {path}:3: column")), "{}", run.stderr);
        for ranking in &rankings {
            assert!((mass(ranking) - 1.0).abs() < 2e-3, "{ranking}");
        }
    }
}

#[test]
fn records_come_in_order_and_the_same_whatever_the_jobs() {
    let records: String = (0..1200)
        .map(|number| format!("{{\"id\": \"{number}\", \"text\": \"a {}B model\"}}\n", number % 300 + 1))
        .collect();
    let folder = Folder::new().with("r.jsonl", records);
    let one = folder.byname(&["resolve", "--records", "r.jsonl", "--jobs", "1", "--top", "2"]);
    let three = folder.byname(&["resolve", "--records", "r.jsonl", "--jobs", "3", "--top", "2"]);
    assert_eq!(one.status, Some(0));
    assert!(one.stdout == three.stdout);
    let ids: Vec<usize> = one
        .documents()
        .iter()
        .map(|ranking| ranking["document"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(ids.into_iter().eq(0..1200));
}

#[test]
fn records_as_one_document_and_as_text() {
    let folder = Folder::new().with("r.jsonl", RECORDS);
    let run = folder.byname(&["resolve", "--records", "r.jsonl", "--format", "json"]);
    let whole: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(whole["documents"].as_array().unwrap().len(), 3);
    let run = folder.byname(&["resolve", "--records", "r.jsonl", "--format", "text"]);
    assert!(run.stdout.starts_with("one\nRead as: parameters 280B"), "{}", run.stdout);
    assert!(run.stdout.contains("r.jsonl:3\nerror: "), "{}", run.stdout);
}

#[test]
fn a_missing_file_of_records_is_told() {
    let run = Folder::new().byname(&["resolve", "--records", "lost.jsonl"]);
    assert_eq!(run.status, Some(3));
    assert_eq!(run.stderr, "error: lost.jsonl: no such file or folder; check the path\n");
    assert_eq!(run.documents()[0]["errors"][0]["kind"], "not-found");
}

/// Returns the name of the first candidate for a description.
fn first(args: &[&str]) -> String {
    let run = Folder::new().byname(&[&["resolve", "--format", "json"], args].concat());
    let ranking: Value = serde_json::from_str(&run.stdout).unwrap();
    ranking["candidates"][0]["name"].as_str().unwrap_or_default().to_string()
}

#[test]
fn the_latest_of_a_maker_is_what_was_new_in_that_month() {
    for (date, wanted) in
        [("2019-03", "GPT-2"), ("2020-08", "GPT-3"), ("2024-05", "GPT-4o"), ("2025-09", "GPT-5")]
    {
        assert_eq!(first(&["the latest GPT model", "--date", date]), wanted, "{date}");
    }
}

#[test]
fn layers_vocabulary_and_hardware_lead_to_the_system() {
    assert_eq!(first(&["a language model with 105 layers and a width of 20,480"]), "Megatron-Turing NLG");
    assert_eq!(
        first(&["an encoder-decoder model with a vocabulary of 250,000 tokens for 101 languages"]),
        "mT5"
    );
}

#[test]
fn a_plain_sentence_of_facts_is_a_description_too() {
    let run = Folder::new().byname(&["resolve", "the model was trained on 1,024 GPUs for 33 days"]);
    assert!(run.stdout.starts_with("Read as: chips 1.02K; days 33"), "{}", run.stdout);
}
