#!/usr/bin/env python3
"""Extracts on a Spark cluster: each task runs the same `baotinh extract` as one machine does, over its share of the input.

    spark_extract.py --program baotinh [--master local[2]] [--table mentions] [--partitions N] OUT INPUT...

INPUT are shards (WARC, JSONL, Parquet, HTML folders): one task reads whole shards. With --lines they are JSONL files that
Spark splits itself, so that one large file feeds many tasks; origin_path is then `-` and the line is the task's own.
OUT becomes a folder of Parquet, a part a task. The program, the inputs and OUT must be under the same paths on every
executor (a shared disk); the program may be sent along with `spark-submit --files`.

Rows never pass through Spark itself, which would cost more than the extraction: a task's program writes the task's part,
which is seen only when whole and always has the name of the task's share. A task that failed, or whose executor died, is
run again and writes the same part: no row is lost and none stands twice. OUT appears when all parts are there.
Works with local[n], local-cluster[n,cores,memory] and spark://host:port.
Needs pyspark 4.3 (pip install -r scripts/spark-requirements.txt) and Java 17 or later.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import spark_session

DONE, NOTHING_FOUND, SOME_FAILED = 0, 1, 2


def run(commands, lines=None):
    """Runs a pipe of commands, fed with lines; says whether some input could not be read, raises when one is stopped.

    An input or line that cannot be read does not stop a command; its `error:` goes to the executor's log.
    """
    # Spark runs a task on each core: a task that took all cores itself would only wait for the others.
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+") as messages:
        processes = []
        for command in commands:
            source = processes[-1].stdout if processes else subprocess.DEVNULL if lines is None else subprocess.PIPE
            target = subprocess.PIPE if command is not commands[-1] else subprocess.DEVNULL
            processes.append(subprocess.Popen(command, stdin=source, stdout=target, stderr=messages, env=environment))
            if processes[:-1]:
                source.close()
        if lines is not None:
            threading.Thread(target=feed, args=(processes[0].stdin, lines), daemon=True).start()
        statuses = [process.wait() for process in processes]
        messages.seek(0)
        text = messages.read()
    sys.stderr.write("".join(line for line in text.splitlines(True) if line.startswith("error:")))
    if any(status not in (DONE, NOTHING_FOUND, SOME_FAILED) for status in statuses):
        raise RuntimeError(f"{commands}: exit statuses {statuses}\n{text}")
    return SOME_FAILED in statuses


def feed(pipe, lines):
    try:
        with pipe:
            for line in lines:
                pipe.write(line.encode() + b"\n")
    except BrokenPipeError:
        pass  # the program's own exit status tells why it stopped reading


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--program", default="baotinh")
    parser.add_argument("--master", help="default: what spark-submit gives, else local[*]")
    parser.add_argument("--table", choices=["articles", "mentions", "citations"], default="mentions")
    parser.add_argument("--partitions", type=int, help="default: four a core, at most one a shard")
    parser.add_argument("--lines", action="store_true", help="INPUT are JSONL files for Spark to split by lines")
    options = parser.parse_args()
    if os.path.exists(options.out):
        sys.exit(f"error: {options.out}: exists already; remove it or name another folder")

    spark = spark_session.start("baotinh extract", options.master)
    context = spark.sparkContext
    from pyspark import TaskContext

    room = os.path.abspath(f"{options.out}.unfinished")
    os.makedirs(room)
    program, table, by_lines = options.program, options.table, options.lines

    def task(number, share):
        """Writes the part of one share; yields whether some of it could not be read, and how often it was begun before."""
        inputs = ["-"] if by_lines else list(share)
        if inputs:
            export = [program, "export", "-", "--table", table, "-o", f"{room}/part-{number:05}.parquet"]
            failed = run([[program, "extract", *inputs], export], share if by_lines else None)
            yield failed, TaskContext.get().attemptNumber()

    started = time.monotonic()
    if by_lines:
        # textFile takes the number as the least; a folder of small files would make a task each.
        shares = context.textFile(",".join(options.inputs), options.partitions or context.defaultParallelism)
        shares = shares.coalesce(options.partitions) if options.partitions else shares
    else:
        # Fewer, larger tasks: each starts the program and syncs its part to the disk.
        shares = context.parallelize(options.inputs, options.partitions or min(4 * context.defaultParallelism, len(options.inputs)))
    done = shares.mapPartitionsWithIndex(task).collect()
    seconds = time.monotonic() - started
    for name in os.listdir(room):
        if not name.startswith("part-"):
            os.remove(f"{room}/{name}")  # of a program that was killed with its executor
    shutil.move(room, options.out)
    failed, again = sum(failed for failed, _ in done), sum(attempts > 0 for _, attempts in done)
    print(f"{spark.read.parquet(options.out).count()} rows of {table} in {options.out}, {len(done)} parts, {again} of them begun again")
    print(f"{seconds:.2f} s without the start of Spark")
    spark.stop()
    if failed:
        sys.exit(f"error: {failed} tasks had input that could not be read; the executors' logs name it")


if __name__ == "__main__":
    main()
