"""Backups that restore or say why not, a doctor that helps, and sentences for files and servers gone wrong."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from support.drafting import TIMES, draft, table
from support.engines import raw, without_guards
from support.populated import WHO, populate
from trooptally.cli import main
from trooptally.errors import LedgerBusy, LedgerError, NotALedger, RefusedInput, TrooptallyError
from trooptally.ledger import Ledger
from trooptally.ledger.engine import ledger_url, writing_engine
from trooptally.ledger.keeping import backup, check, examine, restore
from trooptally.ledger.keeping.doctor import Health


@pytest.fixture
def full(engine_url: str) -> str:
    """The URL of a populated ledger."""
    with Ledger.open(engine_url) as ledger:
        populate(ledger)
    return engine_url


def claims(url: str) -> str:
    """Return all claims of a ledger as text."""
    with Ledger.open(url, read_only=True) as ledger:
        return str(ledger.claims(rank="all", status="all").to_csv())


def test_a_backup_restores_to_the_same_ledger(full: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What is restored has the same claims and the same chain, and can be written on."""
    manifest = backup(full, tmp_path / "copy")
    assert check(tmp_path / "copy") == manifest
    if full.startswith("sqlite"):
        restored = f"sqlite:///{tmp_path / 'restored.db'}"
    else:
        server = request.getfixturevalue("cluster")
        server.admin("CREATE DATABASE restored")
        restored = server.url("restored")
    restore(tmp_path / "copy", restored)
    assert claims(restored) == claims(full)
    with Ledger.open(restored) as ledger:
        assert ledger.verify().findings == ()
        assert ledger.record([TIMES], table(draft("7,000")), **WHO).recorded == 1
    with pytest.raises(LedgerError, match=r"already exists|already has tables"):
        restore(tmp_path / "copy", restored)


def test_a_backup_is_never_written_over_another(full: str, tmp_path: Path) -> None:
    """A name that is taken, or a folder that is not there, is refused and nothing is left behind."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    for path in (tmp_path / "taken", tmp_path / "nowhere" / "copy"):
        with pytest.raises(LedgerError):
            backup(full, path)
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.glob(".*"))
    folder = tmp_path / "folder"
    folder.mkdir()
    assert (folder / backup(full, folder).file).exists()


def test_a_damaged_backup_is_refused(full: str, tmp_path: Path) -> None:
    """A flipped byte, a cut end, a lost or foreign manifest: one sentence each."""
    path = tmp_path / "copy"
    backup(full, path)
    whole, told = path.read_bytes(), (tmp_path / "copy.json").read_bytes()
    middle = len(whole) // 2
    for bytes_ in (whole[:-100], whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]):
        path.write_bytes(bytes_)
        with pytest.raises(RefusedInput, match="not as it was written"):
            check(path)
    path.write_bytes(whole)
    (tmp_path / "copy.json").write_text("{}", encoding="utf-8")
    with pytest.raises(RefusedInput, match="not the manifest"):
        check(path)
    (tmp_path / "copy.json").unlink()
    with pytest.raises(RefusedInput, match="no manifest"):
        check(path)
    (tmp_path / "copy.json").write_bytes(told)
    other = "postgresql://localhost/other" if full.startswith("sqlite") else f"sqlite:///{tmp_path / 'other.db'}"
    with pytest.raises(RefusedInput, match="cannot become"):
        restore(path, other)


def test_a_broken_history_is_not_backed_up_as_if_it_were_sound(full: str, tmp_path: Path) -> None:
    """A backup of a tampered ledger names the row instead."""
    without_guards(full, "UPDATE claim SET note = 'x' WHERE version = 1")
    with pytest.raises(LedgerError, match=r"claim .* version 1"):
        backup(full, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_the_commands_take_check_and_restore(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`backup`, `restore --check` and `restore --to` work together and refuse with status 1."""
    path, to = str(tmp_path / "copy"), f"sqlite:///{tmp_path / 'restored.db'}"
    assert main(["--db", sqlite_url, "backup", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["engine"] == "sqlite"
    assert main(["restore", path, "--check"]) == 0
    assert main(["restore", path, "--to", to]) == 0
    assert main(["restore", path, "--to", to]) == 1
    assert main(["restore", str(tmp_path / "nothing"), "--check"]) == 1
    assert "no backup" in capsys.readouterr().err


def test_the_doctor_says_what_is_ill_and_what_to_do(full: str, tmp_path: Path) -> None:
    """A ledger without a backup is ill, after one it is not; every sign that is not well has an advice."""
    signs = {sign.topic: sign for sign in examine(full)}
    assert signs["backup"].health == Health.ILL
    assert signs["layout"].health == signs["writing"].health == Health.WELL
    assert all(sign.advice for sign in signs.values() if sign.health == Health.ILL)
    backup(full, tmp_path / "copy")
    assert {sign.topic: sign for sign in examine(full)}["backup"].health == Health.WELL
    assert main(["--db", full, "doctor", "--json"]) in (0, 1)


def test_log_history_and_undo_tell_and_take_back(full: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands show who did what and why, and take a change back."""
    claim_id = draft("8,000").claim_id
    with Ledger.open(full) as ledger:
        ledger.record([TIMES], table(draft("8,000")), contributor="Dora", reason="seen in print")
        change = ledger.recent_changes(1)[0].change
    assert main(["--db", full, "log", "--json", "-n", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["contributor"] == "Dora"
    assert main(["--db", full, "undo", str(change), "--reason", "read wrong"]) == 0
    assert main(["--db", full, "history", claim_id]) == 0
    told = capsys.readouterr().out
    assert "Dora: record (accepted), seen in print" in told
    assert "undo (retracted), read wrong" in told


@pytest.mark.parametrize("command", ["verify", "doctor", "backup copy", "migrate", "log", "undo 1 --reason x"])
@pytest.mark.parametrize("wrong", ["nothing", "folder", "text", "foreign", "cut", "garbled"])
def test_what_is_no_ledger_ends_in_one_sentence(
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: str,
    command: str,
) -> None:
    """No file, a folder, text, another program's database, a cut or garbled ledger: status 1, no traceback."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "wrong.db"
    whole = Path(str(ledger_url(sqlite_url).database)).read_bytes()
    match wrong:
        case "folder":
            path.mkdir()
        case "text":
            path.write_text("hello", encoding="utf-8")
        case "foreign":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("CREATE TABLE t (a)")
                connection.commit()
        case "cut":
            path.write_bytes(whole[: len(whole) // 3])
        case "garbled":
            path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    before = path.read_bytes() if path.is_file() else None
    assert main(["--db", f"sqlite:///{path}", *command.split()]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.err + told.out
    assert "unexpected" not in told.err
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_locked_ledger_says_so_and_can_be_read(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the write lock, reading goes on and writing says who is in the way."""
    monkeypatch.setenv("TROOPTALLY_BUSY_SECONDS", "0.2")
    engine = writing_engine(ledger_url(sqlite_url))
    with engine.begin(), Ledger.open(sqlite_url) as ledger:
        assert ledger.claims().empty
        with pytest.raises(LedgerBusy, match="try again"):
            ledger.record([TIMES], table(draft()), **WHO)
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"port": 1}, "could not be used"),
        ({"database": "no_such_database"}, "does not exist"),
        ({"username": "nobody_of_that_name"}, "does not exist"),
    ],
)
def test_a_server_that_does_not_answer_or_does_not_know_us(
    request: pytest.FixtureRequest, change: dict[str, Any], words: str
) -> None:
    """No server, no such database, no such role: one sentence, without the password."""
    server = request.getfixturevalue("cluster")
    url = ledger_url(server.url("postgres")).set(password="secret", **change)  # noqa: S106 - no password of anything
    with pytest.raises(LedgerError, match=words) as caught:
        Ledger.open(url.render_as_string(hide_password=False))
    assert "secret" not in str(caught.value)


def test_a_database_without_a_ledger_and_a_role_without_rights(request: pytest.FixtureRequest) -> None:
    """An empty database is no ledger; a role that may not read is told so."""
    server = request.getfixturevalue("cluster")
    with pytest.raises(NotALedger):
        Ledger.open(server.url("postgres"))
    owner = server.database("no_rights")
    server.admin("CREATE ROLE stranger LOGIN")
    with raw(owner) as run:
        run("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC")
    with pytest.raises(TrooptallyError, match="permission denied"):
        Ledger.open(owner.replace("postgres@", "stranger@"))


def cut_off(ledger: Ledger, url: str) -> None:
    """Begin to write, have the server cut the connection, and go on writing."""
    with ledger._writing() as connection:
        with raw(url) as run:
            run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'")
        connection.exec_driver_sql("SELECT 1")


def test_a_server_that_goes_away_mid_write_loses_nothing(request: pytest.FixtureRequest) -> None:
    """A connection cut in the middle of an act: one sentence, nothing of the act is there, and the next one works."""
    server = request.getfixturevalue("cluster")
    url = server.database("goes_away")
    with Ledger.open(url) as ledger:
        ledger.record([TIMES], table(draft()), **WHO)
        with pytest.raises(LedgerError, match="could not be used"):
            cut_off(ledger, url)
        assert ledger.record([TIMES], table(draft("3,000")), **WHO).recorded == 1
        assert ledger.verify().findings == ()
