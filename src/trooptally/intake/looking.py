"""One filled form looked at before it is written: what was understood, and what is wrong beside which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trooptally.dates import describe, parse_as_of
from trooptally.entry import field_named
from trooptally.intake.form import form_document, spoken
from trooptally.intake.taking import Checked, check
from trooptally.vocabulary import Component, Measure, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trooptally.model import DraftTable
    from trooptally.names import Names

_FIGURE = ("figure", "low", "point", "high", "missing_reason")
_AT = re.compile(r"row \d+(?:, column (?P<column>\w+))?\Z")
_ASIDE = ("; the row was left out", "; the claim is recorded with the date missing")
_ASKED = {
    "force": "Say whose people these are.",
    "place": "Say where they are, or where they go to or leave.",
    "measure": "Choose what is counted.",
    "figure": "Write the number as printed, or choose below why there is none.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What becomes of a form as it stands.

    Attributes:
        errors: What keeps it from being written, by field.
        doubts: What is missing or doubtful and can still be written, by field ("" for the whole).
        understood: The claim in words; empty where there are errors.
        checked: What can be recorded, or None where there are errors.
    """

    errors: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    understood: str = ""
    checked: Checked | None = None

    @property
    def drafts(self) -> DraftTable:
        """The one claim as a table of one row.

        Raises:
            ValueError: the form has errors.
        """
        if self.checked is None:
            raise ValueError("a form with errors makes no claim")
        return self.checked.extract.drafts


def is_blank(answers: Mapping[str, str]) -> bool:
    """Whether nothing has been filled in."""
    return not any(answer.strip() for answer in answers.values())


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNPRINTABLE = "There are control characters in these words, which no report prints; type them again."


def look(answers: Mapping[str, str], names: Names) -> Look:
    """Return what would be written from the form, or what is wrong with it."""
    unprintable = {name: _UNPRINTABLE for name, text in answers.items() if _CONTROL.search(text)}
    if unprintable:
        return Look(errors=unprintable)
    checked = check(form_document(answers), names, importer="claims-table")
    errors, doubts = dict[str, str](), dict[str, str]()
    for issue in checked.extract.issues:
        at = _AT.match(issue.locator)
        column = (at["column"] or "") if at else ""
        said = errors if issue.severity is Severity.ERROR else doubts
        said.setdefault(column, _plain(issue.message, column, answers))
    errors |= {name: text for name, text in _ASKED.items() if name not in errors and _lacks(name, answers)}
    if errors or not len(checked.extract.drafts):
        return Look(errors=errors or {"figure": _ASKED["figure"]}, doubts=doubts)
    return Look(doubts=doubts, understood=sentence(checked.extract.drafts, names), checked=checked)


def sentence(drafts: DraftTable, names: Names, row: int = 0) -> str:
    """Return in words what one claim says."""
    origin = drafts.attribution[row].links[-1].printed or "nobody named"
    as_of = drafts.as_of[row]
    when = f"as of {describe(parse_as_of(as_of))}" if as_of else "at no stated time"
    force, place = names.label("force", drafts.force[row]), names.label("place", drafts.place[row])
    people, where = _PEOPLE[Component(drafts.component[row])], _WHERE[Measure(drafts.measure[row])]
    return f"{_capital(spoken(drafts, row))} {people} of {force} {where} {place}, {when}, according to {origin}."


_PEOPLE = {
    Component.MILITARY: "military personnel",
    Component.ACTIVE: "active-duty personnel",
    Component.RESERVE: "reservists",
    Component.CIVILIAN: "civilian staff",
    Component.CONTRACTOR: "contractors",
}
_WHERE = {
    Measure.PRESENT: "present in",
    Measure.DEPLOYING: "deploying to",
    Measure.WITHDRAWING: "withdrawing from",
    Measure.ROTATING: "rotating into",
    Measure.PLANNED: "planned for",
    Measure.AUTHORIZED: "authorized (a ceiling) in",
    Measure.COMMITTED: "committed to",
    Measure.OTHER_STRENGTH: "in all, counted for",
}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lacks(name: str, answers: Mapping[str, str]) -> bool:
    if name == "figure":
        return not any(answers.get(one, "").strip() for one in _FIGURE) and not answers.get("quote", "").strip()
    return field_named(name).required and not answers.get(name, "").strip()


def _plain(message: str, column: str, answers: Mapping[str, str]) -> str:
    if column in _ASKED and not answers.get(column, "").strip():
        return _ASKED[column]
    for aside in _ASIDE:
        message = message.removesuffix(aside)
    said = _capital(message.replace("the row", "the entry"))
    return said if said.endswith((".", "?")) else said + "."
