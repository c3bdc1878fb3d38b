"""The words of a Word file (DOCX); comments, deletions, macros and pictures are not read."""

from __future__ import annotations

from trooptally.errors import UnreadableDocument
from trooptally.importing.article import Article, first_line_as_title
from trooptally.importing.confined import answer_of

LARGEST_WORD_FILE = 20_000_000


def read_word_file(content: bytes, name: str) -> Article:
    """Return the text of a Word file.

    Raises:
        UnreadableDocument: it is of the old format, damaged, protected, empty, or asks for too much.
    """
    if not content.startswith(b"PK"):
        raise UnreadableDocument(f"{name} is a Word file of the old format (DOC); save it as DOCX or PDF.")
    found = answer_of(content, name, kind="Word file", reader="word", most_bytes=LARGEST_WORD_FILE)
    title = " ".join(found["title"].split())
    return Article(text=found["text"], title=title or first_line_as_title(found["text"]))
