"""The as-of: what day or period a figure is about, as EDTF with the first and last day it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trooptally.errors import BadDate

EARLIEST_DAY = date(1700, 1, 1)
"""Where an open beginning begins; no report in this ledger is about an older day."""

LATEST_DAY = date(2100, 12, 31)
"""Where an open end ends; nobody plans a force beyond it."""

QUALIFIERS = "?~%"
"""EDTF's marks: uncertain, approximate, both."""


class Precision(StrEnum):
    """How small a piece of the calendar an as-of names."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"
    SET = "set"


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

    @property
    def precision(self) -> Precision:
        """The unit that is named; digits printed as X are not known, so "2021-09-XX" is a month."""
        if "/" in self.edtf:
            return Precision.INTERVAL
        if self.edtf[0] in "[{":
            return Precision.SET
        year, *smaller = (part.strip(QUALIFIERS) for part in self.edtf.split("-"))
        known = [part for part in smaller if part != "XX"]
        match len(known), len(smaller):
            case 0, _:
                return (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[min(year.count("X"), 2)]
            case 1, _:
                return Precision.SEASON if known[0] >= "21" else Precision.MONTH
            case _:
                return Precision.DAY

    @property
    def is_approximate(self) -> bool:
        """Whether the report gives the date as approximate ("about 2006")."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def is_uncertain(self) -> bool:
        """Whether the date itself is doubted ("perhaps 2006")."""
        return "?" in self.edtf or "%" in self.edtf
