"""The as-of: what day or period a figure is about, as EDTF with the first and last day it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trooptally.errors import BadDate

EARLIEST_DAY = date(1700, 1, 1)
"""Where an open beginning begins; no report in this ledger is about an older day."""

LATEST_DAY = date(2100, 12, 31)
"""Where an open end ends; nobody plans a force beyond it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """A day or period in EDTF (ISO 8601-2) with its strict bounds.

    Attributes:
        edtf: The canonical text, such as "2021-09", "2006~" or "2011-01-01/2011-01-31".
        earliest: The first day it can mean; `EARLIEST_DAY` for an open beginning.
        latest: The last day it can mean; `LATEST_DAY` for an open end.

    Raises:
        BadDate: the bounds are out of order or outside the years that reports are about.
    """

    edtf: str
    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if not EARLIEST_DAY <= self.earliest <= self.latest <= LATEST_DAY:
            raise BadDate(self.edtf, f"days in order and between {EARLIEST_DAY} and {LATEST_DAY}")
