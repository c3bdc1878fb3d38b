"""What each origin says about the level, as chances over the cells of a lattice.

An origin's figure is a plateau with soft shoulders; with a small chance the figure is wrong or about something else.
A plan is that with a coin's toss, a ceiling and a floor are soft and doubtful edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.lattice import Array, Lattice, to_log
from trooptally.estimates.origins import Kind, Origin
from trooptally.estimates.plateaus import plateau
from trooptally.estimates.settings import GridSettings

_NARROWEST = 0.01
_LONG_SPAN = 120
_MOST_SIGHTINGS = 12
_MONTHS_APART = 90
_FLOOR_HOLDS = 0.9
_BLOCK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Origins that speak of a level, as columns; an origin about years is seen at several days with less force.

    Attributes:
        origin: Position of the origin in the sequence given.
        day: The day it speaks of.
        force: The power its chances are raised to.
    """

    origin: NDArray[np.int64]
    day: NDArray[np.int64]
    force: Array


def sightings(origins: Sequence[Origin], settings: GridSettings, earlier: NDArray[np.int64] | None = None) -> Sightings:
    """Return when each origin that is no movement speaks, and with what force.

    Args:
        origins: The origins.
        settings: What we believe about crowds of origins.
        earlier: By how many days each origin's figure is older than it says, if that has been learned.
    """
    found = [
        (number, day, 1.0 / len(days))
        for number, origin in enumerate(origins)
        if origin.kind not in (Kind.ARRIVAL, Kind.DEPARTURE)
        for days in [_days(origin)]
        for day in days
    ]
    number = np.array([each[0] for each in found], dtype=np.int64)
    day = np.array([each[1] for each in found], dtype=np.int64)
    shares = np.array([each[2] for each in found], dtype=np.float64)
    if earlier is not None:
        day = day - earlier[number]
    return Sightings(origin=number, day=day, force=shares * _crowding(origins, settings)[number])


def _days(origin: Origin) -> list[int]:
    span = origin.claim.latest - origin.claim.earliest
    if span <= _LONG_SPAN:
        return [origin.middle]
    parts = min(_MOST_SIGHTINGS, -(-span // _MONTHS_APART))
    return [origin.claim.earliest + span * (2 * part + 1) // (2 * parts) for part in range(parts)]


def _crowding(origins: Sequence[Origin], settings: GridSettings) -> Array:
    """Return how much of its force each origin keeps among its neighbours in time."""
    middles = np.array([origin.middle for origin in origins], dtype=np.float64)
    counted = np.sort(middles[[origin.kind == Kind.LEVEL for origin in origins]])
    before = np.searchsorted(counted, middles - settings.design_days, side="left")
    after = np.searchsorted(counted, middles + settings.design_days, side="right")
    return np.asarray(1.0 / (1.0 + settings.design * np.maximum(after - before - 1, 0)), dtype=np.float64)


class Evidence:
    """The chances of every origin over the cells, in one place, with sources' offsets filled in pass by pass."""

    def __init__(self, origins: Sequence[Origin], lattice: Lattice, settings: GridSettings) -> None:
        self.lattice = lattice
        self.settings = settings
        self.kinds = np.array([origin.kind.value for origin in origins])
        spans = np.array([plateau(origin.claim) for origin in origins], dtype=np.float64).reshape(-1, 2)
        self.low, self.high = to_log(spans[:, 0]), to_log(spans[:, 1])
        self.middle = (self.low + self.high) / 2
        undated = np.array([not origin.claim.dated for origin in origins], dtype=np.float64)
        self.shoulder = settings.shoulder + settings.undated * undated
        self.offset = np.zeros(len(origins))

    def core(self, rows: NDArray[np.int64], noise: float) -> Array:
        """Return the density of the plateaus with their shoulders, (rows, cells)."""
        scale = (self.shoulder[rows] * noise)[:, None]
        low, high = self.low[rows, None], self.high[rows, None]
        width = np.maximum(high - low, _NARROWEST)
        centre = (low + high) / 2 - self.offset[rows, None]
        left, right = centre - width / 2, centre + width / 2
        cells = self.lattice.cells[None, :]
        rise, fall = _logistic((cells - left) / scale), _logistic((cells - right) / scale)
        return np.asarray((rise - fall) / width, dtype=np.float64)

    def wrong(self, rows: NDArray[np.int64]) -> Array:
        """Return the density of figures that are wrong or about something else."""
        scale = self.settings.wrong_scale
        off = np.abs(self.lattice.cells[None, :] - self.middle[rows, None])
        return np.asarray(np.exp(-off / scale) / (2 * scale), dtype=np.float64)

    def chances(self, rows: NDArray[np.int64], noise: float) -> Array:
        """Return the likelihood of the level's cells given each origin, (rows, cells)."""
        chances = np.empty((len(rows), len(self.lattice)))
        for kind in np.unique(self.kinds[rows]):
            chosen = self.kinds[rows] == kind
            chances[chosen] = self._of_kind(Kind(kind), rows[chosen], noise)
        return chances

    def _of_kind(self, kind: Kind, rows: NDArray[np.int64], noise: float) -> Array:
        settings = self.settings
        match kind:
            case Kind.PLAN:
                flat = 1.0 / (len(self.lattice) * self.lattice.step)
                return settings.planned * self.core(rows, noise) + (1 - settings.planned) * flat
            case Kind.CEILING:
                under = _logistic((self.high[rows, None] - self.lattice.cells) / self.shoulder[rows, None])
                return settings.ceiling * under + (1 - settings.ceiling)
            case Kind.FLOOR:
                over = _logistic((self.lattice.cells - self.low[rows, None]) / self.shoulder[rows, None])
                return _FLOOR_HOLDS * over + (1 - _FLOOR_HOLDS)
            case _:
                return (1 - settings.wrong) * self.core(rows, noise) + settings.wrong * self.wrong(rows)

    def log_chances(self, seen: Sightings, steps: NDArray[np.int64], count: int) -> Array:
        """Return the log likelihood of each of `count` steps in time, (steps, noises, cells)."""
        total = np.zeros((count, len(self.settings.noises), len(self.lattice)))
        for start in range(0, len(steps), _BLOCK):
            block = slice(start, start + _BLOCK)
            for number, noise in enumerate(self.settings.noises):
                logs = seen.force[block, None] * np.log(self.chances(seen.origin[block], noise))
                np.add.at(total[:, number], steps[block], logs)
        return total


def _logistic(x: Array) -> Array:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)), dtype=np.float64)
