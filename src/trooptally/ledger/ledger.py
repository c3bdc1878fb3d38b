"""The ledger as other rooms see it: one class, each act one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Self

from trooptally.dates import AsOf
from trooptally.errors import LedgerError, RefusedInput
from trooptally.ledger import changes as looking_back
from trooptally.ledger import editions, events, naming, reference, revise, schema
from trooptally.ledger import record as recording
from trooptally.ledger.engine import ledger_url, where
from trooptally.ledger.questions import Questions
from trooptally.model import DraftTable, Issue, Report
from trooptally.vocabulary import Act, Credibility, Rank, Reliability, Status


class Ledger(Questions):
    """A ledger of claims, opened by its URL.

    Reading never waits for writing, and every act that writes is one change with who, when and why.
    Use it as a context manager, or close it.
    """

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
        edition: editions.Edition | None = None,
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
            edition: Called with the claims that read differently now; what it gives back is revised in the same change.

        Raises:
            RefusedInput: nobody or no reason is named, or a text cannot be stored.
            LedgerBusy, LedgerReadOnly: another writer holds the ledger, or it may not be written.
        """
        batch = recording.prepare(reports, drafts, issues, status)
        if dry_run:
            with self._reading() as connection:
                counted = recording.split(connection, batch)[1]
                revisions = editions.edition_of(connection, counted.differing, edition) if edition else []
                return replace(counted, revised=tuple(revision.claim_id for revision in revisions))
        with self._writing() as connection:
            fresh, counted = recording.split(connection, batch)
            revisions = editions.edition_of(connection, counted.differing, edition) if edition else []
            change = editions.write_edition(
                connection, fresh, revisions, contributor=contributor, reason=reason, program=importer
            )
        return replace(counted, revised=tuple(revision.claim_id for revision in revisions), change=change)

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
        revision = revise.correction(claim_id, version, self._named(changes))
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

    def add_event(
        self,
        *,
        title: str,
        as_of: AsOf | str,
        contributor: str,
        reason: str,
        note: str = "",
        url: str = "",
        source: str = "",
        force: str = "",
        place: str = "",
    ) -> str:
        """Write an event (an agreement, a vote, an attack, a base handed over) and return its id.

        Args:
            title: What happened, in a few words.
            as_of: When, as EDTF.
            contributor: Who writes.
            reason: Why.
            note: More about it.
            url: Where it can be read.
            source: Id of the source that reports it.
            force: Id or name of the force it matters to; "" for any.
            place: Id or name of the place it matters to; "" for any.

        Raises:
            UnknownName, BadDate, RefusedInput: a name, a date or another value cannot be taken.
        """
        texts = {"title": title, "note": note, "url": url, "source": source}
        given = self._named({**texts, "as_of": as_of, "force": force, "place": place})
        with self._writing() as connection:
            return events.add_event(connection, given, contributor=contributor, reason=reason)

    def correct_event(
        self, event_id: str, changes: Mapping[str, Any], *, version: int, contributor: str, reason: str
    ) -> int:
        """Write an event's next version (`status="retracted"` withdraws it); return the number of the change."""
        given = self._named(changes)
        with self._writing() as connection:
            return events.correct_event(
                connection, event_id, given, version=version, contributor=contributor, reason=reason
            )

    def add_name(self, new: naming.NewName, *, contributor: str, reason: str) -> tuple[str, int]:
        """Write a force, place, source or unit that no code list carries, or one more name of a known one.

        Returns:
            The id that the name means from now on, and the number of the change.

        Raises:
            RefusedInput: the name is none, or known already.
            UnknownName: what it is to mean, or to lie within, is not known.
        """
        with self._writing() as connection:
            return naming.add_name(connection, new, contributor=contributor, reason=reason)

    def touched(self, change: int, *, most: int = 100) -> list[looking_back.Touched]:
        """Return what a change did to claims, at most so many of them."""
        with self._reading() as connection:
            return looking_back.touched(connection, change, most)

    def doubts(self) -> dict[str, str]:
        """Return the drafts that are held or carry an error, by id, each with the first reason."""
        with self._reading() as connection:
            return looking_back.doubts(connection)

    def undo(self, change: int, *, contributor: str, reason: str) -> int:
        """Take back everything that a change did to claims, by new versions; return the number of the new change."""
        with self._writing() as connection:
            revisions = revise.undoing(connection, change)
            return revise.revise(
                connection, revisions, act=Act.UNDO, contributor=contributor, reason=reason, undoes=change
            )

    def _move(self, act: Act, claim_id: str, version: int, status: Status, contributor: str, reason: str) -> int:
        return self._revise(act, [revise.status_change(claim_id, version, status)], contributor, reason)

    def _revise(self, act: Act, revisions: Sequence[revise.Revision], contributor: str, reason: str) -> int:
        with self._writing() as connection:
            return revise.revise(connection, revisions, act=act, contributor=contributor, reason=reason)

    def _named(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return changes with the ids of the force and place that they name."""
        given = dict(changes)
        kinds: tuple[Literal["force", "place"], ...] = ("force", "place")
        for kind in kinds:
            if given.get(kind) and isinstance(given[kind], str):
                given[kind] = self._resolved(kind, given[kind])
        return given


def _refuse_existing(file: str) -> None:
    path = Path(file)
    if path.exists() and path.stat().st_size:
        raise LedgerError(f"{file} already exists; nothing was written.")
    if not path.parent.is_dir():
        raise LedgerError(f"{file} cannot be made: there is no folder {path.parent}.")
