"""How good a band is: errors on log(level + 10), the share of truths inside, and the interval score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVEL = 0.9
_DRAWS = 1000
_OFFSET = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of one method in one table."""

    method: str
    points: int
    male: float
    relative: float
    inside: float
    inside_low: float
    inside_high: float
    width: float
    interval_score: float
    milliseconds: float


def measured(
    low: NDArray[np.float64], best: NDArray[np.float64], high: NDArray[np.float64], truth: NDArray[np.float64]
) -> pd.DataFrame:
    """Return error, relative error, inside, width and interval score of every point."""
    down, middle, up, goal = (np.log(np.asarray(each, float) + _OFFSET) for each in (low, best, high, truth))
    missed = np.maximum(down - goal, 0) + np.maximum(goal - up, 0)
    return pd.DataFrame(
        {
            "error": np.abs(middle - goal),
            "relative": np.abs(best - truth) / np.maximum(truth, 1),
            "inside": missed <= 1e-9,
            "width": up - down,
            "interval_score": up - down + 2 / (1 - LEVEL) * missed,
        }
    )


def summed_up(method: str, points: pd.DataFrame, milliseconds: float) -> Score:
    """Return the scores of all points, the share inside with a bootstrap over countries."""
    low, high = _country_bootstrap(points)
    return Score(
        method=method,
        points=len(points),
        male=float(points["error"].mean()),
        relative=float(points["relative"].median()),
        inside=float(points["inside"].mean()),
        inside_low=low,
        inside_high=high,
        width=float(points["width"].median()),
        interval_score=float(points["interval_score"].mean()),
        milliseconds=milliseconds,
    )


def _country_bootstrap(points: pd.DataFrame) -> tuple[float, float]:
    """Return 95 % bounds of the share inside, countries drawn with replacement."""
    by_country = points.groupby("country")["inside"].agg(["sum", "count"]).to_numpy(dtype=np.float64)
    rng = np.random.default_rng(1)
    drawn = rng.integers(0, len(by_country), (_DRAWS, len(by_country)))
    shares = by_country[drawn, 0].sum(axis=1) / by_country[drawn, 1].sum(axis=1)
    return float(np.quantile(shares, 0.025)), float(np.quantile(shares, 0.975))
