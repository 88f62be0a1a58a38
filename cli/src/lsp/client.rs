//! Capabilities of the client.

use byname::report::Markup;
use serde_json::Value;

use super::lines::Encoding;

/// Capabilities that the client announced. Those that it left out, or announced wrongly, count as missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Format of hover texts.
    pub(super) markup: Markup,
    /// `true` if it can be asked to show a file (`window/showDocument`).
    pub(super) shows_files: bool,
    /// `true` if it accepts code actions that carry their edit, and not only commands.
    pub(super) takes_actions: bool,
    /// `true` if it can be asked to report files that change on disk.
    pub(super) watches_files: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Self {
        let at = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}"));
        let texts = |pointer: &str| -> Vec<&str> {
            at(pointer).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let is = |pointer: &str| at(pointer).and_then(Value::as_bool).unwrap_or(false);
        let markup = texts("textDocument/hover/contentFormat");
        Self {
            encoding: Encoding::agreed(&texts("general/positionEncodings")),
            markup: if markup.contains(&"markdown") { Markup::Markdown } else { Markup::Plain },
            shows_files: is("window/showDocument/support"),
            takes_actions: at("textDocument/codeAction/codeActionLiteralSupport").is_some(),
            watches_files: is("workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_client_says_is_believed_and_nonsense_is_nothing() {
        let able = Client::new(&json!({"capabilities": {
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "codeAction": {"codeActionLiteralSupport": {}}},
            "window": {"showDocument": {"support": true}},
        }}));
        assert_eq!((able.encoding, able.markup), (Encoding::Utf8, Markup::Markdown));
        assert!(able.shows_files && able.takes_actions && !able.watches_files);
        let none = Client::new(&Value::Null);
        assert_eq!((none.encoding, none.markup), (Encoding::Utf16, Markup::Plain));
        assert_eq!(Client::new(&json!({"capabilities": {"general": 7, "window": []}})), none);
    }
}
