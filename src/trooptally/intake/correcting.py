"""A recorded claim back in the form, and what a changed form asks a correction to change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from trooptally.dates import AsOf
from trooptally.figures import Figure, print_figure
from trooptally.intake.smartline import name_to_type, printed_figure
from trooptally.model import Attribution, Link
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from trooptally.ledger import ClaimDetail
    from trooptally.model import DraftTable
    from trooptally.names import Names

_TEXT = ("force", "place", "measure", "component", "basis", "unit", "note")
_NUMBERS = ("low", "point", "high", "hedge")


def answers_of_claim(claim: ClaimDetail, names: Names) -> dict[str, str]:
    """Return a claim's newest version as the answers that a form would hold."""
    columns, report = claim.columns, claim.report
    figure = _figure(*[columns[name] for name in _NUMBERS])
    answers = {
        "force": name_to_type(names, "force", columns["force"]),
        "place": name_to_type(names, "place", columns["place"]),
        "measure": columns["measure"],
        "component": columns["component"] if columns["component"] != "military" else "",
        "figure": printed_figure(columns["printed"], figure) if figure else "",
        "as_of": columns["as_of"] or "",
        "attributed_to": claim.attributed_to,
        "quote": columns["quote"],
        "unit": columns["unit"],
        "note": columns["note"],
        "basis": columns["basis"] if columns["basis"] != "unstated" else "",
        "missing_reason": columns["missing_reason"] or "",
        "publisher": report["publisher"],
        "published_on": report["published_on"] or "",
        "url": report["url"],
        "title": report["title"],
    }
    return {name: answer for name, answer in answers.items() if answer}


def changes_of(claim: ClaimDetail, form: DraftTable) -> dict[str, Any]:
    """Return what a checked form says otherwise than the claim, by the names that a correction takes."""
    columns = claim.columns
    changes: dict[str, Any] = {
        name: getattr(form, name)[0] for name in _TEXT if getattr(form, name)[0] != columns[name]
    }
    numbers = [getattr(form, name)[0] for name in _NUMBERS]
    if [columns[name] for name in _NUMBERS] != numbers:
        changes["figure"] = _figure(*numbers)
    if form.missing_reason[0] and form.missing_reason[0] != columns["missing_reason"]:
        changes["missing_reason"] = form.missing_reason[0]
    if form.as_of[0] != columns["as_of"]:
        changes["as_of"] = _as_of(form)
    if form.attribution[0].printed != claim.attributed_to:
        changes["attribution"] = form.attribution[0]
    if form.quote[0] != columns["quote"] and form.quote[0] != form.printed[0]:
        changes["quote"] = form.quote[0]
    return changes


def echo_of(claim: ClaimDetail, other: ClaimDetail) -> Attribution:
    """Return the attribution by which a claim is an echo: from its publisher to the origin of the other claim.

    The words that name whom the report attributes the figure to stay as they are printed.
    """
    publisher, origin = claim.chain[0], other.chain[-1]
    links = [Link(source_id=publisher[0], printed=publisher[1])]
    links += [Link(source_id=origin[0], printed=origin[1])] if origin[0] != publisher[0] else []
    return Attribution(links=tuple(links), printed=claim.attributed_to)


def figure_in_words(claim: ClaimDetail) -> str:
    """Return the figure of a claim's newest version, canonical ("about 2,600"), or why there is none."""
    figure = _figure(*[claim.columns[name] for name in _NUMBERS])
    missing = (claim.columns["missing_reason"] or "not stated").replace("_", " ")
    return print_figure(figure) if figure else f"no figure ({missing})"


def _figure(low: int | None, point: int | None, high: int | None, hedge: str | None) -> Figure | None:
    return Figure(low=low, point=point, high=high, hedge=Hedge(hedge)) if hedge else None


def _as_of(form: DraftTable) -> AsOf | None:
    edtf, earliest, latest = form.as_of[0], form.as_of_earliest[0], form.as_of_latest[0]
    if edtf is None or earliest is None or latest is None:
        return None
    return AsOf(edtf=edtf, earliest=date.fromisoformat(earliest), latest=date.fromisoformat(latest))
