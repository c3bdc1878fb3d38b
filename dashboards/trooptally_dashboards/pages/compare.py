"""Several series beside each other, in one row, or added where that is lawful; and two states of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from trooptally.vocabulary import Role
from trooptally_dashboards import downloads, words
from trooptally_dashboards.compared import Compared, compared, series_names
from trooptally_dashboards.comparing import MOST_SERIES, CompareQuestion
from trooptally_dashboards.components import notices
from trooptally_dashboards.components.aria import aria
from trooptally_dashboards.components.keep import keep
from trooptally_dashboards.components.tables import NAMESPACE, table, table_id
from trooptally_dashboards.figures.graph import empty, graph
from trooptally_dashboards.questions import SeriesQuestion
from trooptally_dashboards.routes import EMBED, Route, guarded

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trooptally_dashboards.ledger_door import LedgerDoor

NEEDS = Role.VIEWER

CONTROLS = ("series", "mode", "component", "basis", "scale", "from", "to", "known_at", "then")
_OFFERED = 40
_MODES = [
    {"value": "beside", "label": "Side by side"},
    {"value": "together", "label": "In one row"},
    {"value": "added", "label": "Added up"},
]
_SCALES = [{"value": "linear", "label": "Linear"}, {"value": "log", "label": "Logarithmic"}]


def register(app: Dash, door: LedgerDoor) -> Route:
    """Add the page and its callbacks."""
    title = "Compare \N{MIDDLE DOT} Trooptally"
    dash.register_page(
        "compare", path="/compare", title=title, layout=lambda **query: guarded(lambda: layout(door, query))
    )
    dash.register_page(
        "embedded_compare",
        path=f"{EMBED}/compare",
        title=title,
        layout=lambda **query: guarded(lambda: html.Div(layout(door, query), className="embedded")),
    )

    @app.callback(
        Output("compare-sentence", "children"),
        Output("compare-chart", "figure"),
        Output("compare-legend", "data"),
        Output(table_id("compare"), "data"),
        Output("compare-downloads", "children"),
        Output("compare-address", "data"),
        *[Input(f"compare-{name}", "value") for name in CONTROLS],
        prevent_initial_call=True,
    )
    def _choose(*chosen: Any) -> tuple[Any, ...]:
        return shown(compared(door, asked(dict(zip(CONTROLS, chosen, strict=True)))))

    @app.callback(
        Output("compare-series", "data"),
        Input("compare-series", "searchValue"),
        State("compare-series", "value"),
        prevent_initial_call=True,
    )
    def _offer(typed: str | None, chosen: list[str] | None) -> list[dict[str, str]]:
        return offered(door, typed or "", chosen or [])

    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "permalink"),
        Output("compare-address", "clear_data"),
        Input("compare-address", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "legend"), Output("compare-key", "children"), Input("compare-legend", "data")
    )
    blank = CompareQuestion(pairs=(), mode="beside", asked=SeriesQuestion(force="", place=""), then="")
    nothing = Compared(sentence="", figure=empty(300), legend=[], table={}, link="/compare")
    return Route(template="/compare", skeleton=page(nothing, blank, []), embedded=True)


def asked(chosen: Mapping[str, Any]) -> CompareQuestion:
    """Return the question that the controls ask."""
    given = {name: value or "" for name, value in chosen.items()}
    return CompareQuestion.from_query({**given, "series": ",".join(chosen.get("series") or [])})


def shown(found: Compared) -> tuple[Any, ...]:
    """Return what changes on the page when something else is chosen."""
    return found.sentence, found.figure, found.legend, found.table, _downloads(found.link), found.link


def offered(door: LedgerDoor, typed: str, chosen: list[str]) -> list[dict[str, str]]:
    """Return the series to choose from: those chosen, and those whose name holds every word that is typed."""
    pairs = [(force, place) for force, _, place in (one.partition("/") for one in chosen)]
    wanted = typed.casefold().split()
    heads = dict.fromkeys((head.force, head.place) for head in door().heads())
    names = series_names(door, [*dict.fromkeys([*pairs, *heads])])
    fitting = [pair for pair in heads if pair not in pairs and _fits(pair, names[pair], wanted)]
    return [{"value": "/".join(pair), "label": names[pair]} for pair in [*pairs, *fitting[:_OFFERED]]]


def _fits(pair: tuple[str, str], name: str, wanted: list[str]) -> bool:
    text = f"{name} {' '.join(pair)}".casefold()
    return all(word in text for word in wanted)


def layout(door: LedgerDoor, query: Mapping[str, object]) -> Component:
    """Return the page of a comparison, or how to fill an empty ledger."""
    question = CompareQuestion.from_query(query)
    options = offered(door, "", ["/".join(pair) for pair in question.pairs])
    if not options:
        return notices.no_claims()
    return page(compared(door, question), question, options)


def page(found: Compared, question: CompareQuestion, options: list[dict[str, str]]) -> Component:
    """Return the page with its choices, chart and table."""
    chart = html.Section(
        [
            graph(
                "compare-chart", found.figure, label="The levels of the series; the table below has the same figures"
            ),
            html.Ul(id="compare-key", className="legend", **aria(label="Series")),
            html.P("Bar: range as printed. Dotted: from level to level. Rings: the other state.", className="note"),
            keep("compare-chart"),
        ],
        className="card chart-card",
    )
    claims = html.Section(
        [
            html.H2("Every claim"),
            html.P(_downloads(found.link), id="compare-downloads", className="note"),
            table("compare", found.table or None),
        ],
        className="card table-card",
    )
    return html.Div(
        [
            html.Div(html.H1("Compare"), className="headline"),
            html.P(found.sentence, id="compare-sentence", className="sentence", **aria(live="polite")),
            _controls(question, options),
            chart,
            claims,
            dcc.Store(id="compare-legend", data=found.legend),
            dcc.Store(id="compare-address"),
        ]
    )


def _controls(question: CompareQuestion, options: list[dict[str, str]]) -> Component:
    every = [{"value": "", "label": "All"}]
    components = [{"value": one, "label": words.COMPONENTS[one]} for one in words.COMPONENTS]
    bases = [{"value": one, "label": words.BASES[one]} for one in words.BASES]
    series = dmc.MultiSelect(
        id="compare-series",
        label="Series",
        description="A force at a place; type to find more.",
        data=options,
        value=["/".join(pair) for pair in question.pairs],
        searchable=True,
        maxValues=MOST_SERIES,
        nothingFoundMessage="No series has these words.",
    )
    asked_of_each = question.asked
    return html.Div(
        [
            html.Div(series, className="wide"),
            _choice("mode", "Shown", _MODES, question.mode),
            _choice("component", "Component", every + components, asked_of_each.component),
            _choice("basis", "Basis", every + bases, asked_of_each.basis),
            _choice("scale", "Scale", _SCALES, asked_of_each.scale),
            _day("from", "From", "2011", asked_of_each.since),
            _day("to", "To", "2021-09", asked_of_each.until),
            _day("known_at", "As known on", "now", asked_of_each.known_at),
            _day("then", "Beside what was known on", "2024-06-30", question.then),
        ],
        className="controls",
        role="group",
        **aria(label="What to compare"),
    )


def _choice(name: str, label: str, options: list[dict[str, str]], value: str) -> Component:
    choice: Component = dmc.Select(id=f"compare-{name}", label=label, data=options, value=value, allowDeselect=False)
    return choice


def _day(name: str, label: str, example: str, value: str) -> Component:
    field: Component = dmc.TextInput(
        id=f"compare-{name}", label=label, placeholder=example, value=value, debounce=600, autoComplete="off"
    )
    return field


def _downloads(link: str) -> list[Component | str]:
    _, mark, query = link.partition("?")
    links = [
        html.A(form.upper(), href=f"/api/v1/compare.{form}{mark}{query}", download="") for form in downloads.FORMATS
    ]
    return ["Download what is shown: ", *[part for link in links for part in (link, " ")]]
