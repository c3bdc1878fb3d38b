"""What is drawn over and behind the claims: signs of their hedges, gaps without a figure, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from trooptally_dashboards.figures import graph
from trooptally_dashboards.figures.points import glyph, height, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.figures.points import Moment

_MOVES = {"deploying": "in", "withdrawing": "out", "rotating": "relief"}
_LIMITS = {"authorized": "ceiling", "planned": "plan", "committed": "pledge"}
_UP, _DOWN = glyph("at_least"), glyph("up_to")
_ARROWS = frozenset({_UP, _DOWN})
_LONGEST_LABEL = 44
_DAY = len("2021-09-20")
_SIGNS_ABREAST, _SIGNS_ABOVE = 14, 9  # so many words fit beside and above each other
_FIELD = 0.999  # fields a little larger than what counts as near, so that no rounding puts two near signs two apart
_MOST_SIGNS = 400  # beyond this the signs hide the marks that they explain


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEvent:
    """A dated, sourced note that helps to read a series."""

    on: str
    label: str


def glyphs(
    claims: SeriesColumns,
    rows: Sequence[int],
    at: Mapping[int, Moment],
    sharing: Mapping[int, int],
    lane: str,
    axis: str,
) -> list[dict[str, Any]]:
    """Return the signs beside the marks: what a hedge leaves open, what moves, how many share a spot."""
    if lane == "missing" or len(rows) > _MOST_SIGNS:
        return []
    spots = [(at[row].day, height(claims.low[row], claims.point[row], claims.high[row])) for row in rows]
    shared: dict[tuple[str, float | None], int] = {}
    for row, spot in zip(rows, spots, strict=True):
        shared[spot] = shared.get(spot, 0) + sharing[row]
    signs = {
        spot: _sign(claims.measure[row], claims.hedge[row], shared[spot]) for row, spot in zip(rows, spots, strict=True)
    }
    shown = _apart([(day, y, sign) for (day, y), sign in signs.items() if sign])
    if not shown:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "cliponaxis": False,
            # Unseen marks as large as the seen ones: the text keeps its distance from them.
            "marker": {"size": 14, "opacity": 0},
            "x": [day for day, _, _ in shown],
            "y": [y for _, y, _ in shown],
            "yaxis": axis,
            "text": [sign for _, _, sign in shown],
            "textposition": ["bottom center" if _DOWN in sign else "top center" for _, _, sign in shown],
            "textfont": {"size": [_sign_size(sign) for _, _, sign in shown], "color": graph.INK},
            "hoverinfo": "skip",
        }
    ]


def _apart(signs: list[tuple[str, float | None, str]]) -> list[tuple[str, float | None, str]]:
    """Return the signs without those words that would be printed over another; arrows are kept, they are no text."""
    days = [_ordinal(day) for day, _, _ in signs]
    heights = [y or 0 for _, y, _ in signs]
    wide = (max(days, default=0) - min(days, default=0)) / _SIGNS_ABREAST
    tall = max(heights, default=0) / _SIGNS_ABOVE
    if wide <= 0 or tall <= 0:
        return signs
    kept: list[int] = []
    noted: dict[tuple[int, int], list[tuple[int, float]]] = {}  # the kept signs by their field of a grid
    for one in sorted(range(len(signs)), key=lambda n: -len(signs[n][2])):
        day, y = days[one], heights[one]
        column, row = int(day / wide * _FIELD), int(y / tall * _FIELD)
        if signs[one][2] in _ARROWS or not _near(noted, (column, row), (day, y), (wide, tall)):
            kept.append(one)
            noted.setdefault((column, row), []).append((day, y))
    return [signs[n] for n in sorted(kept)]


def _near(
    noted: Mapping[tuple[int, int], list[tuple[int, float]]],
    field: tuple[int, int],
    spot: tuple[int, float],
    reach: tuple[float, float],
) -> bool:
    """Whether a kept sign is near a spot; it lies in the same field or in one beside it."""
    (column, row), (day, y), (wide, tall) = field, spot, reach
    for beside in (column, column - 1, column + 1):
        for above in (row, row - 1, row + 1):
            for x, z in noted.get((beside, above), ()):
                if abs(day - x) < wide and abs(y - z) < tall:
                    return True
    return False


@lru_cache(maxsize=8192)
def _ordinal(day: str) -> int:
    """Return the number of a whole day; what is none has no place of its own."""
    return date.fromisoformat(day).toordinal() if len(day) == _DAY else 0


@lru_cache(maxsize=1024)
def _sign(measure: str, hedge: str | None, sharing: int) -> str:
    several = f"\N{MULTIPLICATION SIGN}{sharing}" if sharing > 1 else ""
    said = (_MOVES.get(measure) or _LIMITS.get(measure) or "", glyph(hedge), several)
    return " ".join(word for word in said if word)


def _sign_size(sign: str) -> int:
    """An arrow stands for a bar without end, so it is as long as one; words are small."""
    return 20 if sign in _ARROWS else 12


def periods(trace: Mapping[str, Any], spans: Sequence[tuple[str, str] | None]) -> list[dict[str, Any]]:
    """Return level lines under the marks of a trace, from the first to the last day that each claim is about."""
    drawn = [(span, y) for span, y in zip(spans, trace["y"], strict=True) if span is not None]
    if not drawn:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [day for (first, last), _ in drawn for day in (first, last, None)],
            "y": [level for _, y in drawn for level in (y, y, None)],
            "line": {"width": 3, "color": trace["marker"]["color"]},
            "opacity": 0.55,
            "hoverinfo": "skip",
        }
    ]


def gap_shapes(claims: SeriesColumns, rows: Sequence[int], axis: str | None) -> list[dict[str, Any]]:
    """Return a grey band behind the levels for each period that was reported without a figure."""
    if axis is None:
        return []
    periods = {(claims.as_of_earliest[row], claims.as_of_latest[row]) for row in rows}
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": f"{axis} domain",
            "x0": first,
            "x1": last,
            "y0": 0,
            "y1": 1,
            "fillcolor": "rgba(128,128,128,0.16)",
            "line": {"width": 1, "color": "rgba(128,128,128,0.5)", "dash": "dot"},
            "layer": "below",
        }
        for first, last in sorted((a, b) for a, b in periods if a and b)
    ]


def event_lines(events: Sequence[PolicyEvent]) -> dict[str, list[dict[str, Any]]]:
    """Return a line through all lanes for each event, with its label at the top."""
    return {
        "shapes": [_event_line(event) for event in events],
        "annotations": [_event_label(event) for event in events],
    }


def _event_line(event: PolicyEvent) -> dict[str, Any]:
    line = {"color": graph.INK, "width": 1, "dash": "dash"}
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": event.on,
        "x1": event.on,
        "y0": 0,
        "y1": 1,
        "line": line,
    }


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _event_label(event: PolicyEvent) -> dict[str, Any]:
    return {
        "text": plain(_short(event.label)),
        "xref": "x",
        "yref": "paper",
        "x": event.on,
        "y": 1,
        "xanchor": "left",
        "yanchor": "top",
        "textangle": 90,
        "yshift": -30,  # below the heading of the first lane
        "showarrow": False,
        "font": {"size": 11},
    }
