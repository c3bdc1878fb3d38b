"""The chart of a series, as a function from columns to a plain dictionary."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.columns import columns
from trooptally.ledger import SeriesColumns
from trooptally.vocabulary import Hedge, Measure, Rank, Status
from trooptally_dashboards.figures.overlays import PolicyEvent, event_lines
from trooptally_dashboards.figures.points import select
from trooptally_dashboards.figures.series import series_figure
from trooptally_dashboards.questions import SeriesQuestion

IRAQ = SeriesQuestion(force="USA", place="IRQ")
NAMES = {"pentagon": "The Pentagon", "paper": "The Paper"}


def drawn(claims: SeriesColumns, question: SeriesQuestion, names: dict[str, str]) -> dict[str, Any]:
    """Return the chart of the claims that the question lets through."""
    return series_figure(select(claims, question), names)


def marks(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the traces whose points can be chosen."""
    return [trace for trace in figure["data"] if "customdata" in trace]


def test_every_claim_is_one_point_that_carries_its_position() -> None:
    """Each dated claim is one point, and the point's datum is the position of its claim."""
    figure = drawn(columns({"point": 10}, {"low": 5}, {"high": 7}, {}), IRAQ, NAMES)
    assert sorted(row for trace in marks(figure) for row in trace["customdata"]) == [0, 1, 2, 3]


def test_bounds_are_bars_of_unequal_length() -> None:
    """A claim of 2,000 to 2,600 with 2,500 as its point has a bar of 500 down and 100 up."""
    (trace,) = marks(drawn(columns({"low": 2000, "point": 2500, "high": 2600}), IRAQ, NAMES))
    assert trace["error_y"]["array"] == [100]
    assert trace["error_y"]["arrayminus"] == [500]


@pytest.mark.parametrize(
    ("claim", "sign"),
    [
        ({"low": 5000, "hedge": "more_than"}, "\N{UPWARDS ARROW}"),
        ({"low": 5000, "hedge": "at_least"}, "\N{UPWARDS ARROW}"),
        ({"high": 300, "hedge": "up_to"}, "\N{DOWNWARDS ARROW}"),
        ({"high": 300, "hedge": "fewer_than"}, "\N{DOWNWARDS ARROW}"),
        ({"point": 300, "hedge": "approximate"}, "\N{ALMOST EQUAL TO}"),
    ],
)
def test_hedge_is_seen(claim: dict[str, Any], sign: str) -> None:
    """What a hedge leaves open stands as a sign beside the mark."""
    figure = drawn(columns(claim), IRAQ, NAMES)
    assert [trace["text"] for trace in figure["data"] if "text" in trace] == [[sign]]


def test_exact_figure_needs_no_sign() -> None:
    """An exact figure stands without any sign."""
    exact = {"low": 5, "point": 5, "high": 5, "hedge": "exact"}
    assert [trace for trace in drawn(columns(exact), IRAQ, NAMES)["data"] if "text" in trace] == []


def test_stocks_flows_and_ceilings_never_share_an_axis() -> None:
    """Levels, movements and ceilings stand in lanes of their own over one time axis."""
    claims = columns({"point": 1}, {"point": 2, "measure": "rotating"}, {"point": 3, "measure": "authorized"})
    figure = drawn(claims, IRAQ, NAMES)
    assert [trace["yaxis"] for trace in marks(figure)] == ["y", "y2", "y3"]
    domains = [figure["layout"][axis]["domain"] for axis in ("yaxis", "yaxis2", "yaxis3")]
    assert domains[0][0] > domains[1][1] > domains[1][0] > domains[2][1]
    assert {trace.get("xaxis") for trace in marks(figure)} == {None}


def test_one_mark_for_each_source() -> None:
    """Each source has a colour and symbol pair of its own; its claims share it."""
    claims = columns(*[{"point": n, "origin_id": f"origin{n % 20}"} for n in range(40)])
    looks = [(trace["marker"]["color"], trace["marker"]["symbol"]) for trace in marks(drawn(claims, IRAQ, {}))]
    assert len(looks) == len(set(looks)) == 20


def test_colour_can_stand_for_the_publisher() -> None:
    """Asked so, a colour stands for who printed the figure instead of who said it."""
    claims = columns({"point": 1, "source_id": "a"}, {"point": 2, "source_id": "b"})
    by_publisher = SeriesQuestion(force="USA", place="IRQ", by="publisher")
    assert len(marks(drawn(claims, IRAQ, {}))) == 1
    assert len(marks(drawn(claims, by_publisher, {}))) == 2


def test_drafts_are_hollow_and_deprecated_claims_faint() -> None:
    """A draft's symbol is open; a deprecated claim shows only when asked for, and faintly."""
    claims = columns({"point": 1}, {"point": 2, "status": "draft"}, {"point": 3, "rank": "deprecated"})
    everything = SeriesQuestion(force="USA", place="IRQ", rank="all")
    (trace,) = marks(drawn(claims, everything, {}))
    assert trace["marker"]["symbol"] == ["circle", "circle-open", "circle"]
    assert trace["marker"]["opacity"] == [1, 1, 0.35]
    (trace,) = marks(drawn(claims, IRAQ, {}))
    assert len(trace["y"]) == 2


def test_withheld_is_a_gap_and_not_a_zero() -> None:
    """A withheld figure stands in a lane of its own with a grey band behind the levels, never at height 0."""
    withheld = {"missing_reason": "withheld", "as_of_earliest": "2018-01-01", "as_of_latest": "2018-12-31"}
    figure = drawn(columns({"point": 10}, withheld), IRAQ, NAMES)
    level, missing = marks(figure)
    assert level["yaxis"] != missing["yaxis"]
    assert missing["marker"]["symbol"] == ["x-thin-open"]
    assert [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]] == [("2018-01-01", "2018-12-31")]


def test_printed_zero_stands_at_zero() -> None:
    """A report that says none is a mark at 0 in the lane of levels."""
    zero = {"low": 0, "point": 0, "high": 0, "hedge": "exact"}
    (trace,) = marks(drawn(columns(zero), IRAQ, NAMES))
    assert trace["y"] == [0]


def test_period_is_drawn_from_its_first_to_its_last_day() -> None:
    """A claim about a period has a line as long as the period."""
    claims = columns({"point": 900, "as_of_earliest": "2021-01-01", "as_of_latest": "2024-12-18"})
    (line,) = [trace for trace in drawn(claims, IRAQ, NAMES)["data"] if trace["mode"] == "lines"]
    assert line["x"] == ["2021-01-01", "2024-12-18", None]


def test_echoes_on_one_spot_are_counted() -> None:
    """Six claims on one spot say so."""
    exact = {"low": 5, "point": 5, "high": 5, "hedge": "exact"}
    texts = [trace["text"] for trace in drawn(columns(*[exact] * 6), IRAQ, NAMES)["data"] if "text" in trace]
    assert texts == [["\N{MULTIPLICATION SIGN}6"]]


def test_echoes_of_one_origin_are_one_mark() -> None:
    """Reports of one origin's figure for one day are one mark; another origin or another day is another mark."""
    said = {"point": 5}
    claims = columns(said, {**said, "source_id": "b"}, {**said, "origin_id": "c"}, {**said, "as_of": "2020-01-01"})
    assert sorted(len(trace["y"]) for trace in marks(drawn(claims, IRAQ, NAMES))) == [1, 2]
    assert select(claims, IRAQ).echoes == [[0, 1], [2], [3]]


def test_the_first_published_stands_for_its_echoes() -> None:
    """Of an origin's echoes the one published first stands for all; one without a day comes last."""
    claims = columns(
        {"point": 5, "published_on": None}, {"point": 5, "published_on": "2021-09-22"}, {"point": 5}, {"point": 6}
    )
    assert select(claims, IRAQ).echoes == [[2, 1, 0], [3]]


def test_claims_without_an_as_of_echo_nothing() -> None:
    """What has no as-of may be about another day, so it stands alone; so does every claim coloured by publisher."""
    undated = {"point": 5, "as_of": None}
    assert select(columns(undated, undated), IRAQ).echoes == [[0], [1]]
    by_publisher = SeriesQuestion(force="USA", place="IRQ", by="publisher")
    assert select(columns({"point": 5}, {"point": 5}), by_publisher).echoes == [[0], [1]]


def test_events_are_lines_with_their_text() -> None:
    """An event is a line through all lanes, and mark-up in its title is text."""
    drawn_lines = event_lines([PolicyEvent(on="2020-01-05", label="Vote <b>")])
    assert [shape["x0"] for shape in drawn_lines["shapes"]] == ["2020-01-05"]
    assert [note["text"] for note in drawn_lines["annotations"]] == ["Vote &lt;b&gt;"]


def test_undated_claims_are_left_to_the_table() -> None:
    """A claim without as-of and publication date has no place on the time axis."""
    undated = {"point": 1, "as_of": None, "as_of_earliest": None, "as_of_latest": None, "published_on": None}
    assert marks(drawn(columns(undated), IRAQ, NAMES)) == []
    published = {**undated, "published_on": "2016-07"}
    assert marks(drawn(columns(published), IRAQ, NAMES))[0]["x"] == ["2016-07"]


people = st.one_of(st.none(), st.integers(min_value=0, max_value=10_000_000))
claim = st.fixed_dictionaries(
    {
        "low": people,
        "point": people,
        "high": people,
        "measure": st.sampled_from(list(Measure)).map(str),
        "hedge": st.sampled_from(list(Hedge)).map(str),
        "status": st.sampled_from(list(Status)).map(str),
        "rank": st.sampled_from(list(Rank)).map(str),
        "origin_id": st.sampled_from(["a", "b", "c"]),
        "printed": st.text(max_size=12),
    }
)


@given(st.lists(claim, max_size=30), st.sampled_from(["linear", "log"]))
def test_any_claims_make_a_chart_that_can_be_sent(claims: list[dict[str, Any]], scale: str) -> None:
    """Whatever the claims are, the chart encodes without any cleaning and holds each shown claim once."""
    question = SeriesQuestion(force="USA", place="IRQ", scale=scale, rank="all")
    figure = drawn(columns(*claims), question, NAMES)
    orjson.dumps(figure)
    marked = [row for trace in marks(figure) for row in trace["customdata"]]
    echoes = select(columns(*claims), question).echoes
    assert sorted(marked) == sorted(group[0] for group in echoes)
    expected = [n for n, one in enumerate(claims) if one["status"] in {"accepted", "draft"}]
    assert sorted(row for group in echoes for row in group) == expected
