"""Signing in: with a link that is used once, or with a name and a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, html

from trooptally.vocabulary import Role
from trooptally_dashboards import sessions
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.routes import Route

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    del door  # it shows nothing of the ledger
    dash.register_page(
        "sign_in",
        path=sessions.SIGN_IN,
        title="Sign in \N{MIDDLE DOT} Trooptally",
        layout=lambda link="", stale="", **_: layout(link=link, stale=bool(stale)),
    )
    app.clientside_callback(
        ClientsideFunction("entering", "sign_in"),
        Output("sign-in-said", "children"),
        Input("sign-in", "n_clicks"),
        Input("sign-in-password", "n_submit"),
        Input("sign-in-name", "n_submit"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("entering", "follow_link"),
        Output("sign-in-link-said", "children"),
        Input("sign-in-link", "n_clicks"),
        prevent_initial_call=True,
    )
    return Route(template=sessions.SIGN_IN, skeleton=layout(link="x"))


def layout(*, link: str = "", stale: bool = False) -> Component:
    """Return the page: a button where a link was opened from elsewhere, else the form."""
    name = dmc.TextInput(id="sign-in-name", label="Name", autoComplete="username", size="md")
    password = dmc.PasswordInput(
        id="sign-in-password",
        label="Password",
        size="md",
        visibilityToggleButtonProps=aria(label="Show or hide the password"),
    )
    said = html.P(id="sign-in-said", className="said", role="alert")
    form = html.Section(
        [name, password, dmc.Button("Sign in", id="sign-in", size="md"), said], className="card narrow stack"
    )
    without = html.P(
        [
            "No password yet? On the machine that serves this ledger, ",
            html.Code("trooptally user link NAME"),
            " prints a link that signs you in once. Reading needs no account.",
        ],
        className="note",
    )
    old = [html.P("This link has been used or is too old; ask for another.", className="said", role="alert")]
    return html.Div(
        [html.H1("Sign in"), *(old if stale else []), *([_linked()] if link else []), form, without],
        className="narrow",
    )


def _linked() -> Component:
    said = html.P(id="sign-in-link-said", className="said", role="alert")
    told = html.P("You opened a sign-in link from another page. It can be used once.")
    return html.Section([told, dmc.Button("Use this link", id="sign-in-link"), said], className="card narrow stack")
