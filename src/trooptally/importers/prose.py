"""Prose: news stories, statements, web pages, PDF and Word files, read into drafts that wait for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trooptally.importing import Document, Extract, is_tabular
from trooptally.importing.article import Article, article_of
from trooptally.importing.kinds import Kind
from trooptally.importing.placing import put, report_of
from trooptally.model import Draft, Issue
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.names import Names

_ELSEWHERE = frozenset({Kind.WORKBOOK, Kind.FEED})


class Prose:
    """The importer of running text."""

    name = "prose"
    recognises = "Any readable text, web page, PDF or Word file that is not a table."

    def identify(self, document: Document) -> bool:
        """Return whether the document is text, but not a table."""
        return document.kind not in _ELSEWHERE and not is_tabular(document)

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one draft for each figure of a force at a place that the text states.

        Raises:
            UnreadableDocument: the document is no text, or damaged, protected, empty or too large.
            BadDate: the day of publication that was told is none.
        """
        from trooptally.reading import read  # its word lists are not wanted for every table

        told = document.particulars
        article = article_of(document).told(
            title=told.title, publisher=told.publisher, published_on=told.published_on, url=told.url
        )
        drafts = read(
            article.text,
            published_on=article.published_on or None,
            publisher=article.publisher,
            title=article.title,
            url=article.url,
            names=names,
        )
        extract = Extract(unit="figure", seen=len(drafts))
        if document.kind is Kind.TEXT:
            extract.issues.extend(document.encoding.issues)
        _put_all(drafts, _published(article, drafts), document, extract, names)
        if not drafts:
            nothing = "no figure of a force at a place was found in the text"
            extract.issues.append(Issue(severity=Severity.NOTE, locator=document.name, message=nothing))
        return extract


def _published(article: Article, drafts: list[Draft]) -> Article:
    """Return the article with a publisher, where the text names one and nothing else does."""
    found = next((d.report.publisher for d in drafts if d.report.publisher), "")
    return replace(article, publisher=article.publisher or found)


def _put_all(drafts: list[Draft], article: Article, document: Document, extract: Extract, names: Names) -> None:
    retrieved_at = document.particulars.retrieved_at
    report = report_of(article, names, sha256=document.sha256, retrieved_at=retrieved_at)
    extract.reports.append(report)
    for draft in drafts:
        page = article.page_at(draft.start)
        locator = f"page {page}, {draft.locator}" if page else draft.locator
        put(replace(draft, report=report, locator=locator), extract, names)


importer = Prose()
