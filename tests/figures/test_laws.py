"""The laws of figures, for every figure and for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trooptally.errors import BadFigure
from trooptally.figures import Figure, parse_figure, print_figure, read_figure, tokenise
from trooptally.figures.figure import MOST_PEOPLE, VAGUE_FLOORS
from trooptally.figures.hedges import HEDGE_PHRASES, LOWER_BOUNDS, UPPER_BOUNDS
from trooptally.vocabulary import Hedge

people = st.integers(min_value=0, max_value=MOST_PEOPLE) | st.sampled_from([0, 1, 12, 999, 1000, 2500, 12_000])


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Any lawful figure."""
    hedge = draw(st.sampled_from(Hedge))
    low, point, high = sorted(draw(st.tuples(people, people, people)))
    match hedge:
        case Hedge.EXACT:
            return Figure(low=point, point=point, high=point, hedge=hedge)
        case Hedge.APPROXIMATE:
            bounds = draw(st.sampled_from(["", "low", "high", "both"]))
            inside = low if bounds in {"low", "both"} else None
            outside = high + 1 if bounds in {"high", "both"} and high < MOST_PEOPLE else None
            unequal = not (inside == point == outside)
            return Figure(low=inside, point=point, high=outside if unequal else None, hedge=hedge)
        case Hedge.AT_LEAST | Hedge.MORE_THAN:
            return Figure(low=low, point=None, high=None, hedge=hedge)
        case Hedge.UP_TO | Hedge.FEWER_THAN:
            return Figure(low=None, point=None, high=max(high, 1), hedge=hedge)
        case Hedge.RANGE:
            return Figure(low=low, point=None, high=high, hedge=hedge)
        case _:
            return Figure(low=draw(st.sampled_from(sorted(VAGUE_FLOORS))), point=None, high=None, hedge=hedge)


@given(figures())
def test_parse_after_print_is_identity(figure: Figure) -> None:
    """Every figure is printed so that it is read as itself again, without a doubt but that of years."""
    parsed = parse_figure(print_figure(figure))
    assert parsed.figure == figure
    assert parsed.doubt == ""


@given(st.integers(min_value=1, max_value=MOST_PEOPLE), st.sampled_from(sorted(HEDGE_PHRASES)))
def test_a_hedge_is_never_lost(number: int, phrase: str) -> None:
    """A parse is never more precise than the print: what was hedged stays hedged, and as it was hedged."""
    figure = parse_figure(f"{phrase} {number:,} troops").figure
    hedge = HEDGE_PHRASES[phrase]
    assert figure.hedge is hedge
    assert (figure.low is None) is (hedge in UPPER_BOUNDS or hedge is Hedge.APPROXIMATE)
    assert (figure.high is None) is (hedge in LOWER_BOUNDS or hedge is Hedge.APPROXIMATE)


@given(st.integers(min_value=1000, max_value=MOST_PEOPLE), st.sampled_from([",", " ", "\u00a0", "\u2009", "'", ""]))
def test_grouping_changes_no_number(number: int, sign: str) -> None:
    """The sign that groups thousands changes nothing in the number."""
    assert parse_figure(f"{number:,}".replace(",", sign)).figure.point == number


@given(st.text(max_size=60) | st.from_regex(r"(about|up to|-|to|or|a|hundred|thousand|[0-9 ,.]){1,12}", fullmatch=True))
def test_any_text_is_a_figure_or_refused(text: str) -> None:
    """Any text yields a lawful figure or one sentence, never another error."""
    try:
        figure = parse_figure(text).figure
    except BadFigure as refusal:
        sentence = str(refusal)
        stated = [0]
    else:
        sentence = ""
        stated = [n for n in (figure.low, figure.point, figure.high) if n is not None]
    assert stated
    assert stated == sorted(stated)
    assert sentence == sentence.strip()


@given(st.text(max_size=200))
def test_offsets_point_into_the_text(text: str) -> None:
    """Tokens never overlap, keep their order and lie inside the text they were cut from."""
    at = 0
    for token in tokenise(text):
        assert at <= token.start < token.end <= len(text)
        at = token.end


@given(st.text(alphabet="0123456789 ,.-aot", max_size=60), st.integers(min_value=0, max_value=60))
def test_what_is_found_moves_on(text: str, at: int) -> None:
    """A figure found among tokens always ends after it begins, whole or flawed."""
    tokens = tokenise(text)
    found = read_figure(tokens, at)
    if found:
        assert at < found.after <= len(tokens)
        assert (found.figure is None) is bool(found.flaw)


@pytest.mark.parametrize(
    ("low", "point", "high", "hedge"),
    [
        (3, 2, None, Hedge.APPROXIMATE),
        (-1, -1, -1, Hedge.EXACT),
        (10**12, 10**12, 10**12, Hedge.EXACT),
        (1, 2, 3, Hedge.EXACT),
        (None, None, None, Hedge.EXACT),
        (2, 2, 2, Hedge.APPROXIMATE),
        (None, None, None, Hedge.APPROXIMATE),
        (1, None, 3, Hedge.AT_LEAST),
        (None, 5, None, Hedge.MORE_THAN),
        (1, None, 3, Hedge.UP_TO),
        (None, None, 0, Hedge.FEWER_THAN),
        (3, None, 2, Hedge.RANGE),
        (1, 2, 3, Hedge.RANGE),
        (300, None, None, Hedge.VAGUE),
        (True, True, True, Hedge.EXACT),
    ],
)
def test_unlawful_figures(low: int | None, point: int | None, high: int | None, hedge: Hedge) -> None:
    """Numbers that are negative, too large, out of order or no fit for their hedge make no figure."""
    with pytest.raises(BadFigure):
        Figure(low=low, point=point, high=high, hedge=hedge)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 2.0, "2"])
def test_only_whole_numbers(number: float | str) -> None:
    """A figure takes whole numbers only, so that no NaN or infinity ever enters."""
    with pytest.raises(BadFigure, match="whole numbers"):
        Figure(low=number, point=number, high=number, hedge=Hedge.EXACT)  # type: ignore[arg-type]  # the test's point


@pytest.mark.parametrize(
    ("low", "point", "high", "hedge"),
    [
        (5, 5, 5, Hedge.EXACT),
        (None, 5, None, Hedge.APPROXIMATE),
        (4, 5, 6, Hedge.APPROXIMATE),
        (4, None, None, Hedge.AT_LEAST),
        (None, None, 6, Hedge.UP_TO),
        (4, None, 6, Hedge.RANGE),
    ],
)
def test_bounds_decide_the_hedge(low: int | None, point: int | None, high: int | None, hedge: Hedge) -> None:
    """Numbers from a form without words are hedged by which of them are given."""
    assert Figure.bounded(low=low, point=point, high=high).hedge is hedge


def test_no_bounds_at_all() -> None:
    """A form that gives no number makes no figure."""
    with pytest.raises(BadFigure):
        Figure.bounded()


@pytest.mark.parametrize(
    "canonical",
    [
        *("0", "2,500", "about 2,500", "at least 2,500", "more than 2,500", "up to 2,500", "fewer than 2,500"),
        *("2,000-2,500", "at least 11, up to 12,000", "about 2,500 (2,000-3,000)", "about 2,500 (at least 2,000)"),
        *("about 2,500 (up to 3,000)", *VAGUE_FLOORS.values()),
    ],
)
def test_canonical_texts(canonical: str) -> None:
    """The canonical texts are printed as they are read."""
    assert print_figure(parse_figure(canonical).figure) == canonical
