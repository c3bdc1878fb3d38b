"""The claims of a series as the rows of a table: each with its words, its chain, its report and its standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trooptally.errors import ClaimMissing
from trooptally_dashboards import words
from trooptally_dashboards.components.links import is_web_address

if TYPE_CHECKING:
    from trooptally.ledger import Ledger

# The cells of one claim, as `Ledger.claims` names them; None is missing.
Cells = Mapping[str, Any]

_MOST_CHAINS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim as the table shows it.

    Attributes:
        look: A class that makes a number, zero, withheld and not reported look different.
        chain: Who said it to whom, from the publisher to the origin, where there is anybody between or behind.
        echo_of: The id of the claim that it repeats, or "".
    """

    claim_id: str
    as_of: str
    figure: str
    look: str
    what: str
    said_by: str
    said_by_id: str
    chain: str
    publisher: str
    publisher_id: str
    published_on: str
    title: str
    url: str
    quote: str
    locator: str
    remarks: tuple[tuple[str, str], ...]
    standing: str
    status: str
    rank: str
    part: str
    echo_of: str


class Chains:
    """The chains of attribution of a ledger; those already looked up are remembered."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, cells: Cells) -> str:
        """Return a claim's chain from its publisher to its origin, or "" where the publisher speaks for itself."""
        if cells["source_id"] == cells["origin_id"] and not cells["attributed_to"]:
            return ""
        key = cells["source_id"], cells["origin_id"], cells["attributed_to"] or ""
        if key not in self._known:
            if len(self._known) >= _MOST_CHAINS:
                self._known.clear()
            self._known[key] = self._looked_up(cells)
        return self._known[key]

    def _looked_up(self, cells: Cells) -> str:
        links: tuple[tuple[str, str], ...] = ()
        try:
            detail = self._ledger.claim(cells["claim_id"])
        except ClaimMissing:
            pass
        else:  # a later version may have another attribution than the one that is published
            links = detail.chain if detail.chain and detail.chain[-1][0] == cells["origin_id"] else ()
        printed = [name for _, name in links] or [cells["source"], cells["origin"]]
        return " \N{LEFTWARDS ARROW} ".join(printed) if len(printed) > 1 else ""


def rows_of(groups: Iterable[Sequence[str]], cells: Mapping[str, Cells], chains: Chains) -> list[Row]:
    """Return the rows of claims, the latest first, each followed by those that repeat it.

    Args:
        groups: Ids of claims, those together that repeat one origin's figure, the first to be published first.
        cells: The claims by id.
        chains: Where chains are looked up.
    """
    known = [[one for one in group if one in cells] for group in groups]
    ordered = sorted((group for group in known if group), key=lambda group: recency(cells[group[0]]), reverse=True)
    return [
        _row(cells[one], chains, echo_of="" if one == first else first)
        for first, group in ((group[0], group) for group in ordered)
        for one in group
    ]


def recency(claim: Cells) -> tuple[str, str, str]:
    """Return what sorts claims by the day that they are about, then by their publication."""
    published = claim["published_on"] or ""
    return claim["as_of_latest"] or published, published, claim["claim_id"]


def _row(claim: Cells, chains: Chains, *, echo_of: str) -> Row:
    return Row(
        claim_id=claim["claim_id"],
        as_of=words.as_of(claim["as_of"]),
        figure=words.sentence_case(_said(claim)),
        look=_look(claim),
        what=_what(claim),
        said_by=claim["origin"],
        said_by_id=claim["origin_id"],
        chain=chains.of(claim),
        publisher=claim["source"],
        publisher_id=claim["source_id"],
        published_on=words.as_of(claim["published_on"]) if claim["published_on"] else "",
        title=claim["title"] or "",
        url=web_address(claim["url"]),
        quote=claim["quote"] or claim["printed"] or "",
        locator=claim["locator"] or "",
        remarks=tuple((term, claim[name]) for term, name in (("Unit", "unit"), ("Note", "note")) if claim[name]),
        standing=claim["status"] if claim["rank"] == "normal" else f"{claim['status']}, {claim['rank']}",
        status=claim["status"],
        rank=claim["rank"],
        part=claim["part"] or "",
        echo_of=echo_of,
    )


def web_address(url: str | None) -> str:
    """Return the address if it is one to follow (http or https), else nothing."""
    return url.strip() if url and is_web_address(url) else ""


def _said(claim: Cells) -> str:
    if claim["hedge"] is None:
        return words.missing(claim["missing_reason"])
    return words.figure(claim["low"], claim["point"], claim["high"], claim["hedge"])


def _look(claim: Cells) -> str:
    bounds = claim["low"], claim["point"], claim["high"]
    if bounds == (None, None, None):
        return "withheld" if claim["missing_reason"] == "withheld" else "unreported"
    return "zero" if bounds == (0, 0, 0) else "number"


def _what(claim: Cells) -> str:
    """Return what is counted, leaving unsaid what is the rule (military people, basis not stated)."""
    component, basis = claim["component"], claim["basis"]
    parts = [
        words.MEASURES.get(claim["measure"], claim["measure"]),
        "" if component == "military" else words.COMPONENTS.get(component, component),
        "" if basis == "unstated" else words.BASES.get(basis, basis),
        claim["part"] or "",
    ]
    return ", ".join(part for part in parts if part)
