"""Deciding on several drafts at once: one change, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trooptally.ledger.revise import revise, status_change
from trooptally.vocabulary import Act, Status

if TYPE_CHECKING:
    from trooptally.ledger.ledger import Ledger

_ACTS = {Status.ACCEPTED: Act.ACCEPT, Status.REJECTED: Act.REJECT}


def decide(ledger: Ledger, seen: Sequence[tuple[str, int]], status: Status, *, contributor: str, reason: str) -> int:
    """Accept or reject drafts, each at the version that was seen; return the number of the change.

    Raises:
        Conflict: one of them has been changed since; nothing was written.
    """
    revisions = [status_change(claim_id, version, status) for claim_id, version in seen]
    with ledger._writing() as connection:  # noqa: SLF001 - one room
        return revise(connection, revisions, act=_ACTS[status], contributor=contributor, reason=reason)
