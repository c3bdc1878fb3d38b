"""The compilation: two families of columns, pointers that are no counts, fills, repeats and wider places."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from support.workbooks import extract
from trooptally.errors import RefusedInput
from trooptally.importers.troopdata_reports import importer
from trooptally.importing import Document, Extract
from trooptally.names import Names

COLUMNS = (
    *("ccode", "countryname", "source", "Location", "iso3c", "Total", "Total Ashore", "Total Afloat", "Army Total"),
    *("Navy Ashore", "Navy Afloat", "Navy Total", "Air Force Total", "Marine Corps Total", "troops_ad", "army_ad"),
    *("Army Active Duty", "Navy Active Duty", "Total Active Duty", "Army Reserve", "Total Selected Reserve"),
    *("Army Civilian", "Total Civilian", "Grand Total"),
)


def compiled(*rows: dict[str, str | int]) -> Document:
    """Return a compilation of some rows; what a row does not say is NA."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="NA")
    writer.writeheader()
    writer.writerows([{"source": "September 2013", "troops_ad": 0, "army_ad": 0} | row for row in rows])
    return Document(name="reports.csv", content=stream.getvalue().encode())


def new(location: str, army: int, navy: int = 0, **more: str | int) -> dict[str, str | int]:
    """Return a row of the later family."""
    people: dict[str, str | int] = {
        "Army Active Duty": army,
        "Navy Active Duty": navy,
        "Total Active Duty": army + navy,
    }
    return {"Location": location, **people, "troops_ad": army + navy, **more}


def level(made: Extract, place: str, as_of: str = "2013-09") -> list[tuple[int | None, str | None, bool]]:
    """Return number, missing reason and hold of the level of active people."""
    drafts = made.drafts
    return [
        (drafts.point[at], drafts.missing_reason[at], bool(drafts.held[at]))
        for at in range(len(drafts))
        if (drafts.place[at], drafts.as_of[at], drafts.component[at]) == (place, as_of, "active")
        and not drafts.qualifiers[at]
    ]


def test_the_later_family() -> None:
    """Levels and branches of active people, reserves and civilians; zeros of branches are ignored by name."""
    row = new("GERMANY", 30, 6) | {
        "Army Reserve": 0,
        "Total Selected Reserve": 0,
        "Total Civilian": 4,
        "Army Civilian": 4,
    }
    made = extract(importer, compiled(row | {"Grand Total": 40}))
    assert level(made, "DEU") == [(36, None, False)]
    assert sorted(p for p in made.drafts.point if p is not None) == [0, 4, 4, 6, 30, 36]
    assert made.totals_checked == 1
    assert set(made.drafts.basis) == {"all_present"}
    assert made.drafts.attribution[0].origin_id == "dmdc"
    assert not made.issues


def test_the_earlier_family_keeps_people_at_sea_apart() -> None:
    """Ashore is the level at the place, afloat a part of those at sea, and their sum a check."""
    row: dict[str, str | int] = {"source": "September 1969", "Location": "South Viet-Nam e/ f/", "ccode": 817}
    row |= {"Total": 535_454, "Total Ashore": 510_054, "Total Afloat": 25_400, "Army Total": 345_423}
    made = extract(importer, compiled(row))
    assert level(made, "VNM", "1969-09") == [(510_054, None, False)]
    at = made.drafts.place.index("AFLOAT")
    assert made.drafts.point[at] == 25_400
    assert made.drafts.qualifiers[at][0].text == "off South Viet-Nam e/ f/"
    assert 535_454 not in made.drafts.point
    assert made.drafts.attribution[0].origin_id == "us-department-of-defense"


@pytest.mark.parametrize(
    ("source", "row", "reason"),
    [
        ("September 2003", {"Location": "Iraq (See OIF Table)"}, "see_elsewhere"),
        ("September 2005", {"Location": "Iraq (See Deployment Section)", "Total": 0, "Army Total": 0}, "see_elsewhere"),
        ("September 2006", {"Location": "Iraq", "Total": 0, "Army Total": 0}, "see_elsewhere"),
        ("September 2003", {"Location": "Iraq (not available)"}, "not_available"),
        ("September 2021", {"Location": "IRAQ*", "Total Active Duty": 0}, "withheld"),
        ("September 2021", {"Location": "IRAQ", "Total Active Duty": 0}, "not_stated"),
        ("September 2003", {"Location": "Iraq"}, "see_elsewhere"),
        ("September 2003", {"Location": "Italy"}, "not_stated"),
    ],
)
def test_pointers_and_sums_over_nothing_are_no_counts(source: str, row: dict[str, str | int], reason: str) -> None:
    """A 0 behind a pointer, a star or missing branches is missing, with the reason."""
    made = extract(importer, compiled(row | {"source": source}, new("JAPAN", 1)))
    as_of = f"{source[-4:]}-09"
    place = "ITA" if row["Location"] == "Italy" else "IRQ"
    assert level(made, place, as_of) == [(None, reason, False)]


def test_a_printed_zero_is_zero_and_a_doubtful_one_is_held() -> None:
    """Iceland's 0 is a count; a 0 for Iraq after 2017 waits for a person."""
    rows = [new("ICELAND", 0, source="March 2019"), new("IRAQ", 0, source="September 2023")]
    made = extract(importer, compiled(*rows))
    assert level(made, "ISL", "2019-03") == [(0, None, False)]
    assert level(made, "IRQ", "2023-09") == [(0, None, True)]


def test_the_compilers_fills_are_held() -> None:
    """The Army's figure that stands for N/A, and the total over it, wait for a person."""
    made = extract(importer, compiled(new("United States", 404_114, 5, source="June 2023")))
    held = {made.drafts.point[at] for at, why in enumerate(made.drafts.held) if why}
    assert held == {404_114, 404_119}


def test_repeated_rows_are_one_claim() -> None:
    """A row that stands twice is one claim where it says the same, and two held ones where it does not."""
    made = extract(importer, compiled(new("ZIMBABWE", 2, 6), new("ZIMBABWE", 1, 7)))
    assert level(made, "ZWE") == [(8, None, False)]
    assert sum(map(bool, made.drafts.held)) == 4
    assert made.ignored["repeats an earlier row"] == 1


def test_wider_places_are_theatres() -> None:
    """A region is not the country under which it is filed."""
    rows: list[dict[str, str | int]] = [
        {"Location": "Total - Former Soviet Union", "source": "September 1995", "Total": 70, "ccode": 365},
        {
            "Location": "Total (in/around Afghanistan as of September 30, 2006) -",
            "source": "September 2006",
            "Total": 21_500,
            "ccode": 700,
        },
    ]
    made = extract(importer, compiled(*rows))
    assert made.drafts.place == ["FORMER-SOVIET-UNION", "AFG-AROUND"]


def test_a_name_against_its_country_code_is_held() -> None:
    """Where the name and the Correlates of War code beside it disagree, a person decides."""
    made = extract(importer, compiled(new("ITALY", 5, ccode=255)))
    assert level(made, "ITA") == [(5, None, True)]
    assert "Germany" in made.issues[0].message


def test_totals_that_do_not_add_up() -> None:
    """A level that its branches deny is held; 0 above branches with people is missing."""
    made = extract(
        importer, compiled(new("ITALY", 5) | {"Total Active Duty": 9}, new("JAPAN", 5) | {"Total Active Duty": 0})
    )
    assert level(made, "ITA") == [(9, None, True)]
    assert level(made, "JPN") == [(None, "not_stated", True)]


def test_what_cannot_be_read_is_refused_by_row() -> None:
    """An unknown place and an unknown report leave out their rows, each with an issue."""
    made = extract(importer, compiled(new("ATLANTSI", 5), new("ITALY", 5, source="spring"), new("JAPAN", 5)))
    assert set(made.drafts.place) == {"JPN"}
    assert [issue.severity.value for issue in made.issues] == ["error", "error"]
    assert made.refused == 2 * (len(COLUMNS) - 5)


def test_a_cell_that_is_no_count_is_held_without_a_number() -> None:
    """An edited cell such as 171,00 is kept as malformed."""
    made = extract(importer, compiled(new("ITALY", 5) | {"Total Active Duty": "171,00"}))
    assert level(made, "ITA") == [(None, "malformed", True)]


def test_a_table_without_its_columns_is_refused() -> None:
    """A file that lost the columns of when and where is refused."""
    document = Document(name="x.csv", content=b"source,Total\nJune 1950,3\n")
    assert not importer.identify(document)
    with pytest.raises(RefusedInput, match="it lacks"):
        importer.extract(document, Names.shipped())


def test_the_real_compilation(real_data: Path) -> None:
    """Every trap of the real file is read right."""
    made = extract(importer, Document.at(real_data / "official" / "troopdata-rebuild-reports.csv"))
    assert len(made.reports) == 111
    assert not made.refused
    iraq = {f"{year}-09": level(made, "IRQ", f"{year}-09") for year in range(2003, 2008)}
    assert all(told == [(None, "see_elsewhere", False)] for told in iraq.values())
    assert level(made, "IRQ", "2021-09") == level(made, "SYR", "2021-09") == [(None, "withheld", False)]
    assert level(made, "ZWE") == [(8, None, False)]
    assert level(made, "AFG-AROUND", "2006-09") == [(21_500, None, False)]
    assert level(made, "VNM", "1969-09") == [(510_054, None, False)]
    fills = [at for at, point in enumerate(made.drafts.point) if point == 404_114]
    assert [bool(made.drafts.held[at]) for at in fills].count(True) == 3
    late = {b for b, day in zip(made.drafts.basis, made.drafts.as_of, strict=True) if day and day >= "2017-12"}
    assert late == {"permanently_assigned"}
