"""A document as importers see it: its bytes, and lazily its text, its tables and its sheets."""

from __future__ import annotations

import errno
import io
import sys
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from trooptally.errors import UnreadableDocument
from trooptally.importing.kinds import Kind, kind_of
from trooptally.importing.text import Encoding, encoding_of

if TYPE_CHECKING:
    from trooptally.importing.workbook import Sheet

LARGEST = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the person who hands in a document says of it; empty where nothing is said.

    Attributes:
        published_on: The day or period of publication, EDTF.
        mapping: The text of a mapping file, which says what the columns of a general table are.
        retrieved_at: When the bytes were fetched, ISO 8601 in UTC.
    """

    publisher: str = ""
    published_on: str = ""
    url: str = ""
    title: str = ""
    mapping: str = ""
    retrieved_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """Bytes with a name.

    Attributes:
        name: For messages only; no importer may decide by it.
        content: All bytes.
        particulars: What was said of the document beside its content.
    """

    name: str
    content: bytes = field(repr=False)
    particulars: Particulars = Particulars()

    @classmethod
    def at(cls, path: Path | str, particulars: Particulars | None = None) -> Document:
        """Return the document at a path; "-" is the standard input.

        Raises:
            UnreadableDocument: nothing is there, or nothing that can be read as a document.
        """
        told = particulars or Particulars()
        if str(path) == "-":
            return cls(name="standard input", content=_from_standard_input(), particulars=told)
        where = Path(path)
        return cls(name=where.name, content=_bytes_at(where), particulars=told)

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, 64 hexadecimal characters."""
        return sha256(self.content).hexdigest()

    @cached_property
    def kind(self) -> Kind:
        """What kind of document the bytes are."""
        return kind_of(self.content)

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the bytes begin like a spreadsheet file."""
        return self.kind is Kind.WORKBOOK

    @cached_property
    def encoding(self) -> Encoding:
        """The encoding of a text document.

        Raises:
            UnreadableDocument: the bytes are no text, or text of two encodings at once.
        """
        return encoding_of(self.content, self.name)

    @cached_property
    def text(self) -> str:
        """The whole text, line ends as newlines.

        Raises:
            UnreadableDocument: as `encoding`.
        """
        with self.lines() as lines:
            return lines.read()

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook.

        Raises:
            UnreadableDocument: it is broken, encrypted, or asks for more than a table of figures needs.
        """
        from trooptally.importing.workbook import read_workbook

        return read_workbook(self.content, self.name)

    def lines(self, newline: str | None = None) -> TextIO:
        """Return the text as a stream, without ever holding all of it.

        Raises:
            UnreadableDocument: as `encoding`.
        """
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding.codec, newline=newline)


def _bytes_at(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(f"{path} is a folder; name the files in it.")
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableDocument(
                f"{path} has {size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read: split it."
            )
        content = _read(path)
    except OSError as err:
        raise UnreadableDocument(_why(path, err)) from err
    except ValueError as err:  # a NUL in the name
        raise UnreadableDocument("There is no file of that name.") from err
    return _not_empty(content, str(path))


def _read(path: Path) -> bytes:
    # A pipe or a device has no size: one byte more than allowed tells that it is too long.
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadableDocument(f"{path} has more than {LARGEST / 1e6:,.0f} MB; split it.")
    return content


def _from_standard_input() -> bytes:
    content = sys.stdin.buffer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadableDocument(f"The standard input has more than {LARGEST / 1e6:,.0f} MB; split it.")
    return _not_empty(content, "The standard input")


def _not_empty(content: bytes, name: str) -> bytes:
    if not content:
        raise UnreadableDocument(f"{name} is empty.")
    return content


def _why(path: Path, err: OSError) -> str:
    if err.errno in {errno.ENOENT, errno.ENOTDIR}:
        return f"There is no file {path}."
    if err.errno in {errno.EACCES, errno.EPERM}:
        return f"{path} may not be read: check its rights."
    return f"{path} cannot be read: {(err.strerror or 'the system does not say why').lower()}."
