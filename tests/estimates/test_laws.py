"""What no claims table may break: echoes, rotations and order change nothing; a band is never upside down."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trooptally.estimates import Estimates, estimate, method_names

Written = Callable[..., pd.DataFrame]
Row = dict[str, Any]

HEDGES = ("exact", "approximate", "at_least", "more_than", "up_to", "fewer_than", "vague")
MEASURES = ("present", "planned", "deploying", "withdrawing", "rotating", "authorized", "committed")

DAYS = st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(date.isoformat)
ROWS = st.fixed_dictionaries(
    {
        "n": st.one_of(st.just(0), st.integers(0, 10**7)),
        "hedge": st.sampled_from(HEDGES),
        "on": DAYS,
        "measure": st.sampled_from(MEASURES),
        "origin": st.sampled_from(("a", "b", "c", "d")),
    }
)
DELAYS = st.lists(st.integers(0, 14), max_size=30)


def asked(claims: pd.DataFrame, method: str = "grid", **question: Any) -> Estimates:
    """Return an estimate for the force and place that the tests write about."""
    return estimate(claims, force="USA", place="IRQ", method=method, **question)


def bands(claims: pd.DataFrame, **question: Any) -> list[list[int]]:
    """Return low, best and high of every point."""
    rows: list[list[int]] = asked(claims, **question).frame[["low", "best", "high"]].to_numpy().tolist()
    return rows


@pytest.fixture(scope="module")
def war(written: Written) -> pd.DataFrame:
    """A short series with every kind of claim."""
    return written(
        {"n": 5200, "on": "2020-09-09", "hedge": "approximate", "origin": "general"},
        {
            "n": 3000,
            "on": "2020-09-30",
            "measure": "planned",
            "origin": "general",
            "published_on": "2020-09-09",
        },
        {"n": 2500, "on": "2021-01-15", "origin": "secretary"},
        {"n": 2500, "on": "2021-09-20", "hedge": "approximate", "origin": "administration"},
        {"n": 500, "on": "2020-12-01", "measure": "withdrawing", "origin": "wire"},
        {"n": 5000, "on": "2020-06-01", "measure": "authorized", "origin": "ministry"},
    )


@pytest.mark.parametrize("method", method_names())
def test_thirty_echoes_of_one_origin_change_nothing(war: pd.DataFrame, method: str) -> None:
    """Thirty copies of one statement, printed in the four weeks after it, move no figure by one person."""
    echoes = pd.concat([war.iloc[[3]]] * 30, ignore_index=True)
    echoes["claim_id"] = [f"echo{n:028d}" for n in range(30)]
    echoes["source"] = [f"site-{n}" for n in range(30)]
    echoes["published_on"] = [(date(2021, 9, 20) + timedelta(days=n % 28)).isoformat() for n in range(30)]
    question = {"start": "2020-06", "end": "2022-06", "method": method}
    assert bands(pd.concat([echoes, war]), **question) == bands(war, **question)


def test_an_unattributed_copy_of_a_fresh_figure_changes_nothing(war: pd.DataFrame) -> None:
    """A site that prints the same figure ten days later and names nobody is taken for an echo."""
    copy = war.iloc[[3]].assign(claim_id="copy", source="site", origin="site", attributed_to="")
    copy = copy.assign(as_of_earliest="2021-09-30", as_of_latest="2021-09-30", published_on="2021-09-30")
    question = {"start": "2020-06", "end": "2022-06"}
    assert bands(pd.concat([war, copy]), **question) == bands(war, **question)


@pytest.mark.parametrize("method", method_names())
def test_a_marked_rotation_changes_nothing(war: pd.DataFrame, written: Written, method: str) -> None:
    """Two thousand who relieve two thousand leave the level where it was, exactly."""
    rotation = written({"n": 2000, "on": "2021-09", "measure": "rotating", "origin": "nyt", "claim_id": "rotation"})
    question = {"start": "2020-06", "end": "2022-06", "method": method}
    assert bands(pd.concat([war, rotation]), **question) == bands(war, **question)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=12), seed=st.integers(0, 2**16))
def test_the_order_of_entry_changes_nothing(written: Written, rows: list[Row], seed: int) -> None:
    """The same claims in any order give the same bytes."""
    claims = written(*rows)
    shuffled = claims.sample(frac=1, random_state=seed)
    one, other = asked(claims, every="year"), asked(shuffled, every="year")
    assert one.frame.to_json() == other.frame.to_json()
    assert one.records() == other.records()


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(ROWS, min_size=1, max_size=8), which=st.integers(0, 7), late=st.lists(st.integers(0, 14), max_size=30)
)
def test_echoes_of_any_claim_change_nothing(written: Written, rows: list[Row], which: int, late: list[int]) -> None:
    """Whatever was claimed, copies of one claim in the fortnight after it, labelled or not, move no figure at all."""
    claims = written(*rows)
    first = claims.iloc[[which % len(rows)]]
    day = date.fromisoformat(first["published_on"].iloc[0])
    copies = [
        first.assign(claim_id=f"copy-{n}", source=f"site-{n}", published_on=(day + timedelta(days=days)).isoformat())
        for n, days in enumerate(late)
    ]
    assert bands(pd.concat([claims, *copies]), every="year") == bands(claims, every="year")


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=8), turn=ROWS)
def test_a_marked_rotation_never_counts(written: Written, rows: list[Row], turn: Row) -> None:
    """Whatever was claimed, a rotation of any size on any day, by any source, moves no figure at all."""
    claims = written(*rows)
    rotation = written({**turn, "measure": "rotating", "claim_id": "rotation"})
    assert bands(pd.concat([claims, rotation]), every="year") == bands(claims, every="year")


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROWS, max_size=10), method=st.sampled_from(method_names()), on=DAYS)
def test_any_claims_give_a_sane_band_or_a_reason(written: Written, rows: list[Row], method: str, on: str) -> None:
    """Whatever was claimed, the answer is 0 <= low <= best <= high, or an empty frame with a sentence."""
    claims = written(*rows) if rows else written({"n": 1, "on": "2020-01-01"}).iloc[:0]
    answer = asked(claims, method, on=on)
    if answer.enough:
        row = answer.frame.iloc[0]
        assert 0 <= row["low"] <= row["best"] <= row["high"] <= 10**11
        assert sum(entry["weight"] for entry in answer.evidence[0]) == pytest.approx(1, abs=0.02)
    else:
        assert answer.frame.empty
        assert answer.reason.endswith(".")


def test_the_same_claims_give_the_same_bytes(war: pd.DataFrame) -> None:
    """Asked twice, the records are equal to the last digit."""
    assert asked(war).records() == asked(war.copy()).records()


def test_more_points_change_no_point(war: pd.DataFrame) -> None:
    """A day's answer does not depend on which other days are asked for."""
    alone = bands(war, on="2021-03-31")
    among = asked(war, start="2020-01", end="2022-12", every="day").frame
    assert among[among["date"] == date(2021, 3, 31)][["low", "best", "high"]].to_numpy().tolist() == alone


def test_what_carries_no_weight_changes_nothing(war: pd.DataFrame, written: Written) -> None:
    """Drafts, rejected, deprecated and missing claims, pledges, parts, other components and places do not count."""
    noise = written(
        {"n": 90000, "on": "2021-05-01", "status": "draft"},
        {"n": 90000, "on": "2021-05-01", "status": "rejected"},
        {"n": 90000, "on": "2021-05-01", "rank": "deprecated"},
        {"n": 0, "on": "2021-05-01", "missing_reason": "withheld"},
        {"n": None, "on": "2021-05-01"},
        {"n": 90000, "on": "2021-05-01", "measure": "committed"},
        {"n": 90000, "on": "2021-05-01", "measure": "other_strength"},
        {"n": 90000, "on": "2021-05-01", "component": "contractor"},
        {"n": 90000, "on": "2021-05-01", "part": "ARMY"},
        {"n": 90000, "on": "2021-05-01", "place": "SYR"},
        {"n": 90000, "on": "2021-05-01", "force": "GBR"},
        {"n": 90000, "on": "2021-05-01", "basis": "permanently_assigned"},
    )
    noise["claim_id"] = [f"noise-{n}" for n in range(len(noise))]
    mixed = pd.concat([noise.astype(object), war.astype(object)])
    assert bands(mixed, every="week") == bands(war, every="week")


def test_random_order_of_columns_is_welcome(war: pd.DataFrame) -> None:
    """A table whose columns stand in another order gives the same answer."""
    names = list(war.columns)
    random.Random(7).shuffle(names)  # noqa: S311 - a shuffle in a test guards no secret
    assert bands(war[names]) == bands(war)
