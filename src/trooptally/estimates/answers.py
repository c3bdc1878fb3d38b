"""What an estimate is: a band per day, the method, and the claims it rests on with their weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from trooptally.estimates.bands import Bands
from trooptally.estimates.origins import Origin

COLUMNS = ("date", "low", "best", "high", "level", "origins", "claims", "method")
_SHOWN = 0.001
_COUNTED = 0.01
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Estimates of one series.

    Attributes:
        force: Id of the force.
        place: Id of the place.
        component: Which people are counted.
        basis: What the count includes; None where it is everybody present, said or unsaid.
        method: Name of the method.
        frame: One row per day asked: date, low, best, high, level, origins, claims, method; empty if not enough.
        reason: Why there is no estimate, in a sentence, or empty.
        notes: What the reader must know about the scope.
        left_out: Claims of the series without weight, each with its reason.
        origins: The origins that were used, oldest first.
        bands: The same figures as arrays, with weights and chances of being wrong, or None.
    """

    force: str
    place: str
    component: str
    basis: str | None
    method: str
    frame: pd.DataFrame
    reason: str = ""
    notes: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    origins: tuple[Origin, ...] = field(default=(), repr=False)
    bands: Bands | None = field(default=None, repr=False)

    @property
    def enough(self) -> bool:
        """Whether there was enough to estimate from."""
        return not self.reason

    @property
    def evidence(self) -> list[list[dict[str, Any]]]:
        """The claims behind each row of the frame, heaviest first, with what each echoes or is added to."""
        return [self._evidence_of(row) for row in range(len(self.frame))]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows with their evidence, ready for JSON."""
        rows: list[dict[str, Any]] = []
        for columns, evidence in zip(self.frame.to_dict("records"), self.evidence, strict=True):
            plain = {str(name): _plain(given) for name, given in columns.items()}
            rows.append({**plain, "evidence": evidence})
        return rows

    def _evidence_of(self, row: int) -> list[dict[str, Any]]:
        if self.bands is None:
            return []
        weights = self.bands.weights[row]
        heaviest = sorted(np.flatnonzero(weights >= _SHOWN).tolist(), key=lambda n: (-weights[n], n))
        return [entry for number in heaviest for entry in self._entries(number, float(weights[number]))]

    def _entries(self, number: int, weight: float) -> list[dict[str, Any]]:
        """Return the entry of one origin, followed by what was added to it and by its echoes, which weigh nothing."""
        origin = self.origins[number]
        wrong = float(self.bands.wrong[number]) if self.bands is not None else np.nan
        first: dict[str, Any] = {"claim_id": origin.claim.claim_id, "weight": round(weight, _DIGITS)}
        first |= {"kind": origin.kind.value, "origin": origin.claim.origin}
        if not np.isnan(wrong):
            first["p_wrong"] = round(wrong, _DIGITS)
        without = {"weight": 0.0, "kind": origin.kind.value}
        added = [{"claim_id": other, **without, "added_to": first["claim_id"]} for other in origin.claim.addends]
        echoes = [{"claim_id": other, **without, "echo_of": first["claim_id"]} for other in origin.echoes]
        return [first, *added, *echoes]


def nothing(keys: Mapping[str, Any], reason: str) -> Estimates:
    """Return the answer that there is not enough to estimate from."""
    empty = pd.DataFrame({name: pd.Series(dtype=_DTYPES.get(name, "object")) for name in COLUMNS})
    return Estimates(**keys, frame=empty, reason=reason)


_DTYPES = {
    "low": "int64",
    "best": "int64",
    "high": "int64",
    "level": "float64",
    "origins": "int64",
    "claims": "int64",
}


def framed(
    bands: Bands, days: Sequence[int], origins: Sequence[Origin], method: str, level: float | None
) -> pd.DataFrame:
    """Return the bands as a table: whole people, low rounded down and high rounded up."""
    counted = bands.weights >= _COUNTED
    copies = np.array([1 + len(origin.claim.addends) + len(origin.echoes) for origin in origins], dtype=np.int64)
    best = np.rint(bands.best).astype(np.int64)
    frame = pd.DataFrame(
        {
            "date": [date.fromordinal(day) for day in days],
            "low": np.minimum(np.floor(bands.low).astype(np.int64), best),
            "best": best,
            "high": np.maximum(np.ceil(bands.high).astype(np.int64), best),
            "level": np.nan if level is None else level,
            "origins": counted.sum(axis=1).astype(np.int64),
            "claims": (counted * copies).sum(axis=1).astype(np.int64),
            "method": method,
        }
    )
    return frame[list(COLUMNS)]


def _plain(given: Any) -> Any:
    """Return a cell as JSON knows it: dates as ISO text, no number as None."""
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, float) and np.isnan(given):
        return None
    return given.item() if isinstance(given, np.generic) else given
