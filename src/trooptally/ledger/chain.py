"""The chain of changes: one hash for each row, one root for each change, and each change's hash over the one before.

A reader who kept one hash (an anchor) can prove later that nothing before it was edited, removed or put in.
What is hashed is compact JSON in UTF-8, so that anyone can recompute it without this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

import orjson

FIRST = "0" * 64
"""What the first change names as the hash before it."""


def row_hash(values: Sequence[Any]) -> str:
    """Return the hash of one row's values in declared order.

    Returns:
        32 hexadecimal characters.
    """
    return blake2b(orjson.dumps(values), digest_size=16).hexdigest()


def root_of(lines: Iterable[str]) -> str:
    """Return the root of a change: the hash over the hashes of all its rows, sorted, so that order is no fact.

    Returns:
        64 hexadecimal characters.
    """
    digest, before = blake2b(digest_size=32), b""
    for line in sorted(lines):
        digest.update(before + line.encode())
        before = b"\n"
    return digest.hexdigest()


def change_hash(fields: Sequence[Any], previous: str) -> str:
    """Return the hash that chains a change to the one before it.

    Args:
        fields: seq, at, contributor, act, reason, program, undoes, number of claims, root.
        previous: The hash of the change before, or `FIRST`.
    """
    return blake2b(orjson.dumps([previous, *fields]), digest_size=32).hexdigest()
