"""A paper in a notebook: its text with the mentions marked, and their candidates when one hovers over them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document import Document
    from .results import Mention, Reference

#: Background and underline for each state; told apart by people who see colours differently, on light and dark.
_COLOURS = {
    "named": ("#0072b233", "#0072b2"),
    "linked": ("#e69f0044", "#e69f00"),
    "unresolved": ("#cc79a744", "#cc79a7"),
    "own": ("#009e7333", "#009e73"),
}
_PLAIN = ("#88888833", "#888888")
#: Marks that turn the direction of text, so that what is read is not what stands there.
_TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
#: More characters than this would make a notebook heavy.
_LONGEST = 200_000


def marked_html(document: Document) -> str:
    """HTML that is safe whatever the text says: all of it is escaped, and nothing in it is a script."""
    parts = ['<div style="white-space:pre-wrap;font-family:inherit;max-width:60em">']
    text, at = document.text, 0
    for mention in sorted(document.mentions, key=lambda mention: (mention.start, -mention.end)):
        # Marks do not overlap, and those of other files stand in other texts.
        if mention.file is not None or not at <= mention.start <= mention.end <= min(len(text), _LONGEST):
            continue
        parts += [_safe(text[at : mention.start]), _mark(document, mention, text[mention.start : mention.end])]
        at = mention.end
    parts.append(_safe(text[at:_LONGEST]))
    if len(text) > _LONGEST:
        parts.append(f"<p><em>{len(text) - _LONGEST:,} more characters are not shown.</em></p>")
    parts += [f"<p><em>{_safe(problem.message)}</em></p>" for problem in document.errors]
    return "".join([*parts, "</div>"])


def _mark(document: Document, mention: Mention, text: str) -> str:
    reference = None if mention.reference is None else document.references[mention.reference]
    back, line = _COLOURS.get(reference.state, _PLAIN) if reference else _PLAIN
    style = f"background:{back};border-bottom:2px solid {line};color:inherit"
    return f'<mark style="{style}" title="{_safe(_told(mention, reference))}">{_safe(text)}</mark>'


def _told(mention: Mention, reference: Reference | None) -> str:
    if reference is None:
        return f"{mention.kind} {mention.type}"
    if reference.names:
        return f"{reference.state}: {', '.join(reference.names)}"
    candidates = (f"{each.name} {each.probability:.0%}" for each in reference.candidates)
    unknown = [] if reference.unknown is None else [f"none of these {reference.unknown:.0%}"]
    return "\n".join([f"{reference.state} {mention.type}", *candidates, *unknown])


def _safe(text: str) -> str:
    return html.escape(text.translate(_TURNING), quote=True)
