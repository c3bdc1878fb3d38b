"""Two numbers that make one figure: "2,000-2,500", "between two and three thousand", "100, maybe as many as 150"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally.figures.amounts import Amount, read_amount
from trooptally.figures.figure import MOST_PEOPLE, Figure
from trooptally.figures.found import FoundFigure, hedged
from trooptally.figures.hedges import BOUNDS, LOWER_BOUNDS, UPPER_BOUNDS, read_hedges, read_trailing_hedge
from trooptally.figures.words import word_at
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from trooptally.figures.tokens import Token

ELISION = 1_000
"""What a first number leaves out when it borrows the second's thousands, as in "11 to 12,000"."""

OPENERS = frozenset({"between", "from", "anywhere", "somewhere"})
_JOINERS = frozenset({"-", "to", "or", "through"})
_CONTINUED = frozenset({",", "and", "but", "or"})
_FAR_APART = 10
_YEARS = range(1_900, 2_101)


def read_between(tokens: Sequence[Token], at: int, decimal: str | None) -> FoundFigure | None:
    """Read "between 130,000 and 135,000", "from 2,000 to 2,500", "somewhere between two and three thousand"."""
    at += word_at(tokens, at) in {"anywhere", "somewhere"}
    opener = word_at(tokens, at)
    hedging = read_hedges(tokens, at + 1)
    if opener not in {"between", "from"} or hedging is None:
        return None
    joiners = _JOINERS | {"and"} if opener == "between" else _JOINERS
    # "and" parts the two numbers, unless that makes no range: "between one hundred and fifty and two hundred".
    for joined_by_and in (False, True):
        first = read_amount(tokens, hedging.after, decimal=decimal, joined_by_and=joined_by_and)
        found = first and _read_joined(tokens, hedging.hedge, first, decimal, joiners)
        if found:
            return _perhaps_a_change(found) if opener == "from" else found
    return None


def read_range(tokens: Sequence[Token], hedge: Hedge, first: Amount, decimal: str | None) -> FoundFigure | None:
    """Return the figure that a hedged first number makes with a second, or None where no second belongs to it."""
    if first.flaw or word_at(tokens, first.after) not in _JOINERS | _CONTINUED:
        return None
    return _read_joined(tokens, hedge, first, decimal, _JOINERS) or _read_bound(tokens, hedge, first, decimal)


def _perhaps_a_change(found: FoundFigure) -> FoundFigure:
    doubt = "'from a to b' is read as a range; it may also tell of a change from one level to another"
    return FoundFigure(figure=found.figure, after=found.after, doubt=found.doubt or doubt, flaw=found.flaw)


def _read_joined(
    tokens: Sequence[Token], hedge: Hedge, first: Amount, decimal: str | None, joiners: frozenset[str]
) -> FoundFigure | None:
    """Read "a to b", "a-b", "a or b"; the second number may carry a hedge of its own ("2,000 to about 2,500")."""
    if first.flaw or word_at(tokens, first.after) not in joiners:
        return None
    hedging = read_hedges(tokens, first.after + 1)
    second = read_amount(tokens, hedging.after, decimal=decimal) if hedging else None
    if hedging is None or second is None:
        return None
    if second.flaw:
        return FoundFigure(figure=None, after=second.after, flaw=second.flaw)
    behind = read_trailing_hedge(tokens, second.after)
    hedges = {hedge, hedging.hedge, behind.hedge if behind else Hedge.EXACT}
    after = behind.after if behind else second.after
    return _join(tokens, hedges, first, second, after, unordered=word_at(tokens, first.after) == "or")


def _join(
    tokens: Sequence[Token], hedges: set[Hedge], first: Amount, second: Amount, after: int, *, unordered: bool
) -> FoundFigure | None:
    low, doubt = _restored(first, second)
    high: int | Fraction = second.number
    if unordered and low > high and not second.vague:
        low, high = high, low
    if low > high:
        return None
    figure = _span(low, high, hedges, floor_only=first.vague and second.vague, open_above=second.vague)
    if figure is None:
        return FoundFigure(figure=None, after=after, flaw=f"whole numbers of people up to {MOST_PEOPLE:,}")
    doubts = (
        first.doubt,
        second.doubt,
        doubt,
        _doubt_of_bound(hedges),
        _doubt_of_years(tokens, first, second),
    )
    return FoundFigure(figure=figure, after=after, doubt="; ".join(filter(None, doubts)))


def _span(
    low: int | Fraction, high: int | Fraction, hedges: set[Hedge], *, floor_only: bool, open_above: bool
) -> Figure | None:
    """Return the figure between two numbers, or None where they are no numbers of people."""
    if not (isinstance(low, int) and isinstance(high, int) and high <= MOST_PEOPLE):
        return None
    if floor_only:
        return hedged(Hedge.VAGUE, low)
    if open_above or hedges & LOWER_BOUNDS:
        return hedged(Hedge.AT_LEAST, low)
    return Figure(low=low, point=None, high=high, hedge=Hedge.RANGE)


def _restored(first: Amount, second: Amount) -> tuple[int | Fraction, str]:
    """Return the first number with what it leaves to the second: "11 to 12,000", "two or three thousand"."""
    if first.scale > 1 or first.vague or second.vague:
        return first.number, ""
    if second.scale > 1:
        shared = first.number * second.scale
        return (_whole(shared), "") if shared <= second.number else (first.number, "")
    restored = _whole(first.number * ELISION)
    if not 0 < restored < second.number:
        return first.number, ""
    far = restored * _FAR_APART <= second.number
    return restored, f"the first number is read as {restored:,}, in thousands like the second" if far else ""


def _whole(number: int | Fraction) -> int | Fraction:
    return int(number) if number.denominator == 1 else number


def _doubt_of_bound(hedges: set[Hedge]) -> str:
    return "the words set only an upper bound for both numbers" if hedges & UPPER_BOUNDS else ""


def _doubt_of_years(tokens: Sequence[Token], first: Amount, second: Amount) -> str:
    """Return the doubt that "2006-2007" may be years; people are rarely printed so without a comma."""
    printed = tokens[first.after - 1].text, tokens[second.after - 1].text
    years = all(text.isdigit() and int(text) in _YEARS for text in printed if len(text) == len("2006"))
    return "both numbers may be years" if years and all(len(text) == len("2006") for text in printed) else ""


def _read_bound(tokens: Sequence[Token], hedge: Hedge, first: Amount, decimal: str | None) -> FoundFigure | None:
    """Read what adds a bound: "about 2,000, maybe as many as 2,500", "more than 2,000 but fewer than 3,000"."""
    start = first.after
    while word_at(tokens, start) in _CONTINUED:
        start += 1
    hedging = read_hedges(tokens, start) if start > first.after else None
    if hedging is None or hedging.hedge not in BOUNDS:
        return None
    lower = hedging.hedge in LOWER_BOUNDS
    second = read_amount(tokens, hedging.after, decimal=decimal)
    if second is None or second.flaw or lower is not (hedge in UPPER_BOUNDS):
        return None
    low, high = (second.number, first.number) if lower else (first.number, second.number)
    figure = _span(low, high, set(), floor_only=False, open_above=False) if low <= high else None
    doubt = "; ".join(filter(None, (first.doubt, second.doubt)))
    return FoundFigure(figure=figure, after=second.after, doubt=doubt) if figure else None
