"""One row a series pair for the overview: the newest level, what it was before, how it went, how fresh it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import tables, words
from trooptally_dashboards.disagreements import Disagreement, disagreements
from trooptally_dashboards.figures.points import height
from trooptally_dashboards.questions import series_link

if TYPE_CHECKING:
    from trooptally.ledger import Head, History, Level

_SPARKS = 40  # levels that a line of a few pixels can show
_WIDE, _HIGH = 96, 22
_FRESH, _OLD = 120, 400  # days
_WHOLE_DAY = len("2021-09-20")
MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The newest level of a force at a place.

    Attributes:
        head: The series that stands for the pair: the newest, of one day military people, then the highest.
        kinds: How many series (components and bases) of levels the pair has.
        before: The level of the same series that was the newest on the day compared with, or None where none was.
        line: Days and levels of the same series.
    """

    head: Head
    kinds: int
    before: float | None
    line: tuple[tuple[str, float], ...]


def latest(heads: Sequence[Head], histories: Sequence[History], since: str) -> list[Latest]:
    """Return a row for each force and place, newest first, of one day the highest, without a figure last."""
    told = {history.key: _line(history) for history in histories}
    rows: list[Latest] = []
    for _, own in groupby(sorted(heads, key=_pair), key=_pair):
        series = list(own)
        head = max(series, key=_preference)
        line = told.get((head.force, head.place, head.component, head.basis), ())
        rows.append(Latest(head=head, kinds=len(series), before=_before(line, since), line=line))
    return rows


def _pair(head: Head) -> tuple[str, str]:
    return head.force, head.place


def _preference(head: Head) -> tuple[str, bool, float]:
    people = height(head.low, head.point, head.high)
    return head.as_of_latest or head.published_on or "", head.component == "military", people or 0


def _line(history: History) -> tuple[tuple[str, float], ...]:
    levels = zip(history.days, history.lows, history.points, history.highs, strict=True)
    found = [(day, height(low, point, high)) for day, low, point, high in levels]
    return tuple((day, level) for day, level in found if level is not None)


def _before(line: Sequence[tuple[str, float]], since: str) -> float | None:
    return next((level for day, level in reversed(line) if day <= since), None)


def latest_table(
    rows: Sequence[Latest],
    names: Mapping[str, Mapping[str, str]],
    since: str,
    today: date,
    *,
    by: str,
) -> dict[str, Any]:
    """Return the rows as a table, named by "place" or by "force"."""
    headings = (
        words.sentence_case(by),
        "Latest level",
        "As of",
        f"Since {words.as_of(since)}",
        "All levels",
        "Independent origins",
        "Said by",
    )
    caption = words.sentence_case(words.counted(len(rows), by))
    return {"caption": caption, "headings": headings, "rows": [_cells(row, names, since, today, by) for row in rows]}


def _cells(row: Latest, names: Mapping[str, Mapping[str, str]], since: str, today: date, by: str) -> list[tables.Cell]:
    head, sources = row.head, names["source"]
    key = head.place if by == "place" else head.force
    return [
        {"text": names[by].get(key, key), "href": series_link(head.force, head.place), "note": _note(row)},
        tables.head_figure(head),
        {
            "text": words.as_of(head.as_of or head.published_on),
            **freshness(head.as_of_latest or head.published_on, today),
        },
        change(row, since),
        spark(row.line),
        words.number(head.origins),
        sources.get(head.origin_id, head.origin_id),
    ]


def _note(row: Latest) -> str:
    head = row.head
    parts = [
        words.COMPONENTS.get(head.component, head.component) if head.component != "military" else "",
        words.BASES.get(head.basis, head.basis) if head.basis != "unstated" else "",
        f"+{row.kinds - 1} counted otherwise" if row.kinds > 1 else "",
    ]
    return ", ".join(part for part in parts if part)


def freshness(day: str | None, today: date) -> dict[str, str]:
    """Return how long ago a day is, and the class that shows it."""
    if not day or len(day) < _WHOLE_DAY:
        return {"note": "", "class": ""}
    days = (today - date.fromisoformat(day[:_WHOLE_DAY])).days
    look = "fresh" if days <= _FRESH else ("ageing" if days <= _OLD else "stale")
    return {"note": _ago(days), "class": look}


def _ago(days: int) -> str:
    if days < 0:
        return "ahead of today"
    for unit, length in (("year", 365), ("month", 30), ("day", 1)):
        if days >= 2 * length or (unit == "day"):
            return f"{words.counted(days // length, unit)} ago" if days else "today"
    return ""


def change(row: Latest, since: str) -> tables.Cell:
    """Return how the level differs from the one that stood on the day compared with, in sign, number and word."""
    now = height(row.head.low, row.head.point, row.head.high)
    day = row.head.as_of_latest or ""
    if now is None:
        return {"text": "no figure now", "class": "quiet"}
    if day and day <= since:
        return {"text": "nothing newer", "class": "quiet"}
    if row.before is None:
        return {"text": "no level then", "class": "quiet"}
    step = round(now - row.before)
    if step == 0:
        return {"text": "unchanged", "class": "quiet"}
    sign = "\N{BLACK UP-POINTING TRIANGLE}" if step > 0 else "\N{BLACK DOWN-POINTING TRIANGLE}"
    return {"text": f"{sign} {words.number(abs(step))}", "class": "more" if step > 0 else "fewer"}


def spark(line: Sequence[tuple[str, float]]) -> tables.Cell:
    """Return the levels as a small line, in order of their days; each stays until the next."""
    dated = [(date.fromisoformat(day[:_WHOLE_DAY]).toordinal(), level) for day, level in line if len(day) >= _WHOLE_DAY]
    if len(dated) < 2:  # noqa: PLR2004 - one level is no line
        return {"text": ""}
    thinned = dated[:: max(1, len(dated) // _SPARKS)]
    shown = thinned if thinned[-1] == dated[-1] else [*thinned, dated[-1]]
    first, last, top = shown[0][0], shown[-1][0], max(level for _, level in shown) or 1
    across = max(last - first, 1)
    points = [(round(_WIDE * (day - first) / across), round(_HIGH - (_HIGH - 2) * level / top)) for day, level in shown]
    ends = [f"{words.number(round(level))} in {day[:4]}" for day, level in (line[0], line[-1])]
    said = ", ".join(ends)
    path = f"M{points[0][0]} {points[0][1]}" + "".join(f"H{x}V{y}" for x, y in points[1:])
    return {"text": "", "spark": path, "label": f"{words.counted(len(line), 'level')}: {said}"}


def month_ago(now: datetime) -> str:
    """Return the instant a month before, as the ledger is asked."""
    return (now.astimezone(UTC) - MONTH).isoformat()


def disputed(levels: Sequence[Level], fresh: set[str]) -> list[Disagreement]:
    """Return the conflicts in which a claim of the last month takes part, the largest first."""
    return [one for one in disagreements(levels) if any(level.claim_id in fresh for level in one.levels)]
