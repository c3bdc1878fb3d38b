"""Many documents in one file: one JSON object a line, with the text and who published it when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from trooptally.errors import RefusedInput
from trooptally.importing.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """One line of such a file.

    Attributes:
        published_on: The day or period of publication, EDTF, or empty.
    """

    doc_id: str
    text: str
    published_on: str = ""
    publisher: str = ""
    url: str = ""


def documents_of(path: str) -> Iterator[TextDocument]:
    """Yield the documents of a file, in its order.

    Raises:
        UnreadableDocument: the file cannot be read as text.
        RefusedInput: a line is no JSON object with a doc_id and a text.
    """
    document = Document.at(path)
    with document.lines() as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _document(line, f"{document.name}, line {number}")


def _document(line: str, where: str) -> TextDocument:
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as err:
        raise RefusedInput(f"{where}: the line is no JSON.") from err
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str) or "doc_id" not in fields:
        raise RefusedInput(f"{where}: expected a JSON object with doc_id and text.")
    return TextDocument(
        doc_id=str(fields["doc_id"]),
        text=fields["text"],
        **{name: _text(fields.get(name), name, where) for name in ("published_on", "publisher", "url")},
    )


def _text(found: Any, name: str, where: str) -> str:
    if found is None or isinstance(found, str):
        return found or ""
    raise RefusedInput(f"{where}: {name} is {type(found).__name__}, not text.")
