"""The words, sentences and addresses of the pages."""

from __future__ import annotations

from typing import Any

import pytest

from support.columns import columns
from trooptally.ledger import SeriesColumns
from trooptally_dashboards import words
from trooptally_dashboards.components.links import external, is_web_address
from trooptally_dashboards.figures.points import select
from trooptally_dashboards.questions import SeriesQuestion
from trooptally_dashboards.sentences import series_sentence

IRAQ = SeriesQuestion(force="USA", place="IRQ")


def said(claims: SeriesColumns, question: SeriesQuestion) -> str:
    """Return the sentence on the claims that the question lets through."""
    return series_sentence(select(claims, question))


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2021-09-20", "20 September 2021"),
        ("2021-09", "September 2021"),
        ("2006~", "about 2006"),
        ("2006?", "2006 (uncertain)"),
        ("2021-01-01/2021-06-30", "1 January 2021 to 30 June 2021"),
        ("2021/..", "from 2021"),
        ("../2021", "until 2021"),
        ("201X", "201X"),
        (None, "no date given"),
    ],
)
def test_as_of_in_words(edtf: str | None, said: str) -> None:
    """An as-of date is said as a person would say it; what is not understood stands as it is."""
    assert words.as_of(edtf) == said


@pytest.mark.parametrize(
    ("low", "point", "high", "hedge", "said"),
    [
        (2500, 2500, 2500, "exact", "2,500"),
        (None, 2500, None, "approximate", "about 2,500"),
        (5000, None, None, "more_than", "more than 5,000"),
        (5000, None, None, "at_least", "at least 5,000"),
        (None, None, 300, "up_to", "up to 300"),
        (None, None, 300, "fewer_than", "fewer than 300"),
        (2000, None, 2500, "range", "2,000\N{EN DASH}2,500"),
        (24, None, None, "vague", "24 or more"),
        (0, 0, 0, "exact", "0 (none)"),
        (None, None, None, None, "no figure"),
    ],
)
def test_figure_in_words(low: int | None, point: int | None, high: int | None, hedge: str | None, said: str) -> None:
    """A figure never travels without its hedge."""
    assert words.figure(low, point, high, hedge) == said


def test_sentence_counts_origins_not_reports() -> None:
    """Three reports of one origin and one of another are two independent origins."""
    claim = {"point": 2500}
    other = {"point": 2500, "origin_id": "times", "as_of": "2021-08-30"}
    assert said(columns(claim, claim, claim, other), IRAQ) == (
        "About 2,500, by 2 independent origins, last reported 20 September 2021."
    )


def test_sentence_names_what_others_say() -> None:
    """Origins that cannot mean the same number are named with what they say."""
    claims = columns(
        {"point": 2000, "as_of": "2017-12-06"},
        {"point": 500, "as_of": "2017-11-27", "origin_id": "spokesman"},
        {"point": 4000, "as_of": "2017-10-31", "origin_id": "general"},
        {"point": 9000, "as_of": "2011-10-31", "origin_id": "long ago"},
    )
    assert "2 other origins say about 500 and about 4,000." in said(claims, IRAQ)


def test_sentence_leaves_movements_out_of_the_level() -> None:
    """A later rotation changes nothing in the level that the sentence names."""
    rotation = {"point": 2000, "measure": "rotating", "as_of": "2021-10-01"}
    sentence = said(columns({"point": 2500}, rotation), IRAQ)
    assert sentence.startswith("About 2,500,")
    assert sentence.endswith("Not added: about 2,000 rotating, 1 October 2021.")
    assert said(columns(rotation), IRAQ).startswith("No level is reported")


def test_sentence_says_since_when_figures_are_withheld() -> None:
    """A figure withheld after the last level is said to be withheld, and since when."""
    withheld: dict[str, Any] = {"missing_reason": "withheld", "as_of": "2025-12-31"}
    assert said(columns({"point": 900}, withheld), IRAQ).endswith("Withheld since 31 December 2025.")
    assert said(columns(withheld), IRAQ) == "Withheld for 31 December 2025: no level is known."
    assert said(columns(), IRAQ) == "No claim matches these filters."


def test_drafts_make_no_level() -> None:
    """A figure that nobody has accepted is not the level."""
    draft = {"point": 9999, "as_of": "2022-01-01", "status": "draft"}
    assert said(columns({"point": 2500}, draft), IRAQ).startswith("About 2,500,")


def test_question_survives_its_address() -> None:
    """The address of a question asks the same question."""
    question = SeriesQuestion(
        force="USA",
        place="IRQ",
        measures=("present", "rotating"),
        component="active",
        drafts=False,
        rank="all",
        by="publisher",
        scale="log",
        known_at="2024-06-30",
    )
    path, _, query = question.link().partition("?")
    assert path == "/series/USA/IRQ"
    asked = dict(pair.split("=") for pair in query.split("&"))
    assert SeriesQuestion.from_query("USA", "IRQ", asked) == question
    assert SeriesQuestion(force="USA", place="IRQ").link() == "/series/USA/IRQ"


def test_nonsense_in_an_address_is_left_out() -> None:
    """Parameters that mean nothing leave the question at its defaults."""
    nonsense = {"measure": "x", "component": ["a"], "rank": "<script>", "scale": "", "known_at": "soon", "self": "1"}
    assert SeriesQuestion.from_query("USA", "IRQ", nonsense) == IRAQ


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x", "http://[", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    """An address that is not http or https is shown, not linked."""
    assert not is_web_address(url)
    assert type(external(url, "a report")).__name__ == "Span"
    assert type(external("https://reports.example/1", "a report")).__name__ == "A"
