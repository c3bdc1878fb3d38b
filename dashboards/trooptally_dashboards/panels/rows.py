"""Many rows in a grid, typed or pasted from a spreadsheet: looked at first, then saved all or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dash_ag_grid
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from trooptally.entry import field_named
from trooptally.errors import TrooptallyError
from trooptally.intake.rows import COLUMNS, pasted
from trooptally_dashboards import entering, sessions
from trooptally_dashboards.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

_FIRST_ROWS = 8
_LOUD = ("refused", "draft", "flagged")  # the fates that need a look
_WIDE = {"title": 200, "url": 200, "quote": 240, "note": 200, "publisher": 170, "attributed_to": 160}
_THEME = {
    "accentColor": "var(--accent)",
    "backgroundColor": "var(--card)",
    "borderColor": "var(--line)",
    "browserColorScheme": "inherit",
    "fontFamily": "inherit",
    "fontSize": 14,
    "foregroundColor": "var(--ink)",
    "headerBackgroundColor": "var(--page)",
    "spacing": 5,
}


def register(app: Dash) -> None:
    """Let rows be pasted, looked at, saved and taken back."""
    app.callback(
        Output("rows-added", "data"),
        Output("rows-refused", "children"),
        Input("rows-pasted", "value"),
        prevent_initial_call=True,
    )(lambda text: read_rows(text or ""))
    app.callback(
        Output("rows-said", "children"),
        Output("rows-fates", "data"),
        Output("rows-save", "disabled"),
        Input("rows-cells", "data"),
        prevent_initial_call=True,
    )(lambda rows: preview_rows(rows or []))
    app.callback(
        Output("rows-saved", "children"),
        Output("rows-change", "data"),
        Output("rows-done", "data"),
        Input("rows-save", "n_clicks"),
        State("rows-cells", "data"),
        State("rows-reason", "value"),
        prevent_initial_call=True,
    )(lambda clicks, rows, reason: save_rows(rows or [], reason or "", clicks))
    app.callback(
        Output("rows-saved", "children", allow_duplicate=True),
        Input("rows-undo", "n_clicks"),
        State("rows-change", "data"),
        prevent_initial_call=True,
    )(lambda clicks, change: undo_rows(change) if clicks else no_update)
    _register_browser(app)


def _register_browser(app: Dash) -> None:
    """Let the browser keep the grid: what is typed and pasted reaches the server as rows, what it says comes beside."""
    browser: tuple[tuple[str, Output, list[Any]], ...] = (
        ("changed", Output("rows-said", "title"), [Input("rows-grid", "cellValueChanged")]),
        ("add_rows", Output("rows-pasted", "value"), [Input("rows-added", "data")]),
        (
            "empty",
            Output("rows-clear", "title"),
            [Input("rows-clear", "n_clicks"), Input("rows-done", "data")],
        ),
        ("show_fates", Output("rows-save", "title"), [Input("rows-fates", "data")]),
        ("next_wrong", Output("rows-next", "title"), [Input("rows-next", "n_clicks")]),
        ("remove_row", Output("rows-remove", "title"), [Input("rows-remove", "n_clicks")]),
        ("restore", Output("rows-grid", "className"), [Input("rows-grid", "columnState"), State("rows-cells", "data")]),
    )
    for name, output, inputs in browser:
        app.clientside_callback(ClientsideFunction("grid", name), output, *inputs, prevent_initial_call=True)


def read_rows(text: str) -> tuple[Any, Any]:
    """Return pasted text as rows for the grid, or why it is none."""
    if not text.strip():
        return no_update, no_update
    try:
        return pasted(text), ""
    except TrooptallyError as err:
        return no_update, html.P(str(err), className="said")


def preview_rows(rows: Sequence[dict[str, str]]) -> tuple[Any, dict[str, Any], bool]:
    """Return what would become of rows: a sentence, the fate of each by its id, and whether they cannot be saved."""
    if not rows:
        return "", {}, True
    try:
        seen = sessions.desk().preview(rows)
    except TrooptallyError as err:
        return html.P(str(err), className="said"), {}, True
    return html.P(entering.preview_said(seen)), entering.fates(rows, seen), "refused" in seen.counted()


def save_rows(rows: Sequence[dict[str, str]], reason: str, clicks: int | None) -> tuple[Any, Any, Any]:
    """Write the rows, all or none, and say what became of them."""
    try:
        receipt = sessions.desk().enter_rows(rows, reason=reason.strip() or "rows from the grid")
    except TrooptallyError as err:
        return html.P(str(err), className="said"), no_update, no_update
    said = f"{receipt.recorded:,} recorded, {receipt.drafts:,} kept for review, {receipt.unchanged:,} already known."
    if receipt.change is None:
        return html.P(f"{said} Nothing new was written."), None, clicks
    again = html.Button(
        f"Take back all of change {receipt.change}", id="rows-undo", className="plain-button", n_clicks=0
    )
    return html.P([said, " ", again], className="saved"), receipt.change, clicks


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
        description="Paste them here, with their header or in the order of the columns below, or onto a cell of the "
        "grid. Nothing is saved before you say so.",
        minRows=2,
        maxRows=3,
        autosize=True,
        value="",
        debounce=300,
        className="mono",
        spellCheck=False,
    )
    reason = dmc.TextInput(id="rows-reason", label="Why (for the history)", value="", placeholder="rows from ...")
    save_button = dmc.Button("Save all rows", id="rows-save", disabled=True, n_clicks=0)
    saved = html.Div(
        html.Button("Take back", id="rows-undo", n_clicks=0, className="absent"), id="rows-saved", role="status"
    )
    beside = [
        html.Button("Next that needs a look", id="rows-next", n_clicks=0, className="plain-button"),
        html.Button("Remove this row", id="rows-remove", n_clicks=0, className="plain-button"),
        html.Button("Empty the grid", id="rows-clear", n_clicks=0, className="plain-button"),
    ]
    stores = [dcc.Store(id=f"rows-{name}") for name in ("added", "fates", "change", "done")]
    kept = dcc.Store(id="rows-cells", storage_type="local")
    return html.Section(
        [
            pasted_rows,
            html.Div(id="rows-refused", role="alert"),
            html.Div(id="rows-said", role="status"),
            html.Div(beside, className="buttons"),
            html.Div(_grid(), role="region", **aria(label="Rows")),
            html.Div([reason, save_button], className="buttons end"),
            saved,
            *stores,
            kept,
        ],
        className="card stack",
    )


def _grid() -> Component:
    told: list[dict[str, Any]] = [
        {
            "field": "fate",
            "headerName": "Becomes",
            "valueGetter": {"function": "rowFate(params)"},
            "cellClassRules": {
                f"fate-{fate}": f"params.value === '{fate}'" for fate in ("refused", "draft", "flagged")
            },
            "width": 105,
            "pinned": "left",
        },
        *[_column(name) for name in COLUMNS],
        {"field": "why", "headerName": "Why", "valueGetter": {"function": "rowWhy(params)"}, "width": 420},
    ]
    params = ", ".join(f"{name}: {value!r}" for name, value in _THEME.items())
    made: Component = dash_ag_grid.AgGrid(
        id="rows-grid",
        columnDefs=told,
        rowData=[{"id": f"first{n}"} for n in range(_FIRST_ROWS)],
        getRowId="params.data.id",
        defaultColDef={"sortable": False, "resizable": True, "suppressMovable": True, "filter": False},
        dashGridOptions={
            "theme": {"function": f"themeQuartz.withParams({{{params}}})"},
            "enterNavigatesVertically": True,
            "enterNavigatesVerticallyAfterEdit": True,
            "undoRedoCellEditing": True,
            "undoRedoCellEditingLimit": 100,
            "stopEditingWhenCellsLoseFocus": True,
            "animateRows": False,
            "ensureDomOrder": True,
        },
        style={"height": "min(26rem, 60vh)", "width": "100%"},
    )
    return made


def _column(name: str) -> dict[str, Any]:
    field = field_named(name)
    column: dict[str, Any] = {
        "field": name,
        "headerName": field.title,
        "headerTooltip": field.help,
        "editable": True,
        "width": _WIDE.get(name, 130),
        "cellClassRules": {"cell-wrong": {"function": "cellIsWrong(params)"}},
    }
    return column
