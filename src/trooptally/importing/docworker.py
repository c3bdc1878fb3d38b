"""Read one web page, PDF, Word file or feed from standard input into JSON on standard output, under hard limits.

Run as a script with the reader's name. It stands alone and imports nothing of ours, so that a parser that is tricked
into asking for gigabytes, looping or crashing takes only this process with it. No library here ever sees an address:
all of them are given bytes.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
MOST_CHARACTERS = 5_000_000
MOST_PAGES = 2_000
MOST_ENTRIES = 5_000
MOST_PARTS = 5_000
LARGEST_PART = 50_000_000

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_METADATA = re.compile(
    rb"<(?:meta|link)\s[^>]{1,1000}>|<time\s[^>]{1,300}>"
    rb"|<script[^>]{1,200}application/ld\+json[^>]{0,200}>[^<]{1,50000}</script>",
    re.IGNORECASE,
)
# No clock: whatever a page says today, it says tomorrow.
_DATED: dict[str, Any] = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_SHORT_LINE = 0.75
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button"}
    | {"select", "svg", "iframe", "figcaption", "title"}
)
_BESIDE = ["//nav", "//footer", "//aside", "//form", "//button", "//select", "//figcaption"]
_BREAKING = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "section"}
    | {"article", "main", "header", "blockquote", "dd", "dt", "dl", "hr", "pre"}
)


class Refused(Exception):
    """The document is not read; the message is one of the reasons that the parent knows."""


def limit() -> None:
    """Bind this process to its memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no limits; the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def web_page(content: bytes) -> dict[str, Any]:
    """Return the article of a page, and what the page says of itself."""
    import trafilatura

    page = _decoded(content)
    found: Any = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        # On a short page everything counts as the article, the menu as well.
        prune_xpath=_BESIDE,
        date_extraction_params=_DATED,
    )
    text = (found.text or "") if found else ""
    return {
        "text": _tidy(text) or words_of(page.decode("utf-8", errors="replace")),
        "title": (found and found.title) or _title_of(page),
        "publisher": (found and found.sitename) or "",
        "published_on": _day_of(page),
        "url": (found and found.url) or "",
    }


def _day_of(page: bytes) -> str:
    """Return the day that a page's metadata gives; a day in its text or its footer is none."""
    from htmldate import find_date

    marks = b"".join(b"<p>%s</p>" % mark if mark.startswith(b"<time") else mark for mark in _METADATA.findall(page))
    return find_date(b"<html><head></head><body>" + marks + b"</body></html>", **_DATED) or ""


def pdf(content: bytes) -> dict[str, Any]:
    """Return the pages of a PDF, each reflowed into paragraphs."""
    import logging

    import pypdf

    logging.disable(logging.CRITICAL)
    document = pypdf.PdfReader(io.BytesIO(content))
    if document.is_encrypted and not _opens(document):
        raise Refused("encrypted")
    if len(document.pages) > MOST_PAGES:
        raise Refused("too much")
    pages, size = [], 0
    for page in document.pages:
        pages.append(reflowed(page.extract_text()))
        size += len(pages[-1])
        if size > MOST_CHARACTERS:
            raise Refused("too much")
    title = document.metadata.title if document.metadata else ""
    return {"pages": pages, "text": "".join(pages), "title": str(title or "")}


def word_file(content: bytes) -> dict[str, Any]:
    """Return the paragraphs of a Word file, its notes at the end."""
    if not content.startswith(b"PK"):
        raise Refused("broken")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.namelist()
        if len(parts) > MOST_PARTS:
            raise Refused("too much")
        bodies = [name for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml") if name in parts]
        lines = [line for name in bodies for line in _paragraphs(_part(archive, name))]
        core = _part(archive, "docProps/core.xml") if "docProps/core.xml" in parts else None
    title = next((each.text or "" for each in core.iter(_TITLE)), "") if core is not None else ""
    return {"text": _tidy("\n".join(lines)), "title": title}


def feed(content: bytes) -> dict[str, Any]:
    """Return the entries of a feed, their markup taken off."""
    import feedparser  # type: ignore[import-untyped]  # it carries none

    # As a stream: a string would be tried as an address and as a file's name.
    found = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not found.version and not found.entries:
        raise Refused("broken")
    if len(found.entries) > MOST_ENTRIES:
        raise Refused("too much")
    entries = [_entry(each) for each in found.entries]
    return {"title": _tidy(str(found.feed.get("title", ""))), "entries": entries, "text": "feed"}


def _entry(entry: Any) -> dict[str, str]:
    bodies = [str(each.get("value", "")) for each in entry.get("content", [])]
    summary = str(entry.get("summary", ""))
    longest = max([*bodies, summary], key=len)
    day = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "title": words_of(str(entry.get("title", ""))).replace("\n", " "),
        "text": words_of(longest),
        "link": str(entry.get("link", "")),
        "published_on": f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else "",
    }


def words_of(html: str) -> str:
    """Return what a reader of some markup would read, one line for each paragraph."""
    from lxml import etree  # type: ignore[import-untyped]  # it carries none

    # Not the standard library's parser: a page of opened comments costs it the square of their number.
    words = _Words()
    parser = etree.HTMLParser(target=words, encoding="utf-8")
    parser.feed(b"<html>" + html.encode(errors="replace"))
    parser.close()
    return _tidy("".join(words.spoken))


def reflowed(page: str) -> str:
    """Return a page's lines as paragraphs: a line that stops short ends one."""
    lines = [_SPACES.sub(" ", line).strip() for line in _HYPHENATED.sub("", page).split("\n")]
    full = _SHORT_LINE * max(map(len, lines), default=0)
    text = "".join(line + ("\n" if len(line) < full else " ") for line in lines)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


class _Words:
    """Collects what a reader would read: no menus, no scripts."""

    def __init__(self) -> None:
        self.spoken: list[str] = []
        self._silent = 0

    def start(self, tag: str, attributes: object) -> None:
        """Take account of an element's beginning."""
        del attributes
        self._silent += tag in _SILENT
        if tag in _BREAKING:
            self.spoken.append("\n")

    def end(self, tag: str) -> None:
        """Take account of an element's end; the parser ends every element that it began."""
        self._silent -= tag in _SILENT
        if tag in _BREAKING:
            self.spoken.append("\n")

    def data(self, words: str) -> None:
        """Keep words that are shown."""
        if not self._silent:
            # A line end inside a paragraph is a space of the layout.
            self.spoken.append(words.replace("\n", " "))

    def close(self) -> None:
        """Do nothing more."""


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _title_of(page: bytes) -> str:
    found = re.search(rb"<title[^>]{0,200}>([^<]{1,500})</title", page, re.IGNORECASE)
    return " ".join(words_of(found[1].decode("utf-8", errors="replace")).split()) if found else ""


def _decoded(content: bytes) -> bytes:
    """Return a page in UTF-8, from the encoding that it declares."""
    if content.startswith(codecs.BOM_UTF8):
        return content.removeprefix(codecs.BOM_UTF8)
    declared = _CHARSET.search(content[:4_096])
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16").encode()
        return content.decode(declared[1].decode() if declared else "utf-8").encode()
    except (LookupError, UnicodeError):
        return content


def _opens(document: Any) -> bool:
    """Return whether a PDF opens without a password; many only forbid printing."""
    try:
        return bool(document.decrypt(""))
    except Exception:  # noqa: BLE001 - a cipher that is not at hand is as good as a password
        return False


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    from xml.etree import ElementTree as ET

    if archive.getinfo(name).flag_bits & 0x1:
        raise Refused("encrypted")
    with archive.open(name) as stream:
        # The size that the archive states proves nothing.
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Refused("too much")
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", content) or content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")):
        raise Refused("broken")
    return ET.fromstring(content)  # noqa: S314 - declarations are refused above, and this process is limited


def _paragraphs(part: Any) -> Iterator[str]:
    """Yield the text of each paragraph; text boxes, which stand twice, once."""
    line: list[str] = []
    waiting = [part]
    while waiting:
        element = waiting.pop()
        if element is None:  # the end of a paragraph
            yield "".join(line)
            line = []
            continue
        if element.tag in {_FALLBACK, _WORD + "moveFrom"}:
            continue
        if element.tag == _WORD + "t":
            line.append(element.text or "")
        elif element.tag in {_WORD + "tab", _WORD + "br", _WORD + "cr"}:
            line.append(" ")
        elif element.tag == _WORD + "p":
            waiting.append(None)
        waiting.extend(reversed(element))
    yield "".join(line)


READERS: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "web page": web_page,
    "pdf": pdf,
    "word": word_file,
    "feed": feed,
}


def answer(content: bytes, reader: str) -> dict[str, Any]:
    """Return what a reader finds, or why it finds nothing."""
    read = READERS[reader]
    try:
        found = read(content)
    except Refused as err:
        return {"error": str(err)}
    except RecursionError:
        return {"error": "too much"}
    except MemoryError:
        raise
    except Exception as err:  # noqa: BLE001 - whatever the parser says becomes the parent's sentence
        return {"error": "broken", "said": f"{type(err).__name__}: {err}"}
    return found if found["text"].strip() else {"error": "empty"}


def main() -> int:
    """Answer the parent."""
    content = sys.stdin.buffer.read()
    limit()
    sys.stdout.buffer.write(json.dumps(answer(content, sys.argv[1])).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
