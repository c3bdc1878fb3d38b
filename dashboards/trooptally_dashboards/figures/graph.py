"""What every chart of the project shares: its quiet style, and the one place where a Graph is made."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from trooptally_dashboards import words
from trooptally_dashboards.components.aria import aria

TOPOJSON = "/assets/topojson/"
# Any: the type that the component declares for it lives inside the component alone.
CONFIG: Any = {
    "topojsonURL": TOPOJSON,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}

# Colours that read on white; the style sheet repaints text, grid and outlines for a dark page.
INK = "#1f2933"
FAINT = "#d5dae1"
FONT = {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 13, "color": INK}
HOVER = {"bgcolor": "#ffffff", "bordercolor": "#52606d", "font": {"color": INK, "size": 13}, "align": "left"}


def graph(graph_id: str, figure: dict[str, Any], *, label: str) -> html.Figure:
    """Return the chart in a labelled figure element, drawn without any other server.

    A chart whose layout names no height takes the height that the style sheet gives to its figure element.
    """
    free = "height" not in figure["layout"]
    chart = dcc.Graph(id=graph_id, figure=figure, config=CONFIG, className="chart", responsive=free or "auto")
    return html.Figure(chart, className="figure", **aria(label=label))


def base_layout(**changes: Any) -> dict[str, Any]:
    """Return a layout in the shared style, with changes."""
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": FONT,
        "hoverlabel": HOVER,
        "hovermode": "closest",
        "dragmode": False,
        "separators": words.separators(),
        **changes,
    }


def empty(height: int) -> dict[str, Any]:
    """Return a chart of that height with nothing in it, not even axes."""
    unseen = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": base_layout(height=height, xaxis=unseen, yaxis=unseen)}
