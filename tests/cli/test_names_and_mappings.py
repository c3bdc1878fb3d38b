"""Names that nobody knows, issues as a file, and mappings, through the program."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

import orjson
import pytest

from support.program import run
from support.workbooks import counts, location_rows, sheet_bytes

TABLE = "Country,Year,Troops\nMali,2019,600\nIvory Cost,2019,900\nChad,2019,..\nTotal,2019,1500\n"


@pytest.fixture
def folder(sqlite_url: str) -> Path:
    """A folder with a ledger and two tables, each with a place that no list carries."""
    home = Path(sqlite_url.removeprefix("sqlite:///")).parent
    Path(sqlite_url.removeprefix("sqlite:///")).rename(home / "trooptally.db")
    rows: list[list[Any]] = [
        ["OVERSEAS", "GERMANY", *counts(7)],
        [None, "GERMNAY", *counts(5)],
        [None, "ITLAY", *counts(4)],
    ]
    (home / "locations.xlsx").write_bytes(sheet_bytes(location_rows(rows)))
    (home / "table.csv").write_text(TABLE, encoding="utf-8")
    return home


def written_mapping(folder: Path) -> None:
    """Draft a mapping with the program, and say what it leaves empty."""
    ended = run(folder, "import", "--suggest-mapping", "table.csv")
    assert ended.returncode == 0, ended.stderr
    drafted = ended.stdout.replace('publisher = ""', 'publisher = "Ministry of Somewhere"')
    drafted = drafted.replace('force = ""', 'force = "FRA"').replace('# ".." =', '".." =')
    (folder / "table.toml").write_text(drafted, encoding="utf-8")


def test_a_mapping_is_drafted_by_looking(folder: Path) -> None:
    """The draft is TOML that names the columns, the totals and what is left to say; nothing is recorded."""
    drafted = tomllib.loads(run(folder, "import", "--suggest-mapping", "table.csv").stdout)
    assert drafted["columns"] == {"as_of": "Year", "place": "Country", "figure": "Troops"}
    assert drafted["fixed"]["force"] == ""
    assert drafted["totals"]["rows"] == ["Total"]
    assert run(folder, "claims", "--format", "csv").stdout.count("\n") == 1


def test_a_drafted_mapping_reads_the_table(folder: Path) -> None:
    """With what a person adds, the drafted mapping imports the table; its claims wait, and the unknown name is told."""
    written_mapping(folder)
    ended = run(folder, "import", "--mapping", "table.toml", "--json", "table.csv")
    assert ended.returncode == 0, ended.stderr
    receipt = orjson.loads(ended.stdout)
    assert (receipt["importer"], receipt["drafts"], receipt["refused"]) == ("general-table", 2, 1)
    assert receipt["totals_checked"] == 1
    assert any("'Ivory Cost' is no place" in issue["message"] for issue in receipt["issues"])


def test_every_unknown_name_of_a_batch_is_shown_once(folder: Path) -> None:
    """The list names each unknown place with the nearest known ones."""
    ended = run(folder, "names", "locations.xlsx")
    assert ended.returncode == 0, ended.stderr
    assert "GERMNAY" in ended.stdout
    assert "Germany" in ended.stdout
    assert "ITLAY" in ended.stdout


def test_decisions_come_back_as_a_list(folder: Path) -> None:
    """The CSV of unknown names, its targets filled in, makes the next import complete."""
    listed = run(folder, "names", "--csv", "locations.xlsx")
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert {row["printed"] for row in rows} == {"GERMNAY", "ITLAY"}
    meant = {"GERMNAY": "", "ITLAY": "Italy"}
    with (folder / "decisions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {"target": meant[row["printed"]]} for row in rows)
    ended = run(folder, "import", "--json", "--decisions", "decisions.csv", "locations.xlsx")
    receipt = orjson.loads(ended.stdout)
    assert receipt["refused"] == len(counts())
    assert [issue["message"] for issue in receipt["issues"] if issue["severity"] == "error"] == [
        "'GERMNAY' is no place this ledger knows; the nearest known are Germany, East Germany; its row was left out"
    ]
    assert "ITA" in run(folder, "claims", "--place", "Italy", "--format", "csv").stdout


@pytest.mark.parametrize("bad", ["kind,printed\nplace,x\n", "kind,printed,target\nplace,x,Atlantis\n"])
def test_bad_decisions_are_one_sentence(folder: Path, bad: str) -> None:
    """A list without its columns, or with a target that nobody knows, is refused."""
    (folder / "decisions.csv").write_text(bad, encoding="utf-8")
    ended = run(folder, "import", "--decisions", "decisions.csv", "locations.xlsx")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)


def test_issues_are_written_as_a_file(folder: Path) -> None:
    """Every issue stands in the CSV with its document, severity and place, safe for a spreadsheet."""
    ended = run(folder, "import", "--dry-run", "--issues", "issues.csv", "locations.xlsx")
    assert ended.returncode == 0, ended.stderr
    with (folder / "issues.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["path"] for row in rows} == {"locations.xlsx"}
    assert sum(row["severity"] == "error" for row in rows) == 2
    assert all(row["locator"] and row["message"] for row in rows)


def test_a_batch_whose_names_are_known_says_so(folder: Path) -> None:
    """Nothing to decide is said in a sentence, or as an empty list."""
    rows = [["OVERSEAS", "GERMANY", *counts(7)]]
    (folder / "locations.xlsx").write_bytes(sheet_bytes(location_rows(rows)))
    assert run(folder, "names", "locations.xlsx").stdout == "Every name is known.\n"
    assert run(folder, "names", "--csv", "locations.xlsx").stdout.count("\n") == 1
