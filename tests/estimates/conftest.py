"""A hand for writing claims tables, as the ledger would give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

Written = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def written() -> Written:
    """Return a function that makes a claims table of rows, each a mapping over the defaults."""
    return table_of


def table_of(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return a claims table; `n` and `hedge` say the figure, `on` both as-of and publication."""
    return pd.DataFrame([_row(number, row) for number, row in enumerate(rows)])


def _row(number: int, given: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(given)
    figure, hedge, on = row.pop("n", None), row.pop("hedge", "exact"), row.pop("on", None)
    low, point, high = _bounds(figure, hedge)
    name = row.get("origin", f"desk-{number}")
    return {
        "claim_id": f"{number:032x}",
        "force": "USA",
        "place": "IRQ",
        "measure": "present",
        "component": "military",
        "low": low,
        "point": point,
        "high": high,
        "hedge": hedge,
        "as_of": on,
        "as_of_earliest": on,
        "as_of_latest": on,
        "published_on": on,
        "recorded_at": "2026-01-01T00:00:00Z",
        "source": name,
        "origin": name,
        "attributed_to": name,
        "quote": str(figure),
        "locator": "",
        "url": "",
        "rank": "normal",
        "status": "accepted",
        "basis": "unstated",
        "missing_reason": None,
        **row,
    }


def _bounds(figure: float | None, hedge: str) -> tuple[float | None, float | None, float | None]:
    match hedge:
        case "exact":
            return figure, figure, figure
        case "at_least" | "more_than" | "vague":
            return figure, None, None
        case "up_to" | "fewer_than":
            return None, None, figure
        case _:
            return None, figure, None
