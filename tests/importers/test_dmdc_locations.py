"""The location workbooks: sections, components, parts, totals, and what is missing kept apart from 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.workbooks import ABOVE, BELOW, counts, extract, location_rows, location_workbook, sheet_bytes, told
from trooptally.errors import RefusedInput
from trooptally.importers.dmdc_locations import importer
from trooptally.importing import Document
from trooptally.intake import check, record
from trooptally.ledger import Ledger
from trooptally.names import Names

WITHHELD = (None, "withheld")


def test_the_section_decides_what_georgia_is() -> None:
    """Under UNITED STATES stands the state, under OVERSEAS the country."""
    made = extract(
        importer,
        location_workbook(
            [
                ["UNITED STATES", "GEORGIA", *counts(army=48_847)],
                [None, "ALABAMA", *counts(army=1)],
                ["UNITED STATES TOTAL", None, *counts(army=48_848)],
                ["OVERSEAS", "GEORGIA", *counts(army=24)],
            ]
        ),
    )
    assert told(made, "US-GA") == [(48_847, None)]
    assert told(made, "GEO") == [(24, None)]
    assert not made.issues


def test_components_and_branches_are_claims_of_their_own() -> None:
    """Each component is a level, each branch a part of it, and the grand total only a check."""
    made = extract(importer, location_workbook([["OVERSEAS", "GERMANY", *counts(22_727, 400, 1_486, 11_416)]]))
    assert told(made, "DEU") == [(23_127, None)]
    assert told(made, "DEU", part="ARMY") == [(22_727, None)]
    assert told(made, "DEU", "reserve") == [(1_486, None)]
    assert told(made, "DEU", "civilian") == [(11_416, None)]
    assert 23_127 + 1_486 + 11_416 not in made.drafts.point
    assert made.totals_checked == 1


def test_locator_day_basis_and_origin() -> None:
    """A claim names sheet and cell, the day of the header, the basis of the notes, and the center as its origin."""
    made = extract(importer, location_workbook([["OVERSEAS", "GERMANY", *counts(7)]]))
    at = made.drafts.point.index(7)
    assert made.drafts.locator[at] == "LOCATIONS!C6"
    assert made.drafts.as_of[at] == "2019-06-30"
    assert made.drafts.basis[at] == "permanently_assigned"
    assert made.drafts.attribution[at].origin_id == "dmdc"
    assert made.reports[0].published_on == "2019-07-09"


@pytest.mark.parametrize(
    ("above", "below", "basis"),
    [
        (("As of September 30, 2010", "Sources: CTS Deployment File (as of November 2016)"), (), "all_present"),
        (("As of September 30, 2012",), (), "all_present"),
        (("As of March 31, 2021",), (), "permanently_assigned"),
        (("As of March 31, 1999",), (), "unstated"),
        (("As of March 31, 2012",), ("The table does not include personnel deployed.",), "permanently_assigned"),
    ],
)
def test_the_basis_is_the_workbooks_own_word_or_its_era(
    above: tuple[str, ...], below: tuple[str, ...], basis: str
) -> None:
    """What the notes say is counted wins; else what tables of that day count."""
    made = extract(importer, location_workbook([["OVERSEAS", "JAPAN", *counts(5)]], above=above, below=below))
    assert set(made.drafts.basis) == {basis}


def blank(*, total: Any = None, grand: Any = None) -> list[Any]:
    """Return twelve counts of a row that prints none."""
    return [None, None, " ", None, total, None, None, total, None, None, total, grand]


@pytest.mark.parametrize(
    ("label", "cells", "reason"),
    [
        ("IRAQ*", blank(), "withheld"),
        ("IRAQ *", blank(total=" "), "withheld"),
        ("IRAQ*", blank(total=0, grand=0), "withheld"),
        ("IRAQ", blank(total=0, grand=0), "not_stated"),
        ("IRAQ", blank(), "not_stated"),
        ("IRAQ (See Deployment Section)", blank(total=0), "see_elsewhere"),
        ("IRAQ (not available)", blank(), "not_available"),
        ("IRAQ", blank(total="N/A"), "not_available"),
        ("IRAQ", blank(total="withheld"), "withheld"),
    ],
)
def test_missing_is_never_zero(label: str, cells: list[Any], reason: str) -> None:
    """Blanks, spaces, stars, pointers and sums over blanks are missing, each with its reason."""
    rows: list[list[Any]] = [["OVERSEAS", "IRAN", *counts()], [None, label, *cells], [None, "ITALY", *counts(3)]]
    made = extract(importer, location_workbook(rows))
    assert told(made, "IRQ") == [(None, reason)]
    assert told(made, "IRN") == [(0, None)]
    assert 0 not in [point for point, place in zip(made.drafts.point, made.drafts.place, strict=True) if place == "IRQ"]


def test_a_star_may_be_only_a_footnote() -> None:
    """A starred row with figures keeps them, and carries the footnote."""
    below = ("* Includes people at sea.", *BELOW)
    made = extract(importer, location_workbook([["OVERSEAS", "JAPAN*", *counts(50)]], below=below))
    assert told(made, "JPN") == [(50, None)]
    assert "at sea" in made.drafts.note[0]


def test_a_starred_zero_under_a_note_of_withholding_is_held() -> None:
    """A printed 0 stays 0, but a person decides."""
    below = ("* Figures are withheld.", *BELOW)
    made = extract(importer, location_workbook([["OVERSEAS", "SYRIA*", *counts()]], below=below))
    at = next(n for n, q in enumerate(made.drafts.qualifiers) if not q)
    assert made.drafts.point[at] == 0
    assert made.drafts.held[at]


def test_formulas_over_blanks_are_missing_and_formulas_over_figures_are_sums() -> None:
    """A total that is a formula counts what stands beside it, whatever was cached."""
    rows: list[list[Any]] = [
        ["OVERSEAS", "ITALY", 5, 6, 0, 0, "=SUM(C6:F6)", *counts()[5:]],
        [None, "IRAQ*", None, None, None, None, "=SUM(C7:F7)", *[None] * 7],
    ]
    made = extract(importer, location_workbook(rows))
    assert told(made, "ITA") == [(11, None)]
    assert told(made, "IRQ") == [WITHHELD]


def test_totals_are_checks() -> None:
    """A total that is not the sum of its rows is an issue at its cell, and never a place."""
    rows: list[list[Any]] = [
        ["OVERSEAS", "JAPAN", *counts(10)],
        [None, "ITALY", *counts(20)],
        ["OVERSEAS TOTAL", " ", *counts(31)],
        ["GRAND TOTAL", None, *counts(30)],
    ]
    made = extract(importer, location_workbook(rows))
    assert {issue.locator for issue in made.issues} == {"LOCATIONS!C8", "LOCATIONS!G8", "LOCATIONS!N8"}
    assert set(made.drafts.place) == {"JPN", "ITA"}


def test_a_total_that_its_branches_deny_is_held() -> None:
    """The level of a place waits for a person where its branches add up to another number."""
    row = counts(10)
    row[4] = 12
    made = extract(importer, location_workbook([["OVERSEAS", "JAPAN", *row]]))
    held = [made.drafts.point[at] for at, why in enumerate(made.drafts.held) if why]
    assert held == [12]


def test_one_place_in_two_rows_is_held_once() -> None:
    """GERMANY and GERMANY, FEDERAL REPUBLIC OF are one place; the remnant waits for a person."""
    rows: list[list[Any]] = [["OVERSEAS", "GERMANY", *counts(100)], [None, "GERMANY, FEDERAL REPUBLIC OF", *counts(1)]]
    made = extract(importer, location_workbook(rows))
    levels = [
        (made.drafts.point[at], bool(made.drafts.held[at]))
        for at in range(len(made.drafts))
        if made.drafts.component[at] == "active" and not made.drafts.qualifiers[at]
    ]
    assert levels == [(100, False), (1, True)]


def test_an_unknown_place_is_an_issue_with_candidates() -> None:
    """No name is guessed: the row is left out, the nearest names are shown."""
    made = extract(importer, location_workbook([["OVERSEAS", "GERMNAY", *counts(1)], [None, "ITALY", *counts(1)]]))
    assert made.refused == 12
    assert "Germany" in made.issues[0].message
    assert set(made.drafts.place) == {"ITA"}


def test_a_malformed_figure_is_held() -> None:
    """171,00 is no figure; the claim is kept without a number for a person to look at."""
    row: list[Any] = counts(5)
    row[4] = "171,00"
    made = extract(importer, location_workbook([["OVERSEAS", "ITALY", *row]]))
    at = made.drafts.printed.index("171,00")
    assert (made.drafts.point[at], made.drafts.missing_reason[at]) == (None, "malformed")
    assert made.drafts.held[at]


def test_a_day_of_preparation_before_the_day_counted_is_not_taken() -> None:
    """An impossible day is an issue, not a day of publication."""
    below = ("Prepared by the Defense Manpower Data Center on February 16, 2019.",)
    made = extract(importer, location_workbook([["OVERSEAS", "ITALY", *counts(1)]], below=below))
    assert made.reports[0].published_on is None
    assert "prepared" in made.issues[0].message


@pytest.mark.parametrize("above", [("Number of people",), ("As of Smarch 41, 2019",)])
def test_no_day_no_claims(above: tuple[str, ...]) -> None:
    """A table that does not say as of when is refused."""
    document = location_workbook([["OVERSEAS", "ITALY", *counts(1)]], above=above)
    with pytest.raises(RefusedInput, match="as of"):
        importer.extract(document, Names.shipped())


def test_wide_sheets_with_flat_headings_are_read() -> None:
    """A copy with one label column, sections as rows and a thousand empty columns is the same table."""
    rows: list[list[Any]] = [
        ["Active Duty Military Personnel", *[None] * 1023],
        ["As of December 31, 2014"],
        ["Country", "Army", "Navy", "Marine Corps", "Air Force", "Coast Guard", "Total"],
        ["OVERSEAS"],
        ["GEORGIA", 1, 2, 3, 4, 0, 10],
        ["SYRIA *", None, None, None, None, None, None],
        ["ITALY", 1, 0, 0, 0, 0, 1],
        *[[None]] * 25,
    ]
    made = extract(importer, Document(name="x.xlsx", content=sheet_bytes(rows)))
    assert told(made, "GEO") == [(10, None)]
    assert told(made, "GEO", part="NAVY") == [(2, None)]
    assert told(made, "SYR") == [WITHHELD]


def test_a_workbook_saved_again_adds_nothing(ledger: Ledger) -> None:
    """Moved rows and new bytes are the same report: no claim is counted twice."""
    rows: list[list[Any]] = [["OVERSEAS", "GERMANY", *counts(100)], [None, "ITALY", *counts(50)]]
    again: list[list[Any]] = [
        ["OVERSEAS", "CUBA", *counts(9)],
        [None, "ITALY", *counts(50)],
        [None, "GERMANY", *counts(100)],
    ]
    names = ledger.names()
    first = record(ledger, check(location_workbook(rows), names), contributor="tests", reason="first")
    second = record(ledger, check(location_workbook(again), names), contributor="tests", reason="saved again")
    assert (second.recorded, second.unchanged) == (11, first.recorded)


def test_a_conversion_that_lost_its_day_is_refused() -> None:
    """A CSV made of a workbook, without as-of, totals and notes, is refused whole."""
    text = "LOCATION,DUTY_STATE_COUNTRY,ARMY_AD,NAVY_AD,AIR_FORCE_AD\nOVERSEAS,ALBANIA,1,1,9\n,,,,\n"
    document = Document(name="converted.csv", content=text.encode())
    assert importer.identify(document)
    with pytest.raises(RefusedInput, match="lost its as-of date"):
        importer.extract(document, Names.shipped())


def test_other_workbooks_are_left_to_others() -> None:
    """A sheet without places and branches is not this importer's."""
    document = Document(name="x.xlsx", content=sheet_bytes([["Year", "Total"], [1950, 3]]))
    assert not importer.identify(document)
    with pytest.raises(RefusedInput, match="no sheet"):
        importer.extract(document, Names.shipped())


def test_columns_of_no_people_are_named() -> None:
    """A column that somebody added is left out by name."""
    rows = location_rows([["OVERSEAS", "ITALY", *counts(1), "a remark"]], above=ABOVE)
    rows[3].append("Remarks")
    made = extract(importer, Document(name="x.xlsx", content=sheet_bytes(rows)))
    assert made.ignored["column that counts no people"] == 1
    assert "Remarks" in made.issues[0].message


# The official files themselves

Q4 = "DMDC_Website_Location_Report_2512.xlsx"
SEPTEMBER_2010 = "DOD-by-loc_2010-09-30.xlsx"


def test_december_2025(real_data: Path) -> None:
    """The cells of the newest layout are read as printed, and the balance holds."""
    made = extract(importer, Document.at(real_data / "official" / Q4))
    assert told(made, "DEU") == [(36_436, None)]
    assert told(made, "DEU", part="ARMY") == [(22_727, None)]
    assert told(made, "DEU", part="SPACE FORCE") == [(212, None)]
    assert told(made, "US-GA") == [(65_142, None)]
    assert told(made, "GEO") == [(24, None)]
    assert not {"IRQ", "SYR", "AFG"} & set(made.drafts.place)
    assert not [issue for issue in made.issues if issue.locator.endswith("!I240")]
    assert set(made.drafts.basis) == {"permanently_assigned"}
    assert made.reports[0].published_on is None


def test_september_2010(real_data: Path) -> None:
    """The cells of the older layout are read as printed: three components, never one total."""
    made = extract(importer, Document.at(real_data / "official" / SEPTEMBER_2010))
    assert told(made, "AFG") == [(81_875, None)]
    assert told(made, "AFG", part="ARMY") == [(50_164, None)]
    assert [told(made, "IRQ", c) for c in ("active", "reserve", "civilian")] == [
        [(38_591, None)],
        [(9_364, None)],
        [(1_786, None)],
    ]
    assert not {49_741, 101_205} & set(made.drafts.point)
    assert set(made.drafts.basis) == {"all_present"}


def test_the_real_conversion_is_refused(real_data: Path) -> None:
    """Somebody's bad conversion is refused whole."""
    document = Document.at(real_data / "official" / Q4.replace(".xlsx", "_converted.csv"))
    with pytest.raises(RefusedInput, match="converted"):
        check(document, Names.shipped())
