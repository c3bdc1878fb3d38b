"""The claims table: the form that people fill by hand and other tools write, one claim a row.

Rows are read as columns and every distinct cell is parsed once, because such tables grow to millions of rows.
A row with an error is held out with an issue that names row and column; the other rows are taken.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Any, Literal

from trooptally.dates import AsOf
from trooptally.entry import FIELD_NAMES, Headers, match_headers, unguarded
from trooptally.errors import BadTable, UnknownName
from trooptally.importing import Block, Document, Extract, Table, exports, is_tabular, tables_of
from trooptally.importing.cells import Fault, Memo, day_parser, word_parser
from trooptally.importing.counts import Count, parse_count, parse_printed
from trooptally.importing.reports import Reports, checked_url
from trooptally.model import DraftTable, Issue, claim_id
from trooptally.vocabulary import Basis, Component, Measure, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trooptally.names import Names

_KNOWN_BY = frozenset({"force", "place", "measure"})
# What tells one row's claim from another's, as printed; never the row's number, which every sorting changes.
_IDENTIFYING = ("force", "place", "measure", "component", "as_of", "attributed_to", "quote", "unit")
_COUNTED = ("figure", "low", "point", "high", "hedge", "missing_reason", "quote")
_NO_COMPONENT = Component.MILITARY.value
_SHOWN_COLUMNS = 12
_BESIDE_THE_FIGURE = ("low", "point", "high", "hedge", "missing_reason")

_IGNORED_COLUMN = "the column is no field of a claims table and was not read"
_UNDATED = "the row gives no day of publication; the claim is recorded with the date missing"
_NO_AS_OF = "the row does not say when the figure held; the claim is recorded with its as-of missing"
_NO_REPORT = "the row names neither publisher nor url, so nobody can look the figure up"

Kind = Literal["force", "place"]
_KINDS: tuple[Kind, ...] = ("force", "place")

Cells = dict[str, list[str]]
Parsed = dict[str, list[Any]]


class ClaimsTable:
    """The importer of claims tables, as text or as a workbook."""

    name = "claims-table"
    recognises = "A table (CSV, XLSX, ODS) with the columns force, place, measure and figure."

    def identify(self, document: Document) -> bool:
        """Return whether any table of the document has the columns that make a claim."""
        if not document.is_workbook and not is_tabular(document):
            return False
        return any(match_headers(table.header).columns.keys() >= _KNOWN_BY for table in tables_of(document))

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one draft for each row that says who has how many people where.

        Raises:
            BadTable: no table of the document has the columns of a claims table.
            UnreadableDocument: the document cannot be read at all.
        """
        tables = tables_of(document)
        extract = Extract(unit="row", trusted=True)
        if not document.is_workbook:
            extract.issues.extend(document.encoding.issues)
        chosen = [(table, match_headers(table.header)) for table in tables]
        usable = [(table, headers) for table, headers in chosen if headers.complete]
        if not usable:
            raise BadTable(_complaint(document.name, chosen))
        for table, headers in chosen:
            if headers.complete:
                _Reading(table, headers, names, extract).run()
            else:
                extract.issues.append(_note(table.name, "the sheet has not the columns of a claims table"))
        return extract


class _Reading:
    """One table on its way into an extract."""

    def __init__(self, table: Table, headers: Headers, names: Names, extract: Extract) -> None:
        self._table = table
        self._headers = headers
        self._extract = extract
        self._sheet = f"{table.name}!" if table.name else ""
        self._columns = _ParsedColumns(names)
        self._exported = exports.columns_in(table.header)
        self._drafts = DraftTable()
        self._rows: list[int] = []

    def run(self) -> None:
        """Read all blocks, then settle what only the whole table shows."""
        extract, headers = self._extract, self._headers
        unread = [name for name in headers.unknown if name and name not in self._exported]
        extract.issues.extend(_note(self._sheet + name, _IGNORED_COLUMN) for name in unread)
        for block in self._table.blocks():
            extract.seen += len(block.rows) + block.blank + block.refused
            extract.refused += block.refused
            if block.blank:
                extract.ignored["blank row"] += block.blank
            extract.issues.extend(self._placed(issue) for issue in block.issues)
            self._take(block)
        self._drop_repeated()
        extract.drafts.extend(self._drafts)
        used = set(self._drafts.report_id)
        extract.reports.extend(self._columns.reports.settled(used, extract.issues))

    def _placed(self, issue: Issue) -> Issue:
        return replace(issue, locator=self._sheet + issue.locator) if self._sheet else issue

    def _take(self, block: Block) -> None:
        """Turn one block into drafts and issues."""
        cells, rows = self._without_withdrawn(_cells(block, self._headers.columns | self._exported), block.rows)
        parsed = self._columns.parse(cells)
        if self._columns.faulty and (bad := _faults(parsed)):
            self._refuse(rows, bad)
            keep = [at not in bad for at in range(len(rows))]
            rows = list(compress(rows, keep))
            cells = {name: list(compress(column, keep)) for name, column in cells.items()}
            parsed = {name: list(compress(column, keep)) for name, column in parsed.items()}
        drafts = _drafts(cells, parsed)
        if self._exported:
            self._columns.reports.rename(exports.bring_home(drafts, cells))
        self._warn(rows, cells, parsed, drafts)
        self._drafts.extend(drafts)
        self._rows.extend(rows)

    def _without_withdrawn(self, cells: Cells, rows: list[int]) -> tuple[Cells, list[int]]:
        """Leave out exported rows that were rejected or retracted: they are history, not claims."""
        stood = cells.get("status", [])
        if exports.WITHDRAWN.isdisjoint(stood):
            return cells, rows
        keep = [status not in exports.WITHDRAWN for status in stood]
        self._extract.ignored["was rejected or retracted before the export"] += keep.count(False)
        kept = {name: list(compress(column, keep)) for name, column in cells.items()}
        return kept, list(compress(rows, keep))

    def _refuse(self, rows: list[int], bad: dict[int, list[Fault]]) -> None:
        self._extract.refused += len(bad)
        for at in sorted(bad):
            for fault in bad[at]:
                where = f"{self._sheet}row {rows[at]}, column {fault.column}"
                self._issue(Severity.ERROR, where, f"{fault.message}; the row was left out")

    def _warn(self, rows: list[int], cells: Cells, parsed: Parsed, drafts: DraftTable) -> None:
        """Say what is doubtful or missing in rows that are taken."""
        warn = partial(self._issue, Severity.WARNING)
        ids = drafts.claim_id
        for at in _empty(parsed["published_on"]):
            warn(f"{self._sheet}row {rows[at]}, column published_on", _UNDATED, ids[at])
        for at in _empty(drafts.as_of):
            warn(f"{self._sheet}row {rows[at]}, column as_of", _NO_AS_OF, ids[at])
        if not all(cells["publisher"]):
            nobody = [at for at in _empty(cells["publisher"]) if not cells["url"][at]]
            for at in nobody:
                warn(f"{self._sheet}row {rows[at]}", _NO_REPORT, ids[at])
        if any(drafts.held):
            for at, doubt in enumerate(drafts.held):
                if doubt:
                    where = f"{self._sheet}row {rows[at]}, column figure"
                    warn(where, f"{doubt.rstrip('.')}; held for review", ids[at])

    def _drop_repeated(self) -> None:
        """Keep the first of rows that make one claim."""
        ids = self._drafts.claim_id
        if len(set(ids)) == len(ids):
            return
        first: dict[str, int] = {}
        for row, key in zip(self._rows, ids, strict=True):
            if row != first.setdefault(key, row):
                where = f"{self._sheet}row {row}"
                self._issue(Severity.NOTE, where, f"the row repeats row {first[key]} and adds nothing", key)
        keep = [at for at, key in enumerate(ids) if first[key] == self._rows[at]]
        self._extract.ignored["repeats an earlier row"] += len(ids) - len(keep)
        self._drafts = self._drafts.take(keep)

    def _issue(self, severity: Severity, locator: str, message: str, claim: str | None = None) -> None:
        self._extract.issues.append(Issue(severity=severity, locator=locator, message=message, claim_id=claim))


class _ParsedColumns:
    """The parsers of one table's columns, each with its memory."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._figure = Memo(parse_printed)
        self._count = Memo(parse_count)
        self._day = {name: Memo(day_parser(name)) for name in ("as_of", "published_on")}
        self._word = {
            "measure": Memo(word_parser("measure", Measure)),
            "component": Memo(word_parser("component", Component, Component.MILITARY)),
            "basis": Memo(word_parser("basis", Basis, Basis.UNSTATED)),
        }
        # Most names mean one thing at all times; only the others are looked up by day.
        self._named = {kind: Memo(partial(_timeless, names, kind)) for kind in _KINDS}
        self._dated = {kind: Memo(partial(_identified, names, kind)) for kind in _KINDS}
        self._url = Memo(checked_url)
        self.reports = Reports(names, self._day["published_on"])

    @property
    def faulty(self) -> bool:
        """Whether any cell so far could not be taken."""
        memos = (self._figure, self._count, self._url)
        groups = (self._day, self._word, self._dated)
        return any(m.faulty for m in memos) or any(m.faulty for group in groups for m in group.values())

    def parse(self, cells: Cells) -> Parsed:
        """Return the typed columns; a cell that cannot be taken is a `Fault`."""
        parsed: Parsed = {name: memo.column(cells[name]) for name, memo in (self._word | self._day).items()}
        if all(cells["figure"]) and not any(any(cells[name]) for name in _BESIDE_THE_FIGURE):
            parsed["count"] = self._figure.column(cells["figure"])
        else:
            parsed["count"] = self._count.column(list(zip(*(cells[name] for name in _COUNTED), strict=True)))
        for kind in _KINDS:
            parsed[kind] = self._identified(kind, cells[kind], parsed)
        parsed["url"] = self._url.column(cells["url"])
        url, publisher = cells["url"], cells["publisher"]
        parsed["report_id"] = self.reports.ids(url, publisher, cells["title"], cells["published_on"])
        parsed["attribution"] = self.reports.attributions(url, publisher, cells["attributed_to"])
        return parsed

    def _identified(self, kind: Kind, printed: list[str], parsed: Parsed) -> list[Any]:
        ids: list[Any] = self._named[kind].column(printed)
        if all(ids):
            return ids
        at = _empty(ids)
        days = [_first_day(parsed["as_of"][row], parsed["published_on"][row]) for row in at]
        asked = [(printed[row], day) for row, day in zip(at, days, strict=True)]
        for row, found in zip(at, self._dated[kind].column(asked), strict=True):
            ids[row] = found
        return ids


def _cells(block: Block, columns: dict[str, int]) -> Cells:
    """Return the block's cells by field, trimmed, every field present."""
    empty = [""] * len(block.rows)
    cells = dict.fromkeys(FIELD_NAMES, empty)
    for name, position in columns.items():
        cells[name] = _clean(block.columns[position])
    return cells


def _clean(column: list[str]) -> list[str]:
    trimmed = list(map(str.strip, column))
    if "'" in "".join(trimmed):  # else no cell of the column can be marked as text
        return list(map(unguarded, trimmed))
    return trimmed


def _faults(parsed: Parsed) -> dict[int, list[Fault]]:
    found: dict[int, list[Fault]] = {}
    for column in parsed.values():
        for at, cell in enumerate(column):
            if isinstance(cell, Fault):
                found.setdefault(at, []).append(cell)
    return found


def _drafts(cells: Cells, parsed: Parsed) -> DraftTable:
    counts: list[Count] = parsed["count"]
    if not counts:
        return DraftTable()
    low, point, high, hedge, missing_reason, printed, held = map(list, zip(*counts, strict=True))
    as_of: list[AsOf | None] = parsed["as_of"]
    quotes = [quote or figure for quote, figure in zip(cells["quote"], printed, strict=True)]
    # Left empty, the component and the quote say what the parsed ones say.
    told = cells | {"quote": quotes, "component": [cell or _NO_COMPONENT for cell in cells["component"]]}
    locators = list(map("|".join, zip(*(told[name] for name in _IDENTIFYING), strict=True)))
    return DraftTable(
        claim_id=list(map(claim_id, parsed["report_id"], locators, printed)),
        report_id=parsed["report_id"],
        locator=locators,
        quote=quotes,
        printed=printed,
        **{name: parsed[name] for name in ("force", "place", "measure", "component", "basis")},
        low=low,
        point=point,
        high=high,
        hedge=hedge,
        missing_reason=missing_reason,
        as_of=[day.edtf if day else None for day in as_of],
        as_of_earliest=[day.earliest.isoformat() if day else None for day in as_of],
        as_of_latest=[day.latest.isoformat() if day else None for day in as_of],
        attribution=parsed["attribution"],
        unit=cells["unit"],
        note=cells["note"],
        qualifiers=[()] * len(counts),
        held=held,
    )


def _timeless(names: Names, kind: Kind, printed: str) -> str | None:
    """Return the id of a force or place whose name means one thing at all times."""
    return names.force(printed) if kind == "force" else names.place(printed)


def _identified(names: Names, kind: Kind, printed_on: tuple[str, date | None]) -> str | Fault:
    """Return the id of a force or place as it was called on a day."""
    printed, on = printed_on
    if not printed:
        return Fault(column=kind, message=f"the cell is empty: a {kind} was expected")
    found = names.force(printed, on=on) if kind == "force" else names.place(printed, on=on)
    if found is None:
        err = UnknownName(printed, kind, names.suggest(printed, kind))
        return Fault(column=kind, message=str(err).rstrip(".?"))
    return found


def _first_day(as_of: AsOf | Fault | None, published: AsOf | Fault | None) -> date | None:
    for day in (as_of, published):
        if isinstance(day, AsOf):
            return day.earliest
    return None


def _empty(column: Sequence[object]) -> list[int]:
    return [at for at, cell in enumerate(column) if not cell]


def _note(locator: str, message: str) -> Issue:
    return Issue(severity=Severity.NOTE, locator=locator, message=message)


def _complaint(name: str, chosen: Sequence[tuple[Table, Headers]]) -> str:
    """Return what the nearest table lacks, and what it has."""
    if not chosen:
        return f"{name} holds no table."
    table, headers = min(chosen, key=lambda pair: len(pair[1].missing))
    where = f"Sheet {table.name!r} of {name}" if table.name else name
    if headers.twice:
        return f"{where} has the column {headers.twice[0]} twice; one was expected."
    found = ", ".join(table.header[:_SHOWN_COLUMNS])
    more = f" and {len(table.header) - _SHOWN_COLUMNS} more" if len(table.header) > _SHOWN_COLUMNS else ""
    return f"{where} is no claims table: it lacks {', '.join(headers.missing)}; it has {found}{more}."


importer = ClaimsTable()
