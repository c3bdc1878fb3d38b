"""The words of a PDF, page by page; pictures of text are not read."""

from __future__ import annotations

from itertools import accumulate

from trooptally.importing.article import Article, first_line_as_title
from trooptally.importing.confined import answer_of

LARGEST_PDF = 20_000_000
_BETWEEN_PAGES = "\n"


def read_pdf(content: bytes, name: str) -> Article:
    """Return the text of a PDF and where its pages begin.

    Raises:
        UnreadableDocument: it is damaged, protected by a password, a scan without words, or asks for too much.
    """
    found = answer_of(content, name, kind="PDF file", reader="pdf", most_bytes=LARGEST_PDF)
    pages: list[str] = found["pages"]
    text = _BETWEEN_PAGES.join(pages)
    starts = accumulate((len(page) + len(_BETWEEN_PAGES) for page in pages[:-1]), initial=0)
    title = " ".join(found["title"].split())
    return Article(text=text, title=title or first_line_as_title(text), page_starts=tuple(starts))
