"""What the dashboards ask: one series, the newest level of every series, one claim with its history, what changed.

Answers are plain columns and frozen records, without pandas: a page asks for them at every request.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

import orjson
from sqlalchemy import BigInteger, BindParameter, Connection, Row, Select, and_, bindparam, case, func, literal, select

from trooptally.errors import ClaimMissing
from trooptally.ledger.claims import part, standing
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.record import CONTENT
from trooptally.ledger.tally import SERIES_KEY, counted
from trooptally.vocabulary import Measure, Rank, Status
from trooptally_db import tables


@dataclass(slots=True)
class SeriesColumns:
    """The claims of one force at one place, as parallel lists ordered by as-of; days and instants are ISO text."""

    claim_id: list[str] = field(default_factory=list)
    version: list[int] = field(default_factory=list)
    measure: list[str] = field(default_factory=list)
    component: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    low: list[int | None] = field(default_factory=list)
    point: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    hedge: list[str | None] = field(default_factory=list)
    missing_reason: list[str | None] = field(default_factory=list)
    as_of: list[str | None] = field(default_factory=list)
    as_of_earliest: list[str | None] = field(default_factory=list)
    as_of_latest: list[str | None] = field(default_factory=list)
    published_on: list[str | None] = field(default_factory=list)
    source_id: list[str] = field(default_factory=list)
    origin_id: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    rank: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    recorded_at: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.claim_id)


_SERIES = tuple(f.name for f in fields(SeriesColumns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest level of one series: who is where, as last reported.

    Attributes:
        origins: How many independent origins speak of the series.
        claims: How many accepted claims there are.
    """

    force: str
    place: str
    component: str
    basis: str
    claim_id: str
    low: int | None
    point: int | None
    high: int | None
    hedge: str | None
    missing_reason: str | None
    printed: str
    as_of: str | None
    as_of_earliest: str | None
    as_of_latest: str | None
    published_on: str | None
    source_id: str
    origin_id: str
    recorded_at: str
    origins: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One force at one place, with its accepted claims and drafts of every measure, component and basis."""

    force: str
    place: str
    claims: int
    drafts: int


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


def series(connection: Connection, force: str, place: str, *, known_at: int | None = None) -> SeriesColumns:
    """Return the claims of a force at a place, of every measure, component, basis, status and rank.

    Claims of a part alone (a branch) are left out: beside the whole they would look like another level.
    """
    engine = connection.dialect.name
    given: dict[str, Any] = {"force": force, "place": place}
    if known_at is not None:
        given["known_at"] = known_at
    columns = connection.execute(_series_of(engine, then=known_at is not None), given).one()
    return SeriesColumns(*[_decoded(column) for column in columns])


def _gathered(engine: str, asked: Select[Any]) -> Select[Any]:
    """Return the columns of the rows asked for as one row of lists.

    A row at a time, Python gives its lock away and takes it back for each, which costs many readers at once most of
    their time; as lists, the database makes the whole answer while other threads go on.
    """
    rows = asked.subquery()
    gather = func.json_group_array if engine == "sqlite" else func.json_agg
    return select(*[gather(rows.c[name]) for name in _SERIES])


def _decoded(column: str | list[Any] | None) -> list[Any]:
    """Return a gathered column: text from SQLite, a list from PostgreSQL, which gathers no rows into nothing."""
    return orjson.loads(column) if isinstance(column, str) else column or []


def _series(known_at: BindParameter[int] | None) -> Select[Any]:
    claim, report = tables.claim, tables.report
    columns = [report.c.published_on if name == "published_on" else claim.c[name] for name in _SERIES]
    return (
        select(*columns)
        .join_from(claim, report, claim.c.report_id == report.c.report_id)
        .where(
            claim.c.force == bindparam("force"),
            claim.c.place == bindparam("place"),
            standing(known_at),
            part().is_(None),
        )
        .order_by(claim.c.as_of_latest, claim.c.as_of_earliest, claim.c.claim_id)
    )


@cache
def _series_of(engine: str, *, then: bool) -> Select[Any]:
    """Return the question, made once: making it takes longer than answering it."""
    return _gathered(engine, _series(bindparam("known_at", type_=BigInteger) if then else None))


def heads(
    connection: Connection, *, force: str | None = None, place: str | None = None, known_at: int | None = None
) -> list[Head]:
    """Return the newest accepted level of each series, ordered by force and place; two index seeks a series.

    One finds the newest level, one the counts, which are kept after each change: no question reads all claims.
    """
    claim, report = tables.claim, tables.report
    counts = _counts(force, place, known_at).subquery()
    elsewhere = {"published_on": report.c.published_on, "origins": counts.c.origins, "claims": counts.c.claims}
    asked = (
        select(*[elsewhere[name] if name in elsewhere else claim.c[name] for name in _HEAD])
        .join_from(counts, claim, and_(claim.c.claim_id == counts.c.newest, standing(known_at)))
        .join(report, claim.c.report_id == report.c.report_id)
        .order_by(claim.c.force, claim.c.place, claim.c.component, claim.c.basis)
    )
    return [_head(row) for row in connection.execute(asked)]


_HEAD = tuple(f.name for f in fields(Head))


def _head(row: Row[Any]) -> Head:
    head = dict(zip(_HEAD, row, strict=True))
    head["recorded_at"] = printed_instant(head["recorded_at"])
    return Head(**head)


def _counts(force: str | None, place: str | None, known_at: int | None) -> Select[Any]:
    """Every series of levels with its counts and the id of its newest level."""
    series = tables.series
    # A claim without an as-of stands for a series only where no other can.
    newest = func.coalesce(
        *[_newest_level(known_at, dated=dated).correlate(series).scalar_subquery() for dated in (True, False)]
    )
    counted_series = counted(known_at).add_columns(newest.label("newest"))
    picked = counted_series.where(series.c.measure == Measure.PRESENT.value)
    for column, wanted in ((series.c.force, force), (series.c.place, place)):
        if wanted is not None:
            picked = picked.where(column == wanted)
    return picked


def _same_series() -> Any:
    claim, key = tables.claim.c, tables.series.c
    return and_(*[claim[name] == key[name] for name in SERIES_KEY])


def _newest_level(known_at: int | None, *, dated: bool) -> Select[Any]:
    """The claim that stands for a series: the newest as-of; of one day the preferred, then the last recorded."""
    claim = tables.claim.c
    rank = case((claim.rank == Rank.PREFERRED.value, 0), else_=1)
    return (
        select(claim.claim_id)
        .where(
            _same_series(),
            claim.status == Status.ACCEPTED.value,
            claim.as_of_latest.is_not(None) if dated else claim.as_of_latest.is_(None),
            claim.rank != Rank.DEPRECATED.value,
            standing(known_at),
            part().is_(None),
        )
        .order_by(claim.as_of_latest.desc(), rank, claim.recorded_at.desc(), claim.claim_id)
        .limit(1)
    )


def facets(connection: Connection, column: str, *, known_at: int | None = None) -> dict[str, tuple[int, int]]:
    """Return how many accepted claims and drafts there are, by a column of the series' key; from the kept counts."""
    counts = counted(known_at).subquery()
    asked = (
        select(counts.c[column], func.sum(counts.c.claims), func.sum(counts.c.drafts))
        .group_by(counts.c[column])
        .order_by(counts.c[column])
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(asked)}


def pairs(connection: Connection, *, known_at: int | None = None) -> list[Pair]:
    """Return every force at a place that has claims or drafts, ordered by force and place; from the kept counts."""
    counts = counted(known_at).subquery()
    key = (counts.c.force, counts.c.place)
    sums = [func.sum(counts.c[name]).label(name) for name in ("claims", "drafts")]
    asked = select(*key, *sums).group_by(*key).order_by(*key)
    found = [
        Pair(force=row.force, place=row.place, claims=int(row.claims), drafts=int(row.drafts))
        for row in connection.execute(asked)
    ]
    return [pair for pair in found if pair.claims or pair.drafts]


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


def labels(connection: Connection, kind: str) -> dict[str, str]:
    """Return the display names of all forces, places or sources by id."""
    table = {"force": tables.force, "place": tables.place, "source": tables.source}[kind]
    return {row[0]: row[1] for row in connection.execute(select(table.c[f"{kind}_id"], table.c.name))}


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
