"""As-of dates read from EDTF, spreadsheets and plain words."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from trooptally.dates import EARLIEST_DAY, LATEST_DAY, AsOf, Precision, parse_as_of
from trooptally.errors import BadDate

if TYPE_CHECKING:
    from pathlib import Path

EDTF = {
    "2021": ("2021-01-01", "2021-12-31", Precision.YEAR),
    "2021-09": ("2021-09-01", "2021-09-30", Precision.MONTH),
    "2024-02": ("2024-02-01", "2024-02-29", Precision.MONTH),
    "2021-09-20": ("2021-09-20", "2021-09-20", Precision.DAY),
    "2006~": ("2006-01-01", "2006-12-31", Precision.YEAR),
    "2006?": ("2006-01-01", "2006-12-31", Precision.YEAR),
    "2006%": ("2006-01-01", "2006-12-31", Precision.YEAR),
    "2021-09~": ("2021-09-01", "2021-09-30", Precision.MONTH),
    "2021-~09": ("2021-09-01", "2021-09-30", Precision.MONTH),
    "2021?-09-20": ("2021-09-20", "2021-09-20", Precision.DAY),
    "201X": ("2010-01-01", "2019-12-31", Precision.DECADE),
    "20XX": ("2000-01-01", "2099-12-31", Precision.CENTURY),
    "2021-XX": ("2021-01-01", "2021-12-31", Precision.YEAR),
    "2021-XX-XX": ("2021-01-01", "2021-12-31", Precision.YEAR),
    "2021-09-XX": ("2021-09-01", "2021-09-30", Precision.MONTH),
    "2021-09-2X": ("2021-09-20", "2021-09-29", Precision.DAY),
    "2021-0X": ("2021-01-01", "2021-09-30", Precision.MONTH),
    "2021-1X": ("2021-10-01", "2021-12-31", Precision.MONTH),
    "2021-21": ("2021-03-01", "2021-05-31", Precision.SEASON),
    "2021-24": ("2021-12-01", "2022-02-28", Precision.SEASON),
    "2021-29": ("2021-09-01", "2021-11-30", Precision.SEASON),
    "2021-30": ("2021-12-01", "2022-02-28", Precision.SEASON),
    "2021-33": ("2021-01-01", "2021-03-31", Precision.SEASON),
    "2021-36": ("2021-10-01", "2021-12-31", Precision.SEASON),
    "2021-38": ("2021-05-01", "2021-08-31", Precision.SEASON),
    "2021-41": ("2021-07-01", "2021-12-31", Precision.SEASON),
    "2011-01-01/2011-01-31": ("2011-01-01", "2011-01-31", Precision.INTERVAL),
    "2004-06/2006": ("2004-06-01", "2006-12-31", Precision.INTERVAL),
    "2021-09~/2022?": ("2021-09-01", "2022-12-31", Precision.INTERVAL),
    "2017/..": ("2017-01-01", "2100-12-31", Precision.INTERVAL),
    "2017/": ("2017-01-01", "2100-12-31", Precision.INTERVAL),
    "../2017": ("1700-01-01", "2017-12-31", Precision.INTERVAL),
    "/2017": ("1700-01-01", "2017-12-31", Precision.INTERVAL),
    "[2016,2017]": ("2016-01-01", "2017-12-31", Precision.SET),
    "{2016..2018}": ("2016-01-01", "2018-12-31", Precision.SET),
    "[..2018-06]": ("1700-01-01", "2018-06-30", Precision.SET),
    "[2016..]": ("2016-01-01", "2100-12-31", Precision.SET),
}

WORDS = {
    "September 2021": "2021-09",
    "Sept 2021": "2021-09",
    "Sept. 20, 2021": "2021-09-20",
    "20 September 2021": "2021-09-20",
    "20 Sep 2021": "2021-09-20",
    "20-Sep-2021": "2021-09-20",
    "20th of September 2021": "2021-09-20",
    "2021 September 20": "2021-09-20",
    "Monday, September 20, 2021": "2021-09-20",
    "as of Sept. 20, 2021": "2021-09-20",
    "about 2006": "2006~",
    "c. 2006": "2006~",
    "perhaps 2006": "2006?",
    "2006 ?": "2006?",
    "probably about 2006": "2006%",
    "about September 2021": "2021-09~",
    "early 2006": "2006-37~",
    "mid-2017": "2017-38~",
    "late 2017": "2017-39~",
    "perhaps early 2006": "2006-37%",
    "mid-September 2021": "2021-09~",
    "spring 2003": "2003-21",
    "fall 2003": "2003-23",
    "autumn of 2003": "2003-23",
    "winter 2001-02": "2001-24",
    "Q3 2021": "2021-35",
    "2021 Q3": "2021-35",
    "2021Q3": "2021-35",
    "3Q 2021": "2021-35",
    "third quarter of 2021": "2021-35",
    "the last quarter of 2021": "2021-36",
    "first half of 2021": "2021-40",
    "H2 2021": "2021-41",
    "the last half of 2021": "2021-41",
    "the 1990s": "199X",
    "mid-1990s": "199X~",
    "the 2000s": "200X",
    "the 1800s": "18XX",
    "end of September 2017": "2017-09-30~",
    "start of September 2017": "2017-09-01~",
    "end of 2017": "2017-12~",
    "beginning of 2017": "2017-01~",
    "end of Q3 2021": "2021-09~",
    "2006-2007": "2006/2007",
    "2006\u201307": "2006/2007",
    "2006 to 2007": "2006/2007",
    "January-June 2021": "2021-01/2021-06",
    "between June and August 2021": "2021-06/2021-08",
    "from June to August 2021": "2021-06/2021-08",
    "1-15 September 2021": "2021-09-01/2021-09-15",
    "September 1-15, 2021": "2021-09-01/2021-09-15",
    "Sept 2021 - Jan 2022": "2021-09/2022-01",
    "20 December 2021 to 3 January 2022": "2021-12-20/2022-01-03",
    "late 2001 to early 2002": "2001-39~/2002-37~",
    "since 2017": "2017/..",
    "from 2017 on": "2017/..",
    "2017 to present": "2017/..",
    "2017-present": "2017/..",
    "until 2017": "../2017",
    "2021-09-20T10:00": "2021-09-20",
    "2021-09-20T10:00:00.123Z": "2021-09-20",
    "2021-09-20 00:00:00": "2021-09-20",
    "2021/09/20": "2021-09-20",
    "2021.9.5": "2021-09-05",
    "2021/9": "2021-09",
    "09/2021": "2021-09",
    "20/09/2021": "2021-09-20",
    "09/20/2021": "2021-09-20",
    "20.09.2021": "2021-09-20",
    "04/04/2021": "2021-04-04",
    "20210920": "2021-09-20",
    " 2021-09 ": "2021-09",
    "201x": "201X",
    "\uff12\uff10\uff12\uff11": "2021",
}

REFUSED = {
    "": "EDTF",
    "unknown": "EDTF",
    "tomorrow": "EDTF",
    "September": "EDTF",
    "Sep-21": "EDTF",
    "20 September": "EDTF",
    "44459": "EDTF",
    "2021-09-20T25:00": "EDTF",
    "2021-~~09": "EDTF",
    "../..": "EDTF",
    "/": "EDTF",
    "2021/2022/2023": "EDTF",
    "[2016,2017": "EDTF",
    "[..]": "EDTF",
    "XXXX": "EDTF",
    "Y170000002": "EDTF",
    "fifth quarter of 2021": "EDTF",
    "third half of 2021": "EDTF",
    "winter 2001-05": "EDTF",
    "2020s20": "EDTF",
    "2007\u201305": "EDTF",
    "June 2022 to May 2021": "EDTF",
    "until": "EDTF",
    "since": "EDTF",
    "0000": "a year from 1700 to 2100",
    "1066": "a year from 1700 to 2100",
    "2999": "a year from 1700 to 2100",
    "September 2999": "a year from 1700 to 2100",
    "16XX": "a year from 1700 to 2100",
    "2100-24": "between 1700-01-01 and 2100-12-31",
    "2021-02-30": "that the calendar has",
    "31 February 2021": "that the calendar has",
    "2021-13": "that the calendar has",
    "2021-00": "that the calendar has",
    "2021-2X": "that the calendar has",
    "2021-02-3X": "that the calendar has",
    "2021-21-05": "that the calendar has",
    "2022/2021": "ends after it begins",
    "June to May 2021": "ends after it begins",
    "[2018..2016]": "ends after it begins",
    "03/04/2021": "ISO date",
    "3.4.2021": "ISO date",
    "03/04/21": "ISO date",
    "20-13-21": "ISO date",
    "x" * 101: "at most 100 characters",
    "2021-" * 20_000: "at most 100 characters",
}


@pytest.mark.parametrize(("edtf", "expected"), EDTF.items())
def test_edtf(edtf: str, expected: tuple[str, str, Precision]) -> None:
    """An EDTF text keeps its form and has the strict bounds and the precision of what it names."""
    as_of = parse_as_of(edtf)
    assert (as_of.edtf, as_of.earliest.isoformat(), as_of.latest.isoformat()) == (edtf, *expected[:2])
    assert as_of.precision is expected[2]


@pytest.mark.parametrize(("printed", "edtf"), WORDS.items())
def test_words_and_numbers(printed: str, edtf: str) -> None:
    """Dates in plain words and in the forms of spreadsheets become the EDTF that says no more than they do."""
    assert parse_as_of(printed) == parse_as_of(edtf)
    assert parse_as_of(printed).edtf == edtf


@pytest.mark.parametrize(("printed", "reason"), REFUSED.items())
def test_refusals(printed: str, reason: str) -> None:
    """What names no day or period, or could name two, is refused with a sentence that says what was expected."""
    with pytest.raises(BadDate, match=reason) as refusal:
        parse_as_of(printed)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("edtf", "approximate", "uncertain"),
    [("2006", False, False), ("2006~", True, False), ("2006?", False, True), ("2006%", True, True)],
)
def test_marks(edtf: str, approximate: bool, uncertain: bool) -> None:  # noqa: FBT001  # a table of truth
    """The marks of EDTF say whether a date is approximate, uncertain or both."""
    as_of = parse_as_of(edtf)
    assert (as_of.is_approximate, as_of.is_uncertain) == (approximate, uncertain)


def test_open_ends_are_the_limits() -> None:
    """An open interval reaches to the documented limits, so that its bounds are real days."""
    assert parse_as_of("../2017").earliest == EARLIEST_DAY
    assert parse_as_of("2017/..").latest == LATEST_DAY


def test_bounds_out_of_order() -> None:
    """No as-of ends before it begins."""
    with pytest.raises(BadDate, match="in order"):
        AsOf(edtf="2021", earliest=date(2021, 2, 1), latest=date(2021, 1, 1))


def test_starter_claims(real_data: Path) -> None:
    """Every date of the starter claims is read."""
    with (real_data / "claims" / "starter-claims.csv").open(encoding="utf-8", newline="") as table:
        printed = {row[column] for row in csv.DictReader(table) for column in ("as_of", "published_on")} - {""}
    assert all(parse_as_of(text).edtf == text for text in printed)
