# ruff: noqa: PLR2004 -- distances are counted in words
"""Who says it: "according to X", "X said", "the X reported", and the speaker of a transcript."""

from __future__ import annotations

from collections.abc import Iterator

from trooptally.reading.lexicon import words
from trooptally.reading.scan import Scan

_SAYING = words(
    "said says say reported reports told announced announces claimed claims stated states estimated"
    " estimates confirmed confirms acknowledged disclosed revealed wrote writes noted added declared"
    " asserted testified believes believe assess assessed put puts charged alleged quoted admitted"
)
_LONGEST_NAME = 18
_PRONOUNS = words("he she they it we i who which that this you")


_SAYING_OR_NOUN = words("put puts states claims reports estimates charges")
_SUBJECT_STARTS = words("that but while as because when where after though although")


def attributed(scan: Scan, first: int, last: int) -> str:
    """Return the words that name whom a count between two tokens is attributed to, or an empty string."""
    return _according(scan) or _sayer(scan, first, last)


def _according(scan: Scan) -> str:
    for at in range(len(scan.tokens) - 2 if "according" in scan.words else 0):
        if scan.low(at) == "according" and scan.low(at + 1) == "to":
            return _name(scan, at + 2)
    return ""


def _name(scan: Scan, at: int) -> str:
    last = at
    while last < len(scan.tokens) and last - at < _LONGEST_NAME:
        low = scan.low(last)
        if scan.ends_clause(last) or (low in ("who", "which", "that", "and") and last > at + 3):
            break
        if low == "," and not (last + 1 < len(scan.tokens) and scan.tokens[last + 1].capital and last - at < 4):
            break
        if scan.among(last, "auxiliaries") and low not in ("to", "'s"):
            break
        last += 1
    return scan.printed(at, last) if last > at else ""


def _sayer(scan: Scan, first: int, last: int) -> str:
    """Read the subject of the verb of saying that is nearest to the count and not inside its phrase."""
    best = ""
    nearest = 10_000
    for at in _saying_verbs(scan):
        if first <= at < last:
            continue
        subject = _subject(scan, at)
        if subject and subject.lower() not in _PRONOUNS and min(abs(at - first), abs(at - last)) < nearest:
            best, nearest = subject, min(abs(at - first), abs(at - last))
    return best


def _saying_verbs(scan: Scan) -> Iterator[int]:
    for at, low in enumerate(scan.lows):
        if low in _SAYING and scan.verb_at(at) and not scan.among(at - 1, "prepositions"):
            if scan.low(at) in _SAYING_OR_NOUN and not scan.among(at + 1, "determiners"):
                continue
            if scan.low(at) in ("announced", "announces") and scan.low(at + 1) == "plans":
                continue
            yield at


def _subject(scan: Scan, at: int) -> str:
    first = at
    while first > 0 and (scan.among(first - 1, "auxiliaries") or scan.among(first - 1, "adverbs")):
        first -= 1
    stop = first
    while first > 0 and stop - first < _LONGEST_NAME:
        low = scan.low(first - 1)
        if scan.ends_clause(first - 1) or low in _SUBJECT_STARTS:
            break
        if low == "," and not _apposition(scan, first, stop):
            break
        if low == "and" and not scan.tokens[first].capital:
            break
        if scan.verb_at(first - 1) and not scan.tokens[first - 1].capital:
            return _inverted(scan, at)
        first -= 1
    name = scan.printed(first, stop).strip(" ,\"'") if stop > first else ""
    return name or _inverted(scan, at)


def _apposition(scan: Scan, first: int, stop: int) -> bool:
    """Return whether a comma is inside a name: "Gen. Smith, the commander, said"."""
    return first < len(scan.tokens) and stop - first <= 8 and scan.low(stop - 1) == ","


def _inverted(scan: Scan, at: int) -> str:
    """Read ", said General Smith"."""
    if (
        scan.low(at - 1) in (",", '"')
        and at + 1 < len(scan.tokens)
        and (scan.tokens[at + 1].capital or scan.among(at + 1, "determiners"))
    ):
        return _name(scan, at + 1)
    return ""
