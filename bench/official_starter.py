"""Write the starter facts that come from official tables, anew, from the tables themselves.

    python bench/official_starter.py FOLDER > db/trooptally_db/starter/official.csv

FOLDER holds the two location workbooks and the table of 1950 to 1999. Only levels of eight countries are taken: enough
to show real series with their real gaps. Whoever imports the whole tables later counts nothing twice.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from trooptally.importers.official_cells import COLUMNS
from trooptally.importing import Document, Extract
from trooptally.intake import check
from trooptally.names import Names

_PLACES = ("AFG", "DEU", "IRQ", "JPN", "KOR", "KWT", "SYR", "VNM")
_TABLES = (
    ("DMDC_Website_Location_Report_2512.xlsx", "people by location", "As of December 31, 2025"),
    ("DOD-by-loc_2010-09-30.xlsx", "people by location", "As of September 30, 2010"),
    (
        "DoD_Worldwide_US_Military_Personnel.Report_1950_1999.xlsx",
        "Worldwide US military personnel by year and country",
        "1950-1999",
    ),
)


def rows(extract: Extract, kind: str, as_of_printed: str) -> Iterator[dict[str, object]]:
    """Yield the levels of the chosen countries."""
    drafts, report = extract.drafts, extract.reports[0]
    for at in range(len(drafts)):
        if drafts.place[at] in _PLACES and not drafts.qualifiers[at] and not drafts.held[at]:
            cells: dict[str, object] = {name: getattr(drafts, name)[at] for name in COLUMNS if hasattr(drafts, name)}
            told = {
                "force_id": drafts.force[at],
                "place_id": drafts.place[at],
                "publisher": report.publisher,
                "title": report.title,
                "published_on": report.published_on,
                "report_kind": kind,
                "as_of_printed": as_of_printed,
                "key": _key(drafts.quote[at], kind),
            }
            yield cells | told


def _key(quote: str, kind: str) -> str:
    """Return the label and heading of a cell from its quote, which ends in the figure."""
    labels = quote.rsplit(" | ", 1)[0]
    return f"OVERSEAS | {labels}" if kind == "people by location" else labels


def main() -> None:
    """Write the facts as CSV on standard output."""
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for name, kind, as_of_printed in _TABLES:
        document = Document.at(Path(sys.argv[1], name))
        for row in rows(check(document, Names.shipped()).extract, kind, as_of_printed):
            writer.writerow(row)


if __name__ == "__main__":
    main()
