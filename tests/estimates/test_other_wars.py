"""Real public statements on six other wars, on none of which anything was tuned, against counts that came out apart.

Claims and counts are facts with their source in `wars/`; the counts are never among the claims.
"""

from __future__ import annotations

import csv
from pathlib import Path
from runpy import run_path

import numpy as np
import pandas as pd
import pytest

from trooptally.estimates import estimate

WARS = Path(__file__).parent / "wars"
STARTER = Path(__file__).parents[2] / "bench" / "backtest" / "starter.py"


@pytest.fixture(scope="module")
def points() -> pd.DataFrame:
    """One row per count: the band of its day from the claims alone, and the count."""
    claims: pd.DataFrame = run_path(str(STARTER))["starter_claims"](WARS / "claims.csv")
    found = []
    with (WARS / "truths.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            answer = estimate(claims, force=row["force"], place=row["place"], on=row["on"])
            band = answer.frame.iloc[0][["low", "best", "high"]].to_dict()
            found.append({"war": f"{row['force']} {row['place']}", "level": int(row["level"]), **band})
    return pd.DataFrame(found)


def test_most_counts_lie_in_the_band(points: pd.DataFrame) -> None:
    """Of 23 counts of six wars, at least 19 lie in their 90 % band."""
    inside = (points["low"] <= points["level"]) & (points["level"] <= points["high"])
    assert len(points) == 23
    assert inside.sum() >= 19


def test_no_war_is_missed_altogether(points: pd.DataFrame) -> None:
    """In each war at least half of the counts lie in the band."""
    inside = (points["low"] <= points["level"]) & (points["level"] <= points["high"])
    assert inside.groupby(points["war"]).mean().min() >= 0.5


def test_the_best_estimates_are_near(points: pd.DataFrame) -> None:
    """Half of the best estimates are within a fifth of the count, and the band says more than "somewhere"."""
    off = np.abs(np.log((points["best"] / points["level"]).to_numpy(dtype=float)))
    width = np.log((points["high"] / points["low"].clip(lower=1)).to_numpy(dtype=float))
    assert np.median(off) < np.log(1.2)
    assert np.median(width) < 1.5
