"""Figures as printed, read."""

from __future__ import annotations

import csv
import json
import time
from typing import TYPE_CHECKING

import pytest

from trooptally.errors import BadFigure
from trooptally.figures import Figure, parse_figure
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from pathlib import Path

EXACT = {
    "0": 0,
    "zero": 0,
    "none": 0,
    "None.": 0,
    "no": 0,
    "no troops": 0,
    "no U.S. troops in Syria": 0,
    "none in Iraq": 0,
    "503": 503,
    "2500": 2500,
    "2500.0": 2500,
    "2500.000": 2500,
    "1,234.00": 1234,
    "1.234,00": 1234,
    "1.234.567": 1_234_567,
    "130 000": 130_000,
    "130\u00a0000": 130_000,
    "130\u2009000": 130_000,
    "130\u202f000": 130_000,
    "130'000": 130_000,
    "\u0662\u0665\u0660\u0660": 2500,
    "\u0662\u066c\u0665\u0660\u0660": 2500,
    "\uff12\uff0c\uff15\uff10\uff10": 2500,
    "2.5k": 2500,
    "2.5 K": 2500,
    "1.5 million": 1_500_000,
    "1.250 million": 1_250_000,
    "2,5 million": 2_500_000,
    "half a million": 500_000,
    "half-million": 500_000,
    "a quarter of a million": 250_000,
    "three quarters of a million": 750_000,
    "one and a half million": 1_500_000,
    "a million and a half": 1_500_000,
    "two and a half thousand": 2500,
    "twenty and a half thousand": 20_500,
    "1 lakh": 100_000,
    "three thousand": 3000,
    "Ten thousand": 10_000,
    "twenty-five hundred": 2500,
    "twenty five": 25,
    "a hundred": 100,
    "one hundred and fifty": 150,
    "two hundred fifty thousand": 250_000,
    "two thousand, five hundred": 2500,
    "two million three thousand": 2_003_000,
    "5 hundred": 500,
    "a dozen": 12,
    "half a dozen": 6,
    "two dozen": 24,
    "560 more": 560,
    "another 400": 400,
    "an additional 800": 800,
    "a total of 1,000": 1000,
    "8,892 troops": 8892,
    "8,892troops": 8892,
    "2,500*": 2500,
    "2,500\u00b2": 2500,
    "2,500 [3]": 2500,
    "2,500 (2,500)": 2500,
    '"2,500"': 2500,
    "2,500 soldiers of the 82nd Airborne": 2500,
    "2,500 F-16 crew": 2500,
    "2,500 by 15 January 2021": 2500,
    "2,500 by January 15, 2021": 2500,
    "2,500 troops in 2021": 2500,
    "2,500 troops in two countries": 2500,
    "2,500 (two thousand five hundred)": 2500,
}

ONE_NUMBER = {
    "around 2,000": (Hedge.APPROXIMATE, 2000),
    "Around 2,000": (Hedge.APPROXIMATE, 2000),
    "some 500": (Hedge.APPROXIMATE, 500),
    "nearly 40": (Hedge.APPROXIMATE, 40),
    "almost 50": (Hedge.APPROXIMATE, 50),
    "roughly/around 2,000": (Hedge.APPROXIMATE, 2000),
    "about 4,000 USA troops in Syria": (Hedge.APPROXIMATE, 4000),
    "approximately 5,000 in Iraq": (Hedge.APPROXIMATE, 5000),
    "an estimated 300": (Hedge.APPROXIMATE, 300),
    "c. 2,000": (Hedge.APPROXIMATE, 2000),
    "approx. 2,000": (Hedge.APPROXIMATE, 2000),
    "~2,000": (Hedge.APPROXIMATE, 2000),
    "2,000 or so": (Hedge.APPROXIMATE, 2000),
    "2,000-odd": (Hedge.APPROXIMATE, 2000),
    "2,500 troops approximately": (Hedge.APPROXIMATE, 2500),
    "a third of a million": (Hedge.APPROXIMATE, 333_333),
    "at least 1,000": (Hedge.AT_LEAST, 1000),
    "no fewer than 200": (Hedge.AT_LEAST, 200),
    "at least about 2,000": (Hedge.AT_LEAST, 2000),
    "2,500+": (Hedge.AT_LEAST, 2500),
    "5,000-plus": (Hedge.AT_LEAST, 5000),
    "2,500 troops or more": (Hedge.AT_LEAST, 2500),
    "more than 5,000": (Hedge.MORE_THAN, 5000),
    "well over 60": (Hedge.MORE_THAN, 60),
    "a little over 100": (Hedge.MORE_THAN, 100),
    "> 5,000": (Hedge.MORE_THAN, 5000),
    "up to 300": (Hedge.UP_TO, 300),
    "as many as 5": (Hedge.UP_TO, 5),
    "no more than 2,500": (Hedge.UP_TO, 2500),
    "5,000 or fewer": (Hedge.UP_TO, 5000),
    "just under 127,000": (Hedge.FEWER_THAN, 127_000),
    "below 20,000": (Hedge.FEWER_THAN, 20_000),
    "fewer than 30": (Hedge.FEWER_THAN, 30),
    "dozens": (Hedge.VAGUE, 24),
    "several dozen": (Hedge.VAGUE, 24),
    "hundreds": (Hedge.VAGUE, 200),
    "several hundred": (Hedge.VAGUE, 200),
    "a couple of hundred": (Hedge.VAGUE, 200),
    "at least several hundred": (Hedge.VAGUE, 200),
    "hundreds or thousands": (Hedge.VAGUE, 200),
    "a few thousand": (Hedge.VAGUE, 2000),
    "tens of thousands": (Hedge.VAGUE, 20_000),
    "several hundred thousand": (Hedge.VAGUE, 200_000),
    "hundreds of thousands": (Hedge.VAGUE, 200_000),
    "a few": (Hedge.VAGUE, 2),
    "2,000-2,500 or more": (Hedge.AT_LEAST, 2000),
    "2,000 to more than 2,500": (Hedge.AT_LEAST, 2000),
    "2,000 or more than 1,500": (Hedge.AT_LEAST, 1500),
    "2,000 to several thousand": (Hedge.AT_LEAST, 2000),
    "2,000-2,500 troops or more": (Hedge.AT_LEAST, 2000),
    "more than 2,000 troops or so": (Hedge.MORE_THAN, 2000),
    "tens of millions": (Hedge.VAGUE, 20_000_000),
    "two thirds of a million": (Hedge.APPROXIMATE, 666_667),
}

RANGES = {
    "2,000-2,500": (2000, 2500),
    "2,000\u20132,500": (2000, 2500),
    "2,000 to 2,500 troops": (2000, 2500),
    "about 2,000 to 2,500": (2000, 2500),
    "2,000 or 2,500": (2000, 2500),
    "2,500 or 2,000": (2000, 2500),
    "between 130,000 and 135,000": (130_000, 135_000),
    "somewhere between two and three thousand": (2000, 3000),
    "between one hundred and fifty and two hundred": (150, 200),
    "between one hundred and two hundred": (100, 200),
    "11 to 12,000": (11_000, 12_000),
    "2.5 to 3,000": (2500, 3000),
    "2-3k": (2000, 3000),
    "one to two hundred": (100, 200),
    "500 to two thousand": (500, 2000),
    "20-25": (20, 25),
    "1 to 1,000": (1, 1000),
    "at least 11, up to 12,000": (11, 12_000),
    "about 2,000, maybe as many as 2,500": (2000, 2500),
    "more than 2,000 but fewer than 3,000": (2000, 3000),
    "up to 3,000 but at least 2,000": (2000, 3000),
    "hundreds to 2,000": (200, 2000),
}

DOUBTED = {
    "2, 800": (2800, "stray space"),
    "132.000": (132_000, "decimal point"),
    "1,23,456": (123_456, "lakhs"),
    "(2,000)": (2000, "minus"),
}

DOUBTED_RANGES = {
    "from 2,000 to 2,500": "change",
    "2006-2007": "years",
    "10 to 100,000": "thousands",
    "no more than 2,000 or 3,000": "upper bound",
}

REFUSED = {
    "": "expected a figure",
    "   ": "expected a figure",
    "-": "expected a figure",
    "n/a": "expected a figure",
    "no figure": "expected a figure",
    "No. 5": "expected a figure",
    "one third of the troops": "expected a figure",
    "two-thirds of the force": "expected a figure",
    "half of them": "expected a figure",
    "between themselves": "expected a figure",
    "somewhere nice": "expected a figure",
    "2,000 and more than 1,500": "another number",
    "a hundred hundred": "another number",
    "a million thousand million": "another number",
    "between 5,000 and many": "expected a figure",
    "several few": "expected a figure",
    "two fifths of 500": "expected a figure",
    "none stated": "expected a figure",
    "no word on troops": "expected a figure",
    "no more troops": "expected a figure",
    "no fewer troops than 500": "expected a figure",
    "not 500": "expected a figure",
    "nan": "expected a figure",
    "inf": "expected a figure",
    "$2,000": "expected a figure",
    "1e12": "expected a figure",
    "171,00": "three digits after each comma",
    "1,2345": "three digits after each comma",
    "12,34": "three digits after each comma",
    "1.2.3": "three digits after each point",
    "1,234.5.6": "decimals after another",
    "2500.5": "whole number",
    "2.5": "whole number",
    "one and a half": "whole number",
    "1,234.5": "whole number",
    "-500": "not negative",
    "\u2212500": "not negative",
    "minus 500": "not negative",
    "1000000000000": "between 0 and 100,000,000",
    "101 million": "between 0 and 100,000,000",
    "one to two billion": "up to 100,000,000",
    "9" * 40: "at most 15 digits",
    "007": "leading zeros",
    "2021-09-20": "leading zeros",
    "fewer than 0": "above zero",
    "up to several thousand": "after words that set an upper bound",
    "at least up to 500": "expected a figure",
    "up to 500 or more": "contradict",
    "5,200 to 3,000": "another number",
    "2,000/2,500": "another number",
    "2,000 troops and 500 others": "another number",
    "2,000 troops and three hundred more": "another number",
    "2,000 to 171,00": "three digits",
    "about 2,500 (7,000)": "in brackets",
    "50%": "number of people",
    "50 percent": "number of people",
    "2,000 km": "number of people",
    "x" * 301: "at most 300 characters",
}


def _with_bounds(hedge: Hedge, number: int) -> Figure:
    match hedge:
        case Hedge.APPROXIMATE:
            return Figure(low=None, point=number, high=None, hedge=hedge)
        case Hedge.UP_TO | Hedge.FEWER_THAN:
            return Figure(low=None, point=None, high=number, hedge=hedge)
        case _:
            return Figure(low=number, point=None, high=None, hedge=hedge)


@pytest.mark.parametrize(("printed", "number"), EXACT.items())
def test_bare_numbers(printed: str, number: int) -> None:
    """A number without a hedge, however it is written, is an exact figure without doubt."""
    parsed = parse_figure(printed)
    assert parsed.figure == Figure(low=number, point=number, high=number, hedge=Hedge.EXACT)
    assert parsed.doubt == ""


@pytest.mark.parametrize(("printed", "expected"), ONE_NUMBER.items())
def test_hedged_numbers(printed: str, expected: tuple[Hedge, int]) -> None:
    """A hedge before or behind a number decides which bounds the figure has."""
    parsed = parse_figure(printed)
    assert parsed.figure == _with_bounds(*expected)
    assert parsed.doubt == ""


@pytest.mark.parametrize(("printed", "bounds"), RANGES.items())
def test_ranges(printed: str, bounds: tuple[int, int]) -> None:
    """Two numbers of one figure are its low and high, with what the first leaves out restored."""
    parsed = parse_figure(printed)
    assert parsed.figure == Figure(low=bounds[0], point=None, high=bounds[1], hedge=Hedge.RANGE)
    assert parsed.doubt == ""


@pytest.mark.parametrize(("printed", "expected"), DOUBTED.items())
def test_doubted_numbers(printed: str, expected: tuple[int, str]) -> None:
    """A number that can be read in two ways is read in the likelier one and says so."""
    parsed = parse_figure(printed)
    assert parsed.figure.point == expected[0]
    assert expected[1] in parsed.doubt


@pytest.mark.parametrize(("printed", "doubt"), DOUBTED_RANGES.items())
def test_doubted_ranges(printed: str, doubt: str) -> None:
    """A range that may be something else says so."""
    parsed = parse_figure(printed)
    assert parsed.figure.hedge is Hedge.RANGE
    assert doubt in parsed.doubt


@pytest.mark.parametrize(("printed", "reason"), REFUSED.items())
def test_refusals(printed: str, reason: str) -> None:
    """What is no figure, or more than one, is refused with a sentence that says what was expected."""
    with pytest.raises(BadFigure, match=reason.replace("(", "\\(")) as refusal:
        parse_figure(printed)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("printed", "decimal", "number"),
    [
        ("132.000", ",", 132_000),
        ("132.000", ".", 132),
        ("132,000", ",", 132),
        ("132,000", ".", 132_000),
        ("171,00", ",", 171),
        ("1.234,00", ",", 1234),
    ],
)
def test_decimal_sign_known(printed: str, decimal: str, number: int) -> None:
    """Where the report's decimal sign is known, a point or comma is read by it, without doubt."""
    parsed = parse_figure(printed, decimal=decimal)
    assert parsed.figure.point == number
    assert parsed.doubt == ""


@pytest.mark.parametrize(("printed", "decimal"), [("132,500", ","), ("1,234.00", ","), ("2.500", ".")])
def test_decimal_sign_contradicted(printed: str, decimal: str) -> None:
    """A numeral that the report's decimal sign makes a fraction, or malformed, is refused."""
    with pytest.raises(BadFigure):
        parse_figure(printed, decimal=decimal)


def test_grouping_against_the_decimal_sign_is_doubted() -> None:
    """Several groups can only be thousands; if the report's decimal sign parts them, that is said."""
    parsed = parse_figure("1.234.567", decimal=".")
    assert parsed.figure.point == 1_234_567
    assert parsed.doubt


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("about 2,500 (2,000-3,000)", 2000, 3000),
        ("2,500 troops (2,000 to 3,000)", 2000, 3000),
        ("about 2,500 (at least 2,000)", 2000, None),
        ("about 2,500 (up to 3,000)", None, 3000),
    ],
)
def test_bounds_in_brackets(printed: str, low: int | None, high: int | None) -> None:
    """Bounds that stand in brackets behind a number bound it, and make it approximate."""
    assert parse_figure(printed).figure == Figure(low=low, point=2500, high=high, hedge=Hedge.APPROXIMATE)


@pytest.mark.parametrize(
    "hostile",
    [
        "9" * 100_000,
        "1 000" * 25_000,
        "1," * 50_000,
        "about " * 20_000,
        "(" * 100_000,
        "a hundred and " * 8_000,
        "between " * 12_000,
    ],
)
def test_hostile_text_is_refused_at_once(hostile: str) -> None:
    """A text of 100 kB, whatever stands in it, is refused in a fraction of a second."""
    begun = time.perf_counter()
    with pytest.raises(BadFigure, match="at most 300 characters"):
        parse_figure(hostile)
    assert time.perf_counter() - begun < 0.1


def test_starter_claims(real_data: Path) -> None:
    """Every figure of the starter claims is read, without a doubt."""
    with (real_data / "claims" / "starter-claims.csv").open(encoding="utf-8", newline="") as table:
        doubts = [parse_figure(row["figure"]).doubt for row in csv.DictReader(table)]
    assert len(doubts) == 41
    assert not any(doubts)


def test_labelled_quotes(real_data: Path) -> None:
    """The quotes that people labelled are read as they labelled them, but for thousands left out in the quote."""
    wrong = []
    for line in (real_data / "corpus" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        for label in json.loads(line)["figures"]:
            if label["quote"] != "around 80":
                figure = parse_figure(label["quote"]).figure
                read = (figure.low, figure.point, figure.high, figure.hedge.value)
                if read != (label["low"], label["point"], label["high"], label["hedge"]):
                    wrong.append((label["quote"], read))
    assert wrong == []
