"""Which new claims say what another report of the same origin, or of the same publisher, already says.

Nothing is dropped for it: an echo is a claim like any other, only its weight is shared (see
`trooptally.estimates`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from trooptally.vocabulary import QualifierKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.importing import Extract
    from trooptally.ledger import Ledger
    from trooptally.model import DraftTable

# Beyond this, looking up every series would cost more than recording it.
_MOST_DRAFTS = 20_000
_MOST_SERIES = 500
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
    """Return which drafts repeat each other or the ledger; of very large imports nothing is asked."""
    drafts, found = extract.drafts, Marks()
    if len(drafts) > _MOST_DRAFTS:
        return found
    series = set(zip(drafts.force, drafts.place, strict=True))
    old = list(_old_voices(ledger, series)) if len(series) <= _MOST_SERIES else []
    by_origin = {(voice.origin_id, voice.saying): voice for voice in reversed(old)}
    by_source = {(voice.source_id, voice.saying): voice for voice in reversed(old)}
    recorded = {voice.claim_id for voice in old}
    source_of = {report.report_id: report.source_id for report in extract.reports}
    for voice in _new_voices(drafts, source_of):
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


def _new_voices(drafts: DraftTable, source_of: dict[str, str]) -> Iterator[_Voice]:
    said = zip(*(getattr(drafts, name) for name in Saying._fields), strict=True)
    for at, cells in enumerate(said):
        report, chain = drafts.report_id[at], drafts.attribution[at]
        if not any(qualifier.kind in _PARTS for qualifier in drafts.qualifiers[at]):
            yield _Voice(drafts.claim_id[at], report, source_of[report], chain.origin_id, Saying(*cells))
