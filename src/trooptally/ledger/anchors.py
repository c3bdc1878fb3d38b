"""Anchors: the hash of a change, kept outside the ledger, by which a cut or rewritten history is found out.

A chain alone proves only that a history fits together. Whoever holds the file can cut its end off, or rewrite all of
it; one line in a file that they do not hold shows both. A file of anchors is JSON, one anchor a line, and only grows.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from trooptally.errors import LedgerError, RefusedInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a ledger's history was: its last change, that change's hash and instant (ISO 8601 in UTC)."""

    change: int
    hash: str
    at: str

    def as_json(self) -> str:
        """Return the anchor as one line of JSON."""
        return orjson.dumps(asdict(self)).decode()


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """Return the anchors in a file.

    Raises:
        RefusedInput: it cannot be read, holds none, or a line is no anchor.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedInput(f"{path} cannot be read as a file of anchors: {_why(error)}.") from error
    anchors = tuple(_anchor(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not anchors:
        raise RefusedInput(f"{path} holds no anchor; 'trooptally verify --write-anchor' writes one.")
    return anchors


def write_anchor(path: Path, anchor: Anchor) -> None:
    """Add an anchor to a file, to stay there.

    Raises:
        LedgerError: the file cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(anchor.as_json() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise LedgerError(f"The anchor could not be written to {path}: {_why(error)}.") from error


def as_anchors(given: Anchor | Sequence[Anchor] | None) -> tuple[Anchor, ...]:
    """Return one, several or no anchors as a tuple."""
    if given is None:
        return ()
    return (given,) if isinstance(given, Anchor) else tuple(given)


def _anchor(path: Path, number: int, line: str) -> Anchor:
    try:
        read = orjson.loads(line)
        return Anchor(change=int(read["change"]), hash=str(read["hash"]), at=str(read["at"]))
    except (ValueError, KeyError, TypeError):
        raise RefusedInput(f"{path}, line {number}: this is no anchor; expected change, hash and at as JSON.") from None


def _why(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
