"""Dates in plain English, turned into EDTF: "Sept. 20, 2021", "early 2006", "January-June 2021", "since 2017".

The words of a text are classed (month, year, season ...), and a table says which sequence of classes makes which EDTF.
What the table does not hold is no date: nothing is skipped to make a text fit but words that say nothing about time
("as of", "the", a weekday).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from trooptally.dates.as_of import Precision
from trooptally.dates.edtf import read_edtf
from trooptally.dates.words import APPROXIMATE, BETWEEN, DASHES, ONWARD, SINCE, UNTIL, classed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WORD = re.compile(r"\d{4}(?:s(?![a-z]))?|\d++(?:st|nd|rd|th|q)?|[qh]\d(?!\d)|[^\W\d_]++|[^\w\s]")
_MARKS = {0: "", 1: "~", 2: "?", 3: "%"}


class _Part(NamedTuple):
    """A word of a date: its class ("Y" year, "M" month, "D" number, see `words.classed`) and its number."""

    kind: str
    number: int


def edtf_of_words(text: str) -> str | None:
    """Return the EDTF of a date in plain words, or None where the words are no date that we know."""
    words = _WORD.findall(text.lower().translate(DASHES))
    if not words:
        return None
    return _open_interval(words) or _single(words) or _interval(words)


def _open_interval(words: list[str]) -> str | None:
    """Read "since 2017", "2017 to present", "from 2017 on", "until 2017"."""
    if words[0] in UNTIL:
        until = _single(words[1:])
        return until and f"../{until}"
    body = words[1:] if words[0] in SINCE else words
    while len(body) > 1 and (body[-1] in ONWARD or body[-1] in BETWEEN):
        body = body[:-1]
    since = _single(body) if len(body) < len(words) else None
    return since and f"{since}/.."


def _interval(words: list[str]) -> str | None:
    """Read two dates with a dash or "to" between; what one leaves out it takes from the other."""
    body = words[1:] if words[0] in {"between", "from"} else words
    for at, word in enumerate(body):
        if word in BETWEEN:
            first, last = _parts(body[:at]), _parts(body[at + 1 :])
            ends = first and last and _completed(first, last)
            edtf = ends and _ordered(_built(ends[0]), _built(ends[1]))
            if edtf:
                return edtf
    return None


def _ordered(first: str | None, last: str | None) -> str | None:
    """Return the interval of two dates, or None where they are none or end before they begin."""
    if not first or not last:
        return None
    # ISO order is text order as far as the year goes; the calendar judges the rest when the interval is read.
    return f"{first}/{last}" if first[:4] <= last[:4] else None


def _completed(first: list[_Part], last: list[_Part]) -> tuple[list[_Part], list[_Part]] | None:
    """Return both dates whole: "January-June 2021", "1-15 September 2021", "September 1-15, 2021", "2001-02"."""
    if [p.kind for p in first] == ["Y"] and [p.kind for p in last] == ["D"]:
        year = first[0].number // 100 * 100 + last[0].number
        return (first, [_Part("Y", year)]) if year > first[0].number else None
    year_of_last = [p for p in last if p.kind in "YT"]
    if not any(p.kind in "YT" for p in first):
        first = first + year_of_last
    for lacking, giving in ((first, last), (last, first)):
        kinds = [p.kind for p in lacking]
        if kinds == ["D", "Y"]:
            lacking[1:1] = [p for p in giving if p.kind == "M"]
    return first, last


def _single(words: Sequence[str]) -> str | None:
    """Read one date."""
    parts = _parts([word for word in words if word != "-"])
    return _built(parts) if parts else None


def _parts(words: Sequence[str]) -> list[_Part] | None:
    """Return the words' classes without the silent ones, or None where a word has none."""
    parts = []
    at = 0
    while at < len(words):
        kind, number, taken = classed(words, at)
        if not kind:
            return None
        if kind != "silent":
            parts.append(_Part(kind, number))
        at += taken
    return parts


def _built(parts: Sequence[_Part]) -> str | None:
    """Return the EDTF that the parts make, with the marks that stand among them."""
    marks = sum({p.number for p in parts if p.kind == "mark"})
    dated = [p for p in parts if p.kind != "mark"]
    edge = dated[0].number if dated and dated[0].kind == "E" else None
    rest = dated if edge is None else dated[1:]
    build = _BUILDERS.get("".join(p.kind for p in rest))
    edtf = build(*(p.number for p in rest)) if build else None
    if edtf and edge is not None:
        edtf = _edge(edtf, edge)
    if not edtf:
        return None
    return edtf[:-1] + _MARKS[marks | APPROXIMATE] if edtf.endswith("~") else edtf + _MARKS[marks]


def _edge(edtf: str, edge: int) -> str:
    """Return about the first or last day of a month, or about the first or last month of a longer period."""
    whole = read_edtf(edtf)
    day = (whole.earliest, whole.latest)[edge]
    in_month = whole.precision is Precision.MONTH
    return f"{day:%Y-%m-%d}~" if in_month else f"{day:%Y-%m}~"


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def _within(year: int, part: int) -> str:
    """Return a month, season or quarter of a year."""
    return f"{year:04}-{part:02}"


def _winter(season: int, year: int, next_year: int) -> str | None:
    """Return "winter 2001-02", which is the winter that begins in 2001."""
    return _within(year, season) if (year + 1) % 100 == next_year else None


_BUILDERS: dict[str, Callable[..., str | None]] = {
    "Y": lambda year: f"{year:04}",
    "T": lambda decade: f"{decade}X",
    "C": lambda century: f"{century}XX",
    "DMY": lambda day, month, year: _day(year, month, day),
    "MDY": lambda month, day, year: _day(year, month, day),
    "YMD": _day,
    "SYD": _winter,
    **{f"{kind}Y": lambda part, year: _within(year, part) for kind in "MSQ"},
    **{f"Y{kind}": _within for kind in "MSQ"},
    "PY": lambda part, year: _within(year, part) + "~",
    "PT": lambda _, decade: f"{decade}X~",
    **{f"P{kind}Y": lambda _, part, year: _within(year, part) + "~" for kind in "MSQ"},
}
