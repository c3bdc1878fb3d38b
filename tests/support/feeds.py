"""Small feeds, made by hand."""

from __future__ import annotations

from html import escape


def rss(*entries: tuple[str, str, str], title: str = "Le Monde") -> bytes:
    """Return an RSS feed of entries with title, link and description, all of 1 February 2013."""
    shown = "".join(
        f"<item><title>{escape(name)}</title><link>{escape(link)}</link><description>{escape(text)}</description>"
        "<pubDate>Fri, 01 Feb 2013 10:00:00 GMT</pubDate></item>"
        for name, link, text in entries
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{shown}</channel></rss>'.encode()


def atom(title: str, link: str, text: str) -> bytes:
    """Return an Atom feed of one entry of 1 February 2013."""
    entry = (
        f'<entry><title>{title}</title><link href="{link}"/><content>{text}</content>'
        "<published>2013-02-01T10:00:00Z</published></entry>"
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!-- made by hand -->\n'
    return f'{head}<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Monde</title>{entry}</feed>'.encode()
