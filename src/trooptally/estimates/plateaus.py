"""A figure as printed to the span of levels that it may stand for, by its hedge and its rounding.

"2,500" may stand for anything that a desk would round to 2,500; "more than 5,000" for a little more than 5,000. The
spans are in people; doubt about the figure itself is added by the estimator as soft shoulders.
"""

from __future__ import annotations

from trooptally.estimates.series import Claim
from trooptally.vocabulary import Hedge

_ABOUT = 0.03
_WIDEST_ROUNDING = 0.12
_MORE_THAN = 1.10
_AT_LEAST = 1.25
_UP_TO = 0.70
_VAGUE = 3.0


def plateau(claim: Claim) -> tuple[float, float]:
    """Return the lowest and highest number of people that the printed figure may stand for."""
    match claim.hedge:
        case Hedge.MORE_THAN | Hedge.AT_LEAST | Hedge.VAGUE:
            low, high = _above(claim)
        case Hedge.UP_TO | Hedge.FEWER_THAN:
            top = _first(claim.high, claim.point, claim.low)
            low, high = _UP_TO * top, top
        case _:
            low, high = _between(claim)
    return max(low, 0.0), max(high, 0.0)


def half_unit(number: float) -> float:
    """Return half the unit a number was rounded to: 500 for 2,000, 250 for 2,500, 0.5 for 1,720 being 1,723."""
    whole = round(number)
    if whole <= 0:
        return 0.5
    unit = 1
    while whole % (unit * 10) == 0:
        unit *= 10
    return 2.5 * unit if whole // unit % 5 == 0 else 0.5 * unit


def _above(claim: Claim) -> tuple[float, float]:
    """Return the span of "at least n", "more than n" and words such as "hundreds"."""
    bottom = _first(claim.low, claim.point, claim.high)
    if claim.high is not None and claim.high > bottom:
        return bottom, claim.high
    reach = {Hedge.MORE_THAN: _MORE_THAN, Hedge.AT_LEAST: _AT_LEAST}.get(Hedge(claim.hedge), _VAGUE)
    return bottom, max(reach * bottom, bottom + 1)


def _between(claim: Claim) -> tuple[float, float]:
    """Return the span of an exact or approximate figure, or of a range as given."""
    if claim.low is not None and claim.high is not None and claim.high > claim.low:
        return claim.low, claim.high
    number = _first(claim.point, claim.low, claim.high)
    rounding = min(half_unit(number), _WIDEST_ROUNDING * number + 0.5)
    slack = max(rounding, _ABOUT * number) if claim.hedge == Hedge.APPROXIMATE else rounding
    return number - slack, number + slack


def _first(*bounds: float | None) -> float:
    return next(bound for bound in bounds if bound is not None)
