"""The troopdata compilation of American reports since 1950: a row a place and report, a column a kind of people.

Two families of columns share the table: ashore and afloat by branch until 2007, active duty, reserve and civilians
since 2008; where one is filled the other is NA. The compiler's own columns (`troops_ad` and its kin) repeat them, with
0 for what is missing, so they are read only where the report's columns are empty. The file is checked by columns.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from trooptally.dates import parse_as_of
from trooptally.errors import BadDate, BadTable
from trooptally.importing import Block, Document, Extract, is_tabular, tables_of
from trooptally.importing.compiled import Counted, Emitter, Role, without_repeats
from trooptally.importing.oddities import Oddity, oddities
from trooptally.importing.placetables import (
    Label,
    accepted_by_rule,
    basis_on,
    official_report_id,
    read_label,
    unresolved,
)
from trooptally.model import Attribution, Issue, Report
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trooptally.names import Names

_PUBLISHER = "troopdata"
_OLD_ORIGIN = "U.S. Department of Defense"
_NEW_ORIGIN = "Defense Manpower Data Center"
_NEW_FROM = "2008-01-01"
_SECTION = "OVERSEAS"
_KNOWN_BY = frozenset({"source", "Location"})
_FEWEST_COLUMNS = 3
_SEPARATORS = re.compile(r"[\s._-]+")
_BLOCK_ROWS = 2000
_NOT_COUNTED = frozenset(
    {"ccode", "countryname", "region", "year", "month", "quarter", "source", "Location", "iso3c", "Macro Location"}
)

_COLUMNS = (
    Counted("Total", "active", Role.WHOLE, beside="Total Ashore"),
    Counted("Total Ashore", "active", Role.LEVEL),
    Counted("Total Afloat", "active", Role.AFLOAT),
    Counted("Army Total", "active", Role.BRANCH, "ARMY"),
    Counted("Navy Total", "active", Role.WHOLE_BRANCH, "NAVY", beside="Navy Ashore"),
    Counted("Navy Ashore", "active", Role.BRANCH, "NAVY"),
    Counted("Navy Temporary Ashore", "active", Role.BRANCH, "NAVY, TEMPORARY ASHORE"),
    Counted("Navy Other", "active", Role.AFLOAT, "NAVY, OTHER"),
    Counted("Navy Afloat", "active", Role.AFLOAT, "NAVY"),
    Counted("Marine Corps Total", "active", Role.WHOLE_BRANCH, "MARINE CORPS", beside="Marine Corps Ashore"),
    Counted("Marine Corps Ashore", "active", Role.BRANCH, "MARINE CORPS"),
    Counted("Marine Corps Afloat", "active", Role.AFLOAT, "MARINE CORPS"),
    Counted("Air Force Total", "active", Role.BRANCH, "AIR FORCE"),
    Counted("Total Active Duty", "active", Role.LEVEL),
    Counted("Army Active Duty", "active", Role.BRANCH, "ARMY"),
    Counted("Navy Active Duty", "active", Role.BRANCH, "NAVY"),
    Counted("Marine Corps Active Duty", "active", Role.BRANCH, "MARINE CORPS"),
    Counted("Air Force Active Duty", "active", Role.BRANCH, "AIR FORCE"),
    Counted("Space Force Active Duty", "active", Role.BRANCH, "SPACE FORCE"),
    Counted("Coast Guard Active Duty", "active", Role.BRANCH, "COAST GUARD"),
    Counted("Total Selected Reserve", "reserve", Role.LEVEL),
    Counted("Army National Guard", "reserve", Role.BRANCH, "ARMY NATIONAL GUARD"),
    Counted("Army Reserve", "reserve", Role.BRANCH, "ARMY RESERVE"),
    Counted("Navy Reserve", "reserve", Role.BRANCH, "NAVY RESERVE"),
    Counted("Marine Corps Reserve", "reserve", Role.BRANCH, "MARINE CORPS RESERVE"),
    Counted("Air National Guard", "reserve", Role.BRANCH, "AIR NATIONAL GUARD"),
    Counted("Air Force Reserve", "reserve", Role.BRANCH, "AIR FORCE RESERVE"),
    Counted("Coast Guard Reserve", "reserve", Role.BRANCH, "COAST GUARD RESERVE"),
    Counted("Total Civilian", "civilian", Role.LEVEL),
    Counted("Army Civilian", "civilian", Role.BRANCH, "ARMY"),
    Counted("Navy Civilian", "civilian", Role.BRANCH, "NAVY"),
    Counted("Marine Corps Civilian", "civilian", Role.BRANCH, "MARINE CORPS"),
    Counted("Air Force Civilian", "civilian", Role.BRANCH, "AIR FORCE"),
    Counted("DOD Civilian", "civilian", Role.BRANCH, "4TH ESTATE (DOD)"),
    Counted("Grand Total", "", Role.CHECK),
    Counted("troops_ad", "active", Role.DERIVED_LEVEL),
    Counted("army_ad", "active", Role.DERIVED_BRANCH, "ARMY"),
    Counted("navy_ad", "active", Role.DERIVED_BRANCH, "NAVY"),
    Counted("marine_corps_ad", "active", Role.DERIVED_BRANCH, "MARINE CORPS"),
    Counted("air_force_ad", "active", Role.DERIVED_BRANCH, "AIR FORCE"),
    Counted("coast_guard_ad", "active", Role.DERIVED_BRANCH, "COAST GUARD"),
    Counted("space_force_ad", "active", Role.DERIVED_BRANCH, "SPACE FORCE"),
)
_CANONICAL = {
    _SEPARATORS.sub(" ", name).casefold(): name for name in (*_NOT_COUNTED, *(column.name for column in _COLUMNS))
}
_PARTS = {
    "Total Active Duty": tuple(c.name for c in _COLUMNS if c.name.endswith("Active Duty") and c.branch),
    "Total Selected Reserve": tuple(c.name for c in _COLUMNS if c.component == "reserve" and c.branch),
    "Total Civilian": tuple(c.name for c in _COLUMNS if c.component == "civilian" and c.branch),
    "Grand Total": ("Total Active Duty", "Total Selected Reserve", "Total Civilian"),
    "Total": ("Army Total", "Navy Total", "Marine Corps Total", "Air Force Total"),
}
_PAIRS = {
    "Total": ("Total Ashore", "Total Afloat"),
    "Navy Total": ("Navy Ashore", "Navy Temporary Ashore", "Navy Other", "Navy Afloat"),
    "Marine Corps Total": ("Marine Corps Ashore", "Marine Corps Afloat"),
}
_ALWAYS = frozenset({Role.DERIVED_LEVEL, Role.DERIVED_BRANCH})
_FIRST_NEW = next(n for n, column in enumerate(_COLUMNS) if column.name == "Total Active Duty")


class Edition(NamedTuple):
    """One report as the file names it ("September 2013")."""

    report_id: str
    attribution: Attribution
    days: tuple[str, str, str]
    basis: str
    last_day: date


class TroopdataReports:
    """The importer of the compilation."""

    name = "troopdata-reports"
    recognises = "A table with the columns source, Location and troops_ad, as the R package troopdata compiles reports."

    def identify(self, document: Document) -> bool:
        """Return whether the document is a table with the compilation's columns."""
        if not document.is_workbook and not is_tabular(document):
            return False
        return any(_is_compilation(canonical(table.header)) for table in tables_of(document))

    def extract(self, document: Document, names: Names) -> Extract:
        """Return claims for every place and report.

        Raises:
            BadTable: a column that says when or where is missing, or none of counts is there.
        """
        extract = Extract(unit="cell", trusted=accepted_by_rule(names, _OLD_ORIGIN, _NEW_ORIGIN), editions=True)
        tables = [(table, canonical(table.header)) for table in tables_of(document)]
        chosen = [(table, header) for table, header in tables if _is_compilation(header)]
        if not chosen:
            raise BadTable(f"{document.name} is no troopdata file: it lacks source, Location or the columns of counts.")
        extract.issues.extend(() if document.is_workbook else document.encoding.issues)
        for table, header in chosen:
            _refuse_twice(header, document.name)
            reading = _Reading(header, names, extract, table.name)
            for block in table.blocks(_BLOCK_ROWS):
                reading.take(block)
            reading.finish()
        return extract


def canonical(header: Sequence[str]) -> tuple[str, ...]:
    """Return the headings as the compilation spells them, however their words are joined or capitalised."""
    return tuple(_CANONICAL.get(_SEPARATORS.sub(" ", head).strip().casefold(), head) for head in header)


def _refuse_twice(header: Sequence[str], name: str) -> None:
    twice = [head for head, times in Counter(header).items() if times > 1 and head in _CANONICAL.values()]
    if twice:
        raise BadTable(f"{name} has the column {twice[0]} twice; one was expected.")


def _is_compilation(header: Sequence[str]) -> bool:
    counted = {column.name for column in _COLUMNS}
    return set(header) >= _KNOWN_BY and len(counted & set(header)) >= _FEWEST_COLUMNS


class _Reading:
    """The table on its way into an extract, a block of rows at a time."""

    def __init__(self, header: Sequence[str], names: Names, extract: Extract, sheet: str) -> None:
        self._sheet = f"{sheet}!" if sheet else ""
        self._at = {name: n for n, name in enumerate(header)}
        self._columns = [column for column in _COLUMNS if column.name in self._at]
        self._names = names
        self._extract = extract
        self._places: dict[tuple[str, str], str | None] = {}
        self._editions: dict[str, Edition | None] = {}
        self._cow = {row["code"]: row["place"] for row in oddities("cow_codes")}
        self._known = oddities("troopdata_reports")
        self._wider = {row["printed"]: row["means"] for row in self._known if row["what"] == "place"}
        self._wider = {printed.casefold(): means for printed, means in self._wider.items()}
        for name in header:
            if name not in _NOT_COUNTED and name not in {column.name for column in _COLUMNS}:
                said = "the column is none of the compilation's and was not read"
                self._issue(Severity.NOTE, f"column {name}", said)

    def take(self, block: Block) -> None:
        """Turn one block of rows into claims."""
        extract, width = self._extract, len(self._columns)
        extract.seen += (len(block.rows) + block.refused) * width
        extract.refused += block.refused * width
        extract.issues.extend(replace(issue, locator=self._sheet + issue.locator) for issue in block.issues)
        printed = {c.name: [cell.strip() for cell in block.columns[self._at[c.name]]] for c in self._columns}
        rows = self._rows(block)
        for column in self._columns:
            printed[column.name] = _without_zeros_of_other_layout(column, printed[column.name], rows.editions)
        Emitter(
            extract=extract,
            taken=rows.taken,
            printed=printed,
            columns=self._columns,
            labels=rows.labels,
            places=rows.places,
            editions=rows.editions,
            rows=block.rows,
            held=rows.held,
            parts=_PARTS,
            pairs=_PAIRS,
            find=partial(self._oddity, rows),
            fills=frozenset(row["column"] for row in self._known if row["what"] == "fill"),
            sheet=self._sheet,
        ).emit()

    def finish(self) -> None:
        """Settle what only the whole table shows."""
        without_repeats(self._extract)

    def _rows(self, block: Block) -> _Rows:
        sources = [cell.strip() for cell in block.columns[self._at["source"]]]
        labels = [read_label(cell) for cell in block.columns[self._at["Location"]]]
        codes = block.columns[self._at["ccode"]] if "ccode" in self._at else [""] * len(labels)
        rows = _Rows(labels=labels, places=[], editions=[], held=[], taken=[])
        for at, (source, label, code) in enumerate(zip(sources, labels, codes, strict=True)):
            edition = self._edition(source)
            place = self._place(label, edition.last_day) if edition else None
            rows.editions.append(edition)
            rows.places.append(place or "")
            rows.held.append(self._conflict(label, place, code.strip(), block.rows[at]) if place else "")
            if edition and place:
                rows.taken.append(at)
            else:
                self._refuse(block.rows[at], source, label, edition)
        return rows

    def _place(self, label: Label, day: date) -> str | None:
        wider = self._wider.get(label.printed.casefold())
        if wider:
            return wider
        timeless = self._found(label.name, None)
        return timeless or self._found(label.name, day)

    def _found(self, name: str, day: date | None) -> str | None:
        key = (name, day.isoformat() if day else "")
        if key not in self._places:
            self._places[key] = self._names.place(name, on=day, section=_SECTION)
        return self._places[key]

    def _conflict(self, label: Label, place: str, code: str, row: int) -> str:
        """Return why the row's name and its country code may not mean the same, or nothing."""
        filed = self._cow.get(code)
        if not filed or filed == place or self._related(place, filed):
            return ""
        named = self._names.label("place", filed)
        held = f"the name {label.name!r} and the country code {code} ({named}) beside it are not the same place"
        if not any(row_["what"] == "filed" and row_["printed"] == label.name for row_ in self._known):
            self._issue(Severity.WARNING, f"row {row}, column ccode", f"{held}; held for review")
            return held
        return ""

    def _related(self, place: str, filed: str) -> bool:
        """Return whether a place is part of the one it is filed under, a wider place around it, or its former self."""
        facts = self._names.facts("place", place)
        if self._names.country(place) == filed or filed in self._names.members(place):
            return True
        return facts.get("kind") in ("former_country", "territory", "theatre", "region", "base")

    def _refuse(self, row: int, source: str, label: Label, edition: Edition | None) -> None:
        self._extract.refused += len(self._columns)
        if edition is None:
            message = f"{source[:40]!r} is no report such as 'September 2013'; the row was left out"
            self._issue(Severity.ERROR, f"row {row}, column source", message)
        else:
            self._issue(Severity.ERROR, f"row {row}, column Location", unresolved(label.printed, self._names))

    def _edition(self, source: str) -> Edition | None:
        if source not in self._editions:
            self._editions[source] = self._new_edition(source)
        return self._editions[source]

    def _new_edition(self, source: str) -> Edition | None:
        try:
            as_of = parse_as_of(source)
        except BadDate:
            return None
        origin = _NEW_ORIGIN if as_of.latest.isoformat() >= _NEW_FROM else _OLD_ORIGIN
        report = Report(
            source_id=self._names.source(_PUBLISHER).source_id,
            publisher=_PUBLISHER,
            title=f"Report of {source} as compiled in troopdata",
            kind="table",
            identity=official_report_id(_PUBLISHER, "compiled report", source),
        )
        self._extract.reports.append(report)
        return Edition(
            report.report_id,
            self._names.attribution(_PUBLISHER, origin),
            (as_of.edtf, as_of.earliest.isoformat(), as_of.latest.isoformat()),
            basis_on(as_of.latest).value,
            as_of.latest,
        )

    def _oddity(self, rows: _Rows, what: str, column: str, at: int, number: int) -> Oddity | None:
        """Return the known oddity of a cell: a zero that is none, or a figure that the compiler filled in."""
        label, edition = rows.labels[at], rows.editions[at]
        for row in self._known:
            if row["what"] != what or row["printed"].casefold() != label.name.casefold() or edition is None:
                continue
            if row["column"] not in ("", column) or (row["means"].isdigit() and int(row["means"]) != number):
                continue
            day = edition.last_day.isoformat()
            if row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"]):
                return row
        return None

    def _issue(self, severity: Severity, locator: str, message: str) -> None:
        self._extract.issues.append(Issue(severity=severity, locator=self._sheet + locator, message=message))


def _without_zeros_of_other_layout(column: Counted, cells: list[str], editions: Sequence[Edition | None]) -> list[str]:
    """Return the cells of a column; a 0 where the reports of that time had no such column is a filled-in blank."""
    if column.role in _ALWAYS or "0" not in cells:
        return cells
    is_new = _COLUMNS.index(column) >= _FIRST_NEW
    return [
        "" if cell == "0" and edition and (edition.last_day.isoformat() >= _NEW_FROM) != is_new else cell
        for cell, edition in zip(cells, editions, strict=True)
    ]


class _Rows(NamedTuple):
    """A block's rows, as parallel lists; `taken` are the positions of those that can be read."""

    labels: list[Label]
    places: list[str]
    editions: list[Edition | None]
    held: list[str]
    taken: list[int]


importer = TroopdataReports()
