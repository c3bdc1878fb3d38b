"""EDTF (ISO 8601-2) read: levels 0 and 1, and of level 2 what reports use.

Read are dates, months and years; the marks ?, ~ and % on any part; unspecified digits at the end of a part (201X,
2021-09-XX, 2021-09-2X); seasons, quarters, thirds and halves of a year (21 to 41); intervals with open and unknown
ends; and sets of dates ([2016,2017], {2016..2018}). Not read are years beyond four digits, exponents and significant
digits, which no report on forces prints. The reasons for a parser of our own are in docs/decisions/0002-edtf.md.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from trooptally.dates.as_of import EARLIEST_DAY, LATEST_DAY, AsOf
from trooptally.errors import BadDate

_YEAR_EXPECTED = f"a year from {EARLIEST_DAY.year} to {LATEST_DAY.year}"
_CALENDAR_EXPECTED = "a month and a day that the calendar has"
_MONTHS_IN_YEAR = 12

_EDTF_SIGNS = re.compile(r"[0-9Xx~?%/.,\[\]{} -]+")
_ONE_DATE = re.compile(r"[~?%]?(\d{1,4}X{0,4})[~?%]?(?:-[~?%]?(\d{2}|\dX|XX)[~?%]?(?:-[~?%]?(\d{2}|\dX|XX)[~?%]?)?)?")
_MARKED_TWICE = re.compile(r"[~?%]{2}")

SEASONS = {
    **{first + turn: (3 + 3 * turn, 3) for first in (21, 25) for turn in range(4)},
    29: (9, 3),
    30: (12, 3),
    31: (3, 3),
    32: (6, 3),
    **{33 + turn: (1 + 3 * turn, 3) for turn in range(4)},
    **{37 + turn: (1 + 4 * turn, 4) for turn in range(3)},
    40: (1, 6),
    41: (7, 6),
}
"""First month and length in months of every part of a year that EDTF numbers.

21 to 24 (spring to winter) are those of the north, where the standard leaves the place open. A winter begins in
December of its year and ends in the next.
"""

_Bounds = tuple[date, date]


def looks_like_edtf(text: str) -> bool:
    """Whether the text has only the signs that EDTF uses."""
    return _EDTF_SIGNS.fullmatch(text) is not None


def read_edtf(text: str, *, printed: str = "") -> AsOf:
    """Return the as-of that an EDTF text states.

    Args:
        text: The EDTF.
        printed: What stood in the report, for the sentence of an error, where that was something else.

    Raises:
        BadDate: the text is no EDTF that this room reads, or lies outside the years we know.
    """
    edtf = text.replace("x", "X")
    shown = printed or text
    if "/" in edtf:
        earliest, latest = _interval(edtf, shown)
    elif edtf[:1] in {"[", "{"}:
        earliest, latest = _set(edtf, shown)
    else:
        earliest, latest = _one(edtf, shown)
    return AsOf(edtf=edtf, earliest=earliest, latest=latest)


def _interval(edtf: str, shown: str) -> _Bounds:
    first, _, last = edtf.partition("/")
    if "/" in last or not (first.strip(".") or last.strip(".")):
        raise BadDate(shown)
    earliest = EARLIEST_DAY if first in {"", ".."} else _one(first, shown)[0]
    latest = LATEST_DAY if last in {"", ".."} else _one(last, shown)[1]
    if earliest > latest:
        raise BadDate(shown, "an interval that ends after it begins")
    return earliest, latest


def _set(edtf: str, shown: str) -> _Bounds:
    closing = {"[": "]", "{": "}"}[edtf[0]]
    if not edtf.endswith(closing):
        raise BadDate(shown)
    members = [_member(member, shown) for member in edtf[1:-1].split(",")]
    return min(first for first, _ in members), max(last for _, last in members)


def _member(member: str, shown: str) -> _Bounds:
    """Return the bounds of one member of a set: a date, or a run such as "2016..2018" or "..2018"."""
    first, dots, last = member.partition("..")
    if not dots:
        return _one(member, shown)
    if not (first or last):
        raise BadDate(shown)
    earliest = _one(first, shown)[0] if first else EARLIEST_DAY
    latest = _one(last, shown)[1] if last else LATEST_DAY
    if earliest > latest:
        raise BadDate(shown, "a run of dates that ends after it begins")
    return earliest, latest


def _one(text: str, shown: str) -> _Bounds:
    """Return the bounds of one date, month, season, year or decade."""
    match = _ONE_DATE.fullmatch(text)
    if match is None or len(match[1]) != len("2021") or _MARKED_TWICE.search(text):
        raise BadDate(shown)
    year, month, day = match.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year < EARLIEST_DAY.year or last_year > LATEST_DAY.year:
        raise BadDate(shown, _YEAR_EXPECTED)
    try:
        return _days(first_year, last_year, month, day)
    except ValueError as err:
        raise BadDate(shown, _CALENDAR_EXPECTED) from err


def _days(first_year: int, last_year: int, month: str | None, day: str | None) -> _Bounds:
    """Return the first and last day; ValueError where the calendar has none."""
    if month is None:
        return date(first_year, 1, 1), date(last_year, 12, 31)
    if "X" not in month and int(month) in SEASONS:
        return _season(first_year, last_year, int(month), day)
    first_month, last_month = _unspecified(month, _MONTHS_IN_YEAR)
    if day is None:
        return date(first_year, first_month, 1), _last_of_month(last_year, last_month)
    if "X" not in day:
        return date(first_year, first_month, int(day)), date(last_year, last_month, int(day))
    longest = monthrange(last_year, last_month)[1]
    first_day, last_day = _unspecified(day, longest)
    return date(first_year, first_month, first_day), date(last_year, last_month, last_day)


def _season(first_year: int, last_year: int, code: int, day: str | None) -> _Bounds:
    if day is not None:
        raise ValueError("a season has no days")
    begins, months = SEASONS[code]
    ends = begins + months - 1
    beyond, month = divmod(ends - 1, _MONTHS_IN_YEAR)
    return date(first_year, begins, 1), _last_of_month(last_year + beyond, month + 1)


def _unspecified(part: str, most: int) -> tuple[int, int]:
    """Return the least and the most that a month or day with unspecified digits can be."""
    least, greatest = max(1, int(part.replace("X", "0"))), min(most, int(part.replace("X", "9")))
    if least > greatest:
        raise ValueError(f"nothing from {least} to {greatest}")
    return least, greatest


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
