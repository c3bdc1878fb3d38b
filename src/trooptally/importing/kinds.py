"""What kind of document some bytes are, told by the bytes alone; a name or a server's word proves nothing."""

from __future__ import annotations

import codecs
import re
from enum import Enum

from trooptally.importing.text import is_workbook

_LOOKED_AT = 10_000
_LEADING = r"\ufeff?\s{0,2000}(?:<\?xml[^>]{0,300}\?>\s{0,2000})?(?:<!--(?:(?!-->).){0,5000}-->\s{0,2000}){0,20}"
_WEB_PAGE = re.compile(_LEADING + r"<(?:!doctype html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(
    _LEADING + r"(?:<\?xml-stylesheet[^>]{0,500}\?>\s{0,200}){0,5}<(?:rss|feed|(?:\w{1,20}:)?rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF_WITHIN = 1_024  # readers of the format look no further for its mark


class Kind(Enum):
    """The kinds of document that are told apart before any importer looks."""

    TEXT = "text"
    WORKBOOK = "workbook"
    WEB_PAGE = "web page"
    PDF = "PDF file"
    WORD = "Word file"
    FEED = "feed"


def kind_of(content: bytes) -> Kind:
    """Return the kind of a document; text is what is nothing else."""
    if is_workbook(content):
        return Kind.WORD if _is_word(content) else Kind.WORKBOOK
    if content[:_PDF_WITHIN].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    head = _head(content)
    if _FEED.match(head):
        return Kind.FEED
    return Kind.WEB_PAGE if _WEB_PAGE.match(head) else Kind.TEXT


def is_web_page(text: str) -> bool:
    """Return whether a text is HTML."""
    return bool(_WEB_PAGE.match(text[:_LOOKED_AT]))


def _is_word(content: bytes) -> bool:
    # The parts of an archive carry their names unpacked; a workbook may hold a whole Word file as one part.
    if content.startswith(b"PK"):
        return b"word/document.xml" in content and b"xl/workbook.xml" not in content
    return "WordDocument".encode("utf-16-le") in content


def _head(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content[:_LOOKED_AT].decode("utf-16" if wide else "utf-8", errors="replace")
