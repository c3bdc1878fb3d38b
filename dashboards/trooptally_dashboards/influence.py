"""What one claim does to the estimate of its series on its own day, and what stands beside it in its report."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from trooptally.errors import ClaimMissing, RefusedInput
from trooptally.vocabulary import Basis
from trooptally_dashboards import words
from trooptally_dashboards.figures.points import height
from trooptally_dashboards.questions import claim_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from trooptally.estimates import Estimates, Influence
    from trooptally.ledger import ClaimDetail, Ledger
    from trooptally_dashboards.estimating import Estimator

_PRESENT = frozenset({Basis.UNSTATED.value, Basis.ALL_PRESENT.value})
_BESIDE = 12  # so many other figures of a report are shown
_HALF = 0.5
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a claim does to the estimate of its series.

    Attributes:
        day: The day asked about, which is the last one that the claim is about.
        answer: The estimate of that day.
        influence: What the claim, with all that repeats it, does to it; None where it has no part in it.
        reason: Why it has none, or "".
    """

    day: str
    answer: Estimates | None = None
    influence: Influence | None = None
    reason: str = ""


def effect(estimator: Estimator, ledger: Ledger, columns: Mapping[str, Any], published_on: str) -> Effect:
    """Return what a claim does to the estimate of its series.

    Args:
        estimator: What estimates.
        ledger: Where the claims are.
        columns: The claim's columns.
        published_on: When its report was published.
    """
    from trooptally.estimates import influences

    day = columns["as_of_latest"] or published_on
    if not day:
        return Effect(day="", reason="Nobody says when this was: the estimate does not use it.")
    answer = estimator.estimate(
        ledger,
        columns["force"],
        columns["place"],
        component=columns["component"],
        basis=None if columns["basis"] in _PRESENT else columns["basis"],
        on=day,
    )
    try:
        (found,) = influences(answer, on=day, claim_id=columns["claim_id"])
    except RefusedInput as refused:
        return Effect(day=day, reason=str(refused))
    except ClaimMissing:
        return Effect(day=day, answer=answer, reason=_without_part(answer, columns))
    return Effect(day=day, answer=answer, influence=found)


def _without_part(answer: Estimates, columns: Mapping[str, Any]) -> str:
    """Return why the estimate does not use a claim."""
    if columns["status"] != "accepted":
        return f"The estimate does not use it: it is {columns['status']}, not accepted."
    said = dict(answer.left_out).get(columns["claim_id"])
    if said:
        return f"The estimate does not use it: {said}."
    return "The estimate does not use it: it says nothing of its own on how many are present."


def shown(told: Effect, claim_id: str) -> list[Component]:
    """Return the effect as words and figures."""
    parts: list[Component] = []
    if told.answer is not None and told.answer.enough:
        parts.append(html.P(_estimated(told.answer, told.day)))
    if told.influence is None:
        return [*parts, html.P(told.reason, className="note")]
    facts = [html.Div([html.Dt(term), html.Dd(said)]) for term, said in _facts(told.influence)]
    return [*parts, *_standing_for(told.influence, claim_id), html.Dl(facts, className="facts")]


def _estimated(answer: Estimates, day: str) -> str:
    row = answer.frame.iloc[-1]
    low, best, high = (words.number(int(row[name])) for name in ("low", "best", "high"))
    band = "band" if isnan(row["level"]) else f"{row['level']:.0%} band"
    return f"For {words.as_of(day)} we estimate {best}, {band} {low}\N{EN DASH}{high} (method {answer.method})."


def _facts(found: Influence) -> list[tuple[str, str]]:
    return [
        ("Weight", f"{found.weight:.1%} of the answer"),
        ("Without this one", _moved(found.best_moves)),
        ("P(wrong)", _doubted(found.p_wrong)),
    ]


def _moved(by: int | None) -> str:
    if by is None:
        return "nothing is left to estimate from"
    if by == 0:
        return "best stays the same"
    return f"best moves by {'+' if by > 0 else _MINUS}{words.number(abs(by))}"


def _doubted(chance: float | None) -> str:
    if chance is None:
        return "this method cannot say"
    more = ": more likely than not" if chance > _HALF else ""
    return f"{chance:.0%} that the figure is wrong, or about something else{more}"


def _standing_for(found: Influence, claim_id: str) -> list[Component]:
    """Return who counts for whom, where several claims go back to one origin or are added up."""
    if found.claim_id != claim_id:
        other = dcc.Link("another claim", href=claim_link(found.claim_id))
        return [html.P(["It counts together with ", other, " of the same origin: both leave at once."])]
    if found.echoes:
        many = words.counted(len(found.echoes), "echo", "echoes")
        return [html.P(f"It counts together with {many} of the same origin, which would leave with it.")]
    return []


def report_beside(ledger: Ledger, claim: ClaimDetail) -> list[Component]:
    """Return what else the same report says of the same force and place, in the order in which it stands there."""
    columns = claim.columns
    frame = ledger.claims(force=columns["force"], place=columns["place"], rank="all")
    own = frame[(frame["report_id"] == columns["report_id"]) & (frame["claim_id"] != columns["claim_id"])]
    if own.empty:
        return []
    rows = own.astype(object).where(own.notna(), None).to_dict("records")
    items = [html.Li(_beside(row)) for row in rows[:_BESIDE]]
    more = len(rows) - len(items)
    rest = [html.P(f"And {words.number(more)} more.", className="note")] if more else []
    return [html.H2("In the same report"), html.Ul(items, className="beside-claims"), *rest]


def _beside(row: Mapping[Any, Any]) -> list[Component | str]:
    said = (
        words.missing(row["missing_reason"])
        if height(row["low"], row["point"], row["high"]) is None
        else words.figure(row["low"], row["point"], row["high"], row["hedge"])
    )
    text = f"{words.sentence_case(said)}, {words.MEASURES[row['measure']]}, {words.as_of(row['as_of'])}"
    link = dcc.Link(text, href=claim_link(row["claim_id"]))
    return [link, ": ", html.Q(row["quote"] or row["printed"] or ""), f" ({row['locator']})"]
