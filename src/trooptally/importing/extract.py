"""The shape of an importer and of what it yields."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from trooptally.model import DraftTable, Issue, Report

if TYPE_CHECKING:
    from trooptally.importing.document import Document
    from trooptally.names import Names


@dataclass(slots=True, kw_only=True)
class Extract:
    """All that an importer found in one document.

    The receipt must balance: `seen` = drafts + `totals_checked` + sum of `ignored` + `refused`. What counts
    as one (a row, a cell) is the importer's choice and named in `unit`.

    Attributes:
        reports: The reports that the drafts belong to; a table of claims names many, a workbook is one.
        drafts: The proposed claims.
        issues: What is wrong, each with its place.
        seen: How many values (rows or cells) stood in the importer's scope.
        totals_checked: Values that are sums of others and were used as checks.
        ignored: Values left out by name, with the reason as key.
        refused: Values that could not be taken, each with an issue of severity `error`.
        unit: What `seen` counts: "row", "cell" or "figure".
        editions: Whether claims are named by row and column of a report that has editions, so that a figure which
            differs from the ledger's revises the claim.
        trusted: Whether the drafts may be accepted by rule when the ledger trusts the source.
        met: Report and key of claims that are named by row and column -> the numbers printed there so far.
    """

    reports: list[Report] = field(default_factory=list)
    drafts: DraftTable = field(default_factory=DraftTable)
    issues: list[Issue] = field(default_factory=list)
    seen: int = 0
    totals_checked: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    unit: str = "row"
    trusted: bool = False
    editions: bool = False
    met: dict[tuple[str, str], list[int | None]] = field(default_factory=dict, repr=False)

    @property
    def balanced(self) -> bool:
        """Whether every value seen is accounted for, and no two drafts are one claim."""
        if len(set(self.drafts.claim_id)) < len(self.drafts):
            return False
        return self.seen == len(self.drafts) + self.totals_checked + self.ignored.total() + self.refused


class Importer(Protocol):
    """One source format. Every module of `trooptally.importers` carries one under the name `importer`."""

    name: str
    """Short name for `--as` and the receipt, such as "claims-table"."""

    recognises: str
    """One sentence: by what content it knows its documents."""

    def identify(self, document: Document) -> bool:
        """Return whether the document's content, never its name, is of this format."""
        ...

    def extract(self, document: Document, names: Names) -> Extract:
        """Return drafts and issues; pure: no clock, no network, no database.

        Raises:
            RefusedInput: the document cannot be read as this format at all.
        """
        ...
