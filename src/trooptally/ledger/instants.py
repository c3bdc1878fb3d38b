"""Instants: microseconds since 1970 in the tables, ISO 8601 in UTC for people."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from trooptally.errors import RefusedInput

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def printed_instant(at: int) -> str:
    """Return an instant as ISO 8601 in UTC, to the microsecond ("2026-01-31T12:00:00.000001Z")."""
    return (_EPOCH + at * _MICROSECOND).isoformat(timespec="microseconds")[:-6] + "Z"


def known_instant(text: str) -> int:
    """Return the instant that a question names; a day alone means its beginning in UTC.

    Raises:
        RefusedInput: not ISO 8601, or later than now, since an answer about the future could change.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise RefusedInput(
            f"{text!r} is no instant; expected ISO 8601 such as 2021-09-20 or 2021-09-20T12:00:00Z."
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    at = (moment - _EPOCH) // _MICROSECOND
    if at > time.time_ns() // 1000:
        raise RefusedInput(f"{text} has not come yet; what was known can only be asked of the past.")
    return at
