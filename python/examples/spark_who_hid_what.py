"""Counts, for each year, which systems stand behind nameless references: the sums of their probabilities.

    spark-submit spark_who_hid_what.py found/

`found/` is what `spark_collection.py` wrote.
"""

import sys

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: spark_who_hid_what.py FOUND")
    spark = SparkSession.builder.appName("byname: who hid what").getOrCreate()
    try:
        found = spark.read.parquet(sys.argv[1])
    except AnalysisException as error:
        sys.exit(f"error: {str(error).splitlines()[0]}")
    references = found.select("year", "id", F.explode("references").alias("reference"))
    nameless = references.where(F.col("reference.state").isin("linked", "unresolved"))
    candidates = nameless.select("year", "id", F.explode("reference.candidates").alias("candidate"))
    counted = candidates.groupBy("year", "candidate.name").agg(
        F.round(F.sum("candidate.probability"), 2).alias("expected"), F.countDistinct("id").alias("papers")
    )
    counted.orderBy("year", F.desc("expected")).show(100, truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
