"""What a reader finds among tokens: a figure, or a number that cannot be one."""

from __future__ import annotations

from dataclasses import dataclass

from trooptally.figures.figure import Figure
from trooptally.figures.hedges import UPPER_BOUNDS
from trooptally.vocabulary import Hedge


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFigure:
    """A figure among tokens.

    Attributes:
        figure: What the words state, or None where a number stands here that cannot be one ("171,00").
        after: Index of the first token that is no part of it.
        doubt: How else the print could be read, or empty.
        flaw: What was expected, where `figure` is None.
    """

    figure: Figure | None
    after: int
    doubt: str = ""
    flaw: str = ""


def hedged(hedge: Hedge, number: int) -> Figure:
    """Return the figure that one number and its hedge make."""
    return Figure(
        low=None if hedge in UPPER_BOUNDS or hedge is Hedge.APPROXIMATE else number,
        point=number if hedge in {Hedge.EXACT, Hedge.APPROXIMATE} else None,
        high=number if hedge in UPPER_BOUNDS or hedge is Hedge.EXACT else None,
        hedge=hedge,
    )
