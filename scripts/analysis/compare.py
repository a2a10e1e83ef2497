#!/usr/bin/env python3
"""Compares the answers of Python and R to the three questions; exit 1 when they differ.

usage: compare.py PLOTS     (a folder with QUESTION.csv of Python and R/QUESTION.csv of R)
"""
import csv
import math
import sys

QUESTIONS = ["poverty_rate", "citation_age", "share_with_figure"]


def answers(path):
    """Returns the rows under the header, sorted; numbers as numbers."""
    def value(text):
        try:
            return float(text)
        except ValueError:
            return text
    with open(path, encoding="utf-8") as file:
        return sorted(([value(cell) for cell in row] for row in list(csv.reader(file))[1:]), key=str)


def same(ours, theirs):
    pairs = [(a, b) for row, other in zip(ours, theirs) for a, b in zip(row, other)]
    near = lambda a, b: math.isclose(a, b, abs_tol=1e-6) if isinstance(a, float) and isinstance(b, float) else a == b
    return len(ours) == len(theirs) and all(near(a, b) for a, b in pairs)


def main(plots):
    failed = False
    for question in QUESTIONS:
        ours, theirs = answers(f"{plots}/{question}.csv"), answers(f"{plots}/R/{question}.csv")
        agreed = same(ours, theirs) and len(ours) > 0
        failed |= not agreed
        print(f"{question}: {len(ours)} rows of Python, {len(theirs)} of R, {'the same' if agreed else 'NOT the same'}")
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
