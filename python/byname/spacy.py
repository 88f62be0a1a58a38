"""byname in a pipeline of spaCy.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> nlp.add_pipe("byname")
    >>> doc = nlp("We prompt a large language model with 137B parameters.")
    >>> [(span.text, span.label_, span.kb_id_) for span in doc.spans["byname"]]

The date and the organisations of a paper are taken from ``doc._.byname_paper``, a mapping with ``date`` and
``organisations``, where it is set before the component runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from .document import Document
from .engine import Engine

#: The name of the span group, and of the extension that holds the whole result.
KEY = "byname"
#: The extension in which what is known of a paper can be given.
PAPER = "byname_paper"

#: The least probability of the first candidate that a span is linked to.
_LEAST = 0.5


class Component:
    """Finds mentions in a ``Doc`` and keeps them as spans."""

    def __init__(self, name: str, catalog: Sequence[str], mentions: str, profile: str | None) -> None:
        self.name = name
        self._arguments = (list(catalog), mentions, profile)
        self._engine = Engine(*self._arguments)
        for extension in (KEY, PAPER):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=None)

    def __reduce__(self) -> tuple[type[Component], tuple[Any, ...]]:
        return Component, (self.name, *self._arguments)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.spans["byname"]`` and ``doc._.byname``."""
        known = doc._.get(PAPER) or {}
        return _mark(doc, self._engine.scan(doc.text, **known))

    # It has no `pipe`: spaCy goes from one document to the next, and has its error handler see what fails.

    # It learns nothing: a pipeline keeps its settings, and the rest is made anew from them.
    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Component:
        return self

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        return None

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Component:
        return self


@Language.factory(
    "byname",
    assigns=["doc.spans", f"doc._.{KEY}"],
    default_config={"catalog": [], "mentions": "described", "profile": None},
)
def make_component(
    nlp: Language, name: str, catalog: list[str], mentions: str, profile: str | None
) -> Component:
    """The component, as ``nlp.add_pipe("byname", config={...})`` makes it."""
    return Component(name, catalog, mentions, profile)


def _mark(doc: Doc, found: Document) -> Doc:
    spans = []
    for mention in found.mentions:
        reference = None if mention.reference is None else found.references[mention.reference]
        best = reference.candidates[0] if reference and reference.candidates else None
        system = best.system if best and best.probability >= _LEAST else ""
        # Words of spaCy may end elsewhere; a span then takes in the whole word.
        span = doc.char_span(
            mention.start, mention.end, label=mention.kind, kb_id=system, alignment_mode="expand"
        )
        if span is not None:
            spans.append(span)
    doc.spans[KEY] = spans
    doc._.set(KEY, found.to_dict())
    return doc


__all__ = ["KEY", "PAPER", "Component", "make_component"]
