#!/usr/bin/env python3
"""Checks that Spark gives the rows of the single program: from 1, 2 and 7 partitions, by lines, and with an executor killed.

usage: spark_check.py PROGRAM [SHARD...]    (without shards, fourteen are made)
Needs pyspark and duckdb (pip install -r scripts/spark-requirements.txt).
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

EXTRACT = Path(__file__).with_name("spark_extract.py")
# What differs between a shard read whole and its lines read from a pipe.
ORIGIN = ["origin_path", "origin_offset", "origin_line"]


def make_shards(folder, count=14, articles=150):
    """Writes shards of articles with figures and documents that differ from article to article."""
    for shard in range(count):
        with open(f"{folder}/s{shard:02}.jsonl", "w") as out:
            for number in range(articles):
                key = shard * articles + number
                body = (f"Ngày {key % 28 + 1}/{key % 12 + 1}/2023, HĐND tỉnh ban hành Nghị quyết số {key + 10}/2022/NQ-HĐND. "
                        f"Tỷ lệ hộ nghèo còn {key % 97},{key % 10}%, giảm {key % 5 + 1}% so với năm 2021.\n") * (key % 7 + 1)
                out.write(json.dumps({"id": f"bai-{key}", "published": f"20{key % 5 + 19}-03-04", "body": body}, ensure_ascii=False) + "\n")
    return sorted(str(path) for path in Path(folder).glob("*.jsonl"))


def executors(root):
    """Returns the executors among the descendants of a process."""
    parents, found = {root}, []
    processes = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
    for process in processes:
        try:
            stat = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            command = Path(f"/proc/{process}/cmdline").read_text()
        except OSError:
            continue
        if int(stat[1]) in parents:
            parents.add(process)
            if "CoarseGrainedExecutorBackend" in command:
                found.append(process)
    return found


def spark(program, out, shards, *options, kill=False):
    command = [sys.executable, str(EXTRACT), "--program", program, *options, out, *shards]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        killed = False
        while process.poll() is None:
            # An executor that has begun to write rows: its death loses work.
            begun = any(Path(out).glob("_temporary/**/*.parquet"))
            if kill and not killed and begun and (running := executors(process.pid)):
                os.kill(running[0], signal.SIGKILL)
                killed = True
            time.sleep(0.05)
        log.seek(0)
        if process.returncode != 0:
            sys.exit(f"spark_extract failed\n{log.read()}")
    if kill and not killed:
        sys.exit("no executor could be killed before the end: give more input")


def compare(single, out, dropped=()):
    """Returns how many rows differ between a Parquet file and a folder of Parquet, each row as often as it stands there."""
    dropped = ", ".join(f'"{name}"' for name in dropped)
    ours = f"SELECT * {f'EXCLUDE ({dropped})' if dropped else ''} FROM read_parquet('{single}')"
    columns = ", ".join(f'"{row[0]}"' for row in duckdb.sql(f"DESCRIBE {ours}").fetchall())
    theirs = f"SELECT {columns} FROM read_parquet('{out}/**/*.parquet', hive_partitioning = false)"
    ours = f"SELECT {columns} FROM ({ours})"
    count = lambda query: duckdb.sql(f"SELECT count(*) FROM ({query})").fetchall()[0][0]
    return count(f"{ours} EXCEPT ALL {theirs}") + count(f"{theirs} EXCEPT ALL {ours}"), count(ours)


def main(program, *shards):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/shards")
        shards = list(shards) or make_shards(f"{folder}/shards")
        records, single = f"{folder}/records.jsonl", f"{folder}/single.parquet"
        for arguments in [["extract", *shards, "-o", records], ["export", records, "--table", "mentions", "-o", single]]:
            subprocess.run([program, *arguments], check=True, stderr=subprocess.DEVNULL)
        runs = [(f"local[2], {count} partitions", ["--master", "local[2]", "--partitions", str(count)], (), False) for count in (1, 2, 7)]
        runs.append(("local[2], lines", ["--master", "local[2]", "--lines", "--partitions", "7"], ORIGIN, False))
        runs.append(("local-cluster[2,1,1024], an executor killed", ["--master", "local-cluster[2,1,1024]"], (), True))
        failed = False
        for number, (name, options, dropped, kill) in enumerate(runs):
            started, out = time.monotonic(), f"{folder}/out-{number}"
            spark(program, out, shards, *options, kill=kill)
            different, rows = compare(single, out, dropped)
            failed |= different > 0 or rows == 0
            print(f"{name}: {rows} rows, {different} differ, {time.monotonic() - started:.1f} s", flush=True)
    return failed


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1]), *map(os.path.abspath, sys.argv[2:])))
