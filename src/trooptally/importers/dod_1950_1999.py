"""The yearly table of American military personnel from 1950 to 1999: a row a year, a column a country.

The columns of branches (USA is the Army here) and of the whole force are strengths tied to no place; CONUS and OCONUS
are places; the countries are two-letter codes, and OKI for Okinawa. The table prints years, so its figures hold for a
year and no shorter time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import BadDate, BadTable, UnreadableDocument
from trooptally.importing import Document, Extract
from trooptally.importing.headings import column_letter, plain
from trooptally.importing.oddities import oddities
from trooptally.importing.placetables import PlaceClaims, Shown, accepted_by_rule, official_report_id, shown, unresolved
from trooptally.importing.textsheets import cell_at, top_sheets, whole_sheets
from trooptally.model import Issue, Report
from trooptally.vocabulary import Basis, Component, Measure, MissingReason, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trooptally.importing.workbook import Cell, Sheet
    from trooptally.names import Names

_PUBLISHER = "U.S. Department of Defense"
_TITLE = "Worldwide US military personnel by year and country"
_KNOWN_BY = frozenset({"YEAR", "USN", "USMC", "USAF"})
_ROWS_SEARCHED = 40
_MOST_YEARS = 100
_BLANK_YEAR = "year without any figure"
_NOWHERE = "UNSTATED"
_DOUBTED_ZERO = "the table prints NA where nobody was counted and no 0 anywhere, so that this 0 may stand for a blank"


class Dod19501999:
    """The importer of the yearly table."""

    name = "dod-1950-1999"
    recognises = "A workbook or CSV with the columns Year, USN, USMC, USAF and two-letter codes of countries."

    def identify(self, document: Document) -> bool:
        """Return whether a sheet has the heading of the yearly table."""
        return any(_header(sheet) is not None for sheet in top_sheets(document))

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one claim for each year and country.

        Raises:
            UnreadableDocument: no sheet has the heading of the table.
            BadTable: no row is a year.
        """
        extract = Extract(unit="cell", trusted=accepted_by_rule(names, _PUBLISHER))
        for sheet in whole_sheets(document):
            at = _header(sheet)
            if at is not None:
                _Reading(document, sheet, at, names, extract).run()
        if not extract.seen:
            raise UnreadableDocument(f"{document.name} has no table of people by year and country.")
        extract.issues.extend(() if document.is_workbook else document.encoding.issues)
        return extract


def _header(sheet: Sheet) -> int | None:
    """Return the position of the heading, or None where the sheet is another table."""
    for at, row in enumerate(sheet.rows[:_ROWS_SEARCHED]):
        if {plain(cell) for cell in row} >= _KNOWN_BY:
            return at
    return None


class _Reading:
    """One sheet on its way into an extract."""

    def __init__(self, document: Document, sheet: Sheet, header: int, names: Names, extract: Extract) -> None:
        self._sheet = sheet
        self._names = names
        self._extract = extract
        self._report = _report(document, names)
        self._heads = [plain(cell) for cell in sheet.rows[header]]
        self._first = header + 1
        known = oddities("dod_1950_1999")
        self._strengths = {oddity["printed"]: oddity["means"] for oddity in known if oddity["what"] == "strength"}
        self._places = {oddity["printed"]: oddity["means"] for oddity in known if oddity["what"] == "place"}
        self._unknown: set[str] = set()

    def run(self) -> None:
        """Read every year."""
        year = self._heads.index("YEAR")
        years = 0
        for at in range(self._first, len(self._sheet.rows)):
            row = self._sheet.rows[at]
            if not any(shown(cell).printed for cell in row):
                continue
            as_of = _year(row, year)
            if as_of is None:
                self._refuse(at, row, year)
                continue
            years += 1
            self._take(at, row, year, as_of)
        if not 0 < years <= _MOST_YEARS:
            where = f"Sheet {self._sheet.name!r}" if self._sheet.name else "The table"
            raise BadTable(f"{where} has {years} rows of years; between 1 and {_MOST_YEARS} fit.")

    def _refuse(self, at: int, row: Sequence[Cell], year: int) -> None:
        """Refuse a row of figures without a year; one without figures is a note."""
        heads = [n for n, head in enumerate(self._heads) if head and n != year]
        if all(n >= len(row) or shown(row[n]).number is None for n in heads):
            return
        self._extract.seen += len(heads)
        self._extract.refused += len(heads)
        printed = shown(row[year]).printed if year < len(row) else ""
        message = f"{printed[:40]!r} is no year; the row was left out"
        self._issue(Severity.ERROR, cell_at(self._sheet, f"{column_letter(year)}{at + 1}"), message)

    def _take(self, at: int, row: Sequence[Cell], year: int, as_of: AsOf) -> None:
        claims = PlaceClaims(self._extract, self._report, self._names.attribution(_PUBLISHER), as_of, Basis.UNSTATED)
        cells = {n: shown(row[n] if n < len(row) else None) for n, head in enumerate(self._heads) if head and n != year}
        self._extract.seen += len(cells)
        silent = all(cell.number is None for cell in cells.values())
        for n, cell in cells.items():
            if silent and cell.missing != MissingReason.MALFORMED:
                self._extract.ignored[_BLANK_YEAR] += 1
            else:
                self._claim(claims, at, n, cell, as_of)
        if not silent:
            self._check_whole(at, cells)

    def _claim(self, claims: PlaceClaims, at: int, n: int, cell: Shown, as_of: AsOf) -> None:
        head = self._heads[n]
        where = cell_at(self._sheet, f"{column_letter(n)}{at + 1}")
        strength = self._strengths.get(head)
        place = (
            _NOWHERE
            if strength is not None
            else self._places.get(head) or self._names.place(head, on=as_of.earliest, section="ALPHA-2")
        )
        if place is None:
            self._extract.refused += 1
            if head not in self._unknown:
                self._issue(Severity.ERROR, cell_at(self._sheet, column_letter(n)), unresolved(head, self._names))
            self._unknown.add(head)
            return
        claims.add(
            cell,
            key=f"{as_of.edtf} | {head}",
            locator=where,
            quote=f"{as_of.edtf} | {head} | {cell.printed}",
            place=place,
            component=Component.MILITARY.value,
            measure=Measure.PRESENT if strength is None else Measure.OTHER_STRENGTH,
            branch=strength or "",
            held=_DOUBTED_ZERO if cell.number == 0 else "",
        )

    def _check_whole(self, at: int, cells: dict[int, Shown]) -> None:
        """Say where the whole force is not the sum of its parts, at home and abroad or by branch."""
        named = {self._heads[n]: cell.number for n, cell in cells.items()}
        total = named.get("TOTAL")
        for parts in (("CONUS", "OCONUS"), ("USA", "USN", "USMC", "USAF")):
            numbers = [named.get(part) for part in parts]
            if total is None or any(number is None for number in numbers):
                continue
            added = sum(number or 0 for number in numbers)
            if added != total:
                where = cell_at(self._sheet, f"{column_letter(self._heads.index('TOTAL'))}{at + 1}")
                message = f"the total is printed as {total:,}, but {', '.join(parts)} add up to {added:,}"
                self._issue(Severity.WARNING, where, message)

    def _issue(self, severity: Severity, locator: str, message: str) -> None:
        self._extract.issues.append(Issue(severity=severity, locator=locator, message=message))


def _year(row: Sequence[Cell], at: int) -> AsOf | None:
    number = shown(row[at]).number if at < len(row) else None
    try:
        return parse_as_of(str(number)) if number is not None else None
    except BadDate:
        return None


def _report(document: Document, names: Names) -> Report:
    return Report(
        source_id=names.source(_PUBLISHER).source_id,
        publisher=_PUBLISHER,
        title=_TITLE,
        url=document.particulars.url,
        sha256=document.sha256,
        kind="workbook",
        identity=official_report_id(_PUBLISHER, _TITLE, "1950-1999"),
    )


importer = Dod19501999()
