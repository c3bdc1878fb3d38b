"""A ledger with something of every kind in it."""

from __future__ import annotations

from typing import Any

from support.drafting import TIMES, attribution, draft, table
from trooptally.dates import parse_as_of
from trooptally.ledger import Ledger
from trooptally.model import Issue, Qualifier
from trooptally.vocabulary import MissingReason, QualifierKind, Rank, Severity, Status

WHO: dict[str, Any] = {"contributor": "Ana", "reason": "a test"}


def populate(ledger: Ledger) -> list[str]:
    """Put claims of many shapes, with versions, grades, issues and qualifiers, into a ledger; return their ids."""
    unit = (Qualifier(kind=QualifierKind.UNIT, text="4th Infantry Division"),)
    drafts = [
        draft(),
        draft("around 2,000", qualifiers=unit),
        draft("900", place="SYR", as_of=parse_as_of("2021-01/2021-12")),
        draft("*", figure=None, missing_reason=MissingReason.WITHHELD, as_of=None),
        draft("5,000", attribution=attribution("The Times of Testing", "Pentagon")),
        draft("4,500", held="doubtful"),
    ]
    ids = [d.claim_id for d in drafts]
    issue = Issue(severity=Severity.WARNING, locator="row 2", message="no date.", claim_id=ids[3])
    ledger.record([TIMES], table(*drafts[:4]), **WHO, issues=[issue])
    ledger.record([TIMES], table(*drafts[4:]), contributor="Ben", reason="more", status=Status.DRAFT)
    ledger.accept(ids[4], version=1, contributor="Cleo", reason="read it")
    ledger.correct(ids[0], {"note": "a note", "place": "SYR"}, version=1, **WHO)
    ledger.rank(ids[1], Rank.PREFERRED, version=1, **WHO)
    ledger.retract(ids[2], version=1, **WHO)
    ledger.assess("source", "the-times-of-testing", "B", **WHO)
    return ids
