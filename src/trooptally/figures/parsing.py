"""One figure as printed, read whole: nothing in the text may be left that could be another number."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from trooptally.errors import BadFigure
from trooptally.figures.amounts import MONTHS, read_amount
from trooptally.figures.expressions import read_figure
from trooptally.figures.figure import Figure, broken_law
from trooptally.figures.found import FoundFigure, hedged
from trooptally.figures.hedges import LOWER_BOUNDS, read_trailing_hedge
from trooptally.figures.tokens import Token, tokenise
from trooptally.figures.words import word_at
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_PRINT = 300
_QUOTES = {'"', "'", "\u201c", "\u201d", "\u00ab", "\u00bb"}
_NONE = {"none", "nil", "no"}
_PEOPLE = frozenset(
    [
        "troops",
        "troop",
        "soldiers",
        "soldier",
        "personnel",
        "forces",
        "servicemembers",
        "servicemen",
        "servicewomen",
        "members",
        "men",
        "women",
        "people",
        "marines",
        "airmen",
        "sailors",
        "fighters",
        "advisers",
        "advisors",
        "combatants",
        "peacekeepers",
        "instructors",
        "trainers",
        "reservists",
        "paratroopers",
        "guards",
        "guardsmen",
        "volunteers",
        "contractors",
        "civilians",
        "employees",
        "staff",
        "military",
    ]
)
_WHOSE = frozenset(
    (
        *("combat", "ground", "foreign", "u", "s", ".", "us", "usa", "american", "british", "french", "german"),
        *("russian", "nato", "coalition"),
    )
)
_PLACING = frozenset(
    [
        "in",
        "at",
        "on",
        "inside",
        "within",
        "left",
        "remain",
        "remaining",
        "remained",
        "present",
        "there",
        "deployed",
        "stationed",
    ]
)
_NOT_PEOPLE = frozenset(
    [
        "%",
        "‰",
        "percent",
        "per",
        "km",
        "kilometers",
        "kilometres",
        "miles",
        "metres",
        "meters",
        "dollars",
        "euros",
        "pounds",
        "years",
        "months",
        "weeks",
        "days",
        "hours",
        "tons",
        "tonnes",
    ]
)
_BEFORE_YEARS = MONTHS | frozenset(
    ["in", "since", "by", "of", "until", "during", "through", "to", "from", "(", ",", "/"]
)
_YEARS = range(1_700, 2_101)
_SMALL = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFigure:
    """A figure and, where its print can be read in more than one way, words that say so."""

    figure: Figure
    doubt: str = ""


def parse_figure(printed: str, *, decimal: str | None = None) -> ParsedFigure:
    """Return the figure that the printed words state; head nouns and words of place or time may follow it.

    Args:
        printed: Such as "around 2,000", "11 to 12,000", "just under 127,000 troops", "several hundred".
        decimal: The sign that begins decimals in this report, "." or ",", where that is known.

    Raises:
        BadFigure: the words state no figure, a malformed one, or more than one.
    """
    if len(printed) > _LONGEST_PRINT:
        raise BadFigure(printed, f"at most {_LONGEST_PRINT} characters")
    tokens, doubt = _unwrapped(tokenise(printed))
    found = read_figure(tokens, decimal=decimal)
    if found is None:
        return ParsedFigure(figure=_none(printed, tokens))
    if found.figure is None:
        raise BadFigure(printed, found.flaw)
    figure = _with_what_follows(printed, tokens, found, found.figure)
    return ParsedFigure(figure=figure, doubt=doubt or found.doubt)


def _none(printed: str, tokens: Sequence[Token]) -> Figure:
    """Return the figure of words that say there is nobody; refuse all others."""
    if _says_none(tokens):
        return hedged(Hedge.EXACT, 0)
    if word_at(tokens, 0) in {"-", "minus"} and read_amount(tokens, 1):
        raise BadFigure(printed, "a number of people that is not negative")
    raise BadFigure(printed)


def _unwrapped(tokens: list[Token]) -> tuple[list[Token], str]:
    """Return the tokens without quotation marks around them, or brackets, which may be an accountant's minus."""
    while tokens and tokens[0].text in _QUOTES:
        tokens = tokens[1:]
    while tokens and tokens[-1].text in _QUOTES:
        tokens = tokens[:-1]
    if word_at(tokens, 0) == "(" and tokens[-1].text == ")":
        return tokens[1:-1], "brackets around a number can mean a minus; they are read as brackets"
    return tokens, ""


def _says_none(tokens: Sequence[Token]) -> bool:
    """Whether the words say that there is nobody: "none", "no troops", "none in Iraq"; but not "no word on troops"."""
    words = [token.text for token in tokens if token.text != "."]
    if word_at(tokens, 0) not in _NONE or len(words) == 1:
        return word_at(tokens, 0) in _NONE
    if word_at(tokens, 0) != "no":
        return word_at(tokens, 1) in _PLACING
    described = takewhile(lambda token: token.text not in _PEOPLE, tokens[1:])
    nobody = any(token.text in _PEOPLE for token in tokens[1:])
    return nobody and all(token.text in _WHOSE for token in described)


def _with_what_follows(printed: str, tokens: Sequence[Token], found: FoundFigure, figure: Figure) -> Figure:
    """Return the figure, narrowed or widened by what stands behind its noun; refuse what could be another number."""
    at = found.after
    if word_at(tokens, at) in _NOT_PEOPLE:
        raise BadFigure(printed, "a number of people")
    while at < len(tokens):
        if tokens[at].text == "(" and (inner := read_figure(tokens, at + 1)) and inner.figure:
            figure, at = _with_bracketed(printed, figure, inner.figure), inner.after
        elif behind := read_trailing_hedge(tokens, at):
            figure, at = _loosened(figure, behind.hedge), behind.after
        else:
            at = _past_word(printed, tokens, at)
    return figure


def _with_bracketed(printed: str, figure: Figure, inner: Figure) -> Figure:
    """Return the figure with the bounds that stand behind it in brackets: "about 2,500 (2,000-3,000)"."""
    if inner in {figure, hedged(Hedge.EXACT, figure.point or 0)}:
        return figure
    low, high = inner.low, inner.high
    bounds_it = inner.hedge in {Hedge.RANGE, Hedge.AT_LEAST, Hedge.UP_TO} and figure.point is not None
    if not bounds_it or broken_law(low, figure.point, high, Hedge.APPROXIMATE):
        raise BadFigure(printed, "one figure; the one in brackets is another")
    return Figure(low=low, point=figure.point, high=high, hedge=Hedge.APPROXIMATE)


def _loosened(figure: Figure, hedge: Hedge) -> Figure:
    """Return the figure under a hedge that stands behind its noun: "2,500 troops or more"; bounds stay as they are."""
    if figure.hedge is Hedge.RANGE and hedge in LOWER_BOUNDS and figure.low is not None:
        return hedged(Hedge.AT_LEAST, figure.low)
    if figure.hedge in {Hedge.EXACT, Hedge.APPROXIMATE} and figure.point is not None:
        return hedged(hedge, figure.point)
    return figure


def _past_word(printed: str, tokens: Sequence[Token], at: int) -> int:
    """Return the index after one word that may follow a figure; a number may follow only as a date or in a name."""
    amount = read_amount(tokens, at)
    if (
        amount is None
        or _is_part_of_a_name(tokens, at)
        or _is_footnote(tokens, at)
        or _is_date(tokens, at)
        or _counts_else(tokens, at, amount.after)
    ):
        return at + 1
    raise BadFigure(printed, f"one figure; '{tokens[at].text}' is another number")


def _is_part_of_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is glued to letters before it, as in "F-16" or "M1"."""
    before = tokens[at - 1]
    dashed = before.text == "-" and at > 1 and tokens[at - 2].kind == "word" and tokens[at - 2].end == before.start
    return tokens[at].kind == "number" and before.end == tokens[at].start and (dashed or before.kind == "word")


def _is_footnote(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands alone in square brackets: "2,500 [3]"."""
    return tokens[at - 1].text == "[" and word_at(tokens, at + 1) == "]"


def _is_date(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is a year or a day of a month: "in 2021", "by 15 January", "September 2021", "(2021)"."""
    text, before = tokens[at].text, tokens[at - 1].text
    if not text.isdigit():
        return False
    if word_at(tokens, at + 1) in MONTHS or before in MONTHS:
        return True
    return int(text) in _YEARS and len(text) == len("2021") and before in _BEFORE_YEARS


def _counts_else(tokens: Sequence[Token], at: int, after: int) -> bool:
    """Whether a small number in words counts something else than people: "2,500 troops in two countries"."""
    amount = read_amount(tokens, at)
    small = amount is not None and amount.number <= _SMALL and tokens[at].kind == "word"
    return small and bool(word_at(tokens, after)) and word_at(tokens, after) not in _PEOPLE
