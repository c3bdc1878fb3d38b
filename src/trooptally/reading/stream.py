"""Many documents, one JSON object a line: read as a stream, with memory that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from trooptally.errors import RefusedInput, TrooptallyError
from trooptally.names import Names
from trooptally.reading.door import read
from trooptally.reading.prefilter import worth_reading
from trooptally.reading.rows import as_row


def read_lines(lines: Iterable[bytes | str], *, names: Names | None = None) -> Iterator[dict[str, Any]]:
    """Yield a row with its `doc_id` for every draft of every document.

    Args:
        lines: `doc_id, text, published_on, publisher` and optionally `title, url`, as one JSON object each; empty
            lines are passed over.
        names: The names to read by; those that ship where none are given.

    Raises:
        RefusedInput: a line that would be read is no such object; it names the line.
    """
    for number, line in enumerate(lines, 1):
        raw = line.encode() if isinstance(line, str) else line
        if worth_reading(raw):
            yield from _rows(raw, number, names)


def _rows(raw: bytes, number: int, names: Names | None) -> Iterator[dict[str, Any]]:
    document = _document(raw, number)
    try:
        drafts = read(
            document["text"],
            published_on=_printed(document, "published_on") or None,
            publisher=_printed(document, "publisher"),
            title=_printed(document, "title"),
            url=_printed(document, "url"),
            names=names,
        )
    except TrooptallyError as err:
        raise RefusedInput(f"Line {number}: {err}") from err
    for draft in drafts:
        yield {"doc_id": document["doc_id"], **as_row(draft)}


def _document(raw: bytes, number: int) -> dict[str, Any]:
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as err:
        raise RefusedInput(f"Line {number} is no JSON object: {err}.") from err
    if not isinstance(document, dict) or not isinstance(document.get("text"), str) or "doc_id" not in document:
        raise RefusedInput(f"Line {number} is no document: expected an object with 'doc_id' and 'text'.")
    return document


def _printed(document: dict[str, Any], name: str) -> str:
    found = document.get(name)
    return found if isinstance(found, str) else ""
