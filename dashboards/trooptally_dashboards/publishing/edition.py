"""What is published: one moment of the ledger, and which of its series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Literal

from trooptally.errors import RefusedInput, UnknownName
from trooptally.ledger import Anchor
from trooptally.vocabulary import Status
from trooptally_dashboards import words

if TYPE_CHECKING:
    from trooptally.ledger import Ledger

_FIRST_LOOK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants published; None means all, or now.

    Attributes:
        drafts: Whether claims that nobody has accepted yet are published too.
    """

    force: str | None = None
    place: str | None = None
    known_at: str | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One moment of a ledger as a site shows it; every page asks for this very moment, whoever writes meanwhile.

    Attributes:
        head: The last change that was known then.
        known_at: The instant that the ledger is asked about.
        drafts: Whether drafts are shown.
        pairs: The series, as force and place.
        claims: How many claims there are in all of them.
        forces: Names of forces by id.
        places: Names of places by id.
        sources: Names of sources by id.
    """

    head: Anchor
    known_at: str
    drafts: bool
    pairs: tuple[tuple[str, str], ...]
    claims: int
    forces: Mapping[str, str]
    places: Mapping[str, str]
    sources: Mapping[str, str]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of the claims that are published."""
        return (Status.ACCEPTED, Status.DRAFT) if self.drafts else (Status.ACCEPTED,)

    def series_name(self, force: str, place: str) -> str:
        """Return whose people are counted where ("United States in Iraq")."""
        return f"{self.forces.get(force, force)} in {self.places.get(place, place)}"


def edition_of(ledger: Ledger, wish: Wish) -> Edition:
    """Return what the ledger has of what is wished for.

    Raises:
        UnknownName: no such force or place; it carries the nearest names.
        RefusedInput: nothing was known then, or nothing of the kind is there.
    """
    force, place = _id(ledger, "force", wish.force), _id(ledger, "place", wish.place)
    head = _head(ledger, wish.known_at)
    known_at = wish.known_at or head.at
    pairs = [
        pair
        for pair in ledger.pairs(known_at=known_at)
        if (pair.claims or wish.drafts) and force in {None, pair.force} and place in {None, pair.place}
    ]
    if not pairs:
        raise RefusedInput(_nothing(ledger, wish))
    return Edition(
        head=head,
        known_at=known_at,
        drafts=wish.drafts,
        pairs=tuple((pair.force, pair.place) for pair in pairs),
        claims=sum(pair.claims + (pair.drafts if wish.drafts else 0) for pair in pairs),
        forces=ledger.labels("force"),
        places=ledger.labels("place"),
        sources=ledger.labels("source"),
    )


def _id(ledger: Ledger, kind: Literal["force", "place"], printed: str | None) -> str | None:
    if printed is None:
        return None
    names = ledger.names()
    found = names.force(printed) if kind == "force" else names.place(printed)
    if found is None:
        raise UnknownName(printed, kind, names.suggest(printed, kind))
    return found


def _head(ledger: Ledger, known_at: str | None) -> Anchor:
    """Return the last change, or the last one that was known at an instant."""
    newest = ledger.anchor()
    if newest is None:
        raise RefusedInput(f"The ledger at {ledger.place} has no history; there is nothing to publish.")
    if known_at is None:
        return newest
    ledger.pairs(known_at=known_at)  # refuses what is no instant, or lies ahead, in the ledger's own words
    asked = _instant(known_at)
    for power in count():
        changes = ledger.recent_changes(_FIRST_LOOK << power)
        known = next((change for change in changes if _instant(change.at) <= asked), None)
        if known is not None:
            return Anchor(change=known.change, hash=known.hash, at=known.at)
        if len(changes) < _FIRST_LOOK << power:
            break
    raise RefusedInput(f"Nothing was known at {known_at}: the ledger was begun on {words.instant(changes[-1].at)}.")


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _nothing(ledger: Ledger, wish: Wish) -> str:
    """Return why there is nothing to publish, and what would help."""
    asked = [f"{name} {said}" for name, said in (("force", wish.force), ("place", wish.place)) if said]
    about = f" of {' and '.join(asked)}" if asked else ""
    then = f" that was known at {wish.known_at}" if wish.known_at else ""
    drafts = sum(pair.drafts for pair in ledger.pairs())
    if asked or then or not drafts or wish.drafts:
        more = "" if asked or then else "; 'trooptally import' and 'trooptally add' write some"
        return f"The ledger at {ledger.place} has no accepted claim{about}{then} to publish{more}."
    return (
        f"The ledger at {ledger.place} has no accepted claim yet, only {words.counted(drafts, 'draft')}; "
        "accept some with 'trooptally review', or publish them with --with-drafts."
    )
