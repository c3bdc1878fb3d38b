"""Tables as the browser gets them: headings and rows of text, drawn there as real HTML tables.

A thousand cells as component objects would cost more than the reading and drawing of their series together;
the server sends plain lists, and one short script in `assets` makes the rows.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import words
from trooptally_dashboards.questions import claim_link, series_link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import Head, Level
    from trooptally_dashboards.figures.points import Selection

# A cell is a text, or {"text", "href", "note", "class"} of which the text alone must be there.
Cell = str | dict[str, str]

_LEVEL_KINDS = {"withheld": "withheld", "not_stated": "unreported"}


def legend(shown: Selection, sources: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the sources shown, each with its colour, symbol and number of claims."""
    keys = shown.keys
    claims = Counter(keys[row] for row in shown.rows)
    return [
        {"name": sources.get(key, key), "colour": mark.colour, "symbol": mark.symbol, "claims": claims[key]}
        for key, mark in shown.marks.items()
    ]


def heads_table(
    heads: Sequence[Head],
    forces: Mapping[str, str],
    places: Mapping[str, str],
    sources: Mapping[str, str],
    *,
    by: str,
) -> dict[str, Any]:
    """Return the latest levels as a table, one row for each series.

    Args:
        heads: The latest level of each series.
        forces: Names of forces by id.
        places: Names of places by id.
        sources: Names of sources by id.
        by: "place" to name each row by its place alone, "both" to name the force too.
    """
    return {
        "caption": words.sentence_case(words.counted(len(heads), "series", "series")),
        "headings": (
            "Place" if by == "place" else "Force and place",
            "Latest level",
            "As of",
            "Said by",
            "Independent origins",
        ),
        "rows": [_head_cells(head, forces, places, sources, by) for head in heads],
    }


def levels_table(levels: Sequence[Level], sources: Mapping[str, str]) -> dict[str, Any]:
    """Return claims of several origins beside each other, each with a link to its page."""
    return {
        "caption": words.sentence_case(words.counted(len(levels), "claim")),
        "headings": ("Said by", "Figure", "What", "As of", "Published by"),
        "rows": [_level_cells(level, sources) for level in levels],
    }


def _level_cells(level: Level, sources: Mapping[str, str]) -> list[Cell]:
    said = words.sentence_case(words.figure(level.low, level.point, level.high, level.hedge))
    look = _look(level.low, level.point, level.high, None)
    return [
        sources.get(level.origin_id, level.origin_id),
        {"text": said, "href": claim_link(level.claim_id), "class": look},
        words.MEASURES[level.measure],
        words.as_of(level.as_of),
        sources.get(level.source_id, level.source_id),
    ]


@lru_cache(maxsize=8192)
def _look(low: int | None, point: int | None, high: int | None, reason: str | None) -> str:
    """Return the class that makes a number, zero, withheld and not reported look different everywhere."""
    if low is None and point is None and high is None:
        return _LEVEL_KINDS.get(reason or "not_stated", "unreported")
    return "zero" if (point, low, high) == (0, 0, 0) else "number"


def _head_cells(
    head: Head, forces: Mapping[str, str], places: Mapping[str, str], sources: Mapping[str, str], by: str
) -> list[Cell]:
    place = places.get(head.place, head.place)
    name = place if by == "place" else f"{forces.get(head.force, head.force)} in {place}"
    return [
        {"text": name, "href": series_link(head.force, head.place), "note": _note(head)},
        head_figure(head),
        words.as_of(head.as_of or head.published_on),
        _said_by(head, sources),
        words.number(head.origins),
    ]


def head_figure(head: Head) -> Cell:
    """Return the latest level as a cell that opens its claim."""
    look = _look(head.low, head.point, head.high, head.missing_reason)
    said = (
        words.figure(head.low, head.point, head.high, head.hedge)
        if look in {"number", "zero"}
        else words.missing(head.missing_reason)
    )
    return {"text": words.sentence_case(said), "href": claim_link(head.claim_id), "class": look}


def _note(head: Head) -> str:
    parts = [
        words.COMPONENTS.get(head.component, head.component) if head.component != "military" else "",
        words.BASES.get(head.basis, head.basis) if head.basis != "unstated" else "",
    ]
    return ", ".join(part for part in parts if part)


def _said_by(head: Head, sources: Mapping[str, str]) -> str:
    origin = sources.get(head.origin_id, head.origin_id)
    source = sources.get(head.source_id, head.source_id)
    return origin if origin == source else f"{origin}, in {source}"
