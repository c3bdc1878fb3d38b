"""A rival for comparison: the average of the figures near in time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Bands, levels_among, shared, unsure
from trooptally.estimates.lattice import to_level, to_log
from trooptally.estimates.origins import Origin
from trooptally.estimates.plateaus import plateau
from trooptally.estimates.settings import KernelSettings

TITLE = "kernel average"
COVERAGE = 0.9

_Z90 = 1.6449


def answer(origins: Sequence[Origin], days: NDArray[np.int64], settings: KernelSettings | None = None) -> Bands:
    """Return the kernel-weighted mean and 90 % from the scatter around it."""
    chosen = settings or KernelSettings()
    used = levels_among(origins)
    said = to_log(np.array([plateau(origins[n].claim) for n in used])).mean(axis=1)
    apart = np.abs(days[:, None] - np.array([origins[n].middle for n in used])[None, :]).astype(np.float64)
    nearest = apart.min(axis=1, keepdims=True)
    share = shared(np.exp(-(apart - nearest) / chosen.days))
    mean = share @ said
    scatter = share @ said**2 - mean**2
    crowd = 1 / (share**2).sum(axis=1)
    variance = scatter * (1 + 1 / crowd) + chosen.floor**2 + chosen.growth * nearest[:, 0]
    reach = _Z90 * np.sqrt(np.maximum(variance, 0.0))
    weights = np.zeros((len(days), len(origins)))
    weights[:, used] = share
    wrong, offsets = unsure(origins)
    low, best, high = (to_level(mean + sign * reach) for sign in (-1.0, 0.0, 1.0))
    return Bands(low=low, best=best, high=high, weights=weights, wrong=wrong, offsets=offsets)
