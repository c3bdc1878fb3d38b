"""Passwords: hashed with Argon2id, checked in the same time whether or not there is such an account."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from trooptally.errors import RefusedInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
_LONGEST = 512
_AT_ONCE = BoundedSemaphore(2)  # each check takes 19 MiB; a crowd of guessers must not take all memory


def hashed(password: str, *, name: str) -> str:
    """Return the Argon2id hash of a new password.

    Raises:
        RefusedInput: it is too short, too long, or no more than the name.
    """
    if not SHORTEST <= len(password) <= _LONGEST:
        raise RefusedInput(f"A password has {SHORTEST} to {_LONGEST} characters; this one has {len(password)}.")
    if len(password.casefold().replace(name.casefold(), "")) < SHORTEST // 2:
        raise RefusedInput("The password is hardly more than the name; choose another.")
    if len(set(password)) < SHORTEST // 2:
        raise RefusedInput("The password repeats a few characters; choose another.")
    return _hasher().hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one of the hash; takes as long where there is no hash."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return _hasher().verify(password_hash or _nobodys(), password[: _LONGEST + 1]) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
