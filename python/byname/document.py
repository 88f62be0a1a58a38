"""A paper and what was found in it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .results import Mention, Problem, Reference

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Document:
    """A paper and what was found in it.

    The line of JSON that it comes from is read when something of it is asked for.
    """

    def __init__(self, written: str, text: str | None = None) -> None:
        self._written = written
        self._text = text

    @cached_property
    def _both(self) -> tuple[dict[str, Any], dict[str, Any]]:
        line, _, beside = self._written.partition("\n")
        return json.loads(line), json.loads(beside) if beside else {}

    @property
    def _value(self) -> dict[str, Any]:
        return self._both[0]

    @property
    def id(self) -> str:
        """What the paper is called: the id that it was given, or its path."""
        return str(self._value["document"])

    @property
    def text(self) -> str:
        """The text as it was given; of a file, its source; of several files, the main one's."""
        if self._text is not None:
            return self._text
        return self._both[1].get("text") or ""

    @property
    def title(self) -> str | None:
        return self._value.get("title")

    @property
    def date(self) -> str | None:
        """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        return self._value.get("date")

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations of its authors."""
        return tuple(self._value.get("organisations", ()))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention that was asked for, in the order of the text."""
        places = self._both[1].get("characters", ())
        return tuple(
            Mention.of(value, (start, end))
            for value, (start, end) in zip(self._value["mentions"], places, strict=True)
        )

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference, in the order of their first mentions."""
        return tuple(Reference.of(value) for value in self._value["references"])

    @property
    def nameless(self) -> tuple[Reference, ...]:
        """The references that the paper never names: linked by byname, or unresolved."""
        return tuple(each for each in self.references if each.state in ("linked", "unresolved"))

    @property
    def warnings(self) -> tuple[Reference, ...]:
        """Those that byname is sure enough of to warn about."""
        return tuple(each for each in self.references if each.level in ("warning", "error"))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Why the paper could not be read, or not in full; empty where all went well."""
        return tuple(Problem.of(value) for value in self._value.get("errors", ()))

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What the reader had to mend or leave out, as a date that is none."""
        return tuple(Problem.of(value) for value in self._value.get("notes", ()))

    def mentions_of(self, reference: Reference) -> tuple[Mention, ...]:
        """The mentions of a reference of this paper."""
        return tuple(self.mentions[index] for index in reference.mentions)

    def to_dict(self) -> dict[str, Any]:
        """The object that ``byname scan --format jsonl`` writes, whose offsets count bytes."""
        value: dict[str, Any] = json.loads(self._written.partition("\n")[0])
        return value

    def to_json(self) -> str:
        """The line that ``byname scan --format jsonl`` writes."""
        return self._written.partition("\n")[0]

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a reference, for tables."""
        return [_row(self, reference) for reference in self.references]

    def to_pandas(self) -> pandas.DataFrame:
        """One row a reference, as a table of pandas."""
        import pandas

        return pandas.DataFrame(self.rows(), columns=list(COLUMNS))

    def to_arrow(self) -> pyarrow.Table:
        """One row a reference, as a table of Arrow."""
        import pyarrow

        rows = self.rows()
        arrays = {name: [row[name] for row in rows] for name in COLUMNS}
        types = {str: pyarrow.string(), float: pyarrow.float64(), int: pyarrow.int64()}
        schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
        return pyarrow.table(arrays, schema=schema)

    def _repr_html_(self) -> str:
        from .marked import marked_html

        return marked_html(self)

    def __repr__(self) -> str:
        return f"<byname.Document {self.id!r}: {len(self.references)} references, {len(self.warnings)} warnings>"


#: The columns of a table of references, and their types.
COLUMNS: dict[str, type] = {
    "document": str,
    "date": str,
    "reference": int,
    "phrase": str,
    "line": int,
    "start": int,
    "end": int,
    "state": str,
    "level": str,
    "confidence": float,
    "names": str,
    "system": str,
    "system_name": str,
    "probability": float,
}


def _row(document: Document, reference: Reference) -> dict[str, Any]:
    first = document.mentions[reference.mentions[0]] if reference.mentions else None
    best = reference.candidates[0] if reference.candidates else None
    return {
        "document": document.id,
        "date": document.date,
        "reference": reference.id,
        "phrase": first and first.text,
        "line": first and first.line,
        "start": first and first.start,
        "end": first and first.end,
        "state": reference.state,
        "level": reference.level,
        "confidence": reference.confidence,
        "names": "; ".join(reference.names),
        "system": best and best.system,
        "system_name": best and best.name,
        "probability": best and best.probability,
    }

