"""How often somebody may guess a password: a few times, then ever more slowly."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from trooptally.errors import TooManyTries

_FREE = 5  # wrong tries for one name from one address before the first wait
_FREE_OF_ADDRESS = 20  # wrong tries from one address, whatever the names
_FIRST_WAIT = 15.0  # seconds; doubles with each further wrong try
_LONGEST_WAIT = 15 * 60.0
_FORGET = 60 * 60.0
_MOST_KEPT = 10_000

Key = tuple[str, str]


class Guesses:
    """The wrong tries of the last hour, in the memory of this server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[Key, tuple[int, float]] = {}
        self._lock = Lock()

    def require_patience(self, name: str, address: str) -> None:
        """Refuse a try that comes too soon after wrong ones; a link names nobody, only the address counts.

        Raises:
            TooManyTries: it does; it says how long to wait.
        """
        with self._lock:
            for key, free in self._keys(name, address):
                many, last = self._wrong.get(key, (0, 0.0))
                left = last + _wait(many - free) - self._clock()
                if many >= free and left > 0:
                    raise TooManyTries(left)

    def wrong(self, name: str, address: str) -> None:
        """Remember a wrong try."""
        with self._lock:
            now = self._clock()
            for key, _ in self._keys(name, address):
                many, last = self._wrong.get(key, (0, now))
                self._wrong[key] = (1 if now - last > _FORGET else many + 1, now)
            if len(self._wrong) > _MOST_KEPT:
                self._wrong = {key: kept for key, kept in self._wrong.items() if now - kept[1] < _LONGEST_WAIT}

    def right(self, name: str, address: str) -> None:
        """Forget the wrong tries of one name from one address."""
        with self._lock:
            self._wrong.pop((name.strip().casefold(), address), None)

    @staticmethod
    def _keys(name: str, address: str) -> tuple[tuple[Key, int], ...]:
        of_address = (("", address), _FREE_OF_ADDRESS)
        return (of_address,) if not name else (((name.strip().casefold(), address), _FREE), of_address)


def _wait(beyond: int) -> float:
    return min(_FIRST_WAIT * 2.0 ** min(max(beyond, 0), 20), _LONGEST_WAIT)
