"""The laws of as-of dates, and their description in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trooptally import dates
from trooptally.dates import EARLIEST_DAY, LATEST_DAY, describe, parse_as_of
from trooptally.errors import BadDate

days = st.dates(min_value=EARLIEST_DAY, max_value=LATEST_DAY)
formats = st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"])
marks = st.sampled_from(["", "~", "?", "%"])
seasons = st.sampled_from([f"-{code}" for code in (21, 22, 23, 33, 34, 35, 36, 40, 41)])


@st.composite
def plain_dates(draw: st.DrawFn) -> str:
    """Any day, month, year or part of a year that can be said in a few words, with any mark."""
    day = draw(days)
    part = draw(st.one_of(formats.map(day.strftime), seasons.map(f"{day.year:04}".__add__)))
    return part + draw(marks)


@st.composite
def edtf_texts(draw: st.DrawFn) -> str:
    """Any EDTF of the kinds we read: single dates, intervals in order, open intervals, sets."""
    first, last = sorted(draw(st.tuples(days, days)))
    form = draw(formats)
    texts = [moment.strftime(form) + draw(marks) for moment in (first, last)]
    pattern = draw(st.sampled_from(["{0}", "{0}/{1}", "{0}/..", "../{1}", "{0}/", "/{1}", "[{0},{1}]", "{{{0}..{1}}}"]))
    return pattern.format(*texts)


@given(edtf_texts())
def test_reading_the_edtf_again_is_identity(text: str) -> None:
    """The EDTF of an as-of is read as the same as-of, whose bounds are in order and within the limits."""
    as_of = parse_as_of(text)
    assert as_of.edtf == text
    assert parse_as_of(as_of.edtf) == as_of
    assert EARLIEST_DAY <= as_of.earliest <= as_of.latest <= LATEST_DAY


@given(plain_dates())
def test_descriptions_are_read_back(text: str) -> None:
    """A day, month, year or part of a year, described in words, is read back as itself."""
    as_of = parse_as_of(text)
    assert parse_as_of(describe(as_of)) == as_of


@given(days, marks)
def test_a_mark_moves_no_bound(day: date, mark: str) -> None:
    """Approximate and uncertain dates keep the strict bounds of the unit they name."""
    marked, plain = parse_as_of(day.strftime("%Y-%m") + mark), parse_as_of(day.strftime("%Y-%m"))
    assert (marked.earliest, marked.latest) == (plain.earliest, plain.latest)


@given(days)
def test_a_day_lies_in_its_month_and_year(day: date) -> None:
    """Coarser words never exclude the day they are said of."""
    for form in ("%Y-%m-%d", "%Y-%m", "%Y", "%B %Y", "%d %b %Y"):
        as_of = parse_as_of(day.strftime(form))
        assert as_of.earliest <= day <= as_of.latest


@given(st.text(max_size=40) | st.from_regex(r"[0-9X~?%/.,\-\[\]{} ]{1,24}", fullmatch=True))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """Any text yields an as-of or one sentence, never another error."""
    try:
        as_of = parse_as_of(text)
    except BadDate:
        return
    assert parse_as_of(as_of.edtf) == as_of
    assert describe(as_of)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021-09-20", "20 September 2021"),
        ("2021-09", "September 2021"),
        ("2006~", "about 2006"),
        ("2006?", "perhaps 2006"),
        ("2006%", "perhaps about 2006"),
        ("2006-37~", "early 2006"),
        ("2006-37", "January to April 2006"),
        ("2003-23", "autumn 2003"),
        ("2003-31", "autumn (southern) 2003"),
        ("2003-25", "spring (northern) 2003"),
        ("2021-35", "Q3 2021"),
        ("2021-40", "first half of 2021"),
        ("199X", "the 1990s"),
        ("2021-09-XX", "some time from 2021-09-01 to 2021-09-30"),
        ("20XX", "some time from 2000-01-01 to 2099-12-31"),
        ("2011-01-01/2011-01-31", "1 January 2011 to 31 January 2011"),
        ("2017/..", "from 2017 on"),
        ("2017/", "from 2017 to an unknown date"),
        ("../2017", "until 2017"),
        ("/2017", "from an unknown date until 2017"),
        ("[2016,2017-03]", "one of 2016, March 2017"),
        ("{..2018}", "all of until 2018"),
        ("[2016..2018]", "one of 2016 to 2018"),
    ],
)
def test_descriptions(edtf: str, words: str) -> None:
    """Every kind of as-of has a description in words."""
    assert describe(parse_as_of(edtf)) == words


def test_the_door() -> None:
    """The room's public names are these six."""
    assert dates.__all__ == ["EARLIEST_DAY", "LATEST_DAY", "AsOf", "Precision", "describe", "parse_as_of"]
