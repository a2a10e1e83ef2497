#!/usr/bin/env python3
"""Which resolutions are cited how long after their issue: age of the document on the day of the article.

usage: citation_age.py TABLES PLOT.png    (TABLES: a folder with citations.parquet)
"""
import sys
from pathlib import Path

import duckdb
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

# The issue date is often given in one article and left out in the next: a document is dated by any article that dates
# it to the day, and by the year of its number (middle of the year) when none does.
AGES = """
    WITH dated AS (
        SELECT document, min(try_cast(issued[1] AS DATE)) AS day
        FROM read_parquet($citations) WHERE length(issued[1]) = 10 GROUP BY document
    ), cited AS (
        SELECT document, value, type, issuer, level, id, published_day, coalesce(day, make_date(year, 7, 1)) AS issued
        FROM read_parquet($citations) LEFT JOIN dated USING (document)
        WHERE type IN ('NQ', 'NQLT') AND published_day IS NOT NULL
    )
    SELECT *, date_diff('day', issued, published_day) / 365.25 AS age
    FROM cited WHERE issued IS NOT NULL AND published_day >= issued - INTERVAL 183 DAY
"""


def main(tables, plot):
    ages = duckdb.execute(AGES, {"citations": f"{tables}/citations.parquet"}).df()
    by_document = duckdb.sql("""
        SELECT document, value, issuer, count(*) AS articles, round(median(age), 1) AS median_age, round(max(age), 1) AS oldest
        FROM ages GROUP BY document, value, issuer ORDER BY articles DESC, document, value
    """).df()
    print(by_document.drop(columns="document").head(20).to_string(index=False))
    duckdb.sql("SELECT document, count(*) AS articles, median(age) AS median_age FROM ages GROUP BY document ORDER BY document").df().to_csv(
        Path(plot).with_suffix(".csv"), index=False)
    axes = plt.subplots(figsize=(8, 5), layout="constrained")[1]
    levels = sorted(ages["level"].fillna("unknown").unique())
    axes.hist([ages.loc[ages["level"].fillna("unknown") == level, "age"].clip(lower=0) for level in levels] or [[]],
              bins=range(0, 31), stacked=True, label=levels or None)
    axes.set(title="Tuổi của nghị quyết khi được viện dẫn", xlabel="năm sau ngày ban hành", ylabel="số cặp bài - văn bản")
    if levels:
        axes.legend(fontsize="small")
    axes.figure.savefig(plot)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
