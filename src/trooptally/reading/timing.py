# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""As of when: dates in the sentence, explicit or told from the day of publication, else that day for a level."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import BadDate
from trooptally.reading.lexicon import words
from trooptally.reading.scan import Scan
from trooptally.vocabulary import Measure

_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_DATING = frozenset({*_MONTHS, *_WEEKDAYS}) | words("today tonight this yesterday tomorrow ago end last next")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_LONGEST_AGO = 99


def as_of(scan: Scan, first: int, last: int, measure: Measure, published_on: date | None) -> tuple[AsOf | None, str]:
    """Return the as-of of a count between two tokens, and the reason for it."""
    found = _nearest(scan, first, last, published_on)
    if found:
        return found
    if measure in (Measure.PRESENT, Measure.OTHER_STRENGTH) and published_on is not None:
        return _day(published_on), "no date is named, so it is the day of publication"
    return None, "no date is named"


def _nearest(scan: Scan, first: int, last: int, published_on: date | None) -> tuple[AsOf, str] | None:
    best: tuple[int, str, str] | None = None
    for at, low in enumerate(scan.lows):
        if low not in _DATING and not low[0].isdigit():
            continue
        named = _explicit(scan, at, published_on) or (_relative(scan, at, published_on) if published_on else None)
        if named is None:
            continue
        edtf, printed = named
        distance = min(abs(at - first), abs(at - last))
        if best is None or distance < best[0]:
            best = (distance, edtf, printed)
    if best is None:
        return None
    try:
        return parse_as_of(best[1]), f"{best[2]!r} is named"
    except BadDate:
        return None


def _explicit(scan: Scan, at: int, published_on: date | None) -> tuple[str, str] | None:
    """Read "September 30, 2017", "15 January", "in March 2003", "in 1993"."""
    month = _MONTHS.get(scan.low(at).rstrip("."))
    if (
        month
        and scan.tokens[at].capital
        and (scan.low(at) != "may" or _dated(scan, at))
        and (scan.low(at) != "march" or _dated(scan, at))
    ):
        return _month(scan, at, month, published_on)
    if _YEAR.fullmatch(scan.low(at)) and scan.low(at - 1) in (
        "in",
        "since",
        "by",
        "until",
        "during",
        "of",
        "late",
        "early",
        "end",
        "after",
        "from",
        "to",
        "-",
        "mid",
    ):
        return (scan.low(at), scan.low(at)) if not _MONTHS.get(scan.low(at - 1)) else None
    return None


def _dated(scan: Scan, at: int) -> bool:
    return (
        scan.tokens[min(at + 1, len(scan.tokens) - 1)].kind == "number"
        or scan.low(at - 1) in ("in", "since", "by", "last", "next", "early", "late", "until", "of", "mid")
        or scan.tokens[at - 1].kind == "number"
    )


def _month(scan: Scan, at: int, month: int, published_on: date | None) -> tuple[str, str] | None:
    day, year, last = 0, 0, at + 1
    first = at
    if scan.tokens[at - 1].kind == "number" and at and scan.low(at - 1).isdigit() and int(scan.low(at - 1)) <= 31:
        day, first = int(scan.low(at - 1)), at - 1
    last += scan.low(last) == "."
    if scan.low(last).isdigit() and 1 <= int(scan.low(last)) <= 31 and not day:
        day, last = int(scan.low(last)), last + 1
    comma = scan.low(last) == ","
    if _YEAR.fullmatch(scan.low(last + comma)):
        year, last = int(scan.low(last + comma)), last + comma + 1
    printed = scan.printed(first, last)
    if not year and published_on is not None:
        year = _year_for(scan, first, month, published_on)
    if not year:
        return None
    if day and day <= monthrange(year, month)[1]:
        return f"{year:04}-{month:02}-{day:02}", printed
    return f"{year:04}-{month:02}", printed


def _year_for(scan: Scan, at: int, month: int, published_on: date) -> int:
    """Return the year of a month named without one: the nearest before publication, or after it behind "by"."""
    ahead = scan.low(at - 1) in ("by", "until", "till", "before", "next") or not scan.words.isdisjoint(
        {"will", "would", "scheduled", "plans"}
    )
    if ahead:
        return published_on.year + (month < published_on.month)
    return published_on.year - (month > published_on.month)


def _relative(scan: Scan, at: int, published_on: date) -> tuple[str, str] | None:
    low, before, after = scan.low(at), scan.low(at - 1), scan.low(at + 1)
    match (low, after):
        case ("today" | "tonight", _) | ("this", "morning" | "evening"):
            return published_on.isoformat(), low
        case ("yesterday", _):
            return (published_on - timedelta(days=1)).isoformat(), low
        case ("tomorrow", _):
            return (published_on + timedelta(days=1)).isoformat(), low
        case ("ago", _):
            return _ago(scan, at, published_on)
        case ("end", "of") if scan.low(at + 2) in ("the", "this") and scan.low(at + 3) in ("year", "month"):
            return _span("this", scan.low(at + 3), published_on), f"end of the {scan.low(at + 3)}"
        case ("last" | "this" | "next", "month" | "year" | "week"):
            return _span(low, after, published_on), f"{low} {after}"
        case _ if (low in _WEEKDAYS and before in ("on", "last", "by", "next", "since", ",")) or (
            low in _WEEKDAYS and scan.verb_at(at - 1)
        ):
            return _weekday(_WEEKDAYS[low], before, published_on), low
        case _:
            return None


def _ago(scan: Scan, at: int, published_on: date) -> tuple[str, str] | None:
    """Read "two years ago", "a month ago", "10 days ago"."""
    unit, printed = scan.low(at - 1).removesuffix("s"), scan.low(at - 2)
    units = scan.lexicon.units
    count = 1 if printed in ("a", "an") else int(printed) if printed.isdigit() else units.get(printed, 0)
    if not 0 < count <= _LONGEST_AGO:
        return None
    match unit:
        case "year" | "decade":
            edtf = f"{published_on.year - count * (10 if unit == 'decade' else 1):04}"
        case "month":
            months = published_on.year * 12 + published_on.month - 1 - count
            edtf = f"{months // 12:04}-{months % 12 + 1:02}"
        case "week" | "day":
            edtf = (published_on - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
        case _:
            return None
    return edtf, scan.printed(at - 2, at + 1)


def _span(which: str, unit: str, published_on: date) -> str:
    step = {"last": -1, "this": 0, "next": 1}[which]
    match unit:
        case "year":
            return f"{published_on.year + step:04}"
        case "month":
            months = published_on.year * 12 + published_on.month - 1 + step
            return f"{months // 12:04}-{months % 12 + 1:02}"
        case _:
            monday = published_on - timedelta(days=published_on.weekday()) + timedelta(weeks=step)
            return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _weekday(weekday: int, before: str, published_on: date) -> str:
    if before in ("by", "next"):
        return (published_on + timedelta(days=(weekday - published_on.weekday()) % 7)).isoformat()
    return (published_on - timedelta(days=(published_on.weekday() - weekday) % 7)).isoformat()


def _day(day: date) -> AsOf:
    return AsOf(edtf=day.isoformat(), earliest=day, latest=day)
