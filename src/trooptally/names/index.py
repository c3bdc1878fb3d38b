"""From a normalised name to the ids that it may mean, by era and section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from trooptally.names.normal import normalise


class Meaning(NamedTuple):
    """One thing that a name can mean.

    Attributes:
        printed: The name as the code list prints it.
        target: The id.
        word: What kind of word the name is: name, state, place, force, adjective, demonym, metonym, informal.
        valid_from: First ISO date on which the name means this, or empty.
        valid_to: Last ISO date, or empty.
        section: The section of a table in which it means this, in capitals, or empty for everywhere.
    """

    printed: str
    target: str
    word: str
    valid_from: str = ""
    valid_to: str = ""
    section: str = ""

    def holds_on(self, day: str) -> bool:
        """Return whether the name means this on the ISO date; an empty day asks for no date."""
        return not day or (self.valid_from <= day and (not self.valid_to or day <= self.valid_to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One name, for a reader of prose that builds its own matcher.

    Attributes:
        name: The normalised name.
        printed: The name as the code list prints it; its capitals tell an acronym from a word.
        kind: force, place, city, unit or source.
        id: What it means.
        word: What kind of word it is: name, state, place, force, adjective, demonym, metonym, informal ...
        country: For places and cities, the country that holds it, where one does; else empty.
        valid_from: First ISO date on which the name means this, or empty.
        valid_to: Last ISO date, or empty.
        section: The section of a table to which it is confined, or empty.
    """

    name: str
    printed: str
    kind: str
    id: str
    word: str
    country: str = ""
    valid_from: str = ""
    valid_to: str = ""
    section: str = ""


class NameIndex:
    """All names of one kind, looked up by what is printed."""

    def __init__(self, ids: Iterable[str], meanings: Iterable[Meaning]) -> None:
        self._ids = frozenset(ids)
        self._meanings: Mapping[str, list[Meaning]] = _by_name(meanings)

    def find(self, printed: str, *, on: date | None = None, section: str = "") -> str | None:
        """Return the one id that the name means there and then, or None where that is none or more than one.

        Ids mean themselves, in capitals only: "CAN" and "AND" are ids, "can" and "and" are words.
        """
        stripped = printed.strip()
        if stripped in self._ids:
            return stripped
        day = on.isoformat() if on else ""
        chosen = _in_section(self._meanings.get(normalise(stripped), ()), section.strip().upper())
        targets = {meaning.target for meaning in chosen if meaning.holds_on(day) and meaning.word != "informal"}
        return targets.pop() if len(targets) == 1 else None

    def targets(self, printed: str) -> tuple[str, ...]:
        """Return every id that the name can mean anywhere and at any time, without repetition."""
        return tuple(dict.fromkeys(meaning.target for meaning in self._meanings.get(normalise(printed), ())))

    def names(self) -> tuple[str, ...]:
        """Return every normalised name."""
        return tuple(self._meanings)

    def items(self) -> Iterator[tuple[str, Meaning]]:
        """Yield every normalised name with each of its meanings."""
        for name, meanings in self._meanings.items():
            for meaning in meanings:
                yield name, meaning


def _by_name(meanings: Iterable[Meaning]) -> Mapping[str, list[Meaning]]:
    by_name: defaultdict[str, list[Meaning]] = defaultdict(list)
    for meaning in meanings:
        by_name[normalise(meaning.printed)].append(meaning)
    return dict(by_name)


def _in_section(meanings: Iterable[Meaning], section: str) -> list[Meaning]:
    """Return what a name means in a section: what is said of that section, else what holds everywhere."""
    here = [meaning for meaning in meanings if section and meaning.section == section]
    return here or [meaning for meaning in meanings if not meaning.section]
