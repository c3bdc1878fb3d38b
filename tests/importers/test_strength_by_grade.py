"""Tables by grade are known and refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.workbooks import sheet_bytes
from trooptally.errors import RefusedInput
from trooptally.importers.strength_by_grade import importer
from trooptally.importing import Document
from trooptally.intake import check
from trooptally.names import Names

GRADES = (
    ["Department of Defense"],
    ["Active Duty Military Personnel by Rank/Grade"],
    ["Rank/Grade", "Army", "Navy", "Total"],
    ["COLONEL -CAPTAIN", 4, 3, 7],
    ["E-9", 1, 2, 3],
    ["E-8", 1, 2, 3],
    ["WARRANT OFFICER W-1", 1, 0, 1],
)


def test_a_table_by_grade_is_refused_with_the_reason() -> None:
    """Strength by grade says nothing about places, and the sentence says so."""
    document = Document(name="grades.xlsx", content=sheet_bytes(GRADES))
    with pytest.raises(RefusedInput, match="by rank and grade, not by place"):
        check(document, Names.shipped())


def test_a_table_without_ranks_is_left_to_others() -> None:
    """A title alone makes no table by grade."""
    document = Document(name="x.xlsx", content=sheet_bytes([["by grade"], ["ITALY", 1]]))
    assert not importer.identify(document)
    assert not importer.identify(Document(name="x.txt", content=b"by grade"))


@pytest.mark.parametrize("name", ["June1968.xls", "AD_Strengths_FY2013-FY2015.xlsx"])
def test_the_real_tables_by_grade_are_refused(real_data: Path, name: str) -> None:
    """Old and new workbooks of strength by grade are refused alike."""
    with pytest.raises(RefusedInput, match="not by place"):
        check(Document.at(real_data / "official" / name), Names.shipped())
