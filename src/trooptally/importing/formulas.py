"""Which cells of a workbook hold formulas: what they show was computed once, by some program, and may be stale."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from trooptally.importing.headings import column_letter

if TYPE_CHECKING:
    from trooptally.importing.document import Document

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b")
_MOST_REPEATED = 1000
_NONE: Mapping[str, frozenset[str]] = {}


def formula_cells(document: Document) -> Mapping[str, frozenset[str]]:
    """Return the cells with formulas ("C19") by sheet name; of workbooks in the old binary format, none are known."""
    if not document.content.startswith(b"PK"):
        return _NONE
    document.sheets  # noqa: B018 - the guards before any parsing also guard what is unpacked here
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            if "content.xml" in archive.namelist():
                return _open_document_formulas(archive.read("content.xml"))
            return {name: _formulas(archive.read(part)) for name, part in _sheet_parts(archive)}
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, ExpatError):
        return _NONE  # another kind of workbook, or one whose parts have other names than they should


def _open_document_formulas(xml: bytes) -> Mapping[str, frozenset[str]]:
    """Return the cells with formulas of an ODS workbook."""
    reading = _OpenDocument()
    parser = ParserCreate()
    parser.StartElementHandler = reading.start
    parser.Parse(xml, True)  # noqa: FBT003 - its only way to say that this is the end
    return {name: frozenset(cells) for name, cells in reading.found.items()}


class _OpenDocument:
    """The tables of an ODS workbook on the way through its elements."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}
        self._sheet, self._row, self._row_end, self._column = "", 0, 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep count of rows and columns, each of which may stand for several, and note the cells with formulas."""
        match tag:
            case "table:table":
                self._sheet, self._row_end = attributes.get("table:name", ""), 0
                self.found[self._sheet] = set()
            case "table:table-row":
                self._row = self._row_end + 1
                self._row_end += _repeated(attributes, "rows")
                self._column = 0
            case "table:table-cell" | "table:covered-table-cell":
                several = _repeated(attributes, "columns")
                if "table:formula" in attributes and self._sheet in self.found:
                    for at in range(self._column, self._column + min(several, _MOST_REPEATED)):
                        self.found[self._sheet].add(f"{column_letter(at)}{self._row}")
                self._column += several
            case _:
                pass


def _repeated(attributes: dict[str, str], what: str) -> int:
    return int(attributes.get(f"table:number-{what}-repeated", "1"))


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    relations = [_attributes(found) for found in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))]
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    sheets = [_attributes(found) for found in _SHEET.findall(archive.read("xl/workbook.xml"))]
    return [(sheet.get("name", ""), _part(targets.get(sheet.get("r:id", ""), ""))) for sheet in sheets]


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formulas(xml: bytes) -> frozenset[str]:
    return frozenset(_attributes(found).get("r", "") for found in _FORMULA.findall(xml))


def _attributes(tag: bytes) -> dict[str, str]:
    from html import unescape

    return {name.decode(): unescape(text.decode("utf-8", "replace")) for name, text in _ATTRIBUTE.findall(tag)}
