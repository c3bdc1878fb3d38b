"""Claims to origins: thirty echoes of one statement are one origin, and reports of one movement are one movement.

Only the first claim of an origin is ever read by an estimator, so that an echo changes nothing at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trooptally.estimates.series import Claim, Series, informs_level
from trooptally.vocabulary import Measure

ECHO_DAYS = 14
"""The same figure of the same kind within so many days is one origin, unless two different origins are named."""

MOVEMENT_DAYS = 45
MOVEMENT_RATIO = 1.15
NAMELESS = frozenset({"", "unnamed", "unknown"})

_ANYBODY, _NOBODY = "\x1f", "\x1e"
"""Instead of a name: groups of whomever, and groups begun by somebody who names no origin."""


class Kind(StrEnum):
    """What an origin can tell about the level."""

    LEVEL = "level"
    PLAN = "plan"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    CEILING = "ceiling"
    FLOOR = "floor"


_KINDS = {
    Measure.PRESENT: Kind.LEVEL,
    Measure.PLANNED: Kind.PLAN,
    Measure.DEPLOYING: Kind.ARRIVAL,
    Measure.WITHDRAWING: Kind.DEPARTURE,
    Measure.AUTHORIZED: Kind.CEILING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One statement, however often it was printed.

    Attributes:
        kind: What it tells about the level.
        claim: The claim that stands for it: the first one published.
        echoes: Ids of the other claims that repeat it.
    """

    kind: Kind
    claim: Claim
    echoes: tuple[str, ...] = ()

    @property
    def size(self) -> float:
        """The figure as one number: the point, else the middle of the bounds, else the only bound."""
        claim = self.claim
        if claim.point is not None:
            return claim.point
        bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
        return sum(bounds) / len(bounds)

    @property
    def middle(self) -> int:
        """The middle day of what the figure is about."""
        return (self.claim.earliest + self.claim.latest) // 2


def collapse(series: Series) -> tuple[Origin, ...]:
    """Return the origins of a series, oldest first; a rotation gives none."""
    levels = [claim for claim in series.claims if informs_level(claim.measure)]
    still = [claim for claim in levels if _KINDS[Measure(claim.measure)] not in _MOVEMENTS]
    moving = [claim for claim in levels if _KINDS[Measure(claim.measure)] in _MOVEMENTS]
    found = [_origin(group) for group in _statements(still)]
    found += [_origin(group) for group in _movements(moving)]
    found += [_origin(group, Kind.CEILING) for group in _statements(_stocks(series.wholes))]
    found += [_origin(group, Kind.FLOOR) for group in _statements(_stocks(series.parts))]
    return tuple(sorted(found, key=_order))


_MOVEMENTS = frozenset({Kind.ARRIVAL, Kind.DEPARTURE})


def _stocks(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.measure == Measure.PRESENT]


def _origin(group: Sequence[Claim], kind: Kind | None = None) -> Origin:
    first = group[0]
    return Origin(
        kind=kind or _KINDS[Measure(first.measure)],
        claim=first,
        echoes=tuple(sorted(each for claim in group[1:] for each in (claim.claim_id, *claim.addends))),
    )


def _order(origin: Origin) -> tuple[int, str, float, str]:
    return (origin.middle, origin.kind, origin.size, origin.claim.claim_id)


def _first_published(claim: Claim) -> tuple[int, int, int, str, str]:
    return (claim.published, claim.latest - claim.earliest, claim.earliest, claim.hedge, claim.claim_id)


def _statements(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Group claims that print the same figure of the same kind at about the same time."""
    printed: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        printed[claim.place, claim.measure, claim.low, claim.point, claim.high].append(claim)
    return [group for alike in printed.values() for group in _grouped(sorted(alike, key=_first_published))]


def _grouped(alike: Sequence[Claim]) -> list[list[Claim]]:
    """Group claims of one figure, in the order of print: same origin and as-of, or close to a group's first words."""
    shelf = _Shelf()
    for claim in alike:
        home = shelf.home_of(claim)
        if home is None:
            home = shelf.opened()
        home.add(claim)
        shelf.remember(claim, home)
    return [group.claims for group in shelf.groups]


class _Group:
    """The claims of one origin so far, and when each source in it first spoke."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.claims: list[Claim] = []
        self._spoke: dict[str, int] = {}

    def add(self, claim: Claim) -> None:
        self.claims.append(claim)
        self._spoke.setdefault(claim.origin, _middle(claim))

    def repeated_by(self, claim: Claim) -> bool:
        """Return whether a claim of the same figure is an echo: of the same source, or of a source unnamed."""
        spoke = self._spoke.get(claim.origin)
        if spoke is not None and abs(_middle(claim) - spoke) <= ECHO_DAYS:
            return True
        first = self.claims[0]
        close = abs(_middle(claim) - _middle(first)) <= ECHO_DAYS
        return close and not (_names_origin(claim) and _names_origin(first))


class _Shelf:
    """The groups of one figure, found by who speaks in them and when, so that a crowd is not searched one by one."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._by_span: dict[tuple[str, int, int], _Group] = {}
        self._by_time: dict[tuple[str, int], dict[int, _Group]] = defaultdict(dict)

    def opened(self) -> _Group:
        """Return a new, empty group."""
        self.groups.append(_Group(len(self.groups)))
        return self.groups[-1]

    def home_of(self, claim: Claim) -> _Group | None:
        """Return the oldest group that a claim repeats."""
        known = self._by_span.get((claim.origin, claim.earliest, claim.latest))
        return known or min(self._repeated(claim), key=lambda group: group.number, default=None)

    def remember(self, claim: Claim, home: _Group) -> None:
        """Note who has spoken in a group, and when."""
        self._by_span.setdefault((claim.origin, claim.earliest, claim.latest), home)
        bucket = _middle(claim) // ECHO_DAYS
        whose = [claim.origin, _ANYBODY]
        if not _names_origin(home.claims[0]):
            whose.append(_NOBODY)
        for name in whose:
            self._by_time[name, bucket].setdefault(home.number, home)

    def _repeated(self, claim: Claim) -> Iterator[_Group]:
        """Yield groups that a claim repeats; who names nobody may repeat any, who names somebody, only few."""
        places = (claim.origin, _NOBODY) if _names_origin(claim) else (_ANYBODY,)
        bucket = _middle(claim) // ECHO_DAYS
        for key in ((name, bucket + step) for name in places for step in (-1, 0, 1)):
            found = next((group for group in self._by_time[key].values() if group.repeated_by(claim)), None)
            if found is not None:
                yield found


def _names_origin(claim: Claim) -> bool:
    return claim.named and claim.origin not in NAMELESS


def _middle(claim: Claim) -> int:
    return (claim.earliest + claim.latest) // 2


def _movements(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Group reports of one movement: about the same number, the same direction, at about the same time."""
    groups: list[list[Claim]] = []
    by_time: dict[tuple[str, int], list[list[Claim]]] = defaultdict(list)
    for claim in sorted(claims, key=_first_published):
        bucket = _middle(claim) // MOVEMENT_DAYS
        near = [group for step in (-1, 0, 1) for group in by_time[claim.measure, bucket + step]]
        home = next((group for group in near if _same_movement(claim, group[0])), None)
        if home is None:
            home = []
            groups.append(home)
            by_time[claim.measure, bucket].append(home)
        home.append(claim)
    return groups


def _same_movement(claim: Claim, first: Claim) -> bool:
    one, other = (Origin(kind=Kind.ARRIVAL, claim=each).size for each in (claim, first))
    close = abs(_middle(claim) - _middle(first)) <= MOVEMENT_DAYS
    return close and max(one, other) <= MOVEMENT_RATIO * min(one, other)
