"""What was known then: answers about the past stay the same bytes for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from support.drafting import TIMES, draft, table
from trooptally.errors import RefusedInput
from trooptally.ledger import Ledger

WHO: dict[str, Any] = {"contributor": "Ana", "reason": "a test"}


def now() -> str:
    """This instant, as a question names it."""
    return datetime.now(UTC).isoformat()


def test_what_was_known_never_changes(ledger: Ledger) -> None:
    """A correction and a retraction leave the answers about earlier instants as they were."""
    one = draft()
    before = now()
    ledger.record([TIMES], table(one), **WHO)
    recorded = now()
    first = ledger.claims(known_at=recorded).to_csv()
    ledger.correct(one.claim_id, {"note": "corrected"}, version=1, **WHO)
    corrected = now()
    second = ledger.claims(known_at=corrected).to_csv()
    ledger.retract(one.claim_id, version=2, **WHO)
    assert ledger.claims(known_at=before).empty
    assert ledger.claims(known_at=recorded).to_csv() == first
    assert ledger.claims(known_at=corrected).to_csv() == second
    assert ledger.series("USA", "IRQ", known_at=recorded).version == [1]
    assert [head.claim_id for head in ledger.heads(known_at=corrected)] == [one.claim_id]
    assert ledger.claims().empty


@pytest.mark.parametrize("asked", ["tomorrow", "2999-01-01", "12:00"])
def test_only_the_past_can_be_asked(ledger: Ledger, asked: str) -> None:
    """The future, and what is no instant, is refused with a sentence."""
    with pytest.raises(RefusedInput, match=r"ISO 8601|has not come"):
        ledger.claims(known_at=asked)
