"""The shipped press claims as a claims table, as an import would record them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from trooptally.dates import parse_as_of
from trooptally.figures import parse_figure

STARTER = Path(__file__).parents[2] / "db" / "trooptally_db" / "starter" / "claims.csv"


def starter_claims(path: Path = STARTER) -> pd.DataFrame:
    """Return the shipped claims, one row each, in the columns an estimate asks for."""
    with path.open(encoding="utf-8", newline="") as lines:
        return pd.DataFrame([_row(number, row) for number, row in enumerate(csv.DictReader(lines))])


def _row(number: int, row: dict[str, str]) -> dict[str, Any]:
    figure = parse_figure(row["figure"]).figure
    as_of = parse_as_of(row["as_of"]) if row["as_of"] else None
    return {
        "claim_id": f"{number:032x}",
        "force": row["force"],
        "place": row["place"],
        "measure": row["measure"],
        "component": row.get("component") or "military",
        "low": figure.low,
        "point": figure.point,
        "high": figure.high,
        "hedge": figure.hedge.value,
        "as_of_earliest": as_of.earliest.isoformat() if as_of else None,
        "as_of_latest": as_of.latest.isoformat() if as_of else None,
        "published_on": row["published_on"] or None,
        "source": row["publisher"],
        "origin": row["attributed_to"] or row["publisher"],
        "attributed_to": row["attributed_to"],
    }
