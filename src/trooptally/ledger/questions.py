"""The questions a ledger answers; each is one transaction that reads one moment of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import RefusedInput, UnknownName
from trooptally.ledger import detail, events, heads, newest, oneseries, reference, sources, timelines
from trooptally.ledger.anchors import Anchor, as_anchors
from trooptally.ledger.claims import SHOWN, Filter, claims_frame
from trooptally.ledger.door import Door
from trooptally.ledger.events import Event
from trooptally.ledger.heads import Head, Pair
from trooptally.ledger.instants import known_instant
from trooptally.ledger.sources import Echo, Level, SourceDetail, SourceHead
from trooptally.ledger.spoken import Spoken, spoken
from trooptally.ledger.timelines import History, UnitMove
from trooptally.ledger.verify import Verified, verify
from trooptally.vocabulary import Basis, Component, Measure, Status
from trooptally_db import tables

if TYPE_CHECKING:
    from pandas import DataFrame
    from sqlalchemy import Connection

    from trooptally.names import Names


class Questions(Door):
    """What can be asked of a ledger."""

    _names: tuple[int, Names] | None = None
    _spoken: Spoken | None = None

    def claims(
        self,
        *,
        force: str | None = None,
        place: str | None = None,
        measure: Measure | str | None = None,
        component: Component | str | None = None,
        basis: Basis | str | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
        rank: Literal["best", "all"] = "best",
        status: Sequence[Status] | Literal["all"] = SHOWN,
    ) -> DataFrame:
        """Return claims as a table.

        Args:
            force: Id or name of a force ("USA", "American"); None for all.
            place: Id or name of a place.
            measure: One measure.
            component: One component.
            basis: One basis.
            as_of: EDTF day, period or interval "A/B" that a claim's as-of must touch.
            known_at: ISO 8601 instant of the past: the ledger as it stood then.
            rank: "best" leaves out deprecated claims, and all but the preferred one of a key and as-of.
            status: Which statuses; accepted and draft by default.

        Returns:
            One row a claim, the columns of `trooptally.ledger.COLUMNS`.

        Raises:
            UnknownName: no such force or place; it carries the nearest names.
            BadDate: the as-of is not EDTF.
            RefusedInput: another filter is none of its closed list, or `known_at` lies in the future.
        """
        period = _period(as_of)
        wanted = Filter(
            force=self._resolved("force", force),
            place=self._resolved("place", place),
            measure=_one_of(Measure, "measure", measure),
            component=_one_of(Component, "component", component),
            basis=_one_of(Basis, "basis", basis),
            as_of_from=period[0],
            as_of_to=period[1],
            known_at=self._known(known_at),
            best=rank == "best",
            statuses=tuple(Status) if status == "all" else tuple(status),
        )
        with self._reading() as connection:
            return claims_frame(connection, wanted)

    def series(self, force: str, place: str, *, known_at: str | None = None) -> oneseries.SeriesColumns:
        """Return all claims of a force at a place as columns, ordered by as-of."""
        at = self._known(known_at)
        with self._reading() as connection:
            return oneseries.series(connection, force, place, known_at=at)

    def heads(self, force: str | None = None, place: str | None = None, *, known_at: str | None = None) -> list[Head]:
        """Return the newest accepted level of every series, of one force or place if named."""
        at = self._known(known_at)
        with self._reading() as connection:
            return heads.heads(connection, force=force, place=place, known_at=at)

    def pairs(self, *, known_at: str | None = None) -> list[Pair]:
        """Return every force at a place that has claims or drafts, with their number, ordered by force and place."""
        at = self._known(known_at)
        with self._reading() as connection:
            return heads.pairs(connection, known_at=at)

    def claim(self, claim_id: str) -> detail.ClaimDetail:
        """Return everything about one claim.

        Raises:
            ClaimMissing: there is no such claim.
        """
        with self._reading() as connection:
            return detail.claim_detail(connection, claim_id)

    def newest_reports(self, limit: int = 10, *, counting: bool = True) -> list[newest.ReportHead]:
        """Return the reports recorded last, newest first; uncounted, each has 0 claims, and it is quick."""
        with self._reading() as connection:
            return newest.newest_reports(connection, limit, counting=counting)

    def recent_changes(self, limit: int = 10) -> list[newest.ChangeHead]:
        """Return the last changes, newest first."""
        with self._reading() as connection:
            return newest.recent_changes(connection, limit)

    def facets(
        self, column: Literal["force", "place", "measure", "component", "basis"], *, known_at: str | None = None
    ) -> dict[str, tuple[int, int]]:
        """Return how many accepted claims and drafts there are by force, place, measure, component or basis."""
        at = self._known(known_at)
        with self._reading() as connection:
            return heads.facets(connection, column, known_at=at)

    def events(self, force: str | None = None, place: str | None = None, *, known_at: str | None = None) -> list[Event]:
        """Return the events that matter to a force and a place, in the order of time; those of any are among them."""
        force, place = self._resolved("force", force), self._resolved("place", place)
        at = self._known(known_at)
        with self._reading() as connection:
            return events.events(connection, force=force, place=place, known_at=at)

    def sources(self) -> list[SourceHead]:
        """Return the sources that reported or said anything, those with the most claims first."""
        with self._reading() as connection:
            return sources.source_heads(connection, self._told(connection))

    def source(self, source_id: str) -> SourceDetail | None:
        """Return everything about one source, or None where no source of that id reported or said anything."""
        with self._reading() as connection:
            return sources.source_detail(connection, source_id, self._told(connection))

    def echoes(self) -> list[Echo]:
        """Return who printed whose figures, the most first."""
        with self._reading() as connection:
            return sources.echoes(self._told(connection))

    def levels(
        self, *, known_at: str | None = None, pair: tuple[str, str] | None = None, force: str | None = None
    ) -> list[Level]:
        """Return the accepted claims on levels and ceilings that have a figure and an as-of, in the order of time.

        Args:
            known_at: ISO 8601 instant of the past: the ledger as it stood then.
            pair: The ids of one force and place; None for all.
            force: The id of one force; None for all.
        """
        at = self._known(known_at)
        with self._reading() as connection:
            return sources.levels(connection, known_at=at, pair=pair, force=force)

    def newest_change(self) -> int:
        """Return the number of the last change: whatever was answered at the same number is still true."""
        with self._reading() as connection:
            return timelines.newest_change(connection)

    def unit_moves(self, force: str, place: str, *, known_at: str | None = None) -> list[UnitMove]:
        """Return the moves of named units to, from and at a place, in the order of time."""
        at = self._known(known_at)
        with self._reading() as connection:
            return timelines.unit_moves(connection, force, place, known_at=at)

    def instants(self, force: str, place: str) -> list[str]:
        """Return the instants at which anything on a force at a place was written, the first first."""
        with self._reading() as connection:
            return timelines.instants(connection, force, place)

    def histories(self, force: str | None = None, place: str | None = None) -> list[History]:
        """Return the dated levels of every series, of one force or place if named, as columns."""
        with self._reading() as connection:
            return timelines.histories(connection, force=force, place=place)

    def fresh_levels(self, since: str, *, most: int = 2000) -> tuple[list[Level], set[str]]:
        """Return the levels where claims were recorded since an instant, and the ids of those; the last ones only."""
        at = known_instant(since)
        with self._reading() as connection:
            return timelines.fresh_levels(connection, since=at, most=most)

    def labels(self, kind: Literal["force", "place", "source"]) -> dict[str, str]:
        """Return the display names of all forces, places or sources by id."""
        with self._reading() as connection:
            return reference.labels(connection, kind)

    def names(self) -> Names:
        """Return the names this ledger knows: the code lists and what people have added."""
        with self._reading() as connection:
            newest = reference.newest_change(connection)
            if self._names is None or self._names[0] != newest:
                self._names = (newest, reference.names(connection))
        return self._names[1]

    def anchor(self) -> Anchor | None:
        """Return the anchor of the last change, to be kept outside the ledger; None of a history without changes."""
        heads = self.recent_changes(1)
        return Anchor(change=heads[0].change, hash=heads[0].hash, at=heads[0].at) if heads else None

    def verify(self, anchor: Anchor | Sequence[Anchor] | None = None) -> Verified:
        """Read the whole history and compare it with its hashes, and with anchors kept elsewhere.

        Returns:
            What was found; `findings` is empty if every row is as it was written.
        """
        with self._reading() as connection:
            return verify(connection, as_anchors(anchor))

    def _told(self, connection: Connection) -> Spoken:
        """Return who prints whose claims, counted on from the last time that anybody asked."""
        self._spoken = told = spoken(connection, self._spoken)
        return told

    def _known(self, known_at: str | None) -> int | None:
        """Return the instant, once no writer can still write under an earlier one."""
        if known_at is None:
            return None
        at = known_instant(known_at)
        with self._reading() as connection:
            newest = connection.execute(
                select(tables.change.c.at).order_by(tables.change.c.seq.desc()).limit(1)
            ).scalar()
        if newest is None or at > newest:
            self._wait_for_writer()  # it may hold an earlier instant than the one that is asked for
        return at

    def _resolved(self, kind: Literal["force", "place"], printed: str | None) -> str | None:
        if printed is None:
            return None
        names = self.names()
        found = names.force(printed) if kind == "force" else names.place(printed)
        if found is None:
            raise UnknownName(printed, kind, names.suggest(printed, kind))
        return found


def _one_of(words: type[Measure | Component | Basis], name: str, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    if wanted not in list(words):
        raise RefusedInput(f"{wanted!r} is no {name}; expected one of {', '.join(words)}.")
    return str(wanted)


def _period(as_of: AsOf | str | None) -> tuple[str | None, str | None]:
    if as_of is None:
        return None, None
    parsed = as_of if isinstance(as_of, AsOf) else parse_as_of(as_of)
    return parsed.earliest.isoformat(), parsed.latest.isoformat()
