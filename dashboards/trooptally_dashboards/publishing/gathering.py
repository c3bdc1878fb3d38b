"""What is learned of the whole while the series pass by one after the other: sources, and the newest reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trooptally_dashboards.publishing.rows import web_address

if TYPE_CHECKING:
    from trooptally_dashboards.publishing.rows import Cells

_NEWEST = 10

# A series: force and place.
Pair = tuple[str, str]


@dataclass(slots=True)
class Told:
    """What one source reported: its reports, and its claims by series, printed by it or said by it to whomever."""

    reports: set[str] = field(default_factory=set)
    printed: Counter[Pair] = field(default_factory=Counter)
    said: Counter[Pair] = field(default_factory=Counter)

    @property
    def series(self) -> list[Pair]:
        """The series that the source speaks of, the one with the most claims first."""
        return sorted(self.printed | self.said, key=lambda pair: (-max(self.printed[pair], self.said[pair]), pair))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report as the list of the newest shows it."""

    report_id: str
    title: str
    publisher: str
    url: str
    published_on: str
    recorded_at: str


class Gathering:
    """The sources and the newest reports of all series taken so far."""

    def __init__(self) -> None:
        self.claims = 0
        self.sources: dict[str, Told] = {}
        self._reports: dict[str, NewReport] = {}

    def take(self, pair: Pair, claims: Iterable[Cells]) -> None:
        """Take in the claims of a series."""
        for claim in claims:
            self.claims += 1
            printer = self.sources.setdefault(claim["source_id"], Told())
            printer.reports.add(claim["report_id"])
            printer.printed[pair] += 1
            self.sources.setdefault(claim["origin_id"], Told()).said[pair] += 1
            self._take_report(claim)
        self._reports = {report.report_id: report for report in self.newest_reports()}

    def newest_reports(self) -> list[NewReport]:
        """Return the reports recorded last, the newest first."""
        ordered = sorted(self._reports.values(), key=lambda r: (r.recorded_at, r.published_on, r.report_id))
        return ordered[: -_NEWEST - 1 : -1]

    def _take_report(self, claim: Cells) -> None:
        held = self._reports.get(claim["report_id"])
        if held is None or claim["recorded_at"] > held.recorded_at:
            self._reports[claim["report_id"]] = NewReport(
                report_id=claim["report_id"],
                title=claim["title"] or "",
                publisher=claim["source"],
                url=web_address(claim["url"]),
                published_on=claim["published_on"] or "",
                recorded_at=claim["recorded_at"],
            )
