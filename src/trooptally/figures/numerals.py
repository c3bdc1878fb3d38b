"""A numeral in digits, read: which of its dots, commas and spaces group thousands, and which begins a decimal."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_MOST_DIGITS = 15
_GROUP = 3
_USUAL = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
"""Nearly every numeral that is no run of digits; read before all others, for speed."""


class Numeral(NamedTuple):
    """What a numeral states.

    Attributes:
        number: The number, or None where the numeral is malformed.
        doubt: A sentence on the other way to read it, or empty.
        flaw: What was expected, where `number` is None.
        scaled: The number to take instead where a word such as "million" follows: "2,5 million", "1.250 million".
    """

    number: int | Fraction | None
    doubt: str = ""
    flaw: str = ""
    scaled: Fraction | None = None


def read_numeral(text: str, decimal: str | None = None) -> Numeral:
    """Return what a numeral states.

    Args:
        text: Digits with inner ".", ",", "'" or " ", as `tokenise` cuts them.
        decimal: The sign that begins decimals in this report, "." or ",", where that is known.
    """
    if len(text) > _MOST_DIGITS and sum(c.isdigit() for c in text) > _MOST_DIGITS:
        return Numeral(None, flaw=f"at most {_MOST_DIGITS} digits")
    if text.isdigit():
        return _plain(text)
    if decimal != "," and _USUAL.fullmatch(text):
        return Numeral(int(text.replace(",", "")))
    signs = [c for c in text if not c.isdigit()]
    match len(set(signs)), len(signs):
        case 1, 1:
            return _one_sign(text, signs[0], decimal)
        case 1, _:
            return _one_sign_often(text, signs[0], decimal)
        case _:
            return _two_signs(text, signs, decimal)


def _plain(text: str) -> Numeral:
    if text[0] == "0" and len(text) > 1:
        return Numeral(None, flaw="a number without leading zeros")
    return Numeral(int(text))


def _one_sign(text: str, sign: str, decimal: str | None) -> Numeral:
    """Read a numeral with a single sign in it: "2,500", "2.500", "2500.0", "171,00"."""
    grouped = _grouped(text, sign)
    if sign in " '":
        return _thousands(text, sign) if grouped else _malformed(sign)
    if sign == decimal:
        return _decimal(text, sign)
    if sign == "." and not grouped:
        return _decimal(text, sign)
    if not grouped:
        return Numeral(None, flaw=_malformed(sign).flaw, scaled=_fraction(text, sign))
    if sign == "." and decimal is None:
        whole = _thousands(text, sign).number
        doubt = f"{text} is read as {whole:,}; with a decimal point it would be {text.split('.', maxsplit=1)[0]}"
        return Numeral(whole, doubt=doubt, scaled=_fraction(text, sign))
    return _thousands(text, sign)


def _one_sign_often(text: str, sign: str, decimal: str | None) -> Numeral:
    """Read a numeral with one kind of sign several times: "1,234,567", "1.234.567", "1,23,456"."""
    if _grouped(text, sign):
        whole = _thousands(text, sign)
        if sign != decimal:
            return whole
        return Numeral(whole.number, doubt=f"{text} is read as {whole.number:,}, though '{sign}' begins decimals here")
    if sign == "," and _grouped_in_lakhs(text):
        whole = _thousands(text, sign)
        return Numeral(whole.number, doubt=f"{text} is read as {whole.number:,}, grouped in lakhs as in India")
    return _malformed(sign)


def _two_signs(text: str, signs: list[str], decimal: str | None) -> Numeral:
    """Read a numeral with both signs, the last of which begins the decimals: "1,234.00", "1.234,00"."""
    group, last = signs[0], signs[-1]
    whole = text.rpartition(last)[0]
    if last in " '" or signs.count(last) > 1 or decimal not in {None, last} or not _grouped(whole, group):
        return Numeral(None, flaw="groups of three digits with one sign, and decimals after another")
    return _decimal(text.replace(group, ""), last)


def _grouped(text: str, sign: str) -> bool:
    """Whether the sign cuts the digits into groups of three, with one to three (and no zero) before the first."""
    head, *groups = text.split(sign)
    return 1 <= len(head) <= _GROUP and head[0] != "0" and all(len(g) == _GROUP and g.isdigit() for g in groups)


def _grouped_in_lakhs(text: str) -> bool:
    """Whether the commas stand as in India: three digits last, pairs before them ("1,23,456")."""
    head, *pairs, last = text.split(",")
    return len(head) in {1, 2} and head[0] != "0" and all(len(p) == len("00") for p in pairs) and len(last) == _GROUP


def _thousands(text: str, sign: str) -> Numeral:
    return Numeral(int(text.replace(sign, "")))


def _decimal(text: str, sign: str) -> Numeral:
    fraction = _fraction(text, sign)
    return Numeral(int(fraction) if fraction.denominator == 1 else fraction)


def _fraction(text: str, sign: str) -> Fraction:
    whole, _, decimals = text.partition(sign)
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _malformed(sign: str) -> Numeral:
    name = {",": "comma", ".": "point", " ": "space", "'": "apostrophe"}[sign]
    return Numeral(None, flaw=f"three digits after each {name}, or no {name}")
