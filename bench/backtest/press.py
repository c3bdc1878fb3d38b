"""A press that writes about a known truth, for measuring estimators; built apart from any estimator's noise model.

Desks have drifting biases and habits of rounding; a quarter of the figures are stale, mostly unsaid; a few are grossly
wrong; stories are copied, often without their origin; plans are cancelled; rotations are sold as reinforcements.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """How the press behaves; the stress tests change one trait at a time."""

    noise: float = 0.09
    gross: float = 0.04
    stale: float = 0.25
    echoes: float = 1.5
    unlabelled: float = 0.3
    official: float = 0.12
    official_bias: float = 0.0
    flows: float = 0.10
    cancelled: float = 0.25
    rotations: float = 0.04
    unmarked: float = 0.3
    ceilings: float = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Claims about one window of one series, and the official counts they are measured by."""

    truth: Truth
    stories: int
    claims: pd.DataFrame
    days: NDArray[np.int64]
    levels: NDArray[np.float64]

    def known_on(self, day: int) -> pd.DataFrame:
        """Return the claims that had been published on a day."""
        return self.claims[self.claims["published_on"] <= date.fromordinal(day).isoformat()]


@dataclass(slots=True)
class _Desk:
    """One newsroom: its bias today, how fast that drifts, and how it rounds."""

    name: str
    bias: float
    drift: float
    habit: int
    noise: float


@dataclass(slots=True)
class _Newsroom:
    """Everything that writes the claims of one case."""

    truth: Truth
    climate: Climate
    rng: np.random.Generator
    first: int
    last: int
    desks: list[_Desk] = field(default_factory=list)
    turns: dict[int, int] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def level(self, day: float) -> float:
        """Return the true number on any day: steps on hidden days between reports, a slope where little changed."""
        days, levels = self.truth.days, self.truth.levels
        after = int(np.clip(np.searchsorted(days, day, side="left"), 1, len(days) - 1))
        before, later = float(levels[after - 1]), float(levels[after])
        if abs(np.log((later + 10) / (before + 10))) < 0.1:
            share = (day - days[after - 1]) / (days[after] - days[after - 1])
            return float(before + np.clip(share, 0, 1) * (later - before))
        return later if day >= self.turns[after] else before


def simulate(truth: Truth, stories: int, seed: int, climate: Climate | None = None) -> Case:
    """Return the claims of a number of stories, with their echoes, about a window of a series."""
    rng = np.random.default_rng([seed, stories, crc32(truth.name.encode())])
    reports = int(rng.integers(8, 25))
    start = int(rng.integers(0, max(len(truth.days) - reports, 0) + 1))
    days = truth.days[start : start + reports]
    room = _Newsroom(truth, climate or Climate(), rng, int(days[0]) - 60, int(days[-1]) + 20)
    room.turns = {n: int(rng.integers(truth.days[n - 1] + 1, truth.days[n] + 1)) for n in range(1, len(truth.days))}
    room.desks = [_desk(rng, n, room.climate) for n in range(int(rng.integers(4, 14)))]
    for day in _story_days(room, stories):
        _write_story(room, day)
    claims = pd.DataFrame(room.rows)
    claims["claim_id"] = [f"{n:032x}" for n in range(len(claims))]
    inside = _scored(claims, days)
    levels = truth.levels[start : start + reports]
    return Case(truth=truth, stories=stories, claims=claims, days=days[inside], levels=levels[inside])


def _scored(claims: pd.DataFrame, days: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which official days lie between the first and the last story."""
    told = [date.fromisoformat(day).toordinal() for day in claims["published_on"]]
    return (days >= min(told)) & (days <= max(told) + 120)


def _desk(rng: np.random.Generator, number: int, climate: Climate) -> _Desk:
    return _Desk(
        name=f"desk-{number}",
        bias=float(rng.normal(0, 0.09)),
        drift=float(rng.exponential(0.04)),
        habit=int(rng.integers(0, 5)),
        noise=climate.noise * float(rng.uniform(0.4, 1.8)),
    )


def _story_days(room: _Newsroom, stories: int) -> list[int]:
    """Return when stories are written: half at any time, half in bursts after something changed."""
    rng, span = room.rng, room.last - room.first
    turns = [day for n, day in room.turns.items() if room.first < day < room.last and _step(room.truth, n) > 0.15]
    days = []
    for _ in range(stories):
        if turns and rng.random() < 0.5:
            days.append(int(turns[int(rng.integers(len(turns)))] + rng.exponential(45)))
        else:
            days.append(int(room.first + rng.random() * span))
    return sorted(min(day, room.last) for day in days)


def _step(truth: Truth, number: int) -> float:
    return float(abs(np.log((truth.levels[number] + 10) / (truth.levels[number - 1] + 10))))


def _write_story(room: _Newsroom, day: int) -> None:
    desk = room.desks[int(room.rng.integers(len(room.desks)))]
    kind = room.rng.random()
    climate = room.climate
    if kind < climate.flows:
        _write_movement(room, desk, day)
    elif kind < climate.flows + climate.rotations:
        marked = room.rng.random() >= climate.unmarked
        share = room.rng.uniform(0.1, 0.5) * room.level(day)
        _print(room, desk, day, "rotating" if marked else "deploying", share)
    elif kind < climate.flows + climate.rotations + climate.ceilings:
        _print(room, desk, day, "authorized", room.level(day) * room.rng.uniform(0.85, 1.5))
    else:
        _write_level(room, desk, day)


def _write_movement(room: _Newsroom, desk: _Desk, day: int) -> None:
    """Announce the next change if one is near; or, as often as plans are cancelled, one that never comes."""
    rng = room.rng
    later = room.level(day + rng.exponential(90))
    change = later - room.level(day)
    if rng.random() < room.climate.cancelled:
        change = room.level(day) * float(rng.choice([-0.5, -0.3, 0.25, 0.4]))
    if abs(change) < 0.05 * room.level(day) or abs(change) < 10:
        _write_level(room, desk, day)
    elif rng.random() < 0.3:
        _print(room, desk, day, "planned", room.level(day) + change, ahead=int(rng.integers(20, 150)))
    else:
        _print(room, desk, day, "deploying" if change > 0 else "withdrawing", abs(change))


def _write_level(room: _Newsroom, desk: _Desk, day: int) -> None:
    rng, climate = room.rng, room.climate
    old = rng.random() < climate.stale
    about = day - (rng.lognormal(5.2, 0.8) if old else rng.exponential(8))
    if rng.random() < climate.official:
        number = room.level(about) * np.exp(climate.official_bias + rng.normal(0, 0.02))
        _print(room, _Desk("ministry", 0, 0, 0, 0), day, "present", number, about=about if rng.random() < 0.7 else None)
        return
    desk.bias += rng.normal(0, desk.drift * 0.3)
    error = desk.bias + desk.noise * rng.standard_t(3)
    number = room.level(about) * np.exp(np.clip(error, -2, 2))
    if rng.random() < climate.gross:
        number = _gross(room, number, about)
    says_when = rng.random() < (0.2 if old else 0.35)
    _print(room, desk, day, "present", number, about=about if says_when else None)


def _gross(room: _Newsroom, number: float, about: float) -> float:
    """Return a figure with a digit lost, of another scope, or of another year."""
    match int(room.rng.integers(4)):
        case 0:
            return number * float(room.rng.choice([0.1, 10.0]))
        case 1:
            return number * float(room.rng.uniform(1.4, 3.0))
        case 2:
            return number * float(room.rng.uniform(0.3, 0.7))
        case _:
            return room.level(about - 365 * float(room.rng.uniform(1, 6)))


def _print(
    room: _Newsroom,
    desk: _Desk,
    day: int,
    measure: str,
    number: float,
    *,
    about: float | None = None,
    ahead: int = 0,
) -> None:
    """Print a figure in a desk's manner, and let others copy it."""
    rng = room.rng
    figure = _in_words(rng, max(number, 0.0), desk)
    as_of = _as_of(rng, day, about, ahead)
    named = bool(rng.random() < 0.5) or desk.name == "ministry"
    row = {
        "force": "USA",
        "place": room.truth.country,
        "measure": measure,
        "component": "military",
        "basis": "unstated",
        **figure,
        "as_of_earliest": as_of[0],
        "as_of_latest": as_of[1],
        "published_on": date.fromordinal(day).isoformat(),
        "source": desk.name,
        "origin": desk.name,
        "attributed_to": desk.name if named else "",
        "status": "accepted",
        "rank": "normal",
        "missing_reason": None,
    }
    room.rows.append(row)
    for copy in range(min(int(rng.pareto(1.2) * room.climate.echoes / 3), 40)):
        room.rows.append(_copied(room, row, day, copy))


def _copied(room: _Newsroom, row: dict[str, Any], day: int, copy: int) -> dict[str, Any]:
    rng = room.rng
    later = date.fromordinal(int(day + rng.exponential(4))).isoformat()
    echo = {**row, "published_on": later, "source": f"site-{copy}", "attributed_to": row["origin"]}
    if rng.random() < room.climate.unlabelled:
        echo |= {"origin": f"site-{copy}", "attributed_to": ""}
    if row["as_of_earliest"] == row["published_on"] and rng.random() < 0.5:
        echo |= {"as_of_earliest": later, "as_of_latest": later}
    return echo


def _as_of(rng: np.random.Generator, day: int, about: float | None, ahead: int) -> tuple[str | None, str | None]:
    """Return what the story says about when: a day, a month, the day of print, or nothing."""
    if ahead:
        said = date.fromordinal(day + ahead).isoformat()
        return said, said
    if about is not None:
        said = date.fromordinal(int(about)).isoformat()
        return (said, said) if rng.random() < 0.5 else (said[:7], said[:7])
    if rng.random() < 0.5:
        return None, None
    today = date.fromordinal(day).isoformat()
    return today, today


def _in_words(rng: np.random.Generator, number: float, desk: _Desk) -> dict[str, Any]:
    """Return bounds and hedge of a number as a desk would print it."""
    rounded = _rounded(number, desk.habit)
    draw = rng.random()
    if desk.name == "ministry" or draw < 0.42 or rounded < 20:
        return _bounds(rounded, rounded, rounded, "exact")
    if draw >= 0.90:
        return _spread_out(rng, number, rounded, draw)
    if draw >= 0.82:
        return _bounds(None, None, _above(number), "up_to" if rng.random() < 0.5 else "fewer_than")
    if draw >= 0.72:
        return _bounds(_below(number), None, None, "more_than" if rng.random() < 0.6 else "at_least")
    return _bounds(None, rounded, None, "approximate")


def _spread_out(rng: np.random.Generator, number: float, rounded: float, draw: float) -> dict[str, Any]:
    """Return a range, a word such as "hundreds", or an approximate figure."""
    if draw < 0.95:
        spread = rng.uniform(0.05, 0.25)
        return _bounds(_rounded(number * (1 - spread), 2), None, _rounded(number * (1 + spread), 2) + 1, "range")
    if number < 2000 and draw < 0.98:
        return _bounds(200.0 if number >= 200 else 24.0, None, None, "vague")
    return _bounds(None, rounded, None, "approximate")


def _bounds(low: float | None, point: float | None, high: float | None, hedge: str) -> dict[str, Any]:
    return {"low": low, "point": point, "high": high, "hedge": hedge}


def _unit(number: float, digits: int) -> float:
    return float(10.0 ** max(np.floor(np.log10(max(number, 1.0))) - digits + 1, 0))


def _rounded(number: float, habit: int) -> float:
    """Round by one of five habits: not at all, three digits, two digits, fives of the second digit, one digit."""
    units = (1.0, _unit(number, 3), _unit(number, 2), max(5 * _unit(number, 2), 1.0), _unit(number, 1))
    unit = units[habit]
    return float(np.round(number / unit) * unit)


def _below(number: float) -> float:
    unit = _unit(number, 2)
    return float(np.floor(number / unit) * unit)


def _above(number: float) -> float:
    unit = _unit(number, 2)
    return float(np.ceil(number / unit) * unit)
