"""A whole figure among the tokens of a text: hedge, number, second number and what stands behind.

The reader of one printed figure and the reader of prose share this room. It never guesses where figures stand; it
answers what figure, if any, begins at a token.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from trooptally.figures.amounts import Amount, read_amount
from trooptally.figures.figure import MOST_PEOPLE
from trooptally.figures.found import FoundFigure, hedged
from trooptally.figures.hedges import (
    HEDGE_STARTERS,
    UPPER_BOUNDS,
    read_hedges,
    read_trailing_hedge,
    strongest,
)
from trooptally.figures.ranges import OPENERS, read_between, read_range
from trooptally.figures.words import STARTERS
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.figures.tokens import Token


def read_figure(tokens: Sequence[Token], at: int = 0, *, decimal: str | None = None) -> FoundFigure | None:
    """Return the figure that begins at a token, hedge included, or None where none does.

    Args:
        tokens: A text as `tokenise` cuts it.
        at: Index of the token where the figure should begin.
        decimal: The sign that begins decimals in this text, "." or ",", where that is known.
    """
    if at >= len(tokens):
        return None
    text, kind = tokens[at].text, tokens[at].kind
    if text in OPENERS:
        return read_between(tokens, at, decimal)
    if kind != "number" and text not in STARTERS and text not in HEDGE_STARTERS:
        return None
    hedging = read_hedges(tokens, at)
    if hedging is None:
        return None
    first = read_amount(tokens, hedging.after, decimal=decimal)
    if first is None:
        return None
    return read_range(tokens, hedging.hedge, first, decimal) or _alone(tokens, hedging.hedge, first)


def _alone(tokens: Sequence[Token], hedge: Hedge, amount: Amount) -> FoundFigure:
    """Return the figure of one number, with the hedge before it and the one behind it."""
    behind = read_trailing_hedge(tokens, amount.after)
    after = behind.after if behind else amount.after
    rounded = Hedge.APPROXIMATE if amount.rounded else Hedge.EXACT
    stated = strongest((hedge, rounded, behind.hedge if behind else Hedge.EXACT))
    if amount.vague and stated not in UPPER_BOUNDS:
        stated = Hedge.VAGUE
    flaw = amount.flaw or _flaw(amount, stated)
    if flaw or stated is None:
        return FoundFigure(figure=None, after=after, flaw=flaw)
    return FoundFigure(figure=hedged(stated, int(amount.number)), after=after, doubt=amount.doubt)


def _flaw(amount: Amount, hedge: Hedge | None) -> str:
    """Return what is wrong with a number under a hedge, or nothing."""
    if hedge is None:
        return "one bound, not two that contradict each other"
    if isinstance(amount.number, Fraction):
        return "a whole number of people"
    if amount.vague and hedge is not Hedge.VAGUE:
        return "a number after words that set an upper bound"
    if amount.number > MOST_PEOPLE:
        return f"between 0 and {MOST_PEOPLE:,} people"
    return "a number above zero after 'fewer than'" if hedge is Hedge.FEWER_THAN and not amount.number else ""
