"""For comparison only: the newest figure, with its hedge as bounds; no interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Bands, levels_among, unsure
from trooptally.estimates.origins import Origin
from trooptally.estimates.plateaus import plateau

TITLE = "last report"
COVERAGE: float | None = None


def answer(origins: Sequence[Origin], days: NDArray[np.int64]) -> Bands:
    """Return the newest figure up to each day, or the oldest one before any."""
    used = levels_among(origins)
    middles = np.array([origins[n].middle for n in used])
    newest = used[np.maximum(np.searchsorted(middles, days, side="right") - 1, 0)]
    spans = np.array([plateau(origins[n].claim) for n in newest])
    best = np.array([origins[n].size for n in newest])
    weights = np.zeros((len(days), len(origins)))
    weights[np.arange(len(days)), newest] = 1.0
    wrong, offsets = unsure(origins)
    low, high = np.minimum(spans[:, 0], best), np.maximum(spans[:, 1], best)
    return Bands(low=low, best=best, high=high, weights=weights, wrong=wrong, offsets=offsets)
