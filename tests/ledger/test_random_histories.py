"""Random histories against a plain model: whatever people do, the ledger says what a list in memory says."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from support.drafting import TIMES, draft, table
from trooptally.errors import Conflict, LedgerError, RefusedInput
from trooptally.ledger import Ledger
from trooptally.vocabulary import Rank, Status

WHO: dict[str, Any] = {"contributor": "Ana", "reason": "a history"}
SHOWN = ("claim_id", "version", "status", "rank", "place", "note")

RUNS = int(os.environ.get("TROOPTALLY_HISTORIES", "20"))
"""How many histories; a drill runs 300."""

NUMBERS = st.integers(0, 7)
PLACES = st.sampled_from(["IRQ", "SYR", "AFG"])


class Histories(RuleBasedStateMachine):
    """A ledger, and beside it a dictionary of lists of versions."""

    fresh: Callable[[], str]

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.versions: dict[str, list[dict[str, Any]]] = {}
        self.touched: dict[int, list[tuple[str, int]]] = {}
        self.grades: dict[str, str] = {}
        self.events: dict[str, list[dict[str, str]]] = {}
        self.known: list[tuple[str, tuple[Any, ...]]] = []
        self.ledger: Ledger | None = None

    @initialize()
    def open(self) -> None:
        """Open an empty ledger."""
        self.ledger = Ledger.open(type(self).fresh())

    def teardown(self) -> None:
        """Verify what came of it, and let go."""
        if self.ledger is not None:
            assert self.ledger.verify(self.ledger.anchor()).findings == ()
            for at, said in self.known:
                assert self.said(at) == said
            for claim_id, grade in self.grades.items():
                assert self.ledger.claim(claim_id).grades["claim"] == grade
            self.ledger.close()

    def said(self, known_at: str | None = None) -> tuple[Any, ...]:
        """Return what the ledger says to every question of the past, now or as it was known."""
        assert self.ledger is not None
        events = [(e.event_id, e.version, e.title, e.note) for e in self.ledger.events(known_at=known_at)]
        series = repr([self.ledger.series("USA", place, known_at=known_at) for place in ("IRQ", "SYR", "AFG")])
        counts = self.ledger.facets("place", known_at=known_at)
        return self.state(known_at), self.levels(known_at), counts, series, events

    def state(self, known_at: str | None = None) -> list[tuple[Any, ...]]:
        """Return what the ledger says, now or as it was known."""
        assert self.ledger is not None
        frame = self.ledger.claims(rank="all", status="all", known_at=known_at)
        return sorted(frame[list(SHOWN)].itertuples(index=False, name=None))

    def levels(self, known_at: str | None = None) -> list[str]:
        """Return each series' newest level with its counts."""
        assert self.ledger is not None
        return [f"{h.place} {h.claims} {h.origins}" for h in self.ledger.heads(known_at=known_at)]

    def modelled(self) -> list[tuple[Any, ...]]:
        """Return what the model says."""
        return sorted(tuple(several[-1][name] for name in SHOWN) for several in self.versions.values())

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4), place=PLACES, accepted=st.booleans())
    def record(self, numbers: list[int], place: str, accepted: bool) -> None:  # noqa: FBT001 - hypothesis passes by name
        """Record a batch, some of which may be known."""
        assert self.ledger is not None
        status = Status.ACCEPTED if accepted else Status.DRAFT
        drafts = [draft(f"{number + 1},000", place=place, locator=f"row {number}") for number in numbers]
        done = self.ledger.record([TIMES], table(*drafts), **WHO, status=status)
        new = {d.claim_id: d for d in drafts if d.claim_id not in self.versions}
        assert done.recorded + done.drafts == len(new)
        assert (done.change is None) == (not new)
        for claim_id in new:
            row = {"claim_id": claim_id, "version": 1, "status": status.value, "rank": "normal", "place": place}
            self.versions[claim_id] = [{**row, "note": ""}]
        if done.change is not None:
            self.touched[done.change] = [(claim_id, 1) for claim_id in new]

    def pick(self, number: int) -> tuple[str, dict[str, Any]]:
        """Return one claim of the model with its newest version."""
        claim_id = sorted(self.versions)[number % len(self.versions)]
        return claim_id, self.versions[claim_id][-1]

    def revise(self, act: Callable[..., int], number: int, stale: int, changes: dict[str, str], *given: Any) -> None:
        """Do one act on the version a person saw, which may be an old one."""
        claim_id, now = self.pick(number)
        seen = max(1, now["version"] - stale)
        call: Callable[[], int] = lambda: act(claim_id, *given, version=seen, **WHO)  # noqa: E731 - used three times
        if seen != now["version"]:
            with pytest.raises(Conflict):
                call()
        elif all(now[name] == wanted for name, wanted in changes.items()):
            with pytest.raises(RefusedInput):
                call()
        else:
            self.follow(call(), claim_id, {**now, **changes})

    def follow(self, change: int, claim_id: str, row: dict[str, Any]) -> None:
        """Write a next version into the model."""
        following = {**row, "version": len(self.versions[claim_id]) + 1}
        self.versions[claim_id].append(following)
        self.touched.setdefault(change, []).append((claim_id, following["version"]))

    @precondition(lambda self: self.versions)
    @rule(number=NUMBERS, stale=st.integers(0, 1), note=st.sampled_from(["", "a", "b"]), place=PLACES)
    def correct(self, number: int, stale: int, note: str, place: str) -> None:
        """Correct a claim."""
        assert self.ledger is not None
        changes = {"note": note, "place": place}
        self.revise(self.ledger.correct, number, stale, changes, changes)

    @precondition(lambda self: self.versions)
    @rule(number=NUMBERS, stale=st.integers(0, 1), act=st.sampled_from(["accept", "reject", "retract"]))
    def decide(self, number: int, stale: int, act: str) -> None:
        """Move a claim to another status."""
        status = {"accept": "accepted", "reject": "rejected", "retract": "retracted"}[act]
        self.revise(getattr(self.ledger, act), number, stale, {"status": status})

    @precondition(lambda self: self.versions)
    @rule(number=NUMBERS, rank=st.sampled_from(Rank))
    def rank(self, number: int, rank: Rank) -> None:
        """Rank a claim."""
        assert self.ledger is not None
        self.revise(self.ledger.rank, number, 0, {"rank": rank.value}, rank)

    @precondition(lambda self: self.touched)
    @rule(number=st.integers(0, 50))
    def undo(self, number: int) -> None:
        """Take a whole change back; refused if any claim of it has moved on."""
        assert self.ledger is not None
        change = sorted(self.touched)[number % len(self.touched)]
        touched = self.touched[change]
        moved_on = any(len(self.versions[claim_id]) != version for claim_id, version in touched)
        before = {claim_id: self.versions[claim_id][version - 2] for claim_id, version in touched if version > 1}
        retracted = {c: {**self.versions[c][0], "status": "retracted"} for c, version in touched if version == 1}
        following = before | retracted
        idle = not moved_on and any(
            all(row[n] == self.versions[c][-1][n] for n in SHOWN if n != "version") for c, row in retracted.items()
        )
        if moved_on or idle:
            with pytest.raises(LedgerError if moved_on else RefusedInput):
                self.ledger.undo(change, **WHO)
            return
        undone = self.ledger.undo(change, **WHO)
        for claim_id in following:
            self.follow(undone, claim_id, following[claim_id])

    @precondition(lambda self: self.versions)
    @rule(number=NUMBERS, grade=st.sampled_from(["1", "2", "6"]))
    def assess(self, number: int, grade: str) -> None:
        """Grade a claim; the newest grade counts."""
        assert self.ledger is not None
        claim_id, _ = self.pick(number)
        self.ledger.assess("claim", claim_id, grade, **WHO)
        self.grades[claim_id] = grade

    @rule(number=st.integers(0, 2))
    def add_event(self, number: int) -> None:
        """Add an event, which adds nothing if it is there."""
        assert self.ledger is not None
        event_id = self.ledger.add_event(title=f"Vote {number}", as_of="2020-01-05", **WHO)
        self.events.setdefault(event_id, [{"note": "", "status": "accepted"}])

    @precondition(lambda self: self.events)
    @rule(number=NUMBERS, stale=st.integers(0, 1), note=st.sampled_from(["", "a", "b"]), accepted=st.booleans())
    def correct_event(self, number: int, stale: int, note: str, accepted: bool) -> None:  # noqa: FBT001 - as above
        """Correct or withdraw an event, onto the version that was seen."""
        assert self.ledger is not None
        event_id = sorted(self.events)[number % len(self.events)]
        versions = self.events[event_id]
        changes = {"note": note, "status": "accepted" if accepted else "retracted"}
        seen = max(1, len(versions) - stale)
        call: Callable[[], int] = lambda: self.ledger.correct_event(event_id, changes, version=seen, **WHO)  # type: ignore[union-attr]  # noqa: E731 - used three times; asserted above
        if seen != len(versions):
            with pytest.raises(Conflict):
                call()
        elif versions[-1] == changes:
            with pytest.raises(RefusedInput):
                call()
        else:
            call()
            versions.append(changes)

    @rule()
    def remember(self) -> None:
        """Note what is known now; it must be the same at the end."""
        assert self.ledger is not None
        at = self.ledger.recent_changes(1)[0].at
        self.known.append((at, self.said()))

    @invariant()
    def agrees(self) -> None:
        """The ledger and the model say the same at every moment."""
        if self.ledger is None:
            return
        with self.ledger._reading() as connection:  # a table of every step would take most of the time
            asked = f"SELECT {', '.join(SHOWN)} FROM claim WHERE superseded_at IS NULL"  # noqa: S608 - own names
            assert sorted(map(tuple, connection.exec_driver_sql(asked))) == self.modelled()
        standing = [(e.event_id, e.version, e.note) for e in self.ledger.events()]
        modelled = [(key, len(v), v[-1]["note"]) for key, v in self.events.items() if v[-1]["status"] == "accepted"]
        assert sorted(standing) == sorted(modelled)


def histories(fresh: Callable[[], str], runs: int, steps: int) -> None:
    """Run random histories on ledgers made by a function."""
    machine = type("Histories", (Histories,), {"fresh": staticmethod(fresh)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_histories_agree_with_a_plain_model(sqlite_template: Path) -> None:
    """Recording, deciding, correcting, ranking and undoing agree with a list; what was known never changes."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - nothing here must outlive the test
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        histories(lambda: f"sqlite:///{shutil.copy(sqlite_template, f'{folder}/ledger.db')}", RUNS, 30)


def test_random_histories_agree_on_postgresql(request: pytest.FixtureRequest) -> None:
    """The same on a server."""
    server, numbers = request.getfixturevalue("cluster"), iter(range(1000))
    histories(lambda: str(server.database(f"history_{next(numbers)}")), 3, 15)
