# ruff: noqa: PLR2004 -- distances are counted in words
"""From any text to sentences: same length, so that every offset is an offset of the text that was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trooptally.reading.lexicon import words

_PLAIN: dict[str, str] = {
    **dict.fromkeys("\x00\t\r\f\v\xa0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\ufeff\u200e\u200f*_\\|", " "),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
    "\u2013": "-",
}
_UNPLAIN = re.compile("[" + re.escape("".join(_PLAIN)) + "]")
_END = re.compile(r"[.!?][\"')\]]{0,3}(?=\s{1,40}[\"'(\[]{0,2}[A-Z0-9\u00c0-\u00de])|[.!?][\"')\]]{0,3}(?=\n)")
_BLANK_LINE = re.compile(r"\n[ ]{0,200}\n")
_LAST_WORD = re.compile(r"([A-Za-z.]{1,12})\.$")
_ABBREVIATIONS = words(
    "mr mrs ms dr gen lt col maj capt sgt cpl cmdr adm rear vice brig sen rep gov prof st jr sr no vs"
    " approx jan feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd dept ave ft u.s u.k u.n e.g"
    " i.e d.c cf hon pvt spc pfc amb messrs art sec gens cols lts maj.gen brig.gen lt.gen lt.col col.gen"
    " rev fig"
)
_MAY_END = words("u.s u.k u.n d.c co inc corp jr no")
_OPENERS = words(
    "the it in he she they we but there a an and i this that these those at on for his her its as by if"
    " when while however meanwhile what you our some most many all after earlier last no"
)
_NEXT_WORD = re.compile(r"\s{1,40}[\"'(\[]{0,2}([A-Za-z]{1,12})")
_NEXT_DIGIT = re.compile(r"\s{1,40}\d")
_LONGEST_LINE = 100
_SHORT_LINE = 0.62
_LONGEST_SENTENCE = 1_200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: where it stands, and in which paragraph."""

    start: int
    end: int
    paragraph: int


def plain(text: str) -> str:
    """Return the text with blanks, quotes and dashes of one kind, character for character (offsets stay)."""
    return _UNPLAIN.sub(lambda found: _PLAIN[found.group()], text)


def sentences(flat: str) -> Iterator[Sentence]:
    """Yield the sentences of a text that `plain` has made; no sentence is longer than some 1,200 characters."""
    wrapped = _is_wrapped(flat)
    for number, (start, end) in enumerate(_paragraphs(flat, wrapped=wrapped)):
        for first, last in _split(flat, start, end):
            yield Sentence(start=first, end=last, paragraph=number)


def _is_wrapped(flat: str) -> bool:
    """Return whether lines are broken at a fixed width, so that a line break means no more than a space."""
    lines = flat[:20_000].split("\n")
    return len(lines) > 2 and max(map(len, lines)) <= _LONGEST_LINE


def _paragraphs(flat: str, *, wrapped: bool) -> Iterator[tuple[int, int]]:
    if not wrapped:
        yield from _lines(flat)
        return
    start = 0
    for blank in _BLANK_LINE.finditer(flat):
        yield from _unwrapped(flat, start, blank.start())
        start = blank.end()
    yield from _unwrapped(flat, start, len(flat))


def _lines(flat: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(flat):
        end = flat.find("\n", start)
        end = len(flat) if end < 0 else end
        if flat[start:end].strip():
            yield start, end
        start = end + 1


def _unwrapped(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Break a wrapped paragraph after a line that is short for its neighbours: a heading or a list entry."""
    width = max((len(line) for line in flat[start:end].split("\n")), default=0)
    first = start
    for line_start, line_end in _lines_between(flat, start, end):
        short = line_end - line_start < width * _SHORT_LINE
        after = flat[line_end + 1 : line_end + 2]
        if short and line_end < end and (after.isupper() or after.isdigit()) and flat[line_start:line_end].strip():
            yield first, line_end
            first = line_end + 1
    if flat[first:end].strip():
        yield first, end


def _lines_between(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = flat.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _split(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _END.finditer(flat, start, end):
        if stop.end() <= first or not _ends(flat, stop, end):
            continue
        yield from _trimmed(flat, first, stop.end())
        first = stop.end()
    yield from _trimmed(flat, first, end)


def _ends(flat: str, stop: re.Match[str], end: int) -> bool:
    """Return whether a full stop ends a sentence, and no abbreviation or initial."""
    if flat[stop.start()] != ".":
        return True
    word = _LAST_WORD.search(flat, max(0, stop.start() - 12), stop.start() + 1)
    if word is None:
        return True
    spelled = word[1].lower().lstrip(".")
    if spelled not in _ABBREVIATIONS and not (len(spelled) == 1 and word[1].isupper()):
        return True
    if spelled not in _MAY_END - {"no"} and _NEXT_DIGIT.match(flat, stop.end(), end):
        return False
    following = _NEXT_WORD.match(flat, stop.end(), end)
    if spelled in _MAY_END or len(spelled) == 1:
        return following is None or (following[1].lower() in _OPENERS and spelled in _MAY_END)
    return following is None


def _trimmed(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and flat[start].isspace():
        start += 1
    while end > start and flat[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST_SENTENCE:
        cut = flat.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        cut = start + _LONGEST_SENTENCE if cut < 0 else cut
        yield start, cut
        start = cut
    if start < end:
        yield start, end
