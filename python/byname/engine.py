"""The engine: a catalogue made ready, and papers run through it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from os import PathLike
from typing import Any

from ._byname import BynameError, NativeEngine
from .document import Document
from .results import Ranking, System

Path = str | PathLike[str]
#: A paper in memory: its text, or an object with `text` and maybe `id`, `title`, `date`, `organisations`.
Paper = str | Mapping[str, Any]

#: How many papers are handed over at once: enough that all threads have work.
_BATCH = 256


class Engine:
    """A catalogue made ready to read papers with. Made once, it can be shared by threads and sent to processes.

    Args:
        catalog: Folders or archives of rules and systems that are laid over the built-in ones.
        mentions: ``"described"`` for references without a name and their named partners, ``"all"`` for every mention.
        profile: What papers are held against; ``"disclosure"`` where none is given.
        min_confidence: The least probability, that a system is particular and never named, of a warning; 0.8 where
            none is given.

    Raises:
        CatalogueError: When a catalogue has faults. The message shows each with its file and line.
        BynameError: When another argument is wrong.
    """

    def __init__(
        self,
        catalog: Path | Sequence[Path] = (),
        mentions: str = "described",
        profile: str | None = None,
        min_confidence: float | None = None,
    ) -> None:
        folders = [catalog] if isinstance(catalog, (str, PathLike)) else list(catalog)
        self._arguments = ([os.fspath(folder) for folder in folders], mentions, profile, min_confidence)
        self._native = NativeEngine(*self._arguments)

    def __reduce__(self) -> tuple[type[Engine], tuple[Any, ...]]:
        # Another process makes its own from the same arguments.
        return Engine, self._arguments

    def scan(
        self,
        text: str,
        *,
        date: str | None = None,
        organisations: Sequence[str] | None = None,
        title: str | None = None,
        id: str = "text",
    ) -> Document:
        """Finds and links the references of a text.

        Args:
            text: The plain text of a paper, or a part of it.
            date: When it was written: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
            organisations: The organisations of its authors.
            title: Its title.
            id: What the result calls it.

        Raises:
            TypeError: When the text is not a ``str``.
            BynameError: When the date is no date.
            ReadError: When the text is too long.
        """
        if date is not None:
            self._native.check_date(date)
        record = _record(text, id, date, organisations, title)
        [(written, failure)] = self._native.scan_records([record], 1, 1)
        if failure:
            raise self._native.unread(*failure)
        return Document(written, text)

    def scan_file(
        self, path: Path, *, date: str | None = None, organisations: Sequence[str] | None = None
    ) -> Document:
        """Finds and links the references of the one paper that a file holds, in any format that the command reads.

        Args:
            path: The file; of a LaTeX paper, the main one.
            date: When it was written, where the file does not say.
            organisations: The organisations of its authors, where the file does not say.

        Raises:
            ReadError: When it cannot be read. A paper that could be read in part has the reason in its ``errors``.
        """
        written, failure = self._native.scan_file(path, date, _names(organisations))
        if failure:
            raise self._native.unread(*failure)
        return Document(written)

    def scan_many(self, papers: Iterable[Paper], jobs: int | None = None) -> Iterator[Document]:
        """Scans papers on many threads and gives the results in the same order, a few hundred papers behind.

        A paper that cannot be read gives a document with the reason in its ``errors``, so that none is lost; what had
        to be mended is told in its ``notes``.

        Args:
            papers: Texts, or objects with ``text`` and maybe ``id``, ``title``, ``date``, ``organisations``.
            jobs: How many threads; as many as there are cores where nothing is said.
        """
        threads = _cores() if jobs is None else jobs
        if threads < 1:
            raise BynameError(f"jobs is {threads}; at least one thread is needed")
        return self._scan_batches(iter(papers), threads)

    def _scan_batches(self, papers: Iterator[Paper], threads: int) -> Iterator[Document]:
        # While the results of one batch are looked at, the next is worked on.
        with ThreadPoolExecutor(1, "byname") as executor:
            running: Future[list[Document]] | None = None
            first = 1
            while batch := list(islice(papers, _BATCH)):
                started = executor.submit(self._scan_batch, batch, first, threads)
                first += len(batch)
                if running:
                    yield from running.result()
                running = started
            if running:
                yield from running.result()

    def _scan_batch(self, batch: list[Paper], first: int, threads: int) -> list[Document]:
        records = [_record_of(paper) for paper in batch]
        results = self._native.scan_records(records, first, threads)
        return [Document(written, _text_of(paper)) for paper, (written, _) in zip(batch, results, strict=True)]

    def resolve(
        self,
        description: str,
        *,
        date: str | None = None,
        organisations: Sequence[str] | None = None,
        top: int = 5,
    ) -> Ranking:
        """Ranks the named systems that a description fits.

        Args:
            description: What is said of the system, as in ``"a 137B dialogue model"``.
            date: When it was written.
            organisations: The organisations of those who wrote it.
            top: How many candidates are wanted.

        Raises:
            BynameError: When the description is empty, or the date is none.
        """
        if not description.strip():
            raise BynameError('the description is empty; describe the system, as in "a 137B dialogue model"')
        ranking = self._native.resolve(description, date, _names(organisations), top)
        return Ranking.of(json.loads(ranking))

    def explain(
        self,
        text: str,
        *,
        date: str | None = None,
        organisations: Sequence[str] | None = None,
        as_json: bool = False,
    ) -> str:
        """Tells which rules voted for each mention of a text, and what each clue adds to each candidate."""
        return self._native.explain(text, date, _names(organisations), as_json)

    @cached_property
    def systems(self) -> Mapping[str, System]:
        """The named systems of the catalogue, by their ids."""
        values = json.loads(self._native.systems())
        return {value["id"]: System.of(value) for value in values}


def _cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Only Linux tells.
        return os.cpu_count() or 1


def _names(organisations: Sequence[str] | None) -> list[str]:
    if isinstance(organisations, str):
        raise TypeError("organisations are a list of names, not one text")
    return list(organisations or ())


def _record(
    text: str, id: str, date: str | None, organisations: Sequence[str] | None, title: str | None
) -> bytes:
    if not isinstance(text, str):
        raise TypeError(f"the text of a paper is {type(text).__name__}, not str")
    known = {"title": title, "date": date, "organisations": _names(organisations)}
    return _json({"id": id, "text": text, **{key: value for key, value in known.items() if value}})


def _record_of(paper: Paper) -> bytes:
    if isinstance(paper, str):
        return _json({"text": paper})
    if isinstance(paper, Mapping):
        return _json(dict(paper))
    # The reader of records tells what is wrong with it, in its place among the others.
    return _json(type(paper).__name__)


def _text_of(paper: Paper) -> str:
    text = paper.get("text") if isinstance(paper, Mapping) else paper
    return text if isinstance(text, str) else ""


def _json(value: object) -> bytes:
    # A lone surrogate is no character; it stays readable as the sign for that.
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace")
