"""Where independent origins conflict: levels of one series within one quarter that cannot all be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from trooptally_dashboards.figures.points import height
from trooptally_dashboards.sentences import span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.ledger import Level

WITHIN = 92  # days: what was said within a quarter speaks of the same level


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """The widest conflict of one series.

    Attributes:
        levels: One claim of each origin, the lowest figure first; not all can be meant.
        ceilings: Ceilings of the same time; they are limits, not counts, and stand apart.
        size: People between the lowest and the highest.
    """

    levels: tuple[Level, ...]
    ceilings: tuple[Level, ...]
    size: float

    @property
    def newest(self) -> str:
        """The last day that it is about."""
        return max(level.as_of_latest for level in self.levels)


def disagreements(levels: Sequence[Level]) -> list[Disagreement]:
    """Return the widest conflict of each series that has any, the largest first.

    Args:
        levels: Levels and ceilings, those of a force and place together.
    """
    found: list[Disagreement] = []
    for _, own in groupby(levels, key=lambda level: (level.force, level.place)):
        claims = list(own)
        ceilings = [level for level in claims if level.measure == "authorized"]
        series: dict[tuple[str, str], list[Level]] = {}
        for level in claims:
            if level.measure == "present":
                series.setdefault((level.component, level.basis), []).append(level)
        found.extend(one for present in series.values() if (one := _widest(present, ceilings)) is not None)
    return sorted(found, key=lambda one: -one.size)


def _widest(present: Sequence[Level], ceilings: Sequence[Level]) -> Disagreement | None:
    """Return the conflict with the most people between its ends."""
    windows = [_conflict(window) for window in _windows(present)]
    widest = max((window for window in windows if window), key=_size, default=None)
    if widest is None:
        return None
    first, last = min(map(_day, widest)), max(map(_day, widest))
    beside = tuple(ceiling for ceiling in ceilings if first <= _day(ceiling) <= last + WITHIN)
    return Disagreement(levels=widest, ceilings=beside, size=_size(widest))


def _windows(present: Sequence[Level]) -> list[Sequence[Level]]:
    """Return for each claim those of the quarter that ends with it."""
    ordered = sorted(present, key=_day)
    windows: list[Sequence[Level]] = []
    first = 0
    for last, level in enumerate(ordered, start=1):
        while _day(level) - _day(ordered[first]) > WITHIN:
            first += 1
        windows.append(ordered[first:last])
    return windows


def _conflict(window: Sequence[Level]) -> tuple[Level, ...]:
    """Return the newest claim of each origin, or nothing where all of them can mean the same number."""
    newest = {level.origin_id: level for level in window}
    ordered = tuple(sorted(newest.values(), key=_people))
    spans = [span(level.low, level.point, level.high, level.hedge) for level in ordered]
    agree = all(one.meets(other) for one in spans for other in spans)
    return () if agree else ordered


def _size(levels: Sequence[Level]) -> float:
    return _people(levels[-1]) - _people(levels[0])


def _people(level: Level) -> float:
    return height(level.low, level.point, level.high) or 0


def _day(level: Level) -> int:
    return date.fromisoformat(level.as_of_latest).toordinal()
