"""Several series in one chart: a row each, one row for all, or their sum; and another state of the ledger beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette, words
from trooptally_dashboards.comparing import STANDS, kinds, people, slices, standing_on, steps
from trooptally_dashboards.figures import graph
from trooptally_dashboards.figures.points import level, plain

if TYPE_CHECKING:
    from trooptally_dashboards.adding import Adding, Kind, Pair
    from trooptally_dashboards.comparing import CompareQuestion, State

_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
_PATTERNS = ("", "/", "x", ".", "\\", "-", "|", "+")
_ROW, _ONE, _GAP, _FOOT = 170, 420, 34, 34
_HEADROOM = 1.12


def marks_of(pairs: Sequence[Pair]) -> dict[Pair, palette.Mark]:
    """Return how each series is drawn."""
    made = palette.marks("/".join(pair) for pair in pairs)
    return dict(zip(pairs, made.values(), strict=True))


def comparison_figure(
    states: Sequence[State],
    before: Sequence[State],
    question: CompareQuestion,
    sum_of: Adding,
    names: Mapping[Pair, str],
) -> dict[str, Any]:
    """Return the chart.

    Args:
        states: The series as they stand in the state that is asked for.
        before: The same series in another state, drawn hollow beneath; or none.
        question: How they are compared.
        sum_of: What may be added, for the mode that adds.
        names: The name of each series.
    """
    if not states:
        return graph.empty(_ROW)
    rows = len(states) if question.mode == "beside" else 1
    marks = marks_of([state.pair for state in states])
    traces: list[dict[str, Any]] = []
    shown = [state for state in states if question.mode != "added" or state.pair not in sum_of.added]
    if question.mode == "added" and not sum_of.refusal:
        added = [state for state in states if state.pair in sum_of.added]
        traces.extend(_bars(added, sum_of, names, marks))
    for number, state in enumerate(shown):
        axis = _axis(number if question.mode == "beside" else 0)
        traces.extend(_hollow(one, names, axis) for one in before if one.pair == state.pair)
        traces.extend(_line(state, kind, marks[state.pair], axis) for kind in sorted(kinds(state)))
        traces.append(_marks(state, marks[state.pair], names, axis))
    top = _HEADROOM * max((high for trace in traces for high in trace.pop("highs")), default=1)
    return {"data": traces, "layout": _layout([names[state.pair] for state in states], rows, question, top)}


def _axis(number: int) -> str:
    return "y" if number == 0 else f"y{number + 1}"


def _points(state: State) -> list[tuple[int, str, float]]:
    """Return row, day and height of every claim that has a level and a day."""
    found = [(row, moment.day, people(state, row)) for row, moment in state.moments.items()]
    return [(row, day, y) for row, day, y in found if y is not None]


def _marks(state: State, mark: palette.Mark, names: Mapping[Pair, str], axis: str) -> dict[str, Any]:
    """Return the claims of a series, with their bounds."""
    claims, points = state.claims, _points(state)
    highs = [claims.high[row] if claims.high[row] is not None else y for row, _, y in points]
    lows = [claims.low[row] if claims.low[row] is not None else y for row, _, y in points]
    heights = [y for _, _, y in points]
    return _dots(state, names, axis) | {
        "marker": {"color": mark.colour, "symbol": mark.symbol, "size": 9, "line": {"width": 1, "color": graph.INK}},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [(high or 0) - y for high, y in zip(highs, heights, strict=True)],
            "arrayminus": [y - (low or 0) for low, y in zip(lows, heights, strict=True)],
            "color": mark.colour,
            "thickness": 1.5,
            "width": 3,
        },
        "highs": [high or 0 for high in highs],
    }


def _hollow(state: State, names: Mapping[Pair, str], axis: str) -> dict[str, Any]:
    """Return the claims of a series in the other state: rings, larger than the marks, so that both are seen."""
    ring = {"symbol": "circle-open", "size": 16, "color": palette.MUTED, "line": {"width": 2}}
    return _dots(state, names, axis) | {"marker": ring, "highs": [y for _, _, y in _points(state)]}


def _dots(state: State, names: Mapping[Pair, str], axis: str) -> dict[str, Any]:
    points = _points(state)
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [day for _, day, _ in points],
        "y": [y for _, _, y in points],
        "yaxis": axis,
        "name": plain(names[state.pair]),
        "customdata": [_card(state, row, names) for row, _, _ in points],
        "hovertemplate": _HOVER,
    }


def _card(state: State, row: int, names: Mapping[Pair, str]) -> list[str]:
    claims = state.claims
    kind = ", ".join((words.COMPONENTS[claims.component[row]], words.BASES[claims.basis[row]]))
    said = plain(words.sentence_case(level(claims, row)))
    return [claims.claim_id[row], said, f"{plain(names[state.pair])}, {words.as_of(claims.as_of[row])}", kind]


def _line(state: State, kind: Kind, mark: palette.Mark, axis: str) -> dict[str, Any]:
    """Return a thin line from level to level of one kind; it breaks where no level stands."""
    days: list[str | None] = []
    levels: list[float | None] = []
    before = 0
    for day, y, _ in steps(state, kind):
        if before and day - before > STANDS:
            days.append(None)
            levels.append(None)
        days.append(_day(day))
        levels.append(y)
        before = day
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": levels,
        "yaxis": axis,
        "line": {"width": 1, "color": mark.colour, "dash": "dot", "shape": "hv"},
        "hoverinfo": "skip",
        "highs": [],
    }


def _bars(
    states: Sequence[State], sum_of: Adding, names: Mapping[Pair, str], marks: Mapping[Pair, palette.Mark]
) -> list[dict[str, Any]]:
    """Return the levels that stand, one on another, for each stretch of time in which all of them stand."""
    pieces = slices([steps(state, sum_of.kind) for state in states])
    made: list[dict[str, Any]] = []
    for number, state in enumerate(states):
        base = [sum(piece.levels[:number]) for piece in pieces]
        told = [
            [
                "",
                f"{words.number(round(piece.levels[number]))} of {words.number(round(sum(piece.levels)))}",
                plain(names[state.pair]),
                f"{words.as_of(_day(piece.first))} to {words.as_of(_day(piece.last - 1))}",
            ]
            for piece in pieces
        ]
        made.append(
            {
                "type": "bar",
                "x": [_day(piece.first) for piece in pieces],
                "width": [(piece.last - piece.first) * 86_400_000 for piece in pieces],
                "offset": 0,
                "base": base,
                "y": [piece.levels[number] for piece in pieces],
                "name": plain(names[state.pair]),
                "customdata": told,
                "hovertemplate": _HOVER,
                "marker": {
                    "color": marks[state.pair].colour,
                    "opacity": 0.75,
                    "line": {"width": 0},
                    "pattern": {"shape": _PATTERNS[number % len(_PATTERNS)], "solidity": 0.25},
                },
                "highs": [sum(piece.levels) for piece in pieces],
            }
        )
    return made


def last_sum(states: Sequence[State], sum_of: Adding) -> tuple[str, list[float]] | None:
    """Return the last day on which all added series stand, and their levels then."""
    told = [steps(state, sum_of.kind) for state in states if state.pair in sum_of.added]
    days = sorted({day for own in told for day, _, _ in own}, reverse=True)
    for day in days:
        levels = [standing_on(own, day) for own in told]
        known = [one for one in levels if one is not None]
        if len(known) == len(levels):
            return _day(day), known
    return None


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat()


def _layout(headings: Sequence[str], rows: int, question: CompareQuestion, top: float) -> dict[str, Any]:
    pixels = _ROW if rows > 1 else _ONE
    inner = rows * (pixels + _GAP)
    layout = graph.base_layout(
        height=inner + _FOOT,
        margin={"t": 0, "r": 16, "b": _FOOT, "l": 58},
        showlegend=False,
        barmode="overlay",
        annotations=[],
        xaxis={"type": "date", "anchor": _axis(rows - 1), "gridcolor": graph.FAINT, "linecolor": graph.INK},
    )
    asked = question.asked
    if asked.since and asked.until:
        layout["xaxis"]["range"] = [asked.since, asked.until]
    for number in range(rows):
        upper = 1 - (number * (pixels + _GAP) + _GAP) / inner
        axis = {
            "domain": [max(0, upper - pixels / inner), upper],
            "gridcolor": graph.FAINT,
            "zeroline": True,
            "zerolinecolor": graph.INK,
            "tickformat": ",~d",
            "nticks": 8 if rows == 1 else 5,
        } | ({"type": "log"} if asked.scale == "log" else {"range": [0, top or 1]})
        layout[f"yaxis{_axis(number)[1:]}"] = axis
        if rows > 1:
            layout["annotations"].append(_heading(headings[number], upper))
    return layout


def _heading(text: str, y: float) -> dict[str, Any]:
    placed = {"xref": "paper", "yref": "paper", "x": 0, "y": y, "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{plain(text)}</b>", **placed, "yshift": 6, "showarrow": False}
