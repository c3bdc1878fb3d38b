"""What the page of a claim tells of the estimate and of its report."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pandas import DataFrame

from support.drafting import TIMES, draft, table
from trooptally.dates import parse_as_of
from trooptally.estimates import estimate, influences
from trooptally.ledger import Ledger
from trooptally.vocabulary import MissingReason, Status
from trooptally_dashboards import influence
from trooptally_dashboards.app import create_app
from trooptally_dashboards.estimating import Estimator
from trooptally_dashboards.ledger_door import LedgerDoor
from trooptally_dashboards.pages import claim as page

Told = tuple[Ledger, dict[str, str]]


def _told(printed: str, locator: str, day: str, **more: Any) -> Any:
    return draft(printed, report=TIMES, locator=locator, as_of=parse_as_of(day), **more)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """A ledger with levels, a figure kept back, a draft and one on a theatre, and each claim's id by its locator."""
    drafts = [
        _told("2,500", "first", "2020-01-10"),
        _told("9,000", "odd", "2020-01-12"),
        _told("2,600", "later", "2020-03-10"),
        _told("*", "withheld", "2020-02-10", figure=None, missing_reason=MissingReason.WITHHELD),
        _told("40,000", "around", "2020-02-10", place="MIDDLE-EAST"),
    ]
    ledger = Ledger.create(f"sqlite:///{tmp_path / 'ledger.db'}", contributor="tests", reason="to estimate")
    ledger.record([TIMES], table(*drafts), contributor="tests", reason="claims to estimate")
    proposed = _told("3,000", "proposed", "2020-02-20")
    ledger.record([TIMES], table(proposed), contributor="tests", reason="one to decide", status=Status.DRAFT)
    frame = ledger.claims(status="all", rank="all")
    return ledger, dict(zip(frame["locator"], frame["claim_id"], strict=True))


def _accepted(ledger: Ledger) -> DataFrame:
    return ledger.claims(force="USA", status=(Status.ACCEPTED,))


def _theatres(ledger: Ledger) -> dict[str, Collection[str]]:
    names = ledger.names()
    return {entry.id: members for entry in names.entries("place") if (members := names.members(entry.id))}


def _words(parts: Any) -> str:
    return str([part.to_plotly_json() for part in parts])


def test_effect_is_that_of_the_estimate(told: Told) -> None:
    """Weight, move of the best and chance of being wrong are those that the estimate itself gives for that day."""
    ledger, ids = told
    found = influence.effect(Estimator(), ledger, ledger.claim(ids["odd"]).columns, "2020-01-12")
    answer = estimate(_accepted(ledger), force="USA", place="IRQ", on="2020-01-12", theatres=_theatres(ledger))
    assert found.influence == influences(answer, on="2020-01-12", claim_id=ids["odd"])[0]
    said = _words(influence.shown(found, ids["odd"]))
    assert "best moves by" in said
    assert "P(wrong)" in said
    assert "12 January 2020" in said


@pytest.mark.parametrize(("locator", "reason"), [("proposed", "not accepted"), ("withheld", "withheld")])
def test_what_has_no_part_in_the_estimate_is_told_why(told: Told, locator: str, reason: str) -> None:
    """A draft and a figure that is kept back have no weight, and the page says that and why."""
    ledger, ids = told
    found = influence.effect(Estimator(), ledger, ledger.claim(ids[locator]).columns, "2020-01-12")
    assert found.influence is None
    assert reason in found.reason


def test_report_is_shown_around_the_claim(told: Told) -> None:
    """What else the same report says of the same force and place stands on the page, each with its quote and link."""
    ledger, ids = told
    beside = _words(influence.report_beside(ledger, ledger.claim(ids["first"])))
    others = {name for name in ids if f"/claims/{ids[name]}" in beside}
    assert others == {"odd", "later", "withheld", "proposed"}


def test_theatres_stand_around_the_estimate(told: Told) -> None:
    """The estimate gets the claims of the theatres that the place lies in, as the command passes them."""
    ledger, _ = told
    asked = partial(estimate, _accepted(ledger), force="USA", place="IRQ", on="2020-02-10")
    expected = asked(theatres=_theatres(ledger))
    assert "IRQ" in _theatres(ledger)["MIDDLE-EAST"]
    assert Estimator().estimate(ledger, "USA", "IRQ", on="2020-02-10").records() == expected.records()
    assert expected.records() != asked().records()


def test_page_tells_the_effect_and_what_is_missing(told: Told) -> None:
    """The page of a claim asks for its effect by its id, and a claim that is gone is said in words."""
    ledger, ids = told
    door = LedgerDoor(str(ledger._url))
    create_app(door.url)
    assert "Weight" in _words(page.effect(door, Estimator(), ids["first"]))
    assert "claim" in _words(page.effect(door, Estimator(), "gone"))
