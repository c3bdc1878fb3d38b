"""Text cut into numerals, words and signs, with every script's digits, dashes and spaces brought to one form."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Token(NamedTuple):
    """One numeral, word or sign of a text.

    Attributes:
        text: Lower case; digits are 0-9, dashes "-", inner spaces plain, whatever the print had.
        start: Its first character in the text that was cut.
        end: One past its last character there.
        kind: "number", "word" or "sign".
    """

    text: str
    start: int
    end: int
    kind: str


# Possessive quantifiers and bounded groups: no text, however hostile, takes more than linear time.
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?: \d{3}){1,4}(?![\d,.']*\d)|\d++(?:[.,']\d++)*+)"
    r"|(?P<word>[^\W\d_]++(?:'[^\W\d_]++)?)"
    r"|(?P<sign>[^\w\s]|_)"
)

_ONE_FORM = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\u2032\uff07", "'"),
    **dict.fromkeys("\u066c\uff0c", ","),
    **dict.fromkeys("\u066b\uff0e", "."),
    "\u2248": "~",
    "\uff5e": "~",
    "\uff0b": "+",
    "\u2a7e": "\u2265",
    "\u2a7d": "\u2264",
}


def tokenise(text: str) -> list[Token]:
    """Return the text's numerals, words and signs in order; offsets are those of the text as given."""
    return [
        Token(match.group(), match.start(), match.end(), match.lastgroup or "")
        for match in _TOKEN.finditer(_folded(text))
    ]


def _folded(text: str) -> str:
    """Return the text in lower case with one form for each digit, dash and space, character for character."""
    lowered = text.lower()
    if text.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return "".join(map(_one_form, lowered))


@cache
def _one_form(character: str) -> str:
    # `isdecimal` holds for the digits of every script, but not for the raised figures of footnotes, which are left out.
    if character.isdecimal():
        return str(int(character))
    if character.isdigit():
        return " "
    return _ONE_FORM.get(character, character)
