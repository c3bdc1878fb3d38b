"""Official tables of people by place: what a cell shows, what a row's label says, and claims made from both.

A number is a number only where one is printed. A blank, a space, a star, a pointer to another table and a sum over
blanks are each missing, with the reason kept. A claim's id is made of the official report, the row's label and the
column's heading, not of cell addresses or figures: an edition that was prepared or saved again names the same
claims, and where its figure differs the ledger can show both.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from trooptally.dates import AsOf
from trooptally.errors import RefusedInput
from trooptally.figures import parse_figure
from trooptally.importing.oddities import oddities
from trooptally.model import Attribution, DraftTable, Issue, Qualifier, Report, claim_id, report_id
from trooptally.vocabulary import Basis, Hedge, Measure, MissingReason, QualifierKind, Severity

if TYPE_CHECKING:
    from trooptally.importing.extract import Extract
    from trooptally.names import Names

FORCE = "USA"
LARGEST_COUNT = 20_000_000
"""More people than any force has ever had: a larger number in a cell is no count of people."""

_OFFICIAL = "official"
REPEATED = "repeats an earlier row"

_POINTER = re.compile(
    r"[\s(\[,;:\u2013-]+(?P<words>see\s[^)\]]*|not available|n/a|withheld|classified|not releasable|undisclosed)"
    r"\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*\u2020\u2021\u00a7#\u00b9\u00b2\u00b3\u2070-\u2079]+")
_LABEL_MARK = re.compile(r"(?:\s*[(\[](?:\d{1,2}|[a-z])[)\]]|\s(?:\d{1,2}|[a-z])/)+$")
_CELL_MARK = re.compile(r"(?<=\d)(?:\s?[(\[][a-z][)\]]|\s(?:\d{1,2}|[a-z])/)$")
_DASHES = frozenset("-\u2013\u2014.")
_SPACES = re.compile(r"\s+")
_MISSING_WORDS = {
    "na": MissingReason.NOT_AVAILABLE,
    "n/a": MissingReason.NOT_AVAILABLE,
    "not available": MissingReason.NOT_AVAILABLE,
    "unavailable": MissingReason.NOT_AVAILABLE,
    "nan": MissingReason.NOT_AVAILABLE,
    "null": MissingReason.NOT_AVAILABLE,
    "<na>": MissingReason.NOT_AVAILABLE,
    "withheld": MissingReason.WITHHELD,
    "classified": MissingReason.WITHHELD,
    "undisclosed": MissingReason.WITHHELD,
    "not releasable": MissingReason.WITHHELD,
}
_LONGEST_PRINTED = 200


class Shown(NamedTuple):
    """What a cell shows.

    Attributes:
        number: The number of people, or None.
        printed: The cell as text.
        missing: Why there is no number (a `MissingReason`), or empty.
        doubt: Why a person must look at it, or empty.
    """

    number: int | None = None
    printed: str = ""
    missing: str = ""
    doubt: str = ""


BLANK = Shown(missing=MissingReason.NOT_STATED.value)


class Label(NamedTuple):
    """What the label of a row says.

    Attributes:
        printed: As printed, with single spaces.
        name: Without marks and pointers: the name of a place.
        missing: The reason that the label itself gives for having no figures, or empty.
        starred: Whether a footnote mark stands at it.
    """

    printed: str
    name: str
    missing: str
    starred: bool


def shown(cell: Any) -> Shown:
    """Return what a cell of a sheet shows."""
    match cell:
        case None:
            return BLANK
        case bool() | dt.date() | dt.time():
            return _malformed(str(cell))
        case int():
            return _counted(cell, str(cell))
        case float() if cell.is_integer():
            return _counted(int(cell), str(int(cell)))
        case float():
            return _malformed(str(cell))
        case _:
            return _worded(str(cell))


@lru_cache(maxsize=50_000)
def _worded(text: str) -> Shown:
    printed = text.strip()
    if len(printed) > _LONGEST_PRINTED:
        return _malformed(printed[:_LONGEST_PRINTED])
    plain = _CELL_MARK.sub("", _MARKS.sub("", printed).strip())
    if not plain or set(plain) <= _DASHES:
        return Shown(printed=printed, missing=MissingReason.NOT_STATED.value)
    word = plain.casefold().strip(" ().")
    if word in _MISSING_WORDS:
        return Shown(printed=printed, missing=_MISSING_WORDS[word].value)
    if word.startswith("see "):
        return Shown(printed=printed, missing=MissingReason.SEE_ELSEWHERE.value)
    if plain.isascii() and plain.isdigit():
        return _counted(int(plain), printed)
    return _parsed(plain, printed)


def _parsed(plain: str, printed: str) -> Shown:
    try:
        parsed = parse_figure(plain)
    except RefusedInput:
        return _malformed(printed)
    if parsed.figure.hedge != Hedge.EXACT or parsed.figure.point is None:
        return _malformed(printed)
    return _counted(parsed.figure.point, printed, parsed.doubt)


def _counted(number: int, printed: str, doubt: str = "") -> Shown:
    if not 0 <= number <= LARGEST_COUNT:
        return _malformed(printed)
    return Shown(number=number, printed=printed, doubt=doubt)


def _malformed(printed: str) -> Shown:
    doubt = f"{printed[:40]!r} is no count of people"
    return Shown(printed=printed, missing=MissingReason.MALFORMED.value, doubt=doubt)


@lru_cache(maxsize=10_000)
def read_label(text: str) -> Label:
    """Return what the label of a row says: a name, perhaps a footnote mark, perhaps where to look instead."""
    printed = single_spaced(text)
    found = _POINTER.search(printed)
    name = printed[: found.start()] if found else printed
    bare = _LABEL_MARK.sub("", name)
    return Label(
        printed=printed,
        name=single_spaced(_MARKS.sub(" ", bare)),
        missing=_pointed(found["words"]) if found else "",
        starred=bool(_MARKS.search(printed)) or bare != name,
    )


def _pointed(words: str) -> str:
    plain = words.casefold().strip()
    return MissingReason.SEE_ELSEWHERE.value if plain.startswith("see ") else _MISSING_WORDS[plain].value


def single_spaced(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return _SPACES.sub(" ", text).strip()


def official_report_id(publisher: str, kind: str, as_of: str) -> str:
    """Return the id of an official report, from its publisher, its kind and its as-of text as printed.

    File names, bytes, dates of preparation and cell addresses change when a report is prepared or saved again.
    """
    return report_id(publisher=publisher, title=kind, published_on=single_spaced(as_of).casefold())


def accepted_by_rule(names: Names, *origins: str) -> bool:
    """Return whether the tables of these origins are accepted without a person's look, as the source list says."""
    return all(names.facts("source", names.source(origin).source_id).get("trust") == _OFFICIAL for origin in origins)


def basis_on(day: dt.date) -> Basis:
    """Return what the American location tables of a day counted, where the table itself does not say."""
    iso = day.isoformat()
    for era in oddities("bases"):
        if era["valid_from"] <= iso and (not era["valid_to"] or iso <= era["valid_to"]):
            return Basis(era["basis"])
    return Basis.UNSTATED


def unresolved(printed: str, names: Names) -> str:
    """Return the sentence for a place that no code list carries, with the nearest that they do."""
    near = names.suggest(printed, "place")
    hint = f"; the nearest known are {', '.join(near)}" if near else ""
    return f"{printed[:80]!r} is no place this ledger knows{hint}; its row was left out"


class _Said(NamedTuple):
    """What is said beside a number."""

    locator: str
    quote: str
    force: str
    place: str
    measure: str
    component: str
    qualifiers: tuple[Qualifier, ...]
    note: str
    held: str


class PlaceClaims:
    """Claims of one official report on their way into an extract."""

    def __init__(self, extract: Extract, report: Report, attribution: Attribution, as_of: AsOf, basis: Basis) -> None:
        self.extract = extract
        self._report_id = report.report_id
        self._attribution = attribution
        self._days = (as_of.edtf, as_of.earliest.isoformat(), as_of.latest.isoformat())
        self._basis = basis.value
        if report.report_id not in {known.report_id for known in extract.reports}:
            extract.reports.append(report)
        extract.editions = True

    def add(
        self,
        what: Shown,
        *,
        key: str,
        locator: str,
        quote: str,
        place: str,
        component: str,
        force: str = FORCE,
        measure: Measure = Measure.PRESENT,
        branch: str = "",
        scope: str = "",
        note: str = "",
        held: str = "",
    ) -> str:
        """Add one claim and return its id; of a row that repeats an earlier one, count it and return "".

        Args:
            what: What the cell shows.
            key: The row's label and the column's heading as printed: what makes this claim itself in every edition.
            locator: Sheet and cell, or row and column.
            quote: The words as printed.
            place: Id of the place.
            component: Which people are counted.
            force: Whose people they are.
            measure: A level at the place, unless said otherwise.
            branch: The branch that is counted alone, or empty for the whole component.
            scope: What part of the place is counted, or empty.
            note: What a reader of the claim should know.
            held: Why a person must look at it first.
        """
        held = held or what.doubt
        before = self.extract.met.setdefault((self._report_id, key), [])
        if what.number in before:
            self.extract.ignored[REPEATED] += 1
            return ""
        if before:
            held = held or "an earlier row of the same label prints another figure"
        made = claim_id(self._report_id, key, "", len(before))
        before.append(what.number)
        said = _Said(locator, quote, force, place, measure.value, component, part_qualifiers(branch, scope), note, held)
        self._put(made, what, said)
        if held:
            self.issue(Severity.WARNING, locator, f"{held}; held for review", made)
        return made

    def issue(self, severity: Severity, locator: str, message: str, claim: str | None = None) -> None:
        """Add one issue to the extract."""
        self.extract.issues.append(Issue(severity=severity, locator=locator, message=message, claim_id=claim))

    def _put(self, made: str, what: Shown, said: _Said) -> None:
        drafts: DraftTable = self.extract.drafts
        counted = what.number is not None
        drafts.claim_id.append(made)
        drafts.report_id.append(self._report_id)
        drafts.locator.append(said.locator)
        drafts.quote.append(said.quote)
        drafts.printed.append(what.printed)
        drafts.force.append(said.force)
        drafts.place.append(said.place)
        drafts.measure.append(said.measure)
        drafts.component.append(said.component)
        drafts.basis.append(self._basis)
        for bound in (drafts.low, drafts.point, drafts.high):
            bound.append(what.number)
        drafts.hedge.append(Hedge.EXACT.value if counted else None)
        drafts.missing_reason.append(None if counted else what.missing)
        for column, day in zip((drafts.as_of, drafts.as_of_earliest, drafts.as_of_latest), self._days, strict=True):
            column.append(day)
        drafts.attribution.append(self._attribution)
        drafts.unit.append("")
        drafts.note.append(said.note)
        drafts.qualifiers.append(said.qualifiers)
        drafts.held.append(said.held)


@lru_cache(maxsize=1000)
def part_qualifiers(branch: str, scope: str) -> tuple[Qualifier, ...]:
    """Return the qualifiers that say which part of a component or of a place is counted alone."""
    named = ((QualifierKind.BRANCH, branch), (QualifierKind.SCOPE, scope))
    return tuple(Qualifier(kind=kind, text=text) for kind, text in named if text)
