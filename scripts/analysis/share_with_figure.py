#!/usr/bin/env python3
"""Share of articles with a figure (a percentage), by year of publication; undated articles are shown as such.

usage: share_with_figure.py TABLES PLOT.png    (TABLES: a folder with articles.parquet)
"""
import sys
from pathlib import Path

import matplotlib
import pandas

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def main(tables, plot):
    # Only the columns asked for are read: the texts stay on disk.
    articles = pandas.read_parquet(f"{tables}/articles.parquet", columns=["id", "published_day", "percents", "citations"])
    articles["year"] = pandas.to_datetime(articles["published_day"]).dt.year.astype("Int64").astype("string").fillna("undated")
    share = articles.groupby("year").agg(
        articles=("id", "size"),
        with_figure=("percents", lambda counts: (counts > 0).mean()),
        with_citation=("citations", lambda counts: (counts > 0).mean()),
    )
    print(share.round(3).to_string())
    share[["with_figure"]].to_csv(Path(plot).with_suffix(".csv"))
    axes = share[["with_figure", "with_citation"]].mul(100).plot.bar(figsize=(8, 5), rot=45)
    axes.set(title="Tỷ lệ bài có số liệu, có viện dẫn văn bản", xlabel="năm đăng", ylabel="% số bài")
    axes.legend(["có tỷ lệ phần trăm", "có viện dẫn văn bản"])
    axes.figure.tight_layout()
    axes.figure.savefig(plot)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
