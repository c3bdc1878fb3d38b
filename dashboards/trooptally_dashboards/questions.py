"""What a reader asks a page, read from the address and written back to it, so that every view has a link."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from trooptally.dates import parse_as_of
from trooptally.errors import BadDate
from trooptally.vocabulary import Basis, Component, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_ID = 200
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_KNOWN_AT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")
_MEASURES = frozenset(m.value for m in Measure)
_COMPONENTS = frozenset(c.value for c in Component)
_BASES = frozenset(b.value for b in Basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesQuestion:
    """Which claims of one force at one place are shown, and how.

    Attributes:
        measures: Only these; none named means all.
        component: Only this one, or "" for all.
        basis: Only counts on this basis, or "" for all.
        source: Only what this source printed or said, by its id, or "" for all.
        since: The first day of the time shown, ISO 8601, or "" for all before; "from" in the address.
        until: The last day, or "" for all after; "to" in the address.
        drafts: Whether claims that nobody has accepted yet are shown too.
        rank: "best" leaves out deprecated claims, "all" shows them faintly.
        by: What a colour stands for: "origin" (who said it) or "publisher" (who printed it).
        scale: "linear" or "log".
        known_at: The ledger as it stood then, ISO 8601, or "" for now.
        estimate: Whether the estimate is drawn behind the claims.
    """

    force: str
    place: str
    measures: tuple[str, ...] = field(default=())
    component: str = ""
    basis: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    drafts: bool = True
    rank: str = "best"
    by: str = "origin"
    scale: str = "linear"
    known_at: str = ""
    estimate: bool = True

    @classmethod
    def from_query(cls, force: str, place: str, query: Mapping[str, object]) -> SeriesQuestion:
        """Return the question that an address asks; what it cannot mean is left at its default."""
        asked = {name: _text(value) for name, value in query.items()}
        return cls(
            force=force,
            place=place,
            measures=tuple(m for m in asked.get("measure", "").split(",") if m in _MEASURES),
            component=_one_of(asked.get("component", ""), _COMPONENTS, ""),
            basis=_one_of(asked.get("basis", ""), _BASES, ""),
            source=asked.get("source", "")[:_LONGEST_ID],
            since=edge(asked.get("from", ""), last=False),
            until=edge(asked.get("to", ""), last=True),
            drafts=asked.get("status") != "accepted",
            rank=_one_of(asked.get("rank", ""), {"best", "all"}, "best"),
            by=_one_of(asked.get("by", ""), {"origin", "publisher"}, "origin"),
            scale=_one_of(asked.get("scale", ""), {"linear", "log"}, "linear"),
            known_at=known_at(asked.get("known_at", "")),
            estimate=asked.get("estimate") != "off",
        )

    def link(self) -> str:
        """Return the address that asks this question."""
        asked = {
            "measure": ",".join(self.measures),
            "component": self.component,
            "basis": self.basis,
            "source": self.source,
            "from": self.since,
            "to": self.until,
            "status": "" if self.drafts else "accepted",
            "rank": "" if self.rank == "best" else self.rank,
            "by": "" if self.by == "origin" else self.by,
            "scale": "" if self.scale == "linear" else self.scale,
            "known_at": self.known_at,
            "estimate": "" if self.estimate else "off",
        }
        query = urlencode({name: value for name, value in asked.items() if value}, safe=",:")
        return series_link(self.force, self.place) + (f"?{query}" if query else "")


def edge(text: str, *, last: bool) -> str:
    """Return the first or last day of a date or period ("2011", "2011-06"), or "" for what is no date."""
    if _WHOLE_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return ""
    try:
        asked = parse_as_of(text) if text else None
    except BadDate:
        return ""
    if asked is None:
        return ""
    return (asked.latest if last else asked.earliest).isoformat()


def known_at(text: str) -> str:
    """Return a day or instant as it is asked of the ledger, or "" for anything else."""
    return text if _KNOWN_AT.fullmatch(text) else ""


def series_link(force: str, place: str) -> str:
    """Return the address of a series."""
    return f"/series/{quote(force, safe='')}/{quote(place, safe='')}"


def claim_link(claim_id: str) -> str:
    """Return the address of a claim."""
    return f"/claims/{claim_id if claim_id.isalnum() else quote(claim_id, safe='')}"


def source_link(source_id: str) -> str:
    """Return the address of a source."""
    return f"/sources/{quote(source_id, safe='')}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _one_of(text: str, allowed: frozenset[str] | set[str], default: str) -> str:
    return text if text in allowed else default
