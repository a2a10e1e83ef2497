#!/usr/bin/env python3
"""Compares what DuckDB counts in Parquet, pandas in CSV and jq in JSONL with `baotinh stats`; exit 1 when they differ.

usage: check_counts.py BAOTINH RECORDS...
"""
import json
import subprocess
import sys
import tempfile

import duckdb
import pandas

KINDS = {"citation": "citations", "percent": "percents", "date": "dates"}


def main(program, records):
    run = lambda *arguments: subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE).stdout
    total = json.loads(run("stats", *records, "--json"))["total"]
    expected = {name: total[name] for name in ["articles", "citations", "percents", "dates", "documents"]}
    with tempfile.TemporaryDirectory() as folder:
        for table in ["articles", "mentions", "citations"]:
            for format in ["parquet", "csv", "jsonl"]:
                run("export", *records, "--table", table, "-o", f"{folder}/{table}.{format}")
        parquet = lambda query: dict(duckdb.sql(query.format(folder=folder)).fetchall())
        counted = {"DuckDB, Parquet": {
            **parquet("SELECT 'articles', count(*) FROM '{folder}/articles.parquet'"),
            **parquet("SELECT kind, count(*) FROM '{folder}/mentions.parquet' GROUP BY kind"),
            **parquet("SELECT 'documents', count(*) FROM '{folder}/citations.parquet'"),
        }}
        csv = lambda table, column: pandas.read_csv(f"{folder}/{table}.csv", usecols=[column], dtype=str, keep_default_na=False)[column]
        counted["pandas, CSV"] = {"articles": len(csv("articles", "id")), "documents": len(csv("citations", "id")),
                                  **csv("mentions", "kind").value_counts().to_dict()}
        jq = lambda filter, table: subprocess.run(["jq", "-r", filter, f"{folder}/{table}.jsonl"], check=True, text=True, stdout=subprocess.PIPE).stdout.split()
        kinds = jq(".kind", "mentions")
        counted["jq, JSONL"] = {"articles": len(jq(".id|@json|@base64", "articles")), "documents": len(jq(".id|@json|@base64", "citations")),
                                **{kind: kinds.count(kind) for kind in KINDS}}
    failed = False
    print("baotinh stats:", expected)
    for reader, counts in counted.items():
        counts = {KINDS.get(name, name): int(count) for name, count in counts.items()}
        counts = {name: counts.get(name, 0) for name in expected}
        failed |= counts != expected
        print(f"{reader}: {'the same' if counts == expected else counts}")
    return failed


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
