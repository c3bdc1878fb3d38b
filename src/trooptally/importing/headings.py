"""The columns of a location table: which component and branch each counts, read from merged headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from trooptally.importing.placetables import single_spaced
from trooptally.vocabulary import Component

if TYPE_CHECKING:
    from trooptally.importing.workbook import Cell, Sheet

_COMPONENTS = (
    (re.compile(r"\bCIVILIANS?\b"), Component.CIVILIAN),
    (re.compile(r"\bCONTRACTORS?\b"), Component.CONTRACTOR),
    (re.compile(r"\bRESERVES?\b|\bNATIONAL GUARD\b"), Component.RESERVE),
    (re.compile(r"\bACTIVE\b|\bAD\b"), Component.ACTIVE),
    (re.compile(r"\bMILITARY\b|\bSERVICE MEMBERS\b"), Component.MILITARY),
)
_BRANCH = re.compile(
    r"\b(?:ARMY|NAVY|NAVAL|MARINES?|AIR FORCE|SPACE FORCE|COAST GUARD|AIR NATIONAL GUARD|ESTATE|DOD)\b"
)
_TOTAL = re.compile(r"\b(?:SUB)?TOTALS?\b")
_GRAND = re.compile(r"\bGRAND TOTALS?\b|\bWORLDWIDE TOTALS?\b")
_PLACE = re.compile(r"\bCOUNTRY\b|\bLOCATION\b|\bSTATE\b|\bPLACE\b")
_SECTION = re.compile(r"^(?:(?:MACRO )?LOCATION|REGION|SECTION|AREA)$")
_SPARE_WORDS = re.compile(r"\b(?:ACTIVE DUTY|APF|DOD CIVILIANS?|CIVILIANS?)\b|\bNATIONAL GUARD ?/ ?RESERVES?\b(?=.*\S)")
_WORD = re.compile(r"[^A-Z0-9]+")
_COMPILED = "SOURCE"  # a column of reports: a table compiled of many
_ROWS_SEARCHED = 40
_LABELS_WITHIN = 4
_FEWEST_COUNTS = 3


class Kind(StrEnum):
    """What the numbers of a column are."""

    BRANCH = "branch"
    TOTAL = "total"
    GRAND = "grand"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a location table.

    Attributes:
        at: Its position, from 0.
        letter: As a spreadsheet names it.
        label: The headings above it as printed, joined.
        component: Which people it counts.
        branch: The branch it counts alone, as printed, or empty.
    """

    at: int
    letter: str
    label: str
    kind: Kind
    component: str
    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a sheet keeps what.

    Attributes:
        section: Position of the column of section labels, or None where sections are rows of their own.
        place: Position of the column of place labels.
        columns: The columns of counts.
        first_row: Position of the first row under the headings.
        above: The texts above the headings.
        headings: The rows of headings, in capitals.
    """

    sheet: Sheet
    section: int | None
    place: int
    columns: tuple[Column, ...]
    first_row: int
    above: tuple[str, ...]
    headings: frozenset[tuple[str, ...]]

    def repeats_headings(self, row: Sequence[Cell]) -> bool:
        """Return whether a row repeats the headings, as where a page begins."""
        return _heads(row) in self.headings

    @property
    def place_heading(self) -> str:
        """The heading of the column of places, in capitals."""
        return next((heads[self.place] for heads in self.headings if len(heads) > self.place and heads[self.place]), "")

    def parts(self, total: Column) -> tuple[Column, ...]:
        """Return the columns that a total adds up."""
        if total.kind is Kind.GRAND:
            totals = [column for column in self.columns if column.kind is Kind.TOTAL]
            return tuple(totals or [column for column in self.columns if column.kind is Kind.BRANCH])
        same = (each for each in self.columns if each.component == total.component)
        return tuple(column for column in same if column.kind is Kind.BRANCH)


def find_layout(sheet: Sheet) -> Layout | None:
    """Return the layout of a location table, or None where the sheet is none."""
    for at, row in enumerate(sheet.rows[:_ROWS_SEARCHED]):
        labels = _label_columns(row)
        if labels:
            above = tuple(texts_of(sheet.rows[:at]))
            columns, depth = _columns(sheet, at, max(labels) + 1, above)
            if sum(column.kind is not Kind.OTHER for column in columns) >= _FEWEST_COUNTS:
                return _layout(sheet, range(at, at + depth), labels, columns, above)
    return None


def column_letter(at: int) -> str:
    """Return a column's name in a spreadsheet: 0 -> A, 26 -> AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def texts_of(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the texts and days of some rows, in order, with single spaces."""
    cells = (cell.isoformat()[:10] if isinstance(cell, date) else cell for row in rows for cell in row)
    return [single_spaced(cell) for cell in cells if isinstance(cell, str) and cell.strip()]


def _layout(
    sheet: Sheet, heading: range, labels: list[int], columns: tuple[Column, ...], above: tuple[str, ...]
) -> Layout:
    return Layout(
        sheet=sheet,
        section=labels[0] if len(labels) > 1 else None,
        place=labels[-1],
        columns=columns,
        first_row=heading.stop,
        above=above,
        headings=frozenset(_heads(sheet.rows[at]) for at in heading if not is_blank(sheet.rows[at])),
    )


def _heads(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return a row's texts in capitals, without the blank cells at its end."""
    heads = [plain(cell) if isinstance(cell, str) else str(cell or "") for cell in row]
    while heads and not heads[-1]:
        heads.pop()
    return tuple(heads)


def _label_columns(row: Sequence[Cell]) -> list[int]:
    """Return the positions of section and place labels, in this order, or of place labels alone."""
    heads = {at: plain(cell) for at, cell in enumerate(row[:_LABELS_WITHIN]) if isinstance(cell, str)}
    named = [at for at, head in heads.items() if _PLACE.search(head) or _SECTION.match(head)][:2]
    if not any(_PLACE.search(heads[at]) for at in named) or _COMPILED in heads.values():
        return []
    if any(len(heads[at].split()) > _LABELS_WITHIN for at in named):
        return []
    return sorted(named, key=lambda at: not _SECTION.match(heads[at]))


def plain(cell: Cell) -> str:
    """Return a heading in capitals, its words single-spaced and without marks; nothing of a cell without text."""
    return _WORD.sub(" ", cell.upper()).strip() if isinstance(cell, str) else ""


def _columns(sheet: Sheet, at: int, start: int, above: Sequence[str]) -> tuple[tuple[Column, ...], int]:
    """Return the columns from `start` on and how many rows their headings take."""
    upper = sheet.rows[at]
    under = next((n for n in range(at + 1, min(at + 4, len(sheet.rows))) if not is_blank(sheet.rows[n])), at)
    lower: Sequence[Cell] = sheet.rows[under] if under > at else ()
    two = _continues(lower, start)
    found, group = [], ""
    for position in range(start, max(len(upper), len(lower) if two else 0)):
        own = _text(upper, position)
        group = own or (group if two else "")
        below = _text(lower, position) if two else ""
        if own or below:
            found.append(_column(position, group, below, above))
    return tuple(found), under - at + 1 if two else 1


def is_blank(row: Sequence[Cell]) -> bool:
    """Return whether nothing stands in a row."""
    return not any(str(cell).strip() for cell in row if cell is not None)


def _continues(row: Sequence[Cell], start: int) -> bool:
    """Return whether a row goes on with headings: nothing under the labels, no numbers, and words."""
    labelled = any(isinstance(cell, str) and cell.strip() for cell in row[:start])
    cells = [cell for cell in row[start:] if cell is not None and str(cell).strip()]
    return not labelled and bool(cells) and all(isinstance(cell, str) and _is_word(cell) for cell in cells)


def _is_word(cell: str) -> bool:
    return bool(_BRANCH.search(plain(cell)) or _TOTAL.search(plain(cell)))


def _text(row: Sequence[Cell], at: int) -> str:
    cell = row[at] if at < len(row) else None
    return single_spaced(cell) if isinstance(cell, str) else ""


def _column(at: int, group: str, below: str, above: Sequence[str]) -> Column:
    label = single_spaced(f"{group} {below}")
    own, whole = plain(below or group), plain(label)
    kind = _kind(own, whole)
    return Column(
        at=at,
        letter=column_letter(at),
        label=label,
        kind=kind,
        component=component_of(whole, above),
        branch=branch_of(below or group) if kind is Kind.BRANCH else "",
    )


def _kind(own: str, whole: str) -> Kind:
    if _GRAND.search(own) or _GRAND.search(whole):
        return Kind.GRAND
    if _TOTAL.search(own):
        return Kind.TOTAL
    return Kind.BRANCH if _BRANCH.search(own) else Kind.OTHER


def component_of(heading: str, above: Sequence[str]) -> str:
    """Return which people a heading counts; where it does not say, what the title above the table says."""
    for words, component in _COMPONENTS:
        if words.search(heading):
            return component.value
    title = " ".join(plain(text) for text in above)
    return Component.ACTIVE.value if re.search(r"\bACTIVE DUTY\b", title) else Component.MILITARY.value


def branch_of(heading: str) -> str:
    """Return the branch that a heading names, without the words that name its component."""
    name = _SPARE_WORDS.sub("", single_spaced(heading).upper())
    return single_spaced(name) or single_spaced(heading).upper()
