"""The quarterly location workbooks of the U.S. Defense Manpower Data Center: people by place, component and branch.

One row is a place, one column a branch of a component; totals are checks. The year's layout, the section labels and
the basis are read from the workbook itself, because every edition differs and users edit them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trooptally.errors import BadTable, UnreadableDocument
from trooptally.importing import Document, Extract
from trooptally.importing.formulas import formula_cells
from trooptally.importing.headings import Column, Kind, Layout, column_letter, find_layout, plain, texts_of
from trooptally.importing.imprint import Imprint, read_imprint
from trooptally.importing.placetables import (
    BLANK,
    Label,
    PlaceClaims,
    Shown,
    accepted_by_rule,
    basis_on,
    official_report_id,
    read_label,
    shown,
    single_spaced,
)
from trooptally.importing.sections import Sections, section_of
from trooptally.importing.textsheets import cell_at, top_sheets, whole_sheets
from trooptally.model import Report
from trooptally.vocabulary import Basis, MissingReason, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trooptally.importing.workbook import Cell
    from trooptally.names import Names

_PUBLISHER = "Defense Manpower Data Center"
_MOST_PLACES = 400  # the fullest edition has 232

_WITHHELD_NOTE = re.compile(r"withheld|classified|not releas|not available|not included|no longer", re.IGNORECASE)
_NOTE = re.compile(r"^(?:notes?\b|prepared\b|sources?\b|drs\b|[*\u2020\u2021])|\w[^.]{40,}\.", re.IGNORECASE)
_TOTAL_ROW = re.compile(r"^(?:SUB ?|GRAND )?TOTALS?\b|\bTOTALS?$")
_EVERYWHERE = re.compile(r"\bGRAND\b|\bWORLD ?WIDE\b|^TOTALS?$")

_BLANK_BRANCH = "blank cell of a branch"
_BLANK_TOTAL = "blank cell of a total row"
_OTHER_COLUMN = "column that counts no people"
_WITHHELD_PART = "branch of a row without figures"
_REGION_HEADING = "heading of a region"
_NO_LABEL = "(no label)"
_WIDE = frozenset({"theatre", "region"})
_SUM_OF_BLANKS = "the 0 in this cell is a sum over blanks"


class DmdcLocations:
    """The importer of location workbooks, also where somebody saved one as text."""

    name = "dmdc-locations"
    recognises = (
        "A workbook (or a CSV saved from it) with LOCATION or COUNTRY in its heading and columns of branches "
        "(ARMY, NAVY ...), as the Defense Manpower Data Center prints people by place."
    )

    def identify(self, document: Document) -> bool:
        """Return whether a sheet is a location table."""
        return any(find_layout(sheet) for sheet in top_sheets(document))

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one claim for each place, component and branch.

        Raises:
            UnreadableDocument: it is a conversion that has lost its as-of date, or no location table.
            BadTable: the workbook does not say as of when it counts, or has no row of a place.
        """
        layouts = [layout for sheet in whole_sheets(document) if (layout := find_layout(sheet))]
        if not layouts:
            raise UnreadableDocument(f"{document.name} has no sheet with people by place.")
        if not document.is_workbook and not any(layout.above for layout in layouts):
            raise UnreadableDocument(
                f"{document.name} is a location table converted to text that has lost its as-of date, totals and "
                "notes: nothing in it says when its figures held; import the workbook that it was made of."
            )
        extract = Extract(unit="cell", trusted=accepted_by_rule(names, _PUBLISHER))
        extract.issues.extend(() if document.is_workbook else document.encoding.issues)
        formulas = formula_cells(document)
        for layout in layouts:
            _Reading(document, layout, names, extract, formulas.get(layout.sheet.name, frozenset())).run()
        return extract


@dataclass(slots=True, kw_only=True)
class _Row:
    """One row of counts.

    Attributes:
        at: Its position in the sheet, from 0.
        cells: What it shows, by column position.
        drafts: Positions of its claims in the extract.
    """

    at: int
    label: Label
    section: str
    cells: dict[int, Shown]
    place: str = ""
    drafts: list[int] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How many people the row counts, for telling a row of substance from a remnant."""
        return sum(cell.number or 0 for cell in self.cells.values())

    @property
    def silent(self) -> bool:
        """Whether nothing is printed in any cell of it."""
        return not any(cell.printed for cell in self.cells.values())


class _Reading:
    """One sheet on its way into an extract."""

    def __init__(
        self, document: Document, layout: Layout, names: Names, extract: Extract, formulas: frozenset[str]
    ) -> None:
        self._layout = layout
        self._names = names
        self._extract = extract
        self._formulas = formulas
        below = layout.sheet.rows[_last_counted(layout) + 1 :]
        imprint = read_imprint(document.name, layout.above, texts_of(below))
        self._day, self._footnotes = imprint.as_of.latest, imprint.footnotes
        report = _report(document, imprint, names)
        attribution = names.attribution(_PUBLISHER)
        basis = imprint.basis if imprint.basis is not Basis.UNSTATED else basis_on(self._day)
        self._claims = PlaceClaims(extract, report, attribution, imprint.as_of, basis)
        self._rows: list[_Row] = []
        self._last = _last_counted(layout)
        self._sections = Sections(names, self._day, _section_by_heading(layout))
        if imprint.prepared_too_early:
            said = "the workbook says that it was prepared before the day it counts; that date was not taken"
            self._claims.issue(Severity.WARNING, layout.sheet.name or "the table", said)

    def run(self) -> None:
        """Read the rows, then check totals and places that stand twice."""
        self._note_other_columns()
        rows = list(self._all_rows())
        self._sections.look((row.label.printed, row.section) for row in rows if not _is_total(row))
        if self._sections.doubt:
            self._claims.issue(Severity.WARNING, self._layout.sheet.name or "the table", self._sections.doubt)
        since = 0
        for row in rows:
            if _is_total(row):
                self._check_total(row, since)
                since = row.at
            else:
                self._take(row)
        self._hold_doubles()
        self._judge_size()

    def _all_rows(self) -> Iterator[_Row]:
        section = ""
        for at in range(self._layout.first_row, len(self._layout.sheet.rows)):
            if self._layout.repeats_headings(self._layout.sheet.rows[at]):
                continue
            row, section = self._row(at, section)
            if row is not None:
                yield row

    def _note_other_columns(self) -> None:
        for column in self._layout.columns:
            if column.kind is Kind.OTHER:
                where = cell_at(self._layout.sheet, column.letter)
                self._claims.issue(Severity.WARNING, where, f"the column {column.label!r} counts no people we know")

    def _row(self, at: int, section: str) -> tuple[_Row | None, str]:
        """Return a row of counts, if it is one, and the section from there on."""
        cells = self._layout.sheet.rows[at]
        first = _label(cells, self._layout.section)
        place = _label(cells, self._layout.place)
        counts = {c.at: self._shown(at, c) for c in self._layout.columns}
        empty = not any(cell.printed for cell in counts.values())
        if first and place:
            section = section_of(first) or first
        elif empty and (known := section_of(first or place)):
            return None, known
        if empty and (not place or _NOTE.search(place) or (at > self._last and not self._is_place(place, section))):
            return None, section
        label = place or first or _NO_LABEL
        return _Row(at=at, label=read_label(label), section=section, cells=counts), section

    def _is_place(self, label: str, section: str) -> bool:
        return self._sections.place(label, section) is not None

    def _shown(self, at: int, column: Column) -> Shown:
        row = self._layout.sheet.rows[at]
        return shown(row[column.at]) if column.at < len(row) else BLANK

    def _take(self, row: _Row) -> None:
        """Turn one row of a place into claims."""
        self._extract.seen += len(row.cells)
        place = self._sections.place(row.label.printed, row.section)
        if place is None:
            self._extract.refused += len(row.cells)
            where = self._where(row, self._layout.place)
            self._claims.issue(Severity.ERROR, where, self._sections.why_not(row.label.printed))
            return
        if row.silent and self._names.facts("place", place).get("kind") in _WIDE:
            self._extract.ignored[_REGION_HEADING] += len(row.cells)
            return
        row.place = place
        self._rows.append(row)
        for column in self._layout.columns:
            match column.kind:
                case Kind.OTHER:
                    self._extract.ignored[_OTHER_COLUMN] += 1
                case Kind.GRAND:
                    self._check_grand(row, column)
                case Kind.TOTAL:
                    self._claim(row, column, *self._total(row, column))
                case Kind.BRANCH:
                    self._branch(row, column)

    def _branch(self, row: _Row, column: Column) -> None:
        cell = row.cells[column.at]
        if self._is_formula(row, column) and not cell.number:
            cell = BLANK
        if cell.number is None and cell.missing == MissingReason.NOT_STATED:
            silent = row.label.missing or not row.weight
            self._extract.ignored[_WITHHELD_PART if silent else _BLANK_BRANCH] += 1
            return
        self._claim(row, column, cell, "")

    def _total(self, row: _Row, column: Column) -> tuple[Shown, str]:
        """Return what the total of a component says of a place, and why a person should look at it."""
        cell = row.cells[column.at]
        parts = [row.cells[part.at] for part in self._layout.parts(column)]
        printed = [part.number for part in parts if part.number is not None]
        if self._is_formula(row, column) and len(printed) == len(parts) > 0 and cell.number != sum(printed):
            return Shown(number=sum(printed), printed=str(sum(printed))), ""
        if cell.number is None:
            return self._missing(row, cell), ""
        if not parts or cell.number == sum(printed):
            if cell.number == 0 and parts and not printed:
                return self._missing(row, cell), ""
            return cell, self._doubted_zero(row, cell)
        if cell.number == 0:
            cell = Shown(printed=cell.printed, missing=MissingReason.NOT_STATED.value)
        return cell, f"the total {cell.printed} is not the sum of its branches, {sum(printed):,}"

    def _missing(self, row: _Row, cell: Shown) -> Shown:
        if cell.missing and cell.missing != MissingReason.NOT_STATED:
            return cell
        reason = row.label.missing
        if not reason:
            starred = row.label.starred and not row.weight
            reason = MissingReason.WITHHELD if starred else MissingReason.NOT_STATED
        return Shown(printed=cell.printed, missing=str(reason))

    def _doubted_zero(self, row: _Row, cell: Shown) -> str:
        withheld = any(map(_WITHHELD_NOTE.search, self._footnotes))
        if cell.number == 0 and row.label.starred and withheld and not row.weight:
            return "a footnote says that the figures of starred places are withheld, yet a 0 is printed"
        return ""

    def _claim(self, row: _Row, column: Column, cell: Shown, held: str) -> None:
        label = row.label
        notes = []
        if self._is_formula(row, column):
            notes.append("the cell holds a formula")
        if cell.number is None and row.cells[column.at].number == 0:
            notes.append(_SUM_OF_BLANKS)
        if label.starred:
            notes.extend(self._footnotes[:1])
        key = " | ".join(filter(None, (row.section, label.printed, column.label))).upper()  # as the official tables
        before = len(self._extract.drafts)
        self._claims.add(
            cell,
            key=key,
            locator=self._where(row, column.at),
            quote=f"{label.printed} | {column.label} | {cell.printed}",
            place=row.place,
            component=column.component,
            branch=column.branch,
            note="; ".join(notes),
            held=held,
        )
        row.drafts.extend(range(before, len(self._extract.drafts)))

    def _check_grand(self, row: _Row, column: Column) -> None:
        self._extract.totals_checked += 1
        cell = row.cells[column.at]
        parts = [row.cells[part.at].number for part in self._layout.parts(column)]
        if cell.number and any(part is not None for part in parts):
            self._compare(row, column, cell.number, sum(part or 0 for part in parts), "its components")

    def _check_total(self, row: _Row, since: int) -> None:
        """Compare a row of totals with the rows that it adds up."""
        self._extract.seen += len(row.cells)
        name = plain(row.label.printed)
        if _EVERYWHERE.search(name):
            added = self._rows
        elif known := section_of(re.sub(r"\s*\bTOTALS?\b\s*", "", name)):
            added = [each for each in self._rows if each.section == known]
        else:
            added = [each for each in self._rows if each.at > since]
        for column in self._layout.columns:
            printed = row.cells[column.at].number
            if printed is None:
                self._extract.ignored[_BLANK_TOTAL] += 1
                continue
            self._extract.totals_checked += 1
            if column.kind is not Kind.OTHER:
                numbers = [each.cells[column.at].number or 0 for each in added]
                self._compare(row, column, printed, sum(numbers), "the rows above")

    def _compare(self, row: _Row, column: Column, printed: int, added: int, of: str) -> None:
        if printed == added or (printed == 0 and self._is_formula(row, column)):
            return
        message = f"the total of {row.label.printed} is printed as {printed:,}, but {of} add up to {added:,}"
        self._claims.issue(Severity.WARNING, self._where(row, column.at), message)

    def _hold_doubles(self) -> None:
        """Hold rows of a place that another, larger row also counts: no one knows whether they add up."""
        of_place: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in self._rows:
            of_place[row.place].append(row)
        for rows in of_place.values():
            largest = max(rows, key=lambda row: row.weight)
            for row in rows:
                if row is not largest:
                    self._hold(row, largest)

    def _hold(self, row: _Row, larger: _Row) -> None:
        drafts, where = self._extract.drafts, self._where(row, self._layout.place)
        told = (
            f"{row.label.printed} in row {row.at + 1} and {larger.label.printed} in row {larger.at + 1} are one place"
        )
        for at in row.drafts:
            drafts.held[at] = drafts.held[at] or told
        if row.drafts:
            message = f"{told}; the smaller one is held for review"
            self._claims.issue(Severity.WARNING, where, message, drafts.claim_id[row.drafts[0]])

    def _judge_size(self) -> None:
        if not self._rows:
            where = f"Sheet {self._layout.sheet.name!r}" if self._layout.sheet.name else "The table"
            raise BadTable(f"{where} has no row of a place that is known.")
        if len(self._rows) > _MOST_PLACES:
            message = f"{len(self._rows)} places were read; such a table has at most {_MOST_PLACES}"
            self._claims.issue(Severity.WARNING, self._layout.sheet.name or "the table", message)

    def _is_formula(self, row: _Row, column: Column) -> bool:
        return f"{column.letter}{row.at + 1}" in self._formulas

    def _where(self, row: _Row, position: int) -> str:
        return cell_at(self._layout.sheet, f"{column_letter(position)}{row.at + 1}")


def _label(cells: Sequence[Cell], at: int | None) -> str:
    cell = cells[at] if at is not None and at < len(cells) else None
    return single_spaced(cell) if isinstance(cell, str) else ""


def _is_total(row: _Row) -> bool:
    return bool(_TOTAL_ROW.search(plain(row.label.printed)))


def _section_by_heading(layout: Layout) -> str:
    """Return the section of a table that has none, where the heading of its places tells: COUNTRY without STATE."""
    words = layout.place_heading.split()
    return "OVERSEAS" if "COUNTRY" in words and "STATE" not in words else ""


def _last_counted(layout: Layout) -> int:
    """Return the position of the last row that shows a number; labels below it are notes."""
    columns = [column.at for column in layout.columns]
    rows = layout.sheet.rows
    return max((n for n, row in enumerate(rows) if any(_is_number(row, at) for at in columns)), default=0)


def _is_number(row: Sequence[Cell], at: int) -> bool:
    return at < len(row) and shown(row[at]).number is not None


def _report(document: Document, imprint: Imprint, names: Names) -> Report:
    prepared = imprint.prepared.isoformat() if imprint.prepared else None
    return Report(
        source_id=names.source(_PUBLISHER).source_id,
        publisher=_PUBLISHER,
        title=", ".join(filter(None, (imprint.title, imprint.as_of_printed))),
        url=document.particulars.url,
        published_on=prepared,
        published_earliest=prepared,
        published_latest=prepared,
        sha256=document.sha256,
        kind="workbook",
        identity=official_report_id(_PUBLISHER, "people by location", imprint.as_of_printed),
    )


importer = DmdcLocations()
