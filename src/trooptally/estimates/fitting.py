"""One series laid out on a lattice: its origins in time, and what is known forward, backward and about each origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.clocks import Clock
from trooptally.estimates.lattice import Array, Lattice
from trooptally.estimates.likelihoods import Evidence, Sightings, sightings
from trooptally.estimates.movements import Movement
from trooptally.estimates.origins import Kind, Origin
from trooptally.estimates.settings import GridSettings
from trooptally.estimates.smoothing import Path, Smoothed, smooth, steps_of

_MOST_STEPS = 600
_BLOCK = 2000
_MIDDLING = 6.0
_MOVING = (Kind.ARRIVAL, Kind.DEPARTURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    """Which step of the path each sighting and each movement falls on."""

    days: Array
    steps: NDArray[np.int64]
    moving: dict[int, int]


class Fit:
    """One series on its lattice, with what has been learned about its sources so far."""

    def __init__(self, origins: Sequence[Origin], settings: GridSettings) -> None:
        self.origins = origins
        self.settings = settings
        self.lattice = Lattice(max(origin.claim.high or origin.size for origin in origins), settings)
        self.evidence = Evidence(origins, self.lattice, settings)
        self.levels = np.flatnonzero(self.evidence.kinds == Kind.LEVEL.value)
        self.middles = np.array([origin.middle for origin in origins], dtype=np.int64)
        self.clock = Clock(self.middles[self.levels], settings.busy)
        self.redate(np.zeros(len(origins), dtype=np.int64))

    def redate(self, earlier: NDArray[np.int64]) -> None:
        """Lay the origins out in time, each by some days older than it says."""
        self.seen = sightings(self.origins, self.settings, earlier)
        self._calendar = _calendar(self.origins, self.seen)
        self._movements = {
            step: Movement(self.origins[number], self.lattice, self.settings)
            for step, number in self._calendar.moving.items()
        }
        self.steps = self._middle_steps()

    def smoothed(self, settings: GridSettings) -> Smoothed:
        """Return the messages under the regimes of the settings given."""
        self.evidence.settings = settings
        logs = self.evidence.log_chances(self.seen, self._calendar.steps, len(self._calendar.days))
        chances = np.exp(logs - logs.max(axis=(1, 2), keepdims=True))
        path = Path(days=self.clock(self._calendar.days), chances=chances, movements=self._movements)
        lattice = self.lattice.slower_and_faster(settings)
        return smooth(path, lattice, np.outer(self._volatility_priors(settings), settings.noise_priors))

    def on(self, smoothed: Smoothed, days: NDArray[np.int64]) -> Array:
        """Return the distribution on any days, (days, cells)."""
        return smoothed.at(self.clock(days.astype(np.float64)))

    def _volatility_priors(self, settings: GridSettings) -> Array:
        """Return the shares of slow and fast regimes: garrisons of tens come and go, armies rarely double in a year."""
        above = float(np.median(self.evidence.middle[self.levels])) - _MIDDLING
        shares = np.array(settings.volatility_priors) * np.array(settings.volatilities) ** (-settings.calm * above)
        return np.asarray(shares / shares.sum(), dtype=np.float64)

    def wrong(self, smoothed: Smoothed) -> Array:
        """Return the chance that each stated level is wrong, given all the others; NaN for other kinds."""
        chances = np.full(len(self.origins), np.nan)
        where = smoothed.at_steps()
        for rows in blocks(self.levels):
            # Taken out at full force, though crowded origins went in with less: nobody vouches for himself.
            others = where[self.steps[rows]] / self.evidence.chances(rows, 1.0)
            bad = self.settings.wrong * (others * self.evidence.wrong(rows)).sum(axis=1)
            chances[rows] = bad / where[self.steps[rows]].sum(axis=1)
        return chances

    def _middle_steps(self) -> NDArray[np.int64]:
        """Return one step per origin: that of its movement, or the middle one of those it is seen at."""
        everyone = np.arange(len(self.origins))
        starts = np.searchsorted(self.seen.origin, everyone, side="left")
        ends = np.searchsorted(self.seen.origin, everyone, side="right")
        middle = np.zeros(len(self.origins), dtype=np.int64)
        seen = ends > starts
        middle[seen] = self._calendar.steps[(starts[seen] + ends[seen] - 1) // 2]
        for step, number in self._calendar.moving.items():
            middle[number] = step
        return middle


def blocks(rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield rows in blocks small enough to hold a distribution for each."""
    for start in range(0, len(rows), _BLOCK):
        yield rows[start : start + _BLOCK]


def _calendar(origins: Sequence[Origin], seen: Sightings) -> _Calendar:
    """Lay sightings and movements out in steps; a movement stands before the sightings of its day."""
    moving = [number for number, origin in enumerate(origins) if origin.kind in _MOVING]
    moved = np.array([origins[number].middle for number in moving], dtype=np.int64)
    bins, width = steps_of(np.concatenate([seen.day, moved]), _MOST_STEPS)
    sighted, flows = bins[: len(seen.day)].tolist(), bins[len(seen.day) :].tolist()
    keys = sorted({(day, 1, 0) for day in sighted} | {(day, 0, n) for n, day in enumerate(flows)})
    place = {key: step for step, key in enumerate(keys)}
    return _Calendar(
        days=np.array([key[0] * width + (width - 1) / 2 for key in keys]),
        steps=np.array([place[day, 1, 0] for day in sighted], dtype=np.int64),
        moving={place[day, 0, n]: moving[n] for n, day in enumerate(flows)},
    )
