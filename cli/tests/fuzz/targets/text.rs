//! Plain text and Markdown.

use byname::collection::Format;

use super::{one_paper, target};
use crate::driver::Target;
use crate::promises::Source;
use crate::seeds::{files, with};

pub fn plain() -> Target {
    let tokens = &[
        "\n\n",
        "    ",
        "\u{C}",
        "[12]",
        "1 Introduction\n",
        "References\n",
        "-\n",
        "|",
        "\t",
        "arXiv:2301.00001v2",
    ];
    target("plain", with(files("examples/papers", ".md"), &["A\r\rB\r"]), tokens, |bytes| {
        one_paper(Format::Plain, bytes, Source::File(bytes));
    })
}

pub fn markdown() -> Target {
    let tokens = &[
        "# ",
        "---\n",
        "title: ",
        "date: ",
        "[",
        "](",
        ")",
        "![",
        "*",
        "**",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "|",
        "\n|---|\n",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "<sup>",
        "&amp;",
        "[^1]",
        "[^1]: ",
        "$",
        "$$",
        "\\",
        "<!-- byname: ignore-file -->",
        "<!-- byname: ignore[",
    ];
    target("markdown", files("examples/papers", ".md"), tokens, |bytes| {
        one_paper(Format::Markdown, bytes, Source::File(bytes));
    })
}
