"""One claim: its words, report, chain, grades and every version with who changed what and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import dash
from dash import Dash, dcc, html

from trooptally.errors import ClaimMissing
from trooptally.vocabulary import Role
from trooptally_dashboards import sessions
from trooptally_dashboards.components import notices, provenance
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    del app  # this page has no callbacks
    dash.register_page(
        "claim",
        path_template="/claims/<claim_id>",
        title="Claim \N{MIDDLE DOT} Trooptally",
        layout=lambda claim_id="", **_: guarded(lambda: layout(door, unquote(claim_id))),
    )
    return Route(template="/claims/<claim_id>", exists=lambda claim_id: _exists(door, claim_id))


def layout(door: LedgerDoor, claim_id: str) -> Component:
    """Return the page of a claim, or that there is none."""
    if not claim_id:
        return html.Div()
    try:
        claim = door().claim(claim_id)
    except ClaimMissing as error:
        return notices.notice("No such claim", str(error), ways=[("/", "Back to the overview")])
    names = {"force": door.names("force"), "place": door.names("place")}
    return html.Article([*provenance.whole(claim, names), *_corrections(claim_id)])


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
