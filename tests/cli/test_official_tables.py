"""Official tables through the program: built here in the shape of the real ones, imported, and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from support.program import run
from support.workbooks import ABOVE, counts, location_rows, sheet_bytes

Claims = Callable[..., list[dict[str, str]]]

LOCATIONS = location_rows(
    [
        ["UNITED STATES", "GEORGIA", *counts(48847, 16295)],
        [None, "GUAM", *counts(210, 6)],
        ["UNITED STATES TOTAL", None, *counts(49057, 16301)],
        ["OVERSEAS", "GEORGIA", *counts(16, 8)],
        [None, "GERMANY", *counts(22727, 435, 1486, 11416)],
        [None, "GERMANY, FEDERAL REPUBLIC OF", *counts()],
        [None, "GUAM", *counts(1000, 6086)],
        [None, "IRAQ*", *[None] * 12],
        [None, "SYRIA*", *[" "] * 12],
        ["OVERSEAS TOTAL", None, *counts(23743, 6529, 1486, 11416)],
        *[[None] * 14 for _ in range(25)],
    ],
    above=(*ABOVE[:-1], "As of December 31, 2025"),
    below=("* The figures of starred places are withheld.", "Prepared on January 5, 2024."),
)
YEARS: list[list[Any]] = [
    ["Year", "Total", "CONUS", "OCONUS", "USA", "USN", "USMC", "USAF", "DE", "KR", "OKI", "VN"],
    [1953, 3555067, 2338379, 1216688, 1533815, 794440, 249219, 977593, 300000, 326863, 23325, "NA"],
    [1968, 3489588, 2262363, 1227225, 1570343, 765457, 307252, 846536, 210000, 62000, 40000, 537377],
    [1975, 2128000, 1643000, 485000, 784000, 535000, 196000, 613000, 220000, 40000, None, "NA"],
]
COMPILED_HEADINGS = (
    *("ccode", "source", "Location", "Total", "Total Ashore", "Total Afloat", "Army Total", "troops_ad", "army_ad"),
    *("Total Active Duty", "Army Active Duty", "Total Selected Reserve", "Total Civilian"),
)
COMPILED: list[dict[str, Any]] = [
    {"ccode": 645, "source": "September 2003", "Location": "Iraq (See OIF Table)", "troops_ad": 0},
    {"ccode": 645, "source": "September 2004", "Location": "Iraq (See OIF Table)", "troops_ad": 0},
    {
        "ccode": 645,
        "source": "September 2005",
        "Location": "Iraq (See Deployment Section)",
        "Total": 0,
        "Army Total": 0,
    },
    {"ccode": 645, "source": "September 2006", "Location": "Iraq", "Total": 0, "Army Total": 0, "troops_ad": 0},
    {"ccode": 645, "source": "September 2007", "Location": "Iraq (see Deployment Detail Below)", "Total": 0},
    {
        "ccode": 700,
        "source": "September 2006",
        "Total": 21500,
        "Army Total": 21500,
        "troops_ad": 21500,
        "Location": "Total (in/around Afghanistan as of September 30, 2006) -",
    },
    {"ccode": 645, "source": "September 2021", "Location": "IRAQ*", "troops_ad": 0},
    {"ccode": 365, "source": "September 1992", "Location": "Total - Former Soviet Union", "Total": 59, "troops_ad": 59},
    {"ccode": 552, "source": "September 2013", "Location": "ZIMBABWE", "Total Active Duty": 8, "Army Active Duty": 2},
    {"ccode": 552, "source": "September 2013", "Location": "ZIMBABWE", "Total Active Duty": 8, "Army Active Duty": 2},
    {
        "ccode": 817,
        "source": "September 1969",
        "Location": "South Vietnam",
        "Total": 535454,
        "Total Ashore": 510054,
        "Total Afloat": 25400,
        "troops_ad": 535454,
    },
]


def compiled() -> str:
    """Return the compilation as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COMPILED_HEADINGS, restval="NA")
    writer.writeheader()
    writer.writerows(COMPILED)
    return stream.getvalue()


@pytest.fixture(scope="module")
def folder(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three tables, one that is refused, and a ledger into which the three were imported."""
    home = tmp_path_factory.mktemp("official")
    (home / "trooptally.db").write_bytes(sqlite_template.read_bytes())
    (home / "locations.xlsx").write_bytes(sheet_bytes(LOCATIONS))
    (home / "years.xlsx").write_bytes(sheet_bytes(YEARS))
    (home / "reports.csv").write_text(compiled(), encoding="utf-8")
    grades: list[list[Any]] = [
        ["Strength by rank/grade"],
        [],
        ["Rank/Grade", "Army"],
        ["E-1", 5],
        ["E-2", 6],
        ["O-1", 7],
    ]
    (home / "grades.xlsx").write_bytes(sheet_bytes(grades))
    return home


@pytest.fixture(scope="module")
def receipts(folder: Path) -> list[dict[str, Any]]:
    """The receipts of the first import."""
    ended = run(folder, "import", "--json", "locations.xlsx", "years.xlsx", "reports.csv")
    assert ended.returncode == 0, ended.stderr
    return [orjson.loads(line) for line in ended.stdout.splitlines()]


@pytest.fixture(scope="module")
def listed(folder: Path, receipts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Every claim that the program lists after it."""
    assert receipts
    ended = run(folder, "claims", "--force", "USA", "--format", "csv")
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout)))


@pytest.fixture
def claims(listed: list[dict[str, str]]) -> Claims:
    """Pick levels by place, as-of and component; with a part, that part."""

    def pick(place: str, as_of: str, component: str = "active", part: str = "") -> list[dict[str, str]]:
        wanted = {"place": place, "as_of": as_of, "component": component, "part": part}
        return [row for row in listed if all(row[name] == word for name, word in wanted.items())]

    return pick


def test_every_receipt_balances(receipts: list[dict[str, Any]]) -> None:
    """What was seen is recorded, kept as a draft, checked as a total, left out by name, or refused."""
    for receipt in receipts:
        taken = receipt["recorded"] + receipt["unchanged"] + receipt["drafts"]
        assert (
            receipt["seen"] == taken + receipt["totals_checked"] + sum(receipt["ignored"].values()) + receipt["refused"]
        )
        assert receipt["recorded"]
        assert not receipt["refused"]
    assert [receipt["importer"] for receipt in receipts] == ["dmdc-locations", "dod-1950-1999", "troopdata-reports"]


def test_sections_components_and_branches_are_told_apart(claims: Claims) -> None:
    """Georgia is a state and a country; active, reserve and civilian people are three claims, and branches parts."""
    assert [row["point"] for row in claims("US-GA", "2025-12-31")] == ["65142"]
    assert [row["point"] for row in claims("GEO", "2025-12-31")] == ["24"]
    assert [row["point"] for row in claims("DEU", "2025-12-31") if row["status"] == "accepted"] == ["23162"]
    assert [row["point"] for row in claims("DEU", "2025-12-31", "reserve") if row["status"] == "accepted"] == ["1486"]
    assert "22727" in [row["point"] for row in claims("DEU", "2025-12-31", part="ARMY")]
    assert {row["basis"] for row in claims("GEO", "2025-12-31")} == {"permanently_assigned"}


def test_a_withheld_row_is_no_zero(claims: Claims) -> None:
    """A starred row without figures is withheld."""
    for place in ("IRQ", "SYR"):
        rows = claims(place, "2025-12-31")
        assert [(row["point"], row["missing_reason"]) for row in rows] == [("", "withheld")]


def test_a_place_that_stands_twice_is_counted_once(claims: Claims) -> None:
    """Of two rows of one place the smaller one waits for a person."""
    guam = {row["point"]: row["status"] for row in claims("GUM", "2025-12-31")}
    assert guam == {"7086": "accepted", "216": "draft"}


def test_years_and_countries(claims: Claims) -> None:
    """USA is the Army, OKI is Okinawa, and NA is missing."""
    assert [row["point"] for row in claims("VNM", "1968", "military")] == ["537377"]
    assert [row["missing_reason"] for row in claims("VNM", "1975", "military")] == ["not_available"]
    assert [row["point"] for row in claims("KOR", "1953", "military")] == ["326863"]
    assert [row["point"] for row in claims("OKI", "1953", "military")] == ["23325"]
    assert not claims("USA", "1968", "military")
    assert [row["point"] for row in claims("UNSTATED", "1968", "military", "ARMY")] == ["1570343"]


def test_the_compilation_tells_no_false_zero(claims: Claims) -> None:
    """Pointers and empty rows are missing; wider places and regions are themselves; a repetition is one claim."""
    for year in range(2003, 2008):
        rows = claims("IRQ", f"{year}-09")
        assert [(row["point"], row["missing_reason"]) for row in rows] == [("", "see_elsewhere")]
    assert [row["missing_reason"] for row in claims("IRQ", "2021-09")] == ["withheld"]
    assert [row["point"] for row in claims("AFG-AROUND", "2006-09")] == ["21500"]
    assert not claims("AFG", "2006-09")
    assert [row["point"] for row in claims("FORMER-SOVIET-UNION", "1992-09")] == ["59"]
    assert not claims("RUS", "1992-09")
    assert [row["point"] for row in claims("ZWE", "2013-09")] == ["8"]
    assert [row["point"] for row in claims("VNM", "1969-09")] == ["510054"]


def test_importing_again_adds_nothing(folder: Path, receipts: list[dict[str, Any]]) -> None:
    """The second import finds everything there, and writes no change."""
    ended = run(folder, "import", "--json", "locations.xlsx", "years.xlsx", "reports.csv")
    for first, line in zip(receipts, ended.stdout.splitlines(), strict=True):
        again = orjson.loads(line)
        assert (again["recorded"], again["drafts"], again["revised"], again["change"]) == (0, 0, {}, None)
        assert again["unchanged"] == first["recorded"] + first["drafts"]


def test_a_table_without_places_is_refused(folder: Path) -> None:
    """Strength by grade is refused with the reason, in one sentence."""
    ended = run(folder, "import", "--json", "grades.xlsx")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert "not a location table" in ended.stderr
