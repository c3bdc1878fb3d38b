"""Who echoes whom, as streams from the origin to whoever printed its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trooptally_dashboards import palette
from trooptally_dashboards.figures import graph
from trooptally_dashboards.figures.points import plain

if TYPE_CHECKING:
    from trooptally.ledger import Echo

MOST_STREAMS = 30
_STREAM = "rgba(91,141,184,0.45)"
_LONGEST = 34


def echo_figure(echoes: Sequence[Echo], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the largest streams; a source that is both stands on both sides."""
    shown = echoes[:MOST_STREAMS]
    origins = list(dict.fromkeys(echo.origin_id for echo in shown))
    printers = list(dict.fromkeys(echo.source_id for echo in shown))
    labels = [_short(names.get(one, one)) for one in (*origins, *printers)]
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": labels,
            "pad": 12,
            "thickness": 14,
            "color": palette.ACCENT,
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [origins.index(echo.origin_id) for echo in shown],
            "target": [len(origins) + printers.index(echo.source_id) for echo in shown],
            "value": [echo.claims for echo in shown],
            "color": _STREAM,
            "hovertemplate": "%{target.label} printed %{value} of %{source.label}<extra></extra>",
        },
        "textfont": {"size": 12, "color": graph.INK},
    }
    height = 60 + 26 * max(len(origins), len(printers))
    return {"data": [trace], "layout": graph.base_layout(height=height, margin={"t": 8, "r": 8, "b": 8, "l": 8})}


def _short(name: str) -> str:
    return plain(name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}")
