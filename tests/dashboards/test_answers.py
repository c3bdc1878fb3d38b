"""Answers that are drawn once for the same rows, and the tables beside the charts."""

from __future__ import annotations

from support.columns import columns
from trooptally_dashboards.answers import Answers
from trooptally_dashboards.questions import SeriesQuestion
from trooptally_dashboards.tables import claims_table, legend

IRAQ = SeriesQuestion(force="USA", place="IRQ")


def test_same_rows_are_drawn_once() -> None:
    """Equal rows read anew give the very answer drawn before."""
    answers = Answers()
    first = answers.answer(columns({"point": 1}), IRAQ, {})
    assert answers.answer(columns({"point": 1}), IRAQ, {}) is first


def test_any_change_is_drawn_anew() -> None:
    """Another row, another version of a row, another name or another question is another answer."""
    answers = Answers()
    first = answers.answer(columns({"point": 1}), IRAQ, {})
    assert answers.answer(columns({"point": 1}, {"point": 2}), IRAQ, {}) is not first
    assert answers.answer(columns({"point": 1, "version": 2}), IRAQ, {}).sentence == first.sentence
    renamed = answers.answer(columns({"point": 1, "version": 2}), IRAQ, {"pentagon": "The Pentagon"})
    assert renamed.legend[0]["name"] == "The Pentagon"
    other = SeriesQuestion(force="USA", place="IRQ", scale="log")
    assert answers.answer(columns({"point": 1}), other, {}).figure["layout"]["yaxis"]["type"] == "log"


def test_few_answers_are_remembered() -> None:
    """However many questions are asked, the memory stays small."""
    answers = Answers()
    for n in range(200):
        answers.answer(columns({"point": 1}), SeriesQuestion(force="USA", place=f"P{n}"), {})
    assert len(answers._drawn) == 64


def test_table_has_every_shown_claim_latest_first() -> None:
    """The table lists all claims that the question lets through, also those without any date."""
    undated = {"point": 3, "as_of": None, "as_of_earliest": None, "as_of_latest": None, "published_on": None}
    claims = columns({"point": 1, "as_of": "2011-01-01"}, {"point": 2}, undated, {"point": 4, "status": "rejected"})
    rows = claims_table(claims, IRAQ, {})["rows"]
    assert [row[0] for row in rows] == ["20 September 2021", "1 January 2011", "no date given"]


def test_zero_withheld_and_unreported_are_told_apart() -> None:
    """Zero, withheld and not reported have classes and words of their own."""
    zero = {"low": 0, "point": 0, "high": 0, "hedge": "exact"}
    claims = columns(zero, {"missing_reason": "withheld"}, {"missing_reason": "not_stated"}, {"point": 7})
    cells = [row[1] for row in claims_table(claims, IRAQ, {})["rows"]]
    assert {(cell["class"], cell["text"]) for cell in cells} == {
        ("zero", "0 (none)"),
        ("withheld", "Withheld"),
        ("unreported", "Not reported"),
        ("number", "About 7"),
    }


def test_legend_counts_the_claims_of_each_source() -> None:
    """The legend has each source once, with its mark and the number of its claims."""
    claims = columns({"point": 1}, {"point": 2}, {"point": 3, "origin_id": "times"})
    assert [(entry["name"], entry["claims"]) for entry in legend(claims, IRAQ, {})] == [("pentagon", 2), ("times", 1)]
