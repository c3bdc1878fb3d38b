"""Rows that a ledger itself has exported: they come home under the ids they left with.

An id is derived from what was printed first. An export shows cleaned words beside it, so its rows would look
like new claims; they are known again by id, locator and report, which only fit together unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally.model import DraftTable, claim_id

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = ("claim_id", "locator", "report_id")
"""The columns of an export that tell where a claim came from."""


def bring_home(drafts: DraftTable, columns: Sequence[Sequence[str]]) -> dict[str, str]:
    """Give exported drafts the ids they had.

    Args:
        drafts: One for each row; changed in place.
        columns: `COLUMNS` of the same rows.

    Returns:
        The reports of those drafts: id they had -> id they would have had here.
    """
    renamed: dict[str, str] = {}
    for at, (known, locator, report) in enumerate(zip(*columns, strict=True)):
        if known and known != drafts.claim_id[at] and claim_id(report, locator, drafts.printed[at]) == known:
            renamed[report] = drafts.report_id[at]
            drafts.claim_id[at], drafts.locator[at], drafts.report_id[at] = known, locator, report
    return renamed
