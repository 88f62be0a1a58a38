"""Scans a whole collection on Spark, and writes one row a paper, in folders by year.

    spark-submit spark_collection.py papers.parquet found/
    spark-submit spark_collection.py papers.jsonl found/ --date published --organisations affiliations

The papers are Parquet or JSON Lines with the columns `id` and `text`.
"""

import argparse
import sys

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from byname.spark import scan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", help="a file or folder of Parquet (.parquet) or JSON Lines")
    parser.add_argument("found", help="the folder to write")
    parser.add_argument("--text", default="text", help="the column of the texts")
    parser.add_argument("--id", default="id", help="the column of the ids")
    parser.add_argument("--date", help="the column of the dates")
    parser.add_argument("--organisations", help="the column of the authors' organisations")
    given = parser.parse_args()

    # Whole papers are long: few of them are handed to Python at once.
    builder = SparkSession.builder.appName("byname").config("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
    spark = builder.getOrCreate()
    reader = spark.read.parquet if given.papers.rstrip("/").endswith("parquet") else spark.read.json
    columns = {"text": given.text, "id": given.id, "date": given.date, "organisations": given.organisations}
    try:
        found = scan(reader(given.papers), **columns)
        found.write.mode("errorifexists").partitionBy("year").parquet(given.found)
    except (AnalysisException, ValueError) as error:
        # A wrong path or column needs no trace of Java.
        sys.exit(f"error: {str(error).splitlines()[0]}")
    except Py4JJavaError as error:
        # What came of it stands in the log; the folder has no _SUCCESS in it.
        told = str(error.java_exception.getMessage()).splitlines()[0]
        sys.exit(f"error: {told}\n{given.found} is not whole: remove it before the next run")
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
