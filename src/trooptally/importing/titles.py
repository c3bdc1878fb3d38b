"""What the words above a table say: one place, one mission, one day. Where they name two places, none is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import BadDate

if TYPE_CHECKING:
    from trooptally.names import Names

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAYS = (
    re.compile(r"\b\d{4}-\d\d-\d\d\b"),
    re.compile(rf"\b{_MONTH} \d{{1,2}}, ?\d{{4}}\b", re.IGNORECASE),
    re.compile(rf"\b\d{{1,2}} {_MONTH} \d{{4}}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} \d{{4}}\b", re.IGNORECASE),
)
_WORD = re.compile(r"[^\W\d_][\w.'\u2019-]*")
_LONGEST = 5
_COUNTRIES = frozenset({"country", "former_country", "territory", "region", "theatre", "base"})


def as_of_in(texts: Sequence[str]) -> AsOf | None:
    """Return the first day or month that the texts name, the most precise form first."""
    joined = "\n".join(texts)
    for pattern in _DAYS:
        for found in pattern.finditer(joined):
            try:
                return parse_as_of(found[0])
            except BadDate:
                continue
    return None


def mission_in(texts: Sequence[str], names: Names) -> str | None:
    """Return the one alliance, mission or coalition that the texts name, or None."""
    kinds = {"mission", "coalition", "alliance"}
    forces = {force for words in _phrases(texts) if (force := names.force(words))}
    named = {force for force in forces if names.facts("force", force).get("kind") in kinds}
    missions = {force for force in named if names.facts("force", force).get("place_id")}
    chosen = missions or named
    return chosen.pop() if len(chosen) == 1 else None


def place_in(texts: Sequence[str], names: Names) -> str | None:
    """Return the one place that the texts name, else the place of the mission that they name, or None."""
    places = {place for words in _phrases(texts) if (place := names.place(words))}
    places = {place for place in places if names.facts("place", place).get("kind") in _COUNTRIES}
    if len(places) == 1:
        return places.pop()
    mission = mission_in(texts, names)
    home = names.facts("force", mission).get("place_id", "") if mission else ""
    return home or None


def _phrases(texts: Sequence[str]) -> Iterator[str]:
    """Yield runs of words that begin and end with a capital, the longest first."""
    for text in texts:
        words = _WORD.findall(text)
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                run = words[at : at + length]
                if run[0][0].isupper() and run[-1][0].isupper():
                    yield " ".join(run)
