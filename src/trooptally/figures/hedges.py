"""The words around a number that say how firmly it is stated, as tables, and their matching on tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trooptally.figures.amounts import read_amount
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trooptally.figures.tokens import Token

_BEFORE = {
    Hedge.APPROXIMATE: (
        "about, around, some, roughly, approximately, approx, circa, ca, c, ~, ~ ~, nearly, almost, close to, near, "
        "nearing, approaching, practically, virtually, an estimated, estimated, estimated at, est, maybe, perhaps, "
        "possibly, probably, likely, in the region of, in the order of, on the order of, in the neighborhood of, "
        "in the neighbourhood of, in the vicinity of, more or less, an approximate, give or take"
    ),
    Hedge.AT_LEAST: (
        "at least, no fewer than, no less than, not fewer than, not less than, as few as, as little as, a minimum of, "
        "minimum of, minimum, min, upwards of, upward of, \u2265, > =, = >, at the very least"
    ),
    Hedge.MORE_THAN: (
        "more than, over, just over, just above, well over, well above, far more than, many more than, "
        "significantly more than, considerably more than, slightly more than, slightly over, slightly above, "
        "a little over, a little more than, a little above, a bit over, a bit more than, a few more than, "
        "greater than, in excess of, exceeding, above, beyond, north of, topping, >, better than"
    ),
    Hedge.UP_TO: (
        "up to, upto, as many as, as much as, as large as, no more than, not more than, at most, at the most, "
        "a maximum of, maximum of, maximum, max, no larger than, not exceeding, a ceiling of, \u2264, < =, = <"
    ),
    Hedge.FEWER_THAN: (
        "fewer than, less than, under, just under, well under, below, just below, well below, slightly under, "
        "slightly below, slightly fewer than, slightly less than, a little under, a little less than, "
        "a little fewer than, a little below, a bit under, a bit less than, a bit fewer than, far fewer than, "
        "far less than, lower than, beneath, just shy of, shy of, just short of, short of, south of, <"
    ),
    Hedge.EXACT: (
        "exactly, precisely, only, just, all, a total of, total of, totalling, totaling, numbering, a full, full, "
        "a mere, mere, another, an additional, additional, a further, further, an extra, extra, the, its, their, his, "
        "her, our, these, those, the remaining, remaining, the other, other, a combined, combined, a force of, "
        "in the, in the low, currently, now, new, fresh, the first, an initial, reportedly"
    ),
}

_AFTER = {
    Hedge.APPROXIMATE: (
        "or so, odd, - odd, ish, - ish, or thereabouts, more or less, approximately, approx, roughly, give or take, "
        "estimated, est, circa"
    ),
    Hedge.AT_LEAST: (
        "+, plus, - plus, or more, and more, or above, and above, and up, and counting, at least, at a minimum, "
        "minimum, min, at the very least"
    ),
    Hedge.UP_TO: "or fewer, or less, or below, at most, at the most, at a maximum, maximum, max, tops",
}

_MOST_PHRASES = 8
_ABBREVIATIONS = {"approx", "ca", "c", "est", "max", "min"}
LOWER_BOUNDS = frozenset({Hedge.AT_LEAST, Hedge.MORE_THAN})
UPPER_BOUNDS = frozenset({Hedge.UP_TO, Hedge.FEWER_THAN})
BOUNDS = LOWER_BOUNDS | UPPER_BOUNDS


def _phrases(table: Mapping[Hedge, str]) -> dict[str, Hedge]:
    return {phrase.strip(): hedge for hedge, listed in table.items() for phrase in listed.split(", ")}


HEDGE_PHRASES: Mapping[str, Hedge] = _phrases(_BEFORE)
"""What may stand before a number: words and signs, parted by spaces, with the hedge that they state.

Phrases of hedge `exact` say nothing about how firm the number is ("another", "a total of").
"""

_Index = dict[str, list[tuple[tuple[str, ...], Hedge]]]


def _indexed(phrases: Mapping[str, Hedge]) -> _Index:
    """Return the phrases by first word, longest first."""
    index: _Index = {}
    for phrase, hedge in sorted(phrases.items(), key=lambda entry: -len(entry[0].split())):
        first, *rest = phrase.split()
        index.setdefault(first, []).append((tuple(rest), hedge))
    return index


_INDEX_BEFORE = _indexed(HEDGE_PHRASES)
_INDEX_AFTER = _indexed(_phrases(_AFTER))
HEDGE_STARTERS = frozenset(_INDEX_BEFORE)


class Hedging(NamedTuple):
    """The hedge that some words state together, and the index of the first token after them."""

    hedge: Hedge
    after: int


def read_hedges(tokens: Sequence[Token], at: int) -> Hedging | None:
    """Return what the phrases before a number state together, or None where they contradict each other.

    A bound beats an approximation ("at least about"), which beats a bare number ("another roughly").
    """
    stated: list[Hedge] = []
    while len(stated) < _MOST_PHRASES and (found := _phrase_at(_INDEX_BEFORE, tokens, at)):
        stated.append(found.hedge)
        at = found.after
        if at < len(tokens) and tokens[at].text == "/":  # "roughly/around"
            at += 1
    hedge = strongest(stated)
    return None if hedge is None else Hedging(hedge, at)


def read_trailing_hedge(tokens: Sequence[Token], at: int) -> Hedging | None:
    """Return what the phrase behind a number states ("or more", "-odd"), or None where none stands.

    None as well where the words lead on to another number ("2,000 plus 500").
    """
    behind = _phrase_at(_INDEX_AFTER, tokens, at)
    return None if behind is None or read_amount(tokens, behind.after) else behind


def strongest(stated: Iterable[Hedge]) -> Hedge | None:
    """Return the hedge that wins, or None where a lower bound stands beside an upper one."""
    found = set(stated)
    if found & LOWER_BOUNDS and found & UPPER_BOUNDS:
        return None
    for hedge in (Hedge.MORE_THAN, Hedge.FEWER_THAN, Hedge.AT_LEAST, Hedge.UP_TO, Hedge.APPROXIMATE):
        if hedge in found:
            return hedge
    return Hedge.EXACT


def _phrase_at(index: _Index, tokens: Sequence[Token], at: int) -> Hedging | None:
    """Return the longest phrase of the table that begins at an index."""
    if at >= len(tokens):
        return None
    first = tokens[at].text
    for rest, hedge in index.get(first, ()):
        after = at + 1
        for word in rest:
            if after >= len(tokens) or tokens[after].text != word:
                break
            after += 1
        else:
            abbreviated = (rest[-1] if rest else first) in _ABBREVIATIONS
            dotted = abbreviated and after < len(tokens) and tokens[after].text == "."
            return Hedging(hedge, after + dotted)
    return None
