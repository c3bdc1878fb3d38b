"""The chart of a series: claims with their bounds; levels, movements and ceilings apart, on one time axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trooptally_dashboards.figures import graph
from trooptally_dashboards.figures.overlays import gap_shapes, glyphs, periods
from trooptally_dashboards.figures.points import height, moments, plain
from trooptally_dashboards.figures.units import unit_traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.figures.points import Moment, Selection
    from trooptally_dashboards.figures.units import Bar
    from trooptally_dashboards.palette import Mark
    from trooptally_dashboards.questions import SeriesQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row of the chart: numbers that may be compared with each other, and with no other row."""

    key: str
    heading: str
    measures: frozenset[str]
    pixels: int


LANES = (
    Lane(key="level", heading="People present", measures=frozenset({"present"}), pixels=330),
    Lane(key="strength", heading="Size of the force", measures=frozenset({"other_strength"}), pixels=220),
    Lane(
        key="movement",
        heading="Movements: in, out, relief (not a level)",
        measures=frozenset({"deploying", "withdrawing", "rotating"}),
        pixels=120,
    ),
    Lane(
        key="limit",
        heading="Ceilings and plans (not a count)",
        measures=frozenset({"authorized", "planned", "committed"}),
        pixels=120,
    ),
)
NO_FIGURE = Lane(key="missing", heading="Reported without a figure", measures=frozenset(), pixels=34)

UNITS = "units"
_LANE_OF = {measure: lane.key for lane in LANES for measure in lane.measures}

_TOP, _HEADING, _AXIS = 8, 34, 34
_BAR = 34
_HEADROOM = 1.16
_HOVER = "<b>%{customdata[1]}</b> %{customdata[2]}<br>%{customdata[3]}<br>as printed: %{customdata[4]}<extra></extra>"
_MISSING_SYMBOLS = {"withheld": "x-thin-open", "see_elsewhere": "arrow-right-open"}


def series_figure(shown: Selection, sources: Mapping[str, str], units: Sequence[Bar] = ()) -> dict[str, Any]:
    """Return the chart of the claims that a question lets through, a mark for each claim and its echoes.

    Each mark carries the position of its claim as custom data; the browser puts the claim's words there.

    Args:
        shown: The claims and the question.
        sources: The sources' names by id.
        units: The stays of named units, drawn beneath.
    """
    claims, keys = shown.claims, shown.keys
    sharing = {group[0]: len(group) for group in shown.echoes}
    at = moments(claims, sharing)
    lanes = rows_by_lane(claims, at) | ({_unit_lane(units): []} if units else {})
    axes = {lane.key: f"y{n}" if n > 1 else "y" for n, lane in enumerate(lanes, start=1)}
    traces: list[dict[str, Any]] = []
    for lane, rows in lanes.items():
        for source, own in by_source(keys, rows).items():
            placed = {"yaxis": axes[lane.key], "name": plain(sources.get(source, source))}
            trace = _trace(claims, own, at, shown.marks[source], lane) | placed
            traces.extend(line | placed for line in periods(trace, [at[row].period for row in own]))
            traces.append(trace)
        traces.extend(
            unit_traces(units, axes[lane.key], (moment.day for moment in at.values())) if lane.key == UNITS else ()
        )
        traces.extend(glyphs(claims, rows, at, sharing, lane.key, axes[lane.key]))
    ceilings = [_ceiling(claims, rows) for rows in lanes.values()]
    layout = lanes_layout(list(lanes), axes, shown.question.scale, ceilings)
    layout["meta"] = {"level": axes.get("level", "")}  # where an estimate belongs
    if shown.question.since or shown.question.until:
        days = sorted(moment.day for moment in at.values())
        layout["xaxis"]["range"] = _shown_time(shown.question, days)
    layout["shapes"] = gap_shapes(claims, lanes.get(NO_FIGURE, []), axes.get("level"))
    return {"data": traces, "layout": layout}


def _shown_time(question: SeriesQuestion, days: Sequence[str]) -> list[str | None]:
    """Return the ends of the time axis; what is not asked for is left to the claims."""
    first, last = (days[0], days[-1]) if days else (None, None)
    return [question.since or first, question.until or last]


def _unit_lane(units: Sequence[Bar]) -> Lane:
    """Return the lane of the units, as high as it has bars."""
    return Lane(key=UNITS, heading="Units: relief, in, out", measures=frozenset(), pixels=_BAR * len(units) + 12)


def rows_by_lane(claims: SeriesColumns, at: Iterable[int]) -> dict[Lane, list[int]]:
    """Return the rows of each lane that has any, from the top of the chart down."""
    found: dict[str, list[int]] = {lane.key: [] for lane in (*LANES, NO_FIGURE)}
    for row in at:
        found[NO_FIGURE.key if claims.hedge[row] is None else _LANE_OF[claims.measure[row]]].append(row)
    return {lane: found[lane.key] for lane in (*LANES, NO_FIGURE) if found[lane.key]}


def by_source(keys: Sequence[str], rows: Sequence[int]) -> dict[str, list[int]]:
    """Return the rows of each source."""
    groups: dict[str, list[int]] = {}
    for row in rows:
        groups.setdefault(keys[row], []).append(row)
    return groups


def _trace(claims: SeriesColumns, rows: list[int], at: Mapping[int, Moment], mark: Mark, lane: Lane) -> dict[str, Any]:
    """Return the claims of one source in one lane."""
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [at[row].day for row in rows],
        "y": [0] * len(rows) if lane is NO_FIGURE else _heights(claims, rows),
        "customdata": rows,
        "hovertemplate": _HOVER,
        "marker": _marker(claims, rows, mark, lane),
    }
    if lane is not NO_FIGURE:
        _add_bounds(trace, claims, rows, mark)
    return trace


def _heights(claims: SeriesColumns, rows: list[int]) -> list[float | None]:
    return [height(claims.low[row], claims.point[row], claims.high[row]) for row in rows]


def _marker(claims: SeriesColumns, rows: list[int], mark: Mark, lane: Lane) -> dict[str, Any]:
    """Return how the points look: hollow while a draft, faint when deprecated, a sign where no figure is."""
    marker: dict[str, Any] = {"color": mark.colour, "size": 11, "line": {"width": 1, "color": graph.INK}}
    if lane is NO_FIGURE:
        marker["symbol"] = [_MISSING_SYMBOLS.get(claims.missing_reason[row] or "", "line-ns-open") for row in rows]
        marker["line"] = {"width": 2}
    elif True in (drafts := [claims.status[row] == "draft" for row in rows]):
        marker["symbol"] = [f"{mark.symbol}-open" if draft else mark.symbol for draft in drafts]
        marker["line"] = {"width": [2 if draft else 1 for draft in drafts]}
    else:
        marker["symbol"] = mark.symbol
    if shown_faintly := {row for row in rows if claims.rank[row] == "deprecated"}:
        marker["opacity"] = [0.35 if row in shown_faintly else 1 for row in rows]
    return marker


def _add_bounds(trace: dict[str, Any], claims: SeriesColumns, rows: list[int], mark: Mark) -> None:
    """Add the bars from the mark to the bounds that are known, each side its own length."""
    lows, highs = claims.low, claims.high
    above: list[float] = [0] * len(rows)
    below: list[float] = [0] * len(rows)
    for place, (row, y) in enumerate(zip(rows, trace["y"], strict=True)):
        if (high := highs[row]) is not None:
            above[place] = high - y
        if (low := lows[row]) is not None:
            below[place] = y - low
    if any(above) or any(below):
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": above,
            "arrayminus": below,
            "color": mark.colour,
            "thickness": 2,
            "width": 5,
        }


def _ceiling(claims: SeriesColumns, rows: Sequence[int]) -> float:
    """Return how high a lane must reach: above its highest mark, with room for the sign over it."""
    tops = (claims.high[row] or claims.point[row] or claims.low[row] or 0 for row in rows)
    return _HEADROOM * max(tops, default=0)


def lanes_layout(
    lanes: Sequence[Lane], axes: Mapping[str, str], scale: str, ceilings: Sequence[float]
) -> dict[str, Any]:
    """Return the lanes one under the other, each with its heading and scale, over one time axis."""
    inner = sum(lane.pixels + _HEADING for lane in lanes) or LANES[0].pixels
    layout = graph.base_layout(
        height=inner + _TOP + _AXIS,
        margin={"t": _TOP, "r": 16, "b": _AXIS, "l": 58},
        showlegend=False,
        annotations=[],
        xaxis={
            "type": "date",
            "anchor": axes[lanes[-1].key] if lanes else "y",
            "gridcolor": graph.FAINT,
            "showline": True,
            "linecolor": graph.INK,
            "automargin": False,
        },
    )
    top = 0
    for lane, ceiling in zip(lanes, ceilings, strict=True):
        top += _HEADING
        domain = [max(0, 1 - (top + lane.pixels) / inner), 1 - top / inner]
        layout[f"yaxis{axes[lane.key][1:]}"] = _height_axis(lane, domain, scale, ceiling)
        layout["annotations"].append(_heading(lane, domain[1]))
        top += lane.pixels
    return layout


def _height_axis(lane: Lane, domain: list[float], scale: str, ceiling: float) -> dict[str, Any]:
    if lane.key == UNITS:
        bars = (lane.pixels - 12) // _BAR
        return {"domain": domain, "range": [0.4, bars + 0.9], "visible": False, "fixedrange": True}
    if lane is NO_FIGURE:
        return {"domain": domain, "range": [-1, 1], "visible": False, "fixedrange": True}
    axis = {
        "domain": domain,
        "gridcolor": graph.FAINT,
        "zeroline": True,
        "zerolinecolor": graph.INK,
        "tickformat": ",~d",
        "nticks": 8 if lane.pixels > 150 else 4,  # noqa: PLR2004 - a low lane has room for few labels
    }
    return axis | ({"type": "log"} if scale == "log" else {"range": [0, ceiling or 1]})


def _heading(lane: Lane, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{lane.heading}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": top,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
    }
