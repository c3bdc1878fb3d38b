"""What the review page answers: the queue, one draft beside what the ledger has, and what a decision did."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trooptally.vocabulary import Status
from trooptally_dashboards import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.intake.desk import Decided
    from trooptally.ledger import ClaimDetail, Ledger, SeriesColumns

MOST_LISTED = 300
_DAYS_BESIDE = 60
_MOST_BESIDE = 8
_LISTED = (
    *("claim_id", "version", "force", "place", "measure", "printed", "as_of", "source", "quote"),
    *("report_id", "locator", "recorded_at"),
)

Waiting = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A claim of the same series beside a draft.

    Attributes:
        relation: "says the same" of the same publisher, "echo" of the same origin, "same figure" of another, or
            "beside" it in time.
    """

    claim_id: str
    relation: str
    figure: str
    as_of: str
    source_id: str
    origin_id: str
    status: str


def queue(
    ledger: Ledger, *, force: str = "", place: str = "", source: str = "", words_in: str = "", doubt: str = ""
) -> list[Waiting]:
    """Return the drafts that wait, oldest first, as the browser keeps them; `doubt` is "held" or "clear"."""
    doubts = ledger.doubts()
    frame = ledger.claims(force=force or None, place=place or None, status=[Status.DRAFT], rank="all")
    rows = frame[list(_LISTED)].itertuples(index=False, name=None)
    found = [_waiting(dict(zip(_LISTED, row, strict=True))) for row in rows]
    waiting = sorted(({**one, "doubt": doubts.get(one["claim_id"], "")} for one in found), key=_place_in_queue)
    sought = words_in.casefold()
    return [
        one
        for one in waiting
        if (not source or one["source"] == source)
        and doubt in {"", "held" if one["doubt"] else "clear"}
        and (not sought or sought in f"{one['quote']} {one['printed']}".casefold())
    ]


def _place_in_queue(waiting: Waiting) -> tuple[str, str, int, str]:
    """Oldest first; of one report in the order of its words."""
    numbers = re.findall(r"\d+", waiting["locator"])
    return waiting["recorded_at"], waiting["report_id"], int(numbers[0]) if numbers else 0, waiting["locator"]


def _waiting(row: dict[str, Any]) -> Waiting:
    plain = {name: "" if cell is None or cell != cell else cell for name, cell in row.items()}  # noqa: PLR0124 - NaN
    return plain | {"version": int(plain["version"]), "when": words.as_of(plain["as_of"] or None)}


def neighbours(claim: ClaimDetail, series: SeriesColumns) -> list[Neighbour]:
    """Return what the ledger has beside a draft: the same said again first, then what is near in time."""
    found = [one for at in range(len(series)) if (one := _neighbour(claim, series, at)) is not None]
    order = ("says the same", "echo", "same figure", "beside")
    return sorted(found, key=lambda one: order.index(one.relation))[:_MOST_BESIDE]


def _neighbour(claim: ClaimDetail, series: SeriesColumns, at: int) -> Neighbour | None:
    columns = claim.columns
    if series.claim_id[at] == columns["claim_id"] or series.status[at] in {"rejected", "retracted"}:
        return None
    key = ("measure", "component")
    if any(getattr(series, name)[at] != columns[name] for name in key):
        return None
    numbers = ("low", "point", "high", "hedge", "as_of")
    same = all(getattr(series, name)[at] == columns[name] for name in numbers)
    if same:
        relation = "echo" if series.origin_id[at] == columns["origin_id"] else "same figure"
        relation = "says the same" if series.source_id[at] == columns["source_id"] else relation
    elif _apart(columns["as_of_latest"], series.as_of_latest[at]) <= _DAYS_BESIDE:
        relation = "beside"
    else:
        return None
    said = words.figure(series.low[at], series.point[at], series.high[at], series.hedge[at])
    return Neighbour(
        claim_id=series.claim_id[at],
        relation=relation,
        figure=said if series.hedge[at] else words.missing(series.missing_reason[at]),
        as_of=words.as_of(series.as_of[at]),
        source_id=series.source_id[at],
        origin_id=series.origin_id[at],
        status=series.status[at],
    )


def _apart(one: str | None, other: str | None) -> int:
    from datetime import date

    if not one or not other:
        return 10**6
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def origins_beside(claim: ClaimDetail, found: Sequence[Neighbour], sources: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the neighbours that another origin said, as the choices of what a draft may echo."""
    return [
        {
            "value": one.claim_id,
            "label": f"{one.figure}, {one.as_of}, said by {sources.get(one.origin_id, one.origin_id)}",
        }
        for one in found
        if one.origin_id != claim.columns["origin_id"]
    ]


def likely_origin(claim: ClaimDetail, found: Sequence[Neighbour]) -> str | None:
    """Return the neighbour that says the same figure by another origin, if there is one; others are chosen by hand."""
    same = (one for one in found if one.relation != "beside" and one.origin_id != claim.columns["origin_id"])
    return next((one.claim_id for one in same), None)


def around(waiting: Sequence[Waiting], at: int) -> tuple[str, str]:
    """Return the words that wait before and behind a draft in the same report; empty where there are none."""
    same = [one["report_id"] == waiting[at]["report_id"] for one in waiting]
    before = waiting[at - 1]["quote"] if at > 0 and same[at - 1] else ""
    behind = waiting[at + 1]["quote"] if at + 1 < len(waiting) and same[at + 1] else ""
    return before, behind


def decisions(decided: Sequence[Decided]) -> list[dict[str, Any]]:
    """Return a person's decisions as the browser keeps them, the last one last."""
    made = []
    for one in decided:
        many = words.counted(len(one.claims), "draft")
        single = f"\N{LEFT DOUBLE QUOTATION MARK}{one.claims[0].printed[:60]}\N{RIGHT DOUBLE QUOTATION MARK}"
        said = f"{one.head.act}ed {single if len(one.claims) == 1 else many}"
        made.append({"said": said, "changes": list(one.changes), "claims": [claim.claim_id for claim in one.claims]})
    return made


def neighbour_table(found: Sequence[Neighbour], sources: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the neighbours as a table, or None where there are none."""
    if not found:
        return None
    rows = [
        [
            {"text": one.figure, "href": f"/claims/{one.claim_id}", "class": "number"},
            {"text": one.relation, "class": f"relation relation-{one.relation.split()[0]}"},
            one.as_of,
            sources.get(one.source_id, one.source_id),
            sources.get(one.origin_id, one.origin_id),
            one.status,
        ]
        for one in found
    ]
    headings = ["Figure", "Relation", "As of", "Publisher", "Said by", "Status"]
    return {"caption": "What the ledger has beside it", "headings": headings, "rows": rows}


def after_decision(waiting: list[Waiting], at: int, gone: set[str]) -> tuple[list[Waiting], int]:
    """Return the queue without the decided drafts, and which is looked at next."""
    left = [one for one in waiting if one["claim_id"] not in gone]
    before = sum(one["claim_id"] in gone for one in waiting[:at])
    return left, max(0, min(at - before, len(left) - 1))


def said_of(decisions: Sequence[Mapping[str, Any]]) -> str:
    """Return what undo would take back."""
    return f"Undo: {decisions[-1]['said']}" if decisions else "Nothing to undo"


def conflict(claim: ClaimDetail) -> str:
    """Return who changed a claim in between, why, and what from what to what."""
    last = claim.versions[-1]
    changed = [
        f"{name.replace('_', ' ')} from {before or 'nothing'} to {now or 'nothing'}"
        for name, (before, now) in last.changed.items()
        if name not in {"origin_id", "attribution_id"}
    ]
    what = f": {words.listed(changed)}" if changed else ""
    return (
        f"Somebody else was faster: {last.contributor} made version {last.version} ({last.act}, "
        f"\N{LEFT DOUBLE QUOTATION MARK}{last.reason}\N{RIGHT DOUBLE QUOTATION MARK}){what}. "
        "Nothing of yours was written; look at both and decide again."
    )
