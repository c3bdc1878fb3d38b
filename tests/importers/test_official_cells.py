"""Cells copied from official tables are the claims that the tables themselves make."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from support.workbooks import extract
from trooptally.errors import RefusedInput
from trooptally.importers.official_cells import COLUMNS, importer
from trooptally.importing import Document
from trooptally.intake import check, record
from trooptally.ledger import Ledger
from trooptally.names import Names


def starter() -> Document:
    """Return the starter facts from official tables."""
    content = files("trooptally_db").joinpath("starter", "official.csv").read_bytes()
    return Document(name="official.csv", content=content)


def test_the_starter_facts_are_whole() -> None:
    """Every fact has its cell, is accepted by rule, and none is held or refused."""
    made = extract(importer, starter())
    assert made.trusted
    assert not made.issues
    assert not made.refused
    assert all(locator.count("!") == 1 for locator in made.drafts.locator)
    assert {"AFG", "DEU", "IRQ", "JPN", "KOR", "KWT", "SYR", "VNM"} == set(made.drafts.place)
    assert None in made.drafts.point
    assert len(made.reports) == 3


@pytest.mark.parametrize(
    "name",
    [
        "DMDC_Website_Location_Report_2512.xlsx",
        "DOD-by-loc_2010-09-30.xlsx",
        "DoD_Worldwide_US_Military_Personnel.Report_1950_1999.xlsx",
    ],
)
def test_the_tables_add_nothing_to_the_starter_facts(real_data: Path, sqlite_url: str, name: str) -> None:
    """Importing a whole table after the facts copied from it finds them there, unchanged to the last letter."""
    with Ledger.open(sqlite_url) as ledger:
        names = ledger.names()
        record(ledger, check(starter(), names), contributor="tests", reason="starter")
        checked = check(Document.at(real_data / "official" / name), names)
        receipt = record(ledger, checked, contributor="tests", reason="the whole table")
    copied = {report.report_id for report in checked.extract.reports}
    facts = extract(importer, starter()).drafts
    assert receipt.unchanged == sum(report in copied for report in facts.report_id)
    assert not receipt.differing
    assert not receipt.revised


def test_rows_that_cannot_be_taken_are_refused() -> None:
    """An unknown place or a bad day leaves out its row."""
    head = ",".join(COLUMNS)
    row = "DMDC,k,As of x,t,,S!A1,{key},q,3,USA,{place},present,active,unstated,3,,{day},"
    lines = [head, row.format(key="a", place="ITA", day="2020"), row.format(key="b", place="Nowhere", day="2020")]
    text = "\n".join([*lines, row.format(key="c", place="ITA", day="someday")])
    made = extract(importer, Document(name="x.csv", content=text.encode()))
    assert (len(made.drafts), made.refused) == (1, 2)


def test_a_table_without_all_columns_is_refused() -> None:
    """Copied cells need all their columns."""
    text = "report_kind,as_of_printed,key,locator,printed\na,b,c,d,e\n"
    with pytest.raises(RefusedInput, match="lacks the columns"):
        importer.extract(Document(name="x.csv", content=text.encode()), Names.shipped())
