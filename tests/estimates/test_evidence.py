"""Every point names its claims: weights, chances of being wrong, echoes, and what happens without one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from trooptally.errors import ClaimMissing, RefusedInput
from trooptally.estimates import Remembered, estimate, estimate_all, influences

Written = Callable[..., pd.DataFrame]


@pytest.fixture
def disputed(written: Written) -> pd.DataFrame:
    """Three sources that agree, one that does not, and an echo."""
    return written(
        {"n": 2000, "on": "2017-10-01", "origin": "a"},
        {"n": 2050, "on": "2017-10-20", "origin": "b"},
        {"n": 1950, "on": "2017-11-10", "origin": "c"},
        {"n": 200, "on": "2017-10-28", "origin": "d"},
        {"n": 1950, "on": "2017-11-10", "origin": "c", "source": "copy", "published_on": "2017-11-12"},
    )


def test_a_point_lists_its_claims_by_weight(disputed: pd.DataFrame) -> None:
    """Weights of one point sum to 1, heaviest first; the echo is named with whose echo it is and weighs nothing."""
    answer = estimate(disputed, force="USA", place="IRQ", on="2017-11-15")
    entries = answer.evidence[0]
    heard = [entry for entry in entries if "echo_of" not in entry]
    assert sum(entry["weight"] for entry in heard) == pytest.approx(1, abs=0.01)
    assert [entry["weight"] for entry in heard] == sorted((entry["weight"] for entry in heard), reverse=True)
    (echo,) = [entry for entry in entries if "echo_of" in entry]
    assert (echo["claim_id"], echo["echo_of"], echo["weight"]) == (f"{4:032x}", f"{2:032x}", 0.0)
    assert answer.frame[["origins", "claims"]].iloc[0].tolist() == [4, 5]


def test_the_odd_one_out_is_probably_wrong(disputed: pd.DataFrame) -> None:
    """The figure that contradicts three others has by far the largest chance of being wrong."""
    entries = estimate(disputed, force="USA", place="IRQ", on="2017-11-15").evidence[0]
    wrong = {entry["claim_id"]: entry["p_wrong"] for entry in entries if "p_wrong" in entry}
    assert wrong[f"{3:032x}"] > 0.5
    assert max(chance for claim_id, chance in wrong.items() if claim_id != f"{3:032x}") < 0.2


def test_records_are_plain_json(disputed: pd.DataFrame) -> None:
    """The records go through JSON and come back unchanged, dates as text."""
    records = estimate(disputed, force="USA", place="IRQ", start="2017-10", end="2017-12").records()
    assert json.loads(json.dumps(records)) == records
    assert records[0]["date"] == "2017-10-31"
    last = estimate(disputed, force="USA", place="IRQ", on="2017-12-01", method="last_report").records()[0]
    assert last["level"] is None


def test_without_one_origin_the_best_estimate_moves(disputed: pd.DataFrame) -> None:
    """Taking the dissenter out raises the best estimate and narrows the band."""
    answer = estimate(disputed, force="USA", place="IRQ", on="2017-11-15")
    (moved,) = influences(answer, on="2017-11-15", claim_id=f"{3:032x}")
    assert moved.best_moves is not None
    assert moved.best_moves >= 0
    assert moved.band_ratio is not None
    assert moved.band_ratio < 1
    assert json.loads(json.dumps(moved.plain()))["claim_id"] == f"{3:032x}"


def test_an_echo_is_taken_out_with_its_origin(disputed: pd.DataFrame) -> None:
    """Asking for an echo's influence gives its origin's."""
    answer = estimate(disputed, force="USA", place="IRQ", on="2017-11-15")
    (moved,) = influences(answer, on="2017-11-15", claim_id=f"{4:032x}")
    assert (moved.claim_id, moved.echoes) == (f"{2:032x}", (f"{4:032x}",))


@pytest.mark.parametrize("number", range(4))
def test_an_influence_is_the_difference_to_an_answer_without(disputed: pd.DataFrame, number: int) -> None:
    """The people by which the best estimate moves are those between two answers: with the origin, and without."""
    asked: dict[str, Any] = {"force": "USA", "place": "IRQ", "on": "2017-11-15"}
    answer = estimate(disputed, **asked)
    (moved,) = influences(answer, on="2017-11-15", claim_id=f"{number:032x}")
    gone = {moved.claim_id, *moved.echoes}
    without = estimate(disputed[~disputed["claim_id"].isin(gone)], **asked)
    assert moved.best_moves == without.frame["best"].iloc[0] - answer.frame["best"].iloc[0]


def test_the_heaviest_are_taken_out_unless_one_is_named(disputed: pd.DataFrame) -> None:
    """Without a claim's id the heaviest origins are tried, and the largest move comes first."""
    moves = influences(estimate(disputed, force="USA", place="IRQ", on="2017-11-15"), on="2017-11-15", most=3)
    sizes = [abs(each.best_moves or 0) for each in moves]
    assert len(moves) == 3
    assert sizes == sorted(sizes, reverse=True)


def test_without_its_only_level_nothing_is_left(written: Written) -> None:
    """The influence of the only claim has no number."""
    answer = estimate(written({"n": 900, "on": "2020-01-01"}), force="USA", place="IRQ", on="2020-01-01")
    (moved,) = influences(answer, on="2020-01-01")
    assert (moved.best_moves, moved.band_ratio) == (None, None)


def test_influence_of_what_is_not_there_is_refused(disputed: pd.DataFrame) -> None:
    """A claim that was not used, or an empty answer, gives one of our errors."""
    with pytest.raises(ClaimMissing):
        influences(estimate(disputed, force="USA", place="IRQ"), on="2017-11-15", claim_id="nobody")
    with pytest.raises(RefusedInput, match="no accepted claim"):
        influences(estimate(disputed, force="FRA", place="MLI"), on="2017-11-15")


def test_a_source_that_counts_high_is_noticed(written: Written) -> None:
    """A source that says a quarter more than four others, again and again, gets an offset above 1."""
    rows = [
        {"n": 5000 if desk != "high" else 6200, "on": f"20{year}-{month:02d}-10", "origin": desk}
        for year in (15, 16, 17)
        for month, desk in ((1, "a"), (3, "high"), (5, "b"), (7, "c"), (9, "high"), (11, "d"))
    ]
    answer = estimate(written(*rows), force="USA", place="IRQ")
    assert answer.bands is not None
    offsets = {origin.claim.origin: ratio for origin, ratio in zip(answer.origins, answer.bands.offsets, strict=True)}
    assert offsets["high"] > 1.05
    assert offsets["a"] < 1.02


def test_an_old_figure_printed_again_does_not_undo_a_withdrawal(written: Written) -> None:
    """A story that still prints last year's number after all others have the new one is taken for stale."""
    old = [{"n": 10000 + 10 * n, "on": f"2020-{n:02d}-05", "origin": f"o{n}"} for n in range(1, 9)]
    new = [{"n": 4000 + 10 * n, "on": f"2020-{n:02d}-05", "origin": f"n{n}"} for n in range(10, 13)]
    stale = {"n": 10000, "on": "2020-11-25", "origin": "late"}
    asked: dict[str, Any] = {"force": "USA", "place": "IRQ", "on": "2020-12-05"}
    with_stale, without = (estimate(written(*rows), **asked) for rows in ([*old, *new, stale], [*old, *new]))
    assert abs(with_stale.frame["best"].iloc[0] / without.frame["best"].iloc[0] - 1) < 0.1


def test_a_remembered_answer_is_the_same_until_a_claim_changes(disputed: pd.DataFrame) -> None:
    """The same content gives the same object whatever its order; another figure, status or question does not."""
    memory = Remembered(most=2)
    question = {"force": "USA", "place": "IRQ", "on": "2017-11-15"}
    first = memory.estimate(disputed, **question)
    assert memory.estimate(disputed.sample(frac=1, random_state=1), **question) is first
    assert memory.estimate(disputed.assign(rank="deprecated"), **question) is not first
    assert memory.estimate(disputed, **question, method="student") is not first
    assert memory.estimate(disputed, **question) is not first


@pytest.mark.parametrize("workers", [1, 2])
def test_all_series_are_answered_in_order(written: Written, workers: int) -> None:
    """Every force, place, component and basis is answered once, in the order of the names, with progress."""
    claims = written(
        {"n": 900, "on": "2020-01-01", "place": "SYR"},
        {"n": 900, "on": "2020-01-01", "place": "IRQ"},
        {"n": 40, "on": "2020-01-01", "place": "IRQ", "component": "contractor"},
        {"n": 30, "on": "2020-01-01", "place": "IRQ", "basis": "permanently_assigned"},
        {"n": 900, "on": "2020-01-01", "place": "MLI", "force": "FRA"},
        {"n": 900, "on": "2020-01-01", "place": "TCD", "force": "FRA", "status": "draft"},
    )
    steps: list[tuple[int, int]] = []
    found = dict(estimate_all(claims, workers=workers, progress=lambda done, of: steps.append((done, of))))
    assert [(key.place, key.basis) for key in found] == [
        ("MLI", None),
        ("IRQ", None),
        ("IRQ", None),
        ("IRQ", "permanently_assigned"),
        ("SYR", None),
    ]
    assert steps == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    alone = estimate(claims, force="USA", place="IRQ", component="contractor")
    assert next(each for key, each in found.items() if key.component == "contractor").records() == alone.records()


def test_theatres_bound_their_places_among_all_series(written: Written) -> None:
    """Asked for everything, a place is bounded by its theatre as it is when asked for alone."""
    claims = written(
        {"n": 9000, "on": "2017-09-30", "origin": "dmdc"},
        {"n": 7200, "on": "2019-12-06", "place": "IRQ-SYR", "origin": "pentagon"},
    )
    asked: dict[str, Any] = {"theatres": {"IRQ-SYR": ("IRQ", "SYR")}, "start": "2017-09", "end": "2020-01"}
    found = {key.place: answer for key, answer in estimate_all(claims, workers=1, **asked)}
    assert found["IRQ"].records() == estimate(claims, force="USA", place="IRQ", **asked).records()
