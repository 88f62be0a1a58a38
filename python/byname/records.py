"""Papers of Python as the records that the engine reads: objects of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

#: A paper in memory: its text, or an object with `text` and maybe `id`, `title`, `date`, `organisations`.
Paper = str | Mapping[str, Any]

#: How much is handed to a thread at once: enough that the handing over costs nothing beside the work.
_PAPERS = 64
_BYTES = 128 << 10


@dataclass(slots=True)
class Chunk:
    """Papers that one thread works on at once."""

    #: The number of the first of them.
    first: int
    records: list[bytes] = field(default_factory=list)
    #: Their texts, which results point into.
    texts: list[str] = field(default_factory=list)


def chunked(papers: Iterable[Paper]) -> Iterator[Chunk]:
    """Gathers papers. Where they break off with an exception, it is raised after all that came before."""
    chunk, size = Chunk(1), 0
    failure: Exception | None = None
    try:
        for paper in papers:
            written = _record_of(paper)
            chunk.records.append(written)
            chunk.texts.append(_text_of(paper))
            size += len(written)
            if size >= _BYTES or len(chunk.records) >= _PAPERS:
                yield chunk
                chunk, size = Chunk(chunk.first + len(chunk.records)), 0
    except Exception as error:
        failure = error
    if chunk.records:
        yield chunk
    if failure:
        raise failure


def record(
    text: str, id: str, date: str | None, organisations: Sequence[str] | None, title: str | None
) -> bytes:
    """One text with what is known of it."""
    if not isinstance(text, str):
        raise TypeError(f"the text of a paper is {type(text).__name__}, not str")
    known = {"title": title, "date": date, "organisations": names(organisations)}
    return _json({"id": id, "text": text, **{key: value for key, value in known.items() if value}})


def names(organisations: Sequence[str] | None) -> list[str]:
    """Organisations as a list; one text would be taken for a list of its letters."""
    if isinstance(organisations, str):
        raise TypeError("organisations are a list of names, not one text")
    return list(organisations or ())


def _record_of(paper: Paper) -> bytes:
    if isinstance(paper, str):
        return _json({"text": paper})
    if isinstance(paper, Mapping):
        try:
            return _json({key: value for key, value in paper.items() if not _is_missing(value)})
        except (ValueError, RecursionError):
            pass
    # The reader of records tells what is wrong with it, in its place among the others.
    return _json(type(paper).__name__)


def _text_of(paper: Paper) -> str:
    text = paper.get("text") if isinstance(paper, Mapping) else paper
    return text if isinstance(text, str) else ""


def _is_missing(value: object) -> bool:
    # Tables of pandas have no other value where a text is missing.
    return isinstance(value, float) and isnan(value)


def _plain(value: Any) -> object:
    """What JSON does not know: lists and numbers of numpy, days, and whatever can be written out."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _json(value: object) -> bytes:
    # A lone surrogate is no character; it stays readable as the sign for that.
    text = json.dumps(value, ensure_ascii=False, default=_plain, skipkeys=True)
    return text.encode("utf-8", "replace")
