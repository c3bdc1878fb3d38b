"""The article of a web page, without its menus, scripts and styles; the page is never shown, run or fetched from."""

from __future__ import annotations

from urllib.parse import urlsplit

from trooptally.importing.article import Article
from trooptally.importing.confined import answer_of
from trooptally.importing.kinds import is_web_page

LARGEST_PAGE = 2_000_000

__all__ = ["LARGEST_PAGE", "is_web_page", "page_of", "read_page", "web_address"]


def read_page(content: bytes, name: str) -> Article:
    """Return the article of a page, with what the page says of its title, publisher, day and address.

    Raises:
        UnreadableDocument: the page is larger than any article, without words, or costs more than an article may.
    """
    found = answer_of(content, name, kind="web page", reader="web page", most_bytes=LARGEST_PAGE)
    return Article(
        text=found["text"],
        title=" ".join(found["title"].split()),
        publisher=" ".join(found["publisher"].split()),
        published_on=found["published_on"],
        url=web_address(found["url"]),
    )


def page_of(html: str) -> Article:
    """Return the article of a page that somebody pasted.

    Raises:
        UnreadableDocument: as `read_page`.
    """
    # What was pasted is text already, so no declaration in it counts any more.
    return read_page(b"\xef\xbb\xbf" + html.encode(errors="replace"), "The web page")


def web_address(printed: str) -> str:
    """Return an address that begins with http:// or https:// as it is, and any other as none."""
    try:
        parts = urlsplit(printed.strip())
    except ValueError:
        return ""
    return printed.strip() if parts.scheme in {"http", "https"} and parts.hostname else ""
