"""A local level with Gaussian or Student-t errors on claims and steps, by reweighting and a tridiagonal solve.

The answer is linear in the figures given its weights, so each origin's share is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.bands import Array, Bands, levels_among, shared, unsure
from trooptally.estimates.lattice import to_level, to_log
from trooptally.estimates.origins import Origin
from trooptally.estimates.plateaus import plateau
from trooptally.estimates.settings import StudentSettings

_Z90 = 1.6449
_MOST_NODES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nodes:
    """The days on which anybody spoke, what each claim said, and the claims' node."""

    days: Array
    said: Array
    doubt: Array
    node: NDArray[np.int64]


def answer_locally(origins: Sequence[Origin], days: NDArray[np.int64], settings: StudentSettings) -> Bands:
    """Return mean and 90 % of a local level on each day."""
    used = levels_among(origins)
    nodes = _nodes([origins[n] for n in used], settings)
    claim_weights, step_weights = _reweighted(nodes, settings)
    diagonal, beside = _precision(nodes, claim_weights, step_weights)
    inverse = _inverse(diagonal, beside)
    left, share = _between(nodes.days, days)
    right = np.minimum(left + 1, len(nodes.days) - 1)
    rows = (1 - share)[:, None] * inverse[left] + share[:, None] * inverse[right]
    linear = rows[:, nodes.node] * claim_weights[None, :]
    mean = linear @ nodes.said
    variance = _variance(nodes, inverse, step_weights, (left, right, share), days, settings)
    reach = _Z90 * settings.stretch * np.sqrt(variance + settings.floor**2)
    weights = np.zeros((len(days), len(origins)))
    weights[:, used] = linear
    wrong, offsets = unsure(origins)
    low, best, high = (to_level(mean + sign * reach) for sign in (-1.0, 0.0, 1.0))
    return Bands(low=low, best=best, high=high, weights=shared(weights), wrong=wrong, offsets=offsets)


def _nodes(origins: Sequence[Origin], settings: StudentSettings) -> _Nodes:
    spans = to_log(np.array([plateau(origin.claim) for origin in origins]))
    said = spans.mean(axis=1)
    length = np.array([origin.claim.latest - origin.claim.earliest for origin in origins], dtype=np.float64)
    doubt = settings.claim_scale**2 + (spans[:, 1] - spans[:, 0]) ** 2 / 12 + settings.step_scale**2 * length / 4
    middles = np.array([origin.middle for origin in origins], dtype=np.float64)
    width = 1.0
    while len(np.unique(middles // width)) > _MOST_NODES:
        width *= 2
    days, node = np.unique(middles // width, return_inverse=True)
    return _Nodes(days=days * width + (width - 1) / 2, said=said, doubt=doubt, node=node)


def _reweighted(nodes: _Nodes, settings: StudentSettings) -> tuple[Array, Array]:
    """Return the precision of each claim and each step once outliers and jumps have lost theirs."""
    plain_claims = 1 / nodes.doubt
    plain_steps = 1 / (settings.step_scale**2 * np.diff(nodes.days))
    claims, steps = plain_claims, plain_steps
    for _ in range(settings.passes):
        diagonal, beside = _precision(nodes, claims, steps)
        level = _solved(diagonal, beside, _summed(nodes, claims * nodes.said))
        claims = plain_claims * _student(plain_claims * (nodes.said - level[nodes.node]) ** 2, settings.claim_freedom)
        steps = plain_steps * _student(plain_steps * np.diff(level) ** 2, settings.step_freedom)
    return claims, steps


def _student(squared: Array, freedom: float) -> Array:
    if np.isinf(freedom):
        return np.ones_like(squared)
    return (freedom + 1) / (freedom + squared)


def _precision(nodes: _Nodes, claims: Array, steps: Array) -> tuple[Array, Array]:
    diagonal = _summed(nodes, claims)
    diagonal[1:] += steps
    diagonal[:-1] += steps
    return diagonal, -steps


def _summed(nodes: _Nodes, each: Array) -> Array:
    """Return sums over the claims of each node."""
    return np.asarray(np.bincount(nodes.node, each, len(nodes.days)), dtype=np.float64)


def _solved(diagonal: Array, beside: Array, right: Array) -> Array:
    """Solve a symmetric tridiagonal system."""
    main, side, goal = diagonal.tolist(), beside.tolist(), right.tolist()
    for n in range(1, len(main)):
        factor = side[n - 1] / main[n - 1]
        main[n] -= factor * side[n - 1]
        goal[n] -= factor * goal[n - 1]
    goal[-1] /= main[-1]
    for n in range(len(main) - 2, -1, -1):
        goal[n] = (goal[n] - side[n] * goal[n + 1]) / main[n]
    return np.array(goal)


def _inverse(diagonal: Array, beside: Array) -> Array:
    dense = np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
    return np.asarray(np.linalg.inv(dense), dtype=np.float64)


def _between(nodes: Array, days: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array]:
    """Return the node before each day and how far the day is on the way to the next; days outside stay at the ends."""
    left = np.clip(np.searchsorted(nodes, days, side="right") - 1, 0, max(len(nodes) - 2, 0))
    if len(nodes) == 1:
        return left, np.zeros(len(days))
    return left, np.clip((days - nodes[left]) / (nodes[left + 1] - nodes[left]), 0.0, 1.0)


def _variance(
    nodes: _Nodes,
    inverse: Array,
    steps: Array,
    where: tuple[NDArray[np.int64], NDArray[np.int64], Array],
    days: NDArray[np.int64],
    settings: StudentSettings,
) -> Array:
    """Return the variance on each day: of both neighbours, of the bridge between them, of the time outside."""
    left, right, share = where
    both = (1 - share) ** 2 * inverse[left, left] + share**2 * inverse[right, right]
    both += 2 * share * (1 - share) * inverse[left, right]
    bridge = share * (1 - share) / steps[left] if len(steps) else np.zeros(len(days))
    outside = np.maximum(nodes.days[0] - days, 0) + np.maximum(days - nodes.days[-1], 0)
    return np.asarray(both + bridge + settings.outside * outside * settings.step_scale**2, dtype=np.float64)
