"""Figures as printed, read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trooptally.errors import BadFigure
from trooptally.figures.figure import Figure
from trooptally.vocabulary import Hedge

_FORM = re.compile(r"(?:(about|around|some|at least|more than|up to|fewer than) )?(\d[\d,]{0,12})(?:-(\d[\d,]{0,12}))?")
_HEDGES = {
    "about": Hedge.APPROXIMATE,
    "around": Hedge.APPROXIMATE,
    "some": Hedge.APPROXIMATE,
    "at least": Hedge.AT_LEAST,
    "more than": Hedge.MORE_THAN,
    "up to": Hedge.UP_TO,
    "fewer than": Hedge.FEWER_THAN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFigure:
    """A figure and, where its print can be read in more than one way, a sentence that says so."""

    figure: Figure
    doubt: str = ""


def parse_figure(printed: str, *, decimal: str | None = None) -> ParsedFigure:
    """Return the figure that the printed words state.

    Raises:
        BadFigure: the words state none.
    """
    match = _FORM.match(printed.strip().lower())
    if not match:
        raise BadFigure(printed)
    number = int(match[2].replace(",", ""))
    hedge = _HEDGES.get(match[1] or "", Hedge.EXACT)
    low = number if hedge in {Hedge.EXACT, Hedge.AT_LEAST, Hedge.MORE_THAN} else None
    high = number if hedge in {Hedge.EXACT, Hedge.UP_TO, Hedge.FEWER_THAN} else None
    point = number if hedge in {Hedge.EXACT, Hedge.APPROXIMATE} else None
    if match[3]:
        low, point, high, hedge = number, None, int(match[3].replace(",", "")), Hedge.RANGE
    return ParsedFigure(figure=Figure(low=low, point=point, high=high, hedge=hedge))
