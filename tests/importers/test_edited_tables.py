"""Official tables after people have worked on them: the same claims, or a sentence; never half, never a false zero."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from support.workbooks import counts, extract, location_rows, sheet_bytes
from trooptally.errors import RefusedInput
from trooptally.importers.dmdc_locations import importer as locations
from trooptally.importers.dod_1950_1999 import importer as yearly
from trooptally.importers.multinational import importer as contingents
from trooptally.importers.troopdata_reports import importer as compilation
from trooptally.importing import Document, Extract
from trooptally.intake import check
from trooptally.names import Names

Rows = list[list[Any]]
Edit = Callable[[Rows], Rows]
Known = dict[tuple[str, str, str, str | None], list[tuple[int | None, str | None, bool]]]

HEADING = 3  # of `location_rows`: three titles stand above

PLACES: Rows = [
    ["UNITED STATES", "ALABAMA", *counts(4584, 54)],
    [None, "GEORGIA", *counts(61000, 1200)],
    [None, "WASHINGTON", *counts(24946, 23755)],
    ["UNITED STATES TOTAL", None, *counts(4584 + 61000 + 24946, 54 + 1200 + 23755)],
    ["OVERSEAS", "GEORGIA", *counts(16, 8)],
    [None, "GERMANY", *counts(22727, 435)],
    [None, "ITALY", *counts(4100, 3600)],
    [None, "MALI", *counts()],
    ["OVERSEAS TOTAL", None, *counts(26843, 4043)],
]
YEARS: Rows = [
    ["Year", "Total", "CONUS", "OCONUS", "USA", "USN", "USMC", "USAF", "DE", "VN"],
    [1968, 3489588, 2262363, 1227225, 1570343, 765457, 307252, 846536, 210000, 537377],
    [1973, 2252000, 1700000, 552000, 801000, 564000, 196000, 691000, 215000, 265],
    [1975, 2128000, 1643000, 485000, 784000, 535000, 196000, 613000, 220000, "NA"],
]
REPORTS: Rows = [
    [
        *("ccode", "source", "Location", "Total", "Total Ashore", "Total Afloat", "Army Total", "troops_ad"),
        *("Total Active Duty", "Army Active Duty", "Total Civilian"),
    ],
    [816, "September 1969", "South Vietnam", 535454, 510054, 25400, 345423, 535454, "NA", "NA", "NA"],
    [255, "September 1985", "Germany", 250000, "NA", "NA", 250000, 250000, "NA", "NA", "NA"],
    [645, "September 2006", "Iraq", 0, "NA", "NA", "NA", 0, "NA", "NA", "NA"],
    [255, "September 2013", "GERMANY", "NA", "NA", "NA", "NA", 45000, 45000, 45000, 12000],
    [645, "September 2023", "IRAQ", "NA", "NA", "NA", "NA", 0, 0, 0, 0],
]
CONTINGENTS: Rows = [
    ["Resolute Support Mission"],
    ["Key facts and figures, as of June 2019"],
    [],
    ["Troop contributing nation", "Troops"],
    ["Germany", 1300],
    ["Italy", 895],
    ["Total", 2195],
]


def workbook(rows: Rows, title: str = "LOCATIONS") -> Document:
    """Return the rows as a workbook."""
    return Document(name="edited.xlsx", content=sheet_bytes(rows, title))


def saved_as_text(rows: Rows, mark: str = ",", codec: str = "utf-8", *, thousands: bool = False) -> Document:
    """Return the rows as a spreadsheet saves them as text."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=mark, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"{c:,}" if thousands and isinstance(c, int) and c > 9999 else c for c in row])
    return Document(name="edited.csv", content=stream.getvalue().encode(codec))


def known(made: Extract) -> Known:
    """Return what is said of each place, component, part and time: number, missing reason, and whether it waits."""
    drafts, said = made.drafts, Known()
    for at in range(len(drafts)):
        part = "".join(q.text for q in drafts.qualifiers[at])
        key = (drafts.place[at], drafts.component[at], part, drafts.as_of[at])
        said.setdefault(key, []).append((drafts.point[at], drafts.missing_reason[at], bool(drafts.held[at])))
    return said


def table() -> Rows:
    """Return a location table."""
    return location_rows(PLACES)


def under_headings(change: Callable[[list[Any]], list[Any]]) -> Edit:
    """Return the edit that changes every row from the headings on that has cells."""

    def edit(rows: Rows) -> Rows:
        return [*rows[:HEADING], *[change(row) if len(row) > 1 else row for row in rows[HEADING:]]]

    return edit


def in_cells(change: Callable[[Any], Any]) -> Edit:
    """Return the edit that changes every number."""

    def edit(rows: Rows) -> Rows:
        return [[change(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]

    return edit


def swapped(first: int, second: int) -> Callable[[list[Any]], list[Any]]:
    """Return the change that swaps two cells of a row."""

    def change(row: list[Any]) -> list[Any]:
        row[first], row[second] = row[second], row[first]
        return row

    return change


def filled_in(rows: Rows) -> Rows:
    """Write what merged cells show into each of them."""
    shown = ""
    for column, cell in enumerate(rows[HEADING]):
        shown = cell or shown
        rows[HEADING][column] = shown
    for row in rows[HEADING + 2 :]:
        if len(row) > 1 and row[1]:
            shown = row[0] or shown
            row[0] = shown
    return rows


def in_one_row(rows: Rows) -> Rows:
    """Join the two rows of headings."""
    group, joined = "", []
    for own, below in zip(rows[HEADING], rows[HEADING + 1], strict=True):
        group = own or group
        joined.append(f"{group} {below or ''}".strip())
    return [*rows[:HEADING], joined, *rows[HEADING + 2 :]]


HARMLESS: dict[str, Edit] = {
    "lower case headings": lambda rows: [
        [c.lower() if isinstance(c, str) and n < HEADING + 2 and n >= HEADING else c for c in row]
        for n, row in enumerate(rows)
    ],
    "blank rows between": lambda rows: [
        each for n, row in enumerate(rows) for each in ((row, []) if n > HEADING + 1 else (row,))
    ],
    "blank rows on top": lambda rows: [[], [], *rows],
    "blank row between the headings": lambda rows: [*rows[: HEADING + 1], [], *rows[HEADING + 1 :]],
    "blank row under the headings": lambda rows: [*rows[: HEADING + 2], [], *rows[HEADING + 2 :]],
    "numbers as text": in_cells(str),
    "thousands separators": in_cells("{:,}".format),
    "narrow spaces between thousands": in_cells(lambda cell: f"{cell:,}".replace(",", "\u202f")),
    "army and navy exchanged": lambda rows: [
        swapped(2, 3)(row) if n > HEADING and len(row) > 1 else row for n, row in enumerate(rows)
    ],
    "a blank column": under_headings(lambda row: [*row[:2], None, *row[2:]]),
    "a blank column in front": lambda rows: [[None, *row] for row in rows],
    "places before sections": under_headings(swapped(0, 1)),
    "merged cells filled in": filled_in,
    "headings in one row": in_one_row,
    "headings repeated on a new page": lambda rows: [*rows[: HEADING + 3], *rows[: HEADING + 2], *rows[HEADING + 3 :]],
    "notes below": lambda rows: [*rows, ["* Iraq and Syria are withheld."], ["made by me"], ["Germany"]],
    "a second copy of the table": lambda rows: [*rows, [], *rows],
}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_what_looks_different_says_the_same(edit: Edit) -> None:
    """An edit that changes no figure changes no claim, and names the same claims."""
    before, after = extract(locations, workbook(table())), extract(locations, workbook(edit(table())))
    assert known(after) == known(before)
    assert set(after.drafts.claim_id) == set(before.drafts.claim_id)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("thousands", [False, True])
def test_a_table_saved_as_text_is_the_same_table(mark: str, codec: str, thousands: bool) -> None:  # noqa: FBT001 - pytest's parameter
    """Whatever a spreadsheet puts between the cells, the claims and their ids are those of the workbook."""
    for importer, rows in ((locations, table()), (yearly, YEARS), (contingents, CONTINGENTS)):
        book = extract(importer, workbook(rows))
        text = check(saved_as_text(rows, mark, codec, thousands=thousands), Names.shipped())
        assert text.importer == importer.name
        assert known(text.extract) == known(book)
        if importer is not contingents:  # its title is part of the report, and both have it
            assert text.extract.drafts.claim_id == book.drafts.claim_id


def test_without_sections_georgia_is_left_out() -> None:
    """A name that means a state and a country is refused where no section tells which; the others are read."""
    rows = [row[1:] if at >= HEADING and len(row) > 1 else row for at, row in enumerate(table())]
    made = extract(locations, workbook(rows))
    assert {"GEO", "US-GA"}.isdisjoint(made.drafts.place)
    assert {"US-AL", "US-WA", "DEU"} <= set(made.drafts.place)
    assert sum("may mean Georgia" in issue.message for issue in made.issues) == 2


def test_rows_that_were_sorted_do_not_follow_their_section() -> None:
    """Where states stand under OVERSEAS, sections are believed no more, and Georgia is left out."""
    rows = table()
    body = sorted((row for row in rows[HEADING + 2 : HEADING + 11] if row[1]), key=lambda row: row[1])
    made = extract(locations, workbook([*rows[: HEADING + 2], *body, *rows[HEADING + 11 :]]))
    assert {"GEO", "US-GA"}.isdisjoint(made.drafts.place)
    assert any("stands under" in issue.message for issue in made.issues)


def test_a_lost_section_label_moves_no_country_home() -> None:
    """Where the row that carried OVERSEAS was deleted, the countries below are not states, and Georgia is left out."""
    rows = [row for row in table() if not (len(row) > 1 and row[0] in ("OVERSEAS", "UNITED STATES TOTAL"))]
    rows.insert(HEADING + 7, [None, "GEORGIA", *counts(16, 8)])
    made = extract(locations, workbook(rows))
    assert {"GEO", "US-GA"}.isdisjoint(made.drafts.place)
    assert "DEU" in made.drafts.place


def test_a_table_of_countries_alone_needs_no_section() -> None:
    """A heading COUNTRY over rows of countries tells that Georgia is one."""
    rows = [row[1:] if at >= HEADING and len(row) > 1 else row for at, row in enumerate(table())]
    rows[HEADING][0] = "COUNTRY"
    abroad = [*rows[: HEADING + 2], *[row for row in rows[HEADING + 6 :] if not row or row[0]]]
    made = extract(locations, workbook(abroad))
    assert known(made)["GEO", "active", "", "2019-06-30"] == [(24, None, False)]


def test_a_deleted_column_holds_the_totals() -> None:
    """A total that its remaining branches do not add up to waits for a person."""
    made = extract(locations, workbook(under_headings(lambda row: [*row[:3], *row[4:]])(table())))
    assert known(made)["DEU", "active", "", "2019-06-30"] == [(22727 + 435, None, True)]


@pytest.mark.parametrize("mark", ["*", " (1)", "\u00b9", " 1/", " [a]"])
def test_footnote_marks_are_no_part_of_a_name_or_a_number(mark: str) -> None:
    """A mark behind a label or a number changes neither."""
    rows = table()
    rows[HEADING + 7][1] += mark
    rows[HEADING + 8][2] = f"{rows[HEADING + 8][2]}{mark if mark not in (' (1)', ' [a]') else ' a/'}"
    made = known(extract(locations, workbook(rows)))
    assert made["DEU", "active", "ARMY", "2019-06-30"] == [(22727, None, False)]
    assert made["ITA", "active", "ARMY", "2019-06-30"] == [(4100, None, False)]


@pytest.mark.parametrize("blank", [None, "", " ", "-", "N/A", "NULL", "NaN"])
def test_a_blanked_row_is_missing(blank: str | None) -> None:
    """A row that somebody emptied has no figure, and no 0."""
    rows = table()
    rows[HEADING + 7][2:] = [blank] * 12
    rows[HEADING + 7][1] = "GERMANY"
    made = known(extract(locations, workbook(rows)))
    assert {point for key, said in made.items() if key[0] == "DEU" for point, _, _ in said} == {None}


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("As of: 30 June 2019", "2019-06-30"),
        ("AS OF JUNE 30TH, 2019", "2019-06-30"),
        ("Data as of 2019-06-30", "2019-06-30"),
        ("as of 6/30/2019", "2019-06-30"),
        ("As of 30-Jun-2019", "2019-06-30"),
        ("As of June 2019", "2019-06"),
    ],
)
def test_a_day_is_read_however_it_is_written(printed: str, day: str) -> None:
    """Day, month and year in any order that leaves one meaning."""
    rows = table()
    rows[2] = [printed]
    assert set(extract(locations, workbook(rows)).drafts.as_of) == {day}


@pytest.mark.parametrize("printed", ["As of 6/7/2019", "As of last summer", "Summer 2019"])
def test_a_day_that_may_be_two_refuses_the_table(printed: str) -> None:
    """Without one day there is no claim, and the sentence says what was found."""
    rows = table()
    rows[2] = [printed]
    with pytest.raises(RefusedInput, match="as of"):
        extract(locations, workbook(rows))


def test_a_year_twice_is_one_claim_each() -> None:
    """A row that stands twice adds nothing; one that differs waits beside the first."""
    made = extract(yearly, workbook([*YEARS, YEARS[1], [*YEARS[2][:-1], 266]]))
    assert known(made)["VNM", "military", "", "1968"] == [(537377, None, False)]
    assert known(made)["VNM", "military", "", "1973"] == [(265, None, False), (266, None, True)]


def test_a_zero_where_the_table_prints_none_waits() -> None:
    """The yearly table has no 0, so one that appears was written for a blank and is held."""
    made = extract(yearly, workbook([[0 if cell == "NA" else cell for cell in row] for row in YEARS]))
    assert known(made)["VNM", "military", "", "1975"] == [(0, None, True)]


def test_notes_under_the_years_are_no_years() -> None:
    """A note is left alone; a row of figures without a year is refused."""
    made = extract(yearly, workbook([*YEARS, ["Source: somebody"], ["Sum", 1, 2]]))
    assert made.refused == len(YEARS[0]) - 1


HEADINGS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "R": lambda head: head.replace(" ", "."),
    "snake": lambda head: head.replace(" ", "_").lower(),
}


@pytest.mark.parametrize("spelled", HEADINGS.values(), ids=HEADINGS)
@pytest.mark.parametrize("saved", [saved_as_text, workbook], ids=["text", "workbook"])
def test_headings_spelled_otherwise_are_the_same_columns(
    spelled: Callable[[str], str], saved: Callable[[Rows], Document]
) -> None:
    """Columns are known whatever joins their words, so that ashore is never read as ashore and afloat."""
    made = extract(compilation, saved([list(map(spelled, REPORTS[0])), *REPORTS[1:]]))
    assert known(made) == known(extract(compilation, saved_as_text(REPORTS)))
    assert known(made)["VNM", "active", "", "1969-09"] == [(510054, None, False)]


@pytest.mark.parametrize("blank", ["", "NaN", "NULL", "<NA>", "n/a"])
def test_whatever_stands_for_na_is_not_filled(blank: str) -> None:
    """The blanks of other programs are blanks."""
    rows = [[blank if cell == "NA" else cell for cell in row] for row in REPORTS]
    assert known(extract(compilation, saved_as_text(rows))) == known(extract(compilation, saved_as_text(REPORTS)))


def test_zeros_filled_in_for_na_are_no_levels() -> None:
    """Where somebody wrote 0 for every NA, no level of 0 is accepted that the table did not print."""
    rows = [[0 if cell == "NA" else cell for cell in row] for row in REPORTS]
    made = known(extract(compilation, saved_as_text(rows)))
    assert made["DEU", "active", "", "1985-09"] == [(250000, None, False)]
    assert made["VNM", "active", "", "1969-09"] == [(510054, None, False)]
    zeros = {key for key, said in made.items() for point, _, held in said if point == 0 and not held}
    assert not zeros


def test_a_number_that_cannot_be_read_is_not_replaced_by_a_wider_one() -> None:
    """Where the people ashore are printed as 5.1e+05, the sum with those afloat is not taken for them."""
    rows = [[*row[:4], "5.10054e+05", *row[5:]] if row[1] == "September 1969" else row for row in REPORTS]
    made = known(extract(compilation, saved_as_text(rows)))
    assert made["VNM", "active", "", "1969-09"] == [(None, "malformed", True)]


@pytest.mark.parametrize("typed", [str.upper, str.lower, str.title])
def test_known_oddities_hold_in_any_case(typed: Callable[[str], str]) -> None:
    """A place retyped in other letters keeps what is known of its zeros."""
    rows = [[*row[:2], typed(row[2]) if n else row[2], *row[3:]] for n, row in enumerate(REPORTS)]
    made = known(extract(compilation, saved_as_text(rows)))
    assert made["IRQ", "active", "", "2006-09"] == [(None, "see_elsewhere", False)]
    assert made["IRQ", "active", "", "2023-09"][0][2]


@pytest.mark.parametrize("above", [[["my copy"]], [["troopdata, reports"], []]])
def test_titles_may_stand_above_a_compilation(above: Rows) -> None:
    """Lines of one cell above the headings are titles."""
    made = check(saved_as_text([*above, *REPORTS]), Names.shipped())
    assert made.importer == compilation.name
    assert known(made.extract) == known(extract(compilation, saved_as_text(REPORTS)))


def test_row_numbers_in_front_do_no_harm() -> None:
    """A first column without a heading, as R writes it, is left out with a note."""
    rows = [["" if n == 0 else n, *row] for n, row in enumerate(REPORTS)]
    made = check(saved_as_text(rows), Names.shipped())
    assert known(made.extract) == known(extract(compilation, saved_as_text(REPORTS)))


def test_a_column_that_stands_twice_refuses_the_table() -> None:
    """Which of two columns of one heading is meant, nobody knows."""
    rows = [[*row, row[4]] for row in REPORTS]
    with pytest.raises(RefusedInput, match="Total Ashore twice"):
        check(saved_as_text(rows), Names.shipped())


def test_a_table_that_nobody_knows_is_refused_not_read_as_prose() -> None:
    """Rows of figures are a table, whatever stands above them."""
    rows: Sequence[Sequence[Any]] = [
        ["my numbers"],
        [],
        ["Where", "How many", "Share"],
        ["Mali", 300, 1.5],
        ["Chad", 2, 3],
    ]
    with pytest.raises(RefusedInput, match="is no claims table"):
        check(saved_as_text([list(row) for row in rows]), Names.shipped())
