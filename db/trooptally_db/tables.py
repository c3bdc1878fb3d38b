"""The tables of a ledger, for SQLite and PostgreSQL alike.

Everything but `series` (an index of keys), `series_origin` (a roll-up of counts) and the accounts is append-only:
triggers refuse every UPDATE and DELETE, with one exception, the instant at which a version of a claim or event was
superseded, which is set once. Reference rows (forces, places, aliases, units, sources) are added, each under a change
of its own, and never altered. What is derived (`superseded_at`, the series, the roll-ups) is recomputed and compared
by a verification. Accounts, sessions and sign-in links are no history: who wrote stands on each change.

Times are whole microseconds since 1970 in UTC, days are ISO 8601 text, ids are text. On SQLite the tables are STRICT,
so that no text can hide in a number's column.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

Whole = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of 64 bits on both engines (STRICT tables of SQLite know it as INTEGER only)."""

_STRICT: dict[str, Any] = {"sqlite_strict": True}
_ROLL_UP: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

contributor = Table(
    "contributor",
    metadata,
    Column("contributor_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("created_at", Whole, nullable=False),
    **_STRICT,
)

change = Table(
    "change",
    metadata,
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("at", Whole, nullable=False),
    Column("contributor_id", Text, ForeignKey("contributor.contributor_id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("undoes", Whole, ForeignKey("change.seq")),
    Column("claims", Whole, nullable=False),
    Column("root", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("length(reason) > 0", name="reason_given"),
    **_STRICT,
)

source = Table(
    "source",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("trust", Text, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    **_STRICT,
)

force = Table(
    "force",
    metadata,
    Column("force_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("within", Text, nullable=False),
    Column("place_id", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    **_STRICT,
)

place = Table(
    "place",
    metadata,
    Column("place_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("iso2", Text, nullable=False),
    Column("latitude", Text, nullable=False),
    Column("longitude", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text, nullable=False),
    Column("within", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    **_STRICT,
)

place_member = Table(
    "place_member",
    metadata,
    Column("theatre_id", Text, ForeignKey("place.place_id"), nullable=False),
    Column("place_id", Text, ForeignKey("place.place_id"), nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    PrimaryKeyConstraint("theatre_id", "place_id"),
    **_STRICT,
)

alias = Table(
    "alias",
    metadata,
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    PrimaryKeyConstraint("name", "kind", "target", "section", "valid_from"),
    **_STRICT,
)

unit = Table(
    "unit",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("force_id", Text, ForeignKey("force.force_id"), nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    **_STRICT,
)

report = Table(
    "report",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("source_id", Text, ForeignKey("source.source_id"), nullable=False),
    Column("publisher", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("published_on", Text),
    Column("published_earliest", Text),
    Column("published_latest", Text),
    Column("retrieved_at", Text),
    Column("sha256", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    **_STRICT,
)

attribution = Table(
    "attribution",
    metadata,
    Column("attribution_id", Text, primary_key=True),
    Column("printed", Text, nullable=False),
    Column("origin_id", Text, ForeignKey("source.source_id"), nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    **_STRICT,
)

attribution_link = Table(
    "attribution_link",
    metadata,
    Column("attribution_id", Text, ForeignKey("attribution.attribution_id"), nullable=False),
    Column("position", Whole, nullable=False),
    Column("role", Text, nullable=False),
    Column("source_id", Text, ForeignKey("source.source_id"), nullable=False),
    Column("printed", Text, nullable=False),
    PrimaryKeyConstraint("attribution_id", "position"),
    CheckConstraint("role IN ('chain', 'beside')", name="role_known"),
    **_STRICT,
)

claim = Table(
    "claim",
    metadata,
    Column("claim_id", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    Column("recorded_at", Whole, nullable=False),
    Column("superseded_at", Whole),
    Column("status", Text, nullable=False),
    Column("rank", Text, nullable=False),
    Column("report_id", Text, ForeignKey("report.report_id"), nullable=False),
    Column("source_id", Text, ForeignKey("source.source_id"), nullable=False),
    Column("origin_id", Text, ForeignKey("source.source_id"), nullable=False),
    Column("attribution_id", Text, ForeignKey("attribution.attribution_id"), nullable=False),
    Column("locator", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("printed", Text, nullable=False),
    Column("force", Text, ForeignKey("force.force_id"), nullable=False),
    Column("place", Text, ForeignKey("place.place_id"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("low", Whole),
    Column("point", Whole),
    Column("high", Whole),
    Column("hedge", Text),
    Column("missing_reason", Text),
    Column("as_of", Text),
    Column("as_of_earliest", Text),
    Column("as_of_latest", Text),
    Column("unit", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    PrimaryKeyConstraint("claim_id", "version"),
    CheckConstraint("version >= 1", name="version_from_one"),
    CheckConstraint("length(locator) > 0", name="locator_given"),
    CheckConstraint(
        "status IN ('draft', 'accepted', 'rejected', 'retracted')",
        name="status_known",
    ),
    CheckConstraint("rank IN ('preferred', 'normal', 'deprecated')", name="rank_known"),
    CheckConstraint(
        "measure IN ('present', 'deploying', 'withdrawing', 'rotating', 'planned', 'authorized', 'committed', "
        "'other_strength')",
        name="measure_known",
    ),
    CheckConstraint(
        "(hedge IS NULL AND missing_reason IS NOT NULL AND low IS NULL AND point IS NULL AND high IS NULL) OR "
        "(hedge IS NOT NULL AND missing_reason IS NULL AND coalesce(low, point, high) IS NOT NULL)",
        name="figure_or_reason",
    ),
    CheckConstraint(
        "coalesce(low, 0) >= 0 AND coalesce(low, 0) <= coalesce(point, high, low, 0) "
        "AND coalesce(point, low, 0) <= coalesce(high, point, low, 0)",
        name="bounds_in_order",
    ),
    CheckConstraint("superseded_at IS NULL OR superseded_at > recorded_at", name="superseded_later"),
    **_STRICT,
)

qualifier = Table(
    "qualifier",
    metadata,
    Column("claim_id", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("position", Whole, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("claim_id", "version", "position"),
    ForeignKeyConstraint(["claim_id", "version"], ["claim.claim_id", "claim.version"]),
    **_STRICT,
)

assessment = Table(
    "assessment",
    metadata,
    Column("change_seq", Whole, ForeignKey("change.seq"), primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("grade", Text, nullable=False),
    CheckConstraint(
        "(subject = 'source' AND grade IN ('A', 'B', 'C', 'D', 'E', 'F')) OR "
        "(subject = 'claim' AND grade IN ('1', '2', '3', '4', '5', '6'))",
        name="grade_fits_subject",
    ),
    Index("ix_assessment_subject", "subject", "subject_id"),
    **_STRICT,
)

issue = Table(
    "issue",
    metadata,
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    Column("position", Whole, nullable=False),
    Column("severity", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("claim_id", Text),
    PrimaryKeyConstraint("change_seq", "position"),
    Index("ix_issue_claim_id", "claim_id"),
    **_STRICT,
)

event = Table(
    "event",
    metadata,
    Column("event_id", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    Column("recorded_at", Whole, nullable=False),
    Column("superseded_at", Whole),
    Column("status", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("as_of_earliest", Text, nullable=False),
    Column("as_of_latest", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("source_id", Text, ForeignKey("source.source_id")),
    Column("force", Text, ForeignKey("force.force_id")),
    Column("place", Text, ForeignKey("place.place_id")),
    PrimaryKeyConstraint("event_id", "version"),
    CheckConstraint("version >= 1", name="version_from_one"),
    CheckConstraint("length(title) > 0", name="title_given"),
    CheckConstraint("status IN ('accepted', 'retracted')", name="status_known"),
    CheckConstraint("as_of_earliest <= as_of_latest", name="days_in_order"),
    CheckConstraint("superseded_at IS NULL OR superseded_at > recorded_at", name="superseded_later"),
    **_STRICT,
)
"""What happened, dated and sourced (an agreement, a vote, an attack, a base handed over); none means any."""

roll = Table(
    "roll",
    metadata,
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    Column("page", Whole, nullable=False),
    Column("lines", Text, nullable=False),
    PrimaryKeyConstraint("change_seq", "page"),
    **_STRICT,
)
"""What each change wrote, a line a row with its hash and key, in the order of the root; a page is many lines."""

series = Table(
    "series",
    metadata,
    Column("force", Text, ForeignKey("force.force_id"), nullable=False),
    Column("place", Text, ForeignKey("place.place_id"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("basis", Text, nullable=False),
    PrimaryKeyConstraint("force", "place", "measure", "component", "basis"),
    **_STRICT,
)
"""Every series key that has ever had a claim: what table-wide questions seek by, one index seek a series."""

_SERIES_KEY = ("force", "place", "measure", "component", "basis")

series_origin = Table(
    "series_origin",
    metadata,
    *[Column(name, Text, nullable=False) for name in _SERIES_KEY],
    Column("origin_id", Text, ForeignKey("source.source_id"), nullable=False),
    Column("claims", Whole, nullable=False),
    PrimaryKeyConstraint(*_SERIES_KEY, "origin_id"),
    ForeignKeyConstraint([*_SERIES_KEY], [f"series.{name}" for name in _SERIES_KEY]),
    CheckConstraint("claims >= 0", name="claims_not_negative"),
    **_ROLL_UP,
)
"""How many accepted claims each origin has in each series now."""

tally = Table(
    "tally",
    metadata,
    *[Column(name, Text, nullable=False) for name in _SERIES_KEY],
    Column("recorded_at", Whole, nullable=False),
    Column("change_seq", Whole, ForeignKey("change.seq"), nullable=False),
    Column("claims", Whole, nullable=False),
    Column("drafts", Whole, nullable=False),
    Column("origins", Whole, nullable=False),
    PrimaryKeyConstraint(*_SERIES_KEY, "recorded_at"),
    ForeignKeyConstraint([*_SERIES_KEY], [f"series.{name}" for name in _SERIES_KEY]),
    CheckConstraint("claims >= 0 AND drafts >= 0 AND origins >= 0 AND origins <= claims", name="counts_in_order"),
    **_ROLL_UP,
)
"""Counts of a series after each change that touched it: accepted claims, drafts, and origins of the accepted ones."""

backup = Table(
    "backup",
    metadata,
    Column("taken_at", Whole, nullable=False, primary_key=True, autoincrement=False),
    Column("place", Text, nullable=False),
    Column("change_seq", Whole, nullable=False),
    Column("sha256", Text, nullable=False),
    **_STRICT,
)
"""Every backup taken of this ledger, for the question when the last one was."""

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text),
    Column("created_at", Whole, nullable=False),
    Column("disabled_at", Whole),
    CheckConstraint("role IN ('viewer', 'contributor', 'reviewer', 'administrator')", name="role_known"),
    **_STRICT,
)
"""Who may write, and how they show who they are; `name` is the contributor on each of their changes."""

session = Table(
    "session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("name", Text, ForeignKey("account.name"), nullable=False),
    Column("created_at", Whole, nullable=False),
    Column("expires_at", Whole, nullable=False),
    Column("seen_at", Whole, nullable=False),
    Column("ended_at", Whole),
    Index("ix_session_name", "name"),
    **_STRICT,
)
"""Who is signed in where; what the browser holds is not stored, only its hash."""

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("name", Text, ForeignKey("account.name"), nullable=False),
    Column("expires_at", Whole, nullable=False),
    Column("used_at", Whole),
    Index("ix_sign_in_link_name", "name"),
    **_STRICT,
)
"""Links that sign a person in once."""

Index(
    "ix_claim_series",
    claim.c.force,
    claim.c.place,
    claim.c.measure,
    claim.c.component,
    claim.c.basis,
    claim.c.status,
    claim.c.as_of_latest,
    claim.c.recorded_at,
    claim.c.claim_id,
    claim.c.version,
    claim.c.rank,
    claim.c.as_of,
    claim.c.as_of_earliest,
    claim.c.low,
    claim.c.point,
    claim.c.high,
    claim.c.hedge,
    claim.c.missing_reason,
    claim.c.source_id,
    claim.c.origin_id,
    claim.c.report_id,
    claim.c.printed,
    claim.c.superseded_at,  # NULL in every entry, but without it SQLite would look at the row to be sure
    sqlite_where=claim.c.superseded_at.is_(None),
    postgresql_where=claim.c.superseded_at.is_(None),
)
Index(
    "ix_claim_known",
    claim.c.force,
    claim.c.place,
    claim.c.measure,
    claim.c.component,
    claim.c.basis,
    claim.c.status,
    claim.c.as_of_latest,
    claim.c.recorded_at,
    claim.c.superseded_at,
    claim.c.rank,
    claim.c.claim_id,
    claim.c.version,
)
Index("ix_claim_change_seq", claim.c.change_seq, claim.c.claim_id, claim.c.version)

REFERENCE = (source, force, place, place_member, alias, unit)
"""What claims refer to."""

APPEND_ONLY = (
    contributor,
    change,
    *REFERENCE,
    report,
    attribution,
    attribution_link,
    claim,
    qualifier,
    assessment,
    issue,
    event,
    roll,
    tally,
    backup,
)
"""Tables whose rows are only ever added, but for `superseded_at`, which is set once."""

UniqueConstraint(contributor.c.name, name="uq_contributor_name")
