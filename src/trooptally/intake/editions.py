"""Editions: a report that was corrected or prepared again revises the claims it has made, and counts nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trooptally.figures import Figure, print_figure
from trooptally.ledger import Said
from trooptally.model import Issue
from trooptally.vocabulary import Hedge, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trooptally.importing import Extract
    from trooptally.ledger import Standing

_DECIDED = (Status.REJECTED.value, Status.RETRACTED.value)
_SHOWN_BESIDE = ("printed", "quote", "locator", "note")


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What one edition prints otherwise than the ledger has it.

    Attributes:
        extract: What the edition says; every difference becomes an issue of it.
        revised: Claim -> the difference in words, of those that this edition revises.
    """

    extract: Extract
    revised: dict[str, str] = field(default_factory=dict)

    def __call__(self, heads: Sequence[Standing]) -> Mapping[str, Mapping[str, Any]]:
        """Return which claims are revised, each with the columns that change."""
        wanted = {head.claim_id for head in heads}
        drafts = self.extract.drafts
        at_of = {claim: at for at, claim in enumerate(drafts.claim_id) if claim in wanted}
        return {head.claim_id: columns for head in heads if (columns := self._compared(head, at_of[head.claim_id]))}

    def _compared(self, head: Standing, at: int) -> dict[str, Any]:
        """Return the columns that change, or nothing where the claim stays as it is."""
        drafts = self.extract.drafts
        now = Said(*[getattr(drafts, name)[at] for name in Said._fields])
        if now == head.said:
            return {}
        withheld = _why_not(head, now, drafts.held[at])
        end = withheld or "the claim has a new version"
        told = f"this edition prints {_spoken(now)} where {_spoken(head.said)} was recorded; {end}"
        severity = Severity.WARNING if withheld else Severity.NOTE
        where = drafts.locator[at]
        self.extract.issues.append(Issue(severity=severity, locator=where, message=told, claim_id=head.claim_id))
        if withheld:
            return {}
        self.revised[head.claim_id] = told
        return {name: getattr(drafts, name)[at] for name in (*_SHOWN_BESIDE, *Said._fields)}


def _why_not(head: Standing, now: Said, held: str) -> str:
    """Return why a difference may not revise the claim, or nothing."""
    if head.status in _DECIDED:
        return f"the claim is {head.status}, so it was left as it is"
    if held:
        return "the figure needs a person's look, so the claim was left as it is"
    if now in head.earlier:
        return "an edition before the newest printed this, so the claim was left as it is"
    return ""


def _spoken(said: Said) -> str:
    if said.hedge is None:
        return f"no figure ({(said.missing_reason or 'not stated').replace('_', ' ')})"
    return print_figure(Figure(low=said.low, point=said.point, high=said.high, hedge=Hedge(said.hedge)))
