"""The entries of a feed (RSS or Atom): each a short article of its own."""

from __future__ import annotations

from dataclasses import dataclass

from trooptally.importing.article import Article
from trooptally.importing.confined import answer_of
from trooptally.importing.webpage import web_address

LARGEST_FEED = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and its entries, in its order.

    Attributes:
        title: How the feed calls itself; mostly the name of its publisher.
        unlinked: The positions, from 1 on, of entries whose link is no web address and was left out.
    """

    title: str
    entries: tuple[Article, ...]
    unlinked: tuple[int, ...] = ()


def read_feed(content: bytes, name: str) -> Feed:
    """Return the entries of a feed, links only where they are http or https.

    Raises:
        UnreadableDocument: it is no feed, larger than one, or asks for too much.
    """
    found = answer_of(content, name, kind="feed", reader="feed", most_bytes=LARGEST_FEED)
    title = " ".join(found["title"].split())
    entries = [_entry(entry, title) for entry in found["entries"]]
    unlinked = [
        at
        for at, (entry, raw) in enumerate(zip(entries, found["entries"], strict=True), start=1)
        if raw["link"] and not entry.url
    ]
    return Feed(title=title, entries=tuple(entries), unlinked=tuple(unlinked))


def _entry(raw: dict[str, str], publisher: str) -> Article:
    title, text = raw["title"].strip(), raw["text"]
    return Article(
        # The headline of an entry often carries the figure that its two lines of text lack.
        text=text if not title or text.startswith(title) else f"{title}\n{text}".strip(),
        title=title,
        publisher=publisher,
        published_on=raw["published_on"],
        url=web_address(raw["link"]),
    )
