"""Location workbooks in the shape of the official ones, written by the tests."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from trooptally.importing import Document, Extract
from trooptally.names import Names

Row = Sequence[Any]

ACTIVE = ("ARMY", "NAVY", "MARINE CORPS", "AIR FORCE", "TOTAL")
RESERVE = ("ARMY NATIONAL GUARD", "ARMY RESERVE", "TOTAL")
CIVILIAN = ("ARMY", "4TH ESTATE (DOD)", "TOTAL")
ABOVE = (
    "Number of Military and DoD Civilian Personnel",
    "By Assigned Duty Location and Service/Component",
    "As of June 30, 2019",
)
BELOW = (
    "Notes:",
    "The table does not include all personnel on temporary duty, or deployed in support of contingency operations.",
    "Prepared by the Defense Manpower Data Center on July 9, 2019.",
)


def sheet_bytes(rows: Iterable[Row], title: str = "LOCATIONS") -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def location_rows(
    rows: Iterable[Row], *, above: Sequence[str] = ABOVE, below: Sequence[str] = BELOW
) -> list[list[Any]]:
    """Return the rows of a location table: titles, headings on two merged rows, places, notes."""
    groups = (("ACTIVE DUTY", ACTIVE), ("NATIONAL GUARD / RESERVE", RESERVE), ("APF DOD CIVILIAN", CIVILIAN))
    upper: list[Any] = ["LOCATION", "DUTY STATE / COUNTRY"]
    lower: list[Any] = [None, None]
    for group, columns in groups:
        upper += [group, *[None] * (len(columns) - 1)]
        lower += columns
    return [
        *[[line] for line in above],
        [*upper, "GRAND TOTAL"],
        [*lower, None],
        *[list(row) for row in rows],
        [],
        *[[line] for line in below],
    ]


def location_workbook(rows: Iterable[Row], **said: Sequence[str]) -> Document:
    """Return a location workbook of the rows, each of two labels and twelve counts."""
    return Document(name="locations.xlsx", content=sheet_bytes(location_rows(rows, **said)))


def counts(army: int = 0, navy: int = 0, reserve: int = 0, civilian: int = 0) -> list[int]:
    """Return the twelve counts of a row, totals included."""
    active = [army, navy, 0, 0, army + navy]
    people = [*active, 0, reserve, reserve, civilian, 0, civilian]
    return [*people, army + navy + reserve + civilian]


def extract(importer: Any, document: Document) -> Extract:
    """Return what an importer reads of a document, with a balanced receipt."""
    assert importer.identify(document)
    made: Extract = importer.extract(document, Names.shipped())
    assert made.balanced, made
    return made


def told(made: Extract, place: str, component: str = "active", part: str = "") -> list[tuple[int | None, str | None]]:
    """Return number and missing reason of each claim on a place, one component and part."""
    drafts = made.drafts
    return [
        (drafts.point[at], drafts.missing_reason[at])
        for at in range(len(drafts))
        if drafts.place[at] == place
        and drafts.component[at] == component
        and "".join(q.text for q in drafts.qualifiers[at]) == part
    ]
