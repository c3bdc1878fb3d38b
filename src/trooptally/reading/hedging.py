"""A number phrase and its hedge: the words before and after a number that make it a bound or an approximation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trooptally.figures import Figure
from trooptally.reading.lexicon import Lexicon, words
from trooptally.reading.tokens import Token
from trooptally.vocabulary import Hedge

_RAISING = words("bring brings bringing brought")
_CAPTURES_NEXT = {("approximately",), ("at", "least"), ("plus",), ("at", "most"), ("more", "or", "less")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number phrase: tokens from `first` to before `last`, hedge included.

    Attributes:
        core: The first token of the number itself, after its hedge.
        low, point, high: As in `Figure`.
        spelled: Whether it is written in words alone.
        size: The number to compare by, whatever its hedge.
        vague_word: "hundreds", "thousands" and the like, or empty.
    """

    first: int
    core: int
    last: int
    low: int | None
    point: int | None
    high: int | None
    hedge: Hedge
    spelled: bool = False
    vague_word: str = ""

    @property
    def size(self) -> int:
        """The number named, or the lower bound."""
        return next(n for n in (self.point, self.low, self.high) if n is not None)

    @property
    def figure(self) -> Figure:
        """The figure that the phrase states."""
        return Figure(low=self.low, point=self.point, high=self.high, hedge=self.hedge)

    def times(self, factor: int) -> Number:
        """Return the number with elided thousands restored."""
        low, point, high = (None if n is None else n * factor for n in (self.low, self.point, self.high))
        return replace(self, low=low, point=point, high=high)


def hedged(tokens: Sequence[Token], lexicon: Lexicon, number: Number) -> Number:
    """Read the hedge before and after a number; a bound beats an approximator."""
    hedge, first = _hedge_before(tokens, lexicon, number.first)
    after, last = _hedge_after(tokens, lexicon, number.last)
    if first != number.first or last != number.last:
        number = replace(number, first=first, last=last)
    if number.hedge in (Hedge.RANGE, Hedge.VAGUE):
        return number
    chosen = _strongest(after, hedge)
    if chosen is Hedge.UP_TO and _raised_up_to(tokens, number):
        return replace(number, first=number.core)
    return number if chosen is None else _bounded(number, chosen)


def _raised_up_to(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether "up to" tells a direction, not a bound: "will bring its contingent up to 15,000"."""
    if [token.low for token in tokens[max(number.first, 0) : number.core]] != ["up", "to"]:
        return False
    return any(token.low in _RAISING for token in tokens[max(number.first - 5, 0) : number.first])


def _strongest(*hedges: Hedge | None) -> Hedge | None:
    stated = [hedge for hedge in hedges if hedge not in (None, Hedge.EXACT)]
    bounds = [hedge for hedge in stated if hedge is not Hedge.APPROXIMATE]
    return next(iter(bounds or stated), None)


def _bounded(number: Number, hedge: Hedge) -> Number:
    size = number.size
    match hedge:
        case Hedge.APPROXIMATE:
            return replace(number, low=None, point=size, high=None, hedge=hedge)
        case Hedge.AT_LEAST | Hedge.MORE_THAN:
            return replace(number, low=size, point=None, high=None, hedge=hedge)
        case Hedge.UP_TO | Hedge.FEWER_THAN:
            return replace(number, low=None, point=None, high=size, hedge=hedge)
        case _:
            return number


def _hedge_before(tokens: Sequence[Token], lexicon: Lexicon, at: int) -> tuple[Hedge | None, int]:
    """Return the strongest hedge that stands directly before a token, and where the hedging words begin."""
    found: Hedge | None = None
    while True:
        length, hedge = _longest_hedge(tokens, lexicon, at)
        if hedge is None:
            return found, at
        found = _strongest(found, hedge) or found
        at -= length


def _longest_hedge(tokens: Sequence[Token], lexicon: Lexicon, at: int) -> tuple[int, Hedge | None]:
    if at <= 0:
        return 0, None
    for phrase, name in lexicon.hedges_by_last.get(tokens[at - 1].low, ()):
        length = len(phrase)
        if length <= at and all(tokens[at - length + i].low == word for i, word in enumerate(phrase)):
            return (0, None) if length == 1 and not _may_hedge(tokens, at) else (length, Hedge(name))
    return 0, None


def _may_hedge(tokens: Sequence[Token], at: int) -> bool:
    """Return whether one word before a number hedges it: "under 500", but not "built up over 20 years"."""
    return tokens[at - 1].low not in ("the", "first", "until")


def _hedge_after(tokens: Sequence[Token], lexicon: Lexicon, at: int) -> tuple[Hedge | None, int]:
    for phrase, name in lexicon.hedges_by_first.get(tokens[at].low if at < len(tokens) else "", ()):
        last = at + len(phrase)
        met = last <= len(tokens) and all(tokens[at + i].low == word for i, word in enumerate(phrase))
        opens_next = phrase in _CAPTURES_NEXT and last < len(tokens) and tokens[last].kind == "number"
        if met and not opens_next:
            return Hedge(name.removeprefix("after_")), last
    return None, at
