"""Claims from a wide table, column by column: which cells are levels, which are parts, which are checks.

A level that is printed as 0 is taken for 0 only where nothing speaks against it: a pointer in the label, branches that
are all missing or that add up to more, or a known oddity of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from trooptally.importing.placetables import FORCE, REPEATED, Label, Shown, part_qualifiers, shown
from trooptally.model import Attribution, Issue, Qualifier, claim_id
from trooptally.vocabulary import Hedge, Measure, MissingReason, Severity

if TYPE_CHECKING:
    from trooptally.importing.extract import Extract
    from trooptally.importing.oddities import Oddity

_ELSEWHERE = "column of the other years' layout, or not filled"
_NOBODY = "0 of a branch, which its total says"
_DERIVED = "the compiler's copy of another column"
_AFLOAT = "AFLOAT"
_HELD = "held"


class Role(Enum):
    """What a column's numbers are.

    LEVEL and WHOLE are how many there are (a WHOLE is a check where its level stands beside it), BRANCH and AFLOAT are
    parts, CHECK is a sum of others, and the DERIVED are read only where a row has nothing else.
    """

    LEVEL = auto()
    WHOLE = auto()
    BRANCH = auto()
    WHOLE_BRANCH = auto()
    AFLOAT = auto()
    CHECK = auto()
    DERIVED_LEVEL = auto()
    DERIVED_BRANCH = auto()


_DERIVED_ROLES = (Role.DERIVED_LEVEL, Role.DERIVED_BRANCH)
_LEVEL_ROLES = (Role.LEVEL, Role.WHOLE, Role.DERIVED_LEVEL)


class Counted(NamedTuple):
    """A column that counts people.

    Attributes:
        name: Its heading.
        component: Which people.
        branch: The branch alone, or empty for all.
        beside: The column whose number makes this one a mere check.
    """

    name: str
    component: str
    role: Role
    branch: str = ""
    beside: str = ""


class Issued(Protocol):
    """What the cells of one report share."""

    @property
    def report_id(self) -> str:
        """The report's id."""
        ...

    @property
    def attribution(self) -> Attribution:
        """Who said it."""
        ...

    @property
    def days(self) -> tuple[str, str, str]:
        """As-of as EDTF, its first and its last day."""
        ...

    @property
    def basis(self) -> str:
        """What is counted."""
        ...


class Judged(NamedTuple):
    """What a cell is taken for: a number, or missing for a reason; with what is doubtful, and what to know."""

    missing: str = ""
    doubt: str = ""
    note: str = ""


_PLAIN = Judged()


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What the parts of a total add up to.

    Attributes:
        parts: The columns it adds up where they are filled.
        pair: The two columns it adds up instead where both are filled.
    """

    parts: Sequence[list[int | None]]
    pair: Sequence[list[int | None]]

    @property
    def has_parts(self) -> bool:
        """Whether the table has columns for its parts at all."""
        return bool(self.parts)

    def total(self, at: int) -> int | None:
        """Return the sum in a row; None where no part is filled."""
        both = [number for numbers in self.pair if (number := numbers[at]) is not None]
        if both and len(both) == len(self.pair):
            return sum(both)
        filled = [number for numbers in self.parts if (number := numbers[at]) is not None]
        return sum(filled) if filled else None


FindOddity = Callable[[str, str, int, int], "Oddity | None"]
"""What kind ("zero", "fill"), column, row and number -> the known oddity."""


@dataclass(slots=True, kw_only=True)
class Emitter:
    """Turns the columns of one block into claims.

    Attributes:
        taken: Positions of the rows that can be read.
        printed: The cells of each column of counts.
        labels: Of each row; likewise its place, its report, its number and why it is held.
        parts: For a total, the columns that it adds up where they are filled.
        pairs: For a total, the two columns that it adds up instead where both are filled.
        find: Looks up known oddities.
        fills: The columns in which the compiler is known to have filled in figures.
        sheet: What stands before the row in a locator, or empty.
    """

    extract: Extract
    taken: list[int]
    printed: Mapping[str, list[str]]
    columns: Sequence[Counted]
    labels: Sequence[Label]
    places: Sequence[str]
    editions: Sequence[Issued | None]
    rows: Sequence[int]
    held: Sequence[str]
    parts: Mapping[str, Sequence[str]]
    pairs: Mapping[str, Sequence[str]]
    find: FindOddity
    fills: frozenset[str]
    sheet: str = ""
    numbers: dict[str, list[int | None]] = field(default_factory=dict)
    odd: dict[str, dict[int, Shown]] = field(default_factory=dict)

    def emit(self) -> None:
        """Add the claims of every column."""
        for column in self.columns:
            self._parse(column.name)
        for column in self.columns:
            if column.beside in self.numbers:
                self._empty_zeros_beside(column)
            if column.role is Role.DERIVED_LEVEL:
                self._empty_zeros_beside_copy(column)
        raw = [self.numbers[column.name] for column in self.columns if column.role not in _DERIVED_ROLES]
        bare = {at for at in self.taken if all(numbers[at] is None for numbers in raw)}
        for column in self.columns:
            self._column(column, bare)

    def _parse(self, name: str) -> None:
        cells = self.printed[name]
        known = {text: shown(text) for text in set(cells)}
        numbers = {text: cell.number for text, cell in known.items()}
        self.numbers[name] = [numbers[text] for text in cells]
        doubtful = {text for text, cell in known.items() if cell.doubt}
        if doubtful:
            self.odd[name] = {at: known[text] for at, text in enumerate(cells) if text in doubtful}

    def _empty_zeros_beside(self, whole: Counted) -> None:
        """Take the 0 of a part for a blank where the whole counts people and no other part does."""
        own = self.numbers[whole.name]
        parts = [self.numbers[name] for name in self.pairs.get(whole.name, (whole.beside,)) if name in self.numbers]
        if 0 not in self.numbers[whole.beside]:
            return
        for at, number in enumerate(own):
            if number and not any(part[at] for part in parts):
                for part in parts:
                    part[at] = None

    def _empty_zeros_beside_copy(self, copy: Counted) -> None:
        """Take the 0 of all columns of a row for blanks where the compiler's copy of them counts people."""
        raw = [self.numbers[column.name] for column in self.columns if column.role not in _DERIVED_ROLES]
        for at, copied in enumerate(self.numbers[copy.name]):
            if copied and not any(numbers[at] for numbers in raw):
                for numbers in raw:
                    numbers[at] = None

    def _column(self, column: Counted, bare: set[int]) -> None:
        numbers, ignored = self.numbers[column.name], self.extract.ignored
        doubtful = self.odd.get(column.name, {})
        taken = self.taken
        if column.role in _DERIVED_ROLES:
            taken = [at for at in taken if at in bare]
            ignored[_DERIVED] += len(self.taken) - len(taken)
        filled = [at for at in taken if numbers[at] is not None or at in doubtful]
        pointed = (
            [at for at in taken if at in bare and numbers[at] is None] if column.role is Role.DERIVED_LEVEL else []
        )
        ignored[_ELSEWHERE] += len(taken) - len(filled) - len(pointed)
        filled = self._without_checks(column, filled)
        if column.role in _LEVEL_ROLES:
            self._levels(column, [*filled, *pointed], self._added(column))
            return
        some = [at for at in filled if numbers[at] or at in doubtful]
        ignored[_NOBODY] += len(filled) - len(some)
        self._parts(column, some)

    def _without_checks(self, column: Counted, filled: list[int]) -> list[int]:
        """Compare the cells that are mere sums, and return the others."""
        if column.role is Role.CHECK:
            checks = filled
        elif column.beside in self.numbers:
            beside, malformed = self.numbers[column.beside], self.odd.get(column.beside, {})
            checks = [at for at in filled if beside[at] is not None or at in malformed]
        else:
            return filled
        self.extract.totals_checked += len(checks)
        if column.role is not Role.WHOLE_BRANCH:
            self._compare(column, checks, self._added(column))
        gone = set(checks)
        return [at for at in filled if at not in gone]

    def _compare(self, column: Counted, checks: Sequence[int], added: Added) -> None:
        for at in checks:
            number, total = self.numbers[column.name][at], added.total(at)
            if number is not None and total is not None and number != total:
                self._issue(at, column, f"the total {number:,} is not the sum of its parts, {total:,}", None)

    def _added(self, column: Counted) -> Added:
        parts = [self.numbers[name] for name in self.parts.get(column.name, ()) if name in self.numbers]
        pair = [self.numbers[name] for name in self.pairs.get(column.name, ()) if name in self.numbers]
        return Added(parts=parts, pair=pair)

    def _levels(self, column: Counted, cells: list[int], added: Added) -> None:
        judged = [self._judged(column, at, added) for at in cells]
        held = [self.held[at] or each.doubt for at, each in zip(cells, judged, strict=True)]
        self._put(column, cells, judged, held)

    def _judged(self, column: Counted, at: int, added: Added) -> Judged:
        """Return whether the level in a cell is a number, why not, and what is doubtful about it."""
        number, label = self.numbers[column.name][at], self.labels[at]
        if number is None:
            malformed = self.odd.get(column.name, {}).get(at)
            if malformed:
                return Judged(malformed.missing, malformed.doubt)
            return Judged(label.missing or MissingReason.NOT_STATED.value)
        if number == 0:
            return self._judged_zero(column, at, label, added)
        if label.missing:
            return Judged(doubt=f"the label {label.printed!r} says that there is no figure, yet {number:,} is printed")
        total = added.total(at)
        if total is not None and total != number:
            return Judged(doubt=f"the total {number:,} is not the sum of its parts, {total:,}")
        return Judged(doubt=self._filled_in(column, at))

    def _judged_zero(self, column: Counted, at: int, label: Label, added: Added) -> Judged:
        if label.missing:
            return Judged(label.missing)
        known = self.find("zero", column.name, at, 0)
        if known and known["status"] != _HELD:
            return Judged(known["means"], note=known["reason"])
        total = added.total(at)
        if (total is None and added.has_parts) or column.role is Role.DERIVED_LEVEL:
            reason = MissingReason.WITHHELD if label.starred else MissingReason.NOT_STATED
            return Judged(reason.value, note="the 0 in this cell stands for cells that are all empty")
        if known:
            return Judged(doubt=known["reason"])
        if total:
            return Judged(MissingReason.NOT_STATED.value, f"a total of 0 is printed, but its parts add up to {total:,}")
        return Judged()

    def _filled_in(self, column: Counted, at: int) -> str:
        """Return why the compiler, not the report, may have written a figure."""
        if column.name not in self.fills:
            return ""
        known = self.find("fill", column.name, at, self.numbers[column.name][at] or 0)
        return known["reason"] if known else ""

    def _parts(self, column: Counted, cells: list[int]) -> None:
        """Add the claims of a branch, or of those at sea."""
        held = [self.held[at] for at in cells]
        judged = [_PLAIN] * len(cells)
        doubtful = self.odd.get(column.name, {})
        if doubtful or column.name in self.fills:
            for n, at in enumerate(cells):
                cell = doubtful.get(at)
                held[n] = held[n] or (cell.doubt if cell else self._filled_in(column, at))
                judged[n] = Judged(cell.missing if cell else "", held[n])
        self._put(column, cells, judged, held)

    def _put(self, column: Counted, cells: list[int], judged: Sequence[Judged], held: list[str]) -> None:
        """Add one claim for each cell, all columns of the claims at once."""
        if not cells:
            return
        name, drafts = column.name, self.extract.drafts
        labels = [self.labels[at].printed for at in cells]
        issued = [each for at in cells if (each := self.editions[at]) is not None]
        printed = [self.printed[name][at] for at in cells]
        reports = [each.report_id for each in issued]
        ids = [claim_id(report, f"{label} | {name}", "", 0) for report, label in zip(reports, labels, strict=True)]
        numbers = [None if each.missing else self.numbers[name][at] for at, each in zip(cells, judged, strict=True)]
        many = len(cells)
        drafts.claim_id.extend(ids)
        drafts.report_id.extend(reports)
        drafts.locator.extend([f"{self.sheet}row {self.rows[at]}, column {name}" for at in cells])
        drafts.quote.extend([f"{label} | {name} | {cell}" for label, cell in zip(labels, printed, strict=True)])
        drafts.printed.extend(printed)
        drafts.force.extend([FORCE] * many)
        drafts.place.extend([_AFLOAT] * many if column.role is Role.AFLOAT else [self.places[at] for at in cells])
        drafts.measure.extend([Measure.PRESENT.value] * many)
        drafts.component.extend([column.component] * many)
        drafts.basis.extend([each.basis for each in issued])
        for bound in (drafts.low, drafts.point, drafts.high):
            bound.extend(numbers)
        drafts.hedge.extend([None if number is None else Hedge.EXACT.value for number in numbers])
        drafts.missing_reason.extend([each.missing or None for each in judged])
        drafts.as_of.extend([each.days[0] for each in issued])
        drafts.as_of_earliest.extend([each.days[1] for each in issued])
        drafts.as_of_latest.extend([each.days[2] for each in issued])
        drafts.attribution.extend([each.attribution for each in issued])
        drafts.unit.extend([""] * many)
        drafts.note.extend([each.note for each in judged])
        drafts.qualifiers.extend(self._qualified(column, labels))
        drafts.held.extend(held)
        for claim, at, verdict in zip(ids, cells, judged, strict=True):
            if verdict.doubt:
                self._issue(at, column, f"{verdict.doubt}; held for review", claim)

    def _qualified(self, column: Counted, labels: Sequence[str]) -> list[tuple[Qualifier, ...]]:
        if column.role is Role.AFLOAT:
            return [part_qualifiers(column.branch, f"off {label}") for label in labels]
        return [part_qualifiers(column.branch, "")] * len(labels)

    def _issue(self, at: int, column: Counted, message: str, claim: str | None) -> None:
        where = f"{self.sheet}row {self.rows[at]}, column {column.name}"
        self.extract.issues.append(Issue(severity=Severity.WARNING, locator=where, message=message, claim_id=claim))


def without_repeats(extract: Extract) -> None:
    """Keep the first of rows that print the same of one place; a repetition that differs is kept, and held."""
    drafts = extract.drafts
    if len(set(drafts.claim_id)) == len(drafts):
        return
    first: dict[str, int] = {}
    gone: list[int] = []
    for at, claim in enumerate(drafts.claim_id):
        before = first.setdefault(claim, at)
        if before == at:
            continue
        if drafts.point[before] == drafts.point[at]:
            gone.append(at)
        else:
            _keep_apart(extract, before, at)
    extract.ignored[REPEATED] += len(gone)
    for name, column in drafts.columns():
        del name
        for at in reversed(gone):
            del column[at]


def _keep_apart(extract: Extract, before: int, at: int) -> None:
    drafts = extract.drafts
    told = f"{drafts.locator[before]} prints {drafts.printed[before]} under the same label and heading"
    drafts.claim_id[at] = claim_id(drafts.report_id[at], drafts.quote[at], "", 1)
    drafts.held[at] = drafts.held[at] or told
    drafts.held[before] = (
        drafts.held[before] or f"{drafts.locator[at]} prints {drafts.printed[at]} under the same label"
    )
    message = f"{told}; both are held for review"
    extract.issues.append(
        Issue(
            severity=Severity.WARNING,
            locator=drafts.locator[at],
            message=message,
            claim_id=drafts.claim_id[at],
        )
    )
