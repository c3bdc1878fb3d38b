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
    past, future, after, evidence = _passes(path, lattice, priors.shape)
    shares = np.log(priors) + evidence
    shares = np.exp(shares - shares.max())
    return Smoothed(
        lattice=lattice, days=path.days, past=past, future=future, after=after, regimes=shares / shares.sum()
    )


def _passes(path: Path, lattice: Lattice, regimes: tuple[int, ...]) -> tuple[Array, Array, Array, Array]:
    """Return the messages from before, from then on and from after, and each regime's log evidence.

    The pass forward and the pass backward go side by side, so that each move in Fourier space serves both.
    """
    last = len(path.days) - 1
    past, future, after = np.empty((3, last + 1, *regimes, len(lattice)))
    evidence = np.zeros(regimes)
    now = np.ones((2, *regimes, len(lattice)))
    motions = lattice.motions(np.diff(path.days))
    motions = np.stack([motions, motions[::-1]], axis=1)
    for step in range(last + 1):
        if step:
            now = lattice.spread(now, motions[step - 1])
        after[last - step] = now[1]
        now[0] = _heard(path, step, now[0])
        now[1] = _heard(path, last - step, now[1], backward=True)
        total = now.sum(axis=-1, keepdims=True)
        evidence += np.log(total[0, ..., 0])
        now /= total
        past[step], future[last - step] = now
    return past, future, after, evidence


def _heard(path: Path, step: int, now: Array, *, backward: bool = False) -> Array:
    """Return a message after a step of the path has had its say."""
    if step not in path.movements:
        return np.asarray(now * path.chances[step], dtype=np.float64)
    movement = path.movements[step]
    return movement.backward(now) if backward else movement.forward(now)


def steps_of(days: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], int]:
    """Return each day's bin and the bins' width in days: 1, or as wide as keeps the number of bins at `most`."""
    width = 1
    while len(np.unique(days // width)) > most:
        width *= 2
    return days // width, width
