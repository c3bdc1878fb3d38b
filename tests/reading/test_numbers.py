"""Numbers: every printed form with its hedge and bounds, and what only looks like one."""

from __future__ import annotations

import pytest

from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import Lexicon
from trooptally.reading.numbers import numbers
from trooptally.reading.sentences import plain
from trooptally.reading.tokens import tokenize

Bounds = tuple[int | None, int | None, int | None, str]


def _numbers(text: str) -> list[Number]:
    flat = plain(text)
    return numbers(tokenize(flat, 0, len(flat)), Lexicon.shipped())


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2,500 troops", (2500, 2500, 2500, "exact")),
        ("about 2,500 troops", (None, 2500, None, "approximate")),
        ("more than about 500 or so", (500, None, None, "more_than")),
        ("at least\n3,000 soldiers", (3000, None, None, "at_least")),
        ("15,000 or more", (15000, None, None, "at_least")),
        ("up to 300", (None, None, 300, "up_to")),
        ("no more than another 10,000", (None, None, 10000, "up_to")),
        ("just under 127,000", (None, None, 127000, "fewer_than")),
        ("a little over 100", (100, None, None, "more_than")),
        ("between 130,000 and 135,000 men", (130000, None, 135000, "range")),
        ("11 to 12,000 troops", (11000, None, 12000, "range")),
        ("between 10 and 15 thousand", (10000, None, 15000, "range")),
        ("2,000-2,500 men", (2000, None, 2500, "range")),
        ("2,000\u20132,500 men", (2000, None, 2500, "range")),
        ("around 2, 800 German soldiers", (None, 2800, None, "approximate")),
        ("130 000 soldiers", (130000, 130000, 130000, "exact")),
        ("132.000 men", (132000, 132000, 132000, "exact")),
        ("2.5k", (2500, 2500, 2500, "exact")),
        ("1.2 million men", (1200000, 1200000, 1200000, "exact")),
        ("three thousand", (3000, 3000, 3000, "exact")),
        ("twenty-five hundred", (2500, 2500, 2500, "exact")),
        ("one hundred and fifty", (150, 150, 150, "exact")),
        ("half a million", (500000, 500000, 500000, "exact")),
        ("two dozen", (24, 24, 24, "exact")),
        ("dozens of marines", (24, None, None, "vague")),
        ("several hundred", (200, None, None, "vague")),
        ("tens of thousands", (20000, None, None, "vague")),
    ],
)
def test_a_printed_number_is_read_with_its_hedge(text: str, bounds: Bounds) -> None:
    """A number has the value and hedge that its words state."""
    (number,) = _numbers(text)
    assert (number.low, number.point, number.high, number.hedge.value) == bounds
    assert number.figure.hedge is number.hedge


def test_from_and_to_are_two_levels() -> None:
    """A change "from 5,200 to 3,000" names two levels, no range."""
    assert [number.size for number in _numbers("cut from 5,200 to 3,000")] == [5200, 3000]


@pytest.mark.parametrize("text", ["the 256th Brigade", "an F-16", "the B-1B", "171,00 men", "in the 1990s", "$6"])
def test_names_with_digits_are_no_numbers(text: str) -> None:
    """Ordinals, types of aircraft, malformed numerals, decades and money are not numbers of people."""
    assert _numbers(text) == []
