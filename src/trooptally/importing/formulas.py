"""Which cells of a workbook hold formulas: what they show was computed once, by some program, and may be stale."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trooptally.importing.document import Document

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b")
_NONE: Mapping[str, frozenset[str]] = {}


def formula_cells(document: Document) -> Mapping[str, frozenset[str]]:
    """Return the cells with formulas ("C19") by sheet name; of other kinds of workbook than XLSX, none are known."""
    if not document.content.startswith(b"PK"):
        return _NONE
    document.sheets  # noqa: B018 - the guards before any parsing also guard what is unpacked here
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            return {name: _formulas(archive.read(part)) for name, part in _sheet_parts(archive)}
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError):
        return _NONE  # another kind of workbook, or one whose parts have other names than they should


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
