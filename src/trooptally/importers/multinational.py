"""Tables of contingents: who has how many people in one multinational force, at one place, on one day.

Each row is a contributing nation. The place and the day stand above the table (in its title, or as the mission's
name) or in columns of their own; a total is a check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import BadDate, BadTable, UnreadableDocument
from trooptally.importing import Document, Extract
from trooptally.importing.headings import column_letter, plain, texts_of
from trooptally.importing.placetables import PlaceClaims, Shown, official_report_id, read_label, shown, single_spaced
from trooptally.importing.textsheets import top_sheets, whole_sheets
from trooptally.importing.titles import as_of_in, mission_in, place_in
from trooptally.model import Issue, Report
from trooptally.vocabulary import Basis, Component, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.importing.workbook import Cell, Sheet
    from trooptally.names import Names

_NATION = re.compile(r"\bNATIONS?\b|\bCONTINGENT\b|\bCONTRIBUT\w+\b")
_TROOPS = re.compile(
    r"^(?:(?:NUMBER OF )?(?:TROOPS?|PERSONNEL|SOLDIERS|STRENGTH|PEOPLE)|TROOP (?:STRENGTH|NUMBERS?))\b"
)
_PLACE = re.compile(r"^(?:PLACE|LOCATION|THEATRE|THEATER|DEPLOYED TO|HOST COUNTRY)$")
_DAY = re.compile(r"^(?:DATE|AS OF|DAY|MONTH)$")
_TOTAL = re.compile(r"\bTOTALS?\b")
_ROWS_SEARCHED = 30
_FEWEST_NATIONS = 2
_TOTAL_BLANK = "blank total"
_LONGEST_NAME = 6  # words; a longer label without a number is a note


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Where a table keeps what; positions from 0, None where there is no such column."""

    name: str
    rows: Sequence[Sequence[Cell]]
    first: int
    nation: int
    troops: int
    place: int | None
    day: int | None
    above: tuple[str, ...]


class Multinational:
    """The importer of contingents."""

    name = "multinational"
    recognises = "A table with a column of contributing nations and one of troops, for one place and day."

    def identify(self, document: Document) -> bool:
        """Return whether the document has a table of contingents."""
        return bool(_tables(top_sheets(document)))

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one claim for each nation.

        Raises:
            UnreadableDocument: there is no table of contingents.
            BadTable: nothing says where or as of when, or too few nations are known.
        """
        tables = _tables(whole_sheets(document))
        if not tables:
            raise UnreadableDocument(f"{document.name} has no table of contingents.")
        extract = Extract(unit="row")
        extract.issues.extend(() if document.is_workbook else document.encoding.issues)
        for table in tables:
            _Reading(document, table, names, extract).run()
        return extract


def _tables(sheets: Sequence[Sheet]) -> list[_Sheet]:
    return [table for sheet in sheets if (table := _find(sheet.name, sheet.rows))]


def _find(name: str, rows: Sequence[Sequence[Cell]]) -> _Sheet | None:
    for at, row in enumerate(rows[:_ROWS_SEARCHED]):
        heads = [plain(cell) for cell in row]
        nation = _position(heads, _NATION)
        troops = _position(["" if n == nation else head for n, head in enumerate(heads)], _TROOPS)
        if nation is not None and troops is not None and "MEASURE" not in heads:
            return _Sheet(
                name=name,
                rows=rows,
                first=at + 1,
                nation=nation,
                troops=troops,
                place=_position(heads, _PLACE),
                day=_position(heads, _DAY),
                above=tuple(texts_of(rows[:at])),
            )
    return None


def _position(heads: Sequence[str], words: re.Pattern[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if words.search(head)), None)


class _Reading:
    """One table of contingents on its way into an extract."""

    def __init__(self, document: Document, table: _Sheet, names: Names, extract: Extract) -> None:
        self._document, self._table = document, table
        self._names, self._extract = names, extract
        told = document.particulars
        self._above = (*table.above, *filter(None, (told.title,)))
        self._title = single_spaced(" ".join(self._above))
        self._publisher = told.publisher or self._mission()
        self._claims: dict[tuple[str, str], PlaceClaims] = {}
        self._sums: dict[tuple[str, str], int] = {}

    def run(self) -> None:
        """Read every row, and check the totals."""
        before = len(self._extract.drafts)
        for at in range(self._table.first, len(self._table.rows)):
            row = self._table.rows[at]
            label = single_spaced(_cell(row, self._table.nation))
            cell = shown(row[self._table.troops]) if self._table.troops < len(row) else Shown()
            if not label and not cell.printed:
                continue
            if not label or (not cell.printed and (label[0] in "*(" or len(label.split()) > _LONGEST_NAME)):
                continue  # a note
            self._extract.seen += 1
            if _TOTAL.search(plain(label)):
                self._check(at, label, cell)
            else:
                self._take(at, row, label, cell)
        if len(self._extract.drafts) - before < _FEWEST_NATIONS:
            raise BadTable(f"{self._document.name} has no two contingents of forces that are known.")

    def _take(self, at: int, row: Sequence[Cell], label: str, cell: Shown) -> None:
        place, as_of = self._where(row), self._when(row)
        force = self._names.force(read_label(label).name, on=as_of.earliest)
        if force is None:
            self._extract.refused += 1
            near = ", ".join(self._names.suggest(label, "force"))
            hint = f"; the nearest known are {near}" if near else ""
            message = f"{label[:80]!r} is no force this ledger knows{hint}; its row was left out"
            self._issue(Severity.ERROR, at, self._table.nation, message)
            return
        claims = self._claims_of(place, as_of)
        cell = cell if cell.number is not None or cell.missing else Shown(missing="not_stated")
        claims.add(
            cell,
            key=f"{place} | {as_of.edtf} | {label}",
            locator=self._locator(at, self._table.troops),
            quote=f"{label} | {cell.printed}",
            force=force,
            place=place,
            component=Component.MILITARY.value,
        )
        key = (place, as_of.edtf)
        self._sums[key] = self._sums.get(key, 0) + (cell.number or 0)

    def _check(self, at: int, label: str, cell: Shown) -> None:
        if cell.number is None:
            self._extract.ignored[_TOTAL_BLANK] += 1
            return
        self._extract.totals_checked += 1
        added = sum(self._sums.values())
        if cell.number != added:
            message = f"{label} is printed as {cell.number:,}, but the contingents add up to {added:,}"
            self._issue(Severity.WARNING, at, self._table.troops, message)

    def _where(self, row: Sequence[Cell]) -> str:
        printed = _cell(row, self._table.place)
        found = self._names.place(printed) if printed else place_in(self._above, self._names)
        if found is None:
            what = repr(printed) if printed else "the text above the table"
            raise BadTable(f"{self._document.name} does not say where its contingents are: {what} names no one place.")
        return found

    def _when(self, row: Sequence[Cell]) -> AsOf:
        printed = _cell(row, self._table.day)
        try:
            found = parse_as_of(printed) if printed else as_of_in(self._above)
        except BadDate as err:
            raise BadTable(f"{self._document.name} counts as of {printed!r}, which is no day.") from err
        if found is None:
            raise BadTable(f"{self._document.name} does not say as of when its contingents were counted.")
        return found

    def _claims_of(self, place: str, as_of: AsOf) -> PlaceClaims:
        key = (place, as_of.edtf)
        if key not in self._claims:
            attribution = self._names.attribution(self._publisher)
            self._claims[key] = PlaceClaims(self._extract, self._report(), attribution, as_of, Basis.UNSTATED)
        return self._claims[key]

    def _mission(self) -> str:
        mission = mission_in(self._above, self._names)
        return self._names.label("force", mission) if mission else "unnamed"

    def _report(self) -> Report:
        told = self._document.particulars
        as_of = as_of_in(self._above)
        title = self._title or "contingents"
        return Report(
            source_id=self._names.source(self._publisher).source_id,
            publisher=self._publisher,
            title=title[:200],
            url=told.url,
            published_on=as_of.edtf if as_of else None,
            published_earliest=as_of.earliest.isoformat() if as_of else None,
            published_latest=as_of.latest.isoformat() if as_of else None,
            sha256=self._document.sha256,
            kind="table",
            identity=official_report_id(self._publisher, "contingents", title),
        )

    def _locator(self, at: int, position: int) -> str:
        sheet = f"{self._table.name}!" if self._table.name else ""
        return f"{sheet}{column_letter(position)}{at + 1}"

    def _issue(self, severity: Severity, at: int, position: int, message: str) -> None:
        self._extract.issues.append(Issue(severity=severity, locator=self._locator(at, position), message=message))


def _cell(row: Sequence[Cell], at: int | None) -> str:
    return _text_of(row[at]) if at is not None and at < len(row) else ""


def _text_of(cell: Cell) -> str:
    """Return a cell's words; a day as ISO 8601."""
    return "" if cell is None else shown(cell).printed if isinstance(cell, int | float) else str(cell).strip()


importer = Multinational()
