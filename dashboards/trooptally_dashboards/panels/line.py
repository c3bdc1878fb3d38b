"""One figure: a line that fills the form, the form itself, saved from the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from trooptally.entry import field_named
from trooptally.errors import TrooptallyError
from trooptally_dashboards import entering, sessions
from trooptally_dashboards.components import claim_form
from trooptally_dashboards.components.claim_form import SHOWN, answers, field_id, states

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

_EXAMPLE = "around 2,500 U.S. troops are in Iraq, according to the Biden administration, NYT 20 Sep 2021"
_REPORT = claim_form.REPORT


def register(app: Dash, door: LedgerDoor) -> None:
    """Let the line fill the form, and the buttons write it."""
    app.callback(
        {
            "values": {name: Output(field_id("enter", name), "value") for name in SHOWN},
            "from_line": Output("enter-from-line", "data"),
            "said": Output("enter-line-said", "children"),
        },
        {
            "line": Input("enter-line", "value"),
            "values": states("enter", State),
            "before": State("enter-from-line", "data"),
        },
        prevent_initial_call=True,
    )(lambda line, values, before: read_line(line, values, before, door))
    app.callback(
        {
            "said": Output("enter-said", "children"),
            "saved": Output("enter-saved", "data"),
            "errors": {name: Output(field_id("enter", name), "error", allow_duplicate=True) for name in SHOWN},
        },
        {
            "clicks": (Input("enter-save", "n_clicks"), Input("enter-next", "n_clicks")),
            "values": states("enter", State),
        },
        prevent_initial_call=True,
    )(lambda values, **_: save(values, keeps=ctx.triggered_id == "enter-next"))
    app.callback(
        Output("enter-said", "children", allow_duplicate=True),
        Input("enter-undo", "n_clicks"),
        State("enter-saved", "data"),
        prevent_initial_call=True,
    )(lambda clicks, saved: undo(saved) if clicks else no_update)
    browser = (
        ("keep", Output("enter-kept", "data"), [Input("enter-line", "value"), *states("enter", Input).values()]),
        ("restore", Output("enter-line", "title"), [Input("enter-tabs", "id")]),
        ("clear", Output("enter-form", "title"), [Input("enter-saved", "data")]),
        ("go_on", Output("enter-save", "title"), [Input("enter-line", "n_submit")]),
    )
    for name, output, inputs in browser:
        late = name in {"clear", "go_on"}
        app.clientside_callback(ClientsideFunction("entering", name), output, *inputs, prevent_initial_call=late)


def read_line(line: str | None, values: Mapping[str, Any], before: Any, door: LedgerDoor) -> dict[str, Any]:
    """Return the form as the line fills it."""
    try:
        seen = entering.filled(line or "", answers(values), before or {}, door().names())
    except TrooptallyError as err:
        return {"values": dict.fromkeys(SHOWN, no_update), "from_line": no_update, "said": str(err)}
    given = {name: seen.values[name] or _emptied(name, values.get(name)) for name in SHOWN}
    return {"values": given, "from_line": seen.from_line, "said": seen.said}


def _emptied(name: str, held: Any) -> Any:
    """Return what empties a field; a list goes on showing its last choice unless it is told that there is none."""
    if not held:
        return no_update
    return None if field_named(name).choices else ""


def save(values: Mapping[str, Any], *, keeps: bool) -> dict[str, Any]:
    """Write the form and say what became of it."""
    kept = dict.fromkeys(SHOWN, no_update)
    try:
        entered = sessions.desk().enter(answers(values))
    except TrooptallyError as err:
        return {"said": html.P(str(err), className="said"), "saved": no_update, "errors": kept}
    if entered.receipt is None:
        said = html.P(entering.became_of(entered), className="said")
        return {"said": said, "saved": no_update, "errors": claim_form.shown_errors(entered.look)}
    if entered.receipt.differing:
        link = dcc.Link("Open the claim", href=f"/claims/{entered.claim_id}")
        said = html.P([entering.became_of(entered), " ", link], className="said")
        return {"said": said, "saved": no_update, "errors": kept}
    change = entered.receipt.change
    saved = {"claim_id": entered.claim_id, "change": change, "keeps": list(_REPORT) if keeps else []}
    return {"said": _confirmed(entering.became_of(entered), entered.claim_id, change), "saved": saved, "errors": kept}


def undo(saved: Any) -> Component:
    """Take back the last entry and say which."""
    try:
        sessions.desk().undo(int(saved["change"]))
    except (TrooptallyError, TypeError, KeyError) as err:
        return html.P(str(err) if isinstance(err, TrooptallyError) else "There is nothing to take back.")
    link = dcc.Link("The claim", href=f"/claims/{saved['claim_id']}")
    return html.P([link, " was taken back; it stays in the history as retracted."])


def _confirmed(said: str, claim_id: str, change: int | None) -> Component:
    link = dcc.Link("Open the claim", href=f"/claims/{claim_id}")
    again = html.Button("Take it back", id="enter-undo", className="plain-button", n_clicks=0)
    parts: list[Any] = [html.Span(said), " ", link]
    if change is not None:
        parts += [" ", again]
    return html.P(parts, className="saved")


def layout(completions: Mapping[str, Sequence[str]]) -> Component:
    """Return the panel."""
    line = dmc.TextInput(
        id="enter-line",
        label="Type or paste a sentence",
        description="It fills the form below; Enter goes on to what is missing, or to Save.",
        placeholder=_EXAMPLE,
        value="",
        debounce=claim_form.PAUSE,
        size="lg",
        autoComplete="off",
        inputWrapperOrder=["label", "input", "description", "error"],
    )
    buttons = html.Div(
        [
            dmc.Button("Save", id="enter-save", n_clicks=0),
            dmc.Button("Save, next from this report", id="enter-next", variant="default", n_clicks=0),
            html.Span(["Save from anywhere: ", html.Kbd("Ctrl"), html.Kbd("Enter")], className="note keys-note"),
        ],
        className="buttons",
    )
    # The confirmation's button exists from the start, unseen: its callback needs it.
    said = html.Div(
        html.Button("Take it back", id="enter-undo", n_clicks=0, className="absent"), id="enter-said", role="status"
    )
    stores = [dcc.Store(id="enter-from-line", data={}), dcc.Store(id="enter-saved"), dcc.Store(id="enter-kept")]
    form = claim_form.claim_form("enter", completions)
    return html.Section(
        [line, html.P(id="enter-line-said", className="note"), said, form, buttons, *stores], className="card"
    )
