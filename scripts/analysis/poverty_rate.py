#!/usr/bin/env python3
"""Poverty rate by place and year: every value that newspapers give, with the sentence it stands in.

usage: poverty_rate.py TABLES PLOT.png    (TABLES: a folder with figures.parquet)

Only measured rates of the whole place count: a target, a commune's rate for its province's, a rate of some households and a
figure whose place or year nothing says are in none of these points. Values that differ stand beside each other.
"""
import sys
from pathlib import Path

import duckdb
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

FIGURES = """
    SELECT place, CAST(regexp_extract(period, '^([0-9]{4})', 1) AS INTEGER) AS year, period, low AS rate, sentence, said_by, url
    FROM read_parquet($figures)
    WHERE indicator = 'poverty' AND measure = 'level' AND unit = '%' AND nature = 'measured' AND low = high
      AND subgroup IS NULL AND place_from IN ('indicator', 'sentence', 'title', 'source')
      AND period IS NOT NULL
"""


def main(tables, plot):
    figures = duckdb.execute(FIGURES, {"figures": f"{tables}/figures.parquet"}).df()
    points = duckdb.sql("""
        SELECT place, year, rate, count(*) AS figures, count(DISTINCT rate) OVER (PARTITION BY place, year) AS of_values
        FROM figures GROUP BY place, year, rate ORDER BY place, year, rate
    """).df()
    print(points.to_string(index=False) if len(points) else "no poverty rate with a place and a year in this export")
    points[["place", "year", "rate"]].to_csv(Path(plot).with_suffix(".csv"), index=False)
    for row in figures.head(5).itertuples():
        print(f"\n{row.rate}% ({row.place}, {row.period}; {row.said_by or 'nobody named'}): {row.sentence}")
    axes = plt.subplots(figsize=(8, 5), layout="constrained")[1]
    common = points.groupby("place")["figures"].sum().nlargest(8).index
    for place in sorted(common):
        rows = points[points["place"] == place]
        axes.plot(rows["year"].astype(int), rows["rate"], marker="o", linestyle="none", label=place)
    axes.set(title="Tỷ lệ hộ nghèo theo báo chí", xlabel="năm", ylabel="% (mọi giá trị được nêu)")
    axes.xaxis.get_major_locator().set_params(integer=True)
    if len(common):
        axes.legend(fontsize="small")
    axes.figure.savefig(plot)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
