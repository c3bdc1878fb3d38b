# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""Numbers in a sentence: every printed form, with hedge and bounds, and what is a number only by looks.

A number is found on tokens, never by one large expression, so that the work grows with the tokens and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from trooptally.reading.hedging import Number, hedged
from trooptally.reading.lexicon import Lexicon, words
from trooptally.reading.tokens import Token
from trooptally.vocabulary import Hedge

_MOST = 100_000_000
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,3}")
_THREE = re.compile(r"\d{3}")
_RANGE_SIGNS = ("-", "\u2013", "\u2014")
_MOST_AMOUNTS = 150
_SHORT_NAME = 2


_SEVERAL = words("several few couple many some")
_RANGING = words("range ranges ranging ranged anywhere varied vary varying of")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A bare amount between two tokens, before any hedge."""

    first: int
    last: int
    worth: float
    vague_word: str = ""
    spelled: bool = False
    bare: bool = False
    fraction: bool = False


def numbers(tokens: Sequence[Token], lexicon: Lexicon) -> list[Number]:
    """Return the number phrases of a sentence, ranges joined and hedges read, in order; of a table, the first ones."""
    amounts = list(islice(_amounts(tokens, lexicon), _MOST_AMOUNTS))
    found: list[Number] = []
    position = 0
    while position < len(amounts):
        amount = amounts[position]
        following = amounts[position + 1] if position + 1 < len(amounts) else None
        joined = _joined(tokens, amount, following) if following else None
        if joined:
            found.append(hedged(tokens, lexicon, joined))
            position += 2
        else:
            if 0 < amount.worth <= _MOST:
                found.append(hedged(tokens, lexicon, _bare(amount)))
            position += 1
    return found


def _amounts(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[_Amount]:
    behind = 0
    for position, token in enumerate(tokens):
        if position < behind or not (token.kind == "number" or lexicon.opens_number(token.low)):
            continue
        amount = _numeral(tokens, position, lexicon) or _worded(tokens, position, lexicon)
        if amount is not None:
            yield amount
            behind = amount.last


def _numeral(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> _Amount | None:
    """Read a number in digits: "2,000", "2, 800", "130 000", "132.000", "2.5 million", "47 thousand", "2.5k"."""
    token = tokens[at]
    if token.kind != "number" or not token.text[0].isdigit() or _in_a_name(tokens, at):
        return None
    digits = token.low.rstrip("abcdefghijklmnopqrstuvwxyz")
    factor = lexicon.scales.get(token.low[len(digits) :], 1)
    worth, last = _digits(tokens, at, digits)
    if worth is None:
        return None
    while last < len(tokens) and tokens[last].low in lexicon.scales and tokens[last].low not in ("k", "m"):
        factor *= lexicon.scales[tokens[last].low]
        last += 1
    total = worth * factor
    if total != int(total):
        return None
    return _Amount(at, last, int(total), bare=digits.isdigit() and factor == 1)


def _in_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Return whether letters touch the digits: "M23", "F-16", "C-17s"."""
    before = at - 1
    if before > 0 and tokens[before].text == "-" and tokens[before].end == tokens[at].start:
        before -= 1
        return tokens[before].end == tokens[before + 1].start and len(tokens[before].text) <= _SHORT_NAME and (
            tokens[before].text.isalpha() and tokens[before].text.isupper()
        )  # fmt: skip
    return before >= 0 and tokens[before].kind == "word" and tokens[before].end == tokens[at].start


def _digits(tokens: Sequence[Token], at: int, digits: str) -> tuple[float | None, int]:
    if _GROUPED.fullmatch(digits):
        return int(digits.replace(",", "")), at + 1
    if _POINTED.fullmatch(digits) and not digits.startswith("0"):
        return int(digits.replace(".", "")), at + 1
    if digits.startswith("0"):
        return None, at + 1
    if digits.isdigit():
        joined, last = _spaced_groups(tokens, at, digits)
        return (int(joined), last) if len(joined) <= 9 else (None, last)
    return (float(digits), at + 1) if _DECIMAL.fullmatch(digits) else (None, at + 1)


def _spaced_groups(tokens: Sequence[Token], at: int, digits: str) -> tuple[str, int]:
    """Join groups of three digits that a space, or a comma and a stray space, holds apart."""
    last = at + 1
    if len(digits) > 3 or digits.startswith("0"):
        return digits, last
    while True:
        comma = last + 1 < len(tokens) and tokens[last].text == "," and tokens[last].start == tokens[last - 1].end
        group = last + 1 if comma else last
        if group >= len(tokens) or not _THREE.fullmatch(tokens[group].text):
            return digits, last
        if tokens[group].start - tokens[group - 1].end != 1 or (not comma and tokens[group].text != "000"):
            return digits, last
        digits, last = digits + tokens[group].text, group + 1


def _worded(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> _Amount | None:
    """Read a number in words: "three thousand", "half a million", "several hundred", "tens of thousands"."""
    if tokens[at].kind == "number" and not lexicon.opens_number(tokens[at].low):
        return None
    return (
        _of_fraction(tokens, at, lexicon)
        or _of_vague(tokens, at, lexicon)
        or _of_several(tokens, at, lexicon)
        or _of_units(tokens, at, lexicon)
    )


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _of_fraction(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> _Amount | None:
    start = at + 1 if _low(tokens, at) in ("a", "one") else at
    worth = lexicon.fractions.get(_low(tokens, start))
    after = start + 1
    if worth is None:
        return None
    after += _low(tokens, after) == "of"
    if _low(tokens, after) != "a" or _low(tokens, after + 1) not in lexicon.scales:
        return None
    scale = lexicon.scales[_low(tokens, after + 1)]
    return _Amount(at, after + 2, int(worth * scale), spelled=True, fraction=worth not in (0.5, 0.25))


def _of_vague(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> _Amount | None:
    word = _low(tokens, at)
    if word in ("tens", "hundreds", "scores", "dozens") and _low(tokens, at + 1) == "of":
        unit = _low(tokens, at + 2)
        if unit in ("thousands", "millions", "hundreds"):
            base = {"tens": 10, "dozens": 10, "scores": 10, "hundreds": 100}[word]
            spelled = f"{word} of {unit}"
            return _Amount(at, at + 3, base * lexicon.vague[unit], vague_word=spelled, spelled=True)
    if word in lexicon.vague:
        return _Amount(at, at + 1, lexicon.vague[word], vague_word=word, spelled=True)
    return None


def _of_several(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> _Amount | None:
    """Read "several hundred", "a few thousand", "a couple of dozen", "many thousands"."""
    after = at
    if _low(tokens, after) == "a" and _low(tokens, after + 1) in ("few", "couple"):
        after += 1
    if _low(tokens, after) not in _SEVERAL:
        return None
    after += 1
    after += _low(tokens, after) == "of"
    word = _low(tokens, after)
    plural = {
        "hundred": "hundreds",
        "thousand": "thousands",
        "dozen": "dozens",
        "score": "scores",
        "million": "millions",
    }
    if word not in plural:
        return None
    spelled = " ".join(token.low for token in tokens[at : after + 1])
    return _Amount(at, after + 1, lexicon.vague[plural[word]], vague_word=spelled, spelled=True)


def _of_units(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> _Amount | None:
    """Read "three thousand", "one hundred and fifty", "twenty-five hundred", "a thousand", "a dozen"."""
    position, total, part, seen = at, 0.0, 0.0, False
    if _low(tokens, at) in ("a", "an"):
        if _low(tokens, at + 1) not in lexicon.scales or _low(tokens, at + 1) in ("k", "m", "grand", "score"):
            return None
        position, part, seen = at + 1, 1, True
    while position < len(tokens):
        word = tokens[position].low
        worth = _unit(word, lexicon)
        if worth is not None and (part == 0 or part % 100 == 0):
            part, seen = part + worth, True
        elif seen and word in lexicon.scales and word not in ("k", "m"):
            scale = lexicon.scales[word]
            part *= scale
            if scale >= 1000:
                total, part = total + part, 0
        elif not (
            seen
            and word == "and"
            and part % 100 == 0
            and _unit(_low(tokens, position + 1), lexicon) is not None
            and part + total >= 100
        ):
            break
        position += 1
    worth_all = total + part
    if not seen or position == at or worth_all <= 0:
        return None
    return _Amount(at, position, int(worth_all), spelled=True)


def _unit(word: str, lexicon: Lexicon) -> int | None:
    if word in lexicon.units:
        return lexicon.units[word]
    tens, dash, ones = word.partition("-")
    if dash and lexicon.units.get(tens, 0) >= 20 and lexicon.units.get(ones, 10) < 10:
        return lexicon.units[tens] + lexicon.units[ones]
    return None


def _bare(amount: _Amount) -> Number:
    worth = int(amount.worth)
    if amount.vague_word:
        low, point, high, hedge = worth, None, None, Hedge.VAGUE
    elif amount.fraction:
        low, point, high, hedge = None, worth, None, Hedge.APPROXIMATE
    else:
        low = point = high = worth
        hedge = Hedge.EXACT
    return Number(
        first=amount.first, core=amount.first, last=amount.last, low=low, point=point, high=high, hedge=hedge,
        spelled=amount.spelled, vague_word=amount.vague_word,
    )  # fmt: skip


def _joined(tokens: Sequence[Token], first: _Amount, second: _Amount) -> Number | None:
    """Join "A to B", "A-B", "A or B", "between A and B" into one range, or return None."""
    if first.vague_word or second.vague_word or not _is_range(tokens, first, second):
        return None
    low, high = int(first.worth), int(second.worth)
    if (low < 1000 <= high and low * 1000 <= high * 1.001 and _shares(high, second) and first.bare) or (
        low < high and first.spelled and second.spelled and high % 1000 == 0 and low < 100 and low * 1000 < high
    ):
        low *= 1000
    elif low < 100 <= high < 1000 and high % 100 == 0 and low * 100 < high:
        low *= 100
    if not 0 < low < high <= _MOST or high > 20 * low:
        return None
    opens = first.first - 1 if _low(tokens, first.first - 1) in ("between", "from") else first.first
    return Number(
        first=opens, core=first.first, last=second.last, low=low, point=None, high=high, hedge=Hedge.RANGE,
        spelled=first.spelled and second.spelled,
    )  # fmt: skip


def _shares(high: int, second: _Amount) -> bool:
    """Return whether the scale of the second number serves the first as well: "11 to 12,000", "2-2.5 thousand"."""
    return high % 1000 == 0 or (not second.bare and high % 100 == 0 and second.last - second.first > 1)


def _is_range(tokens: Sequence[Token], first: _Amount, second: _Amount) -> bool:
    between = [token.low for token in tokens[first.last : second.first]]
    before = _low(tokens, first.first - 1)
    match between:
        case ["to"] | ["and"] if before == "between":
            return True
        case ["to"]:
            return before != "from" or _ranges(tokens, first.first - 2)
        case [sign] if sign in _RANGE_SIGNS:
            return not second.bare or second.worth >= 100 or first.worth < 100
        case ["or"] | [",", "or"] | ["or", "even"] | ["or", "perhaps"] | ["or", "maybe"]:
            return True
        case [",", ("maybe" | "perhaps" | "possibly"), "as", "many", "as"] | [
            "and",
            ("perhaps" | "maybe" | "possibly"),
            "as",
            "many",
            "as",
        ]:
            return True
        case ["up", "to"] | ["and", "up", "to"] | ["perhaps", "to"] | ["and"] if before == "between":
            return True
        case _:
            return False


def _ranges(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "from A to B" states a range: "estimates range from A to B", "anywhere from A to B"."""
    return _low(tokens, at) in _RANGING
