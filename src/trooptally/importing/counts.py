"""What the cells of a row say about the number of people: a figure with its hedge, or why there is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from trooptally.errors import RefusedInput
from trooptally.figures import Figure, parse_figure
from trooptally.importing.cells import Fault, sentence, word_parser
from trooptally.vocabulary import Hedge, MissingReason

_BOTH = "a reason for a missing figure stands beside a figure"

_MISSING_WORDS = {
    "n/a": MissingReason.NOT_AVAILABLE,
    "na": MissingReason.NOT_AVAILABLE,
    "not available": MissingReason.NOT_AVAILABLE,
    "unavailable": MissingReason.NOT_AVAILABLE,
    "withheld": MissingReason.WITHHELD,
    "classified": MissingReason.WITHHELD,
    "not stated": MissingReason.NOT_STATED,
    "unstated": MissingReason.NOT_STATED,
    "unknown": MissingReason.NOT_STATED,
    "undisclosed": MissingReason.WITHHELD,
    "not disclosed": MissingReason.WITHHELD,
}


# One whole number, grouped or not, with at most words around it.
_ONE_NUMBER = re.compile(r"[A-Za-z ]{0,40}([1-9]\d{0,2}(?:,\d{3}){1,2}|[1-9]\d{0,7})[A-Za-z ]{0,40}", re.ASCII)
# How bounds without a figure are printed, here and in exports.
_PRINTED_BOUNDS = re.compile(r"low (\S+), point (\S+), high (\S+)")
_ANY_DIGIT = str.maketrans("0123456789", "7777777777")


class Count(NamedTuple):
    """What the cells of a row say about the number, as a ledger stores it.

    Attributes:
        low: As in `Figure`, likewise `point`, `high` and `hedge`; all None where there is no figure.
        missing_reason: Why there is none.
        printed: The figure as printed; part of the claim's id.
        doubt: Why a person must look at it, or empty.
    """

    low: int | None = None
    point: int | None = None
    high: int | None = None
    hedge: str | None = None
    missing_reason: str | None = None
    printed: str = ""
    doubt: str = ""


def parse_printed(cell: str) -> Count | Fault:
    """Return what one printed figure says; words such as "withheld" say why there is none."""
    counted = _of_known_shape(cell)
    if counted is not None:
        return counted
    plain = cell.casefold().strip(" .*()")
    if plain in _MISSING_WORDS:
        return Count(missing_reason=_MISSING_WORDS[plain].value, printed=cell)
    if plain.startswith("see "):
        return Count(missing_reason=MissingReason.SEE_ELSEWHERE.value, printed=cell)
    try:
        parsed = parse_figure(cell)
    except RefusedInput as err:
        return Fault(column="figure", message=sentence(err))
    return _count(parsed.figure, cell, parsed.doubt)


def parse_count(cells: tuple[str, str, str, str, str, str, str]) -> Count | Fault:
    """Return what figure, low, point, high, hedge, missing_reason and quote of one row say together."""
    figure, low, point, high, hedge, missing, quote = cells
    bounded = bool(low or point or high)
    if found := _PRINTED_BOUNDS.fullmatch(figure):
        spelled = ["" if cell == "-" else cell for cell in found.groups()]
        count = _bounded(spelled[0], spelled[1], spelled[2], hedge)
        return count._replace(printed=figure) if isinstance(count, Count) else count
    if missing:
        return _missing(missing, figure) if not bounded else Fault(column="missing_reason", message=_BOTH)
    if bounded:
        return _agreeing(figure, low, point, high, hedge) if figure else _bounded(low, point, high, hedge)
    if figure or quote:
        return parse_printed(figure or quote)
    return Fault(
        column="figure",
        message="the cell is empty: expected a figure (0 is one), or in missing_reason why there is none",
    )


def _missing(cell: str, printed: str) -> Count | Fault:
    """Return why there is no figure; words under figure, such as a starred blank, are kept as printed."""
    said = parse_printed(printed) if printed else None
    if isinstance(said, Count) and said.hedge is not None:
        return Fault(column="missing_reason", message=_BOTH)
    reason = word_parser("missing_reason", MissingReason)(cell)
    return reason if isinstance(reason, Fault) else Count(missing_reason=reason, printed=printed)


def _agreeing(figure: str, low: str, point: str, high: str, hedge: str) -> Count | Fault:
    said, stated = parse_printed(figure), _bounded(low, point, high, hedge)
    if isinstance(said, Fault) or isinstance(stated, Fault):
        return said if isinstance(said, Fault) else stated
    given = {(said.low, stated.low), (said.point, stated.point), (said.high, stated.high)}
    if any(theirs is not None and theirs != ours for ours, theirs in given):
        beside = f"low {low or '-'}, point {point or '-'}, high {high or '-'}"
        doubt = f"the figure {figure!r} and the numbers beside it ({beside}) differ; the figure was taken"
        return _count(_figure_of(said), figure, doubt) if said.hedge else Fault(column="figure", message=doubt)
    return said


def _figure_of(count: Count) -> Figure:
    return Figure(low=count.low, point=count.point, high=count.high, hedge=Hedge(count.hedge or ""))


def _bounded(low: str, point: str, high: str, hedge: str) -> Count | Fault:
    numbers: dict[str, int | None] = {}
    for column, cell in (("low", low), ("point", point), ("high", high)):
        number = _whole(column, cell)
        if isinstance(number, Fault):
            return number
        numbers[column] = number
    word = word_parser("hedge", Hedge)(hedge) if hedge else None
    if isinstance(word, Fault):
        return word
    try:
        figure = Figure(**numbers, hedge=Hedge(word)) if word else Figure.bounded(**numbers)
    except RefusedInput as err:
        return Fault(column="low, point, high", message=sentence(err))
    return _count(figure, f"low {low or '-'}, point {point or '-'}, high {high or '-'}", "")


def _whole(column: str, cell: str) -> int | Fault | None:
    if not cell:
        return None
    count = parse_printed(cell)
    if isinstance(count, Fault):
        return Fault(column=column, message=count.message)
    if count.hedge != Hedge.EXACT.value or count.doubt:
        return Fault(column=column, message=f"{cell!r} is not one plain number; put hedged words under figure")
    return count.point


def _count(figure: Figure, printed: str, doubt: str) -> Count:
    return Count(figure.low, figure.point, figure.high, figure.hedge.value, None, printed, doubt)


def _of_known_shape(cell: str) -> Count | None:
    """Return what a cell says whose shape ("about 7,777") was parsed before; None where that does not tell.

    A million rows have a hundred thousand numbers, but only a few dozen ways to print one.
    """
    found = _ONE_NUMBER.fullmatch(cell)
    if found is None:
        return None
    shape = _meaning_of_shape(cell.translate(_ANY_DIGIT))
    if shape is None:
        return None
    low, point, high, hedge = shape
    number = int(found[1].replace(",", ""))
    return Count(number if low else None, number if point else None, number if high else None, hedge, None, cell)


@lru_cache(maxsize=4_096)
def _meaning_of_shape(shape: str) -> tuple[bool, bool, bool, str] | None:
    """Return which bounds the one number of a shape is, and its hedge; None where it is not simply that number."""
    found = _ONE_NUMBER.fullmatch(shape)
    try:
        parsed = parse_figure(shape)
    except RefusedInput:
        return None
    figure = parsed.figure
    bounds = (figure.low, figure.point, figure.high)
    if parsed.doubt or found is None or {*bounds} - {None, int(found[1].replace(",", ""))}:
        return None
    low, point, high = (bound is not None for bound in bounds)
    return low, point, high, figure.hedge.value
