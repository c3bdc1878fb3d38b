"""Fixtures that every test may use: real inputs, and real ledgers on both engines."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 60_000  # milliseconds until a state counts as never reached; a busy machine is slow, not wrong
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one, tests skip with a reason, but in CI they fail.

    One for all folders: a process that starts a second driver beside the first is refused it.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    program = os.environ.get("TROOPTALLY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI must run the browser tests, but no Chromium is installed")
        pytest.skip("no Chromium is installed (apt-get install chromium, or set TROOPTALLY_CHROMIUM)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


REAL_DATA = Path(os.environ.get("TROOPTALLY_REAL_DATA", REPOSITORY.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real inputs beside the repository; tests that need it are left out where it is absent."""
    return REAL_DATA


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that read real inputs where there are none; the same shapes are tested on tables of ours."""
    if REAL_DATA.is_dir():
        return
    left_out = [item for item in items if "real_data" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once that tests were left out."""
    if not REAL_DATA.is_dir():
        terminalreporter.write_line(f"The real inputs are not at {REAL_DATA}: the tests that read them were left out.")


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server of this test run alone, on a free loopback port."""

    port: int
    admin: Callable[[str], None]
    template: str

    def database(self, name: str) -> str:
        """Make a database with an empty ledger in it and return its URL."""
        self.admin(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        return self.url(name)

    def url(self, name: str) -> str:
        """Return the URL of a database of the cluster."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with an empty ledger, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    Ledger.create(f"sqlite:///{path}", contributor="tests", reason="a template").close()
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server from the installed binaries; tests that need it skip where there are none."""
    programs = _postgresql_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("CI must run the PostgreSQL tests, but no initdb is installed")
        pytest.skip("no PostgreSQL server is installed (initdb was not found)")
    # Not under pytest's own folder, which only the user who runs the tests may enter.
    home = Path(tempfile.mkdtemp(prefix="trooptally-postgresql-"))
    prefix = _as_postgres(home)
    folder, port = home / "data", _free_port()
    _run(
        [
            *prefix,
            str(programs / "initdb"),
            "-D",
            str(folder),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ]
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    start = [
        *prefix,
        str(programs / "pg_ctl"),
        "-D",
        str(folder),
        "-l",
        str(home / "log"),
        "-w",
        "-o",
        options,
    ]
    _run([*start, "start"])
    try:
        admin = _administrator(port)
        admin('CREATE DATABASE "template_ledger"')
        url = f"postgresql://postgres@127.0.0.1:{port}/template_ledger"
        Ledger.create(url, contributor="tests", reason="a template").close()
        yield Cluster(port=port, admin=admin, template="template_ledger")
    finally:
        _run([*prefix, str(programs / "pg_ctl"), "-D", str(folder), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(home)


_numbers = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty ledger, on each engine in turn."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        return f"sqlite:///{shutil.copy(template, tmp_path / 'ledger.db')}"
    server: Cluster = request.getfixturevalue("cluster")
    return server.database(f"ledger_{next(_numbers)}")


@pytest.fixture
def ledger(engine_url: str) -> Iterator[Ledger]:
    """An empty ledger, on each engine in turn."""
    with Ledger.open(engine_url) as opened:
        yield opened


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty ledger on SQLite."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'ledger.db')}"


def _postgresql_programs() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    if installed:
        return installed[-1].parent
    return Path(found).resolve().parent if found else None


def _as_postgres(home: Path) -> list[str]:
    """Return how to start the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(home, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stdout}")


def _administrator(port: int) -> Callable[[str], None]:
    import psycopg

    def run(statement: str) -> None:
        address = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        for _ in range(20):  # a template cannot be copied while a closing connection lingers
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute(statement.encode())
            except psycopg.errors.ObjectInUse:
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"PostgreSQL would not: {statement}")

    return run
