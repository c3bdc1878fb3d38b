"""Contingents: one row a nation, place and day from the title or from columns, totals as checks."""

from __future__ import annotations

from typing import Any

import pytest

from support.workbooks import extract, sheet_bytes
from trooptally.errors import RefusedInput
from trooptally.importers.multinational import importer
from trooptally.importing import Document
from trooptally.names import Names

ABOVE: list[list[Any]] = [
    ["International Security Assistance Force (ISAF)"],
    ["Key facts as of 8 March 2010"],
    [],
    ["Troop contributing nation", "Troops"],
]


def sheet(*rows: list[Any], above: list[list[Any]] = ABOVE) -> Document:
    """Return a workbook of contingents."""
    return Document(name="placemat.xlsx", content=sheet_bytes([*above, *rows], title="Placemat"))


def test_every_nation_is_a_claim_at_the_missions_place() -> None:
    """The mission in the title says where, its date as of when, and the total is a check."""
    made = extract(importer, sheet(["Germany", 4_335], ["United Kingdom", "9,500"], ["Total", 13_835], ["* rounded"]))
    assert made.drafts.force == ["DEU", "GBR"]
    assert set(made.drafts.place) == {"AFG"}
    assert set(made.drafts.as_of) == {"2010-03-08"}
    assert made.drafts.point == [4_335, 9_500]
    assert made.drafts.locator == ["Placemat!B5", "Placemat!B6"]
    assert made.totals_checked == 1
    assert not made.issues


def test_a_total_that_is_not_the_sum_is_an_issue() -> None:
    """The total row is compared with the contingents."""
    made = extract(importer, sheet(["Germany", 1], ["Italy", 2], ["Total", 4]))
    assert "add up to 3" in made.issues[0].message


def test_missing_contingents_and_unknown_nations() -> None:
    """A blank is missing, not 0; an unknown nation is left out with candidates."""
    made = extract(importer, sheet(["Germany", None], ["Italy", 0], ["Belgum", 3]))
    assert made.drafts.point == [None, 0]
    assert made.drafts.missing_reason == ["not_stated", None]
    assert made.refused == 1
    assert "Belgium" in made.issues[0].message


def test_places_and_days_in_columns() -> None:
    """A CSV that carries place and day in each row needs no title."""
    text = "Nation,Personnel,Location,Date\nGermany,500,Lithuania,2024-05-01\nFrance,800,Chad,2023-05-01\n"
    made = extract(importer, Document(name="x.csv", content=text.encode()))
    assert list(zip(made.drafts.force, made.drafts.place, made.drafts.as_of, strict=True)) == [
        ("DEU", "LTU", "2024-05-01"),
        ("FRA", "TCD", "2023-05-01"),
    ]


@pytest.mark.parametrize(
    ("above", "why"),
    [
        ([["Contingents as of 8 March 2010"], ["Nation", "Troops"]], "where"),
        ([["Contingents in Mali"], ["Nation", "Troops"]], "as of when"),
    ],
)
def test_a_table_that_says_not_where_or_when_is_refused(above: list[list[Any]], why: str) -> None:
    """Place and day are never guessed."""
    with pytest.raises(RefusedInput, match=why):
        importer.extract(sheet(["Germany", 1], ["Italy", 2], above=above), Names.shipped())


def test_other_tables_are_left_to_others() -> None:
    """A claims table is none of contingents."""
    document = Document(name="x.csv", content=b"nation,place,measure,troops\nDEU,MLI,present,3\n")
    assert not importer.identify(document)
    with pytest.raises(RefusedInput, match="no table of contingents"):
        importer.extract(document, Names.shipped())
