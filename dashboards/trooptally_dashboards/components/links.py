"""Links out of the project: only to plain http or https, and never telling where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component


def is_web_address(url: str) -> bool:
    """Whether the address is http or https and names a host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def external(url: str, text: str = "") -> Component:
    """Return a link to a report, or the bare text where the address is not one to follow."""
    shown = text or url
    if not is_web_address(url):
        return html.Span(shown)
    return html.A(shown, href=url.strip(), target="_blank", rel="noopener noreferrer external", className="external")
