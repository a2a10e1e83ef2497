#!/usr/bin/env python3
"""Builds the search index on a Spark cluster: each task indexes its share of the record shards, and the parts are merged.

    spark_index.py --program baotinh [--master local[2]] [--partitions N] INDEX RECORDS...

RECORDS are record shards (what `baotinh extract` writes). INDEX becomes a usual index folder, which `baotinh search` reads
and `baotinh index RECORDS... --index INDEX` goes on with: it knows its shards by the paths given here. The program, the
records and INDEX must be under the same paths on every executor (a shared disk).

A task builds in a folder of its own attempt and gives it the name of its share when it is whole: a task that failed, or
whose executor died, is run again, and no record is in twice. Works with local[n], local-cluster[n,cores,memory] and
spark://host:port. Needs pyspark 4.3 (pip install -r scripts/spark-requirements.txt) and Java 17 or later.
"""
import argparse
import os
import shutil
import subprocess
import sys
import time

import spark_session

DONE, SOME_FAILED = 0, 2


def baotinh(*command):
    """Runs the program; says whether some record could not be read, raises when nothing could be done."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    sys.stderr.write("".join(line for line in done.stderr.splitlines(True) if line.startswith("error:")))
    index = command[command.index("--index") + 1]
    if done.returncode not in (DONE, SOME_FAILED) or not os.path.exists(f"{index}/meta.json"):
        raise RuntimeError(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.returncode == SOME_FAILED


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("records", nargs="+")
    parser.add_argument("--program", default="baotinh")
    parser.add_argument("--master", help="default: what spark-submit gives, else local[*]")
    parser.add_argument("--partitions", type=int, help="default: one a core")
    options = parser.parse_args()
    if os.path.exists(options.index):
        sys.exit(f"error: {options.index}: exists already; remove it or name another folder")

    spark = spark_session.start("baotinh index", options.master)
    context = spark.sparkContext
    from pyspark import TaskContext

    room = os.path.abspath(f"{options.index}.unfinished")
    os.makedirs(room)
    program = options.program

    def task(number, share):
        """Builds the index of one share; yields its folder, whether some record failed, and how often it was begun before."""
        records = list(share)
        if records:
            context = TaskContext.get()
            part, attempt = f"{room}/part-{number:05}", f"{room}/attempt-{context.taskAttemptId()}"
            failed = baotinh(program, "index", *records, "--index", attempt)
            # The part may be there: of an attempt that was whole when its executor died.
            if not os.path.exists(part):
                os.rename(attempt, part)
            yield part, failed, context.attemptNumber()

    started = time.monotonic()
    shares = context.parallelize(options.records, min(options.partitions or context.defaultParallelism, len(options.records)))
    done = shares.mapPartitionsWithIndex(task).collect()
    spark.stop()
    baotinh(program, "index", "--merge", *sorted(part for part, _, _ in done), "--index", options.index)
    seconds = time.monotonic() - started
    shutil.rmtree(room)
    failed, again = sum(failed for _, failed, _ in done), sum(attempts > 0 for _, _, attempts in done)
    print(f"{options.index}: merged from {len(done)} parts, {again} of them begun again, {seconds:.2f} s without the start of Spark")
    if failed:
        sys.exit(f"error: {failed} parts had records that could not be read; the executors' logs name them")


if __name__ == "__main__":
    main()
