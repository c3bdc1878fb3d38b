"""Editions: what a new edition of a report adds and what it revises, written as one change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

from trooptally.ledger import revise
from trooptally.ledger.pen import Pen
from trooptally.ledger.record import Batch, enter, write
from trooptally.ledger.revise import Revision
from trooptally.ledger.tally import count
from trooptally.vocabulary import Act


class Said(NamedTuple):
    """What an edition of a report may print otherwise: the figure, or why there is none."""

    low: int | None
    point: int | None
    high: int | None
    hedge: str | None
    missing_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A claim's newest version, for comparing it with another edition of its report.

    Attributes:
        earlier: What the versions before it said.
    """

    claim_id: str
    version: int
    status: str
    said: Said
    earlier: tuple[Said, ...] = ()


Edition = Callable[[Sequence[Standing]], Mapping[str, Mapping[str, Any]]]
"""Given the claims that read differently now: those which the edition revises, each with the columns it changes."""


def edition_of(connection: Connection, differing: Sequence[str], compare: Edition) -> list[Revision]:
    """Return the revisions that an edition asks for."""
    found = {each.claim_id: each for each in standing(connection, differing)}
    asked = compare(list(found.values()))
    return [Revision(claim_id=key, seen=found[key].version, columns=columns) for key, columns in asked.items()]


def standing(connection: Connection, claim_ids: Sequence[str]) -> Iterator[Standing]:
    """Yield the newest versions of claims, in the order of their ids."""
    columns = ", ".join(("claim_id", "version", "status", *Said._fields))
    sqlite = connection.dialect.name == "sqlite"
    among = "IN (SELECT value FROM json_each(?))" if sqlite else "= ANY(%s)"
    given: Any = orjson.dumps(list(claim_ids)).decode() if sqlite else list(claim_ids)
    asked = f"SELECT {columns} FROM claim WHERE claim_id {among} ORDER BY claim_id, version"  # noqa: S608  own names
    rows = connection.exec_driver_sql(asked, (given,)) if claim_ids else ()
    for claim_id, several in groupby(rows, key=lambda row: str(row[0])):
        versions = [tuple(row) for row in several]
        said = [Said(*row[3:]) for row in versions]
        _, version, status, *_ = versions[-1]
        yield Standing(claim_id=claim_id, version=version, status=status, said=said[-1], earlier=tuple(said[:-1]))


def write_edition(
    connection: Connection,
    batch: Batch,
    revisions: Sequence[Revision],
    *,
    contributor: str,
    reason: str,
    program: str,
) -> int | None:
    """Write what an edition of a report adds and what it revises as one change; None if that is nothing.

    Raises:
        Conflict: a claim is no longer at the version that was compared.
        RefusedInput: nobody or no reason is named.
    """
    if not revisions:
        return write(connection, batch, contributor=contributor, reason=reason, program=program)
    pen = Pen.take(connection)
    moves = Counter(enter(pen, batch)) if batch.claim_id else Counter[tuple[str, ...]]()
    for place, step in revise.enter(pen, revisions).items():
        moves[place] += step
    number = pen.write(
        act=Act.RECORD if batch.claim_id else Act.CORRECT,
        contributor=contributor,
        reason=f"{reason}; this edition prints {len(revisions):,} figures otherwise than the ledger had them",
        program=program,
        claims=len(batch.claim_id) + len(revisions),
    )
    count(pen, moves)
    return number
