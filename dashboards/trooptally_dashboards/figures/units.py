"""Which units came, went and relieved each other: bars beneath a series, on its own axis of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette, words
from trooptally_dashboards.figures.points import plain

if TYPE_CHECKING:
    from trooptally.ledger import UnitMove
    from trooptally_dashboards.questions import SeriesQuestion

_KINDS = {"rotating": ("relief", palette.COLOURS[2]), "deploying": ("in", palette.COLOURS[0])}
_OUT = ("out", palette.COLOURS[1])
_DURATION = re.compile(r"(?P<many>\d+|[a-z]+)[\s-]*(?P<unit>day|week|month|year)s?", re.IGNORECASE)
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"
_MOST = 12  # so many bars can be told apart in one lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The stay of one unit, as one or several claims tell it."""

    move: UnitMove
    until: str
    claims: int


def bars(moves: Iterable[UnitMove], question: SeriesQuestion) -> list[Bar]:
    """Return a bar for each unit and period that the question lets through, the first to come first."""
    told: dict[tuple[str, str, str, str], list[UnitMove]] = {}
    for move in moves:
        shown = not question.measures or move.measure in question.measures
        within = move.latest >= question.since and (not question.until or move.earliest <= question.until)
        if shown and within:
            told.setdefault((move.unit.casefold(), move.measure, move.earliest, move.latest), []).append(move)
    made = [Bar(move=_fullest(own), until=_until(_fullest(own)), claims=len(own)) for own in told.values()]
    return sorted(made, key=lambda bar: (bar.move.earliest, bar.until))[-_MOST:]


def unit_traces(shown: Sequence[Bar], axis: str, days: Iterable[str]) -> list[dict[str, Any]]:
    """Return a thick line for each stay, with the name of its unit over it, on the side where there is room.

    Args:
        shown: The stays.
        axis: The height axis of their lane.
        days: Every day that the chart shows.
    """
    middle = _middle([*days, *[bar.move.earliest for bar in shown]])
    return [_trace(bar, len(shown) - n, axis, before=bar.move.earliest > middle) for n, bar in enumerate(shown)]


def _trace(bar: Bar, height: int, axis: str, *, before: bool) -> dict[str, Any]:
    kind, colour = _KINDS.get(bar.move.measure, _OUT)
    card = _card(bar, kind)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [bar.move.earliest, bar.until],
        "y": [height, height],
        "yaxis": axis,
        "line": {"width": 9, "color": colour},
        "marker": {"size": 9, "symbol": "line-ns-open", "color": colour},
        "text": [plain(card[1]), ""],
        "textposition": "top left" if before else "top right",
        "textfont": {"size": 12},
        "customdata": [card, card],
        "hovertemplate": _HOVER,
        "cliponaxis": False,
        "name": "",
    }


def _card(bar: Bar, kind: str) -> list[str]:
    move = bar.move
    relieved = f", relieves {move.relieved}" if move.relieved else ""
    when = words.as_of(move.earliest if move.earliest == move.latest else f"{move.earliest}/{move.latest}")
    stay = f", for {move.duration}" if move.duration else ", end not reported"
    said = f"{move.unit}: {kind}{relieved}"
    return [move.claim_id, said, kind, when + stay, words.counted(bar.claims, "claim")]


def _fullest(moves: Sequence[UnitMove]) -> UnitMove:
    return max(moves, key=lambda move: (bool(move.duration), bool(move.relieved), move.claim_id))


def _until(move: UnitMove) -> str:
    """Return the day on which the stay ends: after its duration where one is told, else with its as-of."""
    days = stay_days(move.duration)
    if not days:
        return move.latest
    try:
        return (date.fromisoformat(move.earliest) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return move.latest


def stay_days(duration: str) -> int:
    """Return the days of a duration as printed ("nine months", "a year", "270 days"), 0 for any other words."""
    found = _DURATION.search(duration)
    if found is None:
        return 0
    many = found["many"].casefold()
    counts: Mapping[str, int] = {"a": 1, "an": 1, **{word: n for n, word in enumerate(_COUNTED)}}
    count = int(many[:4]) if many.isdigit() else counts.get(many, 0)
    return round(count * _DAYS[found["unit"].casefold()])


def _middle(days: Sequence[str]) -> str:
    """Return the day halfway between the first and the last."""
    whole = sorted(date.fromisoformat(day).toordinal() for day in days if len(day) == len("2021-09-20"))
    return date.fromordinal((whole[0] + whole[-1]) // 2).isoformat() if whole else ""
