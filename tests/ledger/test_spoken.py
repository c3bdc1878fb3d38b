"""Who prints whose claims, counted on from change to change, is what a count over all claims gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.drafting import TIMES, attribution, draft, table
from trooptally.ledger import Ledger
from trooptally.ledger.spoken import spoken

WHO: dict[str, Any] = {"contributor": "Ada", "reason": "to count"}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["record", "correct", "retract"]), st.integers(0, 3)), max_size=8))
def test_counting_on_equals_counting_anew(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    """After any acts, the counts carried on from each change are those of a full count, and never negative."""
    path = tmp_path_factory.mktemp("spoken") / "ledger.db"
    with Ledger.create(f"sqlite:///{path}", **WHO) as ledger:
        carried = None
        for number, (act, origin) in enumerate(acts):
            _do(ledger, act, number, origin)
            with ledger._reading() as connection:
                carried = spoken(connection, carried)
                assert carried.pairs == spoken(connection, None).pairs
                assert all(many > 0 for many in carried.pairs.values())


def _do(ledger: Ledger, act: str, number: int, origin: int) -> None:
    standing = ledger.claims()
    if act == "record" or standing.empty:
        told = draft(
            f"{number + 1},000", locator=f"line {number}", attribution=attribution("The Times", f"origin {origin}")
        )
        ledger.record([TIMES], table(told), **WHO)
        return
    claim = standing.iloc[0]
    version = int(claim["version"])
    if act == "retract":
        ledger.retract(claim["claim_id"], version=version, **WHO)
    else:
        ledger.correct(claim["claim_id"], {"note": f"note {number}"}, version=version, **WHO)
