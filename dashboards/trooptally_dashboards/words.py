"""How the pages say things: figures with their hedge, as-of dates, measures and reasons, in plain English."""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_THIN = "\N{NARROW NO-BREAK SPACE}"
GROUPS = {
    **dict.fromkeys(("de", "es", "it", "nl", "pt", "id", "tr", "da", "el", "ro", "hr", "sl", "sr", "vi"), "."),
    **dict.fromkeys(("fr", "ru", "uk", "pl", "cs", "sk", "sv", "nb", "nn", "no", "fi", "bg", "hu", "et", "lv"), _THIN),
    **dict.fromkeys(("de-CH", "it-CH", "de-LI"), "\N{RIGHT SINGLE QUOTATION MARK}"),
    "es-MX": ",",
}
"""What stands between thousands, by language; where a language is not named, a comma."""
MONTH_FIRST = frozenset({"en-US", "en-CA", "en-PH"})
"""Where a day is written "September 20, 2021"."""
_language: ContextVar[str] = ContextVar("language", default="")
_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?(?P<doubt>[~?%]?)", re.ASCII)
_DOUBTS = {"": "{}", "~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}

MEASURES = {
    "present": "present",
    "deploying": "deploying",
    "withdrawing": "withdrawing",
    "rotating": "rotating",
    "planned": "planned",
    "authorized": "authorized (ceiling)",
    "committed": "committed",
    "other_strength": "size of the force",
}
COMPONENTS = {
    "military": "military",
    "active": "active duty",
    "reserve": "reserve",
    "civilian": "civilian staff",
    "contractor": "contractors",
}
BASES = {
    "unstated": "basis not stated",
    "all_present": "all who are present",
    "permanently_assigned": "permanently assigned only",
    "excludes_temporary": "without temporary personnel",
}
MISSING = {
    "not_stated": "not reported",
    "withheld": "withheld",
    "see_elsewhere": "given elsewhere",
    "not_available": "not available",
    "malformed": "unreadable as printed",
}
ACTS = {
    "init": "ledger begun",
    "record": "{} recorded",
    "accept": "{} accepted",
    "reject": "{} rejected",
    "correct": "{} corrected",
    "retract": "{} retracted",
    "rank": "rank of {} set",
    "assess": "grade given",
    "reference": "names added or changed",
    "undo": "change of {} undone",
    "event": "event noted or changed",
}
_HEDGED = {
    "exact": "{}",
    "approximate": "about {}",
    "at_least": "at least {}",
    "more_than": "more than {}",
    "up_to": "up to {}",
    "fewer_than": "fewer than {}",
    "vague": "{} or more",
}

VOCABULARY = {
    "measures": MEASURES,
    "components": COMPONENTS,
    "bases": BASES,
    "missing": MISSING,
    "months": _MONTHS,
    "doubts": _DOUBTS,
    "hedged": _HEDGED,
    "groups": GROUPS,
    "month_first": sorted(MONTH_FIRST),
}
"""The closed words as the browser gets them, where a short script says the same as the functions here."""


def reader_language() -> str:
    """Return the language tag of whoever reads ("de", "en-US"), as far as numbers and dates differ by it."""
    return _language.get()


def read_in(accepted: str) -> None:
    """Write numbers and dates from here on, in this request, as a reader of the accepted languages expects them.

    Args:
        accepted: An Accept-Language header; the first language counts, "" means plain English.
    """
    first = accepted.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip()
    known = first in MONTH_FIRST or first.partition("-")[0] in GROUPS or first in GROUPS
    _language.set(first if known else "")


def number(people: int) -> str:
    """Return the number with thousands apart ("2,500"), as the reader writes them ("2.500", "2 500")."""
    language = _language.get()
    written = f"{people:,}"
    if not language:
        return written
    apart = GROUPS.get(language) or GROUPS.get(language.partition("-")[0], ",")
    return written if apart == "," else written.replace(",", apart)


def counted(many: int, one: str, several: str = "") -> str:
    """Return a number with its noun ("1 claim", "3 claims")."""
    return f"{number(many)} {one if many == 1 else several or one + 's'}"


def separators() -> str:
    """Return the signs of decimals and of thousands, as a chart takes them (".,")."""
    apart = number(1000)[1:-3]
    return ".," if apart == "," else f",{apart}"


def figure(low: int | None, point: int | None, high: int | None, hedge: str | None) -> str:
    """Return a figure in words, with its hedge ("about 2,500", "2,000\N{EN DASH}2,500", "none")."""
    return _figure(_language.get(), low, point, high, hedge)


@lru_cache(maxsize=8192)
def _figure(language: str, low: int | None, point: int | None, high: int | None, hedge: str | None) -> str:
    del language  # it is in the key: `number` writes by it
    if low is not None and high is not None and low != high:
        return f"{number(low)}\N{EN DASH}{number(high)}"
    named = next((n for n in (point, low, high) if n is not None), None)
    if named is None:
        return "no figure"
    if named == 0 and hedge in {"exact", None}:
        return "0 (none)"
    return _HEDGED.get(hedge or "exact", "{}").format(number(named))


def missing(reason: str | None) -> str:
    """Return why there is no figure ("withheld", "not reported")."""
    return MISSING.get(reason or "not_stated", "not reported")


def as_of(edtf: str | None) -> str:
    """Return an EDTF date in words: "2021-09-20" is "20 September 2021", "2006~" is "about 2006"."""
    return _as_of(_language.get(), edtf)


@lru_cache(maxsize=8192)
def _as_of(language: str, edtf: str | None) -> str:
    del language  # it is in the key: `_day` writes by it
    if not edtf:
        return "no date given"
    first, slash, last = edtf.partition("/")
    if not slash:
        return _day(first)
    if last in {"", ".."}:
        return f"from {_day(first)}"
    if first in {"", ".."}:
        return f"until {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def instant(at: str) -> str:
    """Return an ISO 8601 instant to the minute ("20 September 2021, 12:30 UTC")."""
    day, _, time = at.partition("T")
    return f"{as_of(day)}, {time[:5]} UTC" if time else as_of(day)


def change(act: str, claims: int) -> str:
    """Return what a change did ("3 claims recorded")."""
    return ACTS.get(act, act + ": {}").format(counted(claims, "claim"))


def listed(names: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(names) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


@lru_cache(maxsize=8192)
def sentence_case(words: str) -> str:
    """Return the words with their first letter large."""
    return words[:1].upper() + words[1:]


def _day(edtf: str) -> str:
    found = _DATE.fullmatch(edtf)
    if found is None:
        return edtf
    parts = [found["year"]]
    if found["month"]:
        parts.insert(0, _MONTHS[int(found["month"]) - 1])
    if found["day"] and _language.get() in MONTH_FIRST:
        parts.insert(1, f"{int(found['day'])},")
    elif found["day"]:
        parts.insert(0, str(int(found["day"])))
    return _DOUBTS[found["doubt"]].format(" ".join(parts))
