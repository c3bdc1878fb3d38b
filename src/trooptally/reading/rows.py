"""A draft as the flat row that `trooptally read --json` prints."""

from __future__ import annotations

from typing import Any

from trooptally.model import Draft

UNSTATED = "unstated"


def as_row(draft: Draft) -> dict[str, Any]:
    """Return the draft as a row of the reading contract; a place that the text does not tell is None."""
    figure = draft.figure
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
        "force": None if draft.force == UNSTATED else draft.force,
        "place": None if draft.place == UNSTATED else draft.place,
        "unit": draft.unit or None,
        "attributed_to": draft.attribution.printed or None,
        "as_of": draft.as_of.edtf if draft.as_of else None,
    }
