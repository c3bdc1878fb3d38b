"""What the cells of a row say about the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trooptally.errors import BadFigure
from trooptally.figures import parse_figure
from trooptally.importing.cells import Fault, Memo, day_parser, word_parser
from trooptally.importing.counts import Count, parse_count, parse_printed
from trooptally.vocabulary import Measure

_WORDS = ("", "about ", "around ", "more than ", "up to ", "at least ", "fewer than ", "some ", "Roughly ", "no ", "a ")
_TAILS = ("", " troops", " soldiers", " more", " or so", " percent", " nonsense")


@given(
    st.sampled_from(_WORDS),
    st.integers(0, 20_000_000),
    st.sampled_from(["{}", "{:,}", "0{}", "{:09}"]),
    st.sampled_from(_TAILS),
)
def test_short_way_agrees_with_the_parser(words: str, number: int, form: str, tail: str) -> None:
    """A print whose shape was seen before is read exactly as the parser of figures reads it."""
    printed = words + form.format(number) + tail
    count = parse_printed(printed)
    try:
        parsed = parse_figure(printed)
    except BadFigure:
        assert isinstance(count, Fault)
        return
    figure = parsed.figure
    assert count == Count(figure.low, figure.point, figure.high, figure.hedge.value, None, printed, parsed.doubt)


def _count(**cells: str) -> Count | Fault:
    names = ("figure", "low", "point", "high", "hedge", "missing_reason", "quote")
    return parse_count(tuple(cells.get(name, "") for name in names))  # type: ignore[arg-type]  # seven names


def test_zero_is_a_figure_and_empty_is_none() -> None:
    """0 stands only where the figure says so; an empty cell without a reason is a fault."""
    zero = _count(figure="0")
    assert isinstance(zero, Count)
    assert (zero.low, zero.point, zero.high) == (0, 0, 0)
    assert isinstance(_count(), Fault)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"figure": "withheld"}, "withheld"),
        ({"figure": "N/A"}, "not_available"),
        ({"figure": "See deployment section"}, "see_elsewhere"),
        ({"missing_reason": "withheld"}, "withheld"),
        ({"figure": "*", "missing_reason": "not stated"}, "not_stated"),
    ],
)
def test_missing_figure_keeps_its_reason(cells: dict[str, str], reason: str) -> None:
    """Words in place of a figure, and a reason beside an empty one, are kept as the reason and never as 0."""
    count = _count(**cells)
    assert isinstance(count, Count)
    assert (count.low, count.point, count.high, count.hedge) == (None, None, None, None)
    assert count.missing_reason == reason


@pytest.mark.parametrize(
    ("cells", "bounds", "hedge"),
    [
        ({"low": "2,000", "high": "2,500"}, (2000, None, 2500), "range"),
        ({"point": "900"}, (None, 900, None), "approximate"),
        ({"low": "900", "point": "900", "high": "900"}, (900, 900, 900), "exact"),
        ({"low": "900"}, (900, None, None), "at_least"),
        ({"low": "900", "hedge": "more than"}, (900, None, None), "more_than"),
        ({"quote": "about 500"}, (None, 500, None), "approximate"),
    ],
)
def test_bounds_and_quote_stand_for_the_figure(
    cells: dict[str, str], bounds: tuple[int | None, ...], hedge: str
) -> None:
    """Without a figure, low, point and high are read, and else the quote; never more exactly than written."""
    count = _count(**cells)
    assert isinstance(count, Count)
    assert (count.low, count.point, count.high) == bounds
    assert count.hedge == hedge


@pytest.mark.parametrize(
    "cells",
    [
        {"low": "3,000", "high": "2,000"},
        {"low": "about 2,000"},
        {"point": "-5"},
        {"high": "NaN"},
        {"low": "5", "hedge": "exactly so"},
        {"figure": "2,500", "missing_reason": "withheld"},
        {"low": "5", "missing_reason": "withheld"},
        {"missing_reason": "because"},
        *[{"figure": text} for text in ("NaN", "inf", "-5", "1000000000000", "171,00", "1e6", "many moons")],
    ],
)
def test_impossible_numbers_are_faults(cells: dict[str, str]) -> None:
    """Numbers that are none, out of order, negative or beyond all armies are faults with a sentence."""
    fault = _count(**cells)
    assert isinstance(fault, Fault)
    assert fault.message
    assert not fault.message.endswith(".")


def test_figure_that_differs_from_its_bounds_is_held() -> None:
    """Where a figure and the numbers beside it disagree, the figure is taken and a person must look."""
    count = _count(figure="2,500", low="2,000", high="2,200")
    assert isinstance(count, Count)
    assert count.point == 2500
    assert "differ" in count.doubt


@pytest.mark.parametrize("cell", ["0000-01-01", "2999-01-01", "2021-13-01", "2021-02-30", "soon", "0000", "2999"])
def test_impossible_days_are_faults(cell: str) -> None:
    """Days that do not exist or lie outside the years of reports are faults of their column."""
    fault = day_parser("as_of")(cell)
    assert isinstance(fault, Fault)
    assert fault.column == "as_of"


@given(st.dates())
def test_plain_days_are_read_as_the_parser_reads_them(day: object) -> None:
    """The short way for plain days ends where the parser of dates does."""
    from trooptally.dates import parse_as_of

    found = day_parser("as_of")(str(day))
    try:
        expected = parse_as_of(str(day))
    except Exception:  # noqa: BLE001 - whatever the parser refuses, the column refuses
        assert isinstance(found, Fault)
        return
    assert found == expected or (isinstance(found, Fault) and "outside" in found.message)


def test_word_is_read_without_regard_to_case() -> None:
    """A closed list is read in any case and with spaces, and a word outside it is told the list."""
    parse = word_parser("measure", Measure)
    assert parse("Other Strength") == "other_strength"
    fault = parse("stationed")
    assert isinstance(fault, Fault)
    assert "present" in fault.message


def test_each_distinct_cell_is_parsed_once() -> None:
    """A column parses each of its texts a single time."""
    asked: list[str] = []

    def parse(cell: str) -> int | Fault:
        asked.append(cell)
        return len(cell)

    memo = Memo(parse)
    assert memo.column(["a", "bb", "a"]) == [1, 2, 1]
    assert memo.column(["bb", "a"]) == [2, 1]
    assert asked == ["a", "bb"]
    assert not memo.faulty
