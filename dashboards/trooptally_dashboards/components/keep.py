"""What a reader takes along from a chart: its picture, and the few lines that show it on another page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component

_PICTURES = ("png", "svg")


def keep(chart: str, *, embeds: bool = True) -> Component:
    """Return the buttons that save a chart's picture, and, where the page embeds, the fold with the lines for it."""
    buttons = [_button(chart, form) for form in _PICTURES]
    fold = html.Details(
        [
            html.Summary("Show this chart on another page"),
            html.P("Without menus, and always as this ledger stands; the address keeps every choice made above."),
            html.Pre(id=f"{chart}-embed", className="citation", tabIndex="0"),
        ],
        className="fold embed-fold",
    )
    shown = [fold] if embeds else []
    return html.Div(["Picture: ", buttons[0], " ", buttons[1], *shown], className="keep note")


def _button(chart: str, form: str) -> Component:
    told: dict[str, Any] = {"data-picture": form, "data-chart": chart}
    return html.Button(form.upper(), className="plain-button", type="button", **told)
