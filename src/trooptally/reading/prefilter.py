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

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from trooptally.reading.lexicon import Lexicon

_BEFORE = 320
_AFTER = 320
_CLOSE_BEFORE = 70
_CLOSE_AFTER = 100
_NUMBER_WORDS = (
    r"(?:dozen|score|hundred|thousand|million|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)s?"
)
_NUMBER = re.compile(rf"\d|\b{_NUMBER_WORDS}\b", re.IGNORECASE)
_NUMBER_BYTES = re.compile(rf"\d|\b{_NUMBER_WORDS}\b".encode(), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spots:
    """The places in a text where a word for soldiers begins, in order."""

    starts: Sequence[int]

    def near(self, start: int, end: int) -> bool:
        """Return whether such a word stands in or close to a span of the text."""
        at = bisect_left(self.starts, start - _BEFORE)
        return at < len(self.starts) and self.starts[at] < end + _AFTER


def spots(flat: str) -> Spots:
    """Return where a text speaks of soldiers."""
    return Spots([start for _, start, _ in _words().find_matches_as_indexes(flat)])


def has_number(flat: str, start: int, end: int) -> bool:
    """Return whether a number in digits or words begins in a span of the text."""
    return _NUMBER.search(flat, start, end) is not None


def worth_reading(line: bytes) -> bool:
    """Return whether a raw line of JSON can hold a count of soldiers, without decoding it."""
    hits = _byte_words().find_matches_as_indexes(line)
    return bool(hits) and _number_near(line, (start for _, start, _ in hits))


def _number_near(line: bytes, starts: Iterable[int]) -> bool:
    seen = 0
    for start in starts:
        first = max(start - _CLOSE_BEFORE, seen)
        last = start + _CLOSE_AFTER
        if last > first and _NUMBER_BYTES.search(line, first, last):
            return True
        seen = max(seen, last - 1)
    return False


@cache
def _words() -> AhoCorasick:
    return AhoCorasick(_spellings(Lexicon.shipped().stems))


@cache
def _byte_words() -> BytesAhoCorasick:
    return BytesAhoCorasick([spelling.encode() for spelling in _spellings(Lexicon.shipped().core_stems)])


def _spellings(stems: Iterable[str]) -> list[str]:
    """Return every stem as it may be written: in lower case, with a capital, in capitals."""
    return sorted({form for stem in stems for form in (stem, stem.capitalize(), stem.title(), stem.upper())})
