"""Who prints whose claims: counted once over all claims, and from then on only over what changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, select

from trooptally.ledger.instants import printed_instant
from trooptally.vocabulary import Act, Status
from trooptally_db import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How many accepted claims each source printed of each origin, as of a change."""

    change: int
    pairs: Counter[tuple[str, str]]

    def printed(self) -> Counter[str]:
        """Return the claims that each source printed."""
        return _summed((source, many) for (source, _), many in self.pairs.items())

    def said(self) -> Counter[str]:
        """Return the claims that each source is the origin of."""
        return _summed((origin, many) for (_, origin), many in self.pairs.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A claim of a source that was corrected or taken back: by whom, when and why."""

    claim_id: str
    force: str
    place: str
    act: str
    at: str
    contributor: str
    reason: str


def _summed(entries: Iterable[tuple[str, int]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name, many in entries:
        counted[name] += many
    return counted


def spoken(connection: Connection, before: Spoken | None) -> Spoken:
    """Return the counts as of the last change, from those of an earlier one where there are any."""
    change = int(connection.exec_driver_sql("SELECT max(seq) FROM change").scalar() or 0)
    if before is not None and before.change == change:
        return before
    if before is None or before.change > change:
        return Spoken(change=change, pairs=_counted(connection, tables.claim.c.superseded_at.is_(None)))
    fresh = tables.claim.c.change_seq > before.change
    pairs = before.pairs + _counted(connection, fresh)
    pairs.subtract(_left(connection, before.change))
    return Spoken(change=change, pairs=+pairs)


def _counted(connection: Connection, condition: Any) -> Counter[tuple[str, str]]:
    claim = tables.claim.c
    asked = (
        select(claim.source_id, claim.origin_id, func.count())
        .where(claim.status == Status.ACCEPTED.value, condition)
        .group_by(claim.source_id, claim.origin_id)
    )
    return Counter({(source, origin): many for source, origin, many in connection.execute(asked)})


def _left(connection: Connection, change: int) -> Counter[tuple[str, str]]:
    """Return the accepted versions that later ones took the place of since a change."""
    fresh, former = tables.claim.alias("fresh"), tables.claim
    same = and_(former.c.claim_id == fresh.c.claim_id, former.c.version == fresh.c.version - 1)
    asked = (
        select(former.c.source_id, former.c.origin_id, func.count())
        .join_from(fresh, former, same)
        .where(fresh.c.change_seq > change, fresh.c.version > 1, former.c.status == Status.ACCEPTED.value)
        .group_by(former.c.source_id, former.c.origin_id)
    )
    return Counter({(source, origin): many for source, origin, many in connection.execute(asked)})


def corrections(connection: Connection, source_id: str, limit: int) -> list[Correction]:
    """Return what was corrected or taken back of a source's claims, the last first."""
    claim, change, contributor = tables.claim, tables.change, tables.contributor
    asked = (
        select(
            *[claim.c[name] for name in ("claim_id", "force", "place")],
            change.c.act,
            change.c.at,
            contributor.c.name.label("contributor"),
            change.c.reason,
        )
        .join_from(change, claim, claim.c.change_seq == change.c.seq)
        .join(contributor, change.c.contributor_id == contributor.c.contributor_id)
        .where(change.c.act.in_([Act.CORRECT.value, Act.RETRACT.value]), claim.c.source_id == source_id)
        .order_by(change.c.seq.desc(), claim.c.claim_id)
        .limit(limit)
    )
    return [Correction(**{**row, "at": printed_instant(row["at"])}) for row in connection.execute(asked).mappings()]
