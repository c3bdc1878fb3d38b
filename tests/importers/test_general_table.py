"""Any table with a mapping: drafted by looking, checked, and read with every value accounted for."""

from __future__ import annotations

import io
import tomllib
from dataclasses import replace
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # same
import pytest

from support.workbooks import extract, sheet_bytes
from trooptally.errors import RefusedInput
from trooptally.importers.general_table import importer
from trooptally.importing import Document, Particulars
from trooptally.importing.suggesting import suggest_mapping
from trooptally.intake import check
from trooptally.intake.unresolved import unresolved, with_decisions, written
from trooptally.names import Names

ROWS: list[list[Any]] = [
    ["Country", "Year", "Army", "Navy", "Total", "Remarks"],
    ["Germany", 2019, "20,000", 500, "20,500", "x"],
    ["Ivory Cost", 2019, 3, 0, 3, ""],
    ["Japan", 2019, "..", "about 18,000", "n/a", ""],
    ["Iraq", 2019, "171,00", 0, "", ""],
    ["", "", "", "", "", ""],
    ["Total", 2019, "20,000", "18,500", "20,501", ""],
]
MAPPING = """
[report]
publisher = "A ministry"
title = "People abroad"
[columns]
place = "Country"
as_of = "Year"
[fixed]
force = "USA"
[figures.Army]
branch = "ARMY"
[figures.Navy]
branch = "NAVY"
[figures.Total]
[totals]
rows = ["Total"]
[missing]
".." = "not_available"
"""


def delimited(rows: list[list[Any]]) -> bytes:
    """Return rows as text with semicolons."""
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def parquet(rows: list[list[Any]]) -> bytes:
    """Return rows as Parquet, every column as text."""
    head, *below = rows
    columns = {name: [str(row[at]) for row in below] for at, name in enumerate(head)}
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def mapped(content: bytes, mapping: str = MAPPING) -> Document:
    """Return a document with its mapping."""
    return Document(name="table", content=content, particulars=Particulars(mapping=mapping))


@pytest.mark.parametrize("kind", [delimited, sheet_bytes, parquet])
def test_every_kind_of_file_is_read_alike(kind: Any) -> None:
    """Text, a workbook and Parquet of one table make the same claims."""
    made = extract(importer, mapped(kind(ROWS)))
    said = {
        (made.drafts.place[at], "".join(q.text for q in made.drafts.qualifiers[at])): (
            made.drafts.point[at],
            made.drafts.missing_reason[at],
        )
        for at in range(len(made.drafts))
    }
    assert said["DEU", ""] == (20_500, None)
    assert said["DEU", "ARMY"] == (20_000, None)
    assert said["JPN", "ARMY"] == (None, "not_available")
    assert said["JPN", "NAVY"] == (18_000, None)
    assert said["IRQ", "ARMY"] == (None, "malformed")
    assert said["IRQ", "NAVY"] == (0, None)
    assert said["IRQ", ""] == (None, "not_stated")
    assert (made.refused, made.totals_checked, made.ignored["blank row"]) == (3, 3, 3)
    assert sum("not the sum" in issue.message for issue in made.issues) == 1
    assert not made.trusted


def test_unresolved_names_are_shown_and_taken_back_as_decisions() -> None:
    """One list shows every unknown name; with its targets filled in, the rows are read."""
    document = mapped(delimited(ROWS))
    names = Names.shipped()
    (name,) = unresolved(extract(importer, document).issues, names)
    assert (name.kind, name.printed, name.times) == ("place", "Ivory Cost", 3)
    listed = written([name]).replace(",,,,,", ",CIV,,,,")
    decided = with_decisions(names, Document(name="d.csv", content=listed.encode()))
    assert importer.extract(document, decided).refused == 0
    assert importer.extract(
        document, with_decisions(names, Document(name="d", content=written([name]).encode()))
    ).refused


@pytest.mark.parametrize(
    "listed", ["kind,printed\nplace,x\n", "kind,printed,target\nplace,x,Nowhereland\n", "kind,printed,target\n,x,CIV\n"]
)
def test_decisions_that_decide_nothing_known_are_refused(listed: str) -> None:
    """A list without its columns, or with a target that no code list carries, is refused."""
    with pytest.raises(RefusedInput):
        with_decisions(Names.shipped(), Document(name="d.csv", content=listed.encode()))


def test_decisions_in_the_mapping_and_codes_of_countries() -> None:
    """A mapping can decide names itself, and read the codes of the Correlates of War project."""
    rows = [["ccode", "Year", "Troops"], ["255", "2019", "7"], ["645", "2019", "8"]]
    said = '[columns]\nplace="ccode"\nas_of="Year"\nfigure="Troops"\n[fixed]\nforce="US"\n[places]\nscheme="cow"\n'
    made = extract(importer, mapped(delimited(rows), said + '[decisions.place]\n"645" = "SYR"\n'))
    assert made.drafts.place == ["DEU", "SYR"]


def test_the_draft_of_a_mapping_is_one() -> None:
    """What is suggested is TOML, finds the columns, and lacks only what cannot be seen."""
    drafted = suggest_mapping(Document(name="t.csv", content=delimited(ROWS)), Names.shipped())
    said = tomllib.loads(drafted)
    assert said["columns"] == {"place": "Country", "as_of": "Year"}
    assert set(said["figures"]) == {"Army", "Navy", "Total"}
    assert said["totals"]["rows"] == ["Total"]
    with pytest.raises(RefusedInput, match="does not say the force"):
        importer.extract(mapped(delimited(ROWS), drafted), Names.shipped())
    made = extract(importer, mapped(delimited(ROWS), drafted.replace('force = ""', 'force = "USA"')))
    assert made.drafts.point[0] == 20_000


def test_a_draft_tells_nations_from_places() -> None:
    """Two columns of countries are whose and where, by their headings."""
    rows = [
        ["Nation", "Country", "Date", "Troops"],
        ["France", "Mali", "2013-01-11", "550"],
        ["Chad", "Mali", "2013-02-01", "2000"],
    ]
    said = tomllib.loads(suggest_mapping(Document(name="t.csv", content=delimited(rows)), Names.shipped()))
    assert said["columns"] == {"force": "Nation", "place": "Country", "as_of": "Date", "figure": "Troops"}


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ("not toml", "no TOML"),
        ("[colums]\n", "section"),
        ("columns = 3\n", "section of its own"),
        ("[columns]\nplaces = 'x'\n", "expected"),
        (MAPPING.replace("Army", "Arnie"), "nowhere"),
        (MAPPING.replace('branch = "ARMY"', 'rank = "x"'), "figures.Army"),
        (MAPPING.replace('"not_available"', '"nothing"'), "missing"),
        (MAPPING.replace("[fixed]", '[fixed]\nmeasure = "here"'), "measure"),
        (MAPPING + '[places]\nscheme = "x"\n', "scheme"),
        (MAPPING + "[table]\nheader_row = 99\n", "no such row"),
        (MAPPING + "[table]\nheader_row = -1\n", "number of a row"),
        (MAPPING + '[table]\nsheet = "x"\n', "no sheet"),
        (MAPPING.replace('rows = ["Total"]', "rows = 3"), "brackets"),
        ('[columns]\nplace = "Country"\nas_of = "Year"\n[fixed]\nforce = "USA"\n', "no column of figures"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_in_one_sentence(mapping: str, why: str) -> None:
    """Every mistake in a mapping has a sentence that names it."""
    with pytest.raises(RefusedInput, match=why):
        importer.extract(mapped(delimited(ROWS), mapping), Names.shipped())


def test_a_table_without_a_mapping_is_not_a_general_table() -> None:
    """Nobody's columns are guessed."""
    document = replace(mapped(delimited(ROWS)), particulars=Particulars())
    assert not importer.identify(document)
    with pytest.raises(RefusedInput, match="only with a mapping"):
        check(document, Names.shipped(), importer="general-table")


def test_broken_parquet_is_refused() -> None:
    """Damaged Parquet is one sentence."""
    with pytest.raises(RefusedInput, match="Parquet"):
        importer.extract(mapped(b"PAR1 and then nothing"), Names.shipped())
