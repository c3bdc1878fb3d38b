"""What came last: the newest reports, and the newest changes with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Connection, func, literal, select

from trooptally.ledger.instants import printed_instant
from trooptally_db import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """A report as a list shows it."""

    report_id: str
    source_id: str
    publisher: str
    title: str
    url: str
    published_on: str | None
    kind: str
    recorded_at: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHead:
    """A change as a list shows it: who, when, what, why."""

    change: int
    at: str
    contributor: str
    act: str
    reason: str
    program: str
    undoes: int | None
    claims: int
    hash: str


def newest_reports(connection: Connection, limit: int, *, counting: bool = True) -> list[ReportHead]:
    """Return the reports recorded last, newest first.

    Args:
        connection: Where to read.
        limit: How many at most.
        counting: Whether to count their claims, which takes the longer the more a change wrote; else each has 0.
    """
    report, claim, change = tables.report, tables.claim, tables.change
    many = (
        select(func.count(claim.c.claim_id.distinct()))
        .where(claim.c.change_seq == report.c.change_seq, claim.c.report_id == report.c.report_id)
        .correlate(report)
        .scalar_subquery()
    )
    counted = many if counting else literal(0)
    names = [f.name for f in fields(ReportHead) if f.name not in ("recorded_at", "claims")]
    newest = (
        select(report)
        .order_by(report.c.change_seq.desc(), report.c.published_latest.desc().nulls_last(), report.c.report_id)
        .limit(limit)
        .subquery()
    )
    asked = (
        select(*[report.c[n] for n in names], change.c.at.label("recorded_at"), counted.label("claims"))
        .join_from(newest, report, newest.c.report_id == report.c.report_id)
        .join(change, report.c.change_seq == change.c.seq)
        .order_by(report.c.change_seq.desc(), report.c.published_latest.desc().nulls_last(), report.c.report_id)
    )
    return [
        ReportHead(**{**row, "recorded_at": printed_instant(row["recorded_at"])})
        for row in connection.execute(asked).mappings()
    ]


def recent_changes(connection: Connection, limit: int) -> list[ChangeHead]:
    """Return the last changes, newest first."""
    change, contributor = tables.change, tables.contributor
    asked = (
        select(
            change.c.seq.label("change"),
            change.c.at,
            contributor.c.name.label("contributor"),
            *[change.c[n] for n in ("act", "reason", "program", "undoes", "claims", "hash")],
        )
        .join_from(change, contributor, change.c.contributor_id == contributor.c.contributor_id)
        .order_by(change.c.seq.desc())
        .limit(limit)
    )
    return [ChangeHead(**{**row, "at": printed_instant(row["at"])}) for row in connection.execute(asked).mappings()]
