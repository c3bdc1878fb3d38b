"""What a workbook's bytes must satisfy before any library parses them; standard library only, little memory.

A spreadsheet of a few kilobytes can ask a parser for gigabytes. Such files are refused here in milliseconds;
what slips through meets the limits of the process that parses (see `sheetworker`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO

from trooptally.errors import UnreadableDocument

LARGEST_FILE = 20_000_000
_MOST_PARTS = 2_000
_LARGEST_PART = 200_000_000
_LARGEST_UNPACKED = 300_000_000
_BIGGEST_RATIO = 200
_RATIO_MATTERS_ABOVE = 1_000_000
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MOST_CELLS = 4_000_000
_LONGEST_STRING = 32_767  # what one cell can hold
_CHUNK = 1 << 20
_OVERLAP = 64
_ENCRYPTED = 0x1
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_SHARED_STRING = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)<")
_REPEATED = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"']([0-9]{8,})")
_OTHER_UNICODE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def check_workbook(content: bytes, name: str) -> None:
    """Refuse a workbook that is broken, encrypted, or asks for more than a table of figures needs.

    Raises:
        UnreadableDocument: with the reason.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableDocument(
            f"{name} has {len(content) / 1e6:,.0f} MB; a workbook may have {LARGEST_FILE / 1e6:.0f} MB, "
            "so save it as CSV."
        )
    if not content.startswith(b"PK"):
        return  # the old binary format is left to the limits of the parsing process
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError) as err:
        raise UnreadableDocument(f"{name} is a broken workbook: it cannot be unpacked.") from err
    except ValueError as err:
        raise UnreadableDocument(f"{name} is a broken workbook: {err}.") from err
    except NotImplementedError as err:  # zipfile's word for ways of packing that it does not know
        raise UnreadableDocument(f"{name} is no healthy workbook: it is packed in an unusual way.") from err
    except RuntimeError as err:  # zipfile's word for a password
        raise UnreadableDocument(f"{name} is protected by a password.") from err


def _check_archive(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or len(names) < len(parts):
        raise UnreadableDocument(f"{name} is no healthy workbook: too many parts, or two of one name.")
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise UnreadableDocument(f"{name} is an archive, but not a workbook (XLSX or ODS).")
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise UnreadableDocument(f"{name} is no healthy workbook: it is packed in an unusual way.")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableDocument(f"{name} is protected by a password.")
    unpacked = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as stream:
                unpacked += _check_part(stream, part, name)
        if unpacked > _LARGEST_UNPACKED:
            raise _too_much(name)


def _check_part(stream: IO[bytes], part: zipfile.ZipInfo, name: str) -> int:
    """Unpack one part in pieces and look at each; the sizes that the archive itself states prove nothing."""
    size, tail = 0, b""
    shape = _Shape(name)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > _LARGEST_PART or (size > _RATIO_MATTERS_ABOVE and size > _BIGGEST_RATIO * max(part.compress_size, 1)):
            raise _too_much(name)
        if not tail and chunk.startswith(_OTHER_UNICODE):
            raise UnreadableDocument(f"{name} is no healthy workbook: a part is not UTF-8.")
        window = tail + chunk
        if _DECLARATION.search(window):
            raise UnreadableDocument(f"{name} is no healthy workbook: it declares entities.")
        shape.look(part.filename, window)
        tail = chunk[-_OVERLAP:]
    shape.judge()
    return size


class _Shape:
    """How far a sheet reaches, as its cells say."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = 0
        self._column = 0

    def look(self, part: str, window: bytes) -> None:
        """Take account of one piece of a part."""
        if part.startswith("xl/worksheets/"):
            # Unique references only: a sheet names each column a hundred thousand times.
            found = _REFERENCE.findall(window)
            self._row = max([self._row, *map(int, {digits for _, digits in found})])
            self._column = max([self._column, *map(_column, {letters for letters, _ in found})])
        elif part.startswith("xl/sharedStrings"):
            if any(len(text) > _LONGEST_STRING * 4 for text in _SHARED_STRING.findall(window)):
                raise _too_much(self._name)
        elif _REPEATED.search(window):
            raise _too_much(self._name)

    def judge(self) -> None:
        """Refuse a sheet whose corners lie further apart than any table of figures."""
        if self._row > _LAST_ROW or self._column > _LAST_COLUMN or self._row * self._column > _MOST_CELLS:
            raise UnreadableDocument(
                f"{self._name} reaches to row {self._row:,} and column {self._column:,}; at most "
                f"{_MOST_CELLS:,} cells are read from a sheet, so save it as CSV."
            )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_much(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"{name} unpacks to more than a table of figures needs and was not read.")
