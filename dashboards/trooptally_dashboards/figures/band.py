"""The estimate behind the claims: a line through the best figures, and a band between the low and the high ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette

if TYPE_CHECKING:
    from pandas import DataFrame

_FILL = "rgba(128,128,128,0.22)"
_HOVER = "<b>estimate: %{y:,}</b><br>%{x|%d %B %Y}<extra></extra>"


def band(frame: DataFrame) -> list[dict[str, Any]]:
    """Return the traces of an estimate, or none for an empty one.

    Args:
        frame: "date", "low", "best" and "high", one row a day.
    """
    if frame.empty:
        return []
    days = [day.isoformat() for day in frame["date"]]
    edge = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip", "line": {"width": 0}}
    line = {"width": 2, "color": palette.MUTED, "shape": "linear"}
    return [
        {**edge, "y": frame["low"].tolist()},
        {**edge, "y": frame["high"].tolist(), "fill": "tonexty", "fillcolor": _FILL},
        {
            "type": "scatter",
            "mode": "lines",
            "x": days,
            "y": frame["best"].tolist(),
            "line": line,
            "hovertemplate": _HOVER,
        },
    ]
