"""Names in a sentence: countries, peoples, governments, groups, towns and theatres, found on tokens.

The shipped list holds what news prints beyond the code lists (towns, bases, capitals that stand for governments,
peoples). What a `Names` knows in addition is laid over it, so that a name added to a ledger is read as well.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeAlias
from weakref import WeakKeyDictionary

from trooptally.names import Entry, Names
from trooptally.names.names import NameKind
from trooptally.reading.tokens import Token

FORCE_KINDS = frozenset({"country", "people", "government", "group"})
PLACE_KINDS = frozenset({"country", "town", "theatre"})
Readings: TypeAlias = tuple[tuple[str, str], ...]


@cache
def _told(readings: Readings) -> tuple[str, str, frozenset[str]]:
    """Return the force and the place that a name can stand for, and all kinds that it can be."""
    force = next((id_ for kind, id_ in readings if kind in FORCE_KINDS), "")
    place = next((id_ for kind, id_ in readings if kind in PLACE_KINDS), "")
    return force, place, frozenset(kind for kind, _ in readings)


@dataclass(slots=True, kw_only=True, eq=False)
class Mention:
    """A name met in a sentence: tokens from `first` to before `last`.

    Attributes:
        readings: What it can be: (kind, id) pairs, such as ("town", "RUS") and ("government", "RUS") for Moscow.
        force: The id of the force that the name can stand for, or empty.
        place: The id of the place that the name can stand for, or empty.
        people: Whether it is an adjective or a people ("Cuban", "Cubans").
        kinds: All kinds that it can be.
    """

    first: int
    last: int
    printed: str
    readings: Readings
    force: str = field(init=False)
    place: str = field(init=False)
    people: bool = field(init=False)
    kinds: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Tell once what every stage asks."""
        self.force, self.place, self.kinds = _told(self.readings)
        self.people = "people" in self.kinds


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their words; asking costs a dictionary look-up per token and one per length of the names met there.

    Attributes:
        lengths: How many words the names have that begin with a word, longest first.
        readings: What each name can be.
    """

    lengths: Mapping[str, tuple[int, ...]]
    readings: Mapping[tuple[str, ...], Readings]

    @classmethod
    @cache
    def shipped(cls) -> Gazetteer:
        """Return the names that ship with the reader."""
        return cls.of(_shipped_rows())

    @classmethod
    def knowing(cls, names: Names) -> Gazetteer:
        """Return the names that ship with the reader, and those of forces and places that somebody has added."""
        if not names.adds_to(Names.shipped()):
            return cls.shipped()
        if names not in _KNOWING:
            _KNOWING[names] = cls.of((*_shipped_rows(), *_added(names)))
        return _KNOWING[names]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> Gazetteer:
        """Return a gazetteer of rows (printed, kind, id)."""
        readings: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for printed, kind, id_ in rows:
            found = readings.setdefault(_words(printed), [])
            if (kind, id_) not in found:
                found.append((kind, id_))
        lengths: dict[str, set[int]] = {}
        for words in readings:
            lengths.setdefault(words[0], set()).add(len(words))
        return cls(
            {first: tuple(sorted(known, reverse=True)) for first, known in lengths.items()},
            {words: tuple(kinds) for words, kinds in readings.items()},
        )

    def mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """Return the names in a sentence, longest first where two overlap, in order."""
        lows = tuple([token.low for token in tokens])
        firsts, found, behind = self.lengths, [], 0
        for position, low in enumerate(lows):
            if position >= behind and (low in firsts or low.endswith("-led")):
                mention = self._at(tokens, lows, position)
                if mention is not None:
                    found.append(mention)
                    behind = mention.last
        return found

    def _at(self, tokens: Sequence[Token], lows: tuple[str, ...], position: int) -> Mention | None:
        if lows[position].endswith("-led"):
            return self._led(tokens, position)
        for length in self.lengths[lows[position]]:
            last = position + length
            readings = self.readings.get(lows[position:last]) if last <= len(lows) else None
            if readings is not None and _written_as_name(tokens[position:last], readings):
                printed = " ".join([token.text for token in tokens[position:last]])
                return Mention(first=position, last=last, printed=printed, readings=readings)
        return None

    def _led(self, tokens: Sequence[Token], position: int) -> Mention | None:
        """Read "Russian-led" as the people that leads; "U.S.-led" is in the list, as a coalition."""
        low = tokens[position].low
        readings = self.readings.get((low,), ())
        if not readings:
            owner = self.readings.get((low.removesuffix("-led"),), ())
            readings = tuple(("people", id_) for kind, id_ in owner if kind in FORCE_KINDS)[:1]
        printed = tokens[position].text
        return Mention(first=position, last=position + 1, printed=printed, readings=readings) if readings else None


_KNOWING: WeakKeyDictionary[Names, Gazetteer] = WeakKeyDictionary()
_SPOKEN = {"state": "country", "force": "group", "adjective": "people", "demonym": "people", "metonym": "government"}


@cache
def _shipped_rows() -> tuple[tuple[str, str, str], ...]:
    path = files("trooptally.reading") / "gazetteer.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple((row["printed"], row["kind"], row["id"]) for row in rows)


def _added(names: Names) -> Iterator[tuple[str, str, str]]:
    """Yield the names of forces and places that the shipped code lists do not have, as rows of a gazetteer."""
    kinds: tuple[NameKind, ...] = ("force", "place")
    for kind in kinds:
        shipped = {(entry.name, entry.id) for entry in Names.shipped().entries(kind)}
        for entry in names.entries(kind):
            if (entry.name, entry.id) not in shipped and not entry.section:
                yield entry.printed, _kind_of(names, kind, entry), entry.id


def _kind_of(names: Names, kind: NameKind, entry: Entry) -> str:
    if kind == "place":
        of_place = names.facts("place", entry.id).get("kind", "")
        return {"theatre": "theatre", "country": "country", "former_country": "country"}.get(of_place, "town")
    of_force = names.facts("force", entry.id).get("kind", "")
    return _SPOKEN.get(entry.word, "people" if of_force in {"state", "former_state"} else "group")


def _words(printed: str) -> tuple[str, ...]:
    from trooptally.reading.sentences import plain
    from trooptally.reading.tokens import tokenize

    flat = plain(printed)
    return tuple(token.low for token in tokenize(flat, 0, len(flat)))


def _written_as_name(tokens: Sequence[Token], readings: Readings) -> bool:
    """Return whether the words carry the capitals of a name; "us" is no country, "turkey" no state."""
    if len(tokens) == 1 and tokens[0].low in ("us", "is", "un", "au", "eu", "sas"):
        return tokens[0].text.isupper()
    for token in tokens:
        if token.text[0].isupper():
            return True
    return all(
        kind in ("theatre", "group") or id_ in ("COALITION", "MULTINATIONAL-FORCE", "NATO") for kind, id_ in readings
    )
