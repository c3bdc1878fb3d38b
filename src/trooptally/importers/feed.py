"""Feeds (RSS and Atom): every entry a report of its own, its figures drafts that wait for a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from trooptally.importing import Document, Extract
from trooptally.importing.article import Article
from trooptally.importing.feeds import read_feed
from trooptally.importing.kinds import Kind
from trooptally.importing.placing import put, report_of
from trooptally.model import Issue, Report, report_id
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.names import Names

_TWICE = "entries printed twice"
_NO_FIGURE = "entries without a figure of a force at a place"


class Feed:
    """The importer of feeds."""

    name = "feed"
    recognises = "RSS or Atom: XML that opens with rss, feed or rdf."

    def identify(self, document: Document) -> bool:
        """Return whether the document is a feed."""
        return document.kind is Kind.FEED

    def extract(self, document: Document, names: Names) -> Extract:
        """Return the figures of all entries, each under the report that its entry is.

        Raises:
            UnreadableDocument: it is no feed, larger than one, or asks for too much.
        """
        feed = read_feed(document.content, document.name)
        shared = Counter(entry.url for entry in feed.entries)
        extract = Extract(unit="figure or entry")
        for at in feed.unlinked:
            message = "the link is no web address (http or https) and was left out"
            extract.issues.append(Issue(severity=Severity.WARNING, locator=f"entry {at}", message=message))
        known: set[str] = set()
        for entry in feed.entries:
            article = replace(entry, publisher=document.particulars.publisher or entry.publisher)
            report = _report(article, shared, document, names)
            if report.report_id in known:
                extract.seen += 1
                extract.ignored[_TWICE] += 1
                continue
            known.add(report.report_id)
            _read_entry(article, report, extract, names)
        if not feed.entries:
            nothing = "the feed has no entries"
            extract.issues.append(Issue(severity=Severity.NOTE, locator=document.name, message=nothing))
        return extract


def _read_entry(article: Article, report: Report, extract: Extract, names: Names) -> None:
    from trooptally.reading import read  # its word lists are not wanted for every table

    drafts = read(
        article.text,
        published_on=article.published_on or None,
        publisher=article.publisher,
        title=article.title,
        url=article.url,
        names=names,
    )
    extract.seen += len(drafts) or 1
    if not drafts:
        extract.ignored[_NO_FIGURE] += 1
        return
    extract.reports.append(report)
    for draft in drafts:
        put(replace(draft, report=report), extract, names)


def _report(article: Article, shared: Counter[str], document: Document, names: Names) -> Report:
    """Return the report that an entry is: by its link, or by its words where it shares the link with others."""
    words = sha256(f"{article.title}\n{article.text}".encode()).hexdigest()
    own = article.url and shared[article.url] == 1
    return report_of(
        article,
        names,
        sha256=words,
        retrieved_at=document.particulars.retrieved_at,
        identity="" if own else report_id(sha256=words),
    )


importer = Feed()
