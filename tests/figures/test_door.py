"""What the room of figures offers to others."""

from __future__ import annotations

import time

import pytest

from trooptally import figures
from trooptally.figures import read_figure, tokenise
from trooptally.vocabulary import Hedge


def test_the_door() -> None:
    """The room's public names are these seven."""
    assert sorted(figures.__all__) == [
        "Figure",
        "HEDGE_PHRASES",
        "ParsedFigure",
        "parse_figure",
        "print_figure",
        "read_figure",
        "tokenise",
    ]


def test_a_figure_among_prose() -> None:
    """A reader of prose finds a figure by asking at its first token, and gets its place in the text."""
    text = "The army is deploying around 2,000 troops to Iraq, where 171,00 are."
    tokens = tokenise(text)
    found = read_figure(tokens, 4)
    assert found is not None
    assert found.figure is not None
    assert found.figure.hedge is Hedge.APPROXIMATE
    assert text[tokens[4].start : tokens[found.after - 1].end] == "around 2,000"


def test_a_malformed_number_among_prose() -> None:
    """A malformed number is found and said to be one, so that a reader can raise it as an issue."""
    found = read_figure(tokenise("171,00 troops"))
    assert found is not None
    assert found.figure is None
    assert "three digits" in found.flaw


@pytest.mark.parametrize("text", ["82nd Airborne", "1990s", "155mm guns", "troops", "about", "some of them", "many"])
def test_no_figure_begins_here(text: str) -> None:
    """Ordinals, decades, calibres and words without a number begin no figure."""
    assert read_figure(tokenise(text)) is None


def test_a_day_before_a_number() -> None:
    """A day of a month is no part of the number after it, though a stray space elsewhere is."""
    tokens = tokenise("On Sept. 20, 800 troops left")
    found = read_figure(tokens, 3)
    assert found is not None
    assert found.figure is not None
    assert found.figure.point == 20


def test_beyond_the_end() -> None:
    """Asking beyond the last token finds nothing."""
    assert read_figure([], 0) is None
    assert read_figure(tokenise("500"), 1) is None


def test_letters_that_grow_in_lower_case() -> None:
    """A letter whose lower case is longer moves no offset."""
    text = "\u0130n 2024, 500 troops"
    assert [text[token.start : token.end] for token in tokenise(text)][1:] == ["2024", ",", "500", "troops"]


@pytest.mark.parametrize(
    ("text", "point"), [("one hundred zero", 100), ("twenty eleven", 20), ("two thousand million", 2000)]
)
def test_words_that_make_no_one_number(text: str, point: int) -> None:
    """Number words that do not continue a number end it."""
    found = read_figure(tokenise(text))
    assert found is not None
    assert found.figure is not None
    assert found.figure.point == point


@pytest.mark.parametrize(
    "hostile",
    [
        "about " * 17_000,
        "1 000" * 20_000,
        "5 to " * 20_000,
        "a hundred and " * 7_000,
        "between " * 12_000,
        "5 , " * 25_000,
    ],
)
def test_hostile_prose_takes_linear_time(hostile: str) -> None:
    """Asking at every token of 100 kB, whatever stands there, takes seconds at most, not minutes."""
    begun = time.perf_counter()
    tokens = tokenise(hostile)
    for at in range(len(tokens)):
        read_figure(tokens, at)
    assert time.perf_counter() - begun < 20
