"""Drafts of running text put into an extract: under their report, their force and place by the lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trooptally.dates import parse_as_of
from trooptally.importing.extract import Extract
from trooptally.model import Draft, Issue, Report
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.importing.article import Article
    from trooptally.names import Names

_NO_FORCE = "names no force"
_NO_PLACE = "UNSTATED"  # as the list of places calls it


def report_of(article: Article, names: Names, *, sha256: str, retrieved_at: str, identity: str = "") -> Report:
    """Return the report that an article is, identified by its address or else by its bytes.

    Raises:
        BadDate: the day of publication is none.
    """
    day = parse_as_of(article.published_on) if article.published_on else None
    return Report(
        source_id=names.source(article.publisher).source_id,
        publisher=article.publisher,
        title=article.title,
        url=article.url,
        published_on=day.edtf if day else None,
        published_earliest=day.earliest.isoformat() if day else None,
        published_latest=day.latest.isoformat() if day else None,
        retrieved_at=retrieved_at or None,
        sha256=sha256,
        kind="article",
        identity=identity,
    )


def put(draft: Draft, extract: Extract, names: Names) -> None:
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
