"""The frame around every page: skip link, header with the theme switch, main landmark, footer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import dash
import dash_mantine_components as dmc
from dash import dcc, html

from trooptally_dashboards import words
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.corner import corner

if TYPE_CHECKING:
    from dash.development.base_component import Component

_INDEX = """<!DOCTYPE html>
<html lang="en">
    <head>
        {%metas%}
        <meta name="color-scheme" content="light dark">
        <title>{%title%}</title>
        <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
        {%css%}
    </head>
    <body>
        <noscript>Trooptally draws its pages with JavaScript from this very server, and no other.</noscript>
        <script id="trooptally-words" type="application/json">[words]</script>
        {%app_entry%}
        {%config%}
        {%scripts%}
        {%renderer%}
    </body>
</html>"""


_WAYS = (("Compare", "/compare"), ("Disagreements", "/disagreements"), ("Sources", "/sources"))


def index() -> str:
    """Return the HTML around every page, with the words that scripts need; in a data block they are never run."""
    return _INDEX.replace("[words]", json.dumps(words.VOCABULARY))


def frame() -> Component:
    """Return the frame with the place where pages appear."""
    content = html.Main(dash.page_container, id="main", tabIndex="-1", className="page")
    around: Component = dmc.MantineProvider(
        [html.A("Skip to content", href="#main", className="skip"), _header(), content, _footer()],
        defaultColorScheme="auto",
        theme={"fontFamily": "inherit", "primaryColor": "blue", "autoContrast": True, "defaultRadius": "md"},
    )
    return around


def _header() -> Component:
    logo = html.Img(src="/assets/logo.svg", alt="", width=30, height=30)
    home = dcc.Link([logo, html.Span("Trooptally")], href="/", className="home")
    switch = dmc.ColorSchemeToggle(
        lightIcon=html.Span("\N{BLACK SUN WITH RAYS}", **aria(hidden="true")),
        darkIcon=html.Span("\N{LAST QUARTER MOON}", **aria(hidden="true")),
        color="gray",
        variant="subtle",
        size="lg",
        **aria(label="Switch between light and dark"),
    )
    return html.Header(
        [home, html.P("who reported how many, where, as of when", className="motto"), _ways(), corner(), switch],
        className="top",
    )


def _ways() -> Component:
    ways = [dcc.Link(name, href=href) for name, href in _WAYS]
    return html.Nav(ways, className="ways", **aria(label="Pages"))


def _footer() -> Component:
    said = (
        "Figures are claims: each is what one report says, with its hedge, its day and its source. "
        "Zero, withheld and not reported are three different things."
    )
    return html.Footer(
        [html.P(said), html.P(html.A("For programs", href="/openapi/"))],
        className="bottom",
    )
