"""What a person gets back for a document: what became of every value in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.model import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The account of one document.

    `recorded`, `unchanged` and `drafts` part the claims that were found; with `refused`, `ignored` and
    `totals_checked` they account for everything `seen`.

    Attributes:
        path: The document as it was named.
        report_id: Of the report that the document is; of the file, where it names several reports or none.
        recorded: Claims newly written and accepted.
        unchanged: Claims the ledger already had.
        drafts: Claims newly written that wait for review.
        differing: Ids of unchanged claims that now read differently; the ledger keeps what it had.
        revised: Claim -> what this edition of its report prints otherwise; each has a new version.
        echoes: New claim -> a claim of the same origin that already says the same.
        possible_duplicates: New claim -> a claim of the same publisher that already says the same.
        change: The number of the change, or None where nothing was written.
    """

    path: str
    report_id: str
    reports: int
    importer: str
    recorded: int
    unchanged: int
    drafts: int
    issues: tuple[Issue, ...] = ()
    seen: int = 0
    unit: str = "row"
    totals_checked: int = 0
    ignored: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    differing: tuple[str, ...] = ()
    revised: dict[str, str] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)
    possible_duplicates: dict[str, str] = field(default_factory=dict)
    change: int | None = None
    dry_run: bool = False

    @property
    def nothing_taken(self) -> bool:
        """Whether the document had values, and every one of them was refused."""
        return bool(self.refused) and not (self.recorded or self.unchanged or self.drafts)

    @property
    def first_error(self) -> str:
        """The first issue that kept a value out, with its place; empty if there is none."""
        errors = (issue for issue in self.issues if issue.severity is Severity.ERROR)
        return next((f"{issue.locator}: {issue.message}" for issue in errors), "")

    def as_json(self) -> dict[str, Any]:
        """Return the receipt as JSON knows it."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "issues"}
        plain["differing"] = list(self.differing)
        plain["issues"] = [
            {
                "severity": issue.severity.value,
                "locator": issue.locator,
                "message": issue.message,
                "claim_id": issue.claim_id,
            }
            for issue in self.issues
        ]
        return plain
