"""As-of dates read from whatever people and spreadsheets write; the canonical text is EDTF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trooptally.dates.edtf import looks_like_edtf, read_edtf
from trooptally.dates.plain import edtf_of_words
from trooptally.errors import BadDate

if TYPE_CHECKING:
    from trooptally.dates.as_of import AsOf

_LONGEST_PRINT = 100
_PLAIN_EDTF = re.compile(r"\d{4}(?:-\d\d){0,2}[~?%]?(?:/\d{4}(?:-\d\d){0,2}[~?%]?)?")
_TIMESTAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](?:[01]\d|2[0-3]):?[0-5]\d(?::?[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})(?:\2(\d{1,2}))?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d\d")
_COMPACT = re.compile(r"([12]\d{3})(\d\d)(\d\d)")
_MONTHS_IN_YEAR = 12
_ISO_EXPECTED = "an ISO date (year-month-day); day, month or year could be either of two numbers here"


def parse_as_of(text: str) -> AsOf:
    """Return the day or period that a text names, in EDTF or in plain words.

    Args:
        text: Such as "2021-09", "2006~", "2017/..", "20 September 2021", "about 2006", "Q3 2021".

    Raises:
        BadDate: it names none, is ambiguous ("03/04/2021") or lies outside the years that reports are about.
    """
    if len(text) > _LONGEST_PRINT:
        raise BadDate(text, f"at most {_LONGEST_PRINT} characters")
    printed = text.strip() if text.isascii() else _in_plain_digits(text.strip())
    if _PLAIN_EDTF.fullmatch(printed):
        return read_edtf(printed)
    edtf = _edtf_of_numbers(printed) or edtf_of_words(printed)
    if edtf is None and not looks_like_edtf(printed):
        raise BadDate(text)
    return read_edtf(edtf or printed, printed=printed)


def _in_plain_digits(text: str) -> str:
    """Return the text with the digits of every script as 0-9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def _edtf_of_numbers(printed: str) -> str | None:
    """Return the EDTF of a date in numbers that is not EDTF itself: timestamps, "2021/09/20", "20.09.2021"."""
    if stamp := _TIMESTAMP.fullmatch(printed):
        return stamp[1]
    if compact := _COMPACT.fullmatch(printed):
        return "-".join(compact.groups())
    if first := _YEAR_FIRST.fullmatch(printed):
        return "-".join(part.zfill(2) for part in (first[1], first[3], first[4]) if part)
    if last := _YEAR_LAST.fullmatch(printed):
        return _year_last(printed, last[1], last[2], last[3])
    if _SHORT_YEAR.fullmatch(printed):
        raise BadDate(printed, _ISO_EXPECTED)
    return None


def _year_last(printed: str, first: str | None, second: str, year: str) -> str:
    """Return the date of "20/09/2021" or "09/2021"; only numbers that can be read in one way are."""
    if first is None:
        return f"{year}-{second:0>2}"
    if first == second or int(first) > _MONTHS_IN_YEAR:
        return f"{year}-{second:0>2}-{first:0>2}"
    if int(second) > _MONTHS_IN_YEAR:
        return f"{year}-{first:0>2}-{second:0>2}"
    raise BadDate(printed, _ISO_EXPECTED)
