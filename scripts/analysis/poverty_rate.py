#!/usr/bin/env python3
"""Poverty rate by province and year: what newspapers said, with the sentence each figure stands in.

usage: poverty_rate.py TABLES PLOT.png    (TABLES: a folder with mentions.parquet)
"""
import sys
from pathlib import Path

import duckdb
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

# The year is that of the period the figure is for, else that of publication. The indicator must be the rate itself:
# near-poor households (hộ cận nghèo) and shares among the poor are others.
FIGURES = """
    SELECT coalesce(province, 'unknown') AS province,
           coalesce(try_cast(regexp_extract(period, '^[0-9]{4}') AS INTEGER), year(published_day)) AS year,
           percent_value AS rate, indicator, sentence, url
    FROM read_parquet($mentions)
    WHERE kind = 'percent' AND unit = '%' AND sense = 'level' AND percent_value IS NOT NULL
      AND regexp_matches(lower(indicator), '(^|^số |t[ỷỉ] lệ )hộ nghèo')
"""


def main(tables, plot):
    figures = duckdb.execute(FIGURES, {"mentions": f"{tables}/mentions.parquet"}).df()
    by_year = duckdb.sql("""
        SELECT province, year, count(*) AS figures, median(rate) AS median, min(rate) AS low, max(rate) AS high
        FROM figures WHERE year IS NOT NULL GROUP BY ALL ORDER BY province, year
    """).df()
    print(by_year.to_string(index=False))
    by_year[["province", "year", "median"]].to_csv(Path(plot).with_suffix(".csv"), index=False)
    for row in figures.head(5).itertuples():
        print(f"\n{row.rate}% {row.indicator} ({row.province}, {row.year}): {row.sentence}")
    axes = plt.subplots(figsize=(8, 5), layout="constrained")[1]
    common = by_year.groupby("province")["figures"].sum().nlargest(8).index
    for province in sorted(common):
        rows = by_year[by_year["province"] == province]
        axes.plot(rows["year"].astype(int), rows["median"], marker="o", label=province)
    axes.set(title="Tỷ lệ hộ nghèo theo báo chí", xlabel="năm", ylabel="% (trung vị các số được nêu)")
    axes.xaxis.get_major_locator().set_params(integer=True)
    if len(common):
        axes.legend(fontsize="small")
    axes.figure.savefig(plot)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
