"""The engine: a catalogue made ready, and papers run through it."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from os import PathLike
from typing import Any

from ._byname import BynameError, NativeEngine
from .document import Document
from .records import Chunk, Paper, chunked, names, record
from .results import Ranking, System

Path = str | PathLike[str]

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
        date: str | None = None,
        organisations: Sequence[str] | None = None,
        title: str | None = None,
        *,
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
        given = record(text, id, date, organisations, title)
        [(written, failure)] = self._native.scan_records([given], 1)
        if failure:
            raise self._native.unread(*failure)
        return Document(written, text)

    def scan_file(
        self, path: Path, date: str | None = None, organisations: Sequence[str] | None = None
    ) -> Document:
        """Finds and links the references of the one paper that a file holds, in any format that the command reads.

        Args:
            path: The file; of a LaTeX paper, the main one.
            date: When it was written, where the file does not say.
            organisations: The organisations of its authors, where the file does not say.

        Raises:
            ReadError: When it cannot be read. A paper that could be read in part has the reason in its ``errors``.
        """
        written, failure = self._native.scan_file(path, date, names(organisations))
        if failure:
            raise self._native.unread(*failure)
        return Document(written)

    def scan_many(self, papers: Iterable[Paper], jobs: int | None = None) -> Iterator[Document]:
        """Scans papers on many threads and gives the results in the same order, some hundred papers a thread behind.

        A paper that cannot be read gives a document with the reason in its ``errors``, so that none is lost; what had
        to be mended is told in its ``notes``.

        Args:
            papers: Texts, or objects with ``text`` and maybe ``id``, ``title``, ``date``, ``organisations``.
            jobs: How many threads; as many as there are cores where nothing is said.

        Raises:
            TypeError: When the papers are one text. What the papers themselves raise is raised after the results of
                all that came before.
            BynameError: When there are no jobs.
        """
        if isinstance(papers, (str, Mapping)):
            raise TypeError(f"papers are many, not one {type(papers).__name__}; for one text there is scan")
        threads = _cores() if jobs is None else jobs
        if threads < 1:
            raise BynameError(f"jobs is {threads}; at least one thread is needed")
        return self._scan_chunks(iter(papers), threads)

    def _scan_chunks(self, papers: Iterable[Paper], threads: int) -> Iterator[Document]:
        with ThreadPoolExecutor(threads, "byname") as executor:
            running: deque[Future[list[Document]]] = deque()
            try:
                for chunk in chunked(papers):
                    running.append(executor.submit(self._scan_chunk, chunk))
                    # So many that no thread waits for the one that is longest at work.
                    if len(running) > 2 * threads:
                        yield from running.popleft().result()
            except Exception:
                # Where the papers break off, those before are not lost.
                yield from _results(running)
                raise
            yield from _results(running)

    def _scan_chunk(self, chunk: Chunk) -> list[Document]:
        results = self._native.scan_records(chunk.records, chunk.first)
        return [Document(written, text) for text, (written, _) in zip(chunk.texts, results, strict=True)]

    def resolve(
        self,
        description: str,
        date: str | None = None,
        organisations: Sequence[str] | None = None,
        *,
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
        if not isinstance(description, str):
            raise TypeError(f"the description is {type(description).__name__}, not str")
        if not description.strip():
            raise BynameError('the description is empty; describe the system, as in "a 137B dialogue model"')
        ranking = self._native.resolve(description, date, names(organisations), top)
        return Ranking.of(json.loads(ranking))

    def explain(
        self,
        text: str,
        date: str | None = None,
        organisations: Sequence[str] | None = None,
        *,
        as_json: bool = False,
    ) -> str:
        """Tells which rules voted for each mention of a text, and what each clue adds to each candidate."""
        return self._native.explain(text, date, names(organisations), as_json)

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


def _results(running: deque[Future[list[Document]]]) -> Iterator[Document]:
    while running:
        yield from running.popleft().result()
