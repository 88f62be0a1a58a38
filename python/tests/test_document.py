"""What a document can be turned into."""

import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import byname
import pytest

LAMDA = "We prompt a large language model with 137B parameters."
HOSTILE = f'<script>alert(1)</script> "\'><img src=x onerror=alert(1)> \u202e{LAMDA} & a 7B model </mark></div>'


def test_a_line_is_that_of_the_command(engine: byname.Engine, tmp_path: Path, command: str) -> None:
    record = {"id": "a", "text": LAMDA, "date": "2021-09", "organisations": ["Google"]}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record))
    run = subprocess.run(
        [command, "scan", str(path), "--format", "jsonl", "--fail-on", "never"], capture_output=True, check=True
    )
    written = json.loads(run.stdout)
    written.pop("provenance", None)
    assert written.pop("source") == {"file": str(path), "line": 1}  # a record in memory lies in no file
    [document] = engine.scan_many([record])
    assert document.to_dict() == written == json.loads(document.to_json())


def test_tables_have_one_row_a_reference(engine: byname.Engine) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    document = engine.scan(f"{LAMDA} GPT-4 wins.", id="d")
    frame, table = document.to_pandas(), document.to_arrow()
    assert list(frame.columns) == table.column_names
    assert len(frame) == table.num_rows == len(document.references)
    assert frame.iloc[0]["phrase"] == "a large language model"
    assert engine.scan("Nothing here.").to_arrow().schema == table.schema


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attributes}


def test_a_notebook_shows_any_text_and_runs_none_of_it(engine: byname.Engine) -> None:
    shown = engine.scan(HOSTILE, id="<b>")._repr_html_()
    tags = Tags()
    tags.feed(shown)
    assert set(tags.tags) == {"div", "mark"} and tags.attributes == {"style", "title"}
    assert "&lt;script&gt;" in shown and "\u202e" not in shown
    assert "LaMDA" in engine.scan(LAMDA, organisations=["Google"], date="2021-09")._repr_html_()


def test_a_document_tells_itself(engine: byname.Engine) -> None:
    assert repr(engine.scan(LAMDA, id="d")).startswith("<byname.Document 'd': 1 references")
