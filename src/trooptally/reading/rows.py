"""A draft as the flat row that `trooptally read --json` prints."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from trooptally.model import Draft
from trooptally.names import Names

UNSTATED = "unstated"
_CODE = 3


def as_row(draft: Draft) -> dict[str, Any]:
    """Return the draft as a row of the reading contract; a place that the text does not tell is None.

    `force` and `place` are ids of the code lists; `force_name` and `location` are what a person reads: the same
    three-letter code for a country, the name for everything else ("Middle East", "Iraq border").
    """
    figure = draft.figure
    force = None if draft.force == UNSTATED else draft.force
    place = None if draft.place == UNSTATED else draft.place
    return {
        "quote": draft.quote,
        "start": draft.start,
        "end": draft.end,
        "low": figure.low if figure else None,
        "point": figure.point if figure else None,
        "high": figure.high if figure else None,
        "hedge": figure.hedge.value if figure else None,
        "measure": draft.measure.value,
        "component": draft.component.value,
        "force": force,
        "place": place,
        "unit": draft.unit or None,
        "attributed_to": draft.attribution.printed or None,
        "as_of": draft.as_of.edtf if draft.as_of else None,
        "force_name": _shown("force", force),
        "location": _shown("place", place),
    }


@cache
def _shown(kind: Literal["force", "place"], id_: str | None) -> str | None:
    """Return the code of a country, the name of a theatre, an alliance or a group."""
    return id_ if id_ is None or len(id_) <= _CODE else Names.shipped().label(kind, id_)
