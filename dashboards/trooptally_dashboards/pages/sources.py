"""Sources: who reported how much, what others attributed to each, and how reliable people judged them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash
from dash import Dash, html

from trooptally.vocabulary import Reliability, Role
from trooptally_dashboards import words
from trooptally_dashboards.components import notices
from trooptally_dashboards.components.keep import keep
from trooptally_dashboards.components.tables import table
from trooptally_dashboards.figures.echoes import MOST_STREAMS, echo_figure
from trooptally_dashboards.figures.graph import graph
from trooptally_dashboards.questions import source_link
from trooptally_dashboards.routes import Route, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from trooptally.ledger import Echo, SourceHead
    from trooptally_dashboards.ledger_door import LedgerDoor

_ECHOES = 100

NEEDS = Role.VIEWER


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page."""
    del app  # this page has no callbacks
    dash.register_page(
        "sources",
        path="/sources",
        title="Sources \N{MIDDLE DOT} Trooptally",
        layout=lambda **_: guarded(lambda: layout(door)),
    )
    return Route(template="/sources")


def layout(door: LedgerDoor) -> Component:
    """Return the page from the ledger as it stands now."""
    heads = door().sources()
    if not heads:
        return notices.no_claims()
    return page(heads, door().echoes(), door.names("source"), door.names("place"))


def page(
    heads: Sequence[SourceHead], echoes: Sequence[Echo], names: Mapping[str, str], places: Mapping[str, str]
) -> Component:
    """Return the page with its two tables."""
    said = (
        f"{words.sentence_case(words.counted(len(heads), 'source'))}. A source prints claims, or is the origin of what "
        "others print; thirty reports of one origin are one voice."
    )
    return html.Div(
        [
            html.Div(html.H1("Sources"), className="headline"),
            html.P(said, className="sentence"),
            html.Section([html.H2("Every source"), table("sources", _heads_table(heads, places))], className="card"),
            html.Section(_echoes(echoes, names), className="card"),
        ]
    )


def _echoes(echoes: Sequence[Echo], names: Mapping[str, str]) -> list[Component]:
    """Return who printed whom, drawn and as a table."""
    if not echoes:
        return [html.H2("Who echoes whom"), html.P("Nobody prints the figures of another yet.", className="note")]
    most = (
        f"Left: who said it. Right: who printed it. The {MOST_STREAMS} largest streams at most; all are in the table."
    )
    return [
        html.H2("Who echoes whom"),
        graph(
            "echoes-chart", echo_figure(echoes, names), label="Who printed whose figures; the table below has the same"
        ),
        html.P(most, className="note"),
        keep("echoes-chart", embeds=False),
        table("echoes", _echoes_table(echoes, names)),
    ]


def _heads_table(heads: Sequence[SourceHead], places: Mapping[str, str]) -> dict[str, Any]:
    return {
        "caption": "Those with the most claims first",
        "headings": ("Source", "Kind", "Reports", "Claims printed", "Claims it is the origin of", "Reliability"),
        "rows": [_head_cells(head, places) for head in heads],
    }


def _head_cells(head: SourceHead, places: Mapping[str, str]) -> list[Any]:
    country = places.get(head.country, head.country)
    return [
        {"text": head.name, "href": source_link(head.source_id), "note": country},
        head.kind.replace("_", " "),
        *(words.number(many) for many in (head.reports, head.claims, head.said)),
        f"{head.grade}, {Reliability(head.grade).meaning}" if head.grade else "not graded yet",
    ]


def _echoes_table(echoes: Sequence[Echo], names: Mapping[str, str]) -> dict[str, Any]:
    rows = [
        [
            {"text": names.get(echo.source_id, echo.source_id), "href": source_link(echo.source_id)},
            {"text": names.get(echo.origin_id, echo.origin_id), "href": source_link(echo.origin_id)},
            words.number(echo.claims),
        ]
        for echo in echoes[:_ECHOES]
    ]
    return {"caption": "The most claims first", "headings": ("Printed by", "Said by", "Claims"), "rows": rows}
