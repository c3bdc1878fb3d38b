"""Editions of one report: a corrected figure is a new version with its difference shown, never a second count."""

from __future__ import annotations

from typing import Any

from support.workbooks import BELOW, counts, location_workbook
from trooptally.importing import Document
from trooptally.intake import Receipt, check, record
from trooptally.ledger import Ledger


def taken(ledger: Ledger, document: Document, *, dry_run: bool = False) -> Receipt:
    """Import one document."""
    return record(ledger, check(document, ledger.names()), contributor="tests", reason="an edition", dry_run=dry_run)


def edition(army: int, *, moved: bool = False, **said: Any) -> Document:
    """Return an edition of one report, with a row above where its rows have moved."""
    above = [["OVERSEAS", "CUBA", *counts(9)]] if moved else []
    return location_workbook([*above, ["OVERSEAS", "ITALY", *counts(army)]], **said)


def levels(ledger: Ledger) -> list[tuple[int, int]]:
    """Return version and number of the level of active people in Italy."""
    frame = ledger.claims(force="USA", place="ITA", component="active")
    frame = frame[frame["part"].isna()]
    return list(zip(frame["version"].tolist(), frame["point"].tolist(), strict=True))


def test_a_corrected_edition_revises_its_claims(ledger: Ledger) -> None:
    """Another figure under the same label and heading is the claim's next version, and both are shown."""
    taken(ledger, edition(100))
    receipt = taken(ledger, edition(120))
    assert levels(ledger) == [(2, 120)]
    assert receipt.recorded == receipt.drafts == 0
    assert all("prints 120 where 100 was recorded" in told for told in receipt.revised.values())
    assert len(receipt.revised) == 2  # the Army and the total
    assert {issue.claim_id for issue in receipt.issues if "prints 120" in issue.message} == set(receipt.revised)


def test_an_edition_prepared_again_adds_nothing(ledger: Ledger) -> None:
    """A later day of preparation, moved rows and other notes revise nothing where the figures are the same."""
    taken(ledger, edition(100))
    below = (*BELOW[:-1], "Prepared by the Defense Manpower Data Center on August 1, 2021.")
    receipt = taken(ledger, edition(100, moved=True, below=below))
    assert levels(ledger) == [(1, 100)]
    assert not receipt.revised
    assert receipt.recorded == len(counts()) - 1


def test_an_older_edition_does_not_come_back(ledger: Ledger) -> None:
    """Importing editions again that were corrected since changes nothing."""
    for army in (100, 120, 130):
        taken(ledger, edition(army))
    assert not taken(ledger, edition(100)).revised
    receipt = taken(ledger, edition(120))
    assert levels(ledger) == [(3, 130)]
    assert not receipt.revised
    assert any("an edition before" in issue.message for issue in receipt.issues)


def test_a_figure_withheld_later_is_a_version_without_a_number(ledger: Ledger) -> None:
    """An edition that withholds what an earlier one printed makes the claim missing, not zero."""
    taken(ledger, edition(100))
    blank = location_workbook([["OVERSEAS", "ITALY*", *[None] * 12], ["", "CUBA", *counts(1)]])
    taken(ledger, blank)
    assert (2, 0) not in levels(ledger)


def test_a_dry_run_shows_the_difference_and_writes_nothing(ledger: Ledger) -> None:
    """The receipt of a dry run names what would be revised."""
    taken(ledger, edition(100))
    receipt = taken(ledger, edition(120), dry_run=True)
    assert len(receipt.revised) == 2
    assert levels(ledger) == [(1, 100)]
