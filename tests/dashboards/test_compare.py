"""Comparing series: what may be added, which levels stand, what changed between two states, and the page's parts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.columns import columns
from trooptally.names import Names
from trooptally_dashboards.adding import adding, counted_twice, holds
from trooptally_dashboards.comparing import CompareQuestion, State, difference, kinds, slices, state, steps
from trooptally_dashboards.figures.comparison import comparison_figure, last_sum

NAMES = Names.shipped()
PLAIN = ("military", "unstated")
ASKED = CompareQuestion.from_query({"series": "USA/IRQ,USA/SYR"})


def stood(pair: tuple[str, str], *claims: dict[str, Any]) -> State:
    """Return a series of a few claims."""
    return state(pair, columns(*claims), ASKED)


@pytest.mark.parametrize(
    ("place", "other", "answer"),
    [("IRQ-SYR", "IRQ", "yes"), ("IRQ", "IRQ-SYR", "no"), ("GEO", "ABKHAZIA", "yes"), ("IRQ", "SYR", "no")],
)
def test_a_place_holds_what_lies_in_it(place: str, other: str, answer: str) -> None:
    """A theatre holds its countries and a country its regions, and never the other way round."""
    assert holds(place, other, NAMES) is (answer == "yes")


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (("USA", "IRQ"), ("USA", "SYR"), ""),
        (("USA", "IRQ"), ("GBR", "IRQ"), ""),
        (("USA", "IRQ"), ("USA", "IRQ"), "named twice"),
        (("NATO", "IRQ"), ("USA", "IRQ"), "may include"),
        (("USA", "IRQ-SYR"), ("GBR", "IRQ"), ""),
    ],
)
def test_nobody_is_counted_twice(one: tuple[str, str], other: tuple[str, str], because: str) -> None:
    """Two series may share people only where their places meet and one force may be part of the other."""
    why = counted_twice(one, other, NAMES)
    assert (because in why) if because else why == ""


def test_adding_needs_one_kind() -> None:
    """Levels of different components or bases are never added; the refusal names what to choose from."""
    active = ("active", "all_present")
    both = [(("USA", "IRQ"), frozenset({PLAIN, active})), (("USA", "SYR"), frozenset({PLAIN, active}))]
    assert "choose one component and basis" in adding(both, "", "", NAMES).refusal
    assert adding(both, "active", "", NAMES).kind == active
    apart = [(("USA", "IRQ"), frozenset({PLAIN})), (("USA", "SYR"), frozenset({active}))]
    assert "no component and basis" in adding(apart, "", "", NAMES).refusal


def test_a_theatre_stands_beside_the_sum_of_its_countries() -> None:
    """A theatre is set apart with the reason; its countries are added without it."""
    pairs = [("USA", "IRQ-SYR"), ("USA", "IRQ"), ("USA", "SYR")]
    found = adding([(pair, frozenset({PLAIN})) for pair in pairs], "", "", NAMES)
    assert found.added == (("USA", "IRQ"), ("USA", "SYR"))
    assert "includes Iraq and Syria" in found.apart["USA", "IRQ-SYR"]
    assert found.refusal == ""


def test_one_series_is_not_added() -> None:
    """A sum of one series is refused, also where the other holds it."""
    assert adding([(("USA", "IRQ"), frozenset({PLAIN}))], "", "", NAMES).refusal
    both = [(("USA", "IRQ-SYR"), frozenset({PLAIN})), (("USA", "IRQ"), frozenset({PLAIN}))]
    assert "includes Iraq" in adding(both, "", "", NAMES).refusal


def test_a_level_stands_until_withheld() -> None:
    """A report without a figure ends the level before it; nothing is added from there on."""
    told = steps(stood(("USA", "IRQ"), {"point": 5, "as_of": "2020-01-01"}, {"as_of": "2020-03-01"}), PLAIN)
    other = steps(stood(("USA", "SYR"), {"point": 7, "as_of": "2020-02-01"}), PLAIN)
    (found,) = slices([told, other])
    assert (date.fromordinal(found.first), date.fromordinal(found.last)) == (date(2020, 2, 1), date(2020, 3, 1))
    assert found.levels == (5, 7)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(700_000, 702_000), st.one_of(st.none(), st.integers(0, 9_000)))), max_size=4
    )
)
def test_a_sum_has_a_level_of_every_series(drawn: list[list[tuple[int, int | None]]]) -> None:
    """Wherever levels are added, each series has one that was told before, within a year; stretches never overlap."""
    series = [sorted({day: (day, level, 0) for day, level in own}.values()) for own in drawn]
    found = slices(series)
    for piece in found:
        for own, level in zip(series, piece.levels, strict=True):
            told = [entry for entry in own if entry[0] <= piece.first]
            assert told[-1][1] == level
            assert piece.last - 1 - told[-1][0] <= 366
    assert all(one.last <= other.first for one, other in pairwise(found))


def test_difference_between_two_states() -> None:
    """A claim is new, changed or gone between two states, or not named."""
    pair = ("USA", "IRQ")
    then = stood(pair, {"point": 1, "claim_id": "a"}, {"point": 2, "claim_id": "b"}, {"point": 3, "claim_id": "c"})
    now = stood(
        pair, {"point": 1, "claim_id": "a"}, {"point": 9, "claim_id": "b", "version": 2}, {"point": 4, "claim_id": "d"}
    )
    assert difference(then, now) == {"b": "changed", "c": "gone", "d": "added"}


def test_address_brings_the_question_back() -> None:
    """The question reads from its own address what it wrote there; nonsense is left out."""
    query = {"series": "USA/IRQ,USA/SYR", "mode": "added", "component": "active", "then": "2024-01-01", "from": "2011"}
    question = CompareQuestion.from_query(query)
    assert (
        question.link() == "/compare?series=USA/IRQ,USA/SYR&mode=added&component=active&from=2011-01-01&then=2024-01-01"
    )
    assert CompareQuestion.from_query({"series": "x", "mode": "y", "then": "soon"}).link() == "/compare"


@pytest.mark.parametrize("mode", ["beside", "together", "added"])
def test_chart_is_plain_and_whole(mode: str) -> None:
    """Each mode draws every level once as plain dictionaries; the sum's last day is told."""
    question = CompareQuestion.from_query({"series": "USA/IRQ,USA/SYR", "mode": mode})
    states = [stood(("USA", "IRQ"), {"point": 5}), stood(("USA", "SYR"), {"low": 6, "point": 7, "high": 9})]
    sum_of = adding([(one.pair, kinds(one)) for one in states], "", "", NAMES)
    figure = comparison_figure(states, states[:1], question, sum_of, {one.pair: one.pair[1] for one in states})
    orjson.dumps(figure)
    drawn = [trace for trace in figure["data"] if trace.get("type") == ("bar" if mode == "added" else "scatter")]
    assert len(drawn) >= 2
    assert len([axis for axis in figure["layout"] if axis.startswith("yaxis")]) == (2 if mode == "beside" else 1)
    assert last_sum(states, sum_of) == ("2021-09-20", [5, 7])
