"""What an announced movement does to the chances of levels: it may happen, and then moves most of its number."""

from __future__ import annotations

import numpy as np

from trooptally.estimates.lattice import Array, Lattice, to_level, to_log
from trooptally.estimates.origins import Kind, Origin
from trooptally.estimates.settings import GridSettings

_ENOUGH = 0.9


class Movement:
    """One arrival or departure on a lattice.

    Who announces that n leave says that about n are there: the cells below lose their chance of the movement.
    """

    def __init__(self, origin: Origin, lattice: Lattice, settings: GridSettings) -> None:
        sign = 1.0 if origin.kind == Kind.ARRIVAL else -1.0
        people = origin.size * np.array(settings.moved)[:, None]
        levels = to_level(lattice.cells)[None, :]
        goal = (to_log(np.maximum(levels + sign * people, 0.0)) - lattice.cells[0]) / lattice.step
        goal = np.clip(goal, 0.0, len(lattice) - 1.0)
        self._left = np.minimum(goal.astype(np.int64), len(lattice) - 2)
        self._share = goal - self._left
        possible = np.ones_like(goal) if sign > 0 else (levels >= _ENOUGH * people).astype(np.float64)
        self._chance = settings.executed * possible / len(settings.moved)
        self._not = 1.0 - settings.executed

    def forward(self, now: Array) -> Array:
        """Return the distribution after the movement; what it lacks to 1 is evidence against the start."""
        rows = now.reshape(-1, now.shape[-1])
        moved = np.stack([self._landed(row) for row in rows]).reshape(now.shape)
        return np.asarray(self._not * now + moved, dtype=np.float64)

    def backward(self, now: Array) -> Array:
        """Return what the time after the movement says about the time before."""
        arrived = (1 - self._share) * now[..., self._left] + self._share * now[..., self._left + 1]
        return np.asarray(self._not * now + (arrived * self._chance).sum(axis=-2), dtype=np.float64)

    def _landed(self, row: Array) -> Array:
        weight = self._chance * row
        cells = len(row)
        low = np.bincount(self._left.ravel(), ((1 - self._share) * weight).ravel(), cells)
        high = np.bincount(self._left.ravel() + 1, (self._share * weight).ravel(), cells)
        return np.asarray(low + high, dtype=np.float64)
