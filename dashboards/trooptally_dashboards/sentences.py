"""The sentence above a series: what a reader who never looks at the chart must know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trooptally_dashboards import words
from trooptally_dashboards.figures.points import height, level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.figures.points import Selection

_LOOKS_BACK = timedelta(days=92)  # a quarter: what was said within one speaks of the same level
_MOVEMENTS = frozenset({"deploying", "withdrawing", "rotating"})
_TOLD = 5  # so many figures fit into a sentence
_ABOUT = 0.1  # "about 2,500" agrees with what lies within a tenth of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The numbers a claim leaves possible."""

    low: float
    high: float

    def meets(self, other: Span) -> bool:
        """Whether some number is possible under both."""
        return self.low <= other.high and other.low <= self.high


def series_sentence(shown: Selection) -> str:
    """Return the latest level with its hedge, who agrees and differs, and when it was last reported."""
    claims, rows = shown.claims, shown.rows
    levels = [row for row in rows if _is_level(claims, row)]
    if not levels:
        return _no_level(claims, rows)
    latest = max(levels, key=lambda row: (_last_day(claims, row), claims.published_on[row] or ""))
    near = _near(claims, levels, latest)
    stated = _span(claims, latest)
    agreeing = {row for row in near if _span(claims, row).meets(stated)}
    origins = len({claims.origin_id[row] for row in agreeing})
    said = words.sentence_case(level(claims, latest))
    day = words.as_of(claims.as_of[latest] or claims.published_on[latest])
    parts = [f"{said}, by {words.counted(origins, 'independent origin')}, last reported {day}."]
    parts.append(_others(claims, [row for row in near if row not in agreeing]))
    parts.append(_movements(claims, rows, latest))
    parts.append(_withheld_since(claims, rows, latest))
    return " ".join(part for part in parts if part)


def _no_level(claims: SeriesColumns, rows: Sequence[int]) -> str:
    silent = [row for row in rows if claims.measure[row] == "present"]
    if silent:
        last = max(silent, key=lambda row: _last_day(claims, row))
        reason = words.missing(claims.missing_reason[last])
        return f"{words.sentence_case(reason)} for {words.as_of(claims.as_of[last])}: no level is known."
    if rows:
        return "No level is reported: movements, ceilings and plans are known, and none of these is a count."
    return "No claim matches these filters."


def _is_level(claims: SeriesColumns, row: int) -> bool:
    return (
        claims.measure[row] in {"present", "other_strength"}
        and claims.status[row] == "accepted"
        and height(claims.low[row], claims.point[row], claims.high[row]) is not None
    )


def _last_day(claims: SeriesColumns, row: int) -> str:
    return claims.as_of_latest[row] or claims.published_on[row] or ""


def _near(claims: SeriesColumns, levels: Sequence[int], latest: int) -> list[int]:
    """Return the levels of the same series key within a quarter before the latest."""
    since = _quarter_before(claims, latest)
    key = (claims.measure[latest], claims.component[latest], claims.basis[latest])
    return [
        row
        for row in levels
        if _last_day(claims, row) >= since and (claims.measure[row], claims.component[row], claims.basis[row]) == key
    ]


def _quarter_before(claims: SeriesColumns, latest: int) -> str:
    last = _last_day(claims, latest)
    try:
        return (date.fromisoformat(last) - _LOOKS_BACK).isoformat()
    except ValueError:
        return last


def _movements(claims: SeriesColumns, rows: Sequence[int], latest: int) -> str:
    """Return the movements reported about the time of the latest level, since a reader may be tempted to add them."""
    since = _quarter_before(claims, latest)
    moves = [
        f"{level(claims, row)} {words.MEASURES[claims.measure[row]]}, {words.as_of(claims.as_of[row])}"
        for row in rows
        if claims.measure[row] in _MOVEMENTS and claims.status[row] == "accepted" and _last_day(claims, row) >= since
    ]
    told = list(dict.fromkeys(moves))
    more = f"; and {words.number(len(told) - _TOLD)} more" if len(told) > _TOLD else ""
    return f"Not added: {'; '.join(told[-_TOLD:])}{more}." if told else ""


def _span(claims: SeriesColumns, row: int) -> Span:
    return span(claims.low[row], claims.point[row], claims.high[row], claims.hedge[row])


def span(low: int | None, point: int | None, high: int | None, hedge: str | None) -> Span:
    """Return the numbers that a figure leaves possible."""
    if hedge == "approximate" and point is not None:
        return Span(low=point * (1 - _ABOUT), high=point * (1 + _ABOUT))
    first = low if low is not None else (point if point is not None else 0)
    last = high if high is not None else (point if point is not None else float("inf"))
    return Span(low=first, high=last)


def _others(claims: SeriesColumns, rows: Sequence[int]) -> str:
    """Return what the origins say that cannot mean the same number."""
    if not rows:
        return ""
    origins = len({claims.origin_id[row] for row in rows})
    said = dict.fromkeys(level(claims, row) for row in sorted(rows, key=lambda row: _span(claims, row).low))
    verb = "says" if origins == 1 else "say"
    told = list(said)
    shown = words.listed(told) if len(told) <= _TOLD else f"from {told[0]} to {told[-1]}"
    return f"Within the same quarter {words.counted(origins, 'other origin')} {verb} {shown}."


def _withheld_since(claims: SeriesColumns, rows: Sequence[int], latest: int) -> str:
    later = [
        row
        for row in rows
        if claims.measure[row] == "present"
        and claims.missing_reason[row]
        and _last_day(claims, row) > _last_day(claims, latest)
    ]
    if not later:
        return ""
    first = min(later, key=lambda row: _last_day(claims, row))
    reason = words.missing(claims.missing_reason[first])
    return f"{words.sentence_case(reason)} since {words.as_of(claims.as_of[first])}."
