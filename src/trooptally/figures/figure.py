"""The figure: a number of people as printed, with how firmly it was printed and its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from trooptally.errors import BadFigure
from trooptally.vocabulary import Hedge

MOST_PEOPLE = 100_000_000
"""No army ever counted more; a larger number is a mistake of the print or of the reader."""

VAGUE_FLOORS = {
    2: "a few",
    20: "tens",
    24: "dozens",
    40: "scores",
    200: "hundreds",
    2_000: "thousands",
    20_000: "tens of thousands",
    200_000: "hundreds of thousands",
    2_000_000: "millions",
    20_000_000: "tens of millions",
}
"""The least that each vague word can mean, with the word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of people as printed; low <= point <= high, and each is None where the print does not say it.

    Attributes:
        low: The least that the words allow; "more than 5,000" has 5,000 here.
        point: The number named, where one is named as the number itself.
        high: The most that the words allow; "fewer than 300" has 300 here.
        hedge: How firmly the words state it. It fixes which bounds there are: `exact` has all three and equal;
            `approximate` the point (and bounds where the report adds them); `at_least`, `more_than` and `vague` the
            low; `up_to` and `fewer_than` the high; `range` low and high.

    Raises:
        BadFigure: the numbers are not whole, negative, too large, out of order or do not fit the hedge.
    """

    low: int | None
    point: int | None
    high: int | None
    hedge: Hedge

    def __post_init__(self) -> None:
        expected = broken_law(self.low, self.point, self.high, self.hedge)
        if expected:
            raise BadFigure(_spelled(self.low, self.point, self.high, self.hedge), expected)

    @classmethod
    def bounded(cls, *, low: int | None = None, point: int | None = None, high: int | None = None) -> Figure:
        """Return the figure that three numbers from a form describe; which of them are given decides the hedge.

        Raises:
            BadFigure: none is given, or they break the law of figures.
        """
        return cls(low=low, point=point, high=high, hedge=_hedge_of(low, point, high))


def _hedge_of(low: int | None, point: int | None, high: int | None) -> Hedge:
    """Return the hedge whose bounds these are; a combination that fits none is left to the law to refuse."""
    if point is not None:
        return Hedge.EXACT if low == point == high else Hedge.APPROXIMATE
    if low is not None:
        return Hedge.AT_LEAST if high is None else Hedge.RANGE
    return Hedge.UP_TO if high is not None else Hedge.EXACT


def broken_law(low: int | None, point: int | None, high: int | None, hedge: Hedge) -> str:
    """Return what the law that these numbers break expects, or nothing where they keep the law."""
    ordered = []
    for number in (low, point, high):
        if number is not None:
            if not isinstance(number, int) or isinstance(number, bool):
                return "whole numbers of people"
            if not 0 <= number <= MOST_PEOPLE:
                return f"between 0 and {MOST_PEOPLE:,} people"
            ordered.append(number)
    if ordered != sorted(ordered):
        return "low <= point <= high"
    return "" if _bounds_fit(low, point, high, hedge) else _BOUNDS_EXPECTED[hedge]


def _bounds_fit(low: int | None, point: int | None, high: int | None, hedge: Hedge) -> bool:  # noqa: PLR0911  # one return for each kind of hedge
    match hedge:
        case Hedge.EXACT:
            return low is not None and low == point == high
        case Hedge.APPROXIMATE:
            return point is not None and not (low == point == high)
        case Hedge.AT_LEAST | Hedge.MORE_THAN:
            return low is not None and point is None and high is None
        case Hedge.UP_TO:
            return high is not None and low is None and point is None
        case Hedge.FEWER_THAN:
            return bool(high) and low is None and point is None
        case Hedge.RANGE:
            return low is not None and high is not None and point is None
        case Hedge.VAGUE:
            return low in VAGUE_FLOORS and point is None and high is None
        case _:
            assert_never(hedge)


_BOUNDS_EXPECTED = {
    Hedge.EXACT: "for an exact figure low, point and high to be one number",
    Hedge.APPROXIMATE: "for an approximate figure a point, with bounds that leave room around it or none",
    Hedge.AT_LEAST: "for 'at least' a low and nothing else",
    Hedge.MORE_THAN: "for 'more than' a low and nothing else",
    Hedge.UP_TO: "for 'up to' a high and nothing else",
    Hedge.FEWER_THAN: "for 'fewer than' a high above zero and nothing else",
    Hedge.RANGE: "for a range a low and a high, without a point",
    Hedge.VAGUE: "for a vague figure the floor of a vague word (dozens 24, hundreds 200, thousands 2,000) as low",
}


def _spelled(low: int | None, point: int | None, high: int | None, hedge: Hedge) -> str:
    return f"low {low}, point {point}, high {high} ({hedge})"
