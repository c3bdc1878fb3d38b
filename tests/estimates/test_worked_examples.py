"""The examples of the documentation, from the shipped facts: Iraq in 2021, Syria at the end of 2017."""

from __future__ import annotations

import json
from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest

from support.program import run
from trooptally.estimates import estimate, influences
from trooptally.ledger import Ledger
from trooptally.vocabulary import Status

REPOSITORY = Path(__file__).parents[2]
BENCH = REPOSITORY / "bench" / "backtest"
PAGE = REPOSITORY / "docs" / "estimates.md"


@pytest.fixture(scope="module")
def starter() -> pd.DataFrame:
    """The shipped claims as a claims table."""
    table: pd.DataFrame = run_path(str(BENCH / "starter.py"))["starter_claims"]()
    return table


def test_iraq_in_september_2021_is_about_2500(starter: pd.DataFrame) -> None:
    """About 2,500, never 4,500: the 2,000 are a rotation, and five copies of one story are one origin."""
    answer = estimate(starter, force="USA", place="IRQ", on="2021-09-20")
    row = answer.frame.iloc[0]
    assert 2300 <= row["best"] <= 2700
    assert 1500 < row["low"] < row["high"] < 4500
    without_rotation = starter[starter["measure"] != "rotating"]
    assert estimate(without_rotation, force="USA", place="IRQ", on="2021-09-20").records() == answer.records()
    heaviest = answer.evidence[0][0]
    echoes = [entry for entry in answer.evidence[0] if entry.get("echo_of") == heaviest["claim_id"]]
    assert len(echoes) == 4


def test_syria_at_the_end_of_2017_is_disputed(starter: pd.DataFrame) -> None:
    """A count of 1,720, "about 500", "about 4,000" and 2,000 within weeks: the band is wide, and names them all."""
    answer = estimate(starter, force="USA", place="SYR", on="2017-11-30")
    row = answer.frame.iloc[0]
    assert row["high"] > 3 * row["low"]
    assert 1500 < row["best"] < 2200
    disputed = [entry for entry in answer.evidence[0] if entry.get("p_wrong", 0) > 0.3]
    assert len(disputed) >= 2


def test_iraq_in_2013_is_not_known(starter: pd.DataFrame) -> None:
    """Nobody said that they had left: two years of silence are a band from dozens to tens of thousands."""
    row = estimate(starter, force="USA", place="IRQ", on="2013-06-30").frame.iloc[0]
    assert row["high"] > 50 * row["low"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's ledger, as the page's reader would make it."""
    here = tmp_path_factory.mktemp("page")
    assert run(here, "demo", "--no-serve").returncode == 0
    return here


@pytest.mark.parametrize(("place", "on"), [("IRQ", "2021-09-20"), ("SYR", "2017-11-30"), ("IRQ", "2013-06-30")])
def test_the_page_prints_what_the_program_answers(folder: Path, place: str, on: str) -> None:
    """Every figure of the page's examples is what today's program prints of the demo's ledger."""
    asked = ("--force", "USA", "--place", place, "--on", on, "--format", "json")
    (row,) = json.loads(run(folder, "estimate", *asked).stdout)
    printed = f"| {place}, {on} | {row['low']:,} | **{row['best']:,}** | {row['high']:,} |"
    assert printed in PAGE.read_text(encoding="utf-8")


def test_the_pages_weights_and_influences_are_the_programs(folder: Path) -> None:
    """The shares, moves, ratios and chances of being wrong in the page's prose are those of today's program."""
    page = PAGE.read_text(encoding="utf-8").replace("\n", " ")
    with Ledger.open(f"sqlite:///{folder / 'trooptally.db'}", read_only=True) as ledger:
        claims = ledger.claims(force="USA", status=(Status.ACCEPTED,))
    answer = estimate(claims, force="USA", place="IRQ", on="2021-09-20")
    heard = [entry for entry in answer.evidence[0] if "echo_of" not in entry]
    first, second, third = (round(100 * entry["weight"]) for entry in heard[:3])
    assert f"one origin, with {first} per cent" in page
    assert f"{second} per cent rest on the acting secretary" in page
    assert f"{third} on the general's plan" in page
    (moved,) = influences(answer, on="2021-09-20", most=1)
    assert f"{moved.best_moves} higher and the band {moved.band_ratio:.1f} times" in page
    evidence = estimate(claims, force="USA", place="SYR", on="2017-11-30").evidence[0]
    wrong = sorted((entry.get("p_wrong", 0) for entry in evidence if entry["weight"] > 0.02), reverse=True)
    assert f"about something else, with a chance of {100 * wrong[0]:.0f} per cent" in page
    assert f"with a chance of {100 * wrong[1]:.0f} per cent, repeats" in page
