//! The language server, run as editors run it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Folder, program};

const NAMELESS: &str = "The essays were graded by a proprietary language model. We saw no drift.";

/// A running server, with its input and output.
struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    requests: i64,
}

impl Server {
    fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut command = Command::new(program());
        command.arg("lsp").args(args).current_dir(folder.root());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let mut server = Self { process, input, output, requests: 0 };
        let able =
            json!({"capabilities": {"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}});
        server.request("initialize", able);
        server.tell("initialized", json!({}));
        server
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.until(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Returns the next message for which `holds` is true.
    fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                assert!(self.output.read_line(&mut line).unwrap() > 0, "the server has ended");
                match line.trim_end().strip_prefix("Content-Length: ") {
                    Some(value) => length = value.parse().unwrap(),
                    None => break,
                }
            }
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).unwrap();
            let message: Value = serde_json::from_slice(&body).unwrap();
            if holds(&message) {
                return message;
            }
        }
    }

    /// Returns the diagnostics of a file, once there are `count` of them.
    fn diagnostics(&mut self, folder: &Folder, name: &str, count: usize) -> Vec<Value> {
        let uri = uri(folder, name);
        let of_file = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["diagnostics"].as_array().unwrap().len() == count
        };
        self.until(of_file)["params"]["diagnostics"].as_array().unwrap().clone()
    }

    fn open(&mut self, folder: &Folder, name: &str, text: &str) {
        let text = json!({"uri": uri(folder, name), "languageId": "", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": text}));
    }

    fn save(&mut self, folder: &Folder, name: &str) {
        self.tell("textDocument/didSave", json!({"textDocument": {"uri": uri(folder, name)}}));
    }

    /// Ends the server as the protocol requires; returns its exit status and standard error.
    fn leave(mut self) -> (Option<i32>, String) {
        self.request("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        drop(self.input);
        let output = self.process.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }
}

fn uri(folder: &Folder, name: &str) -> String {
    format!("file://{}", folder.root().canonicalize().unwrap().join(name).display())
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

#[test]
fn a_part_of_a_latex_paper_is_read_with_its_paper_and_its_settings() {
    let folder = Folder::new()
        .with("byname.toml", "profile = 'blind-review'\nmin-confidence = 0.5\n")
        .with(
            "main.tex",
            "\\documentclass{article}\n\\begin{document}\nWe study essays.\n\n\\input{sections/method}\n\\end{document}\n",
        )
        .with("sections/method.tex", "Nothing yet.\n");
    let mut server = Server::start(&folder, &[]);
    server.open(&folder, "sections/method.tex", &format!("% a part\n{NAMELESS}\n"));
    let found = server.diagnostics(&folder, "sections/method.tex", 1);
    assert_eq!(codes(&found), ["blind-review/nameless"]);
    assert_eq!(found[0]["range"]["start"], json!({"line": 1, "character": 26}));

    // The name is typed into the other file, which nobody has saved.
    let main = "\\documentclass{article}\n\\begin{document}\n\\input{sections/method}\n\n\
                The proprietary language model is GPT-4.\n\\end{document}\n";
    server.open(&folder, "main.tex", main);
    server.diagnostics(&folder, "sections/method.tex", 0);

    // Broken settings are told where they are broken, and what held before goes on to hold.
    std::fs::write(folder.path("byname.toml"), "date = 'yesterday'\n").unwrap();
    server.save(&folder, "main.tex");
    let shown = server.until(|message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("byname.toml:1:8"), "{shown}");
    let fault = server.diagnostics(&folder, "byname.toml", 1);
    assert_eq!(fault[0]["range"]["start"], json!({"line": 0, "character": 7}));

    std::fs::write(folder.path("byname.toml"), "min-confidence = 0.5\n").unwrap();
    server.save(&folder, "main.tex");
    server.diagnostics(&folder, "byname.toml", 0);
    let found = server.diagnostics(&folder, "sections/method.tex", 1);
    assert_eq!(codes(&found), ["disclosure/named-elsewhere"]);
    let related = &found[0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], uri(&folder, "main.tex"));
    assert_eq!(related["location"]["range"]["start"], json!({"line": 4, "character": 34}));
    assert_eq!(server.leave(), (Some(0), String::new()));
}

#[test]
fn an_input_counts_as_it_is_typed_and_as_it_is_deleted() {
    let main = "\\documentclass{article}\n\\begin{document}\nThe proprietary language model is GPT-4.\n\n\\end{document}\n";
    let folder = Folder::new().with("main.tex", main).with("part.tex", NAMELESS);
    let mut server = Server::start(&folder, &[]);
    server.open(&folder, "main.tex", main);
    server.open(&folder, "part.tex", NAMELESS);
    let alone = server.diagnostics(&folder, "part.tex", 1);
    assert_eq!(codes(&alone), ["disclosure/nameless"]);
    let line = json!({"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 12}});
    let mut change = |text: &str, expected: &[&str]| {
        let changes = json!([{"range": line, "text": text}]);
        let of = json!({"uri": uri(&folder, "main.tex"), "version": 2});
        server.tell("textDocument/didChange", json!({"textDocument": of, "contentChanges": changes}));
        let found = server.diagnostics(&folder, "part.tex", expected.len());
        assert_eq!(codes(&found), expected, "{text:?}");
    };
    // With its paper, which names the model, the part leaves nothing nameless.
    change("\\input{part}", &[]);
    change("", &["disclosure/nameless"]);
    assert_eq!(server.leave(), (Some(0), String::new()));
}

#[test]
fn options_that_make_no_sense_and_streams_that_are_no_protocol_are_told() {
    let folder = Folder::new();
    let run = folder.byname(&["lsp", "--date", "yesterday"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("yesterday"), "{}", run.stderr);
    let run = folder.byname_with(&["lsp"], b"hello\n");
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("this is no message of the language server protocol"), "{}", run.stderr);
    assert_eq!(folder.byname(&["lsp"]).status, Some(1), "a client that leaves without a word");
}

#[test]
fn a_client_that_speaks_no_protocol_and_waits_is_told_at_once() {
    for said in [&b"\xff\xfe garbage"[..], b"garbage\r\n\r\n{}", b"Content-Length: many\r\n"] {
        let mut command = Command::new(program());
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut input = process.stdin.take().unwrap();
        input.write_all(said).unwrap();
        assert!(ends_soon(&mut process), "nothing follows, and no answer comes");
        let output = process.wait_with_output().unwrap();
        drop(input);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("this is no message of the language server protocol"), "{told}");
    }
}

#[test]
fn a_profile_of_the_command_line_that_is_none_is_told_before_any_message_as_scan_tells_it() {
    let folder = Folder::new().with("a.md", NAMELESS).with("byname.toml", "min-confidence = 0.5\n");
    let run = folder.byname(&["lsp", "--profile", "nope"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("there is no profile `nope`"), "{}", run.stderr);
    assert_eq!(run.stderr, folder.byname(&["scan", "a.md", "--profile", "nope"]).stderr);

    // What is wrong with a file is still told where the file is, once a paper is opened.
    let folder = Folder::new().with("byname.toml", "date = 'yesterday'\n");
    for options in [&["--profile", "versions"][..], &[]] {
        assert_eq!(Server::start(&folder, options).leave(), (Some(0), String::new()));
    }
}

/// Waits until a process has ended; kills it if it does not.
fn ends_soon(process: &mut Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if process.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    process.kill().unwrap();
    false
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests is to know that one was skipped")]
#[test]
fn neovim_shows_the_finding_and_silences_it() {
    let has_neovim = Command::new("nvim").arg("--version").output().is_ok();
    if !has_neovim {
        eprintln!("skipped: nvim is not installed (the package `neovim` of most distributions has it)");
        return;
    }
    let folder = Folder::new().with("byname.toml", "min-confidence = 0.5\n").with(
        "paper.tex",
        format!("\\documentclass{{article}}\n\\begin{{document}}\nWe study essays.\n\n{NAMELESS}\n\\end{{document}}\n"),
    );
    let (script, result) =
        (concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/lsp/neovim.lua"), folder.path("result.json"));
    let mut neovim = Command::new("nvim");
    neovim.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", &format!("luafile {script}")]);
    neovim
        .env("BYNAME_PROGRAM", program())
        .env("BYNAME_PAPER", folder.path("paper.tex"))
        .env("BYNAME_RESULT", &result);
    for home in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        neovim.env(home, folder.root());
    }
    let output = neovim.current_dir(folder.root()).stdin(Stdio::null()).output().unwrap();
    let outcome: Value = match std::fs::read(&result) {
        Ok(outcome) => serde_json::from_slice(&outcome).unwrap(),
        Err(_) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
    };
    assert_eq!(outcome["diagnostic"]["line"], 5, "{outcome}");
    assert_eq!(
        (&outcome["diagnostic"]["column"], &outcome["diagnostic"]["source"]),
        (&json!(26), &json!("byname"))
    );
    assert!(outcome["hover"].as_str().unwrap().contains("never named in this paper"), "{outcome}");
    assert_eq!(outcome["moved"], 6);
    assert_eq!(outcome["action"], "Silence disclosure/nameless here with a comment");
    assert_eq!(outcome["line"], format!("{NAMELESS} % byname: ignore[disclosure/nameless]"));
    assert_eq!(outcome["left"], 0);
    assert!(
        outcome["rule"].as_str().unwrap().contains("[[example]]"),
        "the file of the rule is opened: {outcome}"
    );
}
