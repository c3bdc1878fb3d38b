"""The places in a page that the browser fills with tables from plain lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, dcc, html

if TYPE_CHECKING:
    from dash.development.base_component import Component
NAMESPACE = "trooptally"


def table_id(name: str) -> dict[str, str]:
    """Return the id of the store that a callback writes a table's lists to."""
    return {"type": "table", "name": name}


def table(name: str, content: dict[str, Any] | None) -> Component:
    """Return a table drawn in the browser."""
    drawn = html.Div(id={"type": "drawn-table", "name": name}, className="table-frame")
    return html.Div([dcc.Store(id=table_id(name), data=content), drawn])


def register(app: Dash) -> None:
    """Let the browser draw every table of the app."""
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "table"),
        Output({"type": "drawn-table", "name": MATCH}, "children"),
        Input({"type": "table", "name": MATCH}, "data"),
    )
