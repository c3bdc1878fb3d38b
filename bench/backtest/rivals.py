"""Methods that only the benchmark knows: the last report with a fitted band, and a straight line between reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trooptally.estimates.bands import Bands, levels_among, unsure
from trooptally.estimates.lattice import to_level, to_log
from trooptally.estimates.methods import last_report, student
from trooptally.estimates.settings import StudentSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trooptally.estimates.origins import Origin

PRINTED = StudentSettings(
    claim_scale=0.174,
    claim_freedom=4.50,
    step_scale=0.0121,
    step_freedom=0.85,
    outside=1.35,
    floor=0.067,
    stretch=1.21,
)
"""The Student-t local level tuned for claims as they were printed, echoes and all; its freedom was tuned too."""

USUAL = StudentSettings(
    claim_scale=0.2129,
    claim_freedom=4.0,
    step_scale=0.0183,
    step_freedom=4.0,
    outside=1.00,
    floor=0.1052,
    stretch=1.00,
)
"""The same as it is usually set up, with four degrees of freedom for claims and steps; its scales were tuned."""

BAND_START = 0.3
BAND_GROWTH = 0.02


def last_with_band(
    origins: Sequence[Origin], days: NDArray[np.int64], start: float = BAND_START, growth: float = BAND_GROWTH
) -> Bands:
    """Return the last report with a band that grows with the root of its age; fitted on training countries."""
    last = last_report.answer(origins, days)
    middles = np.array([origin.middle for origin in origins])
    age = np.abs(days - middles[np.argmax(last.weights, axis=1)])
    reach = start + growth * np.sqrt(age)
    log = to_log(last.best)
    return Bands(
        low=to_level(log - reach),
        best=last.best,
        high=to_level(log + reach),
        weights=last.weights,
        wrong=last.wrong,
        offsets=last.offsets,
    )


def student_on_claims(origins: Sequence[Origin], days: NDArray[np.int64]) -> Bands:
    """Return the Student-t local level with the settings that suit uncollapsed claims."""
    return student.answer(origins, days, PRINTED)


def usual_student(origins: Sequence[Origin], days: NDArray[np.int64]) -> Bands:
    """Return the Student-t local level with four degrees of freedom, on uncollapsed claims."""
    return student.answer(origins, days, USUAL)


def straight_line(origins: Sequence[Origin], days: NDArray[np.int64]) -> Bands:
    """Return the straight line between neighbouring reports, which has no band."""
    used = levels_among(origins)
    middles = np.array([origins[n].middle for n in used], dtype=np.float64)
    logs = to_log(np.array([origins[n].size for n in used]))
    best = to_level(np.interp(days, middles, logs))
    weights = np.zeros((len(days), len(origins)))
    wrong, offsets = unsure(origins)
    return Bands(low=best, best=best, high=best, weights=weights, wrong=wrong, offsets=offsets)
