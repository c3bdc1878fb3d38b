"""Any table with a mapping file: a person says once what the columns are, and keeps it beside the table.

`trooptally import --suggest-mapping` drafts such a file; `--mapping` uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import BadTable, RefusedInput, UnknownName
from trooptally.importing import Document, Extract
from trooptally.importing.cells import Fault
from trooptally.importing.counts import Count, parse_printed
from trooptally.importing.gridrows import Grid, grids_of
from trooptally.importing.mapping import TableMapping, read_mapping
from trooptally.importing.oddities import oddities
from trooptally.importing.placetables import REPEATED, accepted_by_rule, part_qualifiers, single_spaced
from trooptally.model import Attribution, Issue, Report, claim_id, report_id
from trooptally.vocabulary import Basis, Component, Measure, MissingReason, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from trooptally.names import Names

    Kind = Literal["force", "place"]

_BLANK_ROW = "blank row"
_TOTAL_COLUMN = "column that the mapping calls a total"
_DEFAULTS = {"measure": Measure.PRESENT.value, "component": Component.MILITARY.value, "basis": Basis.UNSTATED.value}
_CLOSED = {"measure": Measure, "component": Component, "basis": Basis}


class GeneralTable:
    """The importer of tables with a mapping."""

    name = "general-table"
    recognises = "Any table (CSV, XLSX, ODS, XLS, Parquet) that is handed in with a mapping file."

    def identify(self, document: Document) -> bool:
        """Return whether a mapping came with the document."""
        return bool(document.particulars.mapping)

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one claim for each row and column of figures.

        Raises:
            BadTable: there is no mapping, or it does not fit the table.
        """
        if not document.particulars.mapping:
            raise BadTable(
                f"{document.name} is read as a general table only with a mapping: --suggest-mapping drafts one."
            )
        mapping = read_mapping(document.particulars.mapping)
        grid = _chosen(document, mapping)
        return _Reading(document, grid, mapping, names).run()


def _chosen(document: Document, mapping: TableMapping) -> Grid:
    grids = grids_of(document)
    wanted = [grid for grid in grids if not mapping.sheet or grid.sheet == mapping.sheet]
    if not wanted:
        there = ", ".join(repr(grid.sheet) for grid in grids) or "none"
        raise BadTable(f"{document.name} has no sheet {mapping.sheet!r}; it has {there}.")
    return wanted[0]


class _Said(NamedTuple):
    """What a row and a column say beside the figure."""

    force: str
    place: str
    measure: str
    component: str
    basis: str
    as_of: AsOf
    fields: Mapping[str, str]


class _Reading:
    """One table on its way into an extract."""

    def __init__(self, document: Document, grid: Grid, mapping: TableMapping, names: Names) -> None:
        self._grid, self._mapping, self._names = grid, mapping, names
        self._header = grid.heading(mapping.header_row)
        heads = [single_spaced(cell) for cell in grid.rows[self._header]]
        self._columns = {name: _position(heads, heading, document) for name, heading in mapping.columns.items()}
        self._figures = {heading: _position(heads, heading, document) for heading in mapping.figures}
        self._cow = {row["code"]: row["place"] for row in oddities("cow_codes")}
        self._report, self._publisher = _report(document, mapping, names)
        self.extract = Extract(
            reports=[self._report], unit="cell", trusted=accepted_by_rule(names, self._publisher), editions=True
        )
        self._attributions: dict[str, Attribution] = {}
        self._sums = dict.fromkeys(self._figures, 0)
        self._first: dict[str, int | None] = {}

    def run(self) -> Extract:
        """Read every row."""
        for at in range(self._header + 1, len(self._grid.rows)):
            row = [cell.strip() for cell in self._grid.rows[at]]
            self.extract.seen += len(self._figures)
            if not any(row):
                self.extract.ignored[_BLANK_ROW] += len(self._figures)
            elif self._is_total(row):
                self._check(at, row)
            else:
                self._take(at, row)
        return self.extract

    def _is_total(self, row: Sequence[str]) -> bool:
        labels = (_cell(row, self._columns[name]) for name in ("place", "force") if name in self._columns)
        return any(label.casefold() in self._mapping.total_rows for label in labels)

    def _check(self, at: int, row: Sequence[str]) -> None:
        for heading, position in self._figures.items():
            self.extract.totals_checked += 1
            count = self._count(_cell(row, position))
            if isinstance(count, Count) and count.point is not None and count.point != self._sums[heading]:
                message = f"the total {count.point:,} is not the sum of the rows above, {self._sums[heading]:,}"
                self._issue(Severity.WARNING, at, heading, message)

    def _take(self, at: int, row: Sequence[str]) -> None:
        for heading, position in self._figures.items():
            if heading.casefold() in self._mapping.total_columns:
                self.extract.ignored[_TOTAL_COLUMN] += 1
                continue
            fields = self._fields(row, heading)
            try:
                said = self._said(fields)
            except RefusedInput as err:
                self.extract.refused += 1
                self._issue(Severity.ERROR, at, heading, f"{str(err).rstrip('.?')}; the figure was left out")
                continue
            self._claim(at, heading, _cell(row, position), said)

    def _fields(self, row: Sequence[str], heading: str) -> dict[str, str]:
        told = dict(self._mapping.fixed) | {name: _cell(row, n) for name, n in self._columns.items()}
        return told | dict(self._mapping.figures[heading])

    def _said(self, fields: Mapping[str, str]) -> _Said:
        as_of = parse_as_of(fields["as_of"])
        return _Said(
            force=self._named("force", fields["force"], as_of),
            place=self._named("place", fields["place"], as_of),
            measure=_word("measure", fields),
            component=_word("component", fields),
            basis=_word("basis", fields),
            as_of=as_of,
            fields=fields,
        )

    def _named(self, kind: Kind, printed: str, as_of: AsOf) -> str:
        decided = self._mapping.decisions[kind].get(printed)
        if kind == "place" and self._mapping.scheme == "cow":
            decided = decided or self._cow.get(printed)
        name = decided or printed
        on = as_of.earliest
        found = self._names.force(name, on=on) if kind == "force" else self._names.place(name, on=on)
        if found is None:
            raise UnknownName(printed, kind, self._names.suggest(printed, kind))
        return found

    def _count(self, printed: str) -> Count | Fault:
        reason = self._mapping.missing.get(printed.casefold())
        if reason or not printed:
            return Count(missing_reason=reason or MissingReason.NOT_STATED.value, printed=printed)
        return parse_printed(printed)

    def _claim(self, at: int, heading: str, printed: str, said: _Said) -> None:
        count = self._count(printed)
        if isinstance(count, Fault):
            count = Count(missing_reason=MissingReason.MALFORMED.value, printed=printed, doubt=count.message)
        key = " | ".join([*(said.fields.get(n, "") for n in ("force", "place", "as_of", "branch", "unit")), heading])
        held = count.doubt
        made = claim_id(self._report.report_id, key, "", 0)
        if made in self._first:
            if self._first[made] == count.point:
                self.extract.ignored[REPEATED] += 1
                return
            held = held or "an earlier row says the same of another figure"
            made = claim_id(self._report.report_id, key, "", at)
        self._first.setdefault(made, count.point)
        self._sums[heading] += count.point or 0
        self._put(made, count, self._where(at, heading), said, held)
        if held:
            self._issue(Severity.WARNING, at, heading, f"{held.rstrip('.')}; held for review", made)

    def _put(self, made: str, count: Count, locator: str, said: _Said, held: str) -> None:
        drafts, fields = self.extract.drafts, said.fields
        quote = " | ".join(filter(None, (fields["force"], fields["place"], count.printed)))
        row: dict[str, Any] = {
            "claim_id": made,
            "report_id": self._report.report_id,
            "locator": locator,
            "quote": quote,
            "printed": count.printed,
            "force": said.force,
            "place": said.place,
            "measure": said.measure,
            "component": said.component,
            "basis": said.basis,
            "low": count.low,
            "point": count.point,
            "high": count.high,
            "hedge": count.hedge,
            "missing_reason": count.missing_reason,
            "as_of": said.as_of.edtf,
            "as_of_earliest": said.as_of.earliest.isoformat(),
            "as_of_latest": said.as_of.latest.isoformat(),
            "attribution": self._attribution(fields.get("attributed_to", "")),
            "unit": fields.get("unit", ""),
            "note": fields.get("note", ""),
            "qualifiers": part_qualifiers(fields.get("branch", ""), ""),
            "held": held,
        }
        for name, column in drafts.columns():
            column.append(row[name])

    def _attribution(self, attributed_to: str) -> Attribution:
        said = attributed_to or self._mapping.report.get("attributed_to", "")
        if said not in self._attributions:
            self._attributions[said] = self._names.attribution(self._publisher, said)
        return self._attributions[said]

    def _where(self, at: int, heading: str) -> str:
        return self._grid.locator(self._grid.first_row + at, self._figures[heading], heading)

    def _issue(self, severity: Severity, at: int, heading: str, message: str, claim: str | None = None) -> None:
        where = self._where(at, heading)
        self.extract.issues.append(Issue(severity=severity, locator=where, message=message, claim_id=claim))


def _position(heads: Sequence[str], heading: str, document: Document) -> int:
    wanted = single_spaced(heading).casefold()
    found = [at for at, head in enumerate(heads) if head.casefold() == wanted]
    if len(found) != 1:
        how = "twice" if found else "nowhere"
        there = ", ".join(filter(None, heads[:15]))
        raise BadTable(
            f"The mapping names the column {heading!r}, which stands {how} in {document.name}; it has {there}."
        )
    return found[0]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _word(name: str, fields: Mapping[str, str]) -> str:
    printed = fields.get(name, "")
    word = printed.casefold().replace(" ", "_") or _DEFAULTS[name]
    if word not in list(_CLOSED[name]):
        raise BadTable(f"{printed[:40]!r} is no {name}; expected one of {', '.join(_CLOSED[name])}")
    return word


def _report(document: Document, mapping: TableMapping, names: Names) -> tuple[Report, str]:
    told, said = document.particulars, mapping.report
    publisher = told.publisher or said.get("publisher", "") or "unnamed"
    url, title = told.url or said.get("url", ""), told.title or said.get("title", "")
    printed_day = told.published_on or said.get("published_on", "")
    day = parse_as_of(printed_day) if printed_day else None
    named = bool(title or printed_day)
    identity = (
        report_id(url=url)
        if url
        else report_id(publisher=publisher, title=title, published_on=printed_day)
        if named
        else report_id(sha256=document.sha256)
    )
    return Report(
        source_id=names.source(publisher).source_id,
        publisher=publisher,
        title=title,
        url=url,
        published_on=day.edtf if day else None,
        published_earliest=day.earliest.isoformat() if day else None,
        published_latest=day.latest.isoformat() if day else None,
        sha256=document.sha256,
        kind="table",
        identity=identity,
    ), publisher


importer = GeneralTable()
