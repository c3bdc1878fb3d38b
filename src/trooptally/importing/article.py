"""An article, whatever it came as (text, web page, PDF, Word file): its words, and what it says of itself."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trooptally.errors import UnreadableDocument
from trooptally.importing.kinds import Kind

if TYPE_CHECKING:
    from trooptally.importing.document import Document

_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The words of an article, one line for each paragraph; empty where the document does not say.

    Attributes:
        text: What is read; offsets of drafts are characters of it.
        published_on: A day, ISO 8601.
        url: The address that the page gives as its own, http or https.
        page_starts: The offset at which each page begins, where there are pages.
    """

    text: str = field(repr=False)
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    url: str = ""
    page_starts: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int:
        """Return the number of the page on which a character stands, from 1 on; 0 where there are no pages."""
        return bisect_right(self.page_starts, offset)

    def told(self, *, title: str = "", publisher: str = "", published_on: str = "", url: str = "") -> Article:
        """Return the article with what a person says of it before what it says of itself."""
        return replace(
            self,
            title=title or self.title,
            publisher=publisher or self.publisher,
            published_on=published_on or self.published_on,
            url=url or self.url,
        )


def article_of(document: Document) -> Article:
    """Return the article that a document is.

    Raises:
        UnreadableDocument: it is damaged, protected, empty, too large, or no text at all.
    """
    match document.kind:
        case Kind.WEB_PAGE:
            from trooptally.importing.webpage import read_page

            return read_page(document.content, document.name)
        case Kind.PDF:
            from trooptally.importing.pdf import read_pdf

            return read_pdf(document.content, document.name)
        case Kind.WORD:
            from trooptally.importing.wordfile import read_word_file

            return read_word_file(document.content, document.name)
        case Kind.FEED:
            raise UnreadableDocument(f"{document.name} is a feed of many articles; 'trooptally import' reads it.")
        case Kind.TEXT | Kind.WORKBOOK:  # a workbook says itself that it is no text
            return Article(text=document.text, title=first_line_as_title(document.text))


def first_line_as_title(text: str) -> str:
    """Return the first line where it looks like a headline: short, and not a sentence."""
    first = text.lstrip().partition("\n")[0].strip()
    return first if 0 < len(first) <= _LONGEST_TITLE and not first.endswith((".", ",", ";", ":")) else ""
