"""Recording: drafts become claims, all of a batch or none, and what is already known adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Connection, select

from trooptally.errors import RefusedInput
from trooptally.ledger.chain import row_hash
from trooptally.ledger.pen import MadeRows, Pen
from trooptally.ledger.tally import SERIES_KEY, Moves, count, moves_of
from trooptally.model import Attribution, DraftTable, Issue, Link, Report
from trooptally.vocabulary import Act, Rank, SourceKind, Status
from trooptally_db import tables

CONTENT = (
    "report_id",
    "source_id",
    "origin_id",
    "attribution_id",
    "locator",
    "quote",
    "printed",
    "force",
    "place",
    "measure",
    "component",
    "basis",
    "low",
    "point",
    "high",
    "hedge",
    "missing_reason",
    "as_of",
    "as_of_earliest",
    "as_of_latest",
    "unit",
    "note",
    "held",
)
"""The columns of a claim that say what the report says; all of them are in its content hash."""

CLAIM = ("claim_id", "version", "recorded_at", "status", "rank", *CONTENT, "content_hash", "change_seq")

_series_of = itemgetter(*map(CONTENT.index, SERIES_KEY))

_ASKED_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a batch did to the ledger: recorded + drafts + unchanged = the claims of the batch, each counted once.

    Attributes:
        recorded: Claims newly written and accepted.
        drafts: Claims newly written that wait for review.
        unchanged: Claims the ledger already had.
        differing: Ids of those among the unchanged that now read differently; the ledger keeps what it had.
        revised: Ids of those that this edition of their report revises, where the caller asked for it.
        change: Number of the change, or None where nothing was new (or nothing was to be written).
    """

    recorded: int = 0
    drafts: int = 0
    unchanged: int = 0
    differing: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    change: int | None = None


@dataclass(slots=True, kw_only=True)
class Batch:
    """Drafts made ready for the tables, before any transaction begins."""

    reports: dict[str, Report]
    attributions: dict[str, Attribution]
    qualifiers: list[tuple[Any, ...]]
    issues: Sequence[Issue]
    claim_id: list[str]
    status: list[str]
    content: list[tuple[Any, ...]]
    content_hash: list[str]


def prepare(reports: Iterable[Report], drafts: DraftTable, issues: Sequence[Issue], status: Status) -> Batch:
    """Turn drafts into rows, each claim once, with its content hash.

    Raises:
        RefusedInput: a draft names a report that was not given, or a text carries NUL characters.
    """
    by_id = {report.report_id: report for report in reports}
    missing = set(drafts.report_id) - by_id.keys()
    if missing:
        raise RefusedInput(f"{len(missing)} drafts belong to reports that were not given, such as {min(missing)}.")
    # Readers share one attribution among many rows; each is hashed once.
    ids = {key: attribution_id(a) for key, a in {id(a): a for a in drafts.attribution}.items()}
    attributions = {ids[id(a)]: a for a in drafts.attribution}
    content = _content(drafts, by_id, [ids[id(a)] for a in drafts.attribution])
    _refuse_nul(drafts)
    waits = Status.DRAFT.value
    batch = Batch(
        reports=by_id,
        attributions=attributions,
        qualifiers=[
            (claim, 1, position, q.kind.value, q.text)
            for claim, several in zip(drafts.claim_id, drafts.qualifiers, strict=True)
            for position, q in enumerate(several)
        ],
        issues=issues,
        claim_id=drafts.claim_id,
        status=[waits if held else status.value for held in drafts.held],
        content=content,
        content_hash=_content_hashes(content, drafts),
    )
    return _each_once(batch)


def _content(drafts: DraftTable, reports: dict[str, Report], attributions: list[str]) -> list[tuple[Any, ...]]:
    source_of = {key: report.source_id for key, report in reports.items()}
    columns: dict[str, Iterable[Any]] = dict(drafts.columns())
    columns["source_id"] = [source_of[key] for key in drafts.report_id]
    columns["origin_id"] = [a.origin_id for a in drafts.attribution]
    columns["attribution_id"] = attributions
    return list(zip(*[columns[name] for name in CONTENT], strict=True))


def _content_hashes(content: list[tuple[Any, ...]], drafts: DraftTable) -> list[str]:
    hashes = [row_hash(row) for row in content]
    for row, several in enumerate(drafts.qualifiers):
        if several:
            hashes[row] = row_hash([hashes[row], *[[q.kind.value, q.text] for q in several]])
    return hashes


def _refuse_nul(drafts: DraftTable) -> None:
    for name in ("locator", "quote", "printed", "unit", "note"):
        if any("\x00" in text for text in getattr(drafts, name)):
            raise RefusedInput(f"A {name} carries NUL characters, which no text can hold; remove them first.")


def _each_once(batch: Batch) -> Batch:
    """Keep the first of drafts that share an id."""
    if len(set(batch.claim_id)) == len(batch.claim_id):
        return batch
    seen: set[str] = set()
    first = [not (key in seen or seen.add(key)) for key in batch.claim_id]  # type: ignore[func-returns-value]  # idiom
    return _kept(batch, first)


def _kept(batch: Batch, keep: list[bool]) -> Batch:
    wanted = set(compress(batch.claim_id, keep))
    return Batch(
        reports=batch.reports,
        attributions=batch.attributions,
        qualifiers=[row for row in batch.qualifiers if row[0] in wanted],
        issues=batch.issues,
        claim_id=list(compress(batch.claim_id, keep)),
        status=list(compress(batch.status, keep)),
        content=list(compress(batch.content, keep)),
        content_hash=list(compress(batch.content_hash, keep)),
    )


def attribution_id(attribution: Attribution) -> str:
    """Return the id of an attribution, from its words and links."""
    links = [[link.source_id, link.printed] for link in attribution.links]
    beside = [[link.source_id, link.printed] for link in attribution.beside]
    return row_hash([attribution.printed, links, beside])


def known(connection: Connection, batch: Batch) -> dict[str, str]:
    """Return, for those claims of a batch that the ledger has, the content hash they were first recorded with."""
    if connection.execute(select(tables.claim.c.claim_id).limit(1)).first() is None:
        return {}
    found: dict[str, str] = {}
    for start in range(0, len(batch.claim_id), _ASKED_AT_ONCE):
        found.update(_among(connection, batch.claim_id[start : start + _ASKED_AT_ONCE]))
    return found


def _among(connection: Connection, ids: list[str]) -> Iterator[tuple[str, str]]:
    asked = (
        "SELECT claim_id, content_hash FROM claim WHERE version = 1 AND claim_id IN (SELECT value FROM json_each(?))"
        if connection.dialect.name == "sqlite"
        else "SELECT claim_id, content_hash FROM claim WHERE version = 1 AND claim_id = ANY(%s)"
    )
    given: Any = orjson.dumps(ids).decode() if connection.dialect.name == "sqlite" else ids
    for row in connection.exec_driver_sql(asked, (given,)):
        yield row[0], row[1]


def split(connection: Connection, batch: Batch) -> tuple[Batch, Recorded]:
    """Return what of a batch is new, and the counts it would have; nothing is written."""
    before = known(connection, batch)
    fresh = _kept(batch, [key not in before for key in batch.claim_id]) if before else batch
    now = dict(zip(batch.claim_id, batch.content_hash, strict=True))
    waiting = fresh.status.count(Status.DRAFT.value)
    return fresh, Recorded(
        recorded=len(fresh.claim_id) - waiting,
        drafts=waiting,
        unchanged=len(batch.claim_id) - len(fresh.claim_id),
        differing=tuple(key for key, was in before.items() if now[key] != was),
    )


def write(connection: Connection, batch: Batch, *, contributor: str, reason: str, program: str) -> int | None:
    """Write a batch of new claims as one change; return its number, or None if there is nothing to write."""
    if not batch.claim_id:
        return None
    pen = Pen.take(connection)
    moves = enter(pen, batch)
    number = pen.write(
        act=Act.RECORD, contributor=contributor, reason=reason, program=program, claims=len(batch.claim_id)
    )
    count(pen, moves)
    return number


def enter(pen: Pen, batch: Batch) -> Moves:
    """Put the rows of a batch under a change; return which series they enter."""
    add_sources(pen, batch.reports.values(), batch.attributions.values())
    _add_reports(pen, batch)
    _add_attributions(pen, batch)
    _add_claims(pen, batch)
    pen.add(tables.qualifier, ("claim_id", "version", "position", "kind", "text"), batch.qualifiers)
    columns = ("position", "severity", "locator", "message", "claim_id")
    rows = [(n, i.severity.value, i.locator, i.message, i.claim_id) for n, i in enumerate(batch.issues)]
    pen.add(tables.issue, columns, rows)
    return moves_in(batch.status, batch.content)


def _add_claims(pen: Pen, batch: Batch) -> None:
    normal, content = Rank.NORMAL.value, batch.content
    # The two wide indexes begin with the series, and grow faster in their own order.
    order = sorted(range(len(content)), key=lambda at: _series_of(content[at]))

    def rows() -> Iterator[tuple[Any, ...]]:
        for at in order:
            made = (batch.claim_id[at], 1, pen.at, batch.status[at], normal)
            yield (*made, *content[at], batch.content_hash[at], pen.seq)

    lines = map(claim_line, batch.claim_id, repeat(1), batch.status, repeat(normal), batch.content_hash)
    pen.add_hashed(tables.claim, CLAIM, MadeRows(size=len(order), make=rows), lines)


def claim_line(claim_id: str, version: int, status: str, rank: str, content_hash: str) -> str:
    """Return the line by which one version of a claim enters the root of its change."""
    return f"claim:{claim_id}:{version}:{status}:{rank}:{content_hash}"


def add_sources(pen: Pen, reports: Iterable[Report], attributions: Iterable[Attribution]) -> None:
    """Enter sources that the ledger does not have yet, under the name they were printed with."""
    named: dict[str, str] = {}
    for report in reports:
        named.setdefault(report.source_id, report.publisher)
    for attribution in attributions:
        for link in (*attribution.links, *attribution.beside):
            named.setdefault(link.source_id, link.printed)
    present = _present(pen.connection, tables.source.c.source_id, named)
    rows = [
        (key, name or key, SourceKind.UNKNOWN.value, "", "", "") for key, name in named.items() if key not in present
    ]
    pen.add(tables.source, ("source_id", "name", "kind", "country", "url", "trust"), rows)


def _add_reports(pen: Pen, batch: Batch) -> None:
    used = {content[0] for content in batch.content}
    present = _present(pen.connection, tables.report.c.report_id, used)
    columns = (
        "source_id",
        "publisher",
        "title",
        "url",
        "published_on",
        "published_earliest",
        "published_latest",
        "retrieved_at",
        "sha256",
        "kind",
    )
    rows = [(key, *[getattr(batch.reports[key], name) for name in columns]) for key in sorted(used - present)]
    pen.add(tables.report, ("report_id", *columns), rows)


def _add_attributions(pen: Pen, batch: Batch) -> None:
    position = CONTENT.index("attribution_id")
    used = {content[position] for content in batch.content}
    add_attributions(pen, {key: batch.attributions[key] for key in used})


def add_attributions(pen: Pen, attributions: dict[str, Attribution]) -> None:
    """Put those of the attributions under the change that the ledger does not have yet."""
    present = _present(pen.connection, tables.attribution.c.attribution_id, attributions)
    fresh = {key: attributions[key] for key in sorted(attributions) if key not in present}
    rows = [(key, a.printed, a.origin_id) for key, a in fresh.items()]
    pen.add(tables.attribution, ("attribution_id", "printed", "origin_id"), rows)
    links = [
        (key, position, role, link.source_id, link.printed)
        for key, a in fresh.items()
        for position, (role, link) in enumerate(_links(a))
    ]
    pen.add(tables.attribution_link, ("attribution_id", "position", "role", "source_id", "printed"), links)


def _links(attribution: Attribution) -> Iterator[tuple[str, Link]]:
    for link in attribution.links:
        yield "chain", link
    for link in attribution.beside:
        yield "beside", link


def _present(connection: Connection, column: Any, wanted: Iterable[str]) -> set[str]:
    """Return those of the wanted keys that a table already has."""
    keys, found = list(wanted), set[str]()
    for start in range(0, len(keys), 500):
        asked = select(column).where(column.in_(keys[start : start + 500]))
        found.update(connection.execute(asked).scalars())
    return found


def moves_in(statuses: Iterable[str], content: Iterable[tuple[Any, ...]]) -> Moves:
    """Return which series, statuses and origins claims of that status and content enter."""
    start, origin = CONTENT.index(SERIES_KEY[0]), CONTENT.index("origin_id")
    stop = start + len(SERIES_KEY)
    return moves_of((*row[start:stop], status, row[origin]) for status, row in zip(statuses, content, strict=True))
