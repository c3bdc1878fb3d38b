"""Web pages: what is read of them, what they say of themselves, and what hostile ones get for an answer."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.feeds import rss
from support.papers import docx, pdf
from trooptally.errors import UnreadableDocument
from trooptally.importing import confined
from trooptally.importing.article import Article
from trooptally.importing.docworker import answer, reflowed, words_of
from trooptally.importing.kinds import Kind, is_web_page, kind_of
from trooptally.importing.webpage import page_of, read_page, web_address

STORY = """<!DOCTYPE html><html><head><title>Soldiers in Mali - Le Monde</title>
<link rel="canonical" href="{url}"><meta property="og:site_name" content="Le Monde">
<meta property="article:published_time" content="2013-02-01T10:00:00Z">
<meta property="og:title" content="Soldiers in Mali"></head><body>
<nav><a href="/">Home</a> 5,000 troops in Iraq</nav><header><h1>Soldiers in Mali</h1></header><article>
<p>There are about 300 French soldiers
in Mali, the defence ministry said. It told reporters on Friday that more would follow in the coming weeks.</p>
<p>Another paragraph speaks of the weather, which was fine, and of the people of Bamako.</p>
<script>var troops = "900 troops in Syria";</script></article><footer>700 troops in Chad</footer></body></html>"""

WHOLE = STORY.format(url="https://news.example/mali").encode()
FEED = rss(("Mali", "https://news.example/mali", "300 soldiers"))


def _page(html: str | bytes) -> Article:
    return read_page(html.encode() if isinstance(html, str) else html, "page.html")


def test_page_says_what_it_is() -> None:
    """Title, publisher, day and address come from the page's own words about itself."""
    page = _page(STORY.format(url="https://news.example/mali"))
    assert (page.title, page.publisher) == ("Soldiers in Mali", "Le Monde")
    assert (page.published_on, page.url) == ("2013-02-01", "https://news.example/mali")


def test_only_the_article_is_read() -> None:
    """No menu, no script and no footer is read, and a line end inside a paragraph is a space."""
    text = _page(STORY.format(url="")).text
    assert "about 300 French soldiers in Mali" in text
    assert not any(stray in text for stray in ("5,000", "900", "700"))


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("", "<footer>Last updated: 5 May 2020</footer>", ""),
        ("", "<p>Sunday, 22 November 2026</p>", ""),
        ("", "<time datetime='2015-06-01T10:00Z'>1 June</time>", "2015-06-01"),
        ("<meta name='date' content='Thu, 01 Jan 1998 00:00:00 GMT'>", "", "1998-01-01"),
        ('<script type="application/ld+json">{"datePublished": "2016-01-02T03:00:00Z"}</script>', "", "2016-01-02"),
    ],
)
def test_day_comes_from_metadata_only(head: str, body: str, day: str) -> None:
    """A day that merely stands on the page, or that it was touched, is not its day of publication."""
    html = f"<html><head>{head}</head><body><article>{body}<p>300 soldiers left on 3 March 2012.</p></article></body>"
    assert _page(html).published_on == day


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "//", "http://[", "ftp://a.example/"])
def test_address_of_a_page_is_a_web_address_or_none(url: str) -> None:
    """A page that gives a script or a file as its own address has none."""
    assert _page(STORY.format(url=url)).url == ""
    assert web_address(url) == ""


def test_short_page_is_read_without_its_menu() -> None:
    """A page too short to look like an article is read all the same, and its menu is not."""
    assert _page("<html><nav>900 troops</nav><p>300 soldiers.</p></html>").text == "300 soldiers."


@pytest.mark.parametrize(
    ("codec", "declared"), [("windows-1251", "windows-1251"), ("utf-16", ""), ("utf-8-sig", "windows-1252")]
)
def test_declared_encoding_is_followed(codec: str, declared: str) -> None:
    """A page in another encoding is read by what it declares; a byte order mark goes before."""
    html = f'<!DOCTYPE html><html><head><meta charset="{declared}"></head><body><p>300 солдат в Мали.</p></body></html>'
    content = html.encode(codec)
    assert kind_of(content) is Kind.WEB_PAGE
    assert "300 солдат" in _page(content).text


def test_unknown_encoding_is_no_failure() -> None:
    """A page that names an encoding nobody knows is read as well as can be."""
    assert "300 soldiers" in _page('<html><meta charset="klingon"><p>300 soldiers</p></html>').text


def test_pasted_page_is_text_already() -> None:
    """What was pasted is read as it stands, whatever encoding it declares."""
    assert "300 солдат" in page_of('<html><meta charset="windows-1251"><p>300 солдат</p></html>').text


def test_page_without_words_is_refused() -> None:
    """An empty page gets a sentence."""
    with pytest.raises(UnreadableDocument, match=r"page\.html is a web page without words"):
        _page("<html><body><script>1</script></body></html>")


def test_huge_page_is_refused_unread() -> None:
    """A page of more than 2 MB is no article."""
    with pytest.raises(UnreadableDocument, match=r"has 2\.5 MB; a web page may have 2 MB"):
        _page("<html>" + "a" * 2_500_000)


@pytest.mark.parametrize("tag", ["<div>", "<nav>", "<b>", "<a href='x'>", "<!--", "<![CDATA["])
def test_deep_nesting_ends(tag: str) -> None:
    """Twenty thousand open tags end in words or a sentence, soon."""
    began = time.monotonic()
    try:
        _page("<html>" + tag * 20_000 + "300 soldiers")
    except UnreadableDocument as err:
        assert str(err).startswith("page.html")  # noqa: PT017 - words are right as well
    assert time.monotonic() - began < confined._WALL_SECONDS + 5


def test_slow_reader_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that takes too long is given up with a sentence."""
    monkeypatch.setattr(confined, "_WALL_SECONDS", 0.0)
    with pytest.raises(UnreadableDocument, match="takes longer"):
        _page("<html><p>300</p></html>")


def test_reader_that_dies_takes_only_itself() -> None:
    """When the reading process ends badly, ours says so."""
    with pytest.raises(UnreadableDocument, match="more memory or time than a web page does"):
        confined.answer_of(b"", "x", kind="web page", reader="there is no such reader", most_bytes=1)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/abnavp!-[]&#;\"' 1\x00", max_size=200))
def test_any_markup_gives_words(html: str) -> None:
    """However broken the markup, the plain reader of words gives some, or none."""
    assert isinstance(words_of(html), str)
    assert is_web_page("<html>" + html)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([("web page", WHOLE), ("pdf", pdf("a", "b")), ("word", docx("a")), ("feed", FEED)]), st.data())
def test_damaged_document_is_read_or_refused(whole: tuple[str, bytes], drawn: st.DataObject) -> None:
    """However a document is damaged, its reader gives words, entries or a reason."""
    reader, content = whole
    at = drawn.draw(st.integers(0, len(content)))
    damage = drawn.draw(st.binary(min_size=1, max_size=12))
    found = answer(content[:at] + damage + content[at + len(damage) :], reader)
    assert "error" in found or "text" in found


@pytest.mark.parametrize("reader", ["pdf", "word", "feed"])
def test_reader_gives_a_reason(reader: str) -> None:
    """A reader that is given nonsense answers with a reason that the parent knows."""
    assert answer(b"nonsense", reader)["error"] == "broken"


def test_lines_become_paragraphs() -> None:
    """A line that stops short ends a paragraph, and a word parted at a line's end is joined."""
    lines = "There are about 300 French sol-\ndiers in Mali, the ministry\nsaid on Friday.\nThe weather was fine.\n"
    text = reflowed(lines)
    assert text == "There are about 300 French soldiers in Mali, the ministry said on Friday.\nThe weather was fine."
