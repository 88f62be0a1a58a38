"""byname on Spark, for collections that outgrow one machine.

    >>> from byname.spark import scan
    >>> found = scan(spark.read.json("papers.jsonl"), text="text", id="id", date="date")
    >>> found.write.partitionBy("year").parquet("found/")

Each process of a worker makes one engine and keeps it. A record that cannot be read becomes a row with its error.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from os import PathLike
from typing import TYPE_CHECKING, Any

import pyarrow

from .document import Document
from .engine import Engine, Path

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: One row a paper. `result` is the line that `byname scan --format jsonl` writes, which `byname report` reads.
SCHEMA = (
    "id string, date string, year int, error string, nameless int, warnings int, "
    "references array<struct<phrase:string, line:int, state:string, level:string, confidence:double, "
    "names:array<string>, candidates:array<struct<system:string, name:string, probability:double>>, "
    "unknown:double>>, result string"
)

#: How many papers are held as objects of Python at once, and how many rows are handed back.
_ROWS = 256

_CANDIDATE = pyarrow.struct(
    [("system", pyarrow.string()), ("name", pyarrow.string()), ("probability", pyarrow.float64())]
)
_REFERENCE = pyarrow.struct(
    [
        ("phrase", pyarrow.string()),
        ("line", pyarrow.int32()),
        ("state", pyarrow.string()),
        ("level", pyarrow.string()),
        ("confidence", pyarrow.float64()),
        ("names", pyarrow.list_(pyarrow.string())),
        ("candidates", pyarrow.list_(_CANDIDATE)),
        ("unknown", pyarrow.float64()),
    ]
)
_ROW = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("date", pyarrow.string()),
        ("year", pyarrow.int32()),
        ("error", pyarrow.string()),
        ("nameless", pyarrow.int32()),
        ("warnings", pyarrow.int32()),
        ("references", pyarrow.list_(_REFERENCE)),
        ("result", pyarrow.string()),
    ]
)


def scan(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    date: str | None = "date",
    organisations: str | None = None,
    *,
    catalog: Path | Sequence[Path] = (),
    mentions: str = "described",
) -> DataFrame:
    """Scans a table with one paper a row; gives one row a paper, see ``SCHEMA``.

    Args:
        df: The papers.
        text: The column of their texts.
        id: The column of their ids.
        date: The column of their dates, as text or as dates; none where they have none.
        organisations: The column of the authors' organisations, a list of texts; none where they have none.
        catalog: Folders of rules and systems, at paths that hold here and on every worker.
        mentions: See ``Engine``.

    Raises:
        ValueError: When a column is not there.
        CatalogueError: When a catalogue has faults.
    """
    columns = {"text": text, "id": id, "date": date, "organisations": organisations}
    wanted = {field: column for field, column in columns.items() if column is not None}
    missing = sorted(set(wanted.values()) - set(df.columns))
    if missing:
        raise ValueError(f"there is no column {', '.join(missing)}; the table has {', '.join(df.columns)}")
    folders = (catalog,) if isinstance(catalog, (str, PathLike)) else catalog
    arguments = (tuple(os.fspath(folder) for folder in folders), mentions)
    # What is wrong with them is told here, and not by some worker, some time.
    _engine(*arguments)

    def scan_batches(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        ids: deque[object] = deque()

        def papers() -> Iterator[dict[str, Any]]:
            for batch in batches:
                named = batch.rename_columns(list(wanted))
                for start in range(0, named.num_rows, _ROWS):
                    for row in named.slice(start, _ROWS).to_pylist():
                        ids.append(row["id"])
                        yield _paper(row)

        # Spark has a process for each core already.
        documents = _engine(*arguments).scan_many(papers(), jobs=1)
        while rows := [_row(ids.popleft(), document) for document in islice(documents, _ROWS)]:
            yield pyarrow.RecordBatch.from_pylist(rows, schema=_ROW)

    return df.select(*wanted.values()).mapInArrow(scan_batches, SCHEMA)


@lru_cache(maxsize=4)
def _engine(catalog: tuple[str, ...], mentions: str) -> Engine:
    return Engine(catalog, mentions)


def _paper(row: dict[str, Any]) -> dict[str, Any]:
    known = {key: value for key, value in row.items() if value is not None}
    if "date" in known:
        known["date"] = str(known["date"])
    return known


def _row(id: object, document: Document) -> dict[str, Any]:
    value = document.to_dict()
    date, errors = value.get("date"), value.get("errors", [])
    references = [_reference(value, reference) for reference in value["references"]]
    return {
        # A paper that cannot be read keeps its id.
        "id": value["document"] if id is None else str(id),
        "date": date,
        "year": int(date[:4]) if date else None,
        "error": "; ".join(error["message"] for error in errors) or None,
        "nameless": sum(each["state"] in ("linked", "unresolved") for each in references),
        "warnings": sum(each["level"] in ("warning", "error") for each in references),
        "references": references,
        "result": document.to_json(),
    }


def _reference(value: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    first = value["mentions"][reference["mentions"][0]] if reference["mentions"] else {}
    keys = ("system", "name", "probability")
    return {
        "phrase": first.get("text"),
        "line": first.get("line"),
        "state": reference["state"],
        "level": reference.get("level"),
        "confidence": reference.get("confidence"),
        "names": reference.get("names", []),
        "candidates": [{key: each[key] for key in keys} for each in reference["candidates"]],
        "unknown": reference.get("unknown"),
    }
