"""The reports that the rows of a table name, each once, and the chains of who said it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from trooptally.dates import AsOf
from trooptally.importing.cells import Fault, Memo
from trooptally.model import Attribution, Issue, Report, report_id
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from trooptally.names import Names

_SCHEMES = frozenset({"http", "https"})


class Reports:
    """The reports that rows name, by what they print of them."""

    def __init__(self, names: Names, days: Memo[str, AsOf | None]) -> None:
        self._names = names
        self._days = days
        self._sources: Memo[str, str] = Memo(lambda publisher: names.source(publisher).source_id)
        self._ids: Memo[tuple[str, str, str, str], str] = Memo(self._identified)
        self._chains: Memo[tuple[str, str], Attribution] = Memo(lambda said: names.attribution(*said))
        self._variants: dict[str, list[Report]] = {}

    def ids(self, url: list[str], publisher: list[str], title: list[str], published_on: list[str]) -> list[Any]:
        """Return the id of each row's report: by its address, else by publisher, title and day as printed."""
        return self._ids.column(list(zip(url, publisher, title, published_on, strict=True)))

    def attributions(self, url: list[str], publisher: list[str], attributed_to: list[str]) -> list[Any]:
        """Return each row's chain from the publisher (the site, where nobody wrote one down) to the origin."""
        if not all(publisher):
            publisher = [name or _site(address) for name, address in zip(publisher, url, strict=True)]
        return self._chains.column(list(zip(publisher, attributed_to, strict=True)))

    def rename(self, renamed: dict[str, str]) -> None:
        """Know reports by the ids they had in another ledger as well."""
        for had, here in renamed.items():
            same = [replace(report, identity=had) for report in self._variants.get(here, [])]
            self._variants.setdefault(had, same)

    def settled(self, used: Collection[str], issues: list[Issue]) -> Iterator[Report]:
        """Yield each report in use once, filled from all rows that name it; say where the rows disagree."""
        for identity, variants in self._variants.items():
            if identity in used:
                yield _settled(variants, issues)

    def _identified(self, printed: tuple[str, str, str, str]) -> str:
        url, publisher, title, published_on = printed
        day = self._days.one(published_on)
        dated = day if isinstance(day, AsOf) else None
        named = publisher or _site(url)
        by_name = {} if url else {"publisher": publisher, "title": title, "published_on": published_on}
        identity = report_id(url=url, **by_name)
        report = Report(
            source_id=str(self._sources.one(named)),
            publisher=named,
            title=title,
            url=url,
            published_on=dated.edtf if dated else None,
            published_earliest=dated.earliest.isoformat() if dated else None,
            published_latest=dated.latest.isoformat() if dated else None,
            identity=identity,
        )
        self._variants.setdefault(identity, []).append(report)
        return identity


def checked_url(url: str) -> str | Fault:
    """Return a web address, or why it is none; an empty cell is fine."""
    try:
        scheme = urlsplit(url).scheme if url else "https"
    except ValueError:
        scheme = ""
    if scheme not in _SCHEMES:
        return Fault(column="url", message=f"{url[:60]!r} is not a web address with http:// or https://")
    return url


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _settled(variants: list[Report], issues: list[Issue]) -> Report:
    """Return one report of all that rows say of it: the first that says something wins."""
    settled = variants[0]
    for other in variants[1:]:
        for name in ("publisher", "title", "published_on"):
            ours, theirs = getattr(settled, name), getattr(other, name)
            if theirs and ours and theirs != ours:
                message = f"rows of one report give {name} as {ours!r} and {theirs!r}; the first was taken"
                issues.append(Issue(severity=Severity.WARNING, locator=settled.url or ours, message=message))
        settled = _filled(settled, other)
    return settled


def _filled(report: Report, other: Report) -> Report:
    """Return the report with its gaps filled from another row's words."""
    if not report.title and other.title:
        report = replace(report, title=other.title)
    if report.published_on is None and other.published_on is not None:
        return replace(
            report,
            published_on=other.published_on,
            published_earliest=other.published_earliest,
            published_latest=other.published_latest,
        )
    return report
