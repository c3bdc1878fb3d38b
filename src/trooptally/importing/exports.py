"""Rows that a ledger itself has exported: they come home as what they were when they left.

An id is derived from what was printed first, and an export shows cleaned words beside it. So that a row can be told
from one that somebody changed afterwards, it carries a seal over its cells; older exports without seals are known
again where id, locator and report still fit together. Everything else in such a table is a new row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally.model import DraftTable, Qualifier, claim_id, seal
from trooptally.vocabulary import QualifierKind, Rank, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = ("claim_id", "locator", "report_id")
"""The columns of an export that tell where a claim came from."""

SEALED = (
    *COLUMNS,
    *("force", "place", "measure", "component", "low", "point", "high", "hedge", "as_of", "published_on", "source"),
    *("attributed_to", "quote", "url", "basis", "missing_reason", "printed", "unit", "part", "note", "title"),
)
"""The columns whose cells the seal holds together."""

SEAL = "seal"
"""The column of the seals."""

ASIDE = ("status", "rank")
"""Columns that say how a claim stood in the ledger it comes from."""

WITHDRAWN = frozenset({Status.REJECTED.value, Status.RETRACTED.value})
"""The standings whose rows are history, not claims."""

_BRANCHES = frozenset({"army", "navy", "marine corps", "air force", "space force", "coast guard"})


def columns_in(header: Sequence[str]) -> dict[str, int]:
    """Return where the columns of an export stand in a table; empty if it is none."""
    here = {name: header.index(name) for name in (*SEALED, SEAL, *ASIDE) if name in header}
    if not all(name in here for name in COLUMNS):
        return {}
    return here if len(here) == len((*SEALED, SEAL, *ASIDE)) else {name: here[name] for name in COLUMNS}


def bring_home(drafts: DraftTable, cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give exported drafts the ids and the standing they had.

    Args:
        drafts: One for each row; changed in place.
        cells: Of the same rows, `COLUMNS`, and `SEALED`, `SEAL` and `ASIDE` where the table has them.

    Returns:
        The reports of those drafts: id they had -> id they would have had here.
    """
    renamed: dict[str, str] = {}
    unbroken = _unbroken(cells)
    for at, (known, locator, report) in enumerate(zip(*(cells[name] for name in COLUMNS), strict=True)):
        if not known:
            continue
        if unbroken[at]:
            _restore(drafts, at, cells)
        elif known == drafts.claim_id[at] or claim_id(report, locator, drafts.printed[at]) != known:
            continue
        if report != drafts.report_id[at]:
            renamed[report] = drafts.report_id[at]
        drafts.claim_id[at], drafts.locator[at], drafts.report_id[at] = known, locator, report
    return renamed


def _unbroken(cells: Mapping[str, Sequence[str]]) -> list[bool]:
    """Return for each row whether it is exactly as it was exported."""
    seals = cells.get(SEAL)
    if seals is None:
        return [False] * len(cells["claim_id"])
    rows = zip(*(cells[name] for name in SEALED), strict=True)
    return [bool(sealed) and sealed == seal(row) for sealed, row in zip(seals, rows, strict=True)]


def _restore(drafts: DraftTable, at: int, cells: Mapping[str, Sequence[str]]) -> None:
    """Give a row what no field of the claims table holds: its part, and why it waits."""
    drafts.quote[at], drafts.printed[at] = cells["quote"][at], cells["printed"][at]
    if named := cells["part"][at]:
        kind = QualifierKind.BRANCH if named.casefold() in _BRANCHES else QualifierKind.SCOPE
        drafts.qualifiers[at] = (Qualifier(kind=kind, text=named),)
    if not drafts.held[at]:
        drafts.held[at] = _waiting(cells["status"][at], cells["rank"][at])


def _waiting(status: str, rank: str) -> str:
    if status == Status.DRAFT.value:
        return "it was a draft in the ledger that exported it"
    if rank == Rank.DEPRECATED.value:
        return "it was deprecated in the ledger that exported it"
    return ""
