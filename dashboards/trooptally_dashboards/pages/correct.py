"""Correcting one claim: its next version with a reason; withdrawing it, ranking it, grading it and its publisher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import dash
import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update

from trooptally.errors import ClaimMissing, Conflict, TrooptallyError
from trooptally.intake.correcting import answers_of_claim
from trooptally.vocabulary import Credibility, Rank, Reliability, Role
from trooptally_dashboards import reviewing, sessions, words
from trooptally_dashboards.components import claim_form, gate, notices, provenance
from trooptally_dashboards.components.claim_form import SHOWN, answers, field_id, states
from trooptally_dashboards.routes import Route

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally.ledger import ClaimDetail
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.REVIEWER

_ACTS = ("save", "retract", "rank", "grade-claim", "grade-source")


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    dash.register_page(
        "correct",
        path_template="/correct/<claim_id>",
        title="Correct a claim \N{MIDDLE DOT} Trooptally",
        layout=lambda claim_id="", **_: gate.for_role(
            NEEDS, f"/correct/{claim_id}", lambda: layout(door, unquote(claim_id))
        ),
    )
    claim_form.register(app, "correct", door)
    app.callback(
        {
            "said": Output("correct-said", "children"),
            "seen": Output("correct-seen", "data"),
            "panel": Output("correct-claim", "children"),
            "errors": {name: Output(field_id("correct", name), "error", allow_duplicate=True) for name in SHOWN},
        },
        {
            "clicks": tuple(Input(f"correct-{act}", "n_clicks") for act in _ACTS),
            "seen": State("correct-seen", "data"),
            "reason": State("correct-reason", "value"),
            "values": states("correct", State),
            "chosen": {name: State(f"correct-{name}-to", "value") for name in ("rank", "grade-claim", "grade-source")},
        },
        prevent_initial_call=True,
    )(lambda **given: act_on(str(ctx.triggered_id).removeprefix("correct-"), door, **given))
    return Route(
        template="/correct/<claim_id>",
        exists=lambda claim_id: _claim(door, claim_id) is not None,
        skeleton=html.Div(_page({}, {}, {})),
    )


def layout(door: LedgerDoor, claim_id: str) -> Component:
    """Return the page of a claim, or that there is none."""
    claim = _claim(door, claim_id) if claim_id else None
    if claim is None:
        ways = [("/", "Back to the overview")]
        return notices.notice("No such claim", f"No claim has the id {claim_id[:80]!r}.", ways=ways)
    filled = answers_of_claim(claim, door().names())
    seen = {name: claim.columns[name] for name in ("claim_id", "version", "source_id")}
    return _page(claim_form.completions(door), filled, seen, _shown(door, claim))


def act_on(
    act: str,
    door: LedgerDoor,
    *,
    seen: dict[str, Any],
    reason: str | None,
    values: Mapping[str, Any],
    chosen: Mapping[str, Any],
    clicks: object,
) -> dict[str, Any]:
    """Return the page after one act: what was done, or why not, with the claim as it now stands."""
    del clicks  # which button it was is all that counts
    quiet = {"seen": no_update, "panel": no_update, "errors": dict.fromkeys(SHOWN, no_update)}
    why = (reason or "").strip()
    if not why:
        return quiet | {"said": html.P("Say why: the reason stays in the history.", className="said")}
    try:
        said, errors = _done(act, seen, why, answers(values), chosen)
    except Conflict as err:
        claim = door().claim(err.claim_id)
        shown = {"seen": {**seen, "version": err.now}, "panel": _shown(door, claim)}
        return quiet | shown | {"said": html.P(reviewing.conflict(claim), className="said")}
    except TrooptallyError as err:
        return quiet | {"said": html.P(str(err), className="said")}
    if errors:
        return quiet | {"said": html.P("See the fields marked.", className="said"), "errors": errors}
    claim = door().claim(seen["claim_id"])
    link = dcc.Link("Open the claim", href=f"/claims/{seen['claim_id']}")
    after = {"seen": {**seen, "version": claim.columns["version"]}, "panel": _shown(door, claim)}
    return quiet | after | {"said": html.P([said, " ", link], className="saved")}


def _done(
    act: str, seen: dict[str, Any], why: str, told: dict[str, str], chosen: Mapping[str, Any]
) -> tuple[str, dict[str, str]]:
    desk, claim_id, version = sessions.desk(), seen["claim_id"], seen["version"]
    match act:
        case "save":
            entered = desk.revise(claim_id, told, version=version, reason=why)
            if not entered.claim_id:
                return "", claim_form.shown_errors(entered.look)
            return f"Corrected: {entered.understood}", {}
        case "retract":
            desk.retract(claim_id, version=version, reason=why)
            return "Retracted; it stays in the history.", {}
        case "rank":
            desk.rank(claim_id, Rank(chosen["rank"] or Rank.NORMAL), version=version, reason=why)
            return f"Ranked {chosen['rank'] or Rank.NORMAL}.", {}
        case "grade-claim":
            desk.assess("claim", claim_id, str(chosen["grade-claim"] or ""), reason=why)
            return f"The claim is graded {chosen['grade-claim']}.", {}
        case _:
            desk.assess("source", seen["source_id"], str(chosen["grade-source"] or ""), reason=why)
            return f"The publisher is graded {chosen['grade-source']}.", {}


def _claim(door: LedgerDoor, claim_id: str) -> ClaimDetail | None:
    try:
        return door().claim(claim_id)
    except ClaimMissing:
        return None


def _shown(door: LedgerDoor, claim: ClaimDetail) -> list[Component]:
    return provenance.summary(claim, {"force": door.names("force"), "place": door.names("place")})


def _page(
    completions: Mapping[str, Sequence[str]],
    filled: Mapping[str, str],
    seen: Mapping[str, Any],
    shown: Sequence[Component] = (),
) -> Component:
    known = claim_form.report_fields("correct", completions, shown=False)
    form = claim_form.filled(claim_form.claim_form("correct", completions, report=known), "correct", filled)
    why = dmc.TextInput(id="correct-reason", label="Why (for the history)", required=True, value="", debounce=100)
    save = html.Div([dmc.Button("Save the correction", id="correct-save", n_clicks=0)], className="buttons")
    left = html.Section([why, html.Div(id="correct-said", role="status"), form, save], className="card stack")
    right = html.Div(
        [
            html.Section(list(shown), id="correct-claim", className="card"),
            html.Section([html.H2("Other acts"), *_acts()], className="card stack"),
        ]
    )
    store = dcc.Store(id="correct-seen", data=dict(seen))
    title = html.H1("Correct a claim")
    return html.Div([title, html.P(_TOLD, className="subtitle"), html.Div([left, right], className="beside"), store])


_TOLD = "Nothing is overwritten: a correction is the claim's next version, with who, when and why."


def _acts() -> list[Component]:
    ranks = [{"value": rank.value, "label": rank.value} for rank in Rank]
    credible = [{"value": one.value, "label": f"{one.value}, {one.meaning}"} for one in Credibility]
    reliable = [{"value": one.value, "label": f"{one.value}, {one.meaning}"} for one in Reliability]
    retract = dmc.Button("Retract the claim", id="correct-retract", color="red", variant="outline", n_clicks=0)
    return [
        _choice("rank", "Rank", "Set the rank", ranks),
        _choice("grade-claim", "Credibility of the claim", "Grade the claim", credible),
        _choice("grade-source", "Reliability of the publisher", "Grade the publisher", reliable),
        html.Div(retract),
    ]


def _choice(name: str, label: str, button: str, listed: list[dict[str, str]]) -> Component:
    chooser = dmc.Select(id=f"correct-{name}-to", label=words.sentence_case(label), data=listed, size="sm", value=None)
    chooser.comboboxProps = {"withinPortal": False}
    act = dmc.Button(button, id=f"correct-{name}", variant="default", size="sm", n_clicks=0)
    return html.Div([chooser, act], className="act")
