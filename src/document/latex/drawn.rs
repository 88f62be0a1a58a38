//! Inline drawings: `\tikz[options]{\node[options] (name) {text};}`.

use super::reader::Reader;
use super::token::{Kind, Token};

impl Reader<'_> {
    /// Reads a drawing and pushes back the texts of its nodes.
    pub(super) fn drawing_in_line(&mut self) {
        self.expander.drop_arguments("o");
        self.expander.skip_space();
        let is_group = self.expander.peek_raw().is_some_and(|next| next.kind == Kind::Open);
        let drawing = if is_group {
            self.expander.argument().map(|found| found.0.to_vec())
        } else {
            Some(self.statement())
        };
        let texts = self.texts_of_nodes(&drawing.unwrap_or_default());
        self.expander.give_back(texts);
    }

    /// Reads one statement, up to its semicolon.
    fn statement(&mut self) -> Vec<Token> {
        let (mut found, mut depth) = (Vec::new(), 0usize);
        while let Some(token) = self.expander.next_raw_within() {
            match token.kind {
                Kind::Paragraph => {
                    found.push(token);
                    break;
                }
                Kind::Close if depth == 0 => {
                    found.push(token);
                    break;
                }
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                Kind::Text if depth == 0 => {
                    if let Some(at) = self.expander.text(token).find(';') {
                        let (before, rest) = super::arguments::split(token, at);
                        found.push(before);
                        self.expander.give_back_text(super::arguments::split(rest, 1).1);
                        return found;
                    }
                }
                _ => {}
            }
            found.push(token);
        }
        // Without its end, it is no drawing that we know how to read.
        self.expander.give_back(found);
        Vec::new()
    }

    /// Returns the contents of the braces behind each `node`, separated by blanks.
    fn texts_of_nodes(&self, drawing: &[Token]) -> Vec<Token> {
        let (mut texts, mut depth, mut in_node, mut in_text) = (Vec::new(), 0usize, false, false);
        let mut in_options = false;
        for token in drawing {
            match token.kind {
                Kind::Open => {
                    depth += 1;
                    if depth == 1 && in_node && !in_options {
                        (in_text, in_node) = (true, false);
                        continue;
                    }
                }
                Kind::Close => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && in_text {
                        in_text = false;
                        texts.push(Token { kind: Kind::Tie, ..*token });
                    }
                }
                Kind::Command if depth == 0 => in_node |= self.expander.is(*token, "node"),
                Kind::Text if depth == 0 => {
                    let text = self.expander.text(*token);
                    in_node |= text.split(|c: char| !c.is_alphabetic()).any(|word| word == "node");
                    for letter in text.chars() {
                        in_options = (in_options || letter == '[') && letter != ']';
                        in_node &= letter != ';';
                    }
                }
                _ => {}
            }
            if in_text {
                texts.push(*token);
            }
        }
        texts.pop_if(|last| last.kind == Kind::Tie);
        texts
    }
}
