"""Time as a level lives it: where many speak, much has happened, and a day there counts for more than one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.lattice import Array

_HALF_WIDTH = 100.0


class Clock:
    """Days to lived days: each claim adds some of them, spread evenly over the weeks around it."""

    def __init__(self, middles: NDArray[np.int64], busy: float) -> None:
        self._told = np.sort(middles).astype(np.float64)
        self._sums = np.concatenate([[0.0], np.cumsum(self._told)])
        self._busy = busy

    def __call__(self, days: Array) -> Array:
        """Return the lived days of days; never fewer lie between two of them than have passed."""
        lived = self._busy * (self._since(days + _HALF_WIDTH) - self._since(days - _HALF_WIDTH)) / (2 * _HALF_WIDTH)
        return np.asarray(days + lived, dtype=np.float64)

    def _since(self, days: Array) -> Array:
        """Return the days that have passed since all the claims before, added up."""
        before = np.searchsorted(self._told, days, side="right")
        return np.asarray(before * days - self._sums[before], dtype=np.float64)
