"""Buttons that a single key presses while no field is being typed in; the key stands on the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from trooptally_dashboards.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component


def key_button(key: str, text: str, button_id: str, *, kind: str = "") -> Component:
    """Return a button with its key; assets/entering.js presses it."""
    # Who listens hears the key from aria-keyshortcuts, not as a letter before the text.
    seen: dict[str, Any] = aria(hidden="true")
    marked: dict[str, Any] = {"data-key": key} | aria(keyshortcuts=key)
    return html.Button(
        [html.Kbd(key, **seen), html.Span(text, id=f"{button_id}-text")],
        id=button_id,
        className=f"key-button {kind}".strip(),
        n_clicks=0,
        **marked,
    )
