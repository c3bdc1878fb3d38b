"""What was known then: answers about the past stay the same bytes for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from typing import Any, Literal

import pytest

from support.drafting import TIMES, draft, table
from trooptally.errors import RefusedInput
from trooptally.ledger import Ledger, record
from trooptally.vocabulary import Rank, Status

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


def answers(ledger: Ledger, at: str | None) -> list[str]:
    """Return, as text, what every question that can be asked of the past says."""
    columns: tuple[Literal["force", "place", "measure", "component", "basis"], ...] = (
        "force",
        "place",
        "measure",
        "component",
        "basis",
    )
    return [
        ledger.claims(rank="all", status="all", known_at=at).to_csv(),
        ledger.claims(known_at=at).to_csv(),
        *[repr(ledger.series("USA", place, known_at=at)) for place in ("IRQ", "SYR")],
        repr(ledger.heads(known_at=at)),
        *[repr(ledger.facets(column, known_at=at)) for column in columns],
        repr(ledger.events(known_at=at)),
        repr(ledger.levels(known_at=at)),
    ]


def test_no_act_changes_an_answer_about_the_past(ledger: Ledger) -> None:
    """After every act, undoing a whole batch among them, each answer about each earlier instant is the same bytes.

    What was just answered about now is what is answered about that instant ever after.
    """
    ids: list[str] = []
    known: list[tuple[str, list[str]]] = []
    for act in acts(ledger, ids):
        act()
        at = now()
        known.append((at, answers(ledger, at)))
        assert known[-1][1] == answers(ledger, None)
        for earlier, said in known:
            assert answers(ledger, earlier) == said
    assert ledger.claims().empty
    assert len(ledger.claims(rank="all", status="all")) == 3
    assert ledger.verify().sound


def acts(ledger: Ledger, ids: list[str]) -> Iterator[Callable[[], object]]:
    """Yield every kind of act in turn, each on what those before have left."""
    drafts = [draft(), draft("around 2,000"), draft("900", place="SYR")]
    ids += [one.claim_id for one in drafts]
    vote: list[str] = []
    yield lambda: ledger.record([TIMES], table(*drafts[:2]), **WHO)
    batch = ledger.recent_changes(1)[0].change
    yield lambda: ledger.record([TIMES], table(drafts[2]), **WHO, status=Status.DRAFT)
    yield lambda: ledger.accept(ids[2], version=1, **WHO)
    yield lambda: vote.append(ledger.add_event(title="A vote", as_of="2020-01-05", place="Iraq", **WHO))
    yield lambda: ledger.assess("claim", ids[0], "2", **WHO)
    yield lambda: ledger.assess("source", "the-times-of-testing", "B", **WHO)
    yield lambda: ledger.correct_event(vote[0], {"as_of": "2020-01", "place": "Syria"}, version=1, **WHO)
    yield lambda: ledger.rank(ids[2], Rank.PREFERRED, version=2, **WHO)
    yield lambda: ledger.undo(batch, **WHO)
    yield lambda: ledger.correct_event(vote[0], {"status": "retracted"}, version=2, **WHO)
    undone = ledger.recent_changes(2)[1].change
    yield lambda: ledger.undo(undone, **WHO)
    yield lambda: ledger.correct(ids[0], {"place": "SYR", "note": "moved"}, version=3, **WHO)
    yield lambda: ledger.retract(ids[0], version=4, **WHO)
    yield lambda: ledger.retract(ids[1], version=3, **WHO)
    yield lambda: ledger.retract(ids[2], version=3, **WHO)


@pytest.mark.parametrize("read_only", [True, False])
def test_an_instant_is_answered_once_no_writer_can_still_write_before_it(engine_url: str, *, read_only: bool) -> None:
    """A question about an instant after a change began waits for the change, whatever the question may do itself."""
    with Ledger.open(engine_url) as writer, Ledger.open(engine_url, read_only=read_only) as reader:
        with ThreadPoolExecutor(1) as others:
            batch = record.prepare([TIMES], table(draft()), (), Status.ACCEPTED)
            with writer._writing() as connection:
                fresh, _ = record.split(connection, batch)
                record.write(connection, fresh, contributor="Ana", reason="slowly", program="")
                asked = now()
                answer = others.submit(lambda: reader.claims(known_at=asked).to_csv())
                assert wait([answer], timeout=0.5).not_done
            assert draft().claim_id in answer.result(timeout=120)
        assert reader.claims(known_at=asked).to_csv() == answer.result()


@pytest.mark.parametrize("asked", ["tomorrow", "2999-01-01", "12:00"])
def test_only_the_past_can_be_asked(ledger: Ledger, asked: str) -> None:
    """The future, and what is no instant, is refused with a sentence."""
    with pytest.raises(RefusedInput, match=r"ISO 8601|has not come"):
        ledger.claims(known_at=asked)
