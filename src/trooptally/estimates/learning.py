"""What a first pass teaches: which sources lie off, and which figures are older than they look."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.fitting import Fit, blocks
from trooptally.estimates.lattice import Array
from trooptally.estimates.origins import NAMELESS
from trooptally.estimates.smoothing import Smoothed

LOGISTIC_SD = 1.81
"""Standard deviation of a logistic distribution of scale 1."""


def learn(fit: Fit) -> None:
    """Learn the sources' offsets and the figures' ages, in passes under one regime."""
    plain = replace(fit.settings, volatilities=(1.0,), volatility_priors=(1.0,), noises=(1.0,), noise_priors=(1.0,))
    for _ in range(fit.settings.house_passes):
        smoothed = fit.smoothed(plain)
        fit.evidence.offset[fit.levels] = _offsets(fit, smoothed)
        fit.redate(_ages(fit, smoothed))


def _offsets(fit: Fit, smoothed: Smoothed) -> Array:
    """Return each stated level's source offset, shrunk to 0; a source with one figure, or without a name, has none."""
    rows = fit.levels
    expected = (smoothed.at_steps() @ fit.lattice.cells)[fit.steps[rows]]
    _, house, count = np.unique(_houses(fit), return_inverse=True, return_counts=True)
    force = (1 - fit.wrong(smoothed)[rows]) / (LOGISTIC_SD * fit.evidence.shoulder[rows]) ** 2
    off = np.bincount(house, force * (fit.evidence.middle[rows] - expected))
    shift = np.where(count > 1, off / (np.bincount(house, force) + 1 / fit.settings.house**2), 0.0)
    return np.asarray(shift[house], dtype=np.float64)


def _houses(fit: Fit) -> NDArray[np.str_]:
    claims = [fit.origins[number].claim for number in fit.levels.tolist()]
    return np.array([claim.claim_id if claim.origin in NAMELESS else claim.origin for claim in claims])


def _ages(fit: Fit, smoothed: Smoothed) -> NDArray[np.int64]:
    """Return how much older than it says each figure is, where it fits an earlier level far better than its own.

    Only figures known by nothing but their day of print can be older.
    """
    found = np.zeros(len(fit.origins), dtype=np.int64)
    fresh = np.array([n for n in fit.levels.tolist() if fit.origins[n].claim.fresh], dtype=np.int64)
    ages = np.array((0.0, *fit.settings.ages))
    share = fit.settings.stale / len(fit.settings.ages)
    prior = np.where(ages == 0, 1 - fit.settings.stale, share)
    where = smoothed.at_steps()
    for rows in blocks(fresh):
        core = fit.evidence.core(rows, 1.0)
        fits = [_fit_of_others(fit, where, rows, core)]
        fits += [(fit.on(smoothed, fit.middles[rows] - int(age)) * core).sum(axis=1) for age in ages[1:]]
        found[rows] = ages[np.argmax(np.array(fits) * prior[:, None], axis=0)].astype(np.int64)
    return found


def _fit_of_others(fit: Fit, where: Array, rows: NDArray[np.int64], core: Array) -> Array:
    """Return how well each figure fits what all the others say about its day."""
    others = where[fit.steps[rows]] / fit.evidence.chances(rows, 1.0)
    return np.asarray((others * core).sum(axis=1) / others.sum(axis=1), dtype=np.float64)
