"""What need not be read: texts and sentences where no number stands near any word for soldiers.

One automaton looks for all words at once, so its time grows with the text and with nothing else; what survives is read
by the stages. Windows around the words are never looked at twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation, MatchKind

from trooptally.reading.lexicon import Lexicon, words

_BEFORE = 320
_AFTER = 320
_HEADED = 1_200
_CLOSE_BEFORE = 70
_CLOSE_AFTER = 100
_NUMERALS = sorted(
    words(
        "dozen score hundred thousand million two three four five six seven eight nine ten eleven twelve thirteen"
        " fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    )
)
_DIGIT = re.compile(r"\d")
# In raw JSON a sign may be written \u2019; its own digits are no number, but one may follow directly.
_DIGIT_BYTES = re.compile(rb"\d")
_OWN_DIGIT_BYTES = re.compile(rb"(?<![\\u0-9a-f])\d|(?<=\\u[0-9a-f]{4})\d")
_WORD_BYTES = re.compile(rf"\b(?:{'|'.join(_NUMERALS)})s?\b".encode())


@dataclass(frozen=True, slots=True)
class Spots:
    """The places in a text where a word for soldiers begins, in order."""

    starts: Sequence[int]

    def near(self, start: int, end: int) -> bool:
        """Return whether such a word stands in or close to a span of the text."""
        at = bisect_left(self.starts, start - _BEFORE)
        return at < len(self.starts) and self.starts[at] < end + _AFTER


def spots(flat: str, title: str = "") -> Spots:
    """Return where a text speaks of soldiers: also at its beginning, where its title does."""
    found = [start for _, start, _ in _words().find_matches_as_indexes(flat.replace("\n", " "))]
    headed = bool(title) and bool(_words().find_matches_as_indexes(title))
    return Spots(sorted([*found, *range(0, _HEADED, _BEFORE)])) if headed else Spots(found)


def has_number(flat: str, start: int, end: int) -> bool:
    """Return whether a number in digits or words begins in a span of the text."""
    if _DIGIT.search(flat, start, end) is not None:
        return True
    lowered = flat[start:end].lower()
    return any(
        not lowered[first - 1 : first].isalnum() and not lowered[last : last + 1].isalnum()
        for _, first, last in _numerals().find_matches_as_indexes(lowered)
    )


def worth_reading(line: bytes) -> bool:
    """Return whether a raw line of JSON can hold a count of soldiers, without decoding it."""
    hits = _byte_words().find_matches_as_indexes(line)
    return bool(hits) and _number_near(line, (start for _, start, _ in hits))


def _number_near(line: bytes, starts: Iterable[int]) -> bool:
    seen = 0
    for start in starts:
        first = max(start - _CLOSE_BEFORE, seen)
        last = start + _CLOSE_AFTER
        if last > first and _holds_number(line[first:last].lower()):
            return True
        seen = max(seen, last - 1)
    return False


def _holds_number(window: bytes) -> bool:
    """Return whether a number stands in some raw JSON in lower case; plain digits are looked for first, being fast."""
    digit = _DIGIT_BYTES.search(window) is not None and _OWN_DIGIT_BYTES.search(window) is not None
    return digit or _WORD_BYTES.search(window) is not None


@cache
def _words() -> AhoCorasick:
    return AhoCorasick(_spellings(Lexicon.shipped().stems), implementation=Implementation.DFA)


@cache
def _numerals() -> AhoCorasick:
    spellings = [word + ending for word in _NUMERALS for ending in ("", "s")]
    return AhoCorasick(spellings, implementation=Implementation.DFA, matchkind=MatchKind.LeftmostLongest)


@cache
def _byte_words() -> BytesAhoCorasick:
    spellings = set(_spellings(Lexicon.shipped().core_stems))
    # A blank may be a line break, which raw JSON writes as a backslash and an n.
    broken = {spelling.replace(" ", "\\n", 1) for spelling in spellings if spelling.startswith(" ")}
    encoded = [spelling.encode() for spelling in sorted(spellings | broken)]
    return BytesAhoCorasick(encoded, implementation=Implementation.DFA)


def _spellings(stems: Iterable[str]) -> list[str]:
    """Return every stem as it may be written: in lower case, with a capital, in capitals."""
    return sorted({form for stem in stems for form in (stem, stem.capitalize(), stem.title(), stem.upper())})
