"""Events: added once, corrected by versions, asked by force, place and instant, on each engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from support.populated import WHO
from trooptally.errors import BadDate, Conflict, EventMissing, RefusedInput, UnknownName
from trooptally.ledger import Ledger

VOTE = {"title": "Parliament asks foreign troops to leave", "as_of": "2020-01-05", "place": "Iraq"}


def test_an_event_is_added_once_and_found_by_force_and_place(ledger: Ledger) -> None:
    """The same event again adds nothing; one of any force is among those of each force, one of Iraq not Syria's."""
    first = ledger.add_event(**VOTE, url="https://times.example/vote", **WHO)
    assert ledger.add_event(**VOTE, url="https://times.example/vote", note="again", **WHO) == first
    treaty = ledger.add_event(title="A treaty", as_of="2008-11", force="American", **WHO)
    assert [event.event_id for event in ledger.events()] == [treaty, first]
    assert [event.event_id for event in ledger.events(place="IRQ")] == [treaty, first]
    assert [event.event_id for event in ledger.events(force="USA", place="SYR")] == [treaty]
    (vote,) = ledger.events(force="GBR", place="Iraq")
    assert (vote.force, vote.place, vote.as_of_latest, vote.version) == ("", "IRQ", "2020-01-05", 1)


def test_a_corrected_event_keeps_what_was_known(ledger: Ledger) -> None:
    """A correction and a withdrawal are versions; earlier answers stay the same."""
    event = ledger.add_event(**VOTE, **WHO)
    before = datetime.now(UTC).isoformat()
    ledger.correct_event(event, {"note": "not binding", "as_of": "2020-01"}, version=1, **WHO)
    corrected = datetime.now(UTC).isoformat()
    ledger.correct_event(event, {"status": "retracted"}, version=2, **WHO)
    assert ledger.events() == []
    assert [(e.version, e.note) for e in ledger.events(known_at=before)] == [(1, "")]
    assert [(e.version, e.as_of) for e in ledger.events(known_at=corrected)] == [(2, "2020-01")]
    assert ledger.verify().findings == ()


def test_the_second_of_two_editors_of_an_event_is_told(ledger: Ledger) -> None:
    """A correction of an old version is refused and leaves the newer one."""
    event = ledger.add_event(**VOTE, **WHO)
    ledger.correct_event(event, {"note": "first"}, version=1, **WHO)
    with pytest.raises(Conflict, match=r"Event .* at version 2"):
        ledger.correct_event(event, {"note": "second"}, version=1, **WHO)
    with pytest.raises(EventMissing):
        ledger.correct_event("0" * 32, {"note": "x"}, version=1, **WHO)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": " "}, RefusedInput),
        ({"title": "a\x00b"}, RefusedInput),
        ({"as_of": "soon"}, BadDate),
        ({"place": "Irak!"}, UnknownName),
        ({"source": "nobody"}, RefusedInput),
    ],
)
def test_a_bad_event_is_refused_in_one_sentence(
    ledger: Ledger, changes: dict[str, Any], error: type[Exception]
) -> None:
    """No title, no date, no such place or source: nothing is written."""
    with pytest.raises(error):
        ledger.add_event(**{**VOTE, **changes}, **WHO)
    event = ledger.add_event(**VOTE, **WHO)
    with pytest.raises(error):
        ledger.correct_event(event, changes, version=1, **WHO)
    with pytest.raises(RefusedInput, match="already is"):
        ledger.correct_event(event, {"note": ""}, version=1, **WHO)
    assert [e.version for e in ledger.events()] == [1]
