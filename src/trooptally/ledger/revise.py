"""Revising: every act on a claim writes its next version, and only onto the version that the person saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from trooptally.dates import AsOf
from trooptally.errors import ClaimMissing, Conflict, LedgerError, RefusedInput
from trooptally.figures import Figure
from trooptally.ledger.chain import row_hash
from trooptally.ledger.pen import Pen
from trooptally.ledger.record import (
    CLAIM,
    CONTENT,
    add_attributions,
    add_sources,
    attribution_id,
    claim_line,
    moves_in,
)
from trooptally.ledger.tally import Moves, count
from trooptally.model import Attribution, Qualifier
from trooptally.vocabulary import (
    Act,
    Basis,
    Component,
    Credibility,
    Measure,
    MissingReason,
    Rank,
    Reliability,
    Status,
)
from trooptally_db import tables

CORRECTABLE = (
    "figure",
    "missing_reason",
    "printed",
    "quote",
    "locator",
    "force",
    "place",
    "measure",
    "component",
    "basis",
    "as_of",
    "attribution",
    "unit",
    "note",
    "qualifiers",
)
"""What a correction may change; the report, the id and the history it may not."""

_CLOSED = {"measure": Measure, "component": Component, "basis": Basis, "missing_reason": MissingReason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One claim's next version, as asked for.

    Attributes:
        claim_id: Which claim.
        seen: The version that the person looked at.
        columns: Columns of the claim that change, with their new values.
        attribution: The new attribution, if it changes.
        qualifiers: The new qualifiers, if they change.
    """

    claim_id: str
    seen: int
    columns: Mapping[str, Any]
    attribution: Attribution | None = None
    qualifiers: tuple[Qualifier, ...] | None = None


def revise(
    connection: Connection,
    revisions: Sequence[Revision],
    *,
    act: Act,
    contributor: str,
    reason: str,
    program: str = "",
    undoes: int | None = None,
) -> int:
    """Write the next version of each claim under one change; all of them or none.

    Raises:
        ClaimMissing: there is no such claim.
        Conflict: a claim is no longer at the version that was seen.
        RefusedInput: a revision changes nothing, or nobody or no reason is named.
    """
    if not revisions:
        raise RefusedInput("There is nothing to change: no claim was named.")
    pen = Pen.take(connection)
    moves = enter(pen, revisions)
    number = pen.write(
        act=act, contributor=contributor, reason=reason, program=program, undoes=undoes, claims=len(revisions)
    )
    count(pen, moves)
    return number


def enter(pen: Pen, revisions: Sequence[Revision]) -> Moves:
    """Close the versions that were seen and put the following ones under a change; return which series they move in.

    Raises:
        ClaimMissing, Conflict, RefusedInput: as `revise`.
    """
    rows, lines, qualifiers, attributions = [], [], [], dict[str, Attribution]()
    left, entered = [], []
    for revision in revisions:
        now = _superseded(pen.connection, revision, pen.at)
        left.append(now)
        kept = revision.qualifiers if revision.qualifiers is not None else _qualifiers(pen.connection, revision)
        following = _following(now, revision, attributions)
        _refuse_idle(now, following, revision)
        following["content_hash"] = _content_hash(following, kept)
        following |= {"version": revision.seen + 1, "recorded_at": pen.at, "change_seq": pen.seq}
        entered.append(following)
        rows.append(tuple(following[name] for name in CLAIM))
        lines.append(claim_line(*[following[n] for n in ("claim_id", "version", "status", "rank", "content_hash")]))
        qualifiers += [(revision.claim_id, revision.seen + 1, n, q.kind.value, q.text) for n, q in enumerate(kept)]
    add_sources(pen, (), attributions.values())
    add_attributions(pen, attributions)
    pen.add_hashed(tables.claim, CLAIM, rows, lines)
    pen.add(tables.qualifier, ("claim_id", "version", "position", "kind", "text"), qualifiers)
    return _moves(left, entered)


def _moves(left: Sequence[Mapping[str, Any]], entered: Sequence[Mapping[str, Any]]) -> Moves:
    moved = Counter[tuple[str, ...]]()
    for versions, step in ((left, -1), (entered, 1)):
        rows = [tuple(row[name] for name in CONTENT) for row in versions]
        for place, claims in moves_in([row["status"] for row in versions], rows).items():
            moved[place] += step * claims
    return moved


def _superseded(connection: Connection, revision: Revision, at: int) -> dict[str, Any]:
    """Close the version that was seen and return it; nobody else can have closed it before."""
    claim = tables.claim
    is_seen = (claim.c.claim_id == revision.claim_id) & (claim.c.version == revision.seen)
    closing = update(claim).where(is_seen, claim.c.superseded_at.is_(None)).values(superseded_at=at)
    if connection.execute(closing).rowcount != 1:
        current = head_version(connection, revision.claim_id)
        raise Conflict(revision.claim_id, revision.seen, current)
    return dict(connection.execute(select(claim).where(is_seen)).mappings().one())


def head_version(connection: Connection, claim_id: str) -> int:
    """Return the number of a claim's newest version.

    Raises:
        ClaimMissing: there is no such claim.
    """
    claim = tables.claim.c
    asked = select(claim.version).where(claim.claim_id == claim_id).order_by(claim.version.desc()).limit(1)
    found = connection.execute(asked).scalar()
    if found is None:
        raise ClaimMissing(claim_id)
    return int(found)


def _following(now: Mapping[str, Any], revision: Revision, attributions: dict[str, Attribution]) -> dict[str, Any]:
    following = {**now, **revision.columns}
    if revision.attribution is not None:
        key = attribution_id(revision.attribution)
        attributions[key] = revision.attribution
        following |= {"attribution_id": key, "origin_id": revision.attribution.origin_id}
    return following


def _refuse_idle(now: Mapping[str, Any], following: Mapping[str, Any], revision: Revision) -> None:
    compared = (*CONTENT, "status", "rank")
    if revision.qualifiers is None and all(now[name] == following[name] for name in compared):
        raise RefusedInput(f"Claim {revision.claim_id} already is what was asked for; nothing was written.")


def _qualifiers(connection: Connection, revision: Revision) -> tuple[Qualifier, ...]:
    from trooptally.vocabulary import QualifierKind

    table = tables.qualifier.c
    asked = (
        select(table.kind, table.text)
        .where(table.claim_id == revision.claim_id, table.version == revision.seen)
        .order_by(table.position)
    )
    return tuple(Qualifier(kind=QualifierKind(kind), text=text) for kind, text in connection.execute(asked))


def _content_hash(row: Mapping[str, Any], qualifiers: Sequence[Qualifier]) -> str:
    plain = row_hash([row[name] for name in CONTENT])
    return row_hash([plain, *[[q.kind.value, q.text] for q in qualifiers]]) if qualifiers else plain


def correction(claim_id: str, seen: int, changes: Mapping[str, Any]) -> Revision:
    """Return the revision that a correction asks for.

    Args:
        claim_id: Which claim.
        seen: The version that the person looked at.
        changes: New values by the names in `CORRECTABLE`: `figure` a Figure or None with a `missing_reason`,
            `as_of` an AsOf or None, `attribution` an Attribution, `qualifiers` a tuple of Qualifier, the rest text.

    Raises:
        RefusedInput: a name that cannot be corrected, or a value of the wrong kind.
    """
    columns: dict[str, Any] = {}
    attribution: Attribution | None = None
    qualifiers: tuple[Qualifier, ...] | None = None
    for name, wanted in changes.items():
        match name, wanted:
            case "figure", Figure() | None:
                columns |= _figure_columns(wanted)
            case "as_of", AsOf() | None:
                columns |= _as_of_columns(wanted)
            case "attribution", Attribution():
                attribution = wanted
            case "qualifiers", tuple():
                qualifiers = wanted
            case (("measure" | "component" | "basis" | "missing_reason"), str()):
                columns[name] = _closed(name, wanted)
            case (("printed" | "quote" | "locator" | "force" | "place" | "unit" | "note"), str()):
                columns[name] = wanted
            case _:
                expected = ", ".join(CORRECTABLE)
                raise RefusedInput(f"{name} cannot be corrected to {wanted!r}; what can be: {expected}.")
    return Revision(claim_id=claim_id, seen=seen, columns=columns, attribution=attribution, qualifiers=qualifiers)


def _closed(name: str, wanted: str) -> str:
    words = _CLOSED[name]
    if wanted not in list(words):
        raise RefusedInput(f"{wanted!r} is no {name}; expected one of {', '.join(words)}.")
    return str(wanted)


def _figure_columns(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"low": None, "point": None, "high": None, "hedge": None}
    columns = {"low": figure.low, "point": figure.point, "high": figure.high, "hedge": figure.hedge.value}
    return {**columns, "missing_reason": None}


def _as_of_columns(as_of: AsOf | None) -> dict[str, Any]:
    if as_of is None:
        return {"as_of": None, "as_of_earliest": None, "as_of_latest": None}
    days = {"as_of_earliest": as_of.earliest.isoformat(), "as_of_latest": as_of.latest.isoformat()}
    return {"as_of": as_of.edtf, **days}


def status_change(claim_id: str, seen: int, status: Status) -> Revision:
    """Return the revision that only moves a claim to another status; a decision ends its being held."""
    return Revision(claim_id=claim_id, seen=seen, columns={"status": status.value, "held": ""})


def rank_change(claim_id: str, seen: int, rank: Rank) -> Revision:
    """Return the revision that only moves a claim to another rank."""
    return Revision(claim_id=claim_id, seen=seen, columns={"rank": rank.value})


def undoing(connection: Connection, change: int) -> list[Revision]:
    """Return the revisions that take back all that a change did to claims.

    A claim that the change brought in is retracted; one that it revised goes back to what it was.

    Raises:
        LedgerError: there is no such change, or it touched no claim.
        Conflict: a claim has been changed since; undo the later change first.
    """
    claim = tables.claim
    touched = connection.execute(
        select(claim).where(claim.c.change_seq == change).order_by(claim.c.claim_id)
    ).mappings()
    revisions = [_undoing_one(connection, dict(row)) for row in touched]
    if not revisions:
        raise LedgerError(f"Change {change} does not exist or touched no claim; there is nothing to undo.")
    return revisions


def _undoing_one(connection: Connection, row: Mapping[str, Any]) -> Revision:
    claim_id, version = row["claim_id"], row["version"]
    if row["superseded_at"] is not None:
        raise Conflict(claim_id, version, head_version(connection, claim_id))
    if version == 1:
        return status_change(claim_id, version, Status.RETRACTED)
    claim = tables.claim
    before = (
        connection.execute(select(claim).where(claim.c.claim_id == claim_id, claim.c.version == version - 1))
        .mappings()
        .one()
    )
    names = (*CONTENT, "status", "rank")
    earlier = Revision(claim_id=claim_id, seen=version - 1, columns={})
    return Revision(
        claim_id=claim_id,
        seen=version,
        columns={name: before[name] for name in names},
        qualifiers=_qualifiers(connection, earlier),
    )


def assess(
    connection: Connection,
    *,
    subject: str,
    subject_id: str,
    grade: Reliability | Credibility,
    contributor: str,
    reason: str,
) -> int:
    """Write one grade: a reliability for a source, or a credibility for a claim; return the change's number.

    Raises:
        ClaimMissing: no such claim.
        LedgerError: no such source.
        RefusedInput: nobody or no reason is named.
    """
    if subject == "claim":
        head_version(connection, subject_id)
    elif connection.execute(select(tables.source).where(tables.source.c.source_id == subject_id)).first() is None:
        raise LedgerError(f"No source in this ledger has the id {subject_id!r}.")
    pen = Pen.take(connection)
    columns = ("change_seq", "subject", "subject_id", "grade")
    pen.add(tables.assessment, columns, [(pen.seq, subject, subject_id, grade.value)])
    return pen.write(act=Act.ASSESS, contributor=contributor, reason=reason)
