"""The benchmark itself: what counts as truth, a press that writes the same twice, and scores that add up."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

BENCH = Path(__file__).parents[2] / "bench" / "backtest"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that imports a module of the benchmark."""
    monkeypatch.syspath_prepend(str(BENCH))
    return import_module


def test_pointers_and_definitions_are_no_observations(bench: Any, real_data: Path) -> None:
    """Kuwait's 0 of 2005-2007 are pointers, and its count of December 2017 is the start of another series."""
    series = {each.name: each for each in bench("truth").official_truths(real_data)}
    old, new = series["KWT-all_present"], series["KWT-permanently_assigned"]
    assert old.levels.min() > 0
    assert old.days.max() < new.days.min()
    assert (old.levels[-1], new.levels[0]) == (9241, 2082)
    assert len(series) > 70


def test_countries_are_held_out_by_their_name_alone(bench: Any, real_data: Path) -> None:
    """Both eras of a country are on one side of the split, and neither side is small."""
    truths = bench("truth").official_truths(real_data)
    training = {each.country for each in truths if each.training}
    held_out = {each.country for each in truths if not each.training}
    assert not training & held_out
    assert min(len(training), len(held_out)) > 10


def test_the_shipped_facts_make_series_too(bench: Any) -> None:
    """Without the real inputs the benchmark runs on official counts that ship with it."""
    facts = pd.read_csv(BENCH.parent / "backtest_facts.csv")
    facts["day"] = [pd.Timestamp(day).toordinal() for day in facts["on"]]
    assert len(bench("truth").truths_of(facts)) >= 12


def test_the_press_writes_the_same_twice(bench: Any) -> None:
    """A seed gives the same claims; another seed gives others; every claim has a source and a day of print."""
    truth = bench("truth").Truth(
        country="XXX", basis="all_present", days=np.arange(20) * 365 + 720000, levels=np.linspace(900.0, 4000.0, 20)
    )
    simulate = bench("press").simulate
    one, again, other = (simulate(truth, 30, seed).claims for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(other)
    assert one[["source", "origin", "published_on"]].notna().all(axis=None)


def test_the_interval_score_charges_width_and_misses(bench: Any) -> None:
    """A band that holds the truth costs its width; a miss costs twenty times its distance more."""
    low, best, high = np.array([90.0, 90.0]), np.array([100.0, 100.0]), np.array([110.0, 110.0])
    points = bench("scores").measured(low, best, high, np.array([100.0, 230.0]))
    width = np.log(120 / 100)
    assert points["inside"].tolist() == [True, False]
    assert points["interval_score"].to_numpy() == pytest.approx([width, width + 20 * np.log(240 / 120)])
