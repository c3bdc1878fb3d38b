"""Columns of printed cells turned into typed ones; each distinct text is parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import RefusedInput

Printed = TypeVar("Printed", bound=Hashable)
Parsed = TypeVar("Parsed")
Word = TypeVar("Word", bound=StrEnum)

_MOST_REMEMBERED = 200_000
_EARLIEST = date(1800, 1, 1)
_LATEST = date(2100, 12, 31)
_PLAIN_DAY = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a cell cannot be taken.

    Attributes:
        column: The column to look at, as the form names it.
        message: One sentence: what was found and what was expected.
    """

    column: str
    message: str


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

    def one(self, cell: Printed) -> Parsed | Fault:
        """Return one cell parsed."""
        return self.column((cell,))[0]


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
            as_of = _day(cell)
        except RefusedInput as err:
            return Fault(column=column, message=sentence(err))
        if as_of.latest < _EARLIEST or as_of.earliest > _LATEST:
            span = f"a time between {_EARLIEST.year} and {_LATEST.year} was expected"
            return Fault(column=column, message=f"{cell!r} is outside the years that reports are about; {span}")
        return as_of

    return parse


def _day(cell: str) -> AsOf:
    """Return what `parse_as_of` does; plain days, of which tables are full, on a shorter way."""
    if _PLAIN_DAY.fullmatch(cell):
        try:
            day = date.fromisoformat(cell)
        except ValueError:
            return parse_as_of(cell)  # it owns the sentence
        return AsOf(edtf=cell, earliest=day, latest=day)
    return parse_as_of(cell)


def sentence(err: RefusedInput) -> str:
    """Return an error's sentence as an issue carries it, without its full stop."""
    return str(err).rstrip(".")
