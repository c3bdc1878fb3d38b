"""Tables as the browser gets them: headings and rows of text, drawn there as real HTML tables.

A thousand cells as component objects would cost more than the reading and drawing of their series together;
the server sends plain lists, and one short script in `assets` makes the rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette, words
from trooptally_dashboards.figures.points import level, shown_rows
from trooptally_dashboards.questions import claim_link, series_link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import Head, SeriesColumns
    from trooptally_dashboards.questions import SeriesQuestion

# A cell is a text, or {"text", "href" or "claim", "note", "class"} of which the text alone must be there.
Cell = str | dict[str, str]

_CLAIM_HEADINGS = ("As of", "Figure", "What", "Said by", "Published by", "Published on", "Standing")
_LEVEL_KINDS = {"withheld": "withheld", "not_stated": "unreported"}


def claims_table(claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return the claims of a series as a table, latest first, each with a link to its page."""
    rows = sorted(shown_rows(claims, question), key=lambda row: _recent(claims, row), reverse=True)
    return {
        "caption": f"{words.sentence_case(words.counted(len(rows), 'claim'))}, latest first",
        "headings": _CLAIM_HEADINGS,
        "rows": [_claim_cells(claims, row, sources) for row in rows],
    }


def legend(claims: SeriesColumns, question: SeriesQuestion, sources: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the sources shown, each with its colour, symbol and number of claims."""
    keys = claims.origin_id if question.by == "origin" else claims.source_id
    shown = [keys[row] for row in shown_rows(claims, question)]
    return [
        {
            "name": sources.get(key, key),
            "colour": mark.colour,
            "symbol": mark.symbol,
            "claims": shown.count(key),
        }
        for key, mark in palette.marks(shown).items()
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


def _recent(claims: SeriesColumns, row: int) -> tuple[str, str]:
    published = claims.published_on[row] or ""
    return claims.as_of_latest[row] or published, published


def _claim_cells(claims: SeriesColumns, row: int, sources: Mapping[str, str]) -> list[Cell]:
    origin, source = claims.origin_id[row], claims.source_id[row]
    published = claims.published_on[row]
    return [
        words.as_of(claims.as_of[row]),
        _figure_cell(claims, row),
        _kind(claims.measure[row], claims.component[row], claims.basis[row]),
        sources.get(origin, origin),
        sources.get(source, source),
        words.as_of(published) if published else "no date given",
        _standing(claims.status[row], claims.rank[row]),
    ]


def _figure_cell(claims: SeriesColumns, row: int) -> Cell:
    look = _look(claims.low[row], claims.point[row], claims.high[row], claims.missing_reason[row])
    text = words.sentence_case(level(claims, row))
    return {"text": text, "claim": claims.claim_id[row], "class": look}


@lru_cache(maxsize=256)
def _kind(measure: str, component: str, basis: str) -> str:
    """Return what is counted, leaving unsaid what is the rule (military people, basis not stated)."""
    parts = [words.MEASURES.get(measure, measure)]
    if component != "military":
        parts.append(words.COMPONENTS.get(component, component))
    if basis != "unstated":
        parts.append(words.BASES.get(basis, basis))
    return ", ".join(parts)


def _standing(status: str, rank: str) -> str:
    return status if rank == "normal" else f"{status}, {rank}"


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
