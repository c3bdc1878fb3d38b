"""What a verification finds: which row is not as it was written, and why that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row that is not as it was written.

    Attributes:
        row: Which row ("claim 3f… version 1", "change 17").
        problem: What is wrong with it.
        change: Number of the change it belongs to, if it belongs to one.
    """

    row: str
    problem: str
    change: int | None

    def __str__(self) -> str:
        of_change = (
            "" if self.change is None or self.row.endswith(f"change {self.change}") else f", change {self.change}"
        )
        return f"{self.row}{of_change}: {self.problem}."


@dataclass(slots=True)
class Findings:
    """The first hundred findings; one cut can touch a million rows."""

    _kept: list[Finding] = field(default_factory=list)

    def add(self, row: str, problem: str, change: int | None) -> None:
        """Keep a finding, unless there are enough."""
        if len(self._kept) < _MOST:
            self._kept.append(Finding(row=row, problem=problem, change=change))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._kept)
