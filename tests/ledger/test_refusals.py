"""Servers, files and rights gone wrong: the program says so in one sentence with status 1, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from support.drafting import TIMES, draft, table
from support.engines import raw, without_guards
from support.populated import WHO, populate
from trooptally.cli import main
from trooptally.errors import LedgerError
from trooptally.ledger import Ledger, pen
from trooptally.ledger.engine import ledger_url

NOBODY = 65534
READS = ("claims", "verify", "log", "doctor")
COMMANDS = (*READS, "undo 2 --reason x", "migrate", "backup copy")


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str, str], str]:
    """Run a command that must be refused, and return the one sentence it says."""

    def run(url: str, command: str) -> str:
        capsys.readouterr()
        assert main(["--db", url, *command.split()]) == 1
        return one_sentence(capsys.readouterr().err)

    return run


def one_sentence(said: str) -> str:
    """Return what was said, once it is one line that a person can read."""
    (line,) = said.strip().splitlines()
    assert line.startswith("Error: ")
    assert line.endswith(".")
    assert not any(word in line for word in ("Traceback", "unexpected happened", "sqlalche.me", "Background on"))
    return line


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Any:
    """The PostgreSQL server of the tests."""
    return request.getfixturevalue("cluster")


@pytest.fixture
def on_server(server: Any) -> str:
    """The URL of a populated ledger on it."""
    url = str(server.database(f"refusals_{time.monotonic_ns()}"))
    with Ledger.open(url) as ledger:
        populate(ledger)
    return url


@pytest.fixture
def guarded(server: Any) -> Iterator[str]:
    """A role that must show a password."""
    server.admin("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    with raw(server.url("postgres")) as run:
        ((file,),) = run("SHOW hba_file")
        before = Path(file).read_text(encoding="utf-8")
        Path(file).write_text(f"host all guarded 127.0.0.1/32 scram-sha-256\n{before}", encoding="utf-8")
        run("SELECT pg_reload_conf()")
        yield "guarded"
        Path(file).write_text(before, encoding="utf-8")
        run("SELECT pg_reload_conf()")
    server.admin("DROP ROLE guarded")


def test_a_wrong_password_is_refused_and_not_repeated(
    server: Any, on_server: str, guarded: str, told: Callable[[str, str], str]
) -> None:
    """A wrong password ends each command in one sentence, which does not show it."""
    time.sleep(0.2)  # the server takes its new rules up a moment later
    for command in COMMANDS:
        said = told(on_server.replace("postgres@", "guarded:not-this-one@"), command)
        assert "password authentication failed" in said
        assert "not-this-one" not in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("no server", "could not be used"),
        ("no database", "does not exist"),
        ("no role", "does not exist"),
        ("no ledger", "is not a Trooptally ledger"),
        ("no rights", "permission denied"),
    ],
)
def test_a_server_that_will_not_serve_ends_in_one_sentence(
    server: Any, on_server: str, told: Callable[[str, str], str], wrong: str, words: str
) -> None:
    """No server, database, role, ledger or right: one sentence that says which."""
    url = ledger_url(on_server)
    match wrong:
        case "no server":
            url = url.set(port=1)
        case "no database":
            url = url.set(database="nowhere")
        case "no role":
            url = url.set(username="nobody_of_that_name")
        case "no ledger":
            url = url.set(database="postgres")
        case "no rights":
            server.admin("DO $$ BEGIN CREATE ROLE rightless LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
            url = url.set(username="rightless")
    address = url.render_as_string(hide_password=False)
    for command in COMMANDS:
        if (wrong, command) == ("no ledger", "doctor"):  # it tells what it finds, also that this is no ledger
            assert main(["--db", address, command]) == 1
        else:
            assert words in told(address, command)


def test_a_role_that_may_only_read_is_told_so_when_it_writes(
    server: Any, on_server: str, told: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the right to select alone every question is answered and every act refused."""
    server.admin("CREATE ROLE reader LOGIN")
    with raw(on_server) as run:
        run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    url = on_server.replace("postgres@", "reader@")
    for command in READS[:3]:
        assert main(["--db", url, *command.split()]) == 0
    capsys.readouterr()
    assert "permission denied" in told(url, "undo 5 --reason x")
    with Ledger.open(on_server) as ledger:
        assert ledger.verify().sound


def breaking(break_off: Callable[[], None]) -> Callable[..., None]:
    """Return a way of putting rows down that breaks something off when it comes to the claims."""
    put = pen.put

    def broken(connection: Any, of: Any, columns: Any, rows: Any) -> None:
        if of.name == "claim":
            break_off()
        put(connection, of, columns, rows)

    return broken


def cut(url: str) -> None:
    """Have the server cut the connection that is writing."""
    with raw(url) as run:
        run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def restart(url: str) -> None:
    """Stop the server in the middle of everything, and start it again."""
    with raw(url) as run:
        ((folder,),) = run("SHOW data_directory")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    found = str(programs[-1]) if programs else str(shutil.which("pg_ctl"))
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_postgres, found, "-D", folder, "-m", "immediate", "-w", "-l", os.devnull, "restart"],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


@pytest.mark.parametrize("break_off", [cut, restart])
def test_a_server_that_goes_away_while_claims_are_written(
    on_server: str,
    told: Callable[[str, str], str],
    monkeypatch: pytest.MonkeyPatch,
    break_off: Callable[[str], None],
) -> None:
    """A cut connection or a stopped server: one sentence, nothing of the act is there, and the next one works."""
    with Ledger.open(on_server) as ledger:
        before = ledger.claims(rank="all", status="all").to_csv()
    with monkeypatch.context() as broken:
        broken.setattr(pen, "put", breaking(lambda: break_off(on_server)))
        assert "Nothing was written" in told(on_server, "undo 5 --reason x")
        with Ledger.open(on_server) as ledger, pytest.raises(LedgerError, match="could not be used"):
            ledger.record([TIMES], table(*[draft("900", locator=f"row {n}") for n in range(1500)]), **WHO)
    with Ledger.open(on_server) as ledger:
        assert ledger.claims(rank="all", status="all").to_csv() == before
        assert ledger.record([TIMES], table(draft("7,000")), **WHO).recorded == 1
        assert ledger.verify().sound


@pytest.mark.parametrize("kept", [1, 16, 100, 4096, 0.1, 0.5, 0.9, -1, -4096])
def test_a_truncated_file_ends_in_one_sentence(
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kept: float,
) -> None:
    """Cut anywhere, a ledger is refused in one sentence by every command that notices, and is not written to."""
    monkeypatch.chdir(tmp_path)
    with Ledger.open(sqlite_url) as ledger:
        populate(ledger)
    whole = Path(str(ledger_url(sqlite_url).database)).read_bytes()
    path = tmp_path / "cut.db"
    path.write_bytes(whole[: int(kept * len(whole)) if isinstance(kept, float) else kept])
    before = path.read_bytes()
    for command in COMMANDS:
        status = main(["--db", str(path), *command.split()])
        said = capsys.readouterr().err
        assert status == 1 or (status == 0 and command != "verify")
        assert "Traceback" not in said
        if status and command not in ("verify", "doctor"):  # these name everything they find
            one_sentence(said)
    assert path.read_bytes() == before


def test_a_tampered_ledger_is_still_read_and_refuses_to_be_kept(
    ledger: Ledger, engine_url: str, tmp_path: Path, told: Callable[[str, str], str]
) -> None:
    """Claims of a tampered ledger can be looked at; a verification and a backup name the row."""
    ids = populate(ledger)
    without_guards(engine_url, f"UPDATE claim SET point = 9 WHERE claim_id = '{ids[1]}' AND version = 1")  # noqa: S608  own id
    assert main(["--db", engine_url, "claims"]) == 0
    assert f"claim {ids[1]} version 1, change 2" in told(engine_url, "verify")
    assert f"claim {ids[1]} version 1, change 2" in told(engine_url, f"backup {tmp_path / 'copy'}")


AS_NOBODY = f"""
import contextlib, io, os, sys
from trooptally.cli import main
warm, url, *words = sys.argv[1:]
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    main(["--db", warm, *words])  # loads what this command needs, which another user might not be able to read
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
sys.exit(main(["--db", url, *words]))
"""


@pytest.fixture
def shelf(sqlite_url: str) -> Iterator[Path]:
    """A folder of its own, which every user may enter, with a populated ledger in it that nobody has open."""
    with Ledger.open(sqlite_url) as ledger:
        populate(ledger)
    home = Path(tempfile.mkdtemp(prefix="trooptally-rights-"))
    home.chmod(0o755)
    (home / "shelf").mkdir()
    shutil.copy(str(ledger_url(sqlite_url).database), home / "warm.db")
    shutil.copy(home / "warm.db", home / "shelf" / "ledger.db")
    yield home / "shelf"
    (home / "shelf").chmod(0o755)
    shutil.rmtree(home)


def as_nobody(shelf: Path, command: str) -> tuple[int, str]:
    """Run a command on the shelf's ledger as a user without special rights; return its status and what it said."""
    shutil.copy(shelf.parent / "warm.db", shelf.parent / "used.db")
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(shelf.parent / "used.db"), str(shelf / "ledger.db"), *command.split()],
        check=False,
        capture_output=True,
        text=True,
        cwd=shelf.parent,
        env={**os.environ, "HOME": str(shelf.parent)},
    )
    return done.returncode, done.stderr


def given_to_nobody(shelf: Path, *, file: int, folder: int) -> None:
    """Set the rights of the ledger and its folder, which then belong to the user without special rights."""
    (shelf / "ledger.db").chmod(file)
    if os.geteuid() == 0:
        for path in (shelf / "ledger.db", shelf):
            os.chown(path, NOBODY, NOBODY)
    shelf.chmod(folder)


def test_a_read_only_file_can_be_read_and_refuses_to_be_written(shelf: Path) -> None:
    """In a folder that may be written every question is answered; an act is refused and changes nothing."""
    given_to_nobody(shelf, file=0o444, folder=0o755)
    before = (shelf / "ledger.db").read_bytes()
    for command in ("claims", "verify", "log"):
        assert as_nobody(shelf, command) == (0, "")
    status, said = as_nobody(shelf, "undo 5 --reason x")
    assert status == 1
    assert "may be read but not written" in one_sentence(said)
    assert (shelf / "ledger.db").read_bytes() == before


@pytest.mark.parametrize("file", [0o444, 0o644])
def test_a_read_only_folder_says_what_to_do(shelf: Path, file: int) -> None:
    """SQLite must keep a log beside the file: every command says so and what helps, and it does help."""
    given_to_nobody(shelf, file=file, folder=0o555)
    before = (shelf / "ledger.db").read_bytes()
    for command in (*READS, "undo 5 --reason x", f"backup {shelf.parent}"):
        status, said = as_nobody(shelf, command)
        assert status == 1
        assert "restore a backup" in one_sentence(said)
    assert (shelf / "ledger.db").read_bytes() == before
    assert [path.name for path in shelf.iterdir()] == ["ledger.db"]
    shelf.chmod(0o755)
    assert as_nobody(shelf, "claims") == (0, "")


def test_a_backup_on_a_read_only_shelf_can_be_read(shelf: Path) -> None:
    """A backup is one file without a log, so it can be looked at where nothing may be written."""
    ledger, copy = shelf / "ledger.db", shelf.parent / "copy.db"
    assert main(["--db", str(ledger), "backup", str(copy)]) == 0
    ledger.unlink()
    copy.replace(ledger)
    given_to_nobody(shelf, file=0o444, folder=0o555)
    for command in ("claims", "verify", "log"):
        assert as_nobody(shelf, command) == (0, "")
    status, said = as_nobody(shelf, "undo 5 --reason x")
    assert status == 1
    assert "may be read but not written" in one_sentence(said)


def test_a_ledger_that_somebody_else_writes_can_be_read(shelf: Path) -> None:
    """While its owner has it open, others read it without a right to write, and their acts are refused."""
    if os.geteuid() != 0:
        pytest.skip("only root can be another user than the owner")
    with Ledger.open(str(shelf / "ledger.db")) as ledger:
        ledger.add_event(title="A vote", as_of="2020-01-05", **WHO)
        with ledger._reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM claim")
            for command in ("claims", "verify", "log"):
                assert as_nobody(shelf, command) == (0, "")
            status, said = as_nobody(shelf, "undo 5 --reason x")
    assert status == 1
    assert "may be read but not written" in one_sentence(said)


@pytest.mark.parametrize(("file", "folder"), [(0o000, 0o755), (0o644, 0o600)])
def test_a_file_or_folder_that_is_shut_is_said_to_be(shelf: Path, file: int, folder: int) -> None:
    """No right to read the file, or to enter its folder: one sentence for every command."""
    given_to_nobody(shelf, file=file, folder=folder)
    for command in READS:
        status, said = as_nobody(shelf, command)
        assert status == 1
        assert "Permission denied" in one_sentence(said)
