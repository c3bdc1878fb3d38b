"""The last changes: who wrote what, when and why; a whole change is taken back from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash
import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from trooptally.errors import TrooptallyError
from trooptally.vocabulary import Role
from trooptally_dashboards import sessions, words
from trooptally_dashboards.components import gate
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.routes import Route

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally.ledger import ChangeHead
    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.CONTRIBUTOR
PATH = "/history"

_SHOWN = 100
_SAMPLE = 5  # claims named of a change before it is taken back
_NO_CLAIMS = frozenset({"undo", "init", "reference", "assess", "event"})


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    dash.register_page(
        "history",
        path=PATH,
        title="History \N{MIDDLE DOT} Trooptally",
        layout=lambda **_: gate.for_role(NEEDS, PATH, lambda: layout(door)),
    )
    app.callback(
        Output("enter-history-asked", "children"),
        Output("enter-history-box", "className"),
        Input("enter-history-chosen", "data"),
        prevent_initial_call=True,
    )(lambda chosen: asked(chosen, door))
    app.callback(
        Output("enter-history-said", "children"),
        Output("enter-history-list", "children"),
        Input("enter-history-undo", "n_clicks"),
        State("enter-history-chosen", "data"),
        State("enter-history-reason", "value"),
        prevent_initial_call=True,
    )(lambda clicks, chosen, reason: undone(chosen, reason or "", door) if clicks else (no_update, no_update))
    return Route(template=PATH, skeleton=_page([]))


def layout(door: LedgerDoor) -> Component:
    """Return the page."""
    return _page(listed(door))


def listed(door: LedgerDoor) -> list[Component]:
    """Return the last changes as rows, each that the person may take back with its button."""
    heads = door().recent_changes(_SHOWN)
    undone_by = {head.undoes: head.change for head in heads if head.undoes}
    return [_row(head, undone_by.get(head.change)) for head in heads]


def asked(chosen: Any, door: LedgerDoor) -> tuple[Any, str]:
    """Return what would be taken back, in words."""
    try:
        head = sessions.desk().change(int(chosen))
    except (TrooptallyError, TypeError, ValueError) as err:
        return html.P(str(err), className="said"), "card stack"
    claims = [
        f"{one.printed or 'no figure'} ({one.force} in {one.place})"
        for one in door().touched(head.change, most=_SAMPLE)
    ]
    more = f" and {head.claims - len(claims):,} more" if head.claims > len(claims) else ""
    told = f"Change {head.change}, {head.act} of {words.counted(head.claims, 'claim')} by {head.contributor}: "
    return html.P([told, words.listed(claims), f"{more}. All of it is taken back, by new versions."]), "card stack"


def undone(chosen: Any, reason: str, door: LedgerDoor) -> tuple[Any, Any]:
    """Take back a change and return the list anew."""
    try:
        number = sessions.desk().undo(int(chosen), reason=reason)
    except (TrooptallyError, TypeError, ValueError) as err:
        return html.P(str(err), className="said"), no_update
    return html.P(f"Change {chosen} was taken back by change {number}.", className="saved"), listed(door)


def _row(head: ChangeHead, undone_by: int | None) -> Component:
    act = f"{head.act} of {words.counted(head.claims, 'claim')}" if head.claims else head.act
    act += f", of change {head.undoes}" if head.undoes else ""
    when = head.at[:16].replace("T", " ")
    way: Any = ""
    if undone_by:
        way = f"taken back by {undone_by}"
    elif head.claims and head.act not in _NO_CLAIMS and sessions.desk().may_undo(head):
        marked: dict[str, Any] = {"data-change": str(head.change)} | aria(label=f"Take back change {head.change}")
        way = html.Button("Take back", className="plain-button", **marked)
    cells = [str(head.change), when, head.contributor, act, head.reason, way]
    return html.Tr([html.Td(cell) for cell in cells])


def _page(rows: list[Component]) -> Component:
    headings = html.Tr([html.Th(name, scope="col") for name in ("Change", "When", "Who", "What", "Why", "Undo")])
    table = html.Table([html.Thead(headings), html.Tbody(rows, id="enter-history-list")], className="ledger")
    reason = dmc.TextInput(id="enter-history-reason", label="Why (for the history)", value="", size="sm")
    act = html.Div(dmc.Button("Take it back", id="enter-history-undo", color="red", variant="outline", n_clicks=0))
    box = html.Section(
        [html.Div(id="enter-history-asked", role="status"), reason, act], id="enter-history-box", className="absent"
    )
    told = html.P("Nothing is deleted: what is taken back stays in the history.", className="subtitle")
    said = html.Div(id="enter-history-said", role="status")
    frame = html.Div(table, className="table-frame", tabIndex=0, role="region", **aria(label="The last changes"))
    store = dcc.Store(id="enter-history-chosen")
    return html.Div([html.H1("History"), told, box, said, html.Section(frame, className="card"), store])
