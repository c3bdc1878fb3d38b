"""A ledger with an account of every role, an app over it, and both served for a real browser."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from waitress.server import create_server

from support.drafting import table
from support.entering import PEOPLE, House, waiting_drafts
from trooptally.ledger import Ledger
from trooptally.ledger.accounts import Accounts
from trooptally.vocabulary import Status
from trooptally_dashboards.app import create_app


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
