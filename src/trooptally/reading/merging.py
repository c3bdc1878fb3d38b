"""One figure, many mentions: repetitions joined, the clearest mention kept, the others' places remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trooptally.reading.count import Count
from trooptally.vocabulary import Hedge, Measure

_FLOWS = frozenset({Measure.DEPLOYING, Measure.ROTATING, Measure.COMMITTED, Measure.PLANNED, Measure.AUTHORIZED})
_LEAVING = frozenset({Measure.WITHDRAWING, Measure.PLANNED})


@dataclass(slots=True)
class Merged:
    """One figure: its clearest mention and all others."""

    best: Count
    others: list[Count] = field(default_factory=list)


def merged(counts: Sequence[Count]) -> list[Merged]:
    """Return the figures of a document, each once, in the order of their clearest mention."""
    figures: list[Merged] = []
    by_size: dict[int, list[Merged]] = {}
    for count in counts:
        same = next((m for m in by_size.get(count.number.size, ()) if is_same(m.best, count)), None)
        if same is None:
            found = Merged(count)
            figures.append(found)
            by_size.setdefault(count.number.size, []).append(found)
        elif clarity(count) > clarity(same.best):
            same.others.append(same.best)
            same.best = count
        else:
            same.others.append(count)
    return sorted(figures, key=lambda m: m.best.start)


def is_same(one: Count, other: Count) -> bool:
    """Return whether two mentions state one figure: size, force, place and measure agree or one is silent."""
    a, b = one.number, other.number
    if (
        a.size != b.size
        or (a.hedge is Hedge.RANGE) != (b.hedge is Hedge.RANGE)
        or (a.high != b.high and a.hedge is Hedge.RANGE)
    ):
        return False
    if other.definite and not other.number.vague_word and not other.named:
        return True
    if one.force != other.force and one.force and other.force:
        return False
    if one.place != other.place and one.place and other.place and not (one.headline or other.headline):
        return False
    return one.measure is other.measure or _one_event(one, other)


def _one_event(one: Count, other: Count) -> bool:
    if one.headline or other.headline or one.definite or other.definite:
        return True
    pair = {one.measure, other.measure}
    return pair <= _FLOWS or pair <= _LEAVING


def clarity(count: Count) -> tuple[bool, int, int]:
    """Return how much a mention tells: body before headline, then hedge, force, place and noun."""
    told = count.number.hedge is not Hedge.EXACT
    return (not count.headline, told + bool(count.force_told) + bool(count.place_told) + (count.phrase.head >= 0), 0)
