"""Cells that spreadsheets must not take for formulas."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trooptally.entry import guarded, unguarded

# A busy machine is slow to draw, not wrong.
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow])
_CELLS = st.one_of(st.text(), st.from_regex("'{0,3}[ ]?[=+\\-@\t\r\n\uff1d]?.{0,5}"))


@UNHURRIED
@given(_CELLS)
def test_guarding_loses_nothing(cell: str) -> None:
    """Whatever a cell holds, reading gives back exactly what was written."""
    assert unguarded(guarded(cell)) == cell


@UNHURRIED
@given(_CELLS)
def test_guarded_cell_starts_no_formula(cell: str) -> None:
    """No guarded cell begins like a formula, unless it is a plain number."""
    written = guarded(cell)
    start = written.lstrip(" ")[:1]
    if start and start in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20":
        assert float(written) == float(cell)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r1", "\uff1d1", " =1", "-", "-1-1"])
def test_formula_is_marked_as_text(cell: str) -> None:
    """Everything a spreadsheet could run gets an apostrophe."""
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "-5", "+12.5", "2,500", "about 2,500", "'quoted' words", "a=b"])
def test_harmless_cell_stays(cell: str) -> None:
    """Numbers, words and empty cells are written as they are."""
    assert guarded(cell) == cell
