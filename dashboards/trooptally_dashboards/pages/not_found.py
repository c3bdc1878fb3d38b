"""What stands at every address where nothing stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash
from dash import Dash

from trooptally.vocabulary import Role
from trooptally_dashboards.components import notices
from trooptally_dashboards.routes import Route

if TYPE_CHECKING:
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page that Dash shows for unknown addresses."""
    del app, door  # this page asks nothing of either
    page = notices.notice("Nothing stands at this address", ways=[("/", "Back to the overview")])
    dash.register_page(
        "not_found_404", path="/404", title="Not found \N{MIDDLE DOT} Trooptally", layout=lambda **_: page
    )
    return Route(template="/404", exists=lambda: False)
