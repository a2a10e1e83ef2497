#!/usr/bin/env python3
"""Compares what DuckDB counts in Parquet, pandas in CSV and jq in JSONL with `baotinh stats`, and joins all tables in DuckDB;
exit 1 when counts differ or a row is lost.

usage: check_counts.py BAOTINH RECORDS...
"""
import json
import subprocess
import sys
import tempfile

import duckdb
import pandas

# Rows of a table, and how many of them join: a lost row is a difference.
JOINS = {
    "citations of documents, by id": """
        SELECT (SELECT sum(citations) FROM '{folder}/documents.parquet' WHERE id IS NOT NULL), count(*)
        FROM '{folder}/mentions.parquet' JOIN '{folder}/documents.parquet' AS documents ON document_id = documents.id""",
    "articles of documents, by id": """
        SELECT (SELECT sum(articles) FROM '{folder}/documents.parquet' WHERE id IS NOT NULL),
            count(DISTINCT (mentions.id, document_id))
        FROM '{folder}/mentions.parquet' AS mentions JOIN '{folder}/documents.parquet' AS documents ON document_id = documents.id""",
    "relations, by both documents": """
        SELECT (SELECT count(*) FROM '{folder}/relations.parquet' WHERE from_id IS NOT NULL AND to_id IS NOT NULL), count(*)
        FROM '{folder}/relations.parquet' JOIN '{folder}/documents.parquet' AS a ON from_id = a.id
        JOIN '{folder}/documents.parquet' AS b ON to_id = b.id""",
    "relations, by both mentions": """
        SELECT (SELECT count(*) FROM '{folder}/relations.parquet'), count(*)
        FROM '{folder}/relations.parquet' AS relations
        JOIN '{folder}/mentions.parquet' AS a ON a.id = relations.id AND a.mention = from_mention
        JOIN '{folder}/mentions.parquet' AS b ON b.id = relations.id AND b.mention = to_mention""",
    "figures, by mention and article": """
        SELECT (SELECT count(*) FROM '{folder}/figures.parquet'), count(*)
        FROM '{folder}/figures.parquet' AS figures
        JOIN '{folder}/mentions.parquet' AS mentions ON mentions.id = figures.id AND mentions.mention = figures.mention
            AND mentions.text = figures.text
        JOIN '{folder}/articles.parquet' AS articles ON articles.id = figures.id""",
}

KINDS = {"citation": "citations", "percent": "percents", "date": "dates"}


def main(program, records):
    run = lambda *arguments: subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE).stdout
    total = json.loads(run("stats", *records, "--json"))["total"]
    expected = {name: total[name] for name in ["articles", "citations", "percents", "dates", "documents"]}
    with tempfile.TemporaryDirectory() as folder:
        for table in ["articles", "mentions", "citations"]:
            for format in ["parquet", "csv", "jsonl"]:
                run("export", *records, "--table", table, "-o", f"{folder}/{table}.{format}")
        for table in ["documents", "relations", "figures"]:
            run("export", *records, "--table", table, "-o", f"{folder}/{table}.parquet")
        joins = {name: duckdb.sql(query.format(folder=folder)).fetchall()[0] for name, query in JOINS.items()}
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
    failed = any((rows or 0) != joined for rows, joined in joins.values())
    for name, (rows, joined) in joins.items():
        print(f"{name}: {joined} of {rows or 0} rows join")
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
