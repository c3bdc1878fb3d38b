"""Numbers in words, read from tokens: "twenty-five hundred", "half a million", "tens of thousands"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.figures.tokens import Token

UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40}
SCALES = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9}
COLLECTIVES = {"dozen": 12, "score": 20}
FRACTIONS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "fifth": Fraction(1, 5),
}
PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}

VAGUE_PLURALS = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
}
VAGUE_MULTIPLES = {"tens": 10, "hundreds": 100}
VAGUE_QUANTIFIERS = {"several", "few", "couple", "many", "handful", "multiple", "numerous"}
ALONE = {"several", "few", "couple", "handful"}
LARGEST_SCALE = 10**12
_FEW = 2
_HUNDRED = 100

NUMBER_WORDS = frozenset(UNITS) | frozenset(TENS) | frozenset(SCALES) | frozenset(COLLECTIVES) | {"hundred"}
STARTERS = NUMBER_WORDS | FRACTIONS.keys() | VAGUE_PLURALS.keys() | VAGUE_QUANTIFIERS | {"a", "an"}
"""Every word that an amount in words can begin with."""


class Worded(NamedTuple):
    """A number in words.

    Attributes:
        number: The number; a fraction where the words do not divide evenly ("a third of a million").
        after: The index of the first token that is no part of it.
        vague: Whether the words name no number; `number` is then the least they can mean.
        scale: The word of scale that it ends in ("two thousand" 1,000), which a range may share; else 1.
    """

    number: int | Fraction
    after: int
    vague: bool = False
    scale: int = 1


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return the text of the token at an index, or nothing beyond the end."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def read_words(tokens: Sequence[Token], at: int, *, joined_by_and: bool = True) -> Worded | None:
    """Return the number in words that begins at an index, or None.

    Args:
        tokens: A text, cut.
        at: Where the number should begin.
        joined_by_and: Whether "and" may join its parts; not after "between", where it may join two numbers.
    """
    if word_at(tokens, at) not in STARTERS:
        return None
    share, after = _read_share(tokens, at)
    if share:
        return _read_part(tokens, share, after)
    cardinal = _Cardinal(tokens, _past_article(tokens, at), joined_by_and=joined_by_and)
    return _read_vague(tokens, at) or cardinal.read()


def read_scale(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the product of the scale words from an index on ("hundred thousand"), and the index after them."""
    scale = 1
    while scale < LARGEST_SCALE and (factor := _scale_at(tokens, at)):
        scale *= factor
        at += 1
    return scale, at


def _scale_at(tokens: Sequence[Token], at: int) -> int:
    word = word_at(tokens, at)
    if word in SHORT_SCALES and tokens[at - 1].end == tokens[at].start:
        return SHORT_SCALES[word]
    if word == "k":
        return SHORT_SCALES[word]
    return SCALES.get(word) or COLLECTIVES.get(word) or (_HUNDRED if word == "hundred" else 0)


def _past_article(tokens: Sequence[Token], at: int) -> int:
    """Return the index after "a" where a word that can take it follows ("a hundred"), else the index itself."""
    follows = word_at(tokens, at + 1)
    takes_article = follows == "hundred" or follows in SCALES or follows in COLLECTIVES
    return at + 1 if word_at(tokens, at) in {"a", "an"} and takes_article else at


def _read_vague(tokens: Sequence[Token], at: int) -> Worded | None:
    """Read "dozens", "several hundred", "a few thousand", "tens of thousands", "a couple of hundred"."""
    start = at + 1 if word_at(tokens, at) == "a" else at
    quantifier = word_at(tokens, start)
    if quantifier not in VAGUE_QUANTIFIERS:
        return _read_vague_plural(tokens, at) if start == at else None
    after = start + 1
    if word_at(tokens, after) in VAGUE_QUANTIFIERS:
        return None
    of = after + 1 if word_at(tokens, after) == "of" else after
    plural = _read_vague_plural(tokens, of) or _read_vague_scale(tokens, of)
    if plural:
        return plural
    means_two = quantifier in ALONE and (quantifier == "several" or start > at)
    return Worded(_FEW, after, vague=True) if means_two else None


def _read_vague_plural(tokens: Sequence[Token], at: int) -> Worded | None:
    """Read "hundreds" or "hundreds of thousands"."""
    plural = word_at(tokens, at)
    if plural not in VAGUE_PLURALS:
        return None
    larger = VAGUE_PLURALS.get(word_at(tokens, at + 2), 0) if word_at(tokens, at + 1) == "of" else 0
    times = VAGUE_MULTIPLES.get(plural, 0)
    if times and larger >= VAGUE_PLURALS["thousands"] and times * larger <= 10 * VAGUE_PLURALS["millions"]:
        return Worded(times * larger, at + 3, vague=True)
    return Worded(VAGUE_PLURALS[plural], at + 1, vague=True)


def _read_vague_scale(tokens: Sequence[Token], at: int) -> Worded | None:
    """Read the scale after "several": "hundred", "thousand", "hundred thousand", "dozen"."""
    word = word_at(tokens, at)
    if word == "hundred" and word_at(tokens, at + 1) == "thousand":
        return Worded(VAGUE_PLURALS["hundreds"] * SCALES["thousand"], at + 2, vague=True)
    floor = VAGUE_PLURALS.get(word + "s")
    return Worded(floor, at + 1, vague=True) if floor else None


def _read_part(tokens: Sequence[Token], share: Fraction, at: int) -> Worded | None:
    """Read what a share is of: "half a million", "two thirds of a million"; of anything else it is no number."""
    at += word_at(tokens, at) in {"of", "-"}
    at += word_at(tokens, at) in {"a", "an"}
    scale, after = read_scale(tokens, at)
    if scale == 1:
        return None
    whole = share * scale
    return Worded(int(whole) if whole.denominator == 1 else whole, after)


def _read_share(tokens: Sequence[Token], at: int) -> tuple[Fraction | None, int]:
    word, follows = word_at(tokens, at), word_at(tokens, at + 1)
    if word in UNITS:
        dashed = follows == "-"
        parts = PARTS.get(word_at(tokens, at + 2) if dashed else follows)
        return (Fraction(UNITS[word], parts), at + 2 + dashed) if parts else (None, at)
    if word == "a" and follows in FRACTIONS:
        return FRACTIONS[follows], at + 2
    return FRACTIONS.get(word), at + 1


class _Cardinal:
    """Reads a cardinal number word by word, adding up hundreds within groups and groups into the total."""

    def __init__(self, tokens: Sequence[Token], at: int, *, joined_by_and: bool) -> None:
        self._tokens = tokens
        self._at = at
        self._joined_by_and = joined_by_and
        self._total: int | Fraction = 0
        self._group: int | Fraction = 0
        self._last = ""
        self._scale = LARGEST_SCALE
        self._scales = 0

    def read(self) -> Worded | None:
        """Return the number, or None where no number word stands."""
        while self._take(word_at(self._tokens, self._at)):
            self._at += 1
            self._skip_joints()
        if not self._last:
            return None
        return Worded(self._total + self._group, self._at, scale=self._shared_scale())

    def _shared_scale(self) -> int:
        """Return the scale that the number ends in, where it is the only one: of "two thousand five hundred" none."""
        if self._last == "scale" and self._scales == 1:
            return self._scale
        return _HUNDRED if self._last == "hundred" and not self._scales else 1

    def _take(self, word: str) -> bool:
        """Take a word if it can continue the number."""
        if word in UNITS:
            return self._add(UNITS[word], "unit", after=self._before_unit(UNITS[word]))
        if word in TENS:
            return self._add(TENS[word], "tens", after={"", "hundred", "scale"})
        if word == "hundred":
            return self._multiply(_HUNDRED, "hundred", after={"", "unit", "tens"})
        if word in COLLECTIVES:
            return self._multiply(COLLECTIVES[word], "collective", after={"", "unit", "tens"})
        return word in SCALES and self._close_group(SCALES[word])

    def _before_unit(self, number: int) -> set[str]:
        joins_tens = 0 < number < UNITS["ten"]
        return {"", "hundred", "scale", "tens"} if joins_tens else {"", "hundred", "scale"}

    def _add(self, number: int, kind: str, *, after: set[str]) -> bool:
        if self._last not in after or (number == 0 and self._last):
            return False
        self._group += number
        self._last = kind
        return True

    def _multiply(self, factor: int, kind: str, *, after: set[str]) -> bool:
        if self._last not in after or self._group >= _HUNDRED:
            return False
        self._group = (self._group or 1) * factor
        self._last = kind
        return True

    def _close_group(self, scale: int) -> bool:
        if scale >= self._scale or self._last in {"scale", "collective"}:
            return False
        self._total += (self._group or 1) * scale
        self._group, self._last, self._scale = 0, "scale", scale
        self._scales += 1
        return True

    def _skip_joints(self) -> None:
        """Step over what may stand inside a number: "twenty-five", "hundred and fifty", "two and a half"."""
        joint, follows = word_at(self._tokens, self._at), word_at(self._tokens, self._at + 1)
        if joint == "-" and ((self._last == "tens" and follows in UNITS) or follows in SCALES or follows == "hundred"):
            self._at += 1
        elif joint == "and":
            self._skip_and(follows)
        elif joint == "," and self._last == "scale" and (follows in UNITS or follows in TENS):
            self._at += 1

    def _skip_and(self, follows: str) -> None:
        if follows == "a" and word_at(self._tokens, self._at + 2) == "half":
            self._add_half()
        elif self._joined_by_and and self._last in {"hundred", "scale"} and (follows in UNITS or follows in TENS):
            self._at += 1

    def _add_half(self) -> None:
        if self._last == "scale":
            self._total += self._scale // 2
        else:
            self._group += Fraction(1, 2)
        self._at += 3
