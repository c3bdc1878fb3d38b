"""Delimited tables in blocks of columns."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trooptally.errors import BadTable
from trooptally.importing import Document, Table, is_tabular, tables_of
from trooptally.vocabulary import Severity


def _table(text: str) -> Table:
    (table,) = tables_of(Document(name="x.csv", content=text.encode()))
    return table


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiter_is_found(mark: str) -> None:
    """Commas, semicolons, tabs and bars part the cells, whichever the header uses."""
    table = _table(f"force{mark}place\nUSA{mark}IRQ\n")
    assert table.header == ("force", "place")
    (block,) = table.blocks()
    assert block.columns == [["USA"], ["IRQ"]]
    assert block.rows == [2]


def test_rows_are_counted_as_in_a_spreadsheet() -> None:
    """Blank rows count for the numbers of the rows after them, and are reported as blank."""
    (block,) = _table("\n\nforce,place\nUSA,IRQ\n\n , \nUSA,SYR\n").blocks()
    assert block.rows == [4, 7]
    assert block.blank == 2


def test_long_row_is_refused() -> None:
    """A figure with an unquoted comma shifts the cells, so its row is refused with its number."""
    (block,) = _table("force,figure,place\nUSA,2,500,IRQ\nUSA,900,SYR\n").blocks()
    assert (block.rows, block.refused) == ([3], 1)
    (issue,) = block.issues
    assert (issue.locator, issue.severity) == ("row 2", Severity.ERROR)


def test_short_row_is_filled_with_a_warning() -> None:
    """Cells missing at the end of a row are empty, and a warning says so."""
    (block,) = _table("force,place,note\nUSA,IRQ\n").blocks()
    assert block.columns == [["USA"], ["IRQ"], [""]]
    assert block.issues[0].severity is Severity.WARNING


def test_empty_cells_beyond_the_header_do_no_harm() -> None:
    """Commas at the end of a row, as spreadsheets leave them, are no error."""
    (block,) = _table("force,place\nUSA,IRQ,,\n").blocks()
    assert (block.columns, block.issues) == ([["USA"], ["IRQ"]], [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('force,place\nUSA,"IRQ\n', "a quotation mark is never closed"),
        ('force,place\nUSA,"' + "x" * 200_000 + '"\n', "longer than 131,072"),
        ('force,place\nUSA,"IRQ" x\n', "do not match"),
    ],
)
def test_broken_table_is_refused_with_the_row(text: str, sentence: str) -> None:
    """Quotation marks that do not match and cells without end are refused after the last good row."""
    with pytest.raises(BadTable, match=f"after row 1.*{sentence}"):
        list(_table(text).blocks())


def test_blocks_join_to_the_whole() -> None:
    """Small blocks carry the same rows as one large one."""
    table = _table("a,b\n" + "".join(f"{n},x\n" for n in range(10)))
    parts = list(table.blocks(size=3))
    assert [row for part in parts for row in part.rows] == list(range(2, 12))
    assert [cell for part in parts for cell in part.columns[0]] == [str(n) for n in range(10)]


@pytest.mark.parametrize(
    "text",
    [
        "force,place,measure,figure\nUSA,IRQ,present,2500\n",
        "force,place,measure,figure\n",
        "country;year;troops\nIraq;2003;0\nSyria;2004;12\n",
    ],
)
def test_table_is_known_as_one(text: str) -> None:
    """Labels on top and rows of one width below are a table."""
    assert is_tabular(Document(name="x", content=text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "NY Times: U.S. Deploying 2,000 Troops\nWASHINGTON -- Around 2,000 troops, it said, go to Iraq.\nMore.\n",
        "In Iraq, there are 2,500 U.S. troops.\n",
        "About 2,500 U.S. troops are in Iraq\n",
        "Troops, tanks and trucks\nAbout 300 men left Mali.\nThe rest, 200, stay.\n",
        "one line",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    """Sentences with commas are not taken for a table."""
    assert not is_tabular(Document(name="x", content=text.encode()))


_CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(st.just("x"), _CELL, _CELL), min_size=1, max_size=8))
def test_cells_survive_writing_and_reading(rows: list[tuple[str, str, str]]) -> None:
    """Every cell that a CSV writer quotes comes back, except for spaces in front of it."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("first", "second", "third"), *rows])
    (block,) = _table(stream.getvalue()).blocks()
    read = list(zip(*block.columns, strict=True))
    assert [tuple(c.strip() for c in row) for row in read] == [tuple(c.strip() for c in row) for row in rows]
