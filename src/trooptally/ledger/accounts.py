"""Accounts: who may write, the links and passwords that show who someone is, and the sessions that follow.

Of every secret only a hash is kept. Sessions end at logout, when the account is disabled and when its password
changes; nothing the browser holds outlives that.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, RowMapping, select, update

from trooptally.errors import LedgerError, RefusedInput
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.ledger import Ledger
from trooptally.ledger.passwords import hashed, matches
from trooptally.vocabulary import Role
from trooptally_db.tables import account, session, sign_in_link

_SECOND = 1_000_000
LINK_SECONDS = 15 * 60
"""How long a sign-in link waits to be used."""

SESSION_SECONDS = 7 * 24 * 3600
"""How long a session lasts at most."""

IDLE_SECONDS = 24 * 3600
"""How long a session lasts without being used."""

_NOTED_EVERY = 10 * 60  # seconds between two notes that a session was used; each is a write
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may sign in.

    Attributes:
        name: The contributor on each of their changes.
        has_password: Whether they can sign in with one; links always work.
        created_at: ISO 8601, UTC.
    """

    name: str
    role: Role
    disabled: bool
    has_password: bool
    created_at: str


class Accounts:
    """The accounts of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # Keeping accounts

    def add(self, name: str, role: Role, *, password: str | None = None) -> Account:
        """Make an account.

        Raises:
            RefusedInput: the name is empty, too long or taken, or the password is no good one.
        """
        plain = " ".join(name.split())
        if not plain or len(plain) > _LONGEST_NAME or not plain.isprintable():
            raise RefusedInput(f"An account needs a name of 1 to {_LONGEST_NAME} characters.")
        row = {
            "name": plain,
            "folded": plain.casefold(),
            "role": role.value,
            "password_hash": hashed(password, name=plain) if password is not None else None,
            "created_at": _now(),
        }
        with self._writing() as connection:
            if _found(connection, plain) is not None:
                raise RefusedInput(f"There already is an account named {plain}.")
            connection.execute(account.insert().values(row))
        return self.named(plain)

    def named(self, name: str) -> Account:
        """Return the account of that name.

        Raises:
            LedgerError: there is none.
        """
        with self._reading() as connection:
            return _account(_required(connection, name))

    def all(self) -> list[Account]:
        """Return every account, by name."""
        with self._reading() as connection:
            return [_account(row) for row in connection.execute(select(account).order_by(account.c.folded)).mappings()]

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role; it holds from the next request on."""
        with self._writing() as connection:
            _set(connection, _required(connection, name)["name"], role=role.value)

    def set_password(self, name: str, password: str) -> None:
        """Give an account a new password and end all its sessions and links.

        Raises:
            RefusedInput: the password is no good one.
        """
        new = hashed(password, name=name)
        with self._writing() as connection:
            known = _required(connection, name)["name"]
            _set(connection, known, password_hash=new)
            _end_all(connection, known)

    def disable(self, name: str) -> None:
        """Let an account sign in no more, and end all its sessions and links."""
        with self._writing() as connection:
            known = _required(connection, name)["name"]
            _set(connection, known, disabled_at=_now())
            _end_all(connection, known)

    def enable(self, name: str) -> None:
        """Let a disabled account sign in again."""
        with self._writing() as connection:
            _set(connection, _required(connection, name)["name"], disabled_at=None)

    # Showing who one is

    def link(self, name: str, *, seconds: int = LINK_SECONDS) -> str:
        """Return a new secret that signs the account in once.

        Raises:
            LedgerError: there is no such account, or it is disabled.
        """
        secret = secrets.token_urlsafe(32)
        with self._writing() as connection:
            row = _required(connection, name)
            if row["disabled_at"] is not None:
                raise LedgerError(f"The account {row['name']} is disabled; 'trooptally user enable' lets it in again.")
            values = {"name": row["name"], "token_hash": _digest(secret), "expires_at": _now() + seconds * _SECOND}
            connection.execute(sign_in_link.insert().values(values))
        return secret

    def redeem(self, secret: str) -> Account | None:
        """Return whose link it is and use it up, or None where it is unknown, used or too old."""
        now, link = _now(), sign_in_link.c
        fresh = (link.token_hash == _digest(secret)) & link.used_at.is_(None) & (link.expires_at > now)
        with self._reading() as connection:
            if connection.execute(select(link.name).where(fresh)).first() is None:
                return None  # without asking for the write lock: guessing must cost others nothing
        with self._writing() as connection:
            if connection.execute(update(sign_in_link).where(fresh).values(used_at=now)).rowcount != 1:
                return None
            name = connection.execute(select(link.name).where(link.token_hash == _digest(secret))).scalar_one()
            row = _found(connection, name)
        return _account(row) if row is not None and row["disabled_at"] is None else None

    def with_password(self, name: str, password: str) -> Account | None:
        """Return the account if the password is its own; a wrong name takes as long as a wrong password."""
        with self._reading() as connection:
            row = _found(connection, name)
        if not matches(row["password_hash"] if row is not None else None, password):
            return None
        return _account(row) if row is not None and row["disabled_at"] is None else None

    # Sessions

    def begin(self, name: str) -> str:
        """Begin a session and return the secret that the browser keeps."""
        secret, now = secrets.token_urlsafe(32), _now()
        with self._writing() as connection:
            values = {
                "token_hash": _digest(secret),
                "name": _required(connection, name)["name"],
                "created_at": now,
                "expires_at": now + SESSION_SECONDS * _SECOND,
                "seen_at": now,
            }
            connection.execute(session.insert().values(values))
        return secret

    def holder(self, secret: str) -> Account | None:
        """Return who holds the session, or None where it has ended or expired."""
        now, held = _now(), session.c
        lasting = (
            (held.token_hash == _digest(secret))
            & held.ended_at.is_(None)
            & (held.expires_at > now)
            & (held.seen_at > now - IDLE_SECONDS * _SECOND)
        )
        with self._reading() as connection:
            asked = select(account, held.seen_at).join_from(session, account, held.name == account.c.name)
            row = connection.execute(asked.where(lasting, account.c.disabled_at.is_(None))).mappings().first()
        if row is None:
            return None
        if now - row["seen_at"] > _NOTED_EVERY * _SECOND:
            self._note_use(secret, now)
        return _account(row)

    def end(self, secret: str) -> None:
        """End a session."""
        held = session.c
        with self._writing() as connection:
            going = (held.token_hash == _digest(secret)) & held.ended_at.is_(None)
            connection.execute(update(session).where(going).values(ended_at=_now()))

    def end_all(self, name: str) -> None:
        """End every session and link of an account."""
        with self._writing() as connection:
            _end_all(connection, _required(connection, name)["name"])

    # Within

    def _note_use(self, secret: str, now: int) -> None:
        try:
            with self._writing() as connection:
                connection.execute(update(session).where(session.c.token_hash == _digest(secret)).values(seen_at=now))
        except LedgerError:
            pass  # a long import holds the ledger: the next request notes it

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._ledger._reading() as connection:  # noqa: SLF001 - one room: accounts live in the ledger's database
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._ledger._writing() as connection:  # noqa: SLF001 - as above
            yield connection


def _now() -> int:
    return time.time_ns() // 1000


def _digest(secret: str) -> str:
    # A secret of 256 random bits needs no salt and no slow hash.
    return sha256(secret.encode()).hexdigest()


def _found(connection: Connection, name: str) -> RowMapping | None:
    folded = " ".join(name.split()).casefold()
    return connection.execute(select(account).where(account.c.folded == folded)).mappings().first()


def _required(connection: Connection, name: str) -> RowMapping:
    row = _found(connection, name)
    if row is None:
        raise LedgerError(f"There is no account named {name!r}; 'trooptally user list' shows all.")
    return row


def _set(connection: Connection, name: str, **columns: str | int | None) -> None:
    connection.execute(update(account).where(account.c.name == name).values(columns))


def _end_all(connection: Connection, name: str) -> None:
    now = _now()
    connection.execute(update(session).where(session.c.name == name, session.c.ended_at.is_(None)).values(ended_at=now))
    connection.execute(
        update(sign_in_link).where(sign_in_link.c.name == name, sign_in_link.c.used_at.is_(None)).values(used_at=now)
    )


def _account(row: RowMapping) -> Account:
    return Account(
        name=row["name"],
        role=Role(row["role"]),
        disabled=row["disabled_at"] is not None,
        has_password=row["password_hash"] is not None,
        created_at=printed_instant(row["created_at"]),
    )
