"""An as-of in the words a reader expects: "20 September 2021", "about 2006", "from 2017 on"."""

from __future__ import annotations

from trooptally.dates.as_of import QUALIFIERS, AsOf
from trooptally.dates.edtf import read_edtf
from trooptally.dates.words import MONTH_NAMES

_NAMES = ("spring", "summer", "autumn", "winter")
_SEASONS = {
    **{first + turn: name for first in (21, 25, 29) for turn, name in enumerate(_NAMES)},
    **{33 + turn: f"Q{turn + 1}" for turn in range(4)},
    37: "January to April",
    38: "May to August",
    39: "September to December",
    40: "first half of",
    41: "second half of",
}
_LOOSE = {"37": "early", "38": "mid", "39": "late"}


def describe(as_of: AsOf) -> str:
    """Return the day or period in words; plain days, months, years and parts of years parse back to the same as-of."""
    edtf = as_of.edtf
    if edtf[0] in "[{":
        members = ", ".join(_member(member) for member in edtf[1:-1].split(","))
        return f"{'one' if edtf[0] == '[' else 'all'} of {members}"
    if "/" not in edtf:
        return _one(edtf)
    return _interval(*edtf.split("/"))


def _member(member: str) -> str:
    """Return one member of a set: a date, or a run of dates."""
    return _interval(*(end or ".." for end in member.split(".."))) if ".." in member else _one(member)


def _interval(first: str, last: str) -> str:
    if first in {"", ".."}:
        return f"{'' if first else 'from an unknown date '}until {_one(last)}"
    if last in {"", ".."}:
        return f"from {_one(first)} {'on' if last else 'to an unknown date'}"
    return f"{_one(first)} to {_one(last)}"


def _one(edtf: str) -> str:
    parts = [part.strip(QUALIFIERS) for part in edtf.split("-")]
    marked = {mark for mark in edtf if mark in QUALIFIERS}
    unsure = "perhaps " if marked & {"?", "%"} else ""
    about = "about " if marked & {"~", "%"} else ""
    match parts:
        case [year, "37" | "38" | "39" as part] if about:
            return f"{unsure}{_LOOSE[part]} {year}"
        case _:
            return f"{unsure}{about}{_spelled(parts)}"


def _spelled(parts: list[str]) -> str:
    match parts:
        case [year] if year.endswith("XX"):
            return _span(parts)
        case [year] if year.endswith("X"):
            return f"the {year[:-1]}0s"
        case [year]:
            return year
        case [year, month] if month.isdecimal() and "X" not in year:
            return f"{_part_of_year(int(month))} {year}"
        case [year, month, day] if "X" not in year + month + day:
            return f"{int(day)} {MONTH_NAMES[int(month) - 1]} {year}"
        case _:
            return _span(parts)


def _part_of_year(code: int) -> str:
    if code <= len(MONTH_NAMES):
        return MONTH_NAMES[code - 1]
    hemisphere = " (northern)" if code in range(25, 29) else " (southern)" if code in range(29, 33) else ""
    return _SEASONS[code] + hemisphere


def _span(parts: list[str]) -> str:
    """Return the first and last day that unspecified digits allow."""
    bounds = read_edtf("-".join(parts))
    return f"some time from {bounds.earliest} to {bounds.latest}"
