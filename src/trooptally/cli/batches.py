"""Documents of a batch, read and checked with the mapping and the decisions that a person gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.importing import Document, Particulars
    from trooptally.intake import Checked, Receipt
    from trooptally.names import Names

_GENERAL = "general-table"


def batch_names(db: str, decisions: str) -> Names:
    """Return the names of a ledger, or those shipped where there is no ledger, with a person's decisions."""
    from trooptally.errors import LedgerMissing
    from trooptally.ledger import Ledger
    from trooptally.names import Names

    try:
        with Ledger.open(db, read_only=True) as ledger:
            names = ledger.names()
    except LedgerMissing:
        names = Names.shipped()
    return decided(names, decisions)


def decided(names: Names, decisions: str) -> Names:
    """Return the names with the decisions of a CSV file; an empty path adds none."""
    from trooptally.importing import Document
    from trooptally.intake.unresolved import with_decisions

    return with_decisions(names, Document.at(decisions)) if decisions else names


def read_document(path: str, told: Particulars, mapping: str) -> Document:
    """Return the document at a path, with the text of its mapping file."""
    from dataclasses import replace

    from trooptally.importing import Document

    return Document.at(path, replace(told, mapping=Document.at(mapping).text if mapping else ""))


def importer_name(importer: str, mapping: str) -> str:
    """Return the importer that was named; a mapping names the general table."""
    return importer or (_GENERAL if mapping else "")


def checked_batch(paths: Sequence[str], names: Names, importer: str, mapping: str) -> list[Checked]:
    """Read and check every document; nothing is written."""
    from trooptally.importing import Particulars
    from trooptally.intake import check

    chosen = importer_name(importer, mapping)
    return [check(read_document(path, Particulars(), mapping), names, importer=chosen) for path in paths]


def write_issues(path: str, receipts: Sequence[Receipt]) -> None:
    """Write the issues of all receipts as CSV, safe to open in a spreadsheet."""
    import csv
    from pathlib import Path

    from trooptally.entry import guarded

    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("path", "severity", "locator", "message", "claim_id"))
        for receipt in receipts:
            for issue in receipt.issues:
                row = (receipt.path, issue.severity.value, issue.locator, issue.message, issue.claim_id or "")
                writer.writerow([guarded(cell) for cell in row])
