"""Single cells of official tables, copied with report and cell: facts for people who have not the tables themselves.

A row carries what identifies the cell in its own table (publisher, kind and as-of of the report, label and heading), so
that its claim is the one which the table's own importer makes: importing the whole table later adds nothing to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trooptally.dates import parse_as_of
from trooptally.errors import BadTable, RefusedInput
from trooptally.importing import Document, Extract, is_tabular, tables_of
from trooptally.importing.placetables import PlaceClaims, Shown, accepted_by_rule, official_report_id
from trooptally.model import Issue, Report
from trooptally.vocabulary import Basis, Measure, Severity

if TYPE_CHECKING:
    from trooptally.names import Names

COLUMNS = (
    *("publisher", "report_kind", "as_of_printed", "title", "published_on", "locator", "key", "quote", "printed"),
    *("force_id", "place_id", "measure", "component", "basis", "point", "missing_reason", "as_of", "note"),
)
_KNOWN_BY = frozenset({"report_kind", "as_of_printed", "key", "locator", "printed"})


class OfficialCells:
    """The importer of copied cells."""

    name = "official-cells"
    recognises = "A CSV of single cells copied from official tables, with report_kind, as_of_printed, key and locator."

    def identify(self, document: Document) -> bool:
        """Return whether the document has the columns of copied cells."""
        if document.is_workbook or not is_tabular(document):
            return False
        return any(set(table.header) >= _KNOWN_BY for table in tables_of(document))

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one claim for each cell.

        Raises:
            BadTable: a column is missing.
        """
        extract = Extract(unit="row")
        publishers: set[str] = set()
        for table in tables_of(document):
            missing = [name for name in COLUMNS if name not in table.header]
            if missing:
                raise BadTable(f"{document.name} lacks the columns {', '.join(missing)} of copied cells.")
            for block in table.blocks():
                extract.seen += len(block.rows) + block.refused
                extract.refused += block.refused
                extract.issues.extend(block.issues)
                for number, cells in zip(block.rows, zip(*block.columns, strict=True), strict=True):
                    row = dict(zip(table.header, cells, strict=True))
                    publishers.add(row["publisher"])
                    _take(extract, row, number, names)
        extract.trusted = accepted_by_rule(names, *publishers)
        return extract


def _take(extract: Extract, row: dict[str, str], number: int, names: Names) -> None:
    try:
        claims = _claims(extract, row, names)
        shown = _shown(row)
        place, force = names.place(row["place_id"]), names.force(row["force_id"])
        if place is None or force is None or row["component"] == "":
            raise BadTable(f"{row['force_id']!r} at {row['place_id']!r} is not known")
        measure = Measure(row["measure"])
    except (RefusedInput, ValueError) as err:
        extract.refused += 1
        message = f"{str(err).rstrip('.')}; the row was left out"
        extract.issues.append(Issue(severity=Severity.ERROR, locator=f"row {number}", message=message))
        return
    claims.add(
        shown,
        key=row["key"],
        locator=row["locator"],
        quote=row["quote"],
        force=force,
        place=place,
        component=row["component"],
        measure=measure,
        note=row["note"],
    )


def _shown(row: dict[str, str]) -> Shown:
    if row["missing_reason"]:
        return Shown(printed=row["printed"], missing=row["missing_reason"])
    return Shown(number=int(row["point"]), printed=row["printed"])


def _claims(extract: Extract, row: dict[str, str], names: Names) -> PlaceClaims:
    day = parse_as_of(row["published_on"]) if row["published_on"] else None
    report = Report(
        source_id=names.source(row["publisher"]).source_id,
        publisher=row["publisher"],
        title=row["title"],
        published_on=day.edtf if day else None,
        published_earliest=day.earliest.isoformat() if day else None,
        published_latest=day.latest.isoformat() if day else None,
        kind="workbook",
        identity=official_report_id(row["publisher"], row["report_kind"], row["as_of_printed"]),
    )
    attribution = names.attribution(row["publisher"])
    return PlaceClaims(extract, report, attribution, parse_as_of(row["as_of"]), Basis(row["basis"]))


importer = OfficialCells()
