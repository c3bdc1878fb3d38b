"""What counts a part alone (a branch, people off a coast) never stands for the whole."""

from __future__ import annotations

from support.drafting import TIMES, draft, table
from trooptally.ledger import Ledger
from trooptally.model import Qualifier
from trooptally.vocabulary import QualifierKind


def test_a_branch_is_no_level_of_the_whole(ledger: Ledger) -> None:
    """The claims list names the part; the series and the newest level leave it out."""
    army = Qualifier(kind=QualifierKind.BRANCH, text="ARMY")
    drafts = table(draft("2,500"), draft("1,700", qualifiers=(army,)))
    ledger.record([TIMES], drafts, contributor="tests", reason="a branch beside its whole")
    frame = ledger.claims(force="USA", place="IRQ")
    assert dict(zip(frame["point"], frame["part"].fillna(""), strict=True)) == {2500: "", 1700: "ARMY"}
    assert ledger.series("USA", "IRQ").point == [2500]
    assert [head.point for head in ledger.heads()] == [2500]
