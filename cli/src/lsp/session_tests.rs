use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use byname::Engine;
use byname::catalogue::{Catalogue, Layer};
use byname::diagnose::Showing;
use byname::document::ReadLimits;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::config::Configuration;

static ENGINE: LazyLock<Arc<Engine>> =
    LazyLock::new(|| Arc::new(Engine::new(Catalogue::built_in().unwrap())));

/// Checks every file by the same settings, until there is trouble.
#[derive(Debug)]
struct Everywhere {
    held: Arc<Held>,
    /// Number of calls that succeed before there is trouble.
    asked_until_trouble: usize,
}

impl Everywhere {
    fn new() -> Self {
        let held = Held {
            engine: Arc::clone(&ENGINE),
            profile: ENGINE.catalogue().profiles.iter().find(|one| one.name == "disclosure").unwrap().clone(),
            least_confidence: 0.5,
            showing: Showing::default(),
            limits: ReadLimits::default(),
            rules: Arc::new(Configuration::defaults().path_rules().unwrap()),
        };
        Self { held: Arc::new(held), asked_until_trouble: usize::MAX }
    }
}

impl Surroundings for Everywhere {
    fn of(&mut self, _: Option<&Path>) -> Result<Arc<Held>, Trouble> {
        if self.asked_until_trouble == 0 {
            return Err(Trouble::Wrong("byname.toml is broken".to_string()));
        }
        self.asked_until_trouble -= 1;
        Ok(Arc::clone(&self.held))
    }

    fn layers(&self, _: Option<&Path>) -> Result<Vec<Layer>, Trouble> {
        Ok(vec![Layer::built_in()])
    }
}

const GRADED: &str = "The essays were graded by a proprietary language model. We saw no drift.\n";
const URI: &str = "untitled:Paper";

fn framed(messages: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        // A text stands for bytes as they are.
        let body = message.as_str().map_or_else(|| message.to_string(), str::to_string);
        bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    }
    bytes
}

fn request(id: i32, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

fn notification(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

fn initialize(encoding: &str) -> Value {
    request(
        0,
        "initialize",
        json!({"capabilities": {
            "general": {"positionEncodings": [encoding]},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "codeAction": {"codeActionLiteralSupport": {}}},
        }}),
    )
}

fn open(language: &str, text: &str) -> Value {
    notification(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": URI, "languageId": language, "version": 1, "text": text}}),
    )
}

fn hover(id: i32, line: u32, character: u32) -> Value {
    request(
        id,
        "textDocument/hover",
        json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": character}}),
    )
}

fn actions(id: i32, line: u32) -> Value {
    let range = json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 200}});
    request(
        id,
        "textDocument/codeAction",
        json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}}),
    )
}

fn change(range: Value, text: &str) -> Value {
    let changes = json!([{"range": range, "text": text}]);
    notification(
        "textDocument/didChange",
        json!({"textDocument": {"uri": URI, "version": 2}, "contentChanges": changes}),
    )
}

fn leave() -> [Value; 2] {
    [request(99, "shutdown", Value::Null), notification("exit", Value::Null)]
}

/// Returns the messages that the server sends in reply to some messages, and how the session ends.
fn session_in(surroundings: &mut Everywhere, messages: &[Value]) -> (Vec<Value>, Ending) {
    session_of_bytes(surroundings, framed(messages))
}

fn session_of_bytes(surroundings: &mut Everywhere, bytes: Vec<u8>) -> (Vec<Value>, Ending) {
    let mut output = Vec::new();
    let ending = serve(Cursor::new(bytes), &mut output, surroundings);
    let mut replies = Vec::new();
    let mut incoming = transport::Incoming::new(&output[..]);
    while let Some(body) = incoming.read().unwrap() {
        replies.push(serde_json::from_slice(&body).unwrap());
    }
    (replies, ending)
}

fn session(messages: &[Value]) -> Vec<Value> {
    session_in(&mut Everywhere::new(), messages).0
}

fn answer_to(replies: &[Value], id: i32) -> &Value {
    replies.iter().find(|message| message["id"] == id && message.get("method").is_none()).unwrap()
}

/// Returns the published diagnostics of the text, in order.
fn diagnostics(replies: &[Value]) -> Vec<Vec<Value>> {
    let published = replies.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    let of_text = published.filter(|message| message["params"]["uri"] == URI);
    of_text.map(|message| message["params"]["diagnostics"].as_array().unwrap().clone()).collect()
}

#[test]
fn a_text_that_was_never_saved_gets_diagnostics_a_hover_and_actions() {
    let [shutdown, exit] = leave();
    let messages =
        [initialize("utf-16"), open("latex", GRADED), hover(1, 0, 30), actions(2, 0), shutdown, exit];
    let (replies, ending) = session_in(&mut Everywhere::new(), &messages);
    assert_eq!(ending, Ending::Asked);
    let found = &diagnostics(&replies)[0][0];
    assert_eq!((&found["code"], &found["severity"]), (&json!("disclosure/nameless"), &json!(2)));
    assert_eq!(
        found["range"],
        json!({"start": {"line": 0, "character": 26}, "end": {"line": 0, "character": 54}})
    );
    let shown = answer_to(&replies, 1)["result"]["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("never named in this paper") && shown.contains("Found by the rule "), "{shown}");
    let offered = answer_to(&replies, 2)["result"].as_array().unwrap();
    let titles: Vec<&str> = offered.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles[0], "Silence disclosure/nameless here with a comment");
    assert!(titles[1].starts_with("Open the rule described/") && titles[2] == "Open the profile disclosure");
    assert_eq!(offered[0]["edit"]["changes"][URI][0]["newText"], " % byname: ignore[disclosure/nameless]");
}

#[test]
fn the_comment_that_is_offered_silences() {
    let silenced = GRADED.trim_end().to_string() + " % byname: ignore[disclosure/nameless]\n";
    let replies = session(&[initialize("utf-8"), open("latex", &silenced), hover(1, 0, 30)]);
    assert!(diagnostics(&replies).concat().is_empty(), "{replies:?}");
    let useless = "We met. % byname: ignore\n";
    let replies = session(&[initialize("utf-8"), open("latex", useless), hover(1, 0, 0)]);
    let found = &diagnostics(&replies)[0][0];
    assert_eq!((&found["code"], &found["tags"]), (&json!("unused-suppression"), &json!([1])));
    assert_eq!(found["range"]["start"]["line"], 0);
}

#[test]
fn a_change_is_told_anew_and_places_count_what_was_agreed_on() {
    let text = format!("Über 😀: {GRADED}");
    for (encoding, before) in [("utf-16", 9), ("utf-8", 12)] {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": before}});
        let messages = [
            initialize(encoding),
            open("plaintext", &text),
            hover(1, 0, 40),
            change(range, ""),
            hover(2, 0, 30),
        ];
        let replies = session(&messages);
        let starts: Vec<u64> = diagnostics(&replies)
            .iter()
            .map(|published| published[0]["range"]["start"]["character"].as_u64().unwrap())
            .collect();
        assert_eq!(starts, [26 + before, 26], "{encoding}");
        assert_eq!(answer_to(&replies, 2)["result"]["range"]["start"]["character"], 26);
    }
}

#[test]
fn the_place_of_the_name_is_told_beside_what_it_is_about() {
    let text = "The essays were graded by a proprietary language model.\n\nThe proprietary language model is GPT-4.\n";
    let replies = session(&[initialize("utf-8"), open("markdown", text), hover(1, 0, 30)]);
    let found = &diagnostics(&replies)[0][0];
    assert_eq!((&found["code"], &found["severity"]), (&json!("disclosure/named-elsewhere"), &json!(3)));
    let related = found["relatedInformation"].as_array().unwrap();
    assert_eq!(related[0]["message"], "named `GPT-4` here");
    assert_eq!(related[0]["location"]["range"]["start"], json!({"line": 2, "character": 34}));
}

#[test]
fn plain_text_has_no_comments_and_so_nothing_to_silence_with() {
    let replies = session(&[initialize("utf-8"), open("plaintext", GRADED), actions(1, 0)]);
    let offered = answer_to(&replies, 1)["result"].as_array().unwrap();
    assert!(!offered.is_empty() && offered.iter().all(|action| action.get("edit").is_none()));
}

#[test]
fn nonsense_is_answered_and_nothing_is_lost() {
    let deep = "[".repeat(100_000);
    let backwards = json!({"start": {"line": 5, "character": 0}, "end": {"line": 0, "character": 0}});
    let [shutdown, exit] = leave();
    let messages = [
        hover(1, 0, 0),
        json!("this is no JSON"),
        json!(deep),
        json!([1, 2]),
        initialize("utf-8"),
        open("latex", GRADED),
        initialize("utf-8"),
        json!("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"textDocument/hover\"}"),
        request(3, "textDocument/hover", json!({"textDocument": {"uri": "file:///other"}, "position": 7})),
        request(4, "textDocument/hover", json!({"textDocument": {"uri": URI}, "position": {"line": -1}})),
        request(5, "no/such", json!(7)),
        request(
            6,
            "workspace/executeCommand",
            json!({"command": "byname.openRule", "arguments": ["../../etc/passwd"]}),
        ),
        request(7, "workspace/executeCommand", json!({"command": "rm"})),
        notification("textDocument/didOpen", json!(7)),
        notification(
            "textDocument/didChange",
            json!({"textDocument": {"uri": "file:///other"}, "contentChanges": 7}),
        ),
        notification("textDocument/didClose", json!(null)),
        notification("no/such", json!([])),
        change(backwards, "x"),
        json!({"jsonrpc": "2.0", "id": "byname-watch", "result": null}),
        json!({"jsonrpc": "2.0", "id": 8}),
        hover(9, 0, 30),
        hover(10, 4_000_000_000, 4_000_000_000),
        shutdown,
        hover(11, 0, 0),
        exit,
    ];
    let (replies, ending) = session_in(&mut Everywhere::new(), &messages);
    assert_eq!(ending, Ending::Asked);
    let code = |id: i32| answer_to(&replies, id)["error"]["code"].as_i64();
    assert_eq!(code(1), Some(-32002));
    let of_nobody: Vec<i64> = replies
        .iter()
        .filter(|message| message["id"].is_null() && message.get("error").is_some())
        .map(|message| message["error"]["code"].as_i64().unwrap())
        .collect();
    assert_eq!(of_nobody, [-32700, -32700, -32600]);
    for (id, expected) in [
        (2, -32602),
        (3, -32602),
        (4, -32602),
        (5, -32601),
        (6, -32803),
        (7, -32602),
        (8, -32600),
        (11, -32600),
    ] {
        assert_eq!(code(id), Some(expected), "{id}");
    }
    let logged = replies.iter().filter(|message| message["method"] == "window/logMessage").count();
    assert_eq!(logged, 4);
    assert!(answer_to(&replies, 9)["result"]["contents"]["value"].is_string(), "the text is as it was");
    assert!(answer_to(&replies, 10)["result"].is_null());
}

#[test]
fn a_stream_that_is_no_protocol_ends_with_a_word_on_it() {
    let mut output = Vec::new();
    let ending = serve(Cursor::new(b"GET / HTTP/1.1\r\n\r\n".to_vec()), &mut output, &mut Everywhere::new());
    assert!(matches!(&ending, Ending::Broken(message) if message.contains("docs/editors.md")), "{ending:?}");
    let (_, ending) = session_in(&mut Everywhere::new(), &[initialize("utf-8")]);
    assert_eq!(ending, Ending::Left);
}

#[test]
fn what_held_before_goes_on_to_hold_when_the_settings_break() {
    let mut surroundings = Everywhere { asked_until_trouble: 1, ..Everywhere::new() };
    let save = notification("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    let messages = [initialize("utf-8"), open("latex", GRADED), hover(1, 0, 30), save, hover(2, 0, 30)];
    let (replies, _) = session_in(&mut surroundings, &messages);
    let shown: Vec<&Value> =
        replies.iter().filter(|message| message["method"] == "window/showMessage").collect();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(answer_to(&replies, 2)["result"]["contents"]["value"].is_string());
    let codes: Vec<Value> =
        diagnostics(&replies).last().unwrap().iter().map(|diagnostic| diagnostic["code"].clone()).collect();
    assert!(codes.contains(&json!("disclosure/nameless")) && codes.contains(&json!("settings")), "{codes:?}");
}

#[test]
fn settings_that_cannot_be_used_are_told_in_the_text_that_cannot_be_checked() {
    let mut surroundings = Everywhere { asked_until_trouble: 0, ..Everywhere::new() };
    let (replies, _) =
        session_in(&mut surroundings, &[initialize("utf-8"), open("latex", GRADED), hover(1, 0, 30)]);
    let found = &diagnostics(&replies)[0][0];
    assert!(found["message"].as_str().unwrap().contains("byname.toml is broken"), "{found}");
}

#[test]
fn a_text_that_is_closed_has_no_diagnostics_left() {
    let close = notification("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let replies = session(&[initialize("utf-8"), open("latex", GRADED), hover(1, 0, 30), close]);
    let published = diagnostics(&replies);
    assert_eq!((published.len(), published[0].len(), published[1].len()), (2, 1, 0));
}

#[test]
fn the_rule_behind_a_finding_is_written_where_it_can_be_opened() {
    let file = |replies: &[Value], id: i32| answer_to(replies, id)["result"].as_str().unwrap().to_string();
    let open_rule = |id: i32, path: &str| {
        request(id, "workspace/executeCommand", json!({"command": "byname.openRule", "arguments": [path]}))
    };
    let replies = session(&[initialize("utf-8"), open("latex", GRADED), actions(1, 0)]);
    let offered = answer_to(&replies, 1)["result"].as_array().unwrap();
    let paths: Vec<&str> =
        offered.iter().filter_map(|action| action.pointer("/command/arguments/0")?.as_str()).collect();
    assert_eq!((paths.len(), paths[1]), (2, "profiles/disclosure.toml"));
    let replies = session(&[initialize("utf-8"), open_rule(1, paths[0]), open_rule(2, paths[1])]);
    for (id, path) in [(1, paths[0]), (2, paths[1])] {
        assert!(
            file(&replies, id).starts_with("file:///") && file(&replies, id).ends_with(path),
            "{replies:?}"
        );
    }
    let shown = replies.iter().filter(|message| message["method"] == "window/showMessage");
    assert_eq!(shown.count(), 2, "a client that shows no files is told where they lie");
}

#[test]
fn a_header_that_makes_no_sense_costs_one_message_and_no_text() {
    let mut bytes = framed(&[initialize("utf-8"), open("latex", GRADED)]);
    bytes.extend(b"\xff\xfe nonsense\r\n\r\n{}\0\0");
    bytes.extend(framed(&[hover(1, 0, 30)]));
    let (replies, ending) = session_of_bytes(&mut Everywhere::new(), bytes);
    assert_eq!(ending, Ending::Left);
    let refused = replies.iter().find(|message| message.get("error").is_some()).unwrap();
    assert_eq!(refused["error"]["code"], -32700);
    assert!(answer_to(&replies, 1)["result"]["contents"]["value"].is_string(), "{replies:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_bytes_of_a_client_end_the_server_or_lose_the_text(at in 0usize..4000, drop in 0usize..9, junk in ".{0,9}") {
        let messages = [
            hover(1, 0, 30),
            change(json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}), "We met.\n"),
            actions(2, 0),
            notification("textDocument/didSave", json!({"textDocument": {"uri": URI}})),
        ];
        let begun = framed(&[initialize("utf-8"), open("latex", GRADED)]);
        let mut damaged = framed(&messages);
        let at = at % damaged.len();
        let end = (at + drop).min(damaged.len());
        damaged.splice(at..end, junk.into_bytes());
        // A header that promises more than comes takes what follows for its message, so there is room for that.
        let bytes = [begun, damaged, vec![b' '; 20_000], b"\n".to_vec(), framed(&[hover(9, 0, 30)])].concat();
        let (replies, ending) = session_of_bytes(&mut Everywhere::new(), bytes);
        prop_assert_eq!(ending, Ending::Left);
        if let Some(answer) = replies.iter().find(|message| message["id"] == 9) {
            prop_assert!(answer["result"].is_null() || answer["result"]["contents"]["value"].is_string());
        }
    }
}
