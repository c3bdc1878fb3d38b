"""What is known of sources: how much each reported, how much others attributed to it, its grades, who echoes whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from trooptally.ledger.claims import part, standing
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.spoken import Correction, Spoken, corrections
from trooptally.vocabulary import Measure, Status
from trooptally_db import tables

_MOST_CORRECTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHead:
    """A source as a list shows it.

    Attributes:
        reports: Reports that it published.
        claims: Claims in these.
        said: Claims, wherever printed, of which it is the origin.
        grade: Its newest reliability, A to F, or "" where nobody has graded it.
    """

    source_id: str
    name: str
    kind: str
    country: str
    url: str
    reports: int
    claims: int
    said: int
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many claims of one series a source printed and how many it is the origin of."""

    force: str
    place: str
    printed: int
    said: int
    newest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """How many claims one source printed that another is the origin of."""

    source_id: str
    origin_id: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """One grade that a source was given: by whom, when and why."""

    grade: str
    at: str
    contributor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDetail:
    """Everything about one source; shares are the largest first, gradings and corrections the newest first."""

    head: SourceHead
    shares: tuple[Share, ...]
    echoes: tuple[Echo, ...]
    gradings: tuple[Grading, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """An accepted claim on how many are present or may be, as far as claims are compared with each other."""

    claim_id: str
    force: str
    place: str
    measure: str
    component: str
    basis: str
    low: int | None
    point: int | None
    high: int | None
    hedge: str | None
    as_of: str | None
    as_of_latest: str
    source_id: str
    origin_id: str


def source_heads(connection: Connection, told: Spoken) -> list[SourceHead]:
    """Return the sources that reported or said anything, those with the most claims first."""
    reports = _counts(connection, select(tables.report.c.source_id, func.count()).group_by(tables.report.c.source_id))
    claims, said = told.printed(), told.said()
    grades = {subject: grading[0].grade for subject, grading in _gradings(connection).items()}
    heads = [
        SourceHead(
            **{name: row[name] for name in ("source_id", "name", "kind", "country", "url")},
            reports=reports.get(row["source_id"], 0),
            claims=claims.get(row["source_id"], 0),
            said=said.get(row["source_id"], 0),
            grade=grades.get(row["source_id"], ""),
        )
        for row in connection.execute(select(tables.source)).mappings()
    ]
    known = [head for head in heads if head.reports or head.claims or head.said]
    return sorted(known, key=lambda head: (-max(head.claims, head.said), head.name))


def source_detail(connection: Connection, source_id: str, told: Spoken) -> SourceDetail | None:
    """Return everything about one source, or None where no source of that id reported or said anything."""
    head = next((head for head in source_heads(connection, told) if head.source_id == source_id), None)
    if head is None:
        return None
    return SourceDetail(
        head=head,
        shares=_shares(connection, source_id),
        echoes=tuple(echo for echo in echoes(told) if source_id in {echo.source_id, echo.origin_id}),
        gradings=_gradings(connection).get(source_id, ()),
        corrections=tuple(corrections(connection, source_id, _MOST_CORRECTIONS)),
    )


def echoes(told: Spoken) -> list[Echo]:
    """Return who printed whose figures, the most first."""
    found = [
        Echo(source_id=source, origin_id=origin, claims=many)
        for (source, origin), many in told.pairs.items()
        if source != origin
    ]
    return sorted(found, key=lambda echo: (-echo.claims, echo.source_id, echo.origin_id))


def levels(
    connection: Connection,
    *,
    known_at: int | None = None,
    pair: tuple[str, str] | None = None,
    force: str | None = None,
) -> list[Level]:
    """Return the accepted claims on levels and ceilings that have a figure and an as-of, in the order of time.

    Args:
        connection: Where to read.
        known_at: The instant as of which the ledger is asked, or None for now.
        pair: One force at one place, or None for all.
        force: One force at all places, or None for all.
    """
    claim = tables.claim.c
    names = ("claim_id", "force", "place", "measure", "component", "basis", "low", "point", "high", "hedge")
    days = ("as_of", "as_of_latest", "source_id", "origin_id")
    asked = (
        select(*[claim[name] for name in (*names, *days)])
        .where(
            *_counted(known_at),
            claim.measure.in_([Measure.PRESENT.value, Measure.AUTHORIZED.value]),
            claim.hedge.is_not(None),
            claim.as_of_latest.is_not(None),
            claim.rank != "deprecated",
            part().is_(None),
        )
        .order_by(claim.force, claim.place, claim.as_of_latest, claim.claim_id)
    )
    if pair is not None:
        asked = asked.where(claim.force == pair[0], claim.place == pair[1])
    if force is not None:
        asked = asked.where(claim.force == force)
    return [Level(**row) for row in connection.execute(asked).mappings()]


def _counted(known_at: int | None = None) -> tuple[Any, ...]:
    return standing(known_at), tables.claim.c.status == Status.ACCEPTED.value


def _counts(connection: Connection, asked: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(asked)}


def _shares(connection: Connection, source_id: str) -> tuple[Share, ...]:
    claim = tables.claim.c
    found: dict[tuple[str, str], list[Any]] = {}
    for number, name in enumerate(("source_id", "origin_id")):
        asked = (
            select(claim.force, claim.place, func.count(), func.max(claim.as_of_latest))
            .where(*_counted(), claim[name] == source_id)
            .group_by(claim.force, claim.place)
        )
        for force, place, many, newest in connection.execute(asked):
            share = found.setdefault((force, place), [0, 0, None])
            share[number] = many
            share[2] = max(filter(None, (share[2], newest)), default=None)
    shares = [
        Share(force=force, place=place, printed=printed, said=said, newest=newest)
        for (force, place), (printed, said, newest) in found.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-max(share.printed, share.said), share.force, share.place)))


def _gradings(connection: Connection) -> dict[str, tuple[Grading, ...]]:
    """Return the gradings of each source, newest first."""
    grade, change, contributor = tables.assessment, tables.change, tables.contributor
    asked = (
        select(grade.c.subject_id, grade.c.grade, change.c.at, contributor.c.name, change.c.reason)
        .join_from(grade, change, grade.c.change_seq == change.c.seq)
        .join(contributor, change.c.contributor_id == contributor.c.contributor_id)
        .where(grade.c.subject == "source")
        .order_by(grade.c.change_seq.desc())
    )
    found: dict[str, tuple[Grading, ...]] = {}
    for row in connection.execute(asked):
        given = Grading(grade=row.grade, at=printed_instant(row.at), contributor=row.name, reason=row.reason)
        found[row.subject_id] = (*found.get(row.subject_id, ()), given)
    return found
