"""History cannot be altered: ten attacks on SQLite, eight on PostgreSQL, through every door that is open."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from support.engines import raw
from support.populated import WHO, populate
from trooptally.cli import main
from trooptally.ledger import Ledger
from trooptally.ledger.engine import ledger_url, reading_engine, writing_engine
from trooptally_db.grants import grants

ON_SQLITE = {
    "update": "UPDATE claim SET point = 4500",
    "delete": "DELETE FROM claim",
    "replace by key": "INSERT OR REPLACE INTO claim SELECT * FROM claim LIMIT 1",
    "replace by name": "INSERT OR REPLACE INTO contributor SELECT 'mallory', name, kind, created_at FROM contributor",
    "upsert": "INSERT INTO change SELECT * FROM change WHERE true ON CONFLICT (seq) DO UPDATE SET reason = 'x'",
    "drop trigger": "DROP TRIGGER keep_claim_update",
    "drop table": "DROP TABLE qualifier",
    "rename": "ALTER TABLE claim RENAME TO claims",
    "drop column": "ALTER TABLE claim DROP COLUMN note",
    "writable schema": "PRAGMA writable_schema = ON",
    "end a version twice": "UPDATE claim SET superseded_at = superseded_at + 1 WHERE superseded_at IS NOT NULL",
    "edit the schema": "DELETE FROM sqlite_master",
    "attach": "ATTACH ':memory:' AS other",
    "switch references off": "PRAGMA foreign_keys = OFF",
    "edit a tally": "UPDATE tally SET claims = 0",
    "temporary trigger": "CREATE TEMP TRIGGER t BEFORE INSERT ON claim BEGIN SELECT 1; END",
}
PAST_THE_PROGRAM = ("update", "delete", "replace by key", "replace by name", "upsert", "end a version twice")


def rows(url: str) -> list[Any]:
    """Return every row of the history."""
    with raw(url) as run:
        return [
            run(f"SELECT * FROM {name} ORDER BY 1, 2")  # noqa: S608  own names
            for name in ("claim", "change", "contributor", "qualifier", "tally")
        ]


def refused(engine: Engine, statement: str) -> bool:
    """Whether the program's own connection refuses a statement."""
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
    except DBAPIError:
        return True
    return False


@pytest.fixture
def populated(engine_url: str) -> str:
    """The URL of a ledger with something of every kind in it."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
    return engine_url


@pytest.fixture
def populated_sqlite(sqlite_url: str) -> str:
    """The same on SQLite."""
    with Ledger.open(sqlite_url) as ledger:
        populate(ledger)
    return sqlite_url


def test_sqlite_refuses_every_attack_through_the_program(populated_sqlite: str) -> None:
    """The connection that the program writes with cannot alter history, its guards or its layout."""
    before = rows(populated_sqlite)
    engine = writing_engine(ledger_url(populated_sqlite))
    for name, attack in ON_SQLITE.items():
        assert refused(engine, attack), name
    engine.dispose()
    assert rows(populated_sqlite) == before
    with Ledger.open(populated_sqlite) as ledger:
        assert ledger.verify().sound


@pytest.mark.parametrize("name", PAST_THE_PROGRAM)
def test_sqlite_refuses_edits_past_the_program(populated_sqlite: str, name: str) -> None:
    """Another program that opens the file with SQLite's defaults cannot edit, delete or replace a row either."""
    before = rows(populated_sqlite)
    with raw(populated_sqlite) as run, pytest.raises(Exception, match="append-only"):
        run(ON_SQLITE[name])
    assert rows(populated_sqlite) == before


def test_the_reading_connection_cannot_write(populated: str) -> None:
    """Questions run where nothing can be written at all."""
    engine = reading_engine(ledger_url(populated))
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"read-only|readonly|not authorized"):
        connection.execute(text("INSERT INTO series SELECT 'USA', 'IRQ', 'a', 'b', 'c'"))
    engine.dispose()


ON_POSTGRESQL = {
    "update": "UPDATE claim SET point = 4500",
    "update another column on the way": "UPDATE claim SET superseded_at = recorded_at + 1, note = 'x'",
    "delete": "DELETE FROM claim",
    "truncate": "TRUNCATE change CASCADE",
    "disable trigger": "ALTER TABLE claim DISABLE TRIGGER ALL",
    "drop trigger": "DROP TRIGGER keep_claim_update ON claim",
    "replace the guard": (
        "CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    ),
    "drop table": "DROP TABLE qualifier",
    "replica role": "SET session_replication_role = replica",
    "end a version twice": "UPDATE claim SET superseded_at = superseded_at + 1 WHERE superseded_at IS NOT NULL",
    "upsert": "INSERT INTO change SELECT * FROM change ON CONFLICT (seq) DO UPDATE SET reason = 'x'",
}

_roles = count(1)


@pytest.fixture
def application(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """URLs of a PostgreSQL ledger: its owner's, and that of the program's role with the rights that are printed."""
    server = request.getfixturevalue("cluster")
    role = f"app_{next(_roles)}"
    owner = server.database(f"roles_{role}")
    with Ledger.open(owner) as ledger:
        populate(ledger)
    server.admin(f"CREATE ROLE {role} LOGIN")
    assert main(["grants", role]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines() == [f"{statement};" for statement in grants(role)]
    with raw(owner) as run:
        for statement in grants(role):
            run(statement)
    return owner, owner.replace("postgres@", f"{role}@")


def test_postgresql_refuses_every_attack_of_the_programs_role(application: tuple[str, str]) -> None:
    """The role that the program runs under cannot alter history, its guards or its layout."""
    owner, app = application
    before = rows(owner)
    for attack in ON_POSTGRESQL.values():
        with raw(app) as run, pytest.raises(Exception, match=r"permission denied|must be owner|append-only"):
            run(attack)
    assert rows(owner) == before


def test_the_programs_role_can_do_all_its_work(application: tuple[str, str]) -> None:
    """Selecting, inserting and ending a version are enough for every act."""
    _, app = application
    with Ledger.open(app) as ledger:
        ids = ledger.claims(rank="all")["claim_id"].tolist()
        version = ledger.claim(ids[0]).columns["version"]
        corrected = ledger.correct(ids[0], {"note": "by the program"}, version=version, **WHO)
        ledger.undo(corrected, **WHO)
        event = ledger.add_event(title="A vote", as_of="2020-01-05", **WHO)
        ledger.correct_event(event, {"note": "x"}, version=1, **WHO)
        assert ledger.verify().findings == ()


def test_the_owner_of_the_tables_meets_the_triggers(populated: str) -> None:
    """Even who owns the tables cannot edit a row by mistake: the triggers must be taken away first."""
    for attack in ("UPDATE claim SET point = 1", "DELETE FROM change", "UPDATE tally SET claims = 0"):
        with raw(populated) as run, pytest.raises(Exception, match="append-only"):
            run(attack)
