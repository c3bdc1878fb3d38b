"""A ledger with an account of every role, an app over it, and both served for a real browser."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from waitress.server import create_server

from support.drafting import table
from support.entering import PEOPLE, House, waiting_drafts
from trooptally.ledger import Ledger
from trooptally.ledger.accounts import Accounts
from trooptally.vocabulary import Status
from trooptally_dashboards.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> House:
    """A ledger with drafts that wait and an account of every role; Dan's is disabled."""
    with Ledger.open(sqlite_url) as ledger:
        people = Accounts(ledger)
        for name, role in PEOPLE.items():
            people.add(name, role)
        people.disable("Dan")
        drafts = waiting_drafts()
        ledger.record(
            [one.report for one in drafts],
            table(*drafts),
            contributor="reader",
            reason="read from stories",
            status=Status.DRAFT,
        )
    return House(url=sqlite_url, path=tmp_path / "ledger.db", app=create_app(sqlite_url))


def _run(server: Any) -> None:
    with contextlib.suppress(OSError):  # its loop may still ask for the listener that the test has closed
        server.run()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """The address at which the house is served."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server: Any = create_server(house.app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one, tests skip with a reason, but in CI they fail."""
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
