"""The connections of a ledger: opened by its URL, one engine that reads and one that writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

from sqlalchemy import Connection, Engine

from trooptally.errors import LedgerError, LedgerReadOnly
from trooptally.ledger import schema
from trooptally.ledger.engine import (
    explained,
    ledger_url,
    reading_engine,
    require_file,
    wait_for_writer,
    where,
    writing_engine,
)


class Door:
    """A ledger's two engines, and the transactions through them."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        """Open an existing ledger; see `open`."""
        self._url = ledger_url(url)
        self.read_only = read_only
        self._rehearses = False
        require_file(self._url)
        self._reader = reading_engine(self._url)
        self._writer: Engine | None = None
        try:
            with self._reading() as connection:
                schema.require_current(connection, self._url)
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """Open a ledger.

        Args:
            url: `sqlite:///FILE`, a plain path, or `postgresql://…`.
            read_only: Refuse every act that writes.

        Raises:
            LedgerMissing: there is none at that URL.
            NotALedger: something else stands there.
            LedgerVersion: it is newer than this program, or older and not migrated.
        """
        return cls(url, read_only=read_only)

    @property
    def place(self) -> str:
        """Where the ledger is, as a person would say it."""
        return where(self._url)

    def close(self) -> None:
        """Let go of all connections."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def rehearse(self) -> Self:
        """Let every act from now on be checked and done as ever, and then rolled back instead of kept."""
        self._rehearses = True
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._url, reading=True), self._reader.connect() as connection:
            yield connection

    def _wait_for_writer(self) -> None:
        """Return once nobody who has taken the write lock before now still holds it.

        Where this user may take no lock at all, the answer is as good as what can be read.
        """
        with suppress(LedgerReadOnly), explained(self._url):
            wait_for_writer(self._url, self._reader)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise LedgerError(f"The ledger at {self.place} was opened for reading only; nothing was written.")
        if self._writer is None:
            self._writer = writing_engine(self._url)
        with explained(self._url), self._writer.begin() as connection:
            yield connection
            if self._rehearses:
                connection.rollback()
