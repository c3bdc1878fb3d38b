"""Estimates as every page takes them: of a series, with the theatres around its place and the places inside it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from trooptally.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pandas import DataFrame

    from trooptally.estimates import Estimates, Remembered
    from trooptally.ledger import Ledger
    from trooptally.names import Names

_MANY_PLACES = 12  # beyond so many, all claims of the force are read at once


class Estimator:
    """Estimates are kept by the content of their claims, so that asking again costs only the reading."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._memory: Remembered | None = None
        self._theatres: tuple[Names | None, dict[str, Collection[str]]] = None, {}

    def estimate(
        self, ledger: Ledger, force: str, place: str, *, known_at: str | None = None, **question: Any
    ) -> Estimates:
        """Return the estimate of a series from the claims that the ledger has, or had at an instant.

        Args:
            ledger: Where the claims are.
            force: The force's id.
            place: The place's id.
            known_at: ISO 8601 instant of the past, or None for now.
            question: What else `trooptally.estimate` takes.
        """
        from trooptally.estimates.series import neighbours

        names = ledger.names()
        with self._lock:
            near = {
                theatre: members
                for theatre, members in self._theatres_of(names).items()
                if theatre == place or place in members
            }
        inside, around = neighbours(place, near)
        claims = _claims(ledger, force, (place, *inside, *around), known_at)
        near = {theatre: sorted(members) for theatre, members in sorted(near.items())}
        with self._lock:
            return self._remembered().estimate(claims, force=force, place=place, theatres=near, **question)

    def _theatres_of(self, names: Names) -> dict[str, Collection[str]]:
        """Return every theatre with its places; they are gathered anew when the names have changed."""
        known, theatres = self._theatres
        if known is not names:
            every = sorted({entry.id for entry in names.entries("place")})
            theatres = {theatre: members for theatre in every if (members := names.members(theatre))}
            self._theatres = names, theatres
        return theatres

    def _remembered(self) -> Remembered:
        if self._memory is None:
            from trooptally.estimates import Remembered

            self._memory = Remembered()
        return self._memory


def _claims(ledger: Ledger, force: str, places: Sequence[str], known_at: str | None) -> DataFrame:
    """Return the accepted claims of a force at some places, place by place unless there are many."""
    from pandas import concat

    def found(place: str | None) -> DataFrame:
        return ledger.claims(force=force, place=place, known_at=known_at, status=(Status.ACCEPTED,))

    if len(places) > _MANY_PLACES:
        return found(None)
    first, *others = (found(place) for place in places)
    filled = [table for table in (first, *others) if len(table)]
    return concat(filled, ignore_index=True) if filled else first
