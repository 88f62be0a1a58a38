//! One session of the server, from its first message to its last.

use std::collections::HashSet;
use std::io::{BufReader, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use gen_lsp_types::Range;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answers::{OPEN_RULE, actions, hover};
use super::client::Client;
use super::draft::Draft;
use super::held::Surroundings;
use super::papers::{Drafts, Papers};
use super::published::Published;
use super::rule_files::RuleFiles;
use super::transport::{Incoming, TransportError, answer, notification, refusal, write};
use super::uri::uri_of;

/// Time without a message before a changed paper is read: editors send a burst of messages for one keystroke.
const QUIET: Duration = Duration::from_millis(15);
/// Longest time that a changed paper waits to be read.
const LONGEST: Duration = Duration::from_millis(60);

/// Error codes of JSON-RPC and of the protocol.
const NO_JSON: i32 = -32700;
const NO_REQUEST: i32 = -32600;
const NO_METHOD: i32 = -32601;
const BAD_PARAMS: i32 = -32602;
const NOT_INITIALIZED: i32 = -32002;
const FAILED: i32 = -32803;

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The client asked for it with `shutdown` and `exit`.
    Asked,
    /// The client left without `shutdown`.
    Left,
    /// Reading or writing failed, for this reason.
    Broken(String),
}

/// The result of a request, or an error code and message.
type Answer = Result<Value, (i32, String)>;

/// Serves one client until it leaves.
pub fn serve(
    input: impl Read + Send + 'static,
    output: &mut dyn Write,
    surroundings: &mut dyn Surroundings,
) -> Ending {
    let (sender, messages) = channel();
    thread::spawn(move || {
        let mut incoming = Incoming::new(BufReader::new(input));
        loop {
            let message = incoming.read().transpose();
            let is_last = matches!(message, None | Some(Err(TransportError::Io(_))));
            if message.is_some_and(|message| sender.send(message).is_err()) || is_last {
                return;
            }
        }
    });
    let mut session = Session {
        output,
        surroundings,
        client: None,
        is_over: false,
        drafts: Drafts::new(),
        papers: Papers::default(),
        published: Published::default(),
        shown_troubles: HashSet::new(),
        rule_files: RuleFiles::default(),
    };
    match session.run(&messages) {
        Ok(ending) => ending,
        Err(TransportError::Io(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Ending::Left,
        Err(error) => Ending::Broken(error.to_string()),
    }
}

struct Session<'a> {
    output: &'a mut dyn Write,
    surroundings: &'a mut dyn Surroundings,
    /// `None` until the client has sent `initialize`.
    client: Option<Client>,
    /// `true` once the client has sent `shutdown`.
    is_over: bool,
    drafts: Drafts,
    papers: Papers,
    published: Published,
    /// Troubles already shown, so that each is shown once.
    shown_troubles: HashSet<String>,
    rule_files: RuleFiles,
}

impl Session<'_> {
    fn run(
        &mut self,
        messages: &Receiver<Result<Vec<u8>, TransportError>>,
    ) -> Result<Ending, TransportError> {
        let mut stale_since: Option<Instant> = None;
        loop {
            let message = if self.papers.are_stale() {
                let waited = stale_since.get_or_insert_with(Instant::now).elapsed();
                messages.recv_timeout(QUIET.min(LONGEST.saturating_sub(waited)))
            } else {
                messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match message {
                Ok(Ok(message)) => {
                    if self.receive(&message)? {
                        return Ok(if self.is_over { Ending::Asked } else { Ending::Left });
                    }
                }
                // One wrong header in the middle of a talk is no reason to end it.
                Ok(Err(error @ TransportError::Header(_))) if self.client.is_some() => {
                    self.send(&refusal(&Value::Null, NO_JSON, &error.to_string()))?;
                }
                Ok(Err(error)) => return Err(error),
                Err(RecvTimeoutError::Timeout) => self.read_stale()?,
                Err(RecvTimeoutError::Disconnected) => {
                    return Ok(if self.is_over { Ending::Asked } else { Ending::Left });
                }
            }
            if !self.papers.are_stale() {
                stale_since = None;
            }
        }
    }

    fn send(&mut self, message: &Value) -> Result<(), TransportError> {
        write(self.output, message)
    }

    /// Handles one message; returns `true` if it is the last.
    fn receive(&mut self, message: &[u8]) -> Result<bool, TransportError> {
        let message: Value = match serde_json::from_slice(message) {
            Ok(message) => message,
            Err(error) => {
                self.send(&refusal(&Value::Null, NO_JSON, &format!("this is no JSON: {error}")))?;
                return Ok(false);
            }
        };
        let params = message.get("params").unwrap_or(&Value::Null);
        match (message.get("method").and_then(Value::as_str), message.get("id")) {
            (Some("exit"), None) => return Ok(true),
            (Some(method), Some(id)) => {
                let message = match self.request(method, params) {
                    Ok(result) => answer(id, &result),
                    Err((code, message)) => refusal(id, code, &message),
                };
                self.send(&message)?;
                if method == "textDocument/hover" || method == "textDocument/codeAction" {
                    // What was read for the answer is told behind it.
                    self.publish(&[])?;
                }
            }
            (Some(method), None) if self.client.is_some() => {
                if let Err(message) = self.notified(method, params)? {
                    self.log(&format!("{method}: {message}"))?;
                }
            }
            (Some(_), None) => {} // before the client has introduced itself
            (None, Some(_)) if message.get("result").is_some() || message.get("error").is_some() => {}
            (None, id) => {
                let id = id.unwrap_or(&Value::Null);
                self.send(&refusal(id, NO_REQUEST, "this is no message of the language server protocol"))?;
            }
        }
        Ok(false)
    }

    fn request(&mut self, method: &str, params: &Value) -> Answer {
        let Some(client) = self.client else {
            if method != "initialize" {
                return Err((NOT_INITIALIZED, "the first request is `initialize`".to_string()));
            }
            let client = Client::new(params);
            self.client = Some(client);
            return Ok(introduction(client));
        };
        if self.is_over {
            return Err((NO_REQUEST, "the server was asked to shut down".to_string()));
        }
        match method {
            "shutdown" => {
                self.is_over = true;
                Ok(Value::Null)
            }
            "textDocument/hover" => {
                let uri = self.uri_of(params)?;
                let position = part(params, "position")?;
                self.papers.read(&self.drafts, client.encoding);
                Ok(hover(&self.papers, client, &uri, position))
            }
            "textDocument/codeAction" => {
                let uri = self.uri_of(params)?;
                let range: Range = part(params, "range")?;
                self.papers.read(&self.drafts, client.encoding);
                Ok(actions(&self.papers, client, &uri, range, &params["context"]))
            }
            "workspace/executeCommand" => self.execute(client, params),
            "initialize" => Err((NO_REQUEST, "the server was initialized before".to_string())),
            _ => Err((NO_METHOD, format!("byname knows no {method:?}"))),
        }
    }

    fn uri_of(&self, params: &Value) -> Result<String, (i32, String)> {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let uri = uri.ok_or((BAD_PARAMS, "the request names no text".to_string()))?;
        if self.drafts.contains_key(uri) {
            Ok(uri.to_string())
        } else {
            Err((BAD_PARAMS, format!("{uri} is not open")))
        }
    }

    /// Opens a file of the catalogue in the editor, or shows its path if the client cannot open files.
    fn execute(&mut self, client: Client, params: &Value) -> Answer {
        let command = params["command"].as_str().unwrap_or_default();
        if command != OPEN_RULE {
            return Err((BAD_PARAMS, format!("byname knows no command {command:?}")));
        }
        let path = params.pointer("/arguments/0").and_then(Value::as_str);
        let path =
            path.ok_or((BAD_PARAMS, format!("{OPEN_RULE} takes the path of a file of the catalogue")))?;
        let of = self.drafts.values().find(|draft| draft.is_file).map(|draft| draft.path.clone());
        let layers =
            self.surroundings.layers(of.as_deref()).map_err(|trouble| (FAILED, trouble.summary()))?;
        let place = self.rule_files.place(&layers, path).map_err(|message| (FAILED, message))?;
        let sent = if client.shows_files {
            let params = json!({"uri": uri_of(&place), "takeFocus": true});
            self.send(&json!({"jsonrpc": "2.0", "id": "byname-show", "method": "window/showDocument", "params": params}))
        } else {
            let message = format!("the file lies at {}", place.display());
            self.send(&notification("window/showMessage", &json!({"type": 3, "message": message})))
        };
        sent.map_err(|error| (FAILED, error.to_string()))?;
        Ok(json!(uri_of(&place)))
    }

    /// Handles a notification; the inner error describes what is wrong with it.
    fn notified(&mut self, method: &str, params: &Value) -> Result<Result<(), String>, TransportError> {
        let text = |pointer: &str| params.pointer(pointer).and_then(Value::as_str);
        let uri = text("/textDocument/uri").unwrap_or_default();
        let version = params.pointer("/textDocument/version").and_then(Value::as_i64);
        let version = version.and_then(|version| i32::try_from(version).ok());
        match method {
            "initialized" => {
                self.watch()?;
                // The catalogue is made ready while the user looks for the paper.
                let ready = self.surroundings.of(None);
                drop(ready);
            }
            "textDocument/didOpen" => {
                let Some(content) = text("/textDocument/text").filter(|_| !uri.is_empty()) else {
                    return Ok(Err("the message holds no text".to_string()));
                };
                let language = text("/textDocument/languageId").unwrap_or_default();
                let draft = Draft::new(uri, language, version, content.to_string());
                self.drafts.insert(uri.to_string(), draft.clone());
                self.arrange(Some(&draft))?;
            }
            "textDocument/didChange" => {
                let encoding = self.client.map(|client| client.encoding).unwrap_or_default();
                let Some(draft) = self.drafts.get_mut(uri) else {
                    return Ok(Err(format!("{uri:?} is not open")));
                };
                let changes = params["contentChanges"].as_array().map_or(&[][..], Vec::as_slice);
                draft.version = version.or(draft.version);
                let changed = draft.change(changes, encoding);
                self.papers.touch(self.drafts.get(uri));
                return Ok(
                    changed.map_err(|error| format!("{error}; reopen {uri}, byname may not have its text"))
                );
            }
            "textDocument/didSave" => {
                let draft = self.drafts.get(uri).cloned();
                self.arrange(draft.as_ref())?;
            }
            "textDocument/didClose" => {
                let Some(draft) = self.drafts.remove(uri) else {
                    return Ok(Err(format!("{uri:?} is not open")));
                };
                self.arrange(Some(&draft))?;
            }
            "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => self.arrange(None)?,
            _ => {}
        }
        Ok(Ok(()))
    }

    /// Determines the papers and their settings again, after a text was opened, saved or closed, or files
    /// changed on disk.
    fn arrange(&mut self, touched: Option<&Draft>) -> Result<(), TransportError> {
        let encoding = self.client.map(|client| client.encoding).unwrap_or_default();
        self.papers.touch(touched);
        let troubles = self.papers.arrange(&self.drafts, self.surroundings, encoding);
        self.papers.touch(touched);
        for trouble in troubles {
            let message = format!("byname: {}", trouble.summary());
            if self.shown_troubles.insert(message.clone()) {
                self.send(&notification("window/showMessage", &json!({"type": 1, "message": message})))?;
            }
        }
        self.publish(&[])
    }

    fn read_stale(&mut self) -> Result<(), TransportError> {
        let Some(client) = self.client else { return Ok(()) };
        let read = self.papers.read(&self.drafts, client.encoding);
        self.publish(&read)
    }

    /// Publishes the diagnostics of files that were read, and of others whose diagnostics have changed.
    fn publish(&mut self, read: &[String]) -> Result<(), TransportError> {
        for params in self.published.take_over(read, &self.papers, &self.drafts) {
            self.send(&notification("textDocument/publishDiagnostics", &json!(params)))?;
        }
        Ok(())
    }

    /// Asks the client to report changes of settings and parts of papers on disk.
    fn watch(&mut self) -> Result<(), TransportError> {
        if !self.client.is_some_and(|client| client.watches_files) {
            return Ok(());
        }
        let watchers: Vec<Value> = ["**/byname.toml", "**/*.tex", "**/*.bib"]
            .iter()
            .map(|glob| json!({"globPattern": glob}))
            .collect();
        let method = "workspace/didChangeWatchedFiles";
        let registration =
            json!({"id": "byname-files", "method": method, "registerOptions": {"watchers": watchers}});
        let params = json!({"registrations": [registration]});
        self.send(&json!({"jsonrpc": "2.0", "id": "byname-watch", "method": "client/registerCapability", "params": params}))
    }

    fn log(&mut self, message: &str) -> Result<(), TransportError> {
        self.send(&notification("window/logMessage", &json!({"type": 1, "message": message})))
    }
}

/// Reads a part of the parameters of a request.
fn part<T: DeserializeOwned>(params: &Value, name: &str) -> Result<T, (i32, String)> {
    serde_json::from_value(params[name].clone()).map_err(|error| (BAD_PARAMS, format!("`{name}`: {error}")))
}

/// Returns the capabilities of the server, the result of `initialize`.
fn introduction(client: Client) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": client.encoding.kind(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": true},
            "hoverProvider": true,
            "codeActionProvider": if client.takes_actions { json!({"codeActionKinds": ["quickfix"]}) } else { json!(true) },
            "executeCommandProvider": {"commands": [OPEN_RULE]},
        },
        "serverInfo": {"name": "byname", "version": env!("CARGO_PKG_VERSION")},
    })
}
