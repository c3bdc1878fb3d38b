"""What single changes did to claims, and what still speaks against the drafts that wait."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from trooptally.vocabulary import Severity, Status
from trooptally_db import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One claim that a change brought in or revised."""

    claim_id: str
    version: int
    printed: str
    force: str
    place: str


def touched(connection: Connection, change: int, most: int) -> list[Touched]:
    """Return what a change did to claims, at most so many of them."""
    claim = tables.claim.c
    columns = [claim[name] for name in ("claim_id", "version", "printed", "force", "place")]
    asked = select(*columns).where(claim.change_seq == change).order_by(claim.claim_id).limit(most)
    return [Touched(**row) for row in connection.execute(asked).mappings()]


def doubts(connection: Connection) -> dict[str, str]:
    """Return the drafts that are held or carry an error, each with the first reason."""
    claim, issue = tables.claim.c, tables.issue.c
    waits = (claim.status == Status.DRAFT.value) & claim.superseded_at.is_(None)
    wrong = select(claim.claim_id, issue.message).join_from(
        tables.claim, tables.issue, issue.claim_id == claim.claim_id
    )
    held = select(claim.claim_id, claim.held).where(waits, claim.held != "")
    found = {row[0]: row[1] for row in connection.execute(wrong.where(waits, issue.severity == Severity.ERROR.value))}
    return found | {row[0]: row[1] for row in connection.execute(held)}
