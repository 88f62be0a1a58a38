"""byname on Spark, in local mode on two workers."""

import json
import os
import runpy
import shutil
import signal
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("no Java runtime: Spark cannot be tried", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

from byname import CatalogueError  # noqa: E402
from byname.spark import scan  # noqa: E402

LAMDA = "We prompt a large language model with 137B parameters."


@pytest.fixture(scope="module")
def spark():  # type: ignore[no-untyped-def]
    # Workers run in the environment that byname is installed in.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # A task that fails is tried three times.
    builder = SparkSession.builder.master("local[2,3]").appName("byname")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        # What runs but once is not worth the better machine code.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    session = builder.config(map=settings).getOrCreate()
    yield session
    session.stop()


def test_each_paper_becomes_a_row_and_a_bad_one_tells_its_error(spark) -> None:  # type: ignore[no-untyped-def]
    rows = [("a", LAMDA, "2021-09", ["Google"]), ("b", None, None, None), ("c", "Nothing.", "2020", [])]
    papers = spark.createDataFrame(rows, "key string, body string, day string, makers array<string>").repartition(2)
    done = scan(papers, text="body", id="key", date="day", organisations="makers")
    found = {row["id"]: row for row in done.collect()}
    assert set(found) == {"a", "b", "c"}
    [reference] = found["a"]["references"]
    assert reference["candidates"][0]["name"] == "LaMDA" and reference["phrase"] == "a large language model"
    assert (found["a"]["year"], found["a"]["nameless"], found["a"]["error"]) == (2021, 1, None)
    assert "no text" in found["b"]["error"] and found["b"]["references"] == []
    assert (found["c"]["nameless"], json.loads(found["c"]["result"])["document"]) == (0, "c")


def test_a_column_that_is_not_there_is_told_at_once(spark) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="no column text; the table has key"):
        scan(spark.createDataFrame([("a",)], "key string"), id="key", date=None)


def test_a_catalogue_with_faults_is_told_at_once(spark, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems" / "mine.toml").write_text("[[system]]\nnmae = 1\n")
    papers = spark.createDataFrame([("a", LAMDA)], "id string, text string")
    with pytest.raises(CatalogueError, match=r"mine\.toml:2"):
        scan(papers, date=None, catalog=tmp_path)


def test_a_worker_that_dies_loses_no_paper(spark, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    alive = tmp_path / "alive"
    alive.touch()

    def dies_once(batches):  # type: ignore[no-untyped-def]
        for batch in batches:
            yield batch
            if alive.exists():
                alive.unlink()
                os.kill(os.getpid(), signal.SIGKILL)

    rows = [(str(number), LAMDA) for number in range(400)]
    papers = spark.createDataFrame(rows, "id string, text string").repartition(2)
    found = scan(papers.mapInArrow(dies_once, papers.schema), date=None).collect()
    assert not alive.exists()
    assert sorted(int(row["id"]) for row in found) == list(range(400))
    assert all(row["nameless"] == 1 and row["error"] is None for row in found)


def test_the_jobs_write_years_and_count_who_hid_what(spark, tmp_path: Path, monkeypatch, capfd) -> None:  # type: ignore[no-untyped-def]
    papers = [{"id": "a", "text": LAMDA, "date": "2021-09"}, {"id": "b", "text": None, "date": "2022"}]
    (tmp_path / "papers.jsonl").write_text("\n".join(map(json.dumps, papers)))

    def job(name: str, *arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(Path(__file__).parents[1] / "examples" / name), run_name="__main__")
        return str(capfd.readouterr().out)

    # They end the session that they share with this test, which is the last.
    given, found = str(tmp_path / "papers.jsonl"), str(tmp_path / "found")
    job("spark_collection.py", given, found, "--date", "date")
    assert {path.name for path in (tmp_path / "found").glob("year=*")} >= {"year=2021"}
    counted = job("spark_who_hid_what.py", found)
    assert "2021" in counted and "LaMDA" in counted
    for job_name, arguments, message in [
        ("spark_collection.py", [given + ".gone", found], "error: .*gone"),
        ("spark_collection.py", [given, found, "--text", "body"], "error: there is no column body"),
        ("spark_collection.py", [given, found], "error: .*already exists"),
        ("spark_who_hid_what.py", [str(tmp_path / "gone")], "error: .*gone"),
    ]:
        with pytest.raises(SystemExit, match=message):
            job(job_name, *arguments)
