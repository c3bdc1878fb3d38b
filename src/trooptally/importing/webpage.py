"""The words of a web page, without its menus, scripts and styles; the page is never shown or run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from trooptally.errors import UnreadableDocument

_LARGEST_PAGE = 5_000_000
_BEGINNING = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL)
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button"}
    | {"select", "svg", "iframe", "figcaption"}
)
_BREAKING = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "section"}
    | {"article", "main", "header", "blockquote", "dd", "dt", "dl", "hr", "pre", "title"}
)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page's words: one line for each paragraph."""

    title: str
    text: str


def is_web_page(text: str) -> bool:
    """Return whether a text is HTML."""
    return bool(_BEGINNING.match(text[:10_000]))


def page_of(html: str) -> Page:
    """Return the title and the paragraphs of a page; its first heading, or else its title, stands on top.

    Raises:
        UnreadableDocument: the page is larger than any article.
    """
    if len(html) > _LARGEST_PAGE:
        raise UnreadableDocument(f"The web page has more than {_LARGEST_PAGE // 1_000_000} million characters.")
    words = _Words()
    words.feed(html)
    words.close()
    lines = [_SPACES.sub(" ", line).strip() for line in "".join(words.spoken).split("\n")]
    title = _SPACES.sub(" ", " ".join("".join(words.title).split()))
    return Page(title=title, text="\n".join(line for line in lines if line))


def readable_text(text: str) -> str:
    """Return a text as it is, and a web page as its words."""
    return page_of(text).text if is_web_page(text) else text


class _Words(HTMLParser):
    """Collects what a reader of the page would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.spoken: list[str] = []
        self.title: list[str] = []
        self._silent = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        elif tag == "title":
            self._in_title = True
        if tag in _BREAKING:
            self.spoken.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _BREAKING:
            self.spoken.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "title":
            self._in_title = False
        if tag in _BREAKING:
            self.spoken.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._silent:
            # A line end inside a paragraph is a space of the layout.
            self.spoken.append(data.replace("\n", " "))
