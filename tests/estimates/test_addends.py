"""Components: active and reserve of one report make the military; nothing else is ever added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from trooptally.estimates import Estimates, estimate, estimate_all, influences

Written = Callable[..., pd.DataFrame]

ACTIVE: dict[str, Any] = {"n": 38591, "on": "2010-09-30", "component": "active", "origin": "dmdc", "report_id": "r1"}
RESERVE = {**ACTIVE, "n": 9364, "component": "reserve"}


def asked(claims: pd.DataFrame, **question: Any) -> Estimates:
    """Return an estimate for the force and place that the tests write about."""
    return estimate(claims, force="USA", place="IRQ", on="2010-09-30", **question)


def test_active_and_reserve_of_one_report_are_the_military(written: Written) -> None:
    """38,591 active and 9,364 reserve, side by side in one report, are one count of 47,955."""
    summed = asked(written(ACTIVE, RESERVE))
    whole = asked(written({**ACTIVE, "n": 47955, "component": "military"}))
    columns = ["date", "low", "best", "high", "level", "origins"]
    pd.testing.assert_frame_equal(summed.frame[columns], whole.frame[columns])
    assert summed.frame["claims"].tolist() == [2]
    assert any("sum" in note for note in summed.notes)


def test_a_sum_names_both_claims_in_its_evidence(written: Written) -> None:
    """The first addend carries the weight, the second says to which it was added; both can be taken out."""
    answer = asked(written(ACTIVE, RESERVE))
    first, second = answer.evidence[0]
    assert (first["claim_id"], first["weight"]) == (f"{0:032x}", 1.0)
    assert (second["claim_id"], second["weight"], second["added_to"]) == (f"{1:032x}", 0.0, f"{0:032x}")
    (moved,) = influences(answer, on="2010-09-30", claim_id=f"{1:032x}")
    assert moved.claim_id == f"{0:032x}"


@pytest.mark.parametrize(
    "other",
    [
        {"report_id": "r2"},
        {"origin": "another"},
        {"as_of_latest": "2010-12-31"},
        {"published_on": "2011-01-01"},
        {"basis": "permanently_assigned"},
        {"place": "KWT"},
        {"part": "ARMY"},
        {"status": "draft"},
        {"rank": "deprecated"},
        {"missing_reason": "withheld", "n": None},
        {"measure": "planned"},
        {"component": "civilian"},
        {"component": "contractor"},
        {"hedge": "up_to"},
    ],
)
def test_what_does_not_belong_together_is_not_added(written: Written, other: dict[str, Any]) -> None:
    """Another report, source, day, basis, place, branch, status or kind of people makes no sum, but a reason."""
    answer = asked(written(ACTIVE, {**RESERVE, **other}))
    assert answer.frame.empty
    assert "active (1)" in answer.reason


def test_two_counts_of_one_component_make_no_sum(written: Written) -> None:
    """A report that counts its reserve twice does not say which count to add."""
    assert asked(written(ACTIVE, RESERVE, {**RESERVE, "n": 9000})).frame.empty


def test_a_report_that_gives_the_whole_is_not_summed_again(written: Written) -> None:
    """The whole as printed stands, and the components beside it change nothing."""
    whole = {**ACTIVE, "n": 48000, "component": "military"}
    with_parts = asked(written(whole, ACTIVE, RESERVE))
    assert with_parts.records() == asked(written(whole)).records()


def test_branches_alone_are_named_and_not_added(written: Written) -> None:
    """Rows of the army and the navy are no whole; the reason says that they are there."""
    rows = [{**ACTIVE, "component": "military", "part": branch} for branch in ("ARMY", "NAVY")]
    answer = asked(written(*rows))
    assert answer.frame.empty
    assert "parts (2)" in answer.reason


@pytest.mark.parametrize("workers", [1, 2])
def test_sums_are_a_series_of_their_own(written: Written, workers: int) -> None:
    """Among all series the military stands beside its addends, with the same answer as when asked for alone."""
    claims = written(ACTIVE, RESERVE)
    found = dict(estimate_all(claims, workers=workers))
    assert [key.component for key in found] == ["active", "military", "reserve"]
    alone = estimate(claims, force="USA", place="IRQ")
    assert next(each for key, each in found.items() if key.component == "military").records() == alone.records()
