"""Official counts to measure against: real reports of the United States, series by series.

A pointer ("see deployment section"), a fill and a total of several countries are no observations; in December 2017 the
counts changed their meaning, so a country has one series before and one after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

REPORTS = Path("official") / "troopdata-rebuild-reports.csv"
BREAK = date(2017, 12, 1).toordinal()
FEWEST_REPORTS = 12
SMALLEST_MEDIAN = 100
_TRAINING_SHARE = 105
_NO_COUNT = re.compile(r"\bsee\b|not available|^total\b|in/around", re.IGNORECASE)
_MONTHS = {"March": 3, "June": 6, "September": 9, "December": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One series of official counts: days (ordinals) and people."""

    country: str
    basis: str
    days: NDArray[np.int64]
    levels: NDArray[np.float64]

    @property
    def name(self) -> str:
        """Country and era."""
        return f"{self.country}-{self.basis}"

    @property
    def training(self) -> bool:
        """Whether settings may be tuned on it: by the hash of the country, never by its figures."""
        return md5(self.country.encode(), usedforsecurity=False).digest()[0] < _TRAINING_SHARE


def official_truths(folder: Path) -> list[Truth]:
    """Return the usable series of the reports in a folder of real inputs."""
    reports = _observations(pd.read_csv(folder / REPORTS, low_memory=False))
    return truths_of(reports)


def truths_of(reports: pd.DataFrame) -> list[Truth]:
    """Return series of a table with the columns country, day and level."""
    found = []
    for country, rows in reports.sort_values("day").groupby("country", sort=True):
        for basis, era in (("all_present", rows["day"] < BREAK), ("permanently_assigned", rows["day"] >= BREAK)):
            days, levels = rows.loc[era, "day"].to_numpy(), rows.loc[era, "level"].to_numpy()
            if _usable(levels):
                found.append(Truth(country=str(country), basis=basis, days=days, levels=levels.astype(np.float64)))
    return found


def _usable(levels: NDArray[np.float64]) -> bool:
    """Return whether a series is long enough, and large enough for a press to have written about it."""
    if len(levels) < FEWEST_REPORTS:
        return False
    return bool(np.median(levels) >= SMALLEST_MEDIAN or (levels >= SMALLEST_MEDIAN).sum() >= FEWEST_REPORTS)


def _observations(raw: pd.DataFrame) -> pd.DataFrame:
    """Return country, day and level of the rows that are counts of one country."""
    raw = raw.assign(country=_one_name_per_code(raw))
    abroad = raw[raw["country"] != "USA"]
    counted = abroad[~abroad["Location"].astype(str).str.contains(_NO_COUNT)]
    counted = counted[~(counted["Location"].astype(str).str.contains("*", regex=False) & (counted["troops_ad"] == 0))]
    days = [_last_day(year, _MONTHS[month]) for year, month in zip(counted["year"], counted["month"], strict=True)]
    table = pd.DataFrame({"country": counted["country"], "day": days, "level": counted["troops_ad"]})
    table = table.drop_duplicates(["country", "day"]).sort_values(["country", "day"])
    return table[~_unexplained_zero(table)]


def _one_name_per_code(raw: pd.DataFrame) -> pd.Series[str]:
    """Return one name per numeric country code: its ISO code if any row has one, else its first name."""
    codes = raw.groupby("ccode")["iso3c"].first()
    return raw["ccode"].map(codes.fillna(raw.groupby("ccode")["countryname"].first())).astype(str)


def _unexplained_zero(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which zeros stand beside hundreds: a blank typed as 0, not a count."""
    by_country = table.groupby("country")["level"]
    beside = np.fmax(by_country.shift(1), by_country.shift(-1))
    near = np.fmax(by_country.shift(2), by_country.shift(-2))
    return (table["level"] == 0) & (np.fmax(beside, near) > SMALLEST_MEDIAN)


def _last_day(year: int, month: int) -> int:
    return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
