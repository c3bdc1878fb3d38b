"""Forward and backward over the steps of a series: what is known from before, from after, and from both.

Exact on the lattice: no sampling, no iteration, the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.lattice import Array, Lattice
from trooptally.estimates.movements import Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The steps of a series in time.

    Attributes:
        days: The day of each step, rising; two steps may share a day.
        chances: The likelihood at each step, (steps, noises, cells); ones where a step is a movement.
        movements: Movements by step.
    """

    days: Array
    chances: Array
    movements: Mapping[int, Movement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothed:
    """Messages of one smoothing, by step, volatility, noise and cell.

    Attributes:
        past: What the steps up to and including this one say.
        future: What this step and those after it say.
        after: What the steps after this one say.
        regimes: Posterior share of each volatility and noise.
    """

    lattice: Lattice
    days: Array
    past: Array
    future: Array
    after: Array
    regimes: Array

    def at_steps(self) -> Array:
        """Return the distribution at every step, (steps, cells)."""
        return self._mixed(self.past * self.after)

    def at(self, days: Array) -> Array:
        """Return the distribution on any days, (days, cells)."""
        before = np.searchsorted(self.days, days, side="right") - 1
        left = self.past[np.maximum(before, 0)].copy()
        left[before < 0] = 1.0
        ahead = np.minimum(before + 1, len(self.days) - 1)
        right = self.future[ahead].copy()
        right[before + 1 >= len(self.days)] = 1.0
        since = np.where(before < 0, 0.0, days - self.days[np.maximum(before, 0)])
        until = np.where(before + 1 >= len(self.days), 0.0, self.days[ahead] - days)
        spread, motions = self.lattice.spread, self.lattice.motions
        return self._mixed(spread(left, motions(since)) * spread(right, motions(until)))

    def _mixed(self, joint: Array) -> Array:
        joint = joint / joint.sum(axis=-1, keepdims=True)
        return np.asarray(np.einsum("vk,nvkg->ng", self.regimes, joint), dtype=np.float64)


def smooth(path: Path, lattice: Lattice, priors: Array) -> Smoothed:
    """Return the messages of a path.

    Args:
        path: The steps.
        lattice: The cells and their motion.
        priors: Prior share of each volatility (rows) and noise (columns).
    """
    motions = lattice.motions(np.diff(path.days))
    past, evidence = _forward(path, lattice, motions, priors.shape)
    future, after = _backward(path, lattice, motions, priors.shape)
    shares = np.log(priors) + evidence
    shares = np.exp(shares - shares.max())
    return Smoothed(
        lattice=lattice, days=path.days, past=past, future=future, after=after, regimes=shares / shares.sum()
    )


def _forward(path: Path, lattice: Lattice, motions: Array, regimes: tuple[int, ...]) -> tuple[Array, Array]:
    past = np.empty((len(path.days), *regimes, len(lattice)))
    evidence = np.zeros(regimes)
    now = np.full((*regimes, len(lattice)), 1.0 / len(lattice))
    for step in range(len(path.days)):
        if step:
            now = lattice.spread(now, motions[step - 1])
        now = path.movements[step].forward(now) if step in path.movements else now * path.chances[step]
        total = now.sum(axis=-1)
        evidence += np.log(total)
        now = now / total[..., None]
        past[step] = now
    return past, evidence


def _backward(path: Path, lattice: Lattice, motions: Array, regimes: tuple[int, ...]) -> tuple[Array, Array]:
    future = np.empty((len(path.days), *regimes, len(lattice)))
    after = np.empty_like(future)
    now = np.ones((*regimes, len(lattice)))
    for step in range(len(path.days) - 1, -1, -1):
        after[step] = now
        now = path.movements[step].backward(now) if step in path.movements else now * path.chances[step]
        now = now / now.sum(axis=-1, keepdims=True)
        future[step] = now
        if step:
            now = lattice.spread(now, motions[step - 1])
    return future, after


def steps_of(days: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], int]:
    """Return each day's bin and the bins' width in days: 1, or as wide as keeps the number of bins at `most`."""
    width = 1
    while len(np.unique(days // width)) > most:
        width *= 2
    return days // width, width
