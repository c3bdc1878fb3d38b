"""The roll: what each change wrote, line by line, so that a verification can name every row that was touched."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROWS_AT_ONCE = 5_000
LINES_A_PAGE = 1_000

SQLITE_GUARDS = (
    "CREATE TRIGGER keep_roll_update BEFORE UPDATE ON roll  BEGIN SELECT RAISE(ABORT, 'append-only: roll keeps every row'); END",
    "CREATE TRIGGER keep_roll_delete BEFORE DELETE ON roll BEGIN SELECT RAISE(ABORT, 'append-only: roll keeps every row'); END",
    'CREATE TRIGGER keep_roll_replace BEFORE INSERT ON roll WHEN EXISTS (SELECT 1 FROM roll WHERE "change_seq" IS NEW."change_seq" AND "page" IS NEW."page") BEGIN SELECT RAISE(ABORT, \'append-only: roll keeps every row\'); END',
)

POSTGRESQL_GUARDS = (
    "CREATE TRIGGER keep_roll_update BEFORE UPDATE ON roll FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_roll_delete BEFORE DELETE ON roll FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_roll_truncate BEFORE TRUNCATE ON roll FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
)

ROWS = {
    "alias": (
        (0, 1, 2, 3, 4),
        'SELECT t.change_seq, t."name", t."kind", t."target", t."section", t."valid_from", t."valid_to", t."reason", t."change_seq" FROM alias t ORDER BY 1',
    ),
    "assessment": (
        (0,),
        'SELECT t.change_seq, t."change_seq", t."subject", t."subject_id", t."grade" FROM assessment t ORDER BY 1',
    ),
    "attribution": (
        (0,),
        'SELECT t.change_seq, t."attribution_id", t."printed", t."origin_id", t."change_seq" FROM attribution t ORDER BY 1',
    ),
    "attribution_link": (
        (0, 1),
        'SELECT a.change_seq, t."attribution_id", t."position", t."role", t."source_id", t."printed" FROM attribution_link t JOIN attribution a ON a.attribution_id = t.attribution_id ORDER BY 1',
    ),
    "event": (
        (0, 1),
        'SELECT t.change_seq, t."event_id", t."version", t."change_seq", t."recorded_at", NULL, t."status", t."as_of", t."as_of_earliest", t."as_of_latest", t."title", t."note", t."url", t."source_id", t."force", t."place" FROM event t ORDER BY 1',
    ),
    "force": (
        (0,),
        'SELECT t.change_seq, t."force_id", t."name", t."kind", t."within", t."place_id", t."valid_from", t."valid_to", t."note", t."change_seq" FROM force t ORDER BY 1',
    ),
    "issue": (
        (0, 1),
        'SELECT t.change_seq, t."change_seq", t."position", t."severity", t."locator", t."message", t."claim_id" FROM issue t ORDER BY 1',
    ),
    "place": (
        (0,),
        'SELECT t.change_seq, t."place_id", t."name", t."kind", t."iso2", t."latitude", t."longitude", t."valid_from", t."valid_to", t."within", t."note", t."change_seq" FROM place t ORDER BY 1',
    ),
    "place_member": (
        (0, 1),
        'SELECT t.change_seq, t."theatre_id", t."place_id", t."change_seq" FROM place_member t ORDER BY 1',
    ),
    "qualifier": (
        (0, 1, 2),
        'SELECT c.change_seq, t."claim_id", t."version", t."position", t."kind", t."text" FROM qualifier t JOIN claim c ON c.claim_id = t.claim_id AND c.version = t.version ORDER BY 1',
    ),
    "report": (
        (0,),
        'SELECT t.change_seq, t."report_id", t."source_id", t."publisher", t."title", t."url", t."published_on", t."published_earliest", t."published_latest", t."retrieved_at", t."sha256", t."kind", t."change_seq" FROM report t ORDER BY 1',
    ),
    "source": (
        (0,),
        'SELECT t.change_seq, t."source_id", t."name", t."kind", t."country", t."url", t."trust", t."change_seq" FROM source t ORDER BY 1',
    ),
    "unit": ((0,), 'SELECT t.change_seq, t."unit_id", t."name", t."force_id", t."change_seq" FROM unit t ORDER BY 1'),
}
"""Of each table whose rows enter the roots of changes: where its key is, and its rows as they were first written, by change."""

CLAIMS = "SELECT change_seq, claim_id, version, status, rank, content_hash FROM claim ORDER BY 1"


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "roll",
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.Column("page", WHOLE, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_roll_change_seq")),
        sa.PrimaryKeyConstraint("change_seq", "page", name=op.f("pk_roll")),
        sqlite_strict=True,
    )
    by_change = merge(_claims(), *[_lines(table) for table in ROWS], key=itemgetter(0))
    for seq, of_change in groupby(by_change, key=itemgetter(0)):
        _write(seq, sorted(line for _, line in of_change))
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for statement in guards:
        op.get_bind().exec_driver_sql(statement)


def _claims() -> Iterator[tuple[int, str]]:
    for seq, *parts in _rows(CLAIMS):
        yield seq, ":".join(map(str, ("claim", *parts)))


def _lines(table: str) -> Iterator[tuple[int, str]]:
    positions, asked = ROWS[table]
    for seq, *row in _rows(asked):
        key = orjson.dumps([row[position] for position in positions]).decode()
        yield seq, f"{table}:{blake2b(orjson.dumps(row), digest_size=16).hexdigest()} {key}"


def _rows(asked: str) -> Iterator[Any]:
    return iter(op.get_bind().exec_driver_sql(asked, execution_options={"yield_per": ROWS_AT_ONCE}))


def _write(seq: int, lines: list[str]) -> None:
    pages = range(0, len(lines), LINES_A_PAGE)
    rows = [(seq, page, "\n".join(lines[start : start + LINES_A_PAGE])) for page, start in enumerate(pages)]
    mark = "?" if op.get_bind().dialect.name == "sqlite" else "%s"
    op.get_bind().exec_driver_sql(f"INSERT INTO roll VALUES ({mark}, {mark}, {mark})", rows)  # noqa: S608  own names


def downgrade() -> None:
    """Bring the tables back to the revision before; the roll follows from the rows."""
    op.drop_table("roll")
