"""The places in a page that the browser fills with tables and legends from plain lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, dcc, html

from trooptally_dashboards.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component
NAMESPACE = "trooptally"


def table_id(name: str) -> dict[str, str]:
    """Return the id of the store that a callback writes a table's lists to."""
    return {"type": "table", "name": name}


def legend_id(name: str) -> dict[str, str]:
    """Return the id of the store that a callback writes a legend's list to."""
    return {"type": "legend", "name": name}


def table(name: str, content: dict[str, Any] | None) -> Component:
    """Return a table drawn in the browser."""
    drawn = html.Div(id={"type": "drawn-table", "name": name}, className="table-frame")
    return html.Div([dcc.Store(id=table_id(name), data=content), drawn])


def legend(name: str, content: list[dict[str, Any]]) -> Component:
    """Return a legend drawn in the browser: the mark, name and number of claims of each source."""
    drawn = html.Ul(id={"type": "drawn-legend", "name": name}, className="legend", **aria(label="Sources"))
    return html.Div([dcc.Store(id=legend_id(name), data=content), drawn])


def register(app: Dash) -> None:
    """Let the browser draw every table and legend of the app."""
    for kind in ("table", "legend"):
        app.clientside_callback(
            ClientsideFunction(NAMESPACE, kind),
            Output({"type": f"drawn-{kind}", "name": MATCH}, "children"),
            Input({"type": kind, "name": MATCH}, "data"),
        )
