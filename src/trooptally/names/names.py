"""The door of this room: every question about a name, answered from one set of code lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from trooptally.model import Attribution, Link, slug
from trooptally.names.attribution import SourceSense, attribute
from trooptally.names.codelists import CodeLists, Rows
from trooptally.names.index import Entry, Meaning, NameIndex
from trooptally.names.normal import normalise
from trooptally.vocabulary import SourceKind

NameKind: TypeAlias = Literal["force", "place", "source", "city", "unit"]

ALPHA_2 = "ALPHA-2"
"""The section under which two-letter country codes mean places; elsewhere "IN", "NO" and "PA" are words."""

_FORMER = ("former_state", "former_country")
# The words of the alias list that name each kind of thing; a state's name names its force and its place.
_WORDS: dict[str, frozenset[str]] = {
    "force": frozenset({"state", "force", "adjective", "demonym", "metonym", "informal"}),
    "place": frozenset({"state", "place"}),
    "source": frozenset({"source"}),
    "city": frozenset({"city"}),
    "unit": frozenset({"unit"}),
}
_PUBLISHERS = frozenset(
    {SourceKind.AGENCY, SourceKind.NEWSPAPER, SourceKind.BROADCASTER, SourceKind.WEBSITE, SourceKind.RESEARCH}
)
_MOST_SUGGESTIONS = 3
_NAMES_LOOKED_AT = 10
_LEAST_LIKENESS = 72
_LONGEST_NAME = 120


class Names:
    """All names of one set of code lists."""

    def __init__(self, codelists: CodeLists) -> None:
        self._lists = codelists

    @staticmethod
    @cache
    def shipped() -> Names:
        """Return the names of the code lists that ship with the program."""
        return Names(CodeLists.shipped())

    def with_aliases(self, rows: Rows) -> Names:
        """Return names that also know some more aliases, in the columns of the alias list."""
        return Names(replace(self._lists, aliases=(*self._lists.aliases, *rows)))

    def force(self, printed: str, *, on: date | None = None) -> str | None:
        """Return the id of the force of that name on that day, or None.

        Names, adjectives ("Turkish"), people ("Iraqis") and seats of government ("Washington") name forces.
        `on` is the day that the figure is about, not the day of publication; without it every era is asked,
        and the answer must be the same in all.
        """
        return self._index("force").find(printed, on=on)

    def place(self, printed: str, *, on: date | None = None, section: str = "") -> str | None:
        """Return the id of the place of that name on that day, in that section of a table, or None.

        Sections: "UNITED STATES" and "OVERSEAS" as location tables print them; "ALPHA-2" for country codes.
        """
        return self._index("place").find(printed, on=on, section=section)

    def source(self, printed: str) -> Link:
        """Return the source of that name; one that no list carries gets its readable name as its id."""
        name = printed.strip()
        return Link(source_id=self._index("source").find(name) or slug(name), printed=name)

    def attribution(self, publisher: str, attributed_to: str = "") -> Attribution:
        """Return the chain from the publisher to the origin, as the two were printed."""
        return attribute(publisher, attributed_to, self._sense)

    def suggest(self, printed: str, kind: NameKind) -> tuple[str, ...]:
        """Return display names of what could have been meant, at most three, nearest first."""
        index = self._index(kind)
        found = dict.fromkeys(index.targets(printed))
        if kind == "place":
            found |= dict.fromkeys(self._index("city").targets(printed))
        found |= dict.fromkeys(_near(printed, index))
        return tuple(dict.fromkeys(self.label(kind, target) for target in found))[:_MOST_SUGGESTIONS]

    def label(self, kind: NameKind, id: str) -> str:  # noqa: A002 -- the contract's own word
        """Return the display name of an id, or the id itself where no list carries it."""
        row = self._rows_by_id(kind).get(id)
        return row["name"] if row else id

    def facts(self, kind: NameKind, id: str) -> Mapping[str, str]:  # noqa: A002 -- the contract's own word
        """Return the code list's row of an id, or an empty mapping."""
        return MappingProxyType(self._rows_by_id(kind).get(id, {}))

    def country(self, place: str) -> str:
        """Return the country that holds a state, region or base; any other place is its own answer."""
        passed: set[str] = set()
        while (within := self.facts("place", place).get("within", "")) and place not in passed:
            passed.add(place)
            place = within
        return place

    def members(self, theatre: str) -> frozenset[str]:
        """Return the countries of a theatre, empty where they are not listed."""
        return self._members.get(theatre, frozenset())

    def entries(self, kind: NameKind) -> tuple[Entry, ...]:
        """Return every name of a kind with all it can mean, for a reader that builds its own matcher."""
        return tuple(self._entries(kind))

    def adds_to(self, other: Names) -> bool:
        """Return whether there is a force or a place, or another name of one, that the other names lack."""
        return self is not other and not self._spelled <= other._spelled

    @cached_property
    def _spelled(self) -> frozenset[tuple[str, str]]:
        lists = (("force_id", self._lists.forces), ("place_id", self._lists.places), ("target", self._lists.aliases))
        return frozenset((row[identity], row["name"]) for identity, rows in lists for row in rows)

    def _entries(self, kind: NameKind) -> Iterator[Entry]:
        for name, meaning in self._index(kind).items():
            yield Entry(
                name=name,
                printed=meaning.printed,
                kind=kind,
                id=meaning.target,
                word=meaning.word,
                country=self.country(meaning.target) if kind in ("place", "city") else "",
                valid_from=meaning.valid_from,
                valid_to=meaning.valid_to,
                section=meaning.section,
            )

    def _index(self, kind: NameKind) -> NameIndex:
        if kind not in self._indexes:
            self._indexes[kind] = NameIndex(_ids(kind, self._rows(kind)), self._meanings(kind))
        return self._indexes[kind]

    def _meanings(self, kind: NameKind) -> Iterator[Meaning]:
        yield from _own_names(kind, self._rows(kind))
        for row in self._lists.aliases:
            if row["kind"] in _WORDS[kind]:
                yield Meaning(
                    row["name"],
                    row["target"],
                    row["kind"],
                    row["valid_from"],
                    row["valid_to"],
                    row["section"],
                )
        if kind == "place":
            for row in self._lists.places:
                if row["iso2"]:
                    yield Meaning(row["iso2"], row["place_id"], "code", section=ALPHA_2)

    def _rows(self, kind: NameKind) -> Rows:
        match kind:
            case "force":
                return self._lists.forces
            case "place":
                return self._lists.places
            case "source":
                return self._lists.sources
            case "city":
                return self._lists.cities
            case "unit":
                return self._lists.units

    def _rows_by_id(self, kind: NameKind) -> Mapping[str, dict[str, str]]:
        # A city's id is its country's, so its display name is the country's as well.
        asked: NameKind = "place" if kind == "city" else kind
        if asked not in self._by_id:
            self._by_id[asked] = {row[f"{asked}_id"]: row for row in self._rows(asked)}
        return self._by_id[asked]

    @cached_property
    def _indexes(self) -> dict[NameKind, NameIndex]:
        return {}

    @cached_property
    def _by_id(self) -> dict[NameKind, dict[str, dict[str, str]]]:
        return {}

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        members: dict[str, set[str]] = {}
        for row in self._lists.place_members:
            members.setdefault(row["theatre_id"], set()).add(row["place_id"])
        return {theatre: frozenset(places) for theatre, places in members.items()}

    @cached_property
    def _sense(self) -> SourceSense:
        sources = self._index("source")
        kinds = {row["source_id"]: row["kind"] for row in self._lists.sources}
        return SourceSense(
            link=self.source,
            is_known=lambda printed: kinds.get(sources.find(printed) or "", SourceKind.UNKNOWN) != SourceKind.UNKNOWN,
            is_publisher=lambda source_id: kinds.get(source_id) in _PUBLISHERS,
            is_agency=lambda source_id: kinds.get(source_id) == SourceKind.AGENCY,
        )


def _ids(kind: NameKind, rows: Rows) -> Iterator[str]:
    """Yield the ids that a person may print: those in capitals, of forces and places."""
    if kind in ("force", "place"):
        for row in rows:
            yield row[f"{kind}_id"]


def _near(printed: str, index: NameIndex) -> Iterator[str]:
    """Yield the ids of the names most like the printed one, nearest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        normalise(printed[:_LONGEST_NAME]),
        index.names(),
        scorer=fuzz.ratio,
        score_cutoff=_LEAST_LIKENESS,
        limit=_NAMES_LOOKED_AT,
    )
    for name, _, _ in found:
        yield from index.targets(name)


def _own_names(kind: NameKind, rows: Rows) -> Iterator[Meaning]:
    """Yield what the code list itself calls each of its rows; a former state's name has its state's era."""
    key = "place_id" if kind == "city" else f"{kind}_id"
    for row in rows:
        era = (row["valid_from"], row["valid_to"]) if row.get("kind") in _FORMER else ("", "")
        yield Meaning(row["name"], row[key], "name", *era)
        for alias in filter(None, row.get("aliases", "").split("|")):
            yield Meaning(alias, row[key], "name")
