"""What a printed figure may stand for, and what happens when the first method has no number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trooptally.estimates import estimate
from trooptally.estimates.methods import grid
from trooptally.estimates.plateaus import half_unit, plateau
from trooptally.estimates.series import select

Written = Callable[..., pd.DataFrame]


@pytest.mark.parametrize(
    ("number", "half"),
    [(2000, 500), (2500, 250), (1720, 5), (1723, 0.5), (36436, 0.5), (28500, 250), (0, 0.5), (5, 2.5)],
)
def test_half_the_unit_a_number_was_rounded_to(number: int, half: float) -> None:
    """A trailing 5 is half a unit of the next digit; a number without trailing zeros is counted to the man."""
    assert half_unit(number) == half


def span(written: Written, **row: Any) -> tuple[float, float]:
    """Return the plateau of one claim."""
    (claim,) = select(written({"on": "2020-01-01", **row}), force="USA", place="IRQ").claims
    return plateau(claim)


def test_hedges_lean_their_way(written: Written) -> None:
    """More than starts at the number, up to ends there, a range is what it says, about is wider than exact."""
    assert span(written, n=5000, hedge="more_than")[0] == 5000
    assert span(written, n=5000, hedge="at_least")[1] > span(written, n=5000, hedge="more_than")[1]
    assert span(written, n=900, hedge="up_to")[1] == 900
    assert span(written, n=200, hedge="vague")[1] >= 600
    assert span(written, low=2000, high=2500, point=None, hedge="range") == (2000, 2500)
    assert span(written, low=200, high=900, point=None, hedge="vague") == (200, 900)
    exact, about = span(written, n=1723), span(written, n=1723, hedge="approximate")
    assert about[1] - about[0] > exact[1] - exact[0]


@settings(deadline=None)
@given(number=st.integers(0, 10**9), hedge=st.sampled_from(("exact", "approximate", "at_least", "up_to", "vague")))
def test_no_plateau_is_upside_down_or_negative(written: Written, number: int, hedge: str) -> None:
    """Every figure of every hedge stands for a span of numbers of people."""
    low, high = span(written, n=number, hedge=hedge)
    assert 0 <= low <= high


def test_the_second_opinion_steps_in(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the grid filter has no finite answer, the local level gives it, and the frame says so."""
    whole = grid.answer
    monkeypatch.setattr(grid, "answer", lambda *asked: replace(whole(*asked), best=np.array([np.nan])))
    answer = estimate(written({"n": 900, "on": "2020-01-01"}), force="USA", place="IRQ", on="2020-01-01")
    assert answer.method == "student"
    assert answer.frame["method"].tolist() == ["student"]
