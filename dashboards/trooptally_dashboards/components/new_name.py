"""A name that no code list carries, added in place: what it is, where it belongs, and why.

It stands under every form of a claim. Where a force or a place is not known, a button beside offers to add it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from trooptally.errors import TrooptallyError
from trooptally.ledger.naming import SORTS, Named, NewName
from trooptally_dashboards import sessions
from trooptally_dashboards.components.aria import aria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

_FIELDS = ("what", "printed", "known", "url", "why")
_FIRST = {"place": "base", "force": "group", "source": "newspaper"}  # what is mostly missing comes first


def register(app: Dash, form: str) -> None:
    """Offer to add what a form does not know, and add it."""
    app.clientside_callback(
        ClientsideFunction("entering", "offer_name"),
        Output(f"{form}-name-offer", "children"),
        Output(f"{form}-name-offer", "className"),
        *[Input(f"{form}-{kind}", "error") for kind in ("force", "place")],
        *[State(f"{form}-{kind}", "value") for kind in ("force", "place")],
    )
    app.clientside_callback(
        ClientsideFunction("entering", "open_name"),
        Output(f"{form}-name-box", "open"),
        Input(f"{form}-name-offer", "n_clicks"),
        State(f"{form}-name-offer", "children"),
        prevent_initial_call=True,
    )
    app.callback(
        {
            "said": Output(f"{form}-name-said", "children"),
            "added": Output(f"{form}-names", "data"),
            "fields": {name: Output(f"{form}-name-{name}", "value") for name in _FIELDS},
        },
        {
            "clicks": Input(f"{form}-name-add", "n_clicks"),
            "told": {name: State(f"{form}-name-{name}", "value") for name in _FIELDS},
        },
        prevent_initial_call=True,
    )(lambda told, **_: added(told))


def added(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what became of a name, and the box emptied where it was added."""
    answers = {name: str(value or "").strip() for name, value in told.items()}
    kept = {"added": no_update, "fields": dict.fromkeys(_FIELDS, no_update)}
    if not answers["what"]:
        return kept | {"said": html.P("Say what it is.", className="said")}
    try:
        new = _new_name(answers)
        identity, change = sessions.desk().add_name(new, reason=answers["why"])
    except TrooptallyError as err:
        return kept | {"said": html.P(str(err), className="said")}
    said = f"Added (change {change}): {new.name} means {identity}. It is known from now on."
    blank = dict.fromkeys(_FIELDS, "") | {"what": None}
    return {"said": html.P(said, className="saved"), "added": change, "fields": blank}


def _new_name(answers: Mapping[str, str]) -> NewName:
    kind, _, sort = answers["what"].partition(":")
    named: Named = next(one for one in get_args(Named) if one == kind)
    known = {"means" if sort == _ALIAS else "within": answers["known"]}
    return NewName(
        kind=named, name=answers["printed"], sort="" if sort == _ALIAS else sort, url=answers["url"], **known
    )


_ALIAS = "another name"


def new_name(form: str) -> Component:
    """Return the button that offers a name and the box that takes it."""
    choices = [
        {
            "group": kind.capitalize(),
            "items": [_choice(kind, sort) for sort in _sorted(kind)],
        }
        for kind in ("place", "force", "unit", "source")
    ]
    what = dmc.Select(
        id=f"{form}-name-what", label="What it is", data=choices, searchable=True, value=None, size="sm",
        comboboxProps={"withinPortal": False}, withScrollArea=False, placeholder="base, group, newspaper",
    )  # fmt: skip
    typed = [
        _text(form, "printed", "Name, as printed"),
        _text(form, "known", "Lies in, belongs to, or is another name of"),
        _text(form, "url", "Web address of a source"),
        _text(form, "why", "Why (for the history)"),
    ]
    add = dmc.Button("Add the name", id=f"{form}-name-add", variant="default", size="sm", n_clicks=0)
    offer = html.Button(id=f"{form}-name-offer", className="absent", n_clicks=0, type="button")
    said = html.Div(id=f"{form}-name-said", role="status")
    box = html.Details(
        [
            html.Summary("A name that is not known yet: place, force, unit or source"),
            html.Div([what, *typed], className="fields"),
            html.Div(add, className="buttons"),
            said,
        ],
        id=f"{form}-name-box",
        className="more-fields new-name",
        **aria(label="Add a name"),
    )
    return html.Div([offer, box, dcc.Store(id=f"{form}-names")])


def _sorted(kind: str) -> tuple[str, ...]:
    named: Named = next(one for one in get_args(Named) if one == kind)
    sorts = sorted(SORTS[named], key=lambda sort: (sort != _FIRST.get(kind), SORTS[named].index(sort)))
    return (*sorts, _ALIAS)


def _choice(kind: str, sort: str) -> dict[str, str]:
    plain = "" if kind == sort else f": {sort.replace('_', ' ')}"
    return {"value": f"{kind}:{sort}", "label": f"{kind.capitalize()}{plain}"}


def _text(form: str, name: str, label: str) -> Component:
    made: Component = dmc.TextInput(
        id=f"{form}-name-{name}", label=label, value="", size="sm", debounce=250, autoComplete="off"
    )
    return made
