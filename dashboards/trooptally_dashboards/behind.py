"""What stands behind the claims of a series: its estimate with the band, and events; slower than the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trooptally.errors import RefusedInput
from trooptally.vocabulary import Basis
from trooptally_dashboards import words
from trooptally_dashboards.components.links import is_web_address
from trooptally_dashboards.estimating import Estimator
from trooptally_dashboards.figures.band import band
from trooptally_dashboards.figures.overlays import PolicyEvent, event_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.estimates import Estimates
    from trooptally.ledger import Event, Ledger
    from trooptally_dashboards.questions import SeriesQuestion


class Background:
    """What stands behind the claims of any series."""

    def __init__(self) -> None:
        self._estimator = Estimator()

    def behind(self, ledger: Ledger, question: SeriesQuestion) -> dict[str, Any]:
        """Return "data", "shapes", "annotations" to draw behind the claims, and "notes" to read below them."""
        known_at = question.known_at or None
        try:
            return self._behind(ledger, question, known_at)
        except RefusedInput:  # an instant that lies ahead counts as now
            return self._behind(ledger, question, None)

    def _behind(self, ledger: Ledger, question: SeriesQuestion, known_at: str | None) -> dict[str, Any]:
        events = ledger.events(question.force, question.place, known_at=known_at)
        lines = event_lines([PolicyEvent(on=event.as_of_earliest, label=event.title) for event in events])
        if not question.estimate:
            return {"data": [], "notes": [], "events": told(ledger, events), **lines}
        found = self._estimate(ledger, question, known_at)
        return {"data": band(found.frame), "notes": scope(found), "events": told(ledger, events), **lines}

    def _estimate(self, ledger: Ledger, question: SeriesQuestion, known_at: str | None) -> Estimates:
        return self._estimator.estimate(
            ledger,
            question.force,
            question.place,
            known_at=known_at,
            component=question.component or "military",
            basis=Basis(question.basis) if question.basis else None,
        )


def told(ledger: Ledger, events: Sequence[Event]) -> list[dict[str, str]]:
    """Return each event as the list beneath the chart shows it."""
    sources = ledger.labels("source") if any(event.source_id for event in events) else {}
    return [
        {
            "on": event.as_of,
            "title": event.title,
            "note": event.note,
            "url": event.url if is_web_address(event.url) else "",
            "source": sources.get(event.source_id, event.source_id),
        }
        for event in events
    ]


def scope(found: Estimates) -> list[str]:
    """Return what the line and the band are about, or why there are none, and what a reader must know of them."""
    if not found.enough:
        return [found.reason]
    component = words.COMPONENTS.get(found.component, found.component)
    basis = words.BASES[found.basis] if found.basis else "everybody present"
    level = found.frame["level"].dropna()
    covered = f"{level.iloc[-1]:.0%} band" if len(level) else "band"
    said = f"Line and {covered}: our estimate of people present ({component}; {basis}), method {found.method}."
    return [said, *found.notes]
