"""The sections of a location table, which alone tell the state of Georgia from the country.

A section is believed only while its rows bear it out: in a table that somebody sorted, or whose section labels were
deleted, a name that means two places is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from trooptally.importing.headings import plain
from trooptally.importing.oddities import oddities
from trooptally.importing.placetables import read_label, unresolved

if TYPE_CHECKING:
    from trooptally.names import Names

_HOME = "UNITED STATES"
_ABROAD = "OVERSEAS"
_NATION = "USA"
_COUNTRY = "country"


def section_of(label: str) -> str:
    """Return the section that a label names, as the code lists call it, or empty."""
    wanted = plain(label)
    known = (oddity for oddity in oddities("dmdc_locations") if oddity["what"] == "section")
    return next((oddity["means"] for oddity in known if plain(oddity["printed"]) == wanted), "")


class Sections:
    """What the names of one table mean under its sections."""

    def __init__(self, names: Names, day: date, otherwise: str = "") -> None:
        """Take the day that the table counts, and the section of rows that have none (as a heading may tell)."""
        self._names, self._day = names, day
        self._otherwise = otherwise
        self.doubt = ""

    def look(self, rows: Iterable[tuple[str, str]]) -> None:
        """Look at the labels of all rows with their sections, and stop believing these where they contradict."""
        met, before = set[str](), ""
        for label, printed in rows:
            section = section_of(printed) or self._otherwise
            if not section:
                continue
            if section != before:
                met, before = set(), section
            again = label in met and len(self._meanings(label)) > 1
            met.add(label)
            if again or self._contradicts(label, section):
                self._otherwise = ""
                self.doubt = (
                    f"{label[:80]} stands under {section}{' twice' if again else ''}, so rows of this table are not "
                    "where their sections put them: names that mean two places were left out"
                )
                return

    def place(self, label: str, printed: str) -> str | None:
        """Return the place of a row by its label and section; None where no list carries it or it may mean two."""
        section = section_of(printed) or self._otherwise
        if section and not self.doubt:
            return self._found(label, section)
        meanings = self._meanings(label)
        return meanings[0] if len(meanings) == 1 else None

    def why_not(self, label: str) -> str:
        """Return the sentence for a row whose place is not known."""
        meanings = [self._names.label("place", place) for place in self._meanings(label)]
        if len(meanings) < len((_HOME, _ABROAD)):
            return unresolved(label, self._names)
        return (
            f"{label[:80]!r} may mean {' or '.join(meanings)}, and no section tells which; its row was left out: "
            "write the section (UNITED STATES or OVERSEAS) before it"
        )

    def _found(self, label: str, section: str) -> str | None:
        return self._names.place(read_label(label).name, on=self._day, section=section)

    def _meanings(self, label: str) -> list[str]:
        """Return the places that a label may mean, at home first."""
        found = (self._found(label, each) for each in (_HOME, _ABROAD))
        return list(dict.fromkeys(place for place in found if place))

    def _contradicts(self, label: str, section: str) -> bool:
        """Return whether a place cannot stand in a section; territories stand in both."""
        place = self._found(label, section)
        if place is None:
            return bool(self._meanings(label))
        at_home = self._names.country(place) == _NATION
        if section == _ABROAD:
            return at_home
        return not at_home and self._names.facts("place", place).get("kind") == _COUNTRY
