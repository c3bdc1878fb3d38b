"""Columns of a series, each claim with plain defaults, for tests that need no ledger."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from trooptally.ledger import SeriesColumns

_DEFAULTS: dict[str, Any] = {
    "version": 1,
    "measure": "present",
    "component": "military",
    "basis": "unstated",
    "low": None,
    "point": None,
    "high": None,
    "hedge": "approximate",
    "missing_reason": None,
    "as_of": "2021-09-20",
    "published_on": "2021-09-20",
    "source_id": "paper",
    "origin_id": "pentagon",
    "status": "accepted",
    "rank": "normal",
    "printed": "as printed",
    "recorded_at": 0,
}


def columns(*claims: dict[str, Any]) -> SeriesColumns:
    """Return the claims as columns; a claim without any bound or point has no figure."""
    made = SeriesColumns()
    for n, claim in enumerate(claims):
        row = {**_DEFAULTS, "claim_id": f"claim{n}", **claim}
        row.setdefault("as_of_earliest", row["as_of"])
        row.setdefault("as_of_latest", row["as_of_earliest"])
        if row["low"] is row["point"] is row["high"] is None:
            row["hedge"] = None
            row["missing_reason"] = row["missing_reason"] or "not_stated"
        for column in fields(SeriesColumns):
            getattr(made, column.name).append(row[column.name])
    return made
