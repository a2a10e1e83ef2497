#!/usr/bin/env python3
"""Checks that Spark gives the rows of the single program: from 1, 2 and 7 partitions, by lines, with an executor killed, and
from a master and a worker of its own (spark://).

usage: spark_check.py [--index | --throughput] PROGRAM [SHARD...]    (without shards, fourteen are made)

With --index it checks instead that an index built by Spark answers as one built by the single program.
With --throughput it measures instead: extract and export by the single program on two cores, against the same by Spark
on two cores without its start. Every shard is taken three times; of three runs of each, in turn, the best counts. Exit 1
when Spark does less than 0.7 a core.
Needs pyspark and duckdb (pip install -r scripts/spark-requirements.txt).
"""
import contextlib
import glob
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyspark

EXTRACT = Path(__file__).with_name("spark_extract.py")
INDEX = Path(__file__).with_name("spark_index.py")
QUERIES = ["hội đồng nhân dân", "ti le ho ngheo", "\"nghị quyết số\"", "01/2022/NQ-HĐND", "NQ-HĐND", "ngân sách", "2022"]
LEAST_SHARE = 0.7
REPEATED, ROUNDS = 3, 3
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


def spark(program, out, shards, *options, kill=False, script=EXTRACT):
    """Runs spark_extract.py, or another; returns its seconds without the start of Spark."""
    command = [sys.executable, str(script), "--program", program, *options, out, *shards]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        killed = False
        while process.poll() is None:
            # Some parts are there and others are being made: the death of an executor loses work.
            # The module, not the method: the folder may be renamed while it is looked into.
            begun = glob.glob(f"{out}.unfinished/" + ("part-*" if script == EXTRACT else "attempt-*/*.store"))
            if kill and not killed and begun and (running := executors(process.pid)):
                os.kill(running[0], signal.SIGKILL)
                killed = True
            time.sleep(0.02)
        log.seek(0)
        text = log.read()
    if process.returncode != 0:
        sys.exit(f"spark_extract failed\n{text}")
    again = int(re.search(r"(\d+) of them begun again", text)[1])
    if kill and not (killed and again):
        sys.exit("no executor could be killed in the middle of its work: give more input")
    return float(re.search(r"([\d.]+) s without the start", text)[1])


@contextlib.contextmanager
def standalone():
    """Starts a master and a worker of two cores on loopback; gives the master's address."""
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    home = os.path.dirname(pyspark.__file__)
    environment = {**os.environ, "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    deploy = [f"{home}/bin/spark-class", "org.apache.spark.deploy"]
    with tempfile.TemporaryDirectory() as work, tempfile.TemporaryFile("w+") as log:
        begin = lambda role, *options: subprocess.Popen(
            [deploy[0], f"{deploy[1]}.{role}", "--host", "127.0.0.1", "--webui-port", "0", *options], stdout=log, stderr=log, env=environment)
        running = [begin("master.Master", "--port", str(port))]
        try:
            running.append(begin("worker.Worker", "--cores", "2", "--memory", "2g", "--work-dir", work, address))
            yield address
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def compare(single, out, dropped=()):
    """Returns how many rows differ between a Parquet file and a folder of Parquet, each row as often as it stands there."""
    dropped = ", ".join(f'"{name}"' for name in dropped)
    ours = f"SELECT * {f'EXCLUDE ({dropped})' if dropped else ''} FROM read_parquet('{single}')"
    columns = ", ".join(f'"{row[0]}"' for row in duckdb.sql(f"DESCRIBE {ours}").fetchall())
    theirs = f"SELECT {columns} FROM read_parquet('{out}/**/*.parquet', hive_partitioning = false)"
    ours = f"SELECT {columns} FROM ({ours})"
    count = lambda query: duckdb.sql(f"SELECT count(*) FROM ({query})").fetchall()[0][0]
    return count(f"{ours} EXCEPT ALL {theirs}") + count(f"{theirs} EXCEPT ALL {ours}"), count(ours)


def extract_and_export(program, shards, folder):
    """Does what the cluster does by the single program; returns the file of the table."""
    records, single = f"{folder}/records.jsonl", f"{folder}/single.parquet"
    environment = {**os.environ, "RAYON_NUM_THREADS": "2"}
    for arguments in [["extract", *shards, "-o", records], ["export", records, "--table", "mentions", "-o", single]]:
        subprocess.run([program, *arguments], check=True, stderr=subprocess.DEVNULL, env=environment)
    return single


def throughput(program, shards, folder):
    # Enough work that the first tasks, which start the workers, do not decide.
    shards, alone, cluster = shards * REPEATED, [], []
    for number in range(ROUNDS):
        started = time.monotonic()
        extract_and_export(program, shards, folder)
        alone.append(time.monotonic() - started)
        cluster.append(spark(program, f"{folder}/out-{number}", shards, "--master", "local[2]"))
    share = min(alone) / min(cluster)
    print(f"single program {min(alone):.1f} s, Spark on as many cores {min(cluster):.1f} s: {share:.2f} of its throughput a core")
    return share < LEAST_SHARE


def answers(program, index):
    """Returns of each query how many articles it finds, and the best with their scores."""
    found = {}
    for query in QUERIES:
        out = subprocess.run([program, "search", query, "--index", index, "--json", "-k", "1000"], stdout=subprocess.PIPE).stdout
        answer = json.loads(out)
        found[query] = answer["total"], sorted((round(hit["score"], 3), hit["id"]) for hit in answer["hits"])
    return found


def index(program, shards, folder):
    records = []
    for number, shard in enumerate(shards):
        records.append(f"{folder}/records-{number:03}.jsonl.zst")
        subprocess.run([program, "extract", shard, "-o", records[-1]], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([program, "index", *records, "--index", f"{folder}/single"], check=True, stderr=subprocess.DEVNULL)
    expected, failed = answers(program, f"{folder}/single"), False
    runs = [(f"local[2], {count} partitions", ["--master", "local[2]", "--partitions", str(count)], False) for count in (1, 2, 7)]
    runs.append(("local-cluster[2,1,1024], an executor killed", ["--master", "local-cluster[2,1,1024]", "--partitions", "7"], True))
    for number, (name, options, kill) in enumerate(runs):
        seconds = spark(program, f"{folder}/index-{number}", records, *options, kill=kill, script=INDEX)
        found = answers(program, f"{folder}/index-{number}")
        different = [query for query in QUERIES if found[query] != expected[query]]
        failed |= bool(different)
        print(f"{name}: {sum(total for total, _ in found.values())} finds of {len(QUERIES)} queries, {different or 'the same'}, {seconds:.1f} s", flush=True)
    return failed


def main(program, *shards, mode=None):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/shards")
        shards = list(shards) or make_shards(f"{folder}/shards")
        if mode:
            return {"--index": index, "--throughput": throughput}[mode](program, shards, folder)
        single = extract_and_export(program, shards, folder)
        runs = [(f"local[2], {count} partitions", ["--master", "local[2]", "--partitions", str(count)], (), False) for count in (1, 2, 7)]
        runs.append(("local[2], lines", ["--master", "local[2]", "--lines", "--partitions", "7"], ORIGIN, False))
        runs.append(("local-cluster[2,1,1024], an executor killed", ["--master", "local-cluster[2,1,1024]"], (), True))

        def fails(name, options, dropped, kill):
            started, out = time.monotonic(), tempfile.mkdtemp(dir=folder) + "/out"
            spark(program, out, shards, *options, kill=kill)
            different, rows = compare(single, out, dropped)
            print(f"{name}: {rows} rows, {different} differ, {time.monotonic() - started:.1f} s", flush=True)
            return different > 0 or rows == 0

        failed = [fails(*run) for run in runs]
        with standalone() as master:
            failed.append(fails("a master and a worker of its own", ["--master", master], (), False))
    return any(failed)


if __name__ == "__main__":
    modes = [argument for argument in sys.argv[1:] if argument in ("--index", "--throughput")]
    arguments = [argument for argument in sys.argv[1:] if argument not in modes]
    if not arguments or len(modes) > 1:
        sys.exit(__doc__)
    sys.exit(main(*map(os.path.abspath, arguments), mode=modes[0] if modes else None))
