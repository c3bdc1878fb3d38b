"""Columns of printed cells turned into typed ones; each distinct text is parsed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import RefusedInput
from trooptally.figures import Figure, parse_figure
from trooptally.vocabulary import Hedge, MissingReason

Printed = TypeVar("Printed", bound=Hashable)
Parsed = TypeVar("Parsed")
Word = TypeVar("Word", bound=StrEnum)

_MOST_REMEMBERED = 200_000
_EARLIEST = date(1800, 1, 1)
_LATEST = date(2100, 12, 31)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a cell cannot be taken.

    Attributes:
        column: The column to look at, as the form names it.
        message: One sentence: what was found and what was expected.
    """

    column: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
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


class Memo(Generic[Printed, Parsed]):
    """A parser that remembers what it has parsed, within bounds."""

    def __init__(self, parse: Callable[[Printed], Parsed | Fault]) -> None:
        self._parse = parse
        self._known: dict[Printed, Parsed | Fault] = {}
        self.faulty = False

    def column(self, cells: Sequence[Printed]) -> list[Parsed | Fault]:
        """Return every cell parsed, each distinct text once and in the order of the table.

        From the first fault on, `faulty` is true.
        """
        known = self._known
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        for cell in dict.fromkeys(cells):
            if cell not in known:
                known[cell] = parsed = self._parse(cell)
                self.faulty = self.faulty or isinstance(parsed, Fault)
        return [known[cell] for cell in cells]


def word_parser(column: str, words: type[Word], default: Word | None = None) -> Callable[[str], str | Fault]:
    """Return a parser of one closed list, without regard to case and spacing."""

    def parse(cell: str) -> str | Fault:
        plain = cell.casefold().replace(" ", "_").replace("-", "_")
        if not plain and default is not None:
            return default.value
        if plain in list(words):
            return words(plain).value
        found = repr(cell[:60]) if cell else "an empty cell"
        return Fault(column=column, message=f"{found} is none of {', '.join(words)}")

    return parse


def day_parser(column: str) -> Callable[[str], AsOf | Fault | None]:
    """Return a parser of days and periods; an empty cell is None."""

    def parse(cell: str) -> AsOf | Fault | None:
        if not cell:
            return None
        try:
            as_of = parse_as_of(cell)
        except RefusedInput as err:
            return Fault(column=column, message=_sentence(err))
        if as_of.latest < _EARLIEST or as_of.earliest > _LATEST:
            span = f"a time between {_EARLIEST.year} and {_LATEST.year} was expected"
            return Fault(column=column, message=f"{cell!r} is outside the years that reports are about; {span}")
        return as_of

    return parse


def parse_printed(cell: str) -> Count | Fault:
    """Return what one printed figure says; words such as "withheld" say why there is none."""
    plain = cell.casefold().strip(" .*()")
    if plain in _MISSING_WORDS:
        return Count(missing_reason=_MISSING_WORDS[plain].value, printed=cell)
    if plain.startswith("see "):
        return Count(missing_reason=MissingReason.SEE_ELSEWHERE.value, printed=cell)
    try:
        parsed = parse_figure(cell)
    except RefusedInput as err:
        return Fault(column="figure", message=_sentence(err))
    return _count(parsed.figure, cell, parsed.doubt)


def parse_count(cells: tuple[str, str, str, str, str, str, str]) -> Count | Fault:
    """Return what figure, low, point, high, hedge, missing_reason and quote of one row say together."""
    figure, low, point, high, hedge, missing, quote = cells
    bounded = bool(low or point or high)
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
        return Fault(column="low, point, high", message=_sentence(err))
    printed = f"low {low or '-'}, point {point or '-'}, high {high or '-'}" + (f" ({hedge})" if hedge else "")
    return _count(figure, printed, "")


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
    return Count(
        low=figure.low,
        point=figure.point,
        high=figure.high,
        hedge=figure.hedge.value,
        printed=printed,
        doubt=doubt,
    )


def _sentence(err: RefusedInput) -> str:
    return str(err).rstrip(".")
