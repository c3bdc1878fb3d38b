"""The ledger as other rooms see it: one class, each act one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, Self

from sqlalchemy import Connection, Engine, select

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import LedgerError, RefusedInput, UnknownName
from trooptally.ledger import record as recording
from trooptally.ledger import reference, revise, schema, views
from trooptally.ledger.claims import SHOWN, Filter, claims_frame
from trooptally.ledger.engine import (
    explained,
    ledger_url,
    reading_engine,
    require_file,
    where,
    writing_engine,
)
from trooptally.ledger.instants import known_instant
from trooptally.model import DraftTable, Issue, Report
from trooptally.vocabulary import (
    Act,
    Basis,
    Component,
    Credibility,
    Measure,
    Rank,
    Reliability,
    Status,
)
from trooptally_db import tables

if TYPE_CHECKING:
    from pandas import DataFrame

    from trooptally.names import Names


class Ledger:
    """A ledger of claims, opened by its URL.

    Reading never waits for writing, and every act that writes is one change with who, when and why.
    Use it as a context manager, or close it.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        """Open an existing ledger; see `open`."""
        self._url = ledger_url(url)
        self.read_only = read_only
        require_file(self._url)
        self._reader = reading_engine(self._url)
        self._writer: Engine | None = None
        self._names: tuple[int, Names] | None = None
        try:
            with self._reading() as connection:
                schema.require_current(connection, self._url)
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """Open a ledger.

        Args:
            url: `sqlite:///FILE`, a plain path, or `postgresql://…`.
            read_only: Refuse every act that writes.

        Raises:
            LedgerMissing: there is none at that URL.
            NotALedger: something else stands there.
            LedgerVersion: it is newer than this program, or older and not migrated.
        """
        return cls(url, read_only=read_only)

    @classmethod
    def create(cls, url: str, *, contributor: str = "trooptally", reason: str = "a new ledger") -> Self:
        """Make a new ledger with the code lists that this program ships, and open it.

        Raises:
            LedgerError: something is already there, or the place cannot be written.
        """
        target = ledger_url(url)
        if target.get_backend_name() == "sqlite":
            _refuse_existing(where(target))
        with schema.migrating(target) as connection:
            schema.create(connection, target)
            reference.seed(connection, contributor=contributor, reason=reason)
        return cls(url)

    @property
    def place(self) -> str:
        """Where the ledger is, as a person would say it."""
        return where(self._url)

    def close(self) -> None:
        """Let go of all connections."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

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

    def series(self, force: str, place: str, *, known_at: str | None = None) -> views.SeriesColumns:
        """Return all claims of a force at a place as columns, ordered by as-of."""
        at = self._known(known_at)
        with self._reading() as connection:
            return views.series(connection, force, place, known_at=at)

    def heads(
        self, force: str | None = None, place: str | None = None, *, known_at: str | None = None
    ) -> list[views.Head]:
        """Return the newest accepted level of every series, of one force or place if named."""
        at = self._known(known_at)
        with self._reading() as connection:
            return views.heads(connection, force=force, place=place, known_at=at)

    def claim(self, claim_id: str) -> views.ClaimDetail:
        """Return everything about one claim.

        Raises:
            ClaimMissing: there is no such claim.
        """
        with self._reading() as connection:
            return views.claim_detail(connection, claim_id)

    def newest_reports(self, limit: int = 10) -> list[views.ReportHead]:
        """Return the reports recorded last, newest first."""
        with self._reading() as connection:
            return views.newest_reports(connection, limit)

    def recent_changes(self, limit: int = 10) -> list[views.ChangeHead]:
        """Return the last changes, newest first."""
        with self._reading() as connection:
            return views.recent_changes(connection, limit)

    def labels(self, kind: Literal["force", "place", "source"]) -> dict[str, str]:
        """Return the display names of all forces, places or sources by id."""
        with self._reading() as connection:
            return views.labels(connection, kind)

    def names(self) -> Names:
        """Return the names this ledger knows: the code lists and what people have added."""
        with self._reading() as connection:
            newest = reference.newest_change(connection)
            if self._names is None or self._names[0] != newest:
                self._names = (newest, reference.names(connection))
        return self._names[1]

    # Writing

    def record(
        self,
        reports: Iterable[Report],
        drafts: DraftTable,
        *,
        contributor: str,
        reason: str,
        issues: Sequence[Issue] = (),
        importer: str = "",
        status: Status = Status.ACCEPTED,
        dry_run: bool = False,
    ) -> recording.Recorded:
        """Write drafts as claims, all of them or none; what the ledger already has adds nothing.

        Args:
            reports: The reports that the drafts belong to.
            drafts: The proposed claims; those with `held` are kept for review whatever `status` says.
            contributor: Who writes.
            reason: Why.
            issues: What was wrong, kept with the change.
            importer: The program that read the reports.
            status: What the new claims are: accepted, or draft.
            dry_run: Count only.

        Raises:
            RefusedInput: nobody or no reason is named, or a text cannot be stored.
            LedgerBusy, LedgerReadOnly: another writer holds the ledger, or it may not be written.
        """
        batch = recording.prepare(reports, drafts, issues, status)
        if dry_run:
            with self._reading() as connection:
                return recording.split(connection, batch)[1]
        with self._writing() as connection:
            fresh, counted = recording.split(connection, batch)
            change = recording.write(connection, fresh, contributor=contributor, reason=reason, program=importer)
        return recording.Recorded(
            recorded=counted.recorded,
            drafts=counted.drafts,
            unchanged=counted.unchanged,
            differing=counted.differing,
            change=change,
        )

    def accept(self, claim_id: str, *, version: int, contributor: str, reason: str) -> int:
        """Accept a draft; return the number of the change."""
        return self._move(Act.ACCEPT, claim_id, version, Status.ACCEPTED, contributor, reason)

    def reject(self, claim_id: str, *, version: int, contributor: str, reason: str) -> int:
        """Reject a draft; it stays in the history."""
        return self._move(Act.REJECT, claim_id, version, Status.REJECTED, contributor, reason)

    def retract(self, claim_id: str, *, version: int, contributor: str, reason: str) -> int:
        """Withdraw an accepted claim; it stays in the history."""
        return self._move(Act.RETRACT, claim_id, version, Status.RETRACTED, contributor, reason)

    def correct(self, claim_id: str, changes: Mapping[str, Any], *, version: int, contributor: str, reason: str) -> int:
        """Write a claim's next version with other values; return the number of the change.

        Args:
            claim_id: Which claim.
            changes: New values by name: figure, missing_reason, printed, quote, locator, force, place, measure,
                component, basis, as_of, attribution, unit, note, qualifiers.
            version: The version that the person looked at.
            contributor: Who corrects.
            reason: Why.

        Raises:
            Conflict: somebody has changed the claim since.
            ClaimMissing, UnknownName, RefusedInput: it is not there, or a value cannot be taken.
        """
        named: tuple[Literal["force", "place"], ...] = ("force", "place")
        for kind in named:
            if isinstance(changes.get(kind), str):
                changes = {**changes, kind: self._resolved(kind, changes[kind])}
        revision = revise.correction(claim_id, version, changes)
        return self._revise(Act.CORRECT, [revision], contributor, reason)

    def rank(self, claim_id: str, rank: Rank, *, version: int, contributor: str, reason: str) -> int:
        """Set a claim's editorial rank; return the number of the change."""
        return self._revise(Act.RANK, [revise.rank_change(claim_id, version, rank)], contributor, reason)

    def assess(
        self,
        subject: Literal["source", "claim"],
        subject_id: str,
        grade: str,
        *,
        contributor: str,
        reason: str,
    ) -> int:
        """Grade a source's reliability (A-F) or a claim's credibility (1-6); return the number of the change."""
        scale = Reliability if subject == "source" else Credibility
        if grade not in list(scale):
            raise RefusedInput(f"{grade!r} is no grade of a {subject}; expected one of {', '.join(scale)}.")
        with self._writing() as connection:
            return revise.assess(
                connection,
                subject=subject,
                subject_id=subject_id,
                grade=scale(grade),
                contributor=contributor,
                reason=reason,
            )

    def undo(self, change: int, *, contributor: str, reason: str) -> int:
        """Take back everything that a change did to claims, by new versions; return the number of the new change."""
        with self._writing() as connection:
            revisions = revise.undoing(connection, change)
            return revise.revise(
                connection, revisions, act=Act.UNDO, contributor=contributor, reason=reason, undoes=change
            )

    # Within

    def _move(self, act: Act, claim_id: str, version: int, status: Status, contributor: str, reason: str) -> int:
        return self._revise(act, [revise.status_change(claim_id, version, status)], contributor, reason)

    def _revise(self, act: Act, revisions: Sequence[revise.Revision], contributor: str, reason: str) -> int:
        with self._writing() as connection:
            return revise.revise(connection, revisions, act=act, contributor=contributor, reason=reason)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._url), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise LedgerError(f"The ledger at {self.place} was opened for reading only; nothing was written.")
        if self._writer is None:
            self._writer = writing_engine(self._url)
        with explained(self._url), self._writer.begin() as connection:
            yield connection

    def _known(self, known_at: str | None) -> int | None:
        """Return the instant, once no writer can still write under an earlier one."""
        if known_at is None:
            return None
        at = known_instant(known_at)
        with self._reading() as connection:
            newest = connection.execute(
                select(tables.change.c.at).order_by(tables.change.c.seq.desc()).limit(1)
            ).scalar()
        if not self.read_only and (newest is None or at > newest):
            with self._writing():
                pass  # whoever held the write lock with an earlier instant has now committed
        return at

    def _resolved(self, kind: Literal["force", "place"], printed: str | None) -> str | None:
        if printed is None:
            return None
        names = self.names()
        found = names.force(printed) if kind == "force" else names.place(printed)
        if found is None:
            raise UnknownName(printed, kind, names.suggest(printed, kind))
        return found


def _refuse_existing(file: str) -> None:
    from pathlib import Path

    path = Path(file)
    if path.exists() and path.stat().st_size:
        raise LedgerError(f"{file} already exists; nothing was written.")
    if not path.parent.is_dir():
        raise LedgerError(f"{file} cannot be made: there is no folder {path.parent}.")


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
