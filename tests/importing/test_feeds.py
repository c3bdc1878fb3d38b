"""Feeds as such: entries with their own day, link and title, and what hostile ones get for an answer."""

from __future__ import annotations

import pytest

from support.feeds import atom, rss
from trooptally.errors import UnreadableDocument
from trooptally.importing.article import Article
from trooptally.importing.feeds import read_feed
from trooptally.importing.kinds import Kind, kind_of


def test_entry_has_its_own_day_link_and_title() -> None:
    """An entry is an article by itself; the feed's title is its publisher, markup is taken off."""
    feed = read_feed(rss(("Mali", "https://news.example/1", "<p>300 <b>soldiers</b></p><p>left.</p>")), "x.xml")
    (entry,) = feed.entries
    assert (entry.title, entry.url, entry.published_on) == ("Mali", "https://news.example/1", "2013-02-01")
    assert (feed.title, entry.publisher) == ("Le Monde", "Le Monde")
    assert entry.text == "Mali\n300 soldiers\nleft."


def test_atom_is_a_feed_too() -> None:
    """Atom, with a declaration and comments on top, is read like RSS."""
    content = atom("Mali", "https://news.example/1", "300 soldiers left.")
    assert kind_of(content) is Kind.FEED
    (entry,) = read_feed(content, "x.xml").entries
    assert (entry.title, entry.url, entry.published_on) == ("Mali", "https://news.example/1", "2013-02-01")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://["])
def test_link_that_is_no_web_address_is_left_out(link: str) -> None:
    """An entry with a script for a link has no link, and its number is told."""
    feed = read_feed(rss(("Mali", link, "300 soldiers")), "x.xml")
    assert (feed.entries[0].url, feed.unlinked) == ("", (1,))


_LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>%s]><rss><channel><title>&j;</title></channel></rss>"
    % (b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9)))
)


@pytest.mark.parametrize(
    "content", [_LAUGHS, b"<rss>" + b"<a>" * 200_000, b"<rss", b"<feed></feed>"], ids=["laughs", "deep", "cut", "bare"]
)
def test_strange_feed_is_empty_or_refused(content: bytes) -> None:
    """What multiplies itself, nests without end or stops short yields no entry, or one sentence."""
    entries: tuple[Article, ...] = ()
    try:
        entries = read_feed(content, "x.xml").entries
    except UnreadableDocument as err:
        assert str(err).startswith("x.xml")  # noqa: PT017 - either answer is right
    assert entries == ()


def test_no_file_is_read_by_a_feed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A feed that asks for a file of ours as an entity gets none of it."""
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("300 soldiers", encoding="utf-8")
    declared = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    content = f"<?xml version='1.0'?>{declared}<rss><channel><item><title>&x;</title></item></channel></rss>"
    try:
        said = repr(read_feed(content.encode(), "x.xml"))
    except UnreadableDocument as err:
        said = str(err)
    assert "soldiers" not in said


def test_huge_feed_is_refused() -> None:
    """A feed of more than 5 MB, or of more entries than anybody publishes at once, is refused."""
    with pytest.raises(UnreadableDocument, match="may have 5 MB"):
        read_feed(b"<rss>" + b" " * 5_000_001, "x.xml")
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        read_feed(b"<rss version='2.0'><channel>" + b"<item/>" * 5_001 + b"</channel></rss>", "x.xml")
