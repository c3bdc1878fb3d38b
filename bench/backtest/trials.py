"""Stress: one trait of the press made worse at a time. Invariants: what must not move at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from press import Climate, simulate

from trooptally.estimates import estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truth import Truth

BASE = Climate()
CLIMATES = {
    "base": BASE,
    "noise x 2": replace(BASE, noise=0.18),
    "15 % gross errors": replace(BASE, gross=0.15),
    "60 % stale": replace(BASE, stale=0.6),
    "echoes x 6": replace(BASE, echoes=9.0),
    "official understates 20 %, 40 % of claims": replace(BASE, official=0.4, official_bias=float(np.log(0.8))),
    "plans always cancelled": replace(BASE, cancelled=1.0, flows=0.2),
    "40 % rotations, half unmarked": replace(BASE, rotations=0.4, unmarked=0.5, flows=0.05),
    "clean press": Climate(noise=0.02, gross=0, stale=0, echoes=0, unlabelled=0, cancelled=0, unmarked=0),
}


def invariants(truths: Sequence[Truth], seed: int) -> dict[str, float]:
    """Return by how much, at most and in per cent, the best estimate, low or high moves where nothing may move."""
    worst = dict.fromkeys(("30 echoes of one story", "a marked rotation", "another order of entry"), 0.0)
    worst["the same rotation, mislabelled as a deployment"] = 0.0
    for truth in truths:
        case = simulate(truth, 25, seed)
        claims, asked = case.claims, {"force": "USA", "place": truth.country, "every": "quarter"}
        before = _bands(claims, asked)
        changed = {
            "30 echoes of one story": pd.concat([claims, _echoes(claims)]),
            "a marked rotation": pd.concat([claims, _rotation(claims, "rotating")]),
            "another order of entry": claims.sample(frac=1, random_state=seed),
            "the same rotation, mislabelled as a deployment": pd.concat([claims, _rotation(claims, "deploying")]),
        }
        for name, table in changed.items():
            after = _bands(table, asked)
            columns = slice(None) if "mislabelled" not in name else slice(1, 2)
            moved = np.abs(after - before)[:, columns] / np.maximum(before[:, columns], 1)
            share = float(np.median(moved)) if "mislabelled" in name else float(moved.max())
            worst[name] = max(worst[name], 100 * share)
    return worst


def _bands(claims: pd.DataFrame, asked: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    frame = estimate(claims, **asked).frame
    return frame[["low", "best", "high"]].to_numpy(dtype=np.float64)


def _echoes(claims: pd.DataFrame) -> pd.DataFrame:
    """Return thirty copies of the middle story, printed over the following days."""
    story = claims[claims["measure"] == "present"].iloc[[len(claims) // 2 - len(claims) // 4]]
    copies = pd.concat([story] * 30, ignore_index=True)
    first = date.fromisoformat(str(story["published_on"].iloc[0]))
    copies["claim_id"] = [f"echo-{n:02d}" for n in range(30)]
    copies["source"] = [f"copy-{n}" for n in range(30)]
    copies["attributed_to"] = story["origin"].iloc[0]
    copies["published_on"] = [(first + timedelta(days=n // 3)).isoformat() for n in range(30)]
    return copies


def _rotation(claims: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return one story of a fifth of the median level, in the middle of the time."""
    levels = claims.loc[claims["measure"] == "present", "point"].dropna()
    middle = claims.iloc[[len(claims) // 2]]
    number = round(0.2 * float(levels.median()))
    return middle.assign(
        claim_id="rotation", measure=measure, low=None, point=number, high=None, hedge="approximate", origin="apart"
    )
