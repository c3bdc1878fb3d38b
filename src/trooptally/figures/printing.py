"""A figure back in words, in the one form that the parser reads as the same figure again."""

from __future__ import annotations

from typing import assert_never

from trooptally.figures.figure import VAGUE_FLOORS, Figure
from trooptally.figures.ranges import ELISION
from trooptally.vocabulary import Hedge


def print_figure(figure: Figure) -> str:  # noqa: PLR0911  # one return for each hedge
    """Return the figure as canonical text ("about 2,500", "2,000-2,500"), which parses back to the same figure."""
    low, point, high = figure.low or 0, figure.point or 0, figure.high or 0
    match figure.hedge:
        case Hedge.EXACT:
            return f"{point:,}"
        case Hedge.APPROXIMATE:
            return f"about {point:,}{_bounds_beside(figure)}"
        case Hedge.AT_LEAST:
            return f"at least {low:,}"
        case Hedge.MORE_THAN:
            return f"more than {low:,}"
        case Hedge.UP_TO:
            return f"up to {high:,}"
        case Hedge.FEWER_THAN:
            return f"fewer than {high:,}"
        case Hedge.RANGE:
            return _range(low, high)
        case Hedge.VAGUE:
            return VAGUE_FLOORS[low]
        case _:
            assert_never(figure.hedge)


def _bounds_beside(figure: Figure) -> str:
    """Return the bounds that stand beside an approximate number, in brackets, or nothing."""
    if figure.low is not None and figure.high is not None:
        return f" ({_range(figure.low, figure.high)})"
    if figure.low is not None:
        return f" (at least {figure.low:,})"
    return "" if figure.high is None else f" (up to {figure.high:,})"


def _range(low: int, high: int) -> str:
    """Return "2,000-2,500", but "at least 11, up to 12,000", because "11-12,000" means 11,000 to 12,000."""
    if 0 < low * ELISION < high:
        return f"at least {low:,}, up to {high:,}"
    return f"{low:,}-{high:,}"
