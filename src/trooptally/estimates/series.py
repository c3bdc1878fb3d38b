"""Which claims of a table speak of one series, as plain records in an order that no entry order can change.

A series is one force at one place, of one component, counted on one basis. Drafts, rejected and deprecated claims and
missing values never come through; what is left out is named with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from trooptally.errors import BadTable
from trooptally.estimates.addends import JOINED, WHOLE, with_sums
from trooptally.vocabulary import Basis, Hedge, Measure, Rank, Status

PRESENT_BASES = frozenset({Basis.UNSTATED.value, Basis.ALL_PRESENT.value})
"""Asked for no basis, we estimate everybody present: counts that say so and counts that do not say."""

LARGEST_FIGURE = 10**9
_SAME_DAY = 3

_NEEDED = ("claim_id", "force", "place", "measure", "low", "point", "high")
_OPTIONAL = {
    "component": "military",
    "hedge": "",
    "as_of_earliest": None,
    "as_of_latest": None,
    "published_on": None,
    "source": "",
    "origin": "",
    "attributed_to": "",
    "rank": Rank.NORMAL.value,
    "status": Status.ACCEPTED.value,
    "basis": Basis.UNSTATED.value,
    "missing_reason": None,
    "part": "",
    "report_id": "",
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Claim(NamedTuple):
    """One accepted claim as the estimators see it; days are proleptic ordinals (`date.toordinal`).

    Attributes:
        dated: Whether anybody said as of when.
        fresh: Whether the day of print is all that is known of when, so that the figure may be older than it looks.
        addends: Ids of the further claims whose figures were added to that of `claim_id`.
    """

    claim_id: str
    place: str
    measure: str
    low: float | None
    point: float | None
    high: float | None
    hedge: str
    earliest: int
    latest: int
    published: int
    dated: bool
    fresh: bool
    origin: str
    named: bool
    addends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The claims of one series, sorted, with what was left out and why.

    Attributes:
        claims: Claims that speak of this force and place, oldest first.
        parts: Claims of the places inside the place asked for, if it is a theatre.
        wholes: Claims of the theatres that the place asked for lies in.
        left_out: Claim id and reason, for claims of this series that carry no weight.
        other_bases: Bases of further series of the same force, place and component, with their number of claims.
        elsewhere: Other components, and branches alone, that claims count at this place, with their number of claims.
    """

    force: str
    place: str
    component: str
    basis: str | None
    claims: tuple[Claim, ...]
    parts: tuple[Claim, ...] = ()
    wholes: tuple[Claim, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    other_bases: Mapping[str, int] = field(default_factory=dict)
    elsewhere: Mapping[str, int] = field(default_factory=dict)


def select(
    claims: pd.DataFrame,
    *,
    force: str,
    place: str,
    component: str = "military",
    basis: str | None = None,
    theatres: Mapping[str, Collection[str]] | None = None,
) -> Series:
    """Return the claims of one series.

    Args:
        claims: The claims table of `Ledger.claims`.
        force: Id of the force whose people are counted.
        place: Id of the place where they are.
        component: Which people are counted.
        basis: What the count includes; None asks for everybody present, and takes what there is if nobody counted that.
        theatres: Theatre id -> ids of the places inside it; claims of a theatre bound its places, and never more.

    Raises:
        BadTable: The table lacks a column that no estimate can do without.
    """
    require_columns(claims)
    inside, around = neighbours(place, theatres or {})
    table = completed(claims[(claims["force"] == force) & claims["place"].isin([place, *inside, *around])])
    whole = table["part"].fillna("") == ""  # a branch alone is no level of the whole
    own = with_sums(table[whole]) if component == WHOLE else table[whole]
    own = own[own["component"] == component]
    here = own[own["place"] == place]
    bases = {str(name): int(count) for name, count in here["basis"].value_counts().sort_index().items()}
    wanted = _bases_wanted(bases, basis)
    near = own[own["basis"].isin(sorted(wanted))]
    kept, left_out = _accepted(near[near["place"] == place])
    return Series(
        force=force,
        place=place,
        component=component,
        basis=basis if basis is not None or wanted == PRESENT_BASES else next(iter(wanted)),
        claims=kept,
        parts=_accepted(near[near["place"].isin(inside)])[0],
        wholes=_accepted(near[near["place"].isin(around)])[0],
        left_out=left_out,
        other_bases={name: count for name, count in bases.items() if name not in wanted},
        elsewhere=_elsewhere(table[table["place"] == place], component),
    )


def _elsewhere(here: pd.DataFrame, component: str) -> dict[str, int]:
    """Return what else is counted at a place: other components, and branches of this one."""
    counted = here[here["status"].eq(Status.ACCEPTED.value) & here["measure"].eq(Measure.PRESENT.value)]
    alone = counted["part"].fillna("") != ""
    found = counted.loc[~alone & (counted["component"] != component), "component"].value_counts()
    branches = int((alone & (counted["component"] == component)).sum())
    return {str(name): int(count) for name, count in sorted(found.items())} | ({"parts": branches} if branches else {})


def completed(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every column an estimate may ask for, absent optional ones filled with their default.

    Raises:
        BadTable: A column that has no default is absent.
    """
    require_columns(claims)
    table = claims[[*_NEEDED, *(name for name in _OPTIONAL if name in claims.columns)]].copy()
    for name, default in _OPTIONAL.items():
        if name not in table.columns:
            table[name] = default
    if table["as_of_earliest"].isna().all() and "as_of" in claims.columns:
        table["as_of_earliest"] = table["as_of_latest"] = claims["as_of"]
    for name in ("component", "basis"):
        table[name] = table[name].fillna(_OPTIONAL[name])
    return table


def require_columns(claims: pd.DataFrame) -> None:
    """Refuse a table without the columns that no estimate can do without.

    Raises:
        BadTable: A column that has no default is absent.
    """
    absent = [name for name in _NEEDED if name not in claims.columns]
    if absent:
        raise BadTable(f"The claims table lacks the column {absent[0]!r}; expected the columns of 'trooptally claims'.")


def _bases_wanted(found: Mapping[str, int], basis: str | None) -> frozenset[str]:
    if basis is not None:
        return frozenset({basis})
    if not found or any(name in PRESENT_BASES for name in found):
        return PRESENT_BASES
    return frozenset({max(sorted(found), key=lambda name: found[name])})


def neighbours(place: str, theatres: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    """Return the places inside this one and the theatres around it."""
    inside = sorted(set(theatres.get(place, ())) - {place})
    around = sorted(name for name, members in theatres.items() if place in members and name != place)
    return inside, around


def _accepted(rows: pd.DataFrame) -> tuple[tuple[Claim, ...], tuple[tuple[str, str], ...]]:
    kept: list[Claim] = []
    left_out: list[tuple[str, str]] = []
    for claim_id, outcome in _judged(rows):
        if isinstance(outcome, Claim):
            kept.append(outcome)
        elif outcome:
            left_out.append((claim_id, outcome))
    return tuple(sorted(kept, key=_order)), tuple(sorted(left_out))


def _judged(rows: pd.DataFrame) -> Iterator[tuple[str, Claim | str]]:
    """Yield each claim's id with its record, or with the reason why it has no weight."""
    if rows.empty:
        return
    columns = [
        "claim_id",
        "place",
        "measure",
        "low",
        "point",
        "high",
        "hedge",
        "as_of_earliest",
        "as_of_latest",
    ]
    columns += ["published_on", "origin", "attributed_to", "source", "status", "rank", "missing_reason"]
    plain = rows[columns].astype(object).where(rows[columns].notna(), None)
    for row in zip(*(plain[name].tolist() for name in columns), strict=True):
        *words, status, rank, missing_reason = row
        yield str(row[0]), _refusal(status, rank, missing_reason) or _claim(words)


def _refusal(status: object, rank: object, missing_reason: object) -> str:
    if str(status or Status.ACCEPTED) != Status.ACCEPTED:
        return f"it is {status}, not accepted"
    if str(rank or Rank.NORMAL) == Rank.DEPRECATED:
        return "it is deprecated"
    if missing_reason:
        return f"it gives no number ({missing_reason})"
    return ""


def _claim(words: Sequence[object]) -> Claim | str:
    """Return the record of one row, or the reason why there is none."""
    (
        claim_id,
        place,
        measure,
        low,
        point,
        high,
        hedge,
        earliest,
        latest,
        published_on,
        origin,
        said_by,
        source,
    ) = words
    bounds = [_number(low), _number(point), _number(high)]
    stated = [bound for bound in bounds if bound is not None]
    if not stated:
        return "it gives no number"
    if min(stated) < 0 or max(stated) > LARGEST_FIGURE or stated != sorted(stated):
        return "its figure is no number of people"
    published = day(published_on, last=True)
    first, last = day(earliest, last=False), day(latest, last=True)
    if first is None and last is None and published is None:
        return "neither it nor its report has a date"
    dated = not (first is None and last is None)
    begin, end = _span(first, last, published)
    first_id, *addends = str(claim_id).split(JOINED)
    return Claim(
        claim_id=first_id,
        place=str(place),
        measure=str(measure),
        low=bounds[0],
        point=bounds[1],
        high=bounds[2],
        hedge=str(hedge or Hedge.EXACT.value),
        earliest=begin,
        latest=end,
        published=published if published is not None else end,
        dated=dated,
        fresh=published is not None and (not dated or abs(end - published) <= _SAME_DAY),
        origin=str(origin or said_by or source or ""),
        named=bool(said_by) or bool(origin and origin != source),
        addends=tuple(addends),
    )


def _span(first: int | None, last: int | None, published: int | None) -> tuple[int, int]:
    begin = first if first is not None else last if last is not None else published
    end = last if last is not None else first if first is not None else published
    if begin is None or end is None:  # the caller has seen that one of the three is there
        raise BadTable("A claim has neither an as-of nor a publication date.")
    return min(begin, end), max(begin, end)


def _number(given: object) -> float | None:
    if given is None:
        return None
    number = float(str(given))
    return None if number != number else number  # noqa: PLR0124 - the only number unlike itself is NaN


def day(given: object, *, last: bool) -> int | None:
    """Return the first or last day of a date such as 2021, 2021-09 or 2021-09-20 (text, date or timestamp)."""
    return None if given is None else _day(str(given)[:10], last)


@lru_cache(maxsize=65536)
def _day(text: str, last: bool) -> int | None:  # noqa: FBT001 - a cached function takes its key by position
    found = _DATE.match(text)
    if not found or found[1] == "0000":
        return None
    year, month, day_of_month = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if day_of_month:
            return date(year, month, day_of_month).toordinal()
        if not last:
            return date(year, month or 1, 1).toordinal()
        following = (year + month // 12, month % 12 + 1) if month else (year + 1, 1)
        return date(*following, 1).toordinal() - 1
    except ValueError:
        return None


def _order(claim: Claim) -> tuple[int, int, int, str, float, str]:
    size = next(bound for bound in (claim.point, claim.low, claim.high) if bound is not None)
    return (claim.latest, claim.earliest, claim.published, claim.measure, size, claim.claim_id)


def informs_level(measure: str) -> bool:
    """Return whether a measure says anything about how many are there; a rotation never does."""
    return measure in _LEVEL_MEASURES


_LEVEL_MEASURES = frozenset(
    {Measure.PRESENT, Measure.PLANNED, Measure.DEPLOYING, Measure.WITHDRAWING, Measure.AUTHORIZED}
)
