"""The grid filter: an exact Bayesian smoother on a lattice of levels that mostly stand still and sometimes jump."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Array, Bands, shared
from trooptally.estimates.fitting import Fit, blocks
from trooptally.estimates.learning import LOGISTIC_SD, learn
from trooptally.estimates.origins import Origin
from trooptally.estimates.settings import GridSettings
from trooptally.estimates.smoothing import Smoothed

TITLE = "grid filter"
COVERAGE = 0.9

_MOVEMENT_FORCE = 0.25


def answer(origins: Sequence[Origin], days: NDArray[np.int64], settings: GridSettings | None = None) -> Bands:
    """Return 5, 50 and 95 per cent of the level on each day."""
    chosen = settings or GridSettings()
    fit = Fit(origins, chosen)
    learn(fit)
    smoothed = fit.smoothed(chosen)
    wrong = fit.wrong(smoothed)
    seen = _unit(fit.lattice.smear(fit.on(smoothed, days), chosen.floor))
    low, best, high = fit.lattice.quantiles(_with_dissent(fit, seen, days, wrong), (0.05, 0.5, 0.95)).T
    return Bands(
        low=low,
        best=best,
        high=high,
        weights=_weights(fit, smoothed, seen, days, wrong),
        wrong=wrong,
        offsets=np.exp(fit.evidence.offset),
    )


def _with_dissent(fit: Fit, seen: Array, days: NDArray[np.int64], wrong: Array) -> Array:
    """Return the distributions with a share for those who contradict them near the day, and are held to be wrong.

    The more of the origins around a day are held to be wrong, the less we trust the others to be right.
    """
    said, near = np.zeros_like(seen), np.zeros((len(days), 1))
    for rows in blocks(fit.levels):
        close = np.exp(-np.abs(days[:, None] - fit.middles[None, rows]) / fit.settings.dissent_days)
        said += (close * wrong[rows]) @ (fit.evidence.core(rows, 1.0) * fit.lattice.step)
        near += close.sum(axis=1, keepdims=True)
    share = fit.settings.dissent / (1.0 + near)
    return np.asarray((1 - share * said.sum(axis=1, keepdims=True)) * seen + share * said, dtype=np.float64)


def _weights(fit: Fit, smoothed: Smoothed, seen: Array, days: NDArray[np.int64], wrong: Array) -> Array:
    """Return each origin's share in each day's answer.

    A share is force times precision times the chance that the figure is right, times how much the level's
    distribution on its day has in common with that of the day asked, less with time.
    """
    where = fit.lattice.smear(smoothed.at_steps(), fit.settings.floor)
    common = (np.sqrt(_unit(seen)) @ np.sqrt(_unit(where)).T)[:, fit.steps]
    apart = np.abs(days[:, None] - fit.middles[None, :]) / fit.settings.jump_days
    width = (fit.evidence.high - fit.evidence.low) ** 2 / 12 + (LOGISTIC_SD * fit.evidence.shoulder) ** 2
    force = np.bincount(fit.seen.origin, fit.seen.force, len(fit.origins))
    force[force == 0] = _MOVEMENT_FORCE
    right = np.where(np.isnan(wrong), _MOVEMENT_FORCE, 1 - wrong)
    return shared(common**2 * np.exp(-apart) * (force * right / width)[None, :])


def _unit(chances: Array) -> Array:
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)
