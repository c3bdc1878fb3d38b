"""Which encoding a document's bytes are in, decided by the bytes alone, with the doubt kept."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass

from trooptally.errors import UnreadableDocument
from trooptally.model import Issue
from trooptally.vocabulary import Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
)
_WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_MOST_HIGH_BYTES = 0.2
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How to turn bytes into text.

    Attributes:
        codec: Python's name of it; a byte order mark is taken off.
        issues: What a person should know about the choice.
    """

    codec: str
    issues: tuple[Issue, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes begin like a spreadsheet file (or another archive)."""
    return content.startswith(_WORKBOOK_MARKS)


def encoding_of(content: bytes, name: str) -> Encoding:
    """Return the encoding of a text document.

    Raises:
        UnreadableDocument: the bytes are no text, or text of two encodings at once.
    """
    if not content.strip():
        raise UnreadableDocument(f"{name} is empty.")
    _refuse_other_kinds(content, name)
    for mark, codec, spoken in _MARKS:
        if content.startswith(mark):
            return _checked(content, codec, spoken, name)
    _refuse_binary(content, name)
    if content.isascii() or _first_broken_byte(content, "utf-8") is None:
        return Encoding(codec="utf-8")
    return _single_byte(content, name)


def _refuse_other_kinds(content: bytes, name: str) -> None:
    for mark, kind in _KINDS:
        if content.startswith(mark):
            raise UnreadableDocument(f"{name} is {kind}; a text, a table or a workbook was expected.")
    if is_workbook(content):
        raise UnreadableDocument(f"{name} is a workbook or an archive, not a text.")


def _refuse_binary(content: bytes, name: str) -> None:
    at = content.find(b"\0")
    if at >= 0:
        raise UnreadableDocument(
            f"{name} is no text: line {_line(content, at)} contains a NUL byte, which no text file carries."
        )
    head = content[:_BLOCK]
    if len(_CONTROL.findall(head)) > len(head) // 100:
        raise UnreadableDocument(f"{name} is no text: it is full of control characters.")


def _checked(content: bytes, codec: str, spoken: str, name: str) -> Encoding:
    at = _first_broken_byte(content, codec)
    if at is not None:
        raise UnreadableDocument(f"{name} says that it is {spoken}, but byte {at + 1} is not.")
    return Encoding(codec=codec)


def _first_broken_byte(content: bytes, codec: str) -> int | None:
    """Return the position of the first byte that the codec cannot read, in constant memory."""
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(content), _BLOCK):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(content[start : start + _BLOCK], final=start + _BLOCK >= len(content))
        except UnicodeDecodeError as err:
            return start - waiting + err.start
    return None


def _single_byte(content: bytes, name: str) -> Encoding:
    first_utf8, first_other = _first_lines(content)
    if first_utf8:
        raise UnreadableDocument(
            f"{name} mixes encodings: line {first_utf8} is UTF-8 and line {first_other} is not; save it again as UTF-8."
        )
    at = _first_broken_byte(content, "cp1252")
    if at is not None or not _plausible(content):
        line = _line(content, at) if at is not None else first_other
        raise UnreadableDocument(
            f"{name} is neither UTF-8 nor Windows-1252 text (see line {line}); save it again as UTF-8."
        )
    message = f"the text is not UTF-8 and was read as Windows-1252; look at the accents from line {first_other} on"
    return Encoding(
        codec="cp1252",
        issues=(Issue(severity=Severity.WARNING, locator=f"line {first_other}", message=message),),
    )


def _first_lines(content: bytes) -> tuple[int, int]:
    """Return the first line with non-ASCII UTF-8 and the first with other bytes, 0 for none."""
    first_utf8 = first_other = 0
    for number, line in enumerate(io.BytesIO(content), start=1):
        if line.isascii():
            continue
        if _first_broken_byte(line, "utf-8") is None:
            first_utf8 = first_utf8 or number
        else:
            first_other = first_other or number
        if first_utf8 and first_other:
            break
    return first_utf8, first_other


def _plausible(content: bytes) -> bool:
    # Western European text is mostly ASCII; Cyrillic or Arabic read as Windows-1252 is mostly accents.
    head = content[:_BLOCK]
    return len(_HIGH.findall(head)) <= _MOST_HIGH_BYTES * len(head) and not _CONTROL.search(head)


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1
