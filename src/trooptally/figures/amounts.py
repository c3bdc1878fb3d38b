"""One number among tokens, in digits, in words or in both ("2.5 million"), before any hedge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trooptally.figures.numerals import Numeral, read_numeral
from trooptally.figures.words import SHORT_SCALES, read_scale, read_words, word_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from trooptally.figures.tokens import Token

MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
) | frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_GROUP = 3
_LEAST_ROUNDED = 20
"""Below it a half is half a person, above it a way of speaking ("a third of a million")."""
_SHORTEST_GLUED_NOUN = 4


class Amount(NamedTuple):
    """One number.

    Attributes:
        number: The number; a fraction where none of people is stated; the floor of a vague word.
        after: Index of the first token that is no part of it.
        vague: Whether the words name no number.
        scale: The scale that its words end in, which a range may share: 1,000 for "twelve thousand", else 1.
        rounded: Whether the words do not divide evenly ("a third of a million"), so that they state no exact number.
        doubt: How else it could be read, or empty.
        flaw: What was expected where it is malformed, else empty.
    """

    number: int | Fraction
    after: int
    vague: bool = False
    scale: int = 1
    rounded: bool = False
    doubt: str = ""
    flaw: str = ""


def read_amount(
    tokens: Sequence[Token], at: int, *, decimal: str | None = None, joined_by_and: bool = True
) -> Amount | None:
    """Return the number that begins at a token, or None; ordinals, decades and measures in letters are none."""
    if at >= len(tokens):
        return None
    if tokens[at].kind == "number":
        return _read_digits(tokens, at, decimal)
    worded = read_words(tokens, at, joined_by_and=joined_by_and)
    if worded is None:
        return None
    uneven = worded.number.denominator > 1
    if uneven and worded.number < _LEAST_ROUNDED:
        return Amount(worded.number, worded.after)
    return Amount(round(worded.number), worded.after, worded.vague, worded.scale, rounded=uneven)


def _read_digits(tokens: Sequence[Token], at: int, decimal: str | None) -> Amount | None:
    if _is_part_of_a_name(tokens, at):
        return None
    numeral, end = _with_stray_space(tokens, at) or (read_numeral(tokens[at].text, decimal), at + 1)
    scale, after = read_scale(tokens, end)
    if scale > 1 and numeral.scaled is not None:
        numeral = Numeral(numeral.scaled)
    if numeral.number is None:
        return Amount(0, after, flaw=numeral.flaw)
    number = numeral.number * scale
    whole = int(number) if number.denominator == 1 else number
    return Amount(whole, after, scale=scale, doubt=numeral.doubt)


def _with_stray_space(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """Read "2, 800" as 2,800, unless a month before it makes it a day ("on Sept. 20, 800 troops")."""
    if word_at(tokens, at + 1) not in {",", "."} or at + 2 >= len(tokens):
        return None
    head, mark, tail = tokens[at : at + 3]
    spaces = tail.start - head.end - 1
    if not (_is_group(head, most=True) and _is_group(tail) and spaces == 1) or _follows_month(tokens, at):
        return None
    whole = int(head.text + tail.text)
    return Numeral(
        whole, doubt=f"'{head.text}{mark.text} {tail.text}' is read as {whole:,}, with a stray space"
    ), at + 3


def _is_group(token: Token, *, most: bool = False) -> bool:
    length = len(token.text)
    return token.text.isdigit() and (length == _GROUP or (most and length < _GROUP and token.text[0] != "0"))


def _follows_month(tokens: Sequence[Token], at: int) -> bool:
    before = at - 2 if word_at(tokens, at - 1) == "." else at - 1
    return word_at(tokens, before) in MONTHS


def _is_part_of_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether letters are glued to the digits: "82nd", "1990s", "155mm"; but "2.5k" and "2,500troops" are numbers."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "word" or tokens[at + 1].start != tokens[at].end:
        return False
    letters = tokens[at + 1].text
    return letters not in SHORT_SCALES and letters != "ish" and len(letters) < _SHORTEST_GLUED_NOUN
