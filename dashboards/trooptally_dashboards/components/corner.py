"""The corner of the header that says who is signed in, and the ways to what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from trooptally.vocabulary import Role
from trooptally_dashboards import sessions
from trooptally_dashboards.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally.intake.desk import Person


def corner() -> Component:
    """Return the place that `register` fills at every page."""
    said = html.Div(id="connection-said", className="connection", role="alert")
    out = html.Button("Sign out", id="sign-out", className="absent", n_clicks=0)
    return html.Nav([html.Div(id="who", className="who"), out, said], className="corner", **aria(label="Your work"))


def register(app: Dash) -> None:
    """Fill the corner at every page, and let people sign out."""
    app.callback(Output("who", "children"), Output("sign-out", "className"), Input("_pages_location", "pathname"))(
        lambda path: ways(sessions.person(), path or "/")
    )
    app.clientside_callback(
        ClientsideFunction("entering", "sign_out"), Output("sign-out", "title"), Input("sign-out", "n_clicks")
    )


def ways(person: Person, path: str) -> tuple[list[Component], str]:
    """Return the links for a person, and how the button to sign out looks."""
    if not person.name:
        return [dcc.Link("Sign in", href=sessions.SIGN_IN, className="way")], "absent"
    links = [
        ("Enter", "/enter", Role.CONTRIBUTOR),
        ("Review", "/review", Role.REVIEWER),
        ("History", "/history", Role.CONTRIBUTOR),
    ]
    shown = [_way(text, href, path) for text, href, needed in links if person.role.covers(needed)]
    named = html.Span(person.name, className="person", title=f"{person.name}, {person.role.value}")
    return [*shown, named], "plain-button"


def _way(text: str, href: str, path: str) -> Component:
    here = aria(current="page") if path == href else {}
    return dcc.Link(html.Span(text, **here), href=href, className="way here" if here else "way")
