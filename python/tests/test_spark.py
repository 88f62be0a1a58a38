"""byname on Spark, in local mode on two workers."""

import json
import os
import shutil
import sys

import pytest

pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("no Java runtime: Spark cannot be tried", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

from byname.spark import scan  # noqa: E402

LAMDA = "We prompt a large language model with 137B parameters."


@pytest.fixture(scope="module")
def spark():  # type: ignore[no-untyped-def]
    # Workers run in the environment that byname is installed in.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").appName("byname")
    session = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2").getOrCreate()
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
