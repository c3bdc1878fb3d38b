"""One claim: its words, report, chain, grades and every version with who changed what and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import dash
from dash import Dash, Input, Output, dcc, html

from trooptally.errors import ClaimMissing, LedgerError
from trooptally.vocabulary import Role
from trooptally_dashboards import influence, sessions
from trooptally_dashboards.components import notices, provenance
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.estimating import Estimator
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page and the callback that says what the claim does to the estimate, which takes longer than the rest."""
    estimator = Estimator()
    dash.register_page(
        "claim",
        path_template="/claims/<claim_id>",
        title="Claim \N{MIDDLE DOT} Trooptally",
        layout=lambda claim_id="", **_: guarded(lambda: layout(door, unquote(claim_id))),
    )

    @app.callback(Output("claim-effect", "children"), Input("claim-key", "data"))
    def _effect(claim_id: str) -> list[Component]:
        return effect(door, estimator, claim_id)

    return Route(
        template="/claims/<claim_id>",
        exists=lambda claim_id: _exists(door, claim_id),
        skeleton=html.Div(_effect_card("")),
    )


def effect(door: LedgerDoor, estimator: Estimator, claim_id: str) -> list[Component]:
    """Return what a claim does to the estimate of its series, in words."""
    try:
        claim = door().claim(str(claim_id))
        told = influence.effect(estimator, door(), claim.columns, claim.report["published_earliest"] or "")
    except (ClaimMissing, LedgerError) as error:
        return [html.P(str(error))]
    return influence.shown(told, claim.columns["claim_id"])


def _effect_card(claim_id: str) -> list[Component]:
    waiting = html.P("Estimating\N{HORIZONTAL ELLIPSIS}", className="note")
    return [
        dcc.Store(id="claim-key", data=claim_id),
        html.Section(
            [html.H2("In the estimate"), html.Div(waiting, id="claim-effect", **aria(live="polite"))],
            className="card",
        ),
    ]


def layout(door: LedgerDoor, claim_id: str) -> Component:
    """Return the page of a claim, or that there is none."""
    if not claim_id:
        return html.Div()
    try:
        claim = door().claim(claim_id)
    except ClaimMissing as error:
        return notices.notice("No such claim", str(error), ways=[("/", "Back to the overview")])
    names = {"force": door.names("force"), "place": door.names("place")}
    beside = influence.report_beside(door(), claim)
    head, history, cited = provenance.whole(claim, names)
    parts = [*head, *([html.Section(beside, className="card")] if beside else []), *_effect_card(claim_id)]
    return html.Article([*parts, history, cited, *_corrections(claim_id)])


def _corrections(claim_id: str) -> list[Component]:
    """Return the way to correct a claim, for whoever may."""
    if not sessions.person().role.covers(Role.REVIEWER):
        return []
    return [html.P(dcc.Link("Correct, retract or grade this claim", href=f"/correct/{claim_id}"))]


def _exists(door: LedgerDoor, claim_id: str) -> bool:
    try:
        door().claim(claim_id)
    except ClaimMissing:
        return False
    return True
