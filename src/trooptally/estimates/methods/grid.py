"""The grid filter: an exact Bayesian smoother on a lattice of levels that mostly stand still and sometimes jump."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Array, Bands, shared
from trooptally.estimates.lattice import Lattice
from trooptally.estimates.likelihoods import Evidence, Sightings, sightings
from trooptally.estimates.movements import Movement
from trooptally.estimates.origins import Kind, Origin
from trooptally.estimates.settings import GridSettings
from trooptally.estimates.smoothing import Path, Smoothed, smooth, steps_of

TITLE = "grid filter"
COVERAGE = 0.9

_MOST_STEPS = 600
_MOVING = (Kind.ARRIVAL, Kind.DEPARTURE)
_FLOW_FORCE = 0.25


def answer(origins: Sequence[Origin], days: NDArray[np.int64], settings: GridSettings | None = None) -> Bands:
    """Return 5, 50 and 95 per cent of the level on each day."""
    chosen = settings or GridSettings()
    model = _Model(origins, chosen)
    model.learn()
    smoothed = model.smoothed(chosen)
    seen = model.lattice.smear(smoothed.at(days.astype(np.float64)), chosen.floor)
    low, best, high = model.lattice.quantiles(seen, (0.05, 0.5, 0.95)).T
    wrong = model.wrong(smoothed)
    return Bands(
        low=low,
        best=best,
        high=high,
        weights=model.weights(smoothed, seen, days, wrong),
        wrong=wrong,
        offsets=np.exp(model.evidence.offset),
    )


@dataclass(slots=True)
class _Calendar:
    """Which step of the path each sighting and each movement falls on."""

    days: Array
    steps: NDArray[np.int64]
    moving: dict[int, int]


class _Model:
    """One series on its lattice, with what has been learned about its sources so far."""

    def __init__(self, origins: Sequence[Origin], settings: GridSettings) -> None:
        self.origins = origins
        self.settings = settings
        self.lattice = Lattice(max(origin.claim.high or origin.size for origin in origins), settings)
        self.evidence = Evidence(origins, self.lattice, settings)
        self.seen = sightings(origins, settings)
        self.calendar = _calendar(origins, self.seen)
        self.levels = np.flatnonzero(self.evidence.kinds == Kind.LEVEL.value)
        self._movements = {
            step: Movement(origins[number], self.lattice, settings)
            for step, number in self.calendar.moving.items()
        }

    def smoothed(self, settings: GridSettings) -> Smoothed:
        """Return the messages under the regimes of the settings given."""
        self.evidence.settings = settings
        count = len(self.calendar.days)
        logs = self.evidence.log_chances(self.seen, self.calendar.steps, count)
        chances = np.exp(logs - logs.max(axis=(1, 2), keepdims=True))
        path = Path(days=self.calendar.days, chances=chances, movements=self._movements)
        lattice = self.lattice.slower_and_faster(settings)
        return smooth(path, lattice, np.outer(settings.volatility_priors, settings.noise_priors))

    def learn(self) -> None:
        """Learn the sources' offsets and which figures look stale, in passes under one regime."""
        plain = replace(
            self.settings, volatilities=(1.0,), volatility_priors=(1.0,), noises=(1.0,), noise_priors=(1.0,)
        )
        for _ in range(self.settings.house_passes):
            smoothed = self.smoothed(plain)
            where = smoothed.at_steps()[self._step_of_level()]
            wrong = self.wrong(smoothed)[self.levels]
            self.evidence.offset[self.levels] = self._offsets(where @ self.lattice.cells, wrong)
            self.evidence.stale[self.levels] = self._staleness(smoothed)

    def _step_of_level(self) -> NDArray[np.int64]:
        """Return one step per origin that states a level: the middle one of those it is seen at."""
        middle = np.empty(len(self.origins), dtype=np.int64)
        ends = np.searchsorted(self.seen.origin, np.arange(len(self.origins)), side="right")
        starts = np.searchsorted(self.seen.origin, np.arange(len(self.origins)), side="left")
        known = ends > starts
        middle[known] = self.calendar.steps[(starts[known] + ends[known] - 1) // 2]
        return middle[self.levels]

    def _offsets(self, expected: Array, wrong: Array) -> Array:
        """Return each origin's source offset, shrunk to 0; a source with one figure has none."""
        houses = np.array([self.origins[number].claim.origin for number in self.levels])
        _, house, count = np.unique(houses, return_inverse=True, return_counts=True)
        rows = self.levels
        force = (1 - wrong) / (1.81 * self.evidence.shoulder[rows]) ** 2
        off = force * (self.evidence.middle[rows] - expected)
        total = np.bincount(house, force) + 1 / self.settings.house**2
        shift = np.where(count > 1, np.bincount(house, off) / total, 0.0)
        return np.asarray(shift[house], dtype=np.float64)

    def _staleness(self, smoothed: Smoothed) -> Array:
        """Return how well each figure would fit the level of an earlier time."""
        earlier = np.array([self.origins[n].middle for n in self.levels]) - self.settings.stale_days
        past = smoothed.at(earlier.astype(np.float64))
        return np.asarray((past * self.evidence.core(self.levels, 1.0)).sum(axis=1), dtype=np.float64)

    def wrong(self, smoothed: Smoothed) -> Array:
        """Return the chance that each stated level is wrong, given all the others; NaN for other kinds."""
        chances = np.full(len(self.origins), np.nan)
        rows = self.levels
        all_say = self.evidence.chances(rows, 1.0)
        others = smoothed.at_steps()[self._step_of_level()] / all_say
        total = (others * all_say).sum(axis=1)
        bad = self.settings.wrong * (others * self.evidence.wrong(rows)).sum(axis=1)
        chances[rows] = bad / total
        return chances

    def weights(self, smoothed: Smoothed, seen: Array, days: NDArray[np.int64], wrong: Array) -> Array:
        """Return each origin's share in each day's answer.

        A share is force times precision times the chance that the figure is right, times how much the level's
        distribution on its day has in common with that of the day asked, less with time.
        """
        middles = np.array([origin.middle for origin in self.origins], dtype=np.float64)
        where = self.lattice.smear(smoothed.at(middles), self.settings.floor)
        common = np.sqrt(_unit(seen)) @ np.sqrt(_unit(where)).T
        apart = np.abs(days[:, None] - middles[None, :]) / self.settings.jump_days
        width = (self.evidence.high - self.evidence.low) ** 2 / 12 + (1.81 * self.evidence.shoulder) ** 2
        force = np.bincount(self.seen.origin, self.seen.force, len(self.origins))
        force[force == 0] = _FLOW_FORCE
        right = np.where(np.isnan(wrong), _FLOW_FORCE, 1 - wrong)
        return shared(common**2 * np.exp(-apart) * (force * right / width)[None, :])


def _calendar(origins: Sequence[Origin], seen: Sightings) -> _Calendar:
    """Lay sightings and movements out in steps; a movement stands before the sightings of its day."""
    moving = [number for number, origin in enumerate(origins) if origin.kind in _MOVING]
    moved = np.array([origins[number].middle for number in moving], dtype=np.int64)
    bins, width = steps_of(np.concatenate([seen.day, moved]), _MOST_STEPS)
    sighted, flows = bins[: len(seen.day)], bins[len(seen.day) :]
    keys = sorted({(int(day), 1, 0) for day in sighted} | {(int(day), 0, n) for n, day in enumerate(flows)})
    place = {key: step for step, key in enumerate(keys)}
    return _Calendar(
        days=np.array([key[0] * width + (width - 1) / 2 for key in keys]),
        steps=np.array([place[int(day), 1, 0] for day in sighted], dtype=np.int64),
        moving={place[int(day), 0, n]: moving[n] for n, day in enumerate(flows)},
    )


def _unit(chances: Array) -> Array:
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)
