"""Workbooks: what is read, and what is refused before or while it is parsed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # same
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from trooptally.errors import UnreadableDocument
from trooptally.importing import Document, tables_of, workbook
from trooptally.importing.formulas import formula_cells
from trooptally.importing.preflight import check_workbook
from trooptally.importing.workbook import cell_text, read_workbook

if TYPE_CHECKING:
    from pathlib import Path


def _workbook(*rows: tuple[Any, ...], title: str = "claims") -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """Return a workbook in which one part is replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or _workbook(("force",)))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


def test_cells_keep_their_kind() -> None:
    """Text, numbers, days and empty cells come out as what they are."""
    rows = [("about 2,500", 2500, 1.5, dt.date(2021, 9, 20), None, True)]
    (sheet,) = read_workbook(_workbook(*rows), "x.xlsx")
    assert sheet.name == "claims"
    assert sheet.text_rows() == [["about 2,500", "2500", "1.5", "2021-09-20", "", "TRUE"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (dt.datetime(2021, 9, 20, 0, 0), "2021-09-20"),  # noqa: DTZ001 - a workbook has no time zone
        (dt.datetime(2021, 9, 20, 6, 0), "2021-09-20T06:00:00"),  # noqa: DTZ001 - same
        (3.0, "3"),
        (None, ""),
        (False, "FALSE"),
    ],
)
def test_cell_is_shown_as_a_person_sees_it(cell: workbook.Cell, text: str) -> None:
    """Whole numbers have no point, and a day at midnight is a day."""
    assert cell_text(cell) == text


def test_first_filled_row_is_the_header() -> None:
    """Empty rows above the header and empty columns beside it do not matter; row numbers stay the sheet's."""
    content = _workbook((None,), ("force", "place", None), ("USA", "IRQ", None))
    (table,) = tables_of(Document(name="x.xlsx", content=content))
    assert (table.header, table.header_row) == (("force", "place"), 2)
    (block,) = table.blocks()
    assert (block.rows, block.columns) == ([3], [["USA"], ["IRQ"]])


def test_real_workbooks_are_read(real_data: Path) -> None:
    """Official workbooks pass, with 1,024 columns of which few are used as well as in the old format."""
    for name in ("DMDC_Website_Location_Report_2512.xlsx", "DOD-by-loc_2010-09-30.xlsx", "June1968.xls"):
        assert Document.at(real_data / "official" / name).sheets


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 and then nothing", "cannot be unpacked"),
        (_workbook(("force",))[:-40], "cannot be unpacked"),
        (_with_part("xl/worksheets/sheet1.xml", b"<!DOCTYPE a []><a/>"), "declares entities"),
        (_with_part("xl/worksheets/sheet1.xml", "<a/>".encode("utf-16")), "not UTF-8"),
        (_with_part("xl/worksheets/sheet1.xml", b" " * 40_000_000), "unpacks to more"),
        (_with_part("xl/worksheets/sheet1.xml", b'<c r="A1"/><c r="XFD1048576"/>'), "column 16,384"),
        (_with_part("xl/sharedStrings.xml", b"<si><t>" + b"ab" * 200_000 + b"</t></si>"), "unpacks to more"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken workbook"),
    ],
    ids=["no zip", "cut", "doctype", "utf-16", "blanks", "far corners", "long string", "old format"],
)
def test_dangerous_or_broken_workbook_is_refused(content: bytes, sentence: str) -> None:
    """What asks for too much, or is none, is refused in one sentence."""
    with pytest.raises(UnreadableDocument, match=sentence):
        read_workbook(content, "x.xlsx")


def test_archive_that_is_no_workbook_is_refused() -> None:
    """A ZIP of other things is named as that."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableDocument, match="not a workbook"):
        read_workbook(stream.getvalue(), "x.zip")


def test_workbook_that_slips_through_cannot_take_us_with_it() -> None:
    """A shared string that a few cells multiply into gigabytes ends the parsing process, not this one."""
    string = b"<sst><si><t>" + b"x" * 100_000 + b"</t></si></sst>"
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 20_000))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    bomb = _with_part("xl/sharedStrings.xml", string, _workbook(*[("text",), ("more",)]))
    bomb = _with_part("xl/worksheets/sheet1.xml", sheet + cells + b"</sheetData></worksheet>", bomb)
    with pytest.raises(UnreadableDocument, match=r"memory or time|broken"):
        read_workbook(bomb, "x.xlsx")


def test_slow_parser_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that takes too long is given up with a sentence."""
    monkeypatch.setattr(workbook, "_WALL_SECONDS", 0.0)
    with pytest.raises(UnreadableDocument, match="takes longer"):
        read_workbook(_workbook(("force",)), "x.xlsx")


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=8))
def test_damaged_workbook_passes_or_is_refused(at: int, damage: bytes) -> None:
    """However a workbook is damaged, the check before parsing answers with a sentence or lets it pass."""
    whole = _workbook(("force", "place"), ("USA", "IRQ"))
    at %= len(whole)
    sentence = "x.xlsx passes"
    try:
        check_workbook(whole[:at] + damage + whole[at + len(damage) :], "x.xlsx")
    except UnreadableDocument as err:
        sentence = str(err)
    assert sentence.startswith("x.xlsx")


def _open_document(*cells: str) -> bytes:
    """Return an ODS workbook of one row, from the elements of its cells."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<table:table table:name="Data"><table:table-row>{"".join(cells)}</table:table-row></table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{entry}</manifest:manifest>")
    return stream.getvalue()


def test_formulas_of_open_documents_are_known() -> None:
    """A cell of an ODS workbook that was computed is told from one that was typed, beside repeated cells too."""
    content = _open_document(
        '<table:table-cell table:number-columns-repeated="2"/>',
        '<table:table-cell table:formula="of:=SUM([.A1:.B1])" office:value-type="float" office:value="0"/>',
        '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>',
    )
    document = Document(name="x.ods", content=content)
    assert document.sheets[0].rows == [[None, None, 0, 7]]
    assert formula_cells(document) == {"Data": frozenset({"C1"})}


def test_parquet_is_parsed_under_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Parquet file goes through the process with limits, and is refused in a sentence when it exceeds them."""
    stream = io.BytesIO()
    table = pa.table({"place": ["Mali", None], "figure": [600, 2.5], "day": [dt.date(2019, 1, 1), None]})
    pq.write_table(table, stream)
    sheet = workbook.read_parquet(stream.getvalue(), "x.parquet")
    assert sheet.text_rows() == [["place", "figure", "day"], ["Mali", "600", "2019-01-01"], ["", "2.5", ""]]
    monkeypatch.setattr(workbook, "_WALL_SECONDS", 0.001)
    with pytest.raises(UnreadableDocument, match="longer than"):
        workbook.read_parquet(stream.getvalue(), "x.parquet")


def test_a_parquet_file_of_millions_of_cells_is_refused() -> None:
    """A few kilobytes that unpack to a hundred million cells are refused, not unpacked."""
    stream = io.BytesIO()
    pq.write_table(pa.table({"n": pa.array([0] * 5_000_000, pa.int8())}), stream, compression="zstd")
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(UnreadableDocument, match="too many cells"):
        workbook.read_parquet(stream.getvalue(), "x.parquet")


def test_a_way_of_packing_that_nobody_knows_is_no_password() -> None:
    """An archive of a later version than is known is refused as such."""
    content = bytearray(_workbook(("force",)))
    at = content.index(b"PK\x01\x02")
    content[at + 6] = 99  # the version that is needed to unpack the first part
    with pytest.raises(UnreadableDocument, match="unusual way"):
        check_workbook(bytes(content), "x.xlsx")
