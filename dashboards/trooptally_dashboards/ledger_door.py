"""The one way from the pages to the ledger: opened read-only at first need, asked anew at each request."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Literal

from flask import g, has_request_context

from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class LedgerDoor:
    """A ledger that may not be there yet.

    The pages start before the ledger exists and then say how to make one; once it opens it stays
    open, one for all threads. As long as it does not, every call raises `trooptally.errors.LedgerError`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._ledger: Ledger | None = None
        self._lock = Lock()
        self._names: dict[str, tuple[int, dict[str, str]]] = {}

    def __call__(self) -> Ledger:
        """Return the open ledger."""
        with self._lock:
            if self._ledger is None:
                self._ledger = Ledger.open(self.url, read_only=True)
            return self._ledger

    def close(self) -> None:
        """Close the ledger, if it was ever opened."""
        with self._lock:
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None

    def names(self, kind: Literal["force", "place", "source"], wanted: Iterable[str] = ()) -> Mapping[str, str]:
        """Return display names by id as of the last change; every wanted id that the ledger has is among them."""
        change, names = self._names.get(kind, (-1, {}))
        newest = (g.get("change") if has_request_context() else None) or self().newest_change()
        if change != newest or not names.keys() >= set(wanted):
            names = self().labels(kind)
            self._names[kind] = (newest, names)
        return names
