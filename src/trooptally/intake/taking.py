"""Taking documents in: first everything is read and checked, only then anything is written."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trooptally.errors import RefusedInput
from trooptally.intake.discovery import importer_for
from trooptally.intake.echoes import Marks, marks
from trooptally.intake.editions import Comparison
from trooptally.intake.receipt import Receipt
from trooptally.model import report_id
from trooptally.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.importing import Document, Extract
    from trooptally.ledger import Ledger, Recorded
    from trooptally.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document that has been read and can be recorded."""

    document: Document
    importer: str
    extract: Extract


def check(document: Document, names: Names, *, importer: str = "") -> Checked:
    """Read a document with its importer, without writing anything.

    Args:
        document: What to read.
        names: The forces, places and sources that are known.
        importer: The importer's name; empty to choose by content.

    Raises:
        RefusedInput: it cannot be read, or its importer does not account for everything in it.
    """
    chosen = importer_for(document, importer)
    with _collector_at_rest():
        extract = chosen.extract(document, names)
    if not extract.balanced:
        raise RefusedInput(
            f"The importer {chosen.name} does not account for every {extract.unit} of {document.name}; "
            "nothing was written."
        )
    return Checked(document=document, importer=chosen.name, extract=extract)


def record(ledger: Ledger, checked: Checked, *, contributor: str, reason: str, dry_run: bool = False) -> Receipt:
    """Write what was read as one change, all of it or nothing, and return the account.

    What a person filled in is accepted, unless a doubt holds it; what a machine read waits as a draft.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    extract = checked.extract
    marked = marks(ledger, extract)
    compared = Comparison(extract=extract)
    with _collector_at_rest():
        recorded = ledger.record(
            extract.reports,
            extract.drafts,
            issues=extract.issues,
            contributor=contributor,
            reason=reason,
            importer=checked.importer,
            status=Status.ACCEPTED if extract.trusted else Status.DRAFT,
            dry_run=dry_run,
            edition=compared if extract.editions else None,
        )
    return _receipt(checked, marked, recorded, compared.revised, dry_run=dry_run)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cyclic garbage collector from walking millions of cells, none of which is in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _receipt(checked: Checked, marked: Marks, recorded: Recorded, revised: dict[str, str], *, dry_run: bool) -> Receipt:
    extract, document = checked.extract, checked.document
    ids = {report.report_id for report in extract.reports}
    return Receipt(
        path=document.name,
        report_id=ids.pop() if len(ids) == 1 else report_id(sha256=document.sha256),
        reports=len(extract.reports),
        importer=checked.importer,
        recorded=recorded.recorded,
        unchanged=recorded.unchanged,
        drafts=recorded.drafts,
        issues=tuple(extract.issues),
        seen=extract.seen,
        unit=extract.unit,
        totals_checked=extract.totals_checked,
        ignored=dict(extract.ignored),
        refused=extract.refused,
        differing=recorded.differing,
        revised=revised,
        echoes=marked.echoes,
        possible_duplicates=marked.possible_duplicates,
        change=recorded.change,
        dry_run=dry_run,
    )


def take_in(
    ledger: Ledger,
    document: Document,
    *,
    contributor: str,
    reason: str,
    importer: str = "",
    dry_run: bool = False,
) -> Receipt:
    """Check and record one document.

    Raises:
        RefusedInput: it cannot be read.
        LedgerError: the ledger cannot be written.
    """
    checked = check(document, ledger.names(), importer=importer)
    return record(ledger, checked, contributor=contributor, reason=reason, dry_run=dry_run)
