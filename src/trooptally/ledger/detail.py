"""Everything about one claim: its report, its chain of sources, its grades, and every version of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from trooptally.errors import ClaimMissing
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.record import CONTENT
from trooptally_db import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a claim: who made it, why, and which columns it changed from what to what."""

    version: int
    status: str
    rank: str
    recorded_at: str
    contributor: str
    act: str
    reason: str
    change: int
    changed: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDetail:
    """Everything about one claim.

    Attributes:
        columns: The newest version's columns, by name.
        report: The report's columns, by name.
        chain: Source id and printed name of each link, from the publisher to the origin.
        beside: Sources named beside the origin.
        qualifiers: Kind and text of each.
        grades: Newest grade of the claim, its source and its origin, by "claim", "source", "origin".
        issues: Severity and message of each.
        versions: Oldest first.
    """

    columns: dict[str, Any]
    report: dict[str, Any]
    attributed_to: str
    chain: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str], ...]
    qualifiers: tuple[tuple[str, str], ...]
    grades: dict[str, str]
    issues: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]


def claim_detail(connection: Connection, claim_id: str) -> ClaimDetail:
    """Return everything about one claim.

    Raises:
        ClaimMissing: there is no such claim.
    """
    claim, report = tables.claim, tables.report
    stored = connection.execute(select(claim).where(claim.c.claim_id == claim_id).order_by(claim.c.version)).mappings()
    rows = [dict(row) for row in stored]
    if not rows:
        raise ClaimMissing(claim_id)
    now = rows[-1]
    asked = select(report).where(report.c.report_id == now["report_id"])
    chain, beside = _links(connection, now["attribution_id"])
    attribution = tables.attribution.c
    said = select(attribution.printed).where(attribution.attribution_id == now["attribution_id"])
    return ClaimDetail(
        columns={**now, "recorded_at": printed_instant(now["recorded_at"])},
        report=dict(connection.execute(asked).mappings().one()),
        attributed_to=str(connection.execute(said).scalar_one()),
        chain=chain,
        beside=beside,
        qualifiers=_qualifiers(connection, claim_id, now["version"]),
        grades=_grades(connection, {"claim": claim_id, "source": now["source_id"], "origin": now["origin_id"]}),
        issues=_issues(connection, claim_id),
        versions=_versions(connection, rows),
    )


def _links(connection: Connection, attribution: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    link = tables.attribution_link.c
    asked = (
        select(link.role, link.source_id, link.printed)
        .where(link.attribution_id == attribution)
        .order_by(link.position)
    )
    rows = connection.execute(asked).all()
    return tuple(tuple((r.source_id, r.printed) for r in rows if r.role == role) for role in ("chain", "beside"))


def _qualifiers(connection: Connection, claim_id: str, version: int) -> tuple[tuple[str, str], ...]:
    qualifier = tables.qualifier.c
    asked = (
        select(qualifier.kind, qualifier.text)
        .where(qualifier.claim_id == claim_id, qualifier.version == version)
        .order_by(qualifier.position)
    )
    return tuple((first, second) for first, second in connection.execute(asked))


def _issues(connection: Connection, claim_id: str) -> tuple[tuple[str, str], ...]:
    issue = tables.issue.c
    asked = select(issue.severity, issue.message).where(issue.claim_id == claim_id).order_by(issue.change_seq)
    return tuple((first, second) for first, second in connection.execute(asked))


def _grades(connection: Connection, subjects: dict[str, str]) -> dict[str, str]:
    table = tables.assessment.c
    found: dict[str, str] = {}
    for role, subject_id in subjects.items():
        subject = "claim" if role == "claim" else "source"
        asked = (
            select(table.grade)
            .where(table.subject == subject, table.subject_id == subject_id)
            .order_by(table.change_seq.desc())
            .limit(1)
        )
        grade = connection.execute(asked).scalar()
        if grade is not None:
            found[role] = str(grade)
    return found


def _versions(connection: Connection, rows: list[dict[str, Any]]) -> tuple[Version, ...]:
    change, contributor = tables.change, tables.contributor
    asked = (
        select(change.c.seq, change.c.act, change.c.reason, contributor.c.name)
        .join_from(change, contributor, change.c.contributor_id == contributor.c.contributor_id)
        .where(change.c.seq.in_([row["change_seq"] for row in rows]))
    )
    acts = {row.seq: row for row in connection.execute(asked)}
    return tuple(
        Version(
            version=row["version"],
            status=row["status"],
            rank=row["rank"],
            recorded_at=printed_instant(row["recorded_at"]),
            contributor=acts[row["change_seq"]].name,
            act=acts[row["change_seq"]].act,
            reason=acts[row["change_seq"]].reason,
            change=row["change_seq"],
            changed=_changed(before, row),
        )
        for before, row in zip([None, *rows], rows, strict=False)
    )


def _changed(before: dict[str, Any] | None, row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    if before is None:
        return {}
    return {n: (before[n], row[n]) for n in (*CONTENT, "status", "rank") if before[n] != row[n]}
