"""Many documents, one JSON object a line: read as a stream, with memory that does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import orjson

from trooptally.errors import RefusedInput, TrooptallyError
from trooptally.model import Draft
from trooptally.names import Names
from trooptally.reading.door import read
from trooptally.reading.prefilter import worth_reading
from trooptally.reading.rows import as_row

Row: TypeAlias = dict[str, Any]

_ALWAYS_CHECKED = 16


def read_lines(
    lines: Iterable[bytes | str],
    *,
    names: Names | None = None,
    row: Callable[[Draft], Row] = as_row,
    source: str = "",
) -> Iterator[Row]:
    """Yield a row with its `doc_id` for every draft of every document.

    A line that cannot hold a figure is passed over without being decoded; of the first lines every one is decoded, so
    that a file of another kind is told at once.

    Args:
        lines: `doc_id, text, published_on, publisher` and optionally `title, url`, as one JSON object each; empty
            lines are passed over.
        names: The names to read by; those that ship where none are given.
        row: From a draft to its row.
        source: What the lines come from, for the sentence about a broken one.

    Raises:
        RefusedInput: a line that is decoded is no such object; it names the line.
    """
    for number, line in enumerate(lines, 1):
        raw = line.encode() if isinstance(line, str) else line
        if worth_reading(raw):
            yield from _rows(raw, _where(source, number), names, row)
        elif number <= _ALWAYS_CHECKED and raw.strip():
            _document(raw, _where(source, number))


def _where(source: str, number: int) -> str:
    return f"{source}, line {number}" if source else f"Line {number}"


def _rows(raw: bytes, where: str, names: Names | None, row: Callable[[Draft], Row]) -> Iterator[Row]:
    document = _document(raw, where)
    try:
        drafts = read(
            document["text"],
            published_on=document.get("published_on") or None,
            publisher=document.get("publisher") or "",
            title=document.get("title") or "",
            url=document.get("url") or "",
            names=names,
        )
    except TrooptallyError as err:
        raise RefusedInput(f"{where}: {err}") from err
    for draft in drafts:
        yield {"doc_id": document["doc_id"], **row(draft)}


def _document(raw: bytes, where: str) -> dict[str, Any]:
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as err:
        raise RefusedInput(f"{where} is no JSON object: {err}.") from err
    if not isinstance(document, dict) or not isinstance(document.get("text"), str) or "doc_id" not in document:
        raise RefusedInput(f"{where} is no document: expected an object with 'doc_id' and 'text'.")
    for name in ("published_on", "publisher", "title", "url"):
        if not isinstance(document.get(name), str | None):
            raise RefusedInput(f"{where}: {name} is {type(document[name]).__name__}, not text.")
    return document
