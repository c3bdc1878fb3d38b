"""The compact answer to a question on a series."""

from __future__ import annotations

from typing import Any

import orjson

from support.columns import columns
from trooptally_dashboards.answers import answer
from trooptally_dashboards.questions import SeriesQuestion

IRAQ = SeriesQuestion(force="USA", place="IRQ")


def test_claims_travel_once_as_columns() -> None:
    """A column that differs is a list, one that says the same of every claim is that one value."""
    claims = answer(columns({"point": 1}, {"point": 2}), IRAQ, {})["claims"]
    assert claims["point"] == [1, 2]
    assert claims["claim_id"] == ["claim0", "claim1"]
    assert (claims["measure"], claims["low"]) == ("present", None)


def test_rows_are_the_claims_let_through() -> None:
    """Every claim that the question lets through is a row, also one without any date; no other is."""
    undated = {"point": 3, "as_of": None, "as_of_earliest": None, "as_of_latest": None, "published_on": None}
    claims = columns({"point": 1, "as_of": "2011-01-01"}, {"point": 2}, undated, {"point": 4, "status": "rejected"})
    assert answer(claims, IRAQ, {})["rows"] == [[0], [1], [2]]


def test_sources_are_named() -> None:
    """The answer names every source of its claims; one that has no name goes by its id."""
    told = answer(columns({"point": 1}), IRAQ, {"pentagon": "The Pentagon"})
    assert told["sources"] == {"pentagon": "The Pentagon", "paper": "paper"}


def test_legend_counts_the_claims_of_each_source() -> None:
    """The legend has each source once, with its mark and the number of its claims."""
    claims = columns({"point": 1}, {"point": 2}, {"point": 3, "origin_id": "times"})
    legend = answer(claims, IRAQ, {})["legend"]
    assert [(entry["name"], entry["claims"]) for entry in legend] == [("pentagon", 2), ("times", 1)]


def test_chart_and_legend_agree_on_colours() -> None:
    """A source has one colour in chart and legend, also where another source's claims have no date to be drawn at."""
    undated: dict[str, Any] = {"as_of": None, "as_of_earliest": None, "as_of_latest": None, "published_on": None}
    told = answer(columns({"point": 1, "origin_id": "a", **undated}, {"point": 2, "origin_id": "b"}), IRAQ, {})
    colours = {entry["name"]: entry["colour"] for entry in told["legend"]}
    assert [trace["marker"]["color"] for trace in told["figure"]["data"] if "customdata" in trace] == [colours["b"]]


def test_answer_encodes_as_it_is() -> None:
    """The answer is plain lists and dictionaries."""
    orjson.dumps(answer(columns({"point": 1}, {}), IRAQ, {}))
