"""Whether levels of several series may be added: only where no person can be counted twice, and all count the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from trooptally_dashboards import words

if TYPE_CHECKING:
    from trooptally.names import Names

# Force and place.
Pair = tuple[str, str]
# Component and basis.
Kind = tuple[str, str]

_OF_MANY = frozenset({"alliance", "coalition", "mission"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """What may be added, and why the rest may not.

    Attributes:
        added: The series whose levels may be added; none where adding is refused.
        apart: Those shown beside the sum because they hold others of them, each with the reason.
        kind: The one component and basis that all are counted in.
        refusal: Why nothing may be added, or "".
    """

    added: tuple[Pair, ...] = ()
    apart: dict[Pair, str] = field(default_factory=dict)
    kind: Kind = ("", "")
    refusal: str = ""


def adding(kinds: Sequence[tuple[Pair, frozenset[Kind]]], component: str, basis: str, names: Names) -> Adding:
    """Return what may be added of series that have levels of these kinds.

    Args:
        kinds: Each series with the components and bases that it has levels of.
        component: The one asked for, or "" for whichever they share.
        basis: Likewise.
        names: Which place holds which.
    """
    if len(kinds) < 2:  # noqa: PLR2004 - a sum has two parts
        return Adding(refusal="Adding takes two series or more.")
    pairs = [pair for pair, _ in kinds]
    apart = _holders(pairs, names)
    added = [pair for pair in pairs if pair not in apart]
    for one, other in combinations(added, 2):
        why = counted_twice(one, other, names)
        if why:
            return Adding(refusal=f"Not added: {why}")
    if len(added) < 2:  # noqa: PLR2004 - as above
        return Adding(apart=apart, refusal=f"Not added: {next(iter(apart.values()))}")
    return _of_one_kind([have for pair, have in kinds if pair in added], added, apart, component, basis)


def _of_one_kind(
    have: Sequence[frozenset[Kind]], added: Sequence[Pair], apart: dict[Pair, str], component: str, basis: str
) -> Adding:
    shared = {kind for kind in frozenset.intersection(*have) if component in {"", kind[0]} and basis in {"", kind[1]}}
    if not shared:
        return Adding(
            apart=apart, refusal="Not added: there is no component and basis in which all of them are reported."
        )
    if len(shared) > 1:
        told = words.listed([f"{words.COMPONENTS[one]} ({words.BASES[other]})" for one, other in sorted(shared)])
        return Adding(apart=apart, refusal=f"Not added yet: choose one component and basis; there are {told}.")
    return Adding(added=tuple(added), apart=apart, kind=shared.pop())


def _holders(pairs: Sequence[Pair], names: Names) -> dict[Pair, str]:
    """Return the series whose place holds the place of another of the same force, with the reason."""
    found: dict[Pair, str] = {}
    for force, place in pairs:
        inside = [other for whose, other in pairs if whose == force and other != place and holds(place, other, names)]
        if inside:
            told = words.listed([names.label("place", one) for one in inside])
            found[force, place] = f"{names.label('place', place)} includes {told}, so it stands beside the sum."
    return found


def counted_twice(one: Pair, other: Pair, names: Names) -> str:
    """Return why people may stand in both series, or "" where nobody can."""
    if not _places_meet(one[1], other[1], names):
        return ""
    (force, place), (whose, where) = one, other
    if force == whose:
        if place == where:
            return f"{names.label('force', force)} in {names.label('place', place)} is named twice."
        shared = words.listed([names.label("place", p) for p in sorted(names.members(place) & names.members(where))])
        return f"{names.label('place', place)} and {names.label('place', where)} share {shared or 'a part'}."
    for holder, member in ((force, whose), (whose, force)):
        if names.facts("force", holder).get("kind") in _OF_MANY or _within(member, holder, names):
            return f"{names.label('force', holder)} may include people of {names.label('force', member)} there."
    return ""


def holds(place: str, other: str, names: Names) -> bool:
    """Whether all of one place lies within another: a base in its country, a country in its theatre."""
    members = names.members(place)
    held = names.members(other)
    if held:
        return held <= members
    above = {other, names.country(other)}
    at = other
    while (within := names.facts("place", at).get("within", "")) and within not in above - {names.country(other)}:
        above.add(within)
        at = within
    return bool(members & above) or (place != other and place in above)


def _places_meet(one: str, other: str, names: Names) -> bool:
    if one == other or holds(one, other, names) or holds(other, one, names):
        return True
    return bool(names.members(one) & names.members(other))


def _within(force: str, other: str, names: Names) -> bool:
    return names.facts("force", force).get("within", "") == other
