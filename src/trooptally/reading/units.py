# ruff: noqa: PLR2004 -- distances are counted in words
"""The formation named beside a count, the one it relieves, and for how long."""

from __future__ import annotations

import re

from trooptally.model import Qualifier
from trooptally.reading.lexicon import words
from trooptally.reading.scan import Scan
from trooptally.vocabulary import Measure, QualifierKind

_FORMATION = (
    r"(?:Division|Brigade|Regiment|Battalion|Corps|Combat Team|Expeditionary Unit|Expeditionary Force"
    r"|Squadron|Fleet|Wing|Group|Army|Task Force)"
)
_ORDINAL = (
    r"(?:\d{1,4}(?:st|nd|rd|th|d)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth)"
)
_UNIT = re.compile(
    rf"\b{_ORDINAL}(?: [A-Z][A-Za-z-]{{1,20}}){{0,5}}? {_FORMATION}(?: Combat Team)?\b"
    r"|\bOperation [A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?\b"
)
_RELIEVED = re.compile(rf"\b(?:replac|reliev)(?:e|es|ed|ing)\b[^.;]{{0,60}}?({_UNIT.pattern})")
_DURATION = re.compile(
    r"\b(?:for|a|an)\s((?:about |around )?(?:\w{1,12}|\d{1,3})[ -](?:month|year|week|day)s?)\b"
    r"(?=[ -](?:period|tour|deployment|rotation|mission)|[,. ])"
)


_SURE, _YEARS = 200, 1_800
_RELIEVING = words("replace relieve replacing relieving replaces relieves")
_BEFORE_ROTATION = words("normal regular routine scheduled planned troop")
_FORMATION_NOUNS = words("they division brigade unit units battalion deployment regiment it force contingent personnel")


def unit_of(texts: list[str]) -> str:
    """Return the first formation that texts name and that is not one being relieved."""
    for text in texts:
        relieved = relieved_of(text)
        for found in _UNIT.finditer(text):
            if found.group() != relieved:
                return found.group()
    return ""


def relieved_of(text: str) -> str:
    """Return the formation that a text says is relieved or replaced, or an empty string."""
    found = _RELIEVED.search(text)
    return found[1] if found else ""


def duration_of(text: str) -> str:
    """Return how long they are to stay, in the text's words, or an empty string."""
    found = _DURATION.search(text)
    return found[1] if found else ""


def qualifiers(texts: list[str], measure: Measure) -> tuple[Qualifier, ...]:
    """Return what narrows a movement: the unit relieved and the length of the tour."""
    if measure not in (Measure.ROTATING, Measure.DEPLOYING):
        return ()
    found = []
    relieved = next(filter(None, map(relieved_of, texts)), "")
    if relieved and measure is Measure.ROTATING:
        found.append(Qualifier(kind=QualifierKind.RELIEVED_UNIT, text=relieved))
    lasting = next(filter(None, map(duration_of, texts)), "")
    if lasting:
        found.append(Qualifier(kind=QualifierKind.DURATION, text=lasting))
    return tuple(found)


def relieving_words(scan: Scan) -> str:
    """Return the words by which a sentence says that soldiers told of elsewhere relieve others, or nothing."""
    if any(
        number.size >= 20
        and number.last - number.core == 1
        and ("," in scan.tokens[number.core].text or _SURE <= number.size < _YEARS)
        for number in scan.numbers
    ):
        return ""
    for at, low in enumerate(scan.lows):
        if low in _RELIEVING and _speaks_of_soldiers(scan, at):
            return scan.printed(max(at - 1, 0), min(at + 5, len(scan.tokens)))
        if (
            low in ("rotation", "rotations")
            and scan.low(at - 1) in _BEFORE_ROTATION
            and {"part", "deployment"} & scan.words
        ):
            return scan.printed(at - 1, at + 1)
    return ""


def _speaks_of_soldiers(scan: Scan, at: int) -> bool:
    before = set(scan.lows[max(at - 16, 0) : at])
    return bool(before & (scan.lexicon.nouns["soldier"] | _FORMATION_NOUNS))
