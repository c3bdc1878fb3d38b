"""From a sentence to tokens: words, numerals and signs, each with its place in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<number>[$\u20ac\u00a3]?\d{1,20}(?:[.,]\d{1,9}){0,6}+(?P<glued>[A-Za-z]{0,12}))"
    r"|(?P<abbreviation>(?:[A-Za-z]\.){2,5}(?:-(?:led|backed|trained|brokered|sponsored|allied|based|sanctioned|mandated|supported|authorized))?)"
    r"|(?P<short>'(?:s|re|ve|ll|d|m|t)\b)"
    r"|(?P<word>[^\W\d_]{1,40}(?:['-](?!s\b|re\b|ve\b|ll\b|d\b|m\b|strong\b)[^\W_]{1,30}){0,4}+)"
    r"|(?P<sign>[^\s\w]|_|\w)"
)

_KINDS = {"number": "", "abbreviation": "word", "short": "word", "word": "word", "sign": "sign", None: "sign"}


class Token(NamedTuple):
    """One word, numeral or sign.

    Attributes:
        text: As printed.
        low: In lower case; "U.S." has "u.s." here.
        start: Its first character in the text.
        end: One past its last character.
        kind: `number`, `word` or `sign`.
    """

    text: str
    low: str
    start: int
    end: int
    kind: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tokenize(flat: str, start: int, end: int) -> list[Token]:
    """Return the tokens between two places of a text that `sentences.plain` has made."""
    made = tuple.__new__  # what Token(...) does, without its detour: tokens are what a text costs most
    return [
        made(Token, (text := found[0], text.lower(), *found.span(), _KINDS[found.lastgroup] or _of_numeral(found)))
        for found in _TOKEN.finditer(flat, start, end)
    ]


def _of_numeral(found: re.Match[str]) -> str:
    return "word" if found["glued"] and not _is_number_with_suffix(found["glued"]) else "number"


def _is_number_with_suffix(glued: str) -> bool:
    return glued.lower() in ("k", "m", "bn", "mln")
