"""The empty claims table, as CSV and as a workbook with help in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from trooptally.entry.fields import FIELDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = tuple(field for field in FIELDS if field.in_template)
_PREPARED_ROWS = 1_000
_WIDTH = 16


def csv_template() -> bytes:
    """Return the header of a claims table."""
    return (",".join(field.name for field in _COLUMNS) + "\r\n").encode()


def xlsx_template() -> bytes:
    """Return a workbook: a sheet to fill in, its cells kept as text, and one that explains the columns."""
    from openpyxl import Workbook

    book = Workbook()
    form = book.active or book.create_sheet()
    form.title = "claims"
    _lay_out_form(form)
    _explain(book.create_sheet("help"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lay_out_form(sheet: Worksheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.append([field.name for field in _COLUMNS])
    sheet.freeze_panes = "A2"
    for position, field in enumerate(_COLUMNS, start=1):
        letter = get_column_letter(position)
        sheet.cell(1, position).font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDTH
        # Text: or a spreadsheet would turn "2021-09" into a day and "2.500" into two and a half.
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, _PREPARED_ROWS + 2):
            sheet.cell(row, position).number_format = "@"
        if field.choices:
            choice = DataValidation(type="list", formula1=f'"{",".join(field.choices)}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{_PREPARED_ROWS + 1}")
            sheet.add_data_validation(choice)


def _explain(sheet: Worksheet) -> None:
    sheet.append(["column", "must be filled", "what belongs here", "example", "one of"])
    for field in FIELDS:
        required = "yes" if field.required else ""
        sheet.append([field.name, required, field.help, field.example, ", ".join(field.choices)])
    for letter, width in (("A", _WIDTH), ("B", _WIDTH), ("C", 80), ("D", 30), ("E", 60)):
        sheet.column_dimensions[letter].width = width
