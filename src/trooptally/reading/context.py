# ruff: noqa: PLR2004 -- distances are counted in words
"""What a document says beyond one clause: who speaks, what the title, the dateline and the sentences before name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from trooptally.names import Names
from trooptally.reading.forces import only_place
from trooptally.reading.gazetteer import Gazetteer, Mention
from trooptally.reading.lexicon import Lexicon, words
from trooptally.reading.places import places_named
from trooptally.reading.prefilter import Spots
from trooptally.reading.prepositions import INWARD, preposition_before, spoken
from trooptally.reading.refusals import COMMEMORATED
from trooptally.reading.scan import Scan
from trooptally.reading.sentences import Sentence, plain
from trooptally.reading.tokens import tokenize

_WORD = re.compile(r"[a-z]{1,30}(?:-[a-z]{1,30})?")
_YEAR = re.compile(r"\b(?<!since )(?:in|of|from|,|(?!since)[a-z]{3,9}) (1[6-9]\d\d|20\d\d)\b")
_PLACING = INWARD | {"from", "out"}
_OPENING = 6_000
_LOOK_BACK = 6
_FOCUS_SENTENCES = 40
_OFTEN = 2
_HEADED = 2
_DATELINE = re.compile(
    r"\s*([A-Z][A-Z .,'/-]{2,40})(?:,\s*[A-Z][a-z]+)?[^\n]{0,60}?(?:\([^)\n]{1,40}\))?\s*(?:--|-|\u2014)\s"
)
_MOST_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A name of the opening: the force it can act as, the place it stands for."""

    force: str
    acts: bool
    group: bool
    place: str


def _named(scan: Scan, mention: Mention) -> _Named:
    inward = not mention.force or preposition_before(scan, mention.first) in INWARD
    return _Named(
        force=mention.force,
        acts=not only_place(scan, mention),
        group="group" in mention.kinds,
        place=mention.place if mention.place and not mention.people and inward and not spoken(scan, mention) else "",
    )


@dataclass(kw_only=True)
class Context:
    """The document around a sentence, scanned only where somebody asks."""

    flat: str
    sentences: list[Sentence]
    soldiers: Spots
    title: str
    publisher: str
    lexicon: Lexicon
    gazetteer: Gazetteer
    names: Names
    kept: dict[int, Scan] = field(default_factory=dict)
    before: tuple[int, frozenset[str]] = (-1, frozenset())

    def scan(self, index: int) -> Scan:
        """Return the scan of a sentence; the latest few are kept, so that memory stays flat."""
        if index not in self.kept:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[index] = Scan.of(self.flat, self.sentences[index], self.lexicon, self.gazetteer)
        return self.kept[index]

    @cached_property
    def military(self) -> bool:
        """Whether title and opening speak of soldiers again and again, so that "500 men" are soldiers, too."""
        opening = _WORD.findall(f"{self.title} {self.publisher} {self.flat[:_OPENING]}".lower())
        core = self.lexicon.nouns["soldier"] | self.lexicon.words["armed"]
        return sum(word in core for word in opening) >= _OFTEN

    def words_before(self, index: int) -> frozenset[str]:
        """Return the words of the sentence before, in lower case, without scanning it."""
        if self.before[0] != index:
            self.before = (index, self._words_before(index))
        return self.before[1]

    def _words_before(self, index: int) -> frozenset[str]:
        heading = frozenset(_WORD.findall(self.title.lower())) if index <= _HEADED else frozenset()
        if not index:
            return heading
        before = self.sentences[index - 1]
        return heading | frozenset(_WORD.findall(self.flat[before.start : before.end].lower()))

    @cached_property
    def speaker(self) -> str:
        """The force that "we" and "our" mean: the government that publishes or speaks; empty for the press."""
        for printed in (*_shortened(self.publisher), self.title):
            source = self.names.source(printed)
            facts = self.names.facts("source", source.source_id)
            if facts.get("kind") in _OFFICIAL and facts.get("country"):
                return facts["country"]
            if not facts and _speaks_for_state(printed, title=printed == self.title):
                mention = next((m for m in self._mentions(printed) if m.force and "group" not in m.kinds), None)
                if mention:
                    return mention.force
        opening = self.flat[:_OPENING].lower()
        return next((id_ for address, id_ in self.lexicon.addresses.items() if address in opening), "")

    @cached_property
    def home(self) -> str:
        """The country of a publisher that is known, whoever it is: "the Army" of a British paper is Britain's."""
        for printed in _shortened(self.publisher):
            facts = self.names.facts("source", self.names.source(printed).source_id)
            if facts.get("country") and facts.get("kind") in _NATIONAL:
                return facts["country"]
        return ""

    @cached_property
    def title_scan(self) -> Scan:
        """The title, scanned like a sentence."""
        flat = plain(self.title)
        return Scan.of(flat, Sentence(start=0, end=len(flat), paragraph=-1), self.lexicon, self.gazetteer)

    @cached_property
    def dateline(self) -> str:
        """The place that the first lines name as where the report was written, or empty."""
        found = _DATELINE.match(self.flat) or _DATELINE.match(self.flat, self.flat.find("\n") + 1)
        mention = next((m for m in self._mentions(found[1].title()) if m.place), None) if found else None
        return mention.place if mention else ""

    @cached_property
    def focus_force(self) -> str:
        """The force that the beginning of the text names most often as acting."""
        counted = Counter(named.force for named in self._opening if named.force and named.acts)
        return counted.most_common(1)[0][0] if counted else ""

    def any_force(self, index: int) -> str:
        """Return the first country or government that the sentence, or the opening, names in any role."""
        near = (m.force for m in self.scan(index).mentions if m.force and "group" not in m.kinds)
        return next(near, "") or next((n.force for n in self._opening if n.force and not n.group), "")

    def focus_place(self, force: str) -> str:
        """Return the place that title and opening speak of, other than the force's own country."""
        return self.title_place(force) or next((place for place, _ in self._opening_places if place != force), "")

    def title_place(self, force: str) -> str:
        """Return the first place that the title names, other than the force's own country."""
        return next((m.place for m in places_named(self.title_scan) if m.place != force), "")

    def title_goal(self, force: str) -> str:
        """Return the place into which the title says that they go, other than the force's own country."""
        named = [m for m in places_named(self.title_scan) if m.place != force]
        return next((m.place for m in named if preposition_before(self.title_scan, m.first) in INWARD), "")

    @cached_property
    def _opening_places(self) -> list[tuple[str, int]]:
        return Counter(named.place for named in self._opening if named.place).most_common()

    def place_before(self, index: int, force: str, *, pointed: bool = False) -> str:
        """Return the place that the sentences before last spoke of, other than the force's own country."""
        for earlier in range(index, max(index - _LOOK_BACK, -1), -1):
            scan = self.scan(earlier)
            named = [m for m in places_named(scan) if m.place != force or (pointed and "town" in m.kinds)]
            inward = [m.place for m in named if preposition_before(scan, m.first) in _PLACING]
            loose = [
                m.place
                for m in named
                if not m.kinds & {"country", "government"}
                or not m.force
                or scan.sentence.paragraph < 0
                or len(scan.tokens) < 9
            ]
            if inward or loose:
                return (inward or loose)[0 if earlier == index else -1]
        return ""

    def place_in(self, scan: Scan, at: int, force: str) -> str:
        """Return the place that a sentence names last before a token, other than the force's own country."""
        named = [m for m in places_named(scan) if m.last <= at and m.place != force]
        return next((m.place for m in reversed(named) if preposition_before(scan, m.first) in INWARD), "")

    def own_town(self, scan: Scan, force: str, *, leaving: bool = False) -> str:
        """Return a force's own country where the sentence speaks of one of its towns, seats of government apart."""
        towns = (m for m in places_named(scan) if m.place == force and m.kinds == {"town"})
        left = () if leaving else ("from", "out")
        return next((m.place for m in towns if preposition_before(scan, m.first) not in left), "")

    def place_near(self, index: int, force: str) -> str:
        """Return any other country that the sentence or the ones before name, however they name it."""
        for earlier in range(index, max(index - 3, -1), -1):
            named = [m.place for m in self.scan(earlier).mentions if m.place and m.place != force]
            if named:
                return named[0]
        return ""

    def force_before(self, index: int, place: str) -> str:
        """Return the force that the sentences before spoke of as acting, other than the place's own."""
        for earlier in range(index - 1, max(index - _LOOK_BACK, -1), -1):
            scan = self.scan(earlier)
            named = [m.force for m in scan.mentions if m.force and m.force != place and not only_place(scan, m)]
            if named:
                return named[0]
        return ""

    def told_year(self, index: int) -> int | None:
        """Return the year that the text named last before a sentence; `COMMEMORATED` where the title commemorates."""
        title = self.title.lower()
        if any(word in title for word in self.lexicon.phrases["commemoration"]):
            return COMMEMORATED
        end = self.sentences[index].start
        years = _YEAR.findall(self.flat, max(end - _OPENING, 0), end)
        return int(years[-1]) if years else None

    @cached_property
    def _opening(self) -> list[_Named]:
        """What the first sentences name, told once for the whole document."""
        found = []
        for index in range(min(len(self.sentences), _FOCUS_SENTENCES)):
            scan = self.scan(index)
            found += [_named(scan, mention) for mention in scan.mentions]
        return found

    def _mentions(self, printed: str) -> list[Mention]:
        flat = plain(printed)
        return self.gazetteer.mentions(tokenize(flat, 0, len(flat)))


def _speaks_for_state(printed: str, *, title: bool) -> bool:
    """Return whether a publisher without an entry is an office of a state, or a title that of a speech."""
    named = frozenset(_WORD.findall(printed.partition("(")[0].lower()))
    return not named.isdisjoint(_SPEECHES if title else _OFFICES)


def _shortened(publisher: str) -> list[str]:
    """Return a publisher's name, and its beginnings: "Congressional Record (Mr. X)" begins with a source's name."""
    named = publisher.partition("(")[0].split()
    return [publisher, *(" ".join(named[:length]) for length in range(min(len(named), 5), 0, -1))]


_OFFICES = words(
    "ministry government president presidency minister office embassy department chancellor state congress parliament"
    " cabinet army defence defense delegation mission house senate foreign secretary king command staff forces nato"
    " address remarks letter message speech statement council congressional elysee kremlin republic emir sultan"
    " observatory general chancellery bundesregierung"
)
_SPEECHES = words("address remarks speech letter statement message")
_NATIONAL = frozenset({"broadcaster", "newspaper"})
_OFFICIAL = frozenset({"ministry", "government", "official", "international"})
