"""Entering by hand: one figure from a line or the form, the figures of an article, many rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import dash
import dash_mantine_components as dmc
from dash import Dash, html

from trooptally.vocabulary import Role
from trooptally_dashboards.components import claim_form, gate
from trooptally_dashboards.panels import article, line, rows
from trooptally_dashboards.routes import Route

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.CONTRIBUTOR


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    dash.register_page(
        "enter",
        path="/enter",
        title="Enter \N{MIDDLE DOT} Trooptally",
        layout=lambda **_: gate.for_role(NEEDS, "/enter", lambda: layout(claim_form.completions(door))),
    )
    claim_form.register(app, "enter", door)
    claim_form.register(app, "article", door)
    line.register(app, door)
    article.register(app)
    rows.register(app)
    return Route(template="/enter", skeleton=html.Div(layout({})))


def layout(completions: Mapping[str, Sequence[str]]) -> Component:
    """Return the page."""
    tabs = {
        "one": ("One figure", line.layout(completions)),
        "article": ("An article", article.layout(completions)),
        "rows": ("Many rows", rows.layout()),
    }
    listed = dmc.TabsList([dmc.TabsTab(title, value=name) for name, (title, _) in tabs.items()])
    panels = [dmc.TabsPanel(content, value=name, pt="md") for name, (_, content) in tabs.items()]
    return html.Div(
        [html.H1("Enter figures"), dmc.Tabs([listed, *panels], value="one")], className="enter", id="enter-tabs"
    )
