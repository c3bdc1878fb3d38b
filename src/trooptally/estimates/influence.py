"""What one origin does to one day's answer: estimate again without it, and compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from trooptally.errors import ClaimMissing, RefusedInput
from trooptally.estimates.catalogue import method_named
from trooptally.estimates.origins import Kind, Origin
from trooptally.estimates.question import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.estimates.answers import Estimates
    from trooptally.estimates.bands import Bands
    from trooptally.estimates.question import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What happens to one day's answer without one origin.

    Attributes:
        claim_id: The claim that stands for the origin.
        echoes: Ids of its echoes, which leave with it.
        best_moves: By how many people the best estimate changes; None if nothing is left to estimate from.
        band_ratio: The new width of the band as a multiple of the old, on log(level + 10); None likewise.
        weight: Its share in the answer.
        p_wrong: Chance that its figure is wrong or about something else; None where the method cannot say.
        source_ratio: How its source is taken to count: 1.05 means five per cent too high.
    """

    claim_id: str
    echoes: tuple[str, ...]
    best_moves: int | None
    band_ratio: float | None
    weight: float
    p_wrong: float | None
    source_ratio: float

    def plain(self) -> dict[str, Any]:
        """Return the record ready for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def influences(answer: Estimates, *, on: Day, most: int = 12, claim_id: str | None = None) -> tuple[Influence, ...]:
    """Return what the heaviest origins of an answer, or that of one claim, do to one day; largest move first.

    Raises:
        RefusedInput: The answer holds no estimate.
        ClaimMissing: The claim asked for is not among those used.
    """
    if answer.bands is None:
        raise RefusedInput(answer.reason or "There is no estimate to take a claim out of.")
    day = ordinal(on, last=True)
    whole = method_named(answer.method).answer(answer.origins, np.array([day], dtype=np.int64))
    chosen = _chosen(answer.origins, whole, most, claim_id)
    found = [_without(answer, whole, number, day) for number in chosen]
    return tuple(sorted(found, key=lambda each: (-abs(each.best_moves or 0), each.claim_id)))


def _chosen(origins: Sequence[Origin], whole: Bands, most: int, claim_id: str | None) -> list[int]:
    if claim_id is None:
        weights = whole.weights[0]
        return sorted(range(len(origins)), key=lambda n: (-weights[n], n))[:most]
    for number, origin in enumerate(origins):
        if claim_id in (origin.claim.claim_id, *origin.claim.addends, *origin.echoes):
            return [number]
    raise ClaimMissing(claim_id)


def _without(answer: Estimates, whole: Bands, number: int, day: int) -> Influence:
    origin = answer.origins[number]
    rest = [*answer.origins[:number], *answer.origins[number + 1 :]]
    moves, ratio = None, None
    if any(other.kind == Kind.LEVEL for other in rest):
        less = method_named(answer.method).answer(rest, np.array([day], dtype=np.int64))
        moves = round(float(less.best[0])) - round(float(whole.best[0]))
        ratio = round(_width(less) / max(_width(whole), 1e-9), 3)
    wrong = float(whole.wrong[number])
    return Influence(
        claim_id=origin.claim.claim_id,
        echoes=origin.echoes,
        best_moves=moves,
        band_ratio=ratio,
        weight=round(float(whole.weights[0, number]), 4),
        p_wrong=None if np.isnan(wrong) else round(wrong, 4),
        source_ratio=round(float(whole.offsets[number]), 4),
    )


def _width(bands: Bands) -> float:
    return float(np.log((bands.high[0] + 10) / (bands.low[0] + 10)))
