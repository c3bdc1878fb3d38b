"""Editions of one report: a corrected figure is a new version with its difference shown, never a second count."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from support.workbooks import BELOW, counts, location_workbook
from trooptally.errors import Conflict
from trooptally.importing import Document, Particulars
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


def test_an_edition_is_one_change(ledger: Ledger) -> None:
    """What an edition adds and what it revises stand in one change, which the chain holds and one act takes back."""
    first = taken(ledger, edition(100))
    second = taken(ledger, edition(120, moved=True))
    assert (second.recorded, len(second.revised)) == (len(counts()) - 1, 2)
    assert second.change == (first.change or 0) + 1
    newest = ledger.recent_changes()[0]
    assert (newest.change, newest.claims) == (second.change, len(counts()) - 1 + 2)
    assert "prints 2 figures otherwise" in newest.reason
    assert ledger.verify().sound
    ledger.undo(second.change or 0, contributor="tests", reason="the edition was withdrawn")
    assert levels(ledger) == [(3, 100)]
    assert ledger.claims(force="USA", place="CUB").empty
    assert ledger.verify().sound


def test_an_edition_of_differences_alone_is_one_correction(ledger: Ledger) -> None:
    """An edition that adds nothing is one change that corrects."""
    taken(ledger, edition(100))
    receipt = taken(ledger, edition(120))
    newest = ledger.recent_changes()[0]
    assert (newest.change, newest.act, newest.claims) == (receipt.change, "correct", 2)


def test_an_edition_that_meets_another_hand_writes_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of its claims has moved on since they were compared, no claim of the edition is written."""
    from trooptally.ledger import editions
    from trooptally.ledger.revise import Revision

    taken(ledger, edition(100))
    asked = editions.edition_of

    def late(*given: Any) -> list[Any]:
        *others, last = asked(*given)
        return [*others, Revision(claim_id=last.claim_id, seen=last.seen + 1, columns=last.columns)]

    monkeypatch.setattr(editions, "edition_of", late)
    with pytest.raises(Conflict):
        taken(ledger, edition(120, moved=True))
    assert levels(ledger) == [(1, 100)]
    assert ledger.claims(force="USA", place="CUB").empty


_KILLED = """
import os, signal, sys
from trooptally.importing import Document
from trooptally.intake import check, record
from trooptally.ledger import Ledger, pen

def killed(*given):
    os.kill(os.getpid(), signal.SIGKILL)

with Ledger.open(sys.argv[1]) as ledger:
    checked = check(Document(name="edition", content=sys.stdin.buffer.read()), ledger.names())
    whole = pen.put
    pen.put = lambda *given: (killed if given[1].name == "qualifier" else whole)(*given)
    record(ledger, checked, contributor="tests", reason="killed")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_killed_edition_leaves_the_ledger_as_it_was(engine_url: str) -> None:
    """Killed when old versions are closed and new ones written, but nothing is committed, it never was."""
    with Ledger.open(engine_url) as ledger:
        taken(ledger, edition(100))
    command = [sys.executable, "-c", _KILLED, engine_url]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    content = edition(120, moved=True).content
    ended = subprocess.run(command, input=content, env=environment, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with Ledger.open(engine_url) as ledger:
        assert levels(ledger) == [(1, 100)]
        assert ledger.verify().sound
        assert len(taken(ledger, edition(120, moved=True)).revised) == 2
        assert levels(ledger) == [(2, 120)]


def mapped(printed: str) -> Document:
    """Return a general table of one figure, with its mapping."""
    mapping = """
        [report]
        publisher = "Ministry of Somewhere"
        title = "People abroad"
        published_on = "2020-01-15"
        [columns]
        place = "Country"
        figure = "Troops"
        [fixed]
        force = "FRA"
        as_of = "2019"
    """
    content = f"Country,Troops\nMali,{printed}\n".encode()
    return Document(name="t.csv", content=content, particulars=Particulars(mapping=mapping))


@pytest.mark.parametrize("printed", ["at least 600", "about 600", "500-600", "600"])
def test_hedges_and_bounds_are_revised_too(ledger: Ledger, printed: str) -> None:
    """An edition that prints another bound or another hedge revises the claim, and keeps what it is."""
    taken(ledger, mapped("at least 500"))
    receipt = taken(ledger, mapped(printed))
    assert len(receipt.revised) == 1
    (told,) = receipt.revised.values()
    assert "at least 500 was recorded" in told
    (row,) = ledger.claims(force="FRA").to_dict("records")
    fresh = check(mapped(printed), ledger.names()).extract.drafts
    assert (row["version"], row["hedge"]) == (2, fresh.hedge[0])
    assert not taken(ledger, mapped(printed)).revised


def test_the_difference_stands_in_the_receipt_and_the_history(ledger: Ledger) -> None:
    """The receipt as JSON names each revised claim with its difference, and the change keeps them as issues."""
    taken(ledger, edition(100))
    receipt = taken(ledger, edition(120))
    plain = receipt.as_json()
    assert plain["revised"] == receipt.revised
    assert all("prints 120 where 100 was recorded" in told for told in plain["revised"].values())
