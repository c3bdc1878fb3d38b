"""Many rows, pasted from a spreadsheet: looked at first, then saved all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from trooptally.errors import TrooptallyError
from trooptally.intake.rows import COLUMNS, pasted
from trooptally_dashboards import entering, sessions
from trooptally_dashboards.components.tables import table, table_id

if TYPE_CHECKING:
    from dash.development.base_component import Component


def register(app: Dash) -> None:
    """Let pasted rows be looked at, saved and taken back."""
    app.callback(
        Output("rows-said", "children"),
        Output(table_id("rows-preview"), "data"),
        Output("rows-save", "disabled"),
        Input("rows-pasted", "value"),
        prevent_initial_call=True,
    )(lambda text: preview_rows(text or ""))
    app.callback(
        Output("rows-saved", "children"),
        Output("rows-change", "data"),
        Output("rows-pasted", "value"),
        Input("rows-save", "n_clicks"),
        State("rows-pasted", "value"),
        State("rows-reason", "value"),
        prevent_initial_call=True,
    )(lambda _clicks, text, reason: save_rows(text or "", reason or ""))
    app.callback(
        Output("rows-saved", "children", allow_duplicate=True),
        Input("rows-undo", "n_clicks"),
        State("rows-change", "data"),
        prevent_initial_call=True,
    )(lambda clicks, change: undo_rows(change) if clicks else no_update)


def preview_rows(text: str) -> tuple[Any, Any, bool]:
    """Return what would become of pasted rows: a sentence, a table, and whether they cannot be saved."""
    if not text.strip():
        return "", None, True
    try:
        rows = pasted(text)
        seen = sessions.desk().preview(rows)
    except TrooptallyError as err:
        return html.P(str(err), className="said"), None, True
    return html.P(entering.preview_said(seen)), entering.preview_table(rows, seen), "refused" in seen.counted()


def save_rows(text: str, reason: str) -> tuple[Any, Any, Any]:
    """Write pasted rows, all or none, and say what became of them."""
    try:
        receipt = sessions.desk().enter_rows(pasted(text), reason=reason.strip() or "rows pasted from a spreadsheet")
    except TrooptallyError as err:
        return html.P(str(err), className="said"), no_update, no_update
    said = f"{receipt.recorded:,} recorded, {receipt.drafts:,} kept for review, {receipt.unchanged:,} already known."
    if receipt.change is None:
        return html.P(f"{said} Nothing new was written."), None, ""
    again = html.Button(
        f"Take back all of change {receipt.change}", id="rows-undo", className="plain-button", n_clicks=0
    )
    return html.P([said, " ", again], className="saved"), receipt.change, ""


def undo_rows(change: Any) -> Component:
    """Take back a batch of rows."""
    try:
        number = sessions.desk().undo(int(change))
    except TrooptallyError as err:
        return html.P(str(err), className="said")
    return html.P(f"All rows of change {change} were taken back by change {number}; they stay in the history.")


def layout() -> Component:
    """Return the panel."""
    pasted_rows = dmc.Textarea(
        id="rows-pasted",
        label="Rows from a spreadsheet",
        description=f"With their header, or in this order: {', '.join(COLUMNS)}. Nothing is saved before you say so.",
        autosize=True,
        minRows=6,
        maxRows=14,
        value="",
        debounce=400,
        className="mono",
        spellCheck=False,
    )
    reason = dmc.TextInput(id="rows-reason", label="Why (for the history)", value="", placeholder="rows from ...")
    save_button = dmc.Button("Save all rows", id="rows-save", disabled=True, n_clicks=0)
    saved = html.Div(
        html.Button("Take back", id="rows-undo", n_clicks=0, className="absent"), id="rows-saved", role="status"
    )
    return html.Section(
        [
            pasted_rows,
            html.Div(id="rows-said", role="status"),
            html.Div([reason, save_button], className="buttons end"),
            saved,
            table("rows-preview", None),
            dcc.Store(id="rows-change"),
        ],
        className="card stack",
    )
