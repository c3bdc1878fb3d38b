"""The yearly table: codes of countries, branches that look like countries, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.workbooks import extract, sheet_bytes
from trooptally.errors import RefusedInput
from trooptally.importers.dod_1950_1999 import importer
from trooptally.importing import Document, Extract
from trooptally.names import Names

HEADING = ("Year", "Total", "CONUS", "OCONUS", "USA", "USN", "USMC", "USAF", "OKI", "VN", "DE", "MA")


def table(*rows: list[Any], heading: tuple[str, ...] = HEADING) -> Document:
    """Return a workbook of the yearly table."""
    return Document(name="years.xlsx", content=sheet_bytes([heading, *rows]))


def level(made: Extract, place: str, year: str) -> tuple[int | None, str | None]:
    """Return number and missing reason of a place in a year."""
    drafts = made.drafts
    at = next(
        n
        for n in range(len(drafts))
        if (drafts.place[n], drafts.as_of[n], drafts.measure[n]) == (place, year, "present")
    )
    return drafts.point[at], drafts.missing_reason[at]


def test_codes_are_places_and_usa_is_the_army() -> None:
    """Two-letter codes and OKI are places; USA is the Army, a strength tied to no place."""
    made = extract(importer, table([1968, 100, 60, 40, 40, 30, 20, 10, 5, 537_377, 7, 1]))
    assert level(made, "VNM", "1968") == (537_377, None)
    assert level(made, "OKI", "1968") == (5, None)
    assert level(made, "MAR", "1968") == (1, None)
    army = made.drafts.point.index(40, 3)
    assert made.drafts.place[army] == "UNSTATED"
    assert made.drafts.measure[army] == "other_strength"
    assert made.drafts.qualifiers[army][0].text == "ARMY"
    assert "USA" not in made.drafts.place
    assert made.drafts.locator[0] == "Sheet1!B2" or made.drafts.locator[0] == "LOCATIONS!B2"


def test_na_and_blank_are_missing_and_zero_is_zero() -> None:
    """The text NA, an empty cell and a printed 0 are three things; a year without figures is ignored by name."""
    made = extract(
        importer,
        table(
            [1951, *["NA"] * 11],
            [1975, 100, 60, 40, 40, 30, 20, 10, "NA", None, 0, 1],
        ),
    )
    assert level(made, "OKI", "1975") == (None, "not_available")
    assert level(made, "VNM", "1975") == (None, "not_stated")
    assert level(made, "DEU", "1975") == (0, None)
    assert dict(made.ignored) == {"year without any figure": 11}


def test_parts_that_do_not_add_up_are_issues() -> None:
    """The whole force is checked against home and abroad, and against its branches."""
    made = extract(importer, table([1960, 101, 60, 40, 40, 30, 20, 10, 1, 1, 1, 1]))
    assert len(made.issues) == 2
    assert all("101" in issue.message for issue in made.issues)


def test_an_unknown_code_and_a_row_without_year_are_left_out() -> None:
    """What cannot be resolved is refused with an issue."""
    heading = (*HEADING[:-1], "QQ")
    made = extract(
        importer,
        table(
            [1960, 100, 60, 40, 40, 30, 20, 10, 1, 1, 1, 1],
            ["sum", *[1] * 11],
            heading=heading,
        ),
    )
    assert made.refused == 1 + 11
    assert {issue.severity.value for issue in made.issues} == {"error"}


def test_a_heading_without_years_is_refused() -> None:
    """A table without any year is no table of years."""
    with pytest.raises(RefusedInput, match="rows of years"):
        importer.extract(table(), Names.shipped())


def test_other_workbooks_are_refused() -> None:
    """A workbook of another shape is not read."""
    document = Document(name="x.xlsx", content=sheet_bytes([["Year", "People"], [1950, 1]]))
    assert not importer.identify(document)
    with pytest.raises(RefusedInput, match="no table"):
        importer.extract(document, Names.shipped())


def test_the_real_table(real_data: Path) -> None:
    """The cells of the real table are read as printed."""
    path = real_data / "official" / "DoD_Worldwide_US_Military_Personnel.Report_1950_1999.xlsx"
    made = extract(importer, Document.at(path))
    assert level(made, "VNM", "1968") == (537_377, None)
    assert level(made, "VNM", "1973") == (265, None)
    assert level(made, "VNM", "1975") == (None, "not_available")
    assert level(made, "KOR", "1953") == (326_863, None)
    assert level(made, "DEU", "1990") == (227_586, None)
    assert not made.refused
