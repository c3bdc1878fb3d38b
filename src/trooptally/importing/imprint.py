"""What an official location table says of itself above and below its rows: as of when, on what basis, when made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import BadDate, BadTable
from trooptally.importing.placetables import single_spaced
from trooptally.vocabulary import Basis

_MONTH = r"[A-Z][a-z]{2,8}\.?"
# In brackets stands the day of a file that went into the table, not of the table.
_AS_OF = re.compile(
    rf"(?<!\()\bas of:?\s+(?P<day>{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}[ -]{_MONTH}[ -]\d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}|{_MONTH} \d{{4}})",
    re.IGNORECASE,
)
_AS_OF_SOMETHING = re.compile(r"(?<!\()\bas of\b.{0,40}", re.IGNORECASE)
_PREPARED = re.compile(r"\bprepared by\b.*?\bon (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})", re.IGNORECASE)
_WITHOUT_DEPLOYED = re.compile(r"does not include[^.]*(?:temporary duty|deployed)", re.IGNORECASE)
_WITH_DEPLOYED = re.compile(r"deployment file|CTS deployment|includes[^.]*deployed", re.IGNORECASE)
_STARS = "*\u2020\u2021"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the table says of itself.

    Attributes:
        title: The first lines above it.
        as_of_printed: The words that say as of when it counts; what tells this report from the next quarter's.
        as_of: The day they name.
        basis: What it counts, by its own notes.
        prepared: The day on which it was prepared, where that is said and possible.
        prepared_too_early: Whether that day lies before the day it counts.
        footnotes: The notes that begin with a mark.
    """

    title: str
    as_of_printed: str
    as_of: AsOf
    basis: Basis
    prepared: date | None
    prepared_too_early: bool
    footnotes: tuple[str, ...]


def read_imprint(name: str, above: Sequence[str], below: Sequence[str]) -> Imprint:
    """Return what the texts above and below a table say.

    Args:
        name: The document's, for messages.
        above: The texts above the table, in order.
        below: The texts below it.

    Raises:
        BadTable: they do not say as of when the table counts, or name no day.
    """
    notes = [*above, *below]
    printed, as_of = _as_of(name, notes)
    prepared = _prepared(notes)
    early = prepared is not None and prepared < as_of.latest
    return Imprint(
        title=", ".join(text for text in above[:2] if not _AS_OF.search(text)),
        as_of_printed=printed,
        as_of=as_of,
        basis=_basis(notes),
        prepared=None if early else prepared,
        prepared_too_early=early,
        footnotes=tuple(note for note in notes if note[0] in _STARS),
    )


def _as_of(name: str, notes: Sequence[str]) -> tuple[str, AsOf]:
    words = "\n".join(notes)
    found = _AS_OF.search(words)
    if not found:
        vague = _AS_OF_SOMETHING.search(words)
        said = f" (it says {single_spaced(vague[0])!r})" if vague else ""
        raise BadTable(f"{name} does not say as of when it counts{said}; expected 'As of' with a day above the table.")
    try:
        return single_spaced(found[0]), parse_as_of(found["day"])
    except BadDate as err:
        raise BadTable(f"{name} counts as of {found['day']!r}, which is no one day; write it as 2025-12-31.") from err


def _basis(notes: Sequence[str]) -> Basis:
    words = " ".join(notes)
    if _WITHOUT_DEPLOYED.search(words):
        return Basis.PERMANENTLY_ASSIGNED
    return Basis.ALL_PRESENT if _WITH_DEPLOYED.search(words) else Basis.UNSTATED


def _prepared(notes: Sequence[str]) -> date | None:
    found = next(filter(None, map(_PREPARED.search, notes)), None)
    try:
        return parse_as_of(found["day"]).latest if found else None
    except BadDate:
        return None
