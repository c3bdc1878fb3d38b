"""The empty claims table."""

from __future__ import annotations

from trooptally.entry import match_headers
from trooptally.entry.template import csv_template, xlsx_template
from trooptally.importing import Document, tables_of


def test_csv_template_is_a_complete_header() -> None:
    """The CSV template has every column a claim needs, and no row."""
    (table,) = tables_of(Document(name="t.csv", content=csv_template()))
    assert match_headers(table.header).complete
    assert not match_headers(table.header).unknown
    assert [block.rows for block in table.blocks()] == []


def test_workbook_template_has_the_columns_of_the_csv() -> None:
    """Both templates have the same columns, and the workbook explains them on a second sheet."""
    form, explanations = tables_of(Document(name="t.xlsx", content=xlsx_template()))
    (plain,) = tables_of(Document(name="t.csv", content=csv_template()))
    assert form.header == plain.header
    assert explanations.name == "help"
