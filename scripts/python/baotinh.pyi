"""Vietnamese news text-mining: document numbers, percentages and dates with their values, and an archive to search and count.

Offsets count Unicode code points, so that ``body[start:end]`` is the text of a mention. Days are ISO 8601. Percentages are in
units of ``unit``: 0,34% is 0.34. Errors: ``ValueError`` for what was asked wrongly, ``OSError`` for files.

>>> import baotinh
>>> baotinh.extract("Tỷ lệ hộ nghèo còn 0,34%.", published="2022-12-01")[0]["value"]
0.34
"""
from collections.abc import Iterator
from os import PathLike
from typing import Any, Literal

__version__: str
RULES_VERSION: str

def extract(
    text: str,
    *,
    title: str | None = None,
    lead: str | None = None,
    published: str | None = None,
    province: str | None = None,
) -> list[dict[str, Any]]:
    """Finds the documents, percentages and dates of a text, in the order of title, lead and body.

    ``published`` (YYYY-MM-DD) settles days without a year, ``province`` the place of local documents. A mention has the fields of
    the data dictionary (``baotinh schema --dictionary en``): ``kind``, ``part``, ``start``, ``end``, ``text``, ``value`` and those of
    its kind. The text is brought to NFC first; offsets are of that.
    """

def records(path: str | PathLike[str]) -> Iterator[dict[str, Any]]:
    """Reads the records of a file that ``baotinh extract`` wrote (.jsonl, .gz, .zst), one after the other.

    A line that is no record raises ``ValueError`` with its number; the iterator goes on after it.
    """

class Table:
    """Rows with described columns. Data frames take it without a copy by the Arrow PyCapsule interface:

    ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``duckdb.sql("SELECT … FROM t")`` on ``t = pyarrow.table(t)``,
    ``pandas`` by ``pyarrow.table(t).to_pandas()`` (pandas 3 takes it itself: ``pandas.DataFrame.from_arrow(t)``).
    """

    columns: list[str]
    """Names of the columns."""
    query: str | None
    """Canonical text of the query: the same set of articles in every command."""
    summary: str
    """What the numbers are of and out of, in one sentence."""
    notes: list[str]
    """What must be known to read them."""

    def __len__(self) -> int: ...
    def rows(self) -> list[dict[str, Any]]:
        """Returns the rows as dicts; days and moments as ISO 8601."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

Unit = Literal["syllable", "pair"]

class Archive:
    """An index that ``baotinh index`` made. Queries are those of ``baotinh help-query``; every count is exact."""

    def __init__(self, path: str | PathLike[str] = "index") -> None: ...
    def __len__(self) -> int:
        """Number of articles."""
    def count(self, text: str) -> int:
        """Counts the articles that a query finds."""
    def search(self, text: str, k: int = 10, *, sort: Literal["score", "date"] = "score") -> Table:
        """Finds articles, best first, with a snippet each."""
    def kwic(
        self,
        text: str,
        *,
        width: int = 60,
        context: Literal["characters", "sentence"] = "characters",
        sort: list[str] = [],
        sample: int | None = None,
        seed: int = 0,
    ) -> Table:
        """Shows every occurrence in its context, or ``sample`` of them drawn with ``seed``.

        ``sort`` takes up to three of left1 to left9, right1 to right9, hit, date, source.
        """
    def collocates(
        self,
        text: str,
        *,
        window: int = 5,
        min_count: int = 5,
        unit: Unit = "syllable",
        sort: Literal["log-likelihood", "log-dice"] = "log-likelihood",
    ) -> Table:
        """Counts what stands within ``window`` syllables of a query more often than chance would have it."""
    def keyness(self, text: str, against: str | None = None, *, min_count: int = 5, unit: Unit = "syllable") -> Table:
        """Compares the words of two sets of articles; without ``against`` with all the others."""
    def trend(self, text: str, *, by: Literal["year", "month"] = "year", occurrences: bool = False) -> Table:
        """Counts the articles of each period, with what they are a share of."""
    def facets(self, text: str = "*", *, by: str = "source") -> Table:
        """Counts articles by source, province_old, province_new, section, author, year, month, type, issuer or document."""
    def documents(
        self,
        text: str = "*",
        *,
        type: str | None = None,
        issuer: str | None = None,
        place: str | None = None,
        since: str | None = None,
    ) -> Table:
        """Lists the documents that the articles of a query cite, with title, day of issue, spellings and doubts."""
    def cited(
        self,
        text: str = "*",
        *,
        type: str | None = None,
        issuer: str | None = None,
        place: str | None = None,
        since: str | None = None,
    ) -> Table:
        """Counts the documents that the articles of a query cite, the most cited first."""
    def cites(self, document: str) -> Table:
        """Lists the articles that cite a document, in any spelling of its number or name."""
    def export(self, text: str = "*", *, table: str = "mentions", fields: list[str] = []) -> Table:
        """Makes a table of the articles that a query finds; of mentions and citations those that meet its conditions."""
