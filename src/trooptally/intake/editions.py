"""Editions: a report that was corrected or prepared again revises the claims it has made, and counts nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trooptally.figures import Figure
from trooptally.model import Issue
from trooptally.vocabulary import Hedge, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trooptally.importing import Extract
    from trooptally.ledger import Ledger

_DECIDED = (Status.REJECTED.value, Status.RETRACTED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One claim that this edition prints otherwise than the ledger has it.

    Attributes:
        at: Position of the claim in the extract.
        version: The claim's newest version.
        was: What the ledger has, in words.
        now: What this edition prints, in words.
        withheld: Why the ledger's claim is left as it is, or empty where it is to be revised.
    """

    claim_id: str
    at: int
    version: int
    was: str
    now: str
    withheld: str = ""

    @property
    def told(self) -> str:
        """The difference as one sentence."""
        end = f"; {self.withheld}" if self.withheld else "; the claim has a new version"
        return f"this edition prints {self.now} where {self.was} was recorded{end}"


def differences(ledger: Ledger, extract: Extract, differing: Sequence[str]) -> tuple[Difference, ...]:
    """Return where an edition and the ledger differ in a figure, or in why there is none."""
    if not extract.editions or not differing:
        return ()
    wanted = set(differing)
    at_of = {claim: at for at, claim in enumerate(extract.drafts.claim_id) if claim in wanted}
    return tuple(_differences(ledger, extract, at_of))


def _differences(ledger: Ledger, extract: Extract, at_of: dict[str, int]) -> Iterator[Difference]:
    drafts = extract.drafts
    for force in sorted({drafts.force[at] for at in at_of.values()}):
        frame = ledger.claims(force=force, as_of=_period(extract, list(at_of.values())), rank="all", status="all")
        frame = frame[frame["claim_id"].isin(list(at_of))]
        for row in frame[["claim_id", "version", "status", "point", "missing_reason"]].itertuples(index=False):
            at = at_of[str(row.claim_id)]
            was = (_whole(row.point), _word(row.missing_reason))
            now = (drafts.point[at], drafts.missing_reason[at])
            if was != now:
                yield Difference(
                    claim_id=str(row.claim_id),
                    at=at,
                    version=int(str(row.version)),
                    was=_spoken(*was),
                    now=_spoken(*now),
                    withheld=_why_not(ledger, extract, at, str(row.claim_id), str(row.status)),
                )


def _period(extract: Extract, positions: Iterable[int]) -> str:
    """Return the days that some claims are about, as an interval."""
    drafts = extract.drafts
    earliest = [day for at in positions if (day := drafts.as_of_earliest[at])]
    latest = [day for at in positions if (day := drafts.as_of_latest[at])]
    return f"{min(earliest)}/{max(latest)}" if earliest and latest else "1800/2100"


def _why_not(ledger: Ledger, extract: Extract, at: int, claim_id: str, status: str) -> str:
    """Return why a difference may not revise the claim, or nothing."""
    if status in _DECIDED:
        return f"the claim is {status}, so it was left as it is"
    if extract.drafts.held[at]:
        return "the figure needs a person's look, so the claim was left as it is"
    point = extract.drafts.point[at]
    for version in ledger.claim(claim_id).versions:
        if any(name == "point" and point == was for name, (was, _) in version.changed.items()):
            return "an edition before the newest printed this, so the claim was left as it is"
    return ""


def revise(
    ledger: Ledger, extract: Extract, found: Sequence[Difference], *, contributor: str, reason: str
) -> dict[str, str]:
    """Write the next version of every claim that an edition revises; return each with its difference in words.

    Every claim is one change of its own; an import that is stopped between two finishes when it is repeated.
    """
    drafts = extract.drafts
    revised: dict[str, str] = {}
    for difference in found:
        at = difference.at
        severity = Severity.WARNING if difference.withheld else Severity.NOTE
        where, claim_id = drafts.locator[at], difference.claim_id
        extract.issues.append(Issue(severity=severity, locator=where, message=difference.told, claim_id=claim_id))
        if not difference.withheld:
            told = f"{reason}: {difference.told}"
            ledger.correct(
                claim_id, _changes(extract, at), version=difference.version, contributor=contributor, reason=told
            )
            revised[claim_id] = difference.told
    return revised


def _changes(extract: Extract, at: int) -> dict[str, Any]:
    drafts = extract.drafts
    point = drafts.point[at]
    figure = Figure(low=point, point=point, high=point, hedge=Hedge.EXACT) if point is not None else None
    changes: dict[str, Any] = {name: getattr(drafts, name)[at] for name in ("printed", "quote", "locator", "note")}
    changes["figure"] = figure
    if figure is None:
        changes["missing_reason"] = drafts.missing_reason[at]
    return changes


def _spoken(point: int | None, missing: str | None) -> str:
    return f"{point:,}" if point is not None else f"no figure ({(missing or 'not stated').replace('_', ' ')})"


def _whole(given: Any) -> int | None:
    return None if _absent(given) else int(given)


def _word(given: Any) -> str | None:
    return None if _absent(given) else str(given)


def _absent(given: Any) -> bool:
    # A frame shows missing numbers as NA and missing words as NaN, and neither equals itself.
    return given is None or bool(str(given) in {"<NA>", "nan"})
