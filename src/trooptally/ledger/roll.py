"""The roll: the lines of a change's root, kept as they were written, by which a verification names the touched row.

A root alone says that some row of a change is not as it was written. The roll lists each row with its key and hash, in
the order of the root, so that the row itself can be named, also one that was removed. The root is over the roll: a
roll that was edited itself is found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Table

from trooptally.ledger.chain import root_of, row_hash
from trooptally_db import tables

_LINES_A_PAGE = 1000
_MOST = 1000
"""How many touched rows of one change are looked at; whoever touches more has touched them all."""


def row_line(table: Table, values: Sequence[Any]) -> str:
    """Return the line of a row: what enters the root, a space, and the row's key as JSON; values in declared order.

    The line of a claim has no key behind it, because it is one (see `claim_line`).
    """
    key = [values[position] for position in _key_positions(table)]
    return f"{table.name}:{row_hash(values)} {orjson.dumps(key).decode()}"


def in_root(line: str) -> str:
    """Return the part of a line that enters the root."""
    return line.partition(" ")[0]


def root_of_roll(lines: Iterable[str]) -> str:
    """Return the root of a change from its roll."""
    return root_of(map(in_root, lines))


def pages(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the pages of a roll with their numbers; the lines are in the order of the root."""
    for page, start in enumerate(range(0, len(lines), _LINES_A_PAGE)):
        yield page, "\n".join(lines[start : start + _LINES_A_PAGE])


@dataclass(slots=True)
class Difference:
    """A change's rows held against its roll: both come in the order of the root."""

    _written: Iterator[str]
    _next: str | None = None
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Turn to the first line."""
        self._next = next(self._written, None)

    def __bool__(self) -> bool:
        return bool(self.missing or self.added)

    def meet(self, line: str) -> None:
        """Hold the line of the next row against the roll."""
        if line == self._next:
            self._next = next(self._written, None)
            return
        while self._next is not None and self._next < line:
            _keep(self.missing, self._next)
            self._next = next(self._written, None)
        if line == self._next:
            self._next = next(self._written, None)
        else:
            _keep(self.added, line)

    def end(self) -> None:
        """Go through the lines for which no row is left."""
        while self._next is not None:
            _keep(self.missing, self._next)
            self._next = next(self._written, None)

    def touched(self) -> Iterator[tuple[str, str]]:
        """Yield each touched row by name, and what was done to it, in the order in which they were written."""
        there = {row_name(line): line for line in self.added}
        for line in self.missing:
            now = there.pop(row_name(line), None)
            yield row_name(line), "it was removed after it was written" if now is None else _edited(line, now)
        for name in there:
            yield name, "it was put in after its change was written"


def row_name(line: str) -> str:
    """Return the name of a line's row: its table, and its key ("event 3f… version 2")."""
    name, _, rest = line.partition(":")
    if name == "claim":
        claim_id, version, *_ = rest.split(":")
        return f"claim {claim_id} version {version}"
    (_, first), *others = zip(_key_columns(tables.metadata.tables[name]), _key(rest), strict=False)
    return " ".join([name, str(first), *[f"{column} {part}" for column, part in others if part != ""]])


def _key(rest: str) -> list[Any]:
    try:
        key = orjson.loads(rest.partition(" ")[2])
    except ValueError:
        key = None
    return key if isinstance(key, list) and key else ["?"]


def _edited(before: str, after: str) -> str:
    same_words = before.startswith("claim:") and before.rpartition(":")[2] == after.rpartition(":")[2]
    return f"{'its status or rank' if same_words else 'a value of it'} was edited after it was written"


def _keep(lines: list[str], line: str) -> None:
    if len(lines) < _MOST:
        lines.append(line)


def _key_columns(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]


@cache
def _key_positions(table: Table) -> list[int]:
    columns = [column.name for column in table.columns]
    return [columns.index(name) for name in _key_columns(table)]
