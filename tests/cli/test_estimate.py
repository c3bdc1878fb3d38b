"""`trooptally estimate`: a band with its evidence, or a sentence that says why there is none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support.program import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's ledger."""
    here = tmp_path_factory.mktemp("estimates")
    assert run(here, "demo", "--no-serve").returncode == 0
    return here


def test_the_rotation_is_no_level(folder: Path) -> None:
    """Iraq in September 2021 is about 2,500: the 2,000 who rotate in are nowhere in the evidence."""
    done = run(folder, "estimate", "--force", "USA", "--place", "Iraq", "--on", "2021-09-20", "--format", "json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert row["low"] <= 2500 <= row["high"]
    assert abs(row["best"] - 2500) < 250
    listed = run(folder, "claims", "--measure", "rotating", "--format", "json")
    rotations = {claim["claim_id"] for claim in json.loads(listed.stdout)}
    weights = {entry["claim_id"]: entry["weight"] for entry in row["evidence"]}
    assert not any(weights.get(claim_id) for claim_id in rotations)


def test_a_series_has_the_contracts_columns(folder: Path) -> None:
    """A span of months comes as CSV with one row a month, never negative and never upside down."""
    done = run(folder, "estimate", "--force", "USA", "--place", "SYR", "--from", "2017-09", "--to", "2018-03")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == ["date", "low", "best", "high", "level", "origins", "claims", "method"]
    assert len(rows) == 7
    assert all(0 <= int(row["low"]) <= int(row["best"]) <= int(row["high"]) for row in rows)


def test_no_claims_no_estimate(folder: Path) -> None:
    """Where nobody reported anything there is an empty table and a sentence, never a zero."""
    done = run(folder, "estimate", "--force", "USA", "--place", "Mongolia")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "no accepted claim" in done.stderr


def test_before_the_ledger_knew_there_is_no_estimate(folder: Path) -> None:
    """As known on a day before anything was recorded, there is no estimate and a sentence that says so."""
    asked = ("--force", "USA", "--place", "IRQ", "--on", "2021-09-20", "--known-at", "2020-01-01T00:00:00Z")
    done = run(folder, "estimate", *asked)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert "no accepted claim" in done.stderr


def test_every_series_at_once_says_what_each_says_alone(folder: Path) -> None:
    """All series come as one table under their keys, and a series in it reads as it does when asked for alone."""
    done = run(folder, "estimate", "--all", "--force", "USA", "--every", "year", "--to", "2020")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0])[:6] == ["force", "place", "component", "basis", "date", "low"]
    assert {"IRQ", "DEU"} <= {row["place"] for row in rows}
    asked = ("--force", "USA", "--place", "SYR", "--every", "year", "--to", "2020", "--format", "csv")
    alone = list(csv.DictReader(io.StringIO(run(folder, "estimate", *asked).stdout)))
    key = {"force": "USA", "place": "SYR", "component": "military", "basis": ""}
    assert [row for row in rows if key.items() <= row.items()] == [{**key, **row} for row in alone]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ((), "--all"),
        (("--force", "USA"), "--place"),
        (("--all", "--component", "active"), "every component"),
        (("--all", "--format", "json"), "CSV"),
    ],
)
def test_one_series_or_all_of_them(folder: Path, flags: tuple[str, ...], words: str) -> None:
    """A question that names half a key, or narrows all series in a way it cannot, is bad usage."""
    done = run(folder, "estimate", *flags)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_bad_question_about_everything_is_refused_at_once(folder: Path) -> None:
    """An unknown method ends in a sentence before any series is begun."""
    done = run(folder, "estimate", "--all", "--method", "guess")
    assert done.returncode == 1
    assert "guess" in done.stderr


@pytest.mark.parametrize(
    ("flags", "status", "words"),
    [
        (("--place", "Irak"), 1, "Iraq"),
        (("--place", "IRQ", "--on", "2021-13-01"), 1, "not a date"),
        (("--place", "IRQ", "--every", "fortnight"), 1, "no step"),
        (("--place", "IRQ", "--method", "guess"), 1, "guess"),
        (("--place", "IRQ", "--known-at", "2999-01-01"), 1, "not come yet"),
        (("--place", "IRQ", "--on", "2021", "--to", "2022"), 2, "either"),
    ],
)
def test_a_bad_question_ends_in_a_sentence(folder: Path, flags: tuple[str, ...], status: int, words: str) -> None:
    """Unknown names, days, steps and methods are refused in one sentence."""
    done = run(folder, "estimate", "--force", "USA", *flags)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
