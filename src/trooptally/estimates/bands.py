"""What every method answers: a low, a best and a high per day, and how much each origin had to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.origins import Kind, Origin

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """The answer of a method for some days.

    Attributes:
        low: Lower end, in people, one per day.
        best: The single number, one per day.
        high: Upper end, one per day.
        weights: Share of each origin in each day's answer, (days, origins); rows sum to 1.
        wrong: Chance that each origin's figure is wrong or about something else; NaN where a method cannot say.
        offsets: How far each origin's source is taken to lie off, as a ratio (1.05: five per cent too high).
    """

    low: Array
    best: Array
    high: Array
    weights: Array
    wrong: Array
    offsets: Array


class Method(Protocol):
    """A file in `trooptally.estimates.methods`: a name for people, a nominal coverage and one verb."""

    TITLE: str
    COVERAGE: float | None

    def answer(self, origins: Sequence[Origin], days: NDArray[np.int64]) -> Bands:
        """Return the bands of a series for the days asked."""
        ...


def unsure(origins: Sequence[Origin]) -> tuple[Array, Array]:
    """Return chances of being wrong (unknown) and offsets (none) for methods that learn neither."""
    return np.full(len(origins), np.nan), np.ones(len(origins))


def levels_among(origins: Sequence[Origin]) -> NDArray[np.int64]:
    """Return the positions of the origins that state a level."""
    return np.array([n for n, origin in enumerate(origins) if origin.kind == Kind.LEVEL], dtype=np.int64)


def shared(weights: Array) -> Array:
    """Return weights whose rows sum to 1 (or are all 0)."""
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0), dtype=np.float64)
