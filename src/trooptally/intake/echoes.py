"""Which new claims say what another report of the same origin, or of the same publisher, already says.

Nothing is dropped for it: an echo is a claim like any other, only its weight is shared (see
`trooptally.estimates`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from trooptally.model import Issue
from trooptally.vocabulary import QualifierKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trooptally.importing import Extract
    from trooptally.ledger import Ledger
    from trooptally.model import DraftTable

# Beyond these, comparing would cost more than recording; the receipt says so.
_MOST_LEVELS = 200_000
_MOST_SERIES = 1_000
# Two branches of one size in one country are no repetition.
_PARTS = frozenset({QualifierKind.BRANCH, QualifierKind.SCOPE})


class Saying(NamedTuple):
    """What a claim says, apart from who printed it where."""

    force: str
    place: str
    measure: str
    component: str
    basis: str
    low: int | None
    point: int | None
    high: int | None
    hedge: str | None
    as_of: str | None


class _Voice(NamedTuple):
    claim_id: str
    report_id: str  # empty for what the ledger had before
    source_id: str
    origin_id: str
    saying: Saying


@dataclass(slots=True, kw_only=True)
class Marks:
    """New claims that repeat: each with the claim it repeats."""

    echoes: dict[str, str] = field(default_factory=dict)
    possible_duplicates: dict[str, str] = field(default_factory=dict)


def marks(ledger: Ledger, extract: Extract) -> Marks:
    """Return which drafts repeat each other or the ledger; where there are too many to ask, an issue says so."""
    drafts, found = extract.drafts, Marks()
    levels = [at for at, several in enumerate(drafts.qualifiers) if not any(q.kind in _PARTS for q in several)]
    if len(levels) > _MOST_LEVELS:
        _say(extract, f"echoes and duplicates were not looked for among more than {_MOST_LEVELS:,} figures")
        return found
    series = {(drafts.force[at], drafts.place[at]) for at in levels}
    if len(series) > _MOST_SERIES:
        _say(extract, f"of more than {_MOST_SERIES:,} series, echoes and duplicates in the ledger were not looked for")
    old = list(_old_voices(ledger, series)) if len(series) <= _MOST_SERIES else []
    by_origin = {(voice.origin_id, voice.saying): voice for voice in reversed(old)}
    by_source = {(voice.source_id, voice.saying): voice for voice in reversed(old)}
    recorded = {voice.claim_id for voice in old}
    source_of = {report.report_id: report.source_id for report in extract.reports}
    for voice in _new_voices(drafts, levels, source_of):
        if voice.saying.hedge is None:
            continue
        of_source = by_source.setdefault((voice.source_id, voice.saying), voice)
        of_origin = by_origin.setdefault((voice.origin_id, voice.saying), voice)
        if voice.claim_id in recorded:
            continue
        if of_source.report_id != voice.report_id:
            found.possible_duplicates[voice.claim_id] = of_source.claim_id
        elif of_origin.report_id != voice.report_id:
            found.echoes[voice.claim_id] = of_origin.claim_id
    return found


def _old_voices(ledger: Ledger, series: set[tuple[str, str]]) -> Iterator[_Voice]:
    for force, place in sorted(series):
        held = ledger.series(force, place)
        for at in range(len(held)):
            saying = Saying(
                force=force,
                place=place,
                measure=held.measure[at],
                component=held.component[at],
                basis=held.basis[at],
                low=held.low[at],
                point=held.point[at],
                high=held.high[at],
                hedge=held.hedge[at],
                as_of=held.as_of[at],
            )
            yield _Voice(held.claim_id[at], "", held.source_id[at], held.origin_id[at], saying)


def _new_voices(drafts: DraftTable, levels: Sequence[int], source_of: dict[str, str]) -> Iterator[_Voice]:
    columns = [getattr(drafts, name) for name in Saying._fields]
    for at in levels:
        report, chain = drafts.report_id[at], drafts.attribution[at]
        saying = Saying(*[column[at] for column in columns])
        yield _Voice(drafts.claim_id[at], report, source_of[report], chain.origin_id, saying)


def _say(extract: Extract, message: str) -> None:
    extract.issues.append(Issue(severity=Severity.NOTE, locator="the whole document", message=message))
