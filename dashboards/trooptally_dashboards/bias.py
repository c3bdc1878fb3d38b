"""How a source's levels differ from those that others give for the same key and the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from trooptally_dashboards import words
from trooptally_dashboards.figures.points import height

if TYPE_CHECKING:
    from trooptally.ledger import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A level of the source, and what others say of the same key and day.

    Attributes:
        level: The source's own.
        others: How many other origins there are.
        middle: The median of their levels.
    """

    level: Level
    others: int
    middle: float

    @property
    def apart(self) -> float:
        """People above (or, negative, below) the others."""
        return (height(self.level.low, self.level.point, self.level.high) or 0) - self.middle


def meetings(levels: Sequence[Level], source_id: str) -> list[Meeting]:
    """Return where the source and others speak of the same key and day, the widest apart first."""
    same: dict[tuple[str, ...], list[Level]] = {}
    for level in levels:
        if level.measure == "present":
            key = (level.force, level.place, level.component, level.basis, level.as_of or "", level.as_of_latest)
            same.setdefault(key, []).append(level)
    found = [_meeting(group, own, source_id) for group in same.values() for own in _own(group, source_id)]
    return sorted((one for one in found if one is not None), key=lambda one: -abs(one.apart))


def _own(group: Sequence[Level], source_id: str) -> list[Level]:
    """Return the level that the source gives; of several the last, since a source corrects itself."""
    return [level for level in group if level.origin_id == source_id][-1:]


def _meeting(group: Sequence[Level], own: Level, source_id: str) -> Meeting | None:
    newest = {level.origin_id: height(level.low, level.point, level.high) for level in group}
    others = [people for origin, people in newest.items() if origin != source_id and people is not None]
    return Meeting(level=own, others=len(others), middle=median(others)) if others else None


def bias_sentence(found: Sequence[Meeting]) -> str:
    """Return in words how far the source lies from the others, as a median and a share, or that nothing can be said."""
    if not found:
        return "No other origin speaks of the same key and day, so nothing can be said of how it leans."
    shares = [one.apart / one.middle for one in found if one.middle]
    above, below = sum(one.apart > 0 for one in found), sum(one.apart < 0 for one in found)
    where = words.counted(len(found), "key and day", "keys and days")
    said = f"On {where} that other origins speak of too, it is above them {above} and below them {below} times"
    return f"{said}; half of the time by more than {median(map(abs, shares)):.0%}." if shares else f"{said}."
