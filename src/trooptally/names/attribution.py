"""Who said it, according to whom: from the words of a publisher and an attribution to a chain of sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from trooptally.model import Attribution, Link

# "Reuters, citing the Pentagon": the second is one step nearer to the origin.
_TOWARDS_ORIGIN = re.compile(r",?\s+(?:citing|quoting|according to)\s+", re.IGNORECASE)
# "The New York Times via Middle East Eye": the first is the origin, the second passed it on.
_AWAY_FROM_ORIGIN = re.compile(r",?\s+(?:via|quoted by|cited by|(?:as )?reported by)\s+", re.IGNORECASE)
_SPACED_SLASH = re.compile(r"\s+/\s*|\s*/\s+")
_CREDIT = re.compile(r"^(?P<publisher>[^()]+?)\s*\((?P<credit>[^()]+)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSense:
    """What must be known of sources to read an attribution."""

    link: Callable[[str], Link]
    is_known: Callable[[str], bool]
    is_publisher: Callable[[str], bool]
    is_agency: Callable[[str], bool]


@dataclass(slots=True)
class _Chain:
    """A chain of sources as it grows towards the origin."""

    links: list[Link] = field(default_factory=list)
    beside: list[Link] = field(default_factory=list)

    def add(self, link: Link) -> None:
        """Go one step nearer to the origin; a source met again closes the circle there."""
        for position, earlier in enumerate(self.links):
            if earlier.source_id == link.source_id:
                del self.links[position + 1 :]
                return
        self.links.append(link)

    def put_beside(self, link: Link) -> None:
        """Name a source without a step of its own."""
        self.beside.append(link)

    def closed(self, printed: str) -> Attribution:
        """Return the finished chain; a source that has a step is not named beside it as well."""
        named = {link.source_id for link in self.links}
        beside = []
        for link in self.beside:
            if link.source_id not in named:
                named.add(link.source_id)
                beside.append(link)
        return Attribution(links=tuple(self.links), beside=tuple(beside), printed=printed)


def attribute(publisher: str, attributed_to: str, sense: SourceSense) -> Attribution:
    """Return the chain from the publisher to the origin of a figure.

    - Nobody named: the publisher is the origin, or the agency printed with it ("Deseret News / AP").
    - "NBC News / Ash Carter": the second is no publisher, so it is whom the first quotes, and the origin.
    - "New York Times / Middle East Eye": a second publisher stands beside the first and moves no origin.
    - "Reuters, citing the Pentagon", "Pentagon via Reuters": Reuters, then the Pentagon.
    - "Col. Rob Manning, Pentagon": one speaker with an office.
    """
    chain = _Chain()
    _add_publisher(chain, publisher.strip(), sense)
    for step in _steps(_one_line(attributed_to)):
        _add_step(chain, step, sense)
    return chain.closed(attributed_to.strip())


def _one_line(text: str) -> str:
    """Return the text with single spaces, on which every pattern of this module runs in linear time."""
    return " ".join(text.split())


def _add_publisher(chain: _Chain, publisher: str, sense: SourceSense) -> None:
    first, *others = _credited(_one_line(publisher), sense)
    chain.add(Link(source_id=sense.link(first).source_id, printed=publisher))
    for other in others:
        link = sense.link(other)
        if sense.is_agency(link.source_id) and len(chain.links) == 1:
            chain.add(link)
        else:
            chain.put_beside(link)


def _credited(publisher: str, sense: SourceSense) -> list[str]:
    """Return the publisher and whoever is credited with it: "Business Standard (AFP/PTI)" names three."""
    credit = _CREDIT.match(publisher)
    if credit and not sense.is_known(publisher):
        named = _parts(credit["credit"], sense)
        if all(map(sense.is_known, named)):
            return [credit["publisher"], *named]
    return _parts(publisher, sense)


def _steps(attributed_to: str) -> Iterator[str]:
    """Yield the parts of an attribution from the publisher's side towards the origin."""
    if not attributed_to:
        return
    for part in _TOWARDS_ORIGIN.split(attributed_to):
        yield from reversed(_AWAY_FROM_ORIGIN.split(part))


def _add_step(chain: _Chain, step: str, sense: SourceSense) -> None:
    first, *others = _parts(step, sense)
    chain.add(sense.link(first))
    for other in others:
        link = sense.link(other)
        if sense.is_publisher(link.source_id):
            chain.put_beside(link)
        else:
            chain.add(link)


def _parts(text: str, sense: SourceSense) -> list[str]:
    """Split at spaced slashes, and at close ones ("AFP/PTI") between sources that are all known."""
    parts: list[str] = []
    for part in filter(None, (piece.strip() for piece in _SPACED_SLASH.split(text))):
        close = [piece.strip() for piece in part.split("/")]
        parts.extend(close if all(map(sense.is_known, close)) else [part])
    return parts or [text]
