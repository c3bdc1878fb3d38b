"""A series of more claims than a chart can show: per source and span of time, the median, the ends and the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette, words
from trooptally_dashboards.figures.points import height, moments, plain
from trooptally_dashboards.figures.series import NO_FIGURE, Lane, by_source, lanes_layout, rows_by_lane

if TYPE_CHECKING:
    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.figures.points import Selection
    from trooptally_dashboards.palette import Mark

MOST_MARKS = 3000
"""With more claims than these, drawing each would take a browser seconds, and nobody could tell them apart."""

_SPANS = (("month", 1), ("quarter", 3), ("year", 12), ("five years", 60), ("quarter of a century", 300))
_MOST_SPANS = 140
_MOST_SOURCES = 6
_OTHERS = ""
_HEADROOM = 1.16
_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"


def span_of(days: Sequence[str]) -> tuple[str, int]:
    """Return the name and months of the shortest span that cuts the time of the days into few enough pieces."""
    months = _month(max(days)) - _month(min(days)) + 1 if days else 1
    return next((one for one in _SPANS if months / one[1] <= _MOST_SPANS), _SPANS[-1])


def bucket_figure(shown: Selection, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return the chart of a selection in spans of time; a mark names its span, which the page then opens."""
    claims = shown.claims
    at = {row: moment.day for row, moment in moments(claims, shown.rows).items()}
    _, months = span_of(list(at.values()))
    lanes = rows_by_lane(claims, at)
    axes = {lane.key: f"y{n}" if n > 1 else "y" for n, lane in enumerate(lanes, start=1)}
    traces: list[dict[str, Any]] = []
    ceilings: list[float] = []
    for lane, rows in lanes.items():
        highest = 0.0
        for source, own in _largest(by_source(shown.keys, rows)).items():
            name = sources.get(source, source) if source else "other sources"
            drawn = _pieces(claims, own, at, months, name, lane)
            traces.append({**_trace(drawn, shown.marks.get(source), name, lane), "yaxis": axes[lane.key]})
            highest = max(highest, *(piece.high for piece in drawn))
        ceilings.append(_HEADROOM * highest)
    layout = lanes_layout(list(lanes), axes, shown.question.scale, ceilings)
    layout["meta"] = {"level": axes.get("level", "")}
    layout["shapes"] = []
    return {"data": traces, "layout": layout}


def _largest(groups: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Return the sources with the most claims, all others together as one."""
    ordered = sorted(groups, key=lambda source: -len(groups[source]))
    largest = {source: groups[source] for source in ordered[:_MOST_SOURCES]}
    rest = [row for source in ordered[_MOST_SOURCES:] for row in groups[source]]
    return largest | ({_OTHERS: rest} if rest else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one source says in one span of time."""

    day: str
    middle: float
    low: float
    high: float
    card: list[str]


def _trace(drawn: Sequence[Piece], mark: Mark | None, name: str, lane: Lane) -> dict[str, Any]:
    """Return the spans of one source in one lane."""
    colour = mark.colour if mark else palette.MUTED
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [piece.day for piece in drawn],
        "y": [piece.middle for piece in drawn],
        "customdata": [piece.card for piece in drawn],
        "hovertemplate": _HOVER,
        "name": plain(name),
        "marker": {"color": colour, "symbol": mark.symbol if mark else "circle-open", "size": 8, "line": {"width": 1}},
    }
    if lane is not NO_FIGURE:
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [piece.high - piece.middle for piece in drawn],
            "arrayminus": [piece.middle - piece.low for piece in drawn],
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        }
    return trace


def _pieces(
    claims: SeriesColumns, rows: Sequence[int], at: Mapping[int, str], months: int, name: str, lane: Lane
) -> list[Piece]:
    """Return the spans of time in which a source has claims, the first first."""
    spans: dict[int, list[int]] = {}
    for row in rows:
        spans.setdefault(_month(at[row]) // months, []).append(row)
    return [_piece(claims, own, number * months, months, name, lane) for number, own in sorted(spans.items())]


def _piece(claims: SeriesColumns, rows: Sequence[int], first: int, months: int, name: str, lane: Lane) -> Piece:
    start, end = _first_day(first), date.fromordinal(_first_day(first + months).toordinal() - 1)
    day = date.fromordinal((start.toordinal() + end.toordinal()) // 2).isoformat()
    period = f"{start.isoformat()}/{end.isoformat()}"
    told = [words.as_of(period), f"{words.counted(len(rows), 'claim')}, {plain(name)}"]
    if lane is NO_FIGURE:
        return Piece(day=day, middle=0, low=0, high=0, card=[period, "without a figure", *told])
    heights = [height(claims.low[row], claims.point[row], claims.high[row]) or 0 for row in rows]
    middle, low, high = median(heights), min(heights), max(heights)
    said = f"median {words.number(round(middle))}; {words.number(round(low))}\N{EN DASH}{words.number(round(high))}"
    return Piece(day=day, middle=middle, low=low, high=high, card=[period, said, *told])


def _month(day: str) -> int:
    """Return the months since the year 0 (a year alone counts as its January)."""
    year, _, rest = day.partition("-") if not day.startswith("-") else ("0", "", "")
    return int(year) * 12 + (int(rest[:2]) - 1 if rest else 0)


def _first_day(month: int) -> date:
    return date(min(max(month // 12, 1), 9999), month % 12 + 1, 1)
