"""A rival for comparison: the local level of opinion-poll averages, with Gaussian errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Bands
from trooptally.estimates.locallevel import answer_locally
from trooptally.estimates.origins import Origin
from trooptally.estimates.settings import GAUSSIAN, StudentSettings

TITLE = "local level (Gaussian)"
COVERAGE = 0.9


def answer(origins: Sequence[Origin], days: NDArray[np.int64], settings: StudentSettings | None = None) -> Bands:
    """Return mean and 90 % of a level whose claims and steps are normal."""
    return answer_locally(origins, days, settings or GAUSSIAN)
