"""The words that dates are made of, each with its class and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "\u2013"))
BETWEEN = frozenset(("-", "\u2013", "to", "until", "till", "through", "and"))
SINCE = frozenset(("since", "from"))
UNTIL = frozenset(("until", "till", "through"))
ONWARD = frozenset(("present", "now", "today", "date", "on", "onward", "onwards"))

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = tuple(name.lower() for name in MONTH_NAMES)
_SILENT = frozenset(
    (
        *("as", "at", "of", "on", "in", "during", "the", "by", ",", ".", "year", "month"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    )
)
APPROXIMATE, UNCERTAIN = 1, 2
_LEXICON = (
    {month: ("M", number) for number, month in enumerate(_MONTHS, start=1)}
    | {month[:3]: ("M", number) for number, month in enumerate(_MONTHS, start=1)}
    | {"sept": ("M", 9)}
    | {"spring": ("S", 21), "summer": ("S", 22), "autumn": ("S", 23), "fall": ("S", 23), "winter": ("S", 24)}
    | {"early": ("P", 37), "mid": ("P", 38), "middle": ("P", 38), "late": ("P", 39)}
    | {"beginning": ("E", 0), "start": ("E", 0), "end": ("E", 1), "close": ("E", 1)}
    | {f"q{number}": ("Q", 32 + number) for number in range(1, 5)}
    | {f"{number}q": ("Q", 32 + number) for number in range(1, 5)}
    | {f"h{number}": ("Q", 39 + number) for number in range(1, 3)}
    | dict.fromkeys(
        ("about", "around", "circa", "c", "ca", "approximately", "approx", "roughly", "~"),
        ("mark", APPROXIMATE),
    )
    | dict.fromkeys(("perhaps", "possibly", "probably", "maybe", "?"), ("mark", UNCERTAIN))
    | dict.fromkeys(_SILENT, ("silent", 0))
)
_YEAR_OF_A_DECADE = 2000
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": -1,
}
_DIVISIONS = {"quarter": (33, 4), "half": (40, 2)}


def classed(words: Sequence[str], at: int) -> tuple[str, int, int]:
    """Return the class and number of the word at an index, and how many words that takes.

    Classes: Y year, M month, D day or other small number, S season, Q quarter or half of a year, T decade, C century,
    P a part named loosely ("early"), E an edge ("end of"), "mark" (about, perhaps), "silent"; "" for no word of a date.
    """
    word = words[at]
    follows = words[at + 1] if at + 1 < len(words) else ""
    if word in _ORDINALS and follows in _DIVISIONS:
        first, most = _DIVISIONS[follows]
        number = _ORDINALS[word] % (most + 1) if _ORDINALS[word] < 0 else _ORDINALS[word]
        return ("Q", first + number - 1, 2) if number <= most else ("", 0, 1)
    if word in _LEXICON:
        return *_LEXICON[word], 1
    return *_numeric(word), 1


def _numeric(word: str) -> tuple[str, int]:
    """Class a word of digits: "2021", "20", "20th", "1990s"."""
    digits = word.rstrip("stndrh")
    letters = word[len(digits) :]
    if not digits.isdecimal():
        return "", 0
    number = int(digits)
    match len(digits), letters:
        case 4, "":
            return "Y", number
        case 4, "s":
            # "the 1800s" is a century, "the 2000s" a decade.
            return ("C", number // 100) if number % 100 == 0 and number < _YEAR_OF_A_DECADE else ("T", number // 10)
        case ((1 | 2), ("" | "st" | "nd" | "rd" | "th")):
            return "D", number
        case _:
            return "", 0
