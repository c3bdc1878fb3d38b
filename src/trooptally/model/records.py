"""Reports, attributions, qualifiers and issues: frozen records without behaviour beyond their own sense."""

from __future__ import annotations

from dataclasses import dataclass

from trooptally.model.identity import report_id
from trooptally.vocabulary import QualifierKind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something wrong with what was read, kept and shown; it never stops the rest.

    Attributes:
        severity: `error` keeps the row out or holds it for review; `warning` and `note` travel with it.
        locator: Where, as a person would say it ("row 12, column figure"; "Sheet1!C19"; "characters 120-144").
        message: One sentence: what was found and what was expected.
        claim_id: The claim that it concerns, if there is one.
    """

    severity: Severity
    locator: str
    message: str
    claim_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One publication of a source.

    Attributes:
        source_id: Who published it (see `trooptally.names`).
        publisher: The publisher's name as printed.
        published_on: The day or period of publication as EDTF, or None where nobody says.
        retrieved_at: When the bytes were fetched, ISO 8601 in UTC, or None.
        sha256: Of the bytes that were read, or empty.
        kind: What it is: article, table, workbook, feed, form.
    """

    source_id: str
    publisher: str
    title: str = ""
    url: str = ""
    published_on: str | None = None
    published_earliest: str | None = None
    published_latest: str | None = None
    retrieved_at: str | None = None
    sha256: str = ""
    kind: str = "article"
    identity: str = ""

    @property
    def report_id(self) -> str:
        """The id, from the identity the reader gave or from what is printed on the report."""
        return self.identity or report_id(
            url=self.url,
            sha256=self.sha256,
            publisher=self.publisher,
            title=self.title,
            published_on=self.published_on or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of an attribution: a source, and the words that name it."""

    source_id: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The chain from the report back to who said it, nearest first; the last link is the origin.

    Attributes:
        links: At least one: the publisher itself. "Dispatches <- The New York Times <- unnamed" has three.
        beside: Sources named beside the origin without a step of their own ("New York Times / Middle East Eye").
        printed: The words that name whom the figure is attributed to, or empty.
    """

    links: tuple[Link, ...]
    beside: tuple[Link, ...] = ()
    printed: str = ""

    @property
    def origin_id(self) -> str:
        """The id of the source at the end of the chain."""
        return self.links[-1].source_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """A rarer fact that narrows a claim."""

    kind: QualifierKind
    text: str
