#!/usr/bin/env python3
"""Extracts on a Spark cluster: each task runs the same `baotinh extract` as one machine does, over its share of the input.

    spark_extract.py --program baotinh [--master local[2]] [--table mentions] [--partitions N] OUT INPUT...

INPUT are shards (WARC, JSONL, Parquet, HTML folders): one task reads whole shards. With --lines they are JSONL files that
Spark splits itself, so that one large file feeds many tasks; origin_path is then `-` and the line is the task's own.
OUT becomes a folder of Parquet, partitioned by year of publication. The program and the inputs must be readable under
the same paths on every executor (a shared disk), or the program be sent along with `spark-submit --files`.

A task's rows reach OUT through Spark's output committer: a task that failed, or whose executor died, is run again and its
first rows are dropped. Works with local[n], local-cluster[n,cores,memory] and spark://host:port.
Needs pyspark 4.3 (pip install -r scripts/spark-requirements.txt) and Java 17 or later.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading

TYPES = {"text": "string", "integer": "bigint", "number": "double", "date": "date", "timestamp": "timestamp",
         "list of text": "array<string>", "json": "string"}

DONE, NOTHING_FOUND, SOME_FAILED = 0, 1, 2
FAILED = "failed"


def run(commands, lines=None):
    """Yields the output lines of a pipe of commands, fed with lines; raises when a command is stopped.

    An input or line that cannot be read does not stop a command; its `error:` goes to the executor's log.
    """
    messages = [tempfile.TemporaryFile("w+") for _ in commands]
    # Spark runs a task on each core: a task that took all cores itself would only wait for the others.
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    processes = []
    for command, message in zip(commands, messages):
        feed = processes[-1].stdout if processes else subprocess.DEVNULL if lines is None else subprocess.PIPE
        processes.append(subprocess.Popen(command, stdin=feed, stdout=subprocess.PIPE, stderr=message, env=environment))
        if processes[:-1]:
            feed.close()
    if lines is not None:
        def write():
            try:
                with processes[0].stdin as pipe:
                    for line in lines:
                        pipe.write(line.encode() + b"\n")
            except BrokenPipeError:
                pass  # the program's own exit status tells why it stopped reading
        threading.Thread(target=write, daemon=True).start()
    for line in processes[-1].stdout:
        yield line.decode()
    for command, process, message in zip(commands, processes, messages):
        status = process.wait()
        message.seek(0)
        text = message.read()
        sys.stderr.write("".join(line for line in text.splitlines(True) if line.startswith("error:")))
        if status not in (DONE, NOTHING_FOUND, SOME_FAILED):
            raise RuntimeError(f"{' '.join(command)}: exit status {status}\n{text}")
        if status == SOME_FAILED:
            yield FAILED


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--program", default="baotinh")
    parser.add_argument("--master", help="default: what spark-submit gives, else local[*]")
    parser.add_argument("--table", choices=["articles", "mentions", "citations"], default="mentions")
    parser.add_argument("--partitions", type=int, help="default: one a shard")
    parser.add_argument("--lines", action="store_true", help="INPUT are JSONL files for Spark to split by lines")
    options = parser.parse_args()

    # Everything that tasks need is a plain string: no module of this file has to be installed on the executors.
    program, table = options.program, options.table
    columns = json.loads(subprocess.run([program, "schema", "--dictionary", "json"], check=True, stdout=subprocess.PIPE).stdout)[table]
    schema = ", ".join(f"`{column['name']}` {TYPES[column['type']]}" for column in columns)
    export = [program, "export", "-", "--table", table, "--format", "jsonl"]

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import year

    builder = SparkSession.builder.appName("baotinh extract")
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.sql.parquet.compression.codec", "zstd")
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.sources.partitionOverwriteMode", "static")
    if options.master:
        builder = builder.master(options.master)
        if options.master.startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    spark = builder.getOrCreate()
    context = spark.sparkContext
    context.setLogLevel("ERROR")

    failed = context.accumulator(0)

    def rows_of(commands, share=None):
        for row in run(commands, share):
            if row == FAILED:
                failed.add(1)
            else:
                yield row

    def shards(paths):
        for path in paths:
            yield from rows_of([[program, "extract", path], export])

    def lines(share):
        return rows_of([[program, "extract", "-"], export], share)

    if options.lines:
        rows = context.textFile(",".join(options.inputs), options.partitions or context.defaultParallelism)
        # textFile takes the number as the least; a folder of small files would make a task each.
        rows = (rows.coalesce(options.partitions) if options.partitions else rows).mapPartitions(lines)
    else:
        rows = context.parallelize(options.inputs, options.partitions or len(options.inputs)).mapPartitions(shards)
    frame = spark.read.schema(schema).json(rows)
    frame.withColumn("year_published", year("published_day")).write.mode("overwrite").partitionBy("year_published").parquet(options.out)
    print(f"{spark.read.parquet(options.out).count()} rows of {table} in {options.out}")
    spark.stop()
    if failed.value:
        sys.exit(f"error: {failed.value} tasks or shards had input that could not be read; the executors' logs name it")


if __name__ == "__main__":
    main()
