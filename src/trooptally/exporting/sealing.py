"""Seals: what lets an exported claim be known again as exactly the one that left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally.importing.exports import SEAL, SEALED
from trooptally.model import seal

if TYPE_CHECKING:
    from pandas import DataFrame


def sealed(claims: DataFrame) -> DataFrame:
    """Return the claims with a column of seals.

    Args:
        claims: As `Ledger.claims` returns them.
    """
    text = [["" if cell is None else str(cell) for cell in _plain(claims, name)] for name in SEALED]
    return claims.assign(**{SEAL: [seal(row) for row in zip(*text, strict=True)]})


def _plain(claims: DataFrame, name: str) -> list[object]:
    column = claims[name]
    plain: list[object] = column.astype(object).where(column.notna(), None).tolist()
    return plain
