"""The real tables, imported by the program and read back from the ledger: every cell that can be checked."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from support.program import run

Row = dict[str, str]
Asked = Callable[..., list[Row]]

TABLES = (
    "DMDC_Website_Location_Report_2512.xlsx",
    "DOD-by-loc_2010-09-30.xlsx",
    "DoD_Worldwide_US_Military_Personnel.Report_1950_1999.xlsx",
    "troopdata-rebuild-reports.csv",
)
REFUSED = ("DMDC_Website_Location_Report_2512_converted.csv", "June1968.xls", "AD_Strengths_FY2013-FY2015.xlsx")


def program(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a ledger, in the ledger's folder."""
    return run(Path(url.removeprefix("sqlite:///")).parent, "--db", url, *arguments)


@pytest.fixture(scope="module")
def imported(real_data: Path, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger into which all real tables were imported, by its URL."""
    path = tmp_path_factory.mktemp("official") / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{path}"
    ended = program(url, "import", "--json", *[str(real_data / "official" / name) for name in TABLES])
    assert ended.returncode == 0, ended.stderr
    for line in ended.stdout.splitlines():
        receipt = orjson.loads(line)
        taken = receipt["recorded"] + receipt["unchanged"] + receipt["drafts"]
        named = receipt["totals_checked"] + sum(receipt["ignored"].values()) + receipt["refused"]
        assert receipt["seen"] == taken + named
    return url


@pytest.fixture(scope="module")
def listed(imported: str) -> list[Row]:
    """Every claim on American forces that the program lists."""
    ended = program(imported, "claims", "--force", "USA", "--format", "csv")
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout)))


@pytest.fixture
def asked(listed: list[Row]) -> Asked:
    """Pick claims by place, as-of, component and part; None for any part."""

    def ask(place: str, as_of: str, component: str = "", part: str | None = "") -> list[Row]:
        return [
            row
            for row in listed
            if (row["place"], row["as_of"]) == (place, as_of)
            and component in ("", row["component"])
            and part in (None, row["part"])
        ]

    return ask


def numbers(rows: list[Row], source: str) -> set[str]:
    """Return the numbers of one source, empty for none."""
    return {row["point"] for row in rows if row["source"] == source}


def test_one_import_holds_every_cell(asked: Asked) -> None:
    """Levels, branches, components and countries of the official tables are there as printed."""
    dmdc, dod = "Defense Manpower Data Center", "U.S. Department of Defense"
    assert numbers(asked("DEU", "2025-12-31", "active"), dmdc) == {"36436"}
    assert "22727" in numbers(asked("DEU", "2025-12-31", "active", "ARMY"), dmdc)
    assert "212" in numbers(asked("DEU", "2025-12-31", "active", "SPACE FORCE"), dmdc)
    assert numbers(asked("US-GA", "2025-12-31", "active"), dmdc) == {"65142"}
    assert numbers(asked("GEO", "2025-12-31", "active"), dmdc) == {"24"}
    assert numbers(asked("AFG", "2010-09-30", "active"), dmdc) == {"81875"}
    assert numbers(asked("AFG", "2010-09-30", "active", "ARMY"), dmdc) == {"50164"}
    iraq = {row["component"]: row["point"] for row in asked("IRQ", "2010-09-30") if row["source"] == dmdc}
    assert iraq == {"active": "38591", "reserve": "9364", "civilian": "1786"}
    for place in ("IRQ", "SYR", "AFG"):
        assert not numbers(asked(place, "2025-12-31", part=None), dmdc)
    assert numbers(asked("VNM", "1968", "military"), dod) == {"537377"}
    assert numbers(asked("KOR", "1953", "military"), dod) == {"326863"}
    assert numbers(asked("DEU", "1990", "military"), dod) == {"227586"}
    gone = [row for row in asked("VNM", "1975") if row["source"] == dod]
    assert [(row["point"], row["missing_reason"]) for row in gone] == [("", "not_available")]


def test_the_compilation_tells_no_false_zero(asked: Asked) -> None:
    """Iraq from 2003 to 2007 has no level of 0, and withheld figures are missing."""
    for year in range(2003, 2008):
        rows = asked("IRQ", f"{year}-09", part=None)
        assert rows
        assert {row["point"] for row in rows} == {""}
        assert {row["missing_reason"] for row in rows} == {"see_elsewhere"}
    for place in ("IRQ", "SYR"):
        assert {row["missing_reason"] for row in asked(place, "2021-09")} == {"withheld"}
    assert [row["point"] for row in asked("ZWE", "2013-09", "active")] == ["8"]
    army = asked("USA", "2023-06", "active", "ARMY")
    assert [(row["point"], row["status"]) for row in army] == [("404114", "draft")]
    vietnam = asked("VNM", "1969-09", "active")
    assert [row["point"] for row in vietnam] == ["510054"]


def test_importing_again_adds_nothing(imported: str, real_data: Path) -> None:
    """The second import of every table finds all of it there."""
    ended = program(imported, "import", "--json", *[str(real_data / "official" / name) for name in TABLES])
    for line in ended.stdout.splitlines():
        receipt = orjson.loads(line)
        assert (receipt["recorded"], receipt["drafts"], receipt["revised"]) == (0, 0, {})


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_location_table_is_refused(imported: str, real_data: Path, name: str) -> None:
    """One clear sentence and exit status 1; nothing half read."""
    ended = program(imported, "import", str(real_data / "official" / name))
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
