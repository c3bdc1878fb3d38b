"""Every revision, up, down and up again, on ledgers with something in them, on each engine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.engines import raw
from support.populated import WHO, populate
from trooptally.cli import main
from trooptally.errors import LedgerError, LedgerVersion
from trooptally.ledger import Ledger, schema
from trooptally.ledger.engine import ledger_url, reading_engine, writing_engine
from trooptally.ledger.keeping import backup, migrate
from trooptally.ledger.keeping import migrating as migrating_room
from trooptally_db import guards, tables
from trooptally_db.revisions import HEAD, REVISIONS

OLDER = REVISIONS[-2::-1]


def down(url: str, revision: str) -> None:
    """Bring a ledger back to an older revision."""
    with schema.migrating(ledger_url(url)) as connection:
        schema.downgrade(connection, revision)


def up(url: str, revision: str = HEAD) -> None:
    """Bring a ledger to a newer revision."""
    with schema.migrating(ledger_url(url)) as connection:
        schema.upgrade(connection, revision)


def state(url: str) -> dict[str, Any]:
    """Return all rows of all tables, the triggers, the indexes and the constraints, foreign keys among them."""
    engine = reading_engine(ledger_url(url))
    with engine.connect() as connection:
        rows = {
            table.name: sorted(tuple(map(str, row)) for row in connection.execute(table.select()))
            for table in tables.metadata.sorted_tables
        }
    engine.dispose()
    return {**rows, "guards": triggers(url), "layout": layout(url)}


def layout(url: str) -> list[Any]:
    """Return the definitions of indexes and constraints."""
    with raw(url) as run:
        if url.startswith("sqlite"):
            return sorted(run("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        constraints = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        indexes = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        return sorted(run(f"{constraints} WHERE connamespace = 'public'::regnamespace UNION ALL {indexes}"))


def triggers(url: str) -> set[str]:
    """Return the names of a ledger's triggers."""
    with raw(url) as run:
        if url.startswith("sqlite"):
            return {name for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        return {name for (name,) in run("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}


def test_every_revision_down_and_up_keeps_every_row(engine_url: str) -> None:
    """A populated ledger that went down to each revision and up again has the same rows, guards and chain."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
        head = ledger.anchor()
    before = state(engine_url)
    for revision in OLDER:
        down(engine_url, revision)
        with pytest.raises(LedgerVersion, match="trooptally migrate"):
            Ledger.open(engine_url)
        up(engine_url)
        assert state(engine_url) == before
    for revision in OLDER:
        down(engine_url, revision)
    for revision in REVISIONS[1:]:
        up(engine_url, revision)
    assert state(engine_url) == before
    with Ledger.open(engine_url) as ledger:
        assert ledger.anchor() == head
        assert ledger.verify(head).findings == ()


def test_going_down_never_throws_history_away(engine_url: str) -> None:
    """A revision that has no table for rows of history refuses to be gone back to."""
    with Ledger.open(engine_url) as ledger:
        ledger.add_event(title="A vote", as_of="2020-01-05", **WHO)
    before = state(engine_url)
    with pytest.raises(LedgerError, match="has events"):
        down(engine_url, "0001")
    with pytest.raises(LedgerError, match="nothing was changed"):
        down(engine_url, "base")
    assert state(engine_url) == before


def test_the_first_revision_comes_and_goes_without_a_trace(engine_url: str) -> None:
    """An empty layout goes down to nothing and up again."""
    target = ledger_url(engine_url)
    if target.get_backend_name() == "sqlite":
        Path(str(target.database)).unlink()
    else:
        with raw(engine_url) as run:
            run("DROP SCHEMA public CASCADE")
            run("CREATE SCHEMA public")
    with schema.migrating(target) as connection:
        schema.create(connection, target)
        schema.downgrade(connection, "base")
        schema.upgrade(connection, HEAD)
        assert schema.revision_of(connection) == HEAD


def test_model_and_database_have_no_difference(engine_url: str) -> None:
    """What the migrations make is what the tables say: columns, types, keys, indexes, constraints."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = reading_engine(ledger_url(engine_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_guards_are_those_that_the_tables_ask_for(engine_url: str) -> None:
    """The frozen triggers of the migrations are, word for word, what the tables need."""
    wanted = guards.sqlite_guards() if engine_url.startswith("sqlite") else guards.postgresql_guards()
    statements = [sql for sql in wanted if sql.startswith("CREATE TRIGGER")]
    names = {re.findall(r"^CREATE TRIGGER (\w+)", sql)[0] for sql in statements}
    assert triggers(engine_url) == names
    if engine_url.startswith("sqlite"):
        with raw(engine_url) as run:
            made = {sql for (sql,) in run("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
        assert made == set(statements)


def test_the_list_of_revisions_is_that_of_the_migrations() -> None:
    """Opening a ledger reads a plain list, which must be Alembic's."""
    from alembic.script import ScriptDirectory

    engine = writing_engine(ledger_url("sqlite:///unused.db"))
    scripts = ScriptDirectory.from_config(schema._alembic(engine))  # type: ignore[arg-type]  # only its folder is read
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def test_opening_loads_no_alembic(sqlite_url: str) -> None:
    """Opening a ledger and reading it stays free of the migrations' machinery."""
    code = (
        "import sys; from trooptally.ledger import Ledger; Ledger.open(sys.argv[1]).close(); "
        "assert not [m for m in sys.modules if m.startswith('alembic')]"
    )
    subprocess.run([sys.executable, "-c", code, sqlite_url], check=True)


def test_migrate_takes_a_backup_first_and_can_be_tried(
    engine_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run changes nothing; the run itself leaves a backup of the old layout and a ledger that verifies."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
    after = state(engine_url)
    down(engine_url, "0001")
    assert main(["--db", engine_url, "migrate", "--dry-run"]) == 0
    with pytest.raises(LedgerVersion):
        Ledger.open(engine_url)
    assert main(["--db", engine_url, "migrate", "--backup-to", str(tmp_path / "old")]) == 0
    assert (tmp_path / "old.json").exists()
    assert main(["--db", engine_url, "migrate"]) == 0
    assert "up to date" in capsys.readouterr().out
    now = state(engine_url)
    assert {**now, "backup": []} == {**after, "backup": []}
    with Ledger.open(engine_url) as ledger:
        assert ledger.verify().findings == ()


def test_a_migration_that_fails_leaves_the_old_layout(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error at the very end takes every step back."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
    down(engine_url, "0001")
    found = iter([["before"], ["after"]])
    monkeypatch.setattr(migrating_room, "_measure", lambda _connection: next(found))
    with pytest.raises(LedgerError, match="nothing was changed"):
        migrate(engine_url, without_backup=True)
    with pytest.raises(LedgerVersion, match="at revision 0001"):
        Ledger.open(engine_url)
    monkeypatch.undo()
    migrate(engine_url, without_backup=True)
    Ledger.open(engine_url).close()


def test_a_migration_killed_midway_leaves_the_old_layout(engine_url: str) -> None:
    """A process killed between the last step and the commit leaves the ledger as it was."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
    down(engine_url, "0001")
    code = (
        "import os, signal, sys; from trooptally.ledger.keeping import migrating as m; "
        "m.verify = lambda _: os.kill(os.getpid(), signal.SIGKILL); m.migrate(sys.argv[1], without_backup=True)"
    )
    killed = subprocess.run([sys.executable, "-c", code, engine_url], check=False)
    assert killed.returncode == -9
    with pytest.raises(LedgerVersion, match="at revision 0001"):
        Ledger.open(engine_url)
    migrate(engine_url, without_backup=True)
    with Ledger.open(engine_url) as ledger:
        assert ledger.verify().findings == ()


KILLED_AT = """
import os, signal, sys
from sqlalchemy import Engine, event
from trooptally.ledger import schema
from trooptally.ledger.engine import ledger_url
from trooptally_db.revisions import HEAD
url, last = sys.argv[1], int(sys.argv[2])
done = 0
@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *rest):
    global done
    done += not statement.lstrip().upper().startswith(("SELECT", "PRAGMA"))
    if last and done == last:
        os.kill(os.getpid(), signal.SIGKILL)
with schema.migrating(ledger_url(url), keep=bool(last)) as connection:
    schema.upgrade(connection, HEAD)
print(done)
"""
"""Migrates, and is killed before the statement of that number; with 0, takes everything back and says how many."""


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_migration_killed_at_any_statement_leaves_every_row(engine_url: str, share: float) -> None:
    """Early, midway or late on the way from the first revision to the last: nothing has changed, and it works."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
        head = ledger.anchor()
    whole = state(engine_url)
    down(engine_url, "0001")
    before = layout(engine_url)
    command = [sys.executable, "-c", KILLED_AT, engine_url]
    counted = subprocess.run([*command, "0"], check=True, capture_output=True, text=True)
    killed = subprocess.run([*command, str(max(1, int(int(counted.stdout) * share)))], check=False)
    assert killed.returncode == -9
    assert layout(engine_url) == before
    with pytest.raises(LedgerVersion, match="at revision 0001"):
        Ledger.open(engine_url)
    migrate(engine_url, without_backup=True)
    assert state(engine_url) == whole
    with Ledger.open(engine_url) as ledger:
        assert ledger.anchor() == head
        assert ledger.verify(head).sound


def test_a_ledger_from_the_future_is_left_alone(engine_url: str, tmp_path: Path) -> None:
    """A newer layout is neither opened, migrated nor backed up as if it were known."""
    with raw(engine_url) as run:
        run("UPDATE alembic_version SET version_num = '9999'")
    for act in (
        lambda: Ledger.open(engine_url),
        lambda: migrate(engine_url),
        lambda: backup(engine_url, tmp_path / "b"),
    ):
        with pytest.raises(LedgerVersion, match="newer than this program"):
            act()
    assert not list(tmp_path.glob("b*"))
