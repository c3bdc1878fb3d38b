"""What can go wrong, as one tree; every class owns its sentence.

    TrooptallyError
    ├── RefusedInput            what somebody gave us cannot be taken (exit status 1)
    │   ├── BadFigure           a figure that is not one ("171,00")
    │   ├── BadDate             an as-of that is not EDTF or lies outside the years we know
    │   ├── BadTable            a table whose columns, rows or encoding are wrong
    │   ├── UnknownName         a force, place or source nobody has heard of; carries suggestions
    │   └── UnreadableDocument  a file that is empty, binary, a folder, or of no known kind
    ├── NotAllowed              nobody is signed in, or the person's role does not go so far (exit status 1)
    │   └── TooManyTries        too many wrong passwords; wait
    └── LedgerError             the ledger cannot do what was asked (exit status 1)
        ├── LedgerMissing       no ledger at that URL
        ├── NotALedger          a database, but not one of ours, or no database at all
        ├── LedgerVersion       newer than this program, or older and not migrated
        ├── LedgerBusy          another writer holds it, longer than we wait
        ├── LedgerReadOnly      it may be read, not written
        ├── ClaimMissing        no claim of that id
        ├── EventMissing        no event of that id
        └── Conflict            the claim has changed since the person looked at it

What is wrong with *data* that can still be kept is no exception but an `Issue` (see `trooptally.model`).
"""

from __future__ import annotations

from collections.abc import Sequence


class TrooptallyError(Exception):
    """Something could not be done; the message is one sentence for a person."""

    exit_status = 1


class RefusedInput(TrooptallyError):
    """The input cannot be taken as it stands."""


class BadFigure(RefusedInput):
    """A figure as printed that cannot be read as a number of people."""

    def __init__(self, printed: str, expected: str = "a figure such as 'about 2,500' or '2,000-2,500'") -> None:
        super().__init__(f"{_shown(printed)} is not a figure; expected {expected}.")
        self.printed = printed


class BadDate(RefusedInput):
    """A date that is not EDTF, or lies outside the years a report can be about."""

    def __init__(
        self,
        printed: str,
        expected: str = "an EDTF date such as 2021-09-20, 2021-09, 2006~ or 2021-01/2021-06",
    ) -> None:
        super().__init__(f"{_shown(printed)} is not a date; expected {expected}.")
        self.printed = printed


class BadTable(RefusedInput):
    """A table that cannot be read as the table it claims to be."""


class UnknownName(RefusedInput):
    """A name that no code list carries, with the nearest names that they do carry."""

    def __init__(self, printed: str, kind: str, suggestions: Sequence[str] = ()) -> None:
        nearest = f"; did you mean {_either(suggestions)}?" if suggestions else "."
        super().__init__(f"{_shown(printed)} is no {kind} this ledger knows{nearest}")
        self.printed = printed
        self.kind = kind
        self.suggestions = tuple(suggestions)


class UnreadableDocument(RefusedInput):
    """A document that cannot be opened or is of no kind that any importer reads."""


class NotAllowed(TrooptallyError):
    """The person may not do this; nothing was written."""


class TooManyTries(NotAllowed):
    """Too many wrong passwords from one side; carries how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many wrong tries; wait {max(1, round(seconds))} seconds and try again.")
        self.seconds = seconds


class LedgerError(TrooptallyError):
    """The ledger cannot do what was asked."""


class LedgerMissing(LedgerError):
    """There is no ledger at the place named."""

    def __init__(self, where: str) -> None:
        super().__init__(f"There is no ledger at {where}; 'trooptally init' makes one.")


class NotALedger(LedgerError):
    """What stands at the place named is not a ledger of ours."""

    def __init__(self, where: str, found: str) -> None:
        super().__init__(f"{where} is not a Trooptally ledger: {found}.")


class LedgerVersion(LedgerError):
    """The ledger's layout is not the one this program writes."""


class LedgerBusy(LedgerError):
    """Another writer holds the ledger for longer than we wait."""

    def __init__(self, where: str, seconds: float) -> None:
        super().__init__(
            f"Another program has been writing to {where} for more than {seconds:g} seconds; "
            "nothing was written, try again when it has finished."
        )


class LedgerReadOnly(LedgerError):
    """The ledger may be read but not written."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} may be read but not written: check the rights of the file and its folder.")


class ClaimMissing(LedgerError):
    """No claim has that id."""

    def __init__(self, claim_id: str) -> None:
        super().__init__(f"No claim in this ledger has the id {_shown(claim_id)}.")
        self.claim_id = claim_id


class EventMissing(LedgerError):
    """No event has that id."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"No event in this ledger has the id {_shown(event_id)}.")
        self.event_id = event_id


class Conflict(LedgerError):
    """Somebody changed the claim after this person had read it."""

    def __init__(self, claim_id: str, seen: int, now: int, *, what: str = "Claim") -> None:
        super().__init__(
            f"{what} {claim_id} is at version {now}, but the change was made to version {seen}: "
            "somebody else changed it in between; look at both and decide again."
        )
        self.claim_id = claim_id
        self.seen = seen
        self.now = now


_LONGEST_SHOWN = 60


def _shown(printed: str) -> str:
    """Return the text in quotes, shortened, with nothing in it that could move a terminal's cursor."""
    short = printed if len(printed) <= _LONGEST_SHOWN else printed[:_LONGEST_SHOWN] + "…"
    return repr(short)


def _either(names: Sequence[str]) -> str:
    """Return "a", "a or b", "a, b or c"."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} or {names[-1]}"
