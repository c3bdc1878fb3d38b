"""Prose: news stories, statements and web pages, read into drafts that wait for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trooptally.dates import parse_as_of
from trooptally.importing import Document, Extract, is_tabular
from trooptally.importing.webpage import is_web_page, page_of
from trooptally.model import Draft, Issue, Report
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.names import Names

_LONGEST_TITLE = 160
_NO_FORCE = "names no force"
_NO_PLACE = "UNSTATED"  # as the list of places calls it


class Prose:
    """The importer of running text."""

    name = "prose"
    recognises = "Any readable text or web page that is not a table."

    def identify(self, document: Document) -> bool:
        """Return whether the document is text, but not a table."""
        return not document.is_workbook and not is_tabular(document)

    def extract(self, document: Document, names: Names) -> Extract:
        """Return one draft for each figure of a force at a place that the text states.

        Raises:
            UnreadableDocument: the document is no text.
            BadDate: the day of publication that was told is none.
        """
        from trooptally.reading import read  # its word lists are not wanted for every table

        text, title = _text_and_title(document)
        told = document.particulars
        drafts = read(
            text,
            published_on=told.published_on or None,
            publisher=told.publisher,
            title=told.title or title,
            url=told.url,
            names=names,
        )
        report = _report(document, told.title or title, drafts, names)
        extract = Extract(reports=[report], unit="figure", seen=len(drafts))
        extract.issues.extend(document.encoding.issues)
        for draft in drafts:
            _put(replace(draft, report=report), extract, names)
        if not drafts:
            nothing = "no figure of a force at a place was found in the text"
            extract.issues.append(Issue(severity=Severity.NOTE, locator=document.name, message=nothing))
        return extract


def _put(draft: Draft, extract: Extract, names: Names) -> None:
    """Put one draft into the extract, unless the text does not tell whose people it counts."""
    force, place = names.force(draft.force), names.place(draft.place)
    if force is None:
        message = f"{draft.printed!r} was left out: the text does not say whose people these are"
        extract.ignored[_NO_FORCE] += 1
        extract.issues.append(Issue(severity=Severity.NOTE, locator=draft.locator, message=message))
        return
    placed = replace(draft, force=force, place=place or _NO_PLACE)
    extract.drafts.append(placed)
    extract.issues.extend(replace(issue, claim_id=placed.claim_id) for issue in draft.issues)


def _text_and_title(document: Document) -> tuple[str, str]:
    if is_web_page(document.text):
        page = page_of(document.text)
        return page.text, page.title
    return document.text, _first_line_as_title(document.text)


def _first_line_as_title(text: str) -> str:
    """Return the first line where it looks like a headline: short, and not a sentence."""
    first = text.lstrip().partition("\n")[0].strip()
    return first if 0 < len(first) <= _LONGEST_TITLE and not first.endswith((".", ",", ";", ":")) else ""


def _report(document: Document, title: str, drafts: list[Draft], names: Names) -> Report:
    """Return the report that the text is, identified by its address or else by its bytes."""
    told = document.particulars
    publisher = told.publisher or next((d.report.publisher for d in drafts if d.report.publisher), "")
    day = parse_as_of(told.published_on) if told.published_on else None
    return Report(
        source_id=names.source(publisher).source_id,
        publisher=publisher,
        title=title,
        url=told.url,
        published_on=day.edtf if day else None,
        published_earliest=day.earliest.isoformat() if day else None,
        published_latest=day.latest.isoformat() if day else None,
        sha256=document.sha256,
        kind="article",
    )


importer = Prose()
