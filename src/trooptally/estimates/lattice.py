"""Levels on a grid of log(level + 10), and how a distribution over them spreads in time.

The level mostly stands still, drifts a little and sometimes jumps: a random walk in continuous time with reflecting
ends. On a mirrored grid its steps are multiplications in Fourier space, and two steps of 10 days are one of 20.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trooptally.estimates.settings import GridSettings

Array = NDArray[np.float64]

OFFSET = 10.0
_SIZES = (96, 128, 160, 192, 216, 240, 256, 288, 320, 360, 384, 432, 480, 512, 576, 640, 768, 900, 1024)
_HEADROOM = 30.0
_TINY = 1e-16


def to_log(level: Array | float) -> Array:
    """Return log(level + 10)."""
    return np.log(np.asarray(level, dtype=np.float64) + OFFSET)


def to_level(log: Array) -> Array:
    """Return the level of a grid value, never below 0."""
    return np.maximum(np.exp(log) - OFFSET, 0.0)


class Lattice:
    """The cells that a series can be in, from 0 to well above its largest figure, and their motion."""

    def __init__(self, largest: float, settings: GridSettings) -> None:
        span = float(to_log(_HEADROOM * (largest + OFFSET)) - to_log(0.0))
        cells = next((size for size in _SIZES if size * settings.step >= span), _SIZES[-1])
        self.step = settings.step
        self.cells: Array = to_log(0.0) + self.step * np.arange(cells)
        self._rates = _rates(cells, settings)

    def slower_and_faster(self, settings: GridSettings) -> Lattice:
        """Return the same cells with the volatilities of other settings."""
        other = object.__new__(Lattice)
        other.step, other.cells, other._rates = self.step, self.cells, _rates(len(self), settings)
        return other

    def __len__(self) -> int:
        return len(self.cells)

    def motions(self, days: Array) -> Array:
        """Return, for each span of days and each volatility, what the span does in Fourier space."""
        return np.asarray(np.exp(days[:, None, None, None] * self._rates[None, :, None, :]), dtype=np.float64)

    def spread(self, chances: Array, motion: Array) -> Array:
        """Return distributions over the cells (last axis) after a motion."""
        mirrored = np.concatenate([chances, chances[..., ::-1]], axis=-1)
        moved = np.fft.irfft(np.fft.rfft(mirrored) * motion, n=2 * len(self))
        return np.maximum(moved[..., : len(self)], _TINY)

    def quantiles(self, chances: Array, levels: tuple[float, ...]) -> Array:
        """Return quantiles, in people, of distributions over the cells (rows)."""
        heights = np.cumsum(chances, axis=1)
        heights /= heights[:, -1:]
        edges = self.cells + self.step / 2
        found = [[np.interp(level, row, edges) for level in levels] for row in heights]
        return to_level(np.array(found).reshape(len(chances), len(levels)))

    def smear(self, chances: Array, width: float) -> Array:
        """Return distributions (rows) widened by a normal error."""
        waves = np.exp(-0.5 * (width * _frequencies(len(self), self.step)) ** 2)
        return self.spread(chances, waves)


def _frequencies(cells: int, step: float) -> Array:
    return np.asarray(np.pi * np.arange(cells + 1) / (cells * step), dtype=np.float64)


def _rates(cells: int, settings: GridSettings) -> Array:
    """Return the logarithm of one day's motion in Fourier space, one row per volatility."""
    distance = settings.step * np.minimum(np.arange(2 * cells), 2 * cells - np.arange(2 * cells))
    small = np.exp(-distance / settings.small_jump)
    large = np.exp(-distance / settings.large_jump)
    jump = (1 - settings.large_share) * small / small.sum() + settings.large_share * large / large.sum()
    jumps = (np.fft.rfft(jump).real - 1.0) / settings.jump_days
    turn = np.cos(np.pi * np.arange(cells + 1) / cells) - 1.0
    drift = (settings.drift / settings.step) ** 2 * turn
    return np.array([speed * jumps + speed**2 * drift for speed in settings.volatilities])
