"""Active plus reserve is the military, where one report counts both of one place, day and basis, and neither twice.

Nothing else is ever added: civilians and contractors are no military, a branch is no whole, and the counts of two
reports, two days or two bases may overlap.
"""

from __future__ import annotations

import pandas as pd

from trooptally.vocabulary import Component, Hedge, Measure, Rank, Status

WHOLE = Component.MILITARY.value
ADDENDS = (Component.ACTIVE.value, Component.RESERVE.value)
JOINED = "\x1f"
"""Stands between the ids of the claims that a sum was made of."""

_SAME = (
    *("force", "place", "basis", "report_id", "source", "origin", "attributed_to"),
    *("published_on", "as_of_earliest", "as_of_latest"),
)
_SUMMED = ("low", "point", "high")


def with_sums(table: pd.DataFrame) -> pd.DataFrame:
    """Return a completed claims table with one row more for each lawful sum of active and reserve.

    A sum is lawful where exactly one accepted count of each comes from the same report, about the same days, on the
    same basis, and the report gives no count of the whole itself.
    """
    if not set(ADDENDS) <= set(table["component"].unique()):
        return table
    counted = table[_countable(table)]
    one, other = (_single(counted[counted["component"] == name]) for name in ADDENDS)
    if one.empty or other.empty:
        return table
    both = one.merge(other[[*_SAME, "claim_id", "hedge", *_SUMMED]], on=list(_SAME), suffixes=("", "_too"))
    said = _keyed(counted[counted["component"] == WHOLE])[list(_SAME)].drop_duplicates()
    both = both.merge(said, on=list(_SAME), how="left", indicator=True)
    both = both[both.pop("_merge") == "left_only"]
    return pd.concat([table, _added(both)[list(table.columns)]], ignore_index=True) if len(both) else table


def _countable(table: pd.DataFrame) -> pd.Series[bool]:
    counted = (table["measure"] == Measure.PRESENT.value) & table["point"].notna()
    standing = (table["status"] == Status.ACCEPTED.value) & (table["rank"] != Rank.DEPRECATED.value)
    whole = (table["part"].fillna("") == "") & (table["missing_reason"].fillna("") == "")
    return counted & standing & whole


def _keyed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in whose keys what is missing equals what is missing."""
    return table.assign(**{name: table[name].fillna("").astype(str) for name in _SAME})


def _single(table: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that are the only one of their key: two counts of one component are in dispute."""
    return _keyed(table).drop_duplicates(list(_SAME), keep=False)


def _added(both: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each pair, under both ids."""
    exact = (both["hedge"] == Hedge.EXACT.value) & (both["hedge_too"] == Hedge.EXACT.value)
    return both.assign(
        claim_id=both["claim_id"].astype(str) + JOINED + both["claim_id_too"].astype(str),
        component=WHOLE,
        hedge=exact.map({True: Hedge.EXACT.value, False: Hedge.APPROXIMATE.value}),
        **{name: both[name] + both[f"{name}_too"] for name in _SUMMED},
    )
