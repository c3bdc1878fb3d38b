"""For comparison only: the smallest and the largest figure within 550 days; no interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Bands, levels_among, shared, unsure
from trooptally.estimates.origins import Origin
from trooptally.estimates.plateaus import plateau

TITLE = "smallest to largest"
COVERAGE: float | None = None

_WITHIN = 550


def answer(origins: Sequence[Origin], days: NDArray[np.int64]) -> Bands:
    """Return the extremes and the median of the figures near each day, or the nearest figure where none is."""
    used = levels_among(origins)
    apart = np.abs(days[:, None] - np.array([origins[n].middle for n in used])[None, :])
    near = apart <= np.maximum(_WITHIN, apart.min(axis=1, keepdims=True))
    spans = np.array([plateau(origins[n].claim) for n in used])
    sizes = np.array([origins[n].size for n in used])
    low = np.where(near, spans[None, :, 0], np.inf).min(axis=1)
    high = np.where(near, spans[None, :, 1], -np.inf).max(axis=1)
    best = np.nanmedian(np.where(near, sizes[None, :], np.nan), axis=1)
    weights = np.zeros((len(days), len(origins)))
    weights[:, used] = near
    wrong, offsets = unsure(origins)
    return Bands(low=low, best=best, high=high, weights=shared(weights), wrong=wrong, offsets=offsets)
