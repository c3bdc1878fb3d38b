"""A ledger with accounts of every role, and browsers in which their people are signed in."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from dash import Dash

from support.drafting import attribution, draft
from trooptally.dates import parse_as_of
from trooptally.ledger import Ledger
from trooptally.ledger.accounts import Accounts
from trooptally.model import Draft, Report
from trooptally.vocabulary import Role

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PASSWORD = "a long and winding password"  # noqa: S105 - of a ledger that lives as long as a test
PEOPLE = {
    "Vera": Role.VIEWER,
    "Cleo": Role.CONTRIBUTOR,
    "Rita": Role.REVIEWER,
    "Ada": Role.ADMINISTRATOR,
    "Dan": Role.ADMINISTRATOR,
}


@dataclass(frozen=True, kw_only=True)
class House:
    """A ledger with accounts, and the app over it."""

    PASSWORD: ClassVar[str] = PASSWORD

    url: str
    path: Path
    app: Dash

    def client(self) -> FlaskClient:
        """Return a browser of its own."""
        browser: FlaskClient = self.app.server.test_client()
        return browser

    def link(self, name: str) -> str:
        """Return the secret of a link that signs a person in."""
        with Ledger.open(self.url) as ledger:
            return Accounts(ledger).link(name)

    def signed_in(self, name: str) -> FlaskClient:
        """Return a browser in which a person is signed in."""
        client = self.client()
        answer = client.post("/session", json={"link": self.link(name)})
        assert answer.status_code == 200, answer.text
        return client

    def set_password(self, name: str) -> None:
        """Give a person the password of this house."""
        with Ledger.open(self.url) as ledger:
            Accounts(ledger).set_password(name, PASSWORD)

    def drafts(self) -> list[str]:
        """Return the ids of the drafts that wait, the held one first."""
        return [one.claim_id for one in waiting_drafts()]

    def digest(self) -> str:
        """Return a hash over every row of every table but the sessions."""
        told = hashlib.sha256()
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            for (name,) in names:
                if name not in {"session", "sign_in_link"}:
                    rows = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - our own names
                    told.update(repr((name, sorted(map(repr, rows)))).encode())
        return told.hexdigest()


def report(number: int = 1) -> Report:
    """Return one report of a made-up newspaper."""
    day = "2021-09-20"
    return Report(
        source_id="the-daily-sample",
        publisher="The Daily Sample",
        title=f"Story {number}",
        url=f"https://reports.example/{number}",
        published_on=day,
        published_earliest=day,
        published_latest=day,
    )


def waiting_drafts(many: int = 4) -> list[Draft]:
    """Return drafts that differ in figure and day."""
    return [
        draft(
            f"about {1_000 + n:,}",
            report=report(n),
            locator=f"line {n}",
            as_of=parse_as_of(f"2021-09-{n + 1:02d}"),
            attribution=attribution("The Daily Sample", "Pentagon"),
            held="the reader was unsure" if n == 0 else "",
        )
        for n in range(many)
    ]
