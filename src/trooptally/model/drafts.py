"""Drafts: claims proposed by a reader, one by one or as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from trooptally.dates import AsOf
from trooptally.figures import Figure
from trooptally.model.identity import claim_id
from trooptally.model.records import Attribution, Issue, Qualifier, Report
from trooptally.vocabulary import Basis, Component, Measure, MissingReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One proposed claim, as a reader of prose or a form makes it.

    Attributes:
        report: The report that makes the claim.
        locator: Where in the report; never empty (no locator, no claim).
        quote: The words as printed, at least the figure.
        printed: The figure as printed; part of the claim's id, and never changed by better parsing.
        figure: What was parsed from it, or None together with a `missing_reason`.
        force: Id of the force whose people are counted.
        place: Id of the place where they are, or "unstated".
        as_of: What day or period the figure is about, or None where the report does not say.
        attribution: The chain from the publisher to the origin.
        unit: The formation or operation named, or empty.
        ordinal: Tells apart two figures printed alike at one locator.
        held: Why a person must look before it is accepted, or empty.
        start: First character of the quote in the text read; -1 where the report is no running text.
        end: One past its last character; -1 likewise.
    """

    report: Report
    locator: str
    quote: str
    printed: str
    figure: Figure | None
    force: str
    place: str
    measure: Measure
    attribution: Attribution
    component: Component = Component.MILITARY
    basis: Basis = Basis.UNSTATED
    missing_reason: MissingReason | None = None
    as_of: AsOf | None = None
    unit: str = ""
    note: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    ordinal: int = 0
    held: str = ""
    start: int = -1
    end: int = -1
    issues: tuple[Issue, ...] = ()

    @property
    def claim_id(self) -> str:
        """The id that this draft has as a claim."""
        return claim_id(self.report.report_id, self.locator, self.printed, self.ordinal)


@dataclass(slots=True, kw_only=True)
class DraftTable:
    """Drafts as columns: one list per field, all of one length, in the order of the report.

    Columns are plain lists of str, int or None (`attribution`: `Attribution`; `qualifiers`: tuples of `Qualifier`),
    so that a million rows are checked and written without a record for each. Dates are ISO strings.
    """

    claim_id: list[str] = field(default_factory=list)
    report_id: list[str] = field(default_factory=list)
    locator: list[str] = field(default_factory=list)
    quote: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    force: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    measure: list[str] = field(default_factory=list)
    component: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    low: list[int | None] = field(default_factory=list)
    point: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    hedge: list[str | None] = field(default_factory=list)
    missing_reason: list[str | None] = field(default_factory=list)
    as_of: list[str | None] = field(default_factory=list)
    as_of_earliest: list[str | None] = field(default_factory=list)
    as_of_latest: list[str | None] = field(default_factory=list)
    attribution: list[Attribution] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    qualifiers: list[tuple[Qualifier, ...]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, drafts: Iterable[Draft]) -> DraftTable:
        """Return the drafts as columns."""
        table = cls()
        for draft in drafts:
            table.append(draft)
        return table

    def append(self, draft: Draft) -> None:
        """Add one draft at the end."""
        figure, as_of = draft.figure, draft.as_of
        self.claim_id.append(draft.claim_id)
        self.report_id.append(draft.report.report_id)
        self.locator.append(draft.locator)
        self.quote.append(draft.quote)
        self.printed.append(draft.printed)
        self.force.append(draft.force)
        self.place.append(draft.place)
        self.measure.append(draft.measure.value)
        self.component.append(draft.component.value)
        self.basis.append(draft.basis.value)
        self.low.append(figure.low if figure else None)
        self.point.append(figure.point if figure else None)
        self.high.append(figure.high if figure else None)
        self.hedge.append(figure.hedge.value if figure else None)
        self.missing_reason.append(draft.missing_reason.value if draft.missing_reason else None)
        self.as_of.append(as_of.edtf if as_of else None)
        self.as_of_earliest.append(as_of.earliest.isoformat() if as_of else None)
        self.as_of_latest.append(as_of.latest.isoformat() if as_of else None)
        self.attribution.append(draft.attribution)
        self.unit.append(draft.unit)
        self.note.append(draft.note)
        self.qualifiers.append(draft.qualifiers)
        self.held.append(draft.held)

    def extend(self, other: DraftTable) -> None:
        """Add all rows of another table at the end."""
        for name in COLUMNS:
            getattr(self, name).extend(getattr(other, name))

    def take(self, rows: Sequence[int]) -> DraftTable:
        """Return a new table of the rows named by position."""
        return DraftTable(**{name: _taken(getattr(self, name), rows) for name in COLUMNS})

    def __len__(self) -> int:
        return len(self.claim_id)

    def columns(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield every column with its name, in declared order."""
        for name in COLUMNS:
            yield name, getattr(self, name)


COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(DraftTable))


def _taken(column: list[Any], rows: Sequence[int]) -> list[Any]:
    return [column[row] for row in rows]
