"""The numbers of the estimators, in one place; tuned on the benchmark's training countries only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSettings:
    """What the grid filter believes before it sees a claim; scales are on log(level + 10).

    Attributes:
        step: Width of a cell.
        jump_days: Mean time between jumps at volatility 1.
        drift: Standard deviation of the daily drift at volatility 1.
        small_jump: Laplace scale of ordinary jumps.
        large_jump: Laplace scale of surges and exits.
        large_share: How many jumps are surges or exits.
        volatilities: Regimes, as multiples of both rates.
        volatility_priors: Their prior shares for a force of some four hundred.
        calm: How much likelier the slower ones are for a larger force.
        busy: Days that each claim adds to the time that passes around it: many speak when much happens.
        shoulder: Logistic scale of a claim's doubt.
        noises: Regimes of that doubt, as multiples.
        noise_priors: Their prior shares.
        undated: Added to the shoulder where nobody says as of when.
        wrong: Prior chance that a figure is wrong or about something else.
        wrong_scale: Laplace scale of how far such a figure lies off.
        stale: Prior chance that a figure known only by its day of print is older than that.
        ages: How old it may then be, in days; all alike likely.
        design: How fast neighbouring origins lose weight.
        design_days: Who counts as a neighbour.
        house: Standard deviation of a source's own offset.
        house_passes: How often offsets are learned before the final pass.
        floor: Standard deviation added to the final answer.
        dissent: How much of a contradicted answer goes to those who contradict it.
        dissent_days: How fast their voice fades.
        executed: Chance that an announced movement happens.
        moved: Shares of the announced number that move if it does.
        planned: Chance that a planned level is reached.
        ceiling: Chance that a ceiling holds.
    """

    step: float = 0.06
    jump_days: float = 800.0
    drift: float = 0.0054
    small_jump: float = 0.18
    large_jump: float = 1.6
    large_share: float = 0.17
    volatilities: tuple[float, ...] = (0.3, 1.0, 3.0)
    volatility_priors: tuple[float, ...] = (0.3, 0.45, 0.25)
    calm: float = 0.25
    busy: float = 20.0
    shoulder: float = 0.09
    noises: tuple[float, ...] = (1.0,)
    noise_priors: tuple[float, ...] = (1.0,)
    undated: float = 0.014
    wrong: float = 0.05
    wrong_scale: float = 0.62
    stale: float = 0.2
    ages: tuple[float, ...] = (60.0, 150.0, 300.0, 600.0)
    design: float = 0.165
    design_days: float = 45.0
    house: float = 0.1
    house_passes: int = 1
    floor: float = 0.06
    dissent: float = 0.8
    dissent_days: float = 60.0
    executed: float = 0.2
    moved: tuple[float, ...] = (0.7, 0.85, 1.0, 1.1)
    planned: float = 0.5
    ceiling: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentSettings:
    """What the local level believes; scales are on log(level + 10).

    Attributes:
        claim_scale: Scale of a claim's error.
        claim_freedom: Degrees of freedom of that error; infinite makes it Gaussian.
        step_scale: Scale of a day's step.
        step_freedom: Degrees of freedom of a step between two days with claims.
        outside: How much faster the variance grows before the first and after the last claim.
        floor: Standard deviation added to the answer.
        stretch: Factor on the band.
        passes: How often claims and steps are reweighted.
    """

    claim_scale: float = 0.167
    claim_freedom: float = 10.9551
    step_scale: float = 0.0129
    step_freedom: float = 0.3
    outside: float = 0.7135
    floor: float = 0.0669
    stretch: float = 1.2309
    passes: int = 12


GAUSSIAN = StudentSettings(
    claim_scale=0.220,
    claim_freedom=float("inf"),
    step_scale=0.0281,
    step_freedom=float("inf"),
    outside=0.89,
    floor=0.045,
    stretch=1.000,
    passes=1,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelSettings:
    """What the kernel average believes.

    Attributes:
        days: Width of the kernel.
        floor: Standard deviation added to the scatter of the figures.
        growth: Variance added per day to the nearest claim.
    """

    days: float = 91.0
    floor: float = 0.097
    growth: float = 0.00014
