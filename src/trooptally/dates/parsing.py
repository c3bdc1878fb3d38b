"""As-of dates, read."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from trooptally.dates.as_of import AsOf
from trooptally.errors import BadDate


def parse_as_of(text: str) -> AsOf:
    """Return the day or period that the text names.

    Raises:
        BadDate: it names none.
    """
    edtf = text.strip()
    first, _, last = edtf.partition("/")
    try:
        earliest = _bounds(first)[0]
        latest = _bounds(last or first)[1]
    except ValueError as err:
        raise BadDate(text) from err
    return AsOf(edtf=edtf, earliest=earliest, latest=latest)


def _bounds(edtf: str) -> tuple[date, date]:
    parts = [int(part) for part in edtf.rstrip("~?%").split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if len(parts) > 2:
        return date(*parts), date(*parts)
    last = monthrange(year, month or 12)[1]
    return date(year, month or 1, 1), date(year, month or 12, last)
